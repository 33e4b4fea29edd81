"""A folder of ours that belongs to somebody else, as one start with sudo leaves it: each command says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Type

ASKING = ["status", "pause", "resume", "break", "stop", "log walk 5", "meeting off", "reading on", "goal set 20"]

pytestmark = [
    pytest.mark.unix("owners of files"),
    pytest.mark.skipif(getattr(os, "geteuid", int)() != 0, reason="only root can give folders away"),
]


@pytest.mark.parametrize("words", ASKING)
def test_every_command_says_whose_it_is_and_what_to_do(typed: Type, own_home: Path, words: str) -> None:
    """One sentence, no traceback."""
    own_home.mkdir()
    os.chown(own_home, 54321, 54321)
    told = typed(*words.split())
    assert told.code != 0
    assert "belongs to another user" in told.text
    assert "sudo chown" in told.text

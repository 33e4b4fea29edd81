"""The completions that `make install` writes: made from the commands themselves, and understood by the shells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sitbreak.cli import COMMANDS

SCRIPT = Path(__file__).parents[2] / "packaging" / "completions.py"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A share folder with the completions in it."""
    folder = tmp_path_factory.mktemp("share")
    subprocess.run([sys.executable, SCRIPT, folder], check=True)
    return folder


@pytest.mark.parametrize("name", ["bash-completion/completions/sitbreak", "zsh/site-functions/_sitbreak",
                                  "fish/vendor_completions.d/sitbreak.fish"])  # fmt: skip
def test_every_command_is_known(share: Path, name: str) -> None:
    """In each of the three shells."""
    text = (share / name).read_text("utf-8")
    assert [command for command in COMMANDS if command not in text] == []


@pytest.mark.desktop("bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("pau", ["pause"]),
        ("answer st", ["stand", "standing", "start"]),
        ("config --j", ["--json"]),
        ("status --w", ["--watch"]),
    ],
)
def test_bash_offers_what_can_follow(share: Path, typed: str, offered: list[str]) -> None:
    """A command, a choice, an option."""
    words = ["sitbreak", *typed.split()]
    asked = (
        f". {share}/bash-completion/completions/sitbreak; COMP_WORDS=({' '.join(words)}); "
        f"COMP_CWORD={len(words) - 1}; _sitbreak; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    found = subprocess.run(["bash", "-c", asked], check=True, capture_output=True, text=True)
    assert found.stdout.split() == offered

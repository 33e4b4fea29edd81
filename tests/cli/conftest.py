"""Commands as a person types them, each test in a home of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitbreak import cli


@dataclass(frozen=True)
class Answer:
    """What a command line returned and printed."""

    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        """What it printed, on one line, whatever the terminal's width."""
        return " ".join((self.out + self.err).split())


Type = Callable[..., Answer]


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for settings, history, lock and socket."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def typed(own_home: Path, capsys: pytest.CaptureFixture[str]) -> Type:
    """Runs a command line as the installed program would."""
    assert not own_home.exists()

    def run(*words: str) -> Answer:
        try:
            code = cli.main(words)
        except SystemExit as end:  # argparse leaves this way
            code = int(str(end.code))
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run

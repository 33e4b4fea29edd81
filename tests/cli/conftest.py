"""Commands as a person types them, each test in a home of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from sitbreak import cli
from sitbreak.daemon.control import ControlServer
from sitbreak.settings.paths import find_paths, make_folders


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


class Listening:
    """A program that answers `reply` to everything and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[dict[str, object]] = []
        self.reply: Mapping[str, object] = {"ok": "Noted."}
        paths = find_paths()
        make_folders(paths)
        self.server = ControlServer(paths, self._answer)
        self.server.start()

    def _answer(self, request: Mapping[str, object]) -> Mapping[str, object]:
        self.asked.append(dict(request))
        return self.reply


@pytest.fixture
def program(typed: Type) -> Iterator[Listening]:
    """A running program, as far as a client can tell."""
    listening = Listening()
    yield listening
    listening.server.close()

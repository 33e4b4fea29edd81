"""The log file: written as text that can be shown, or not at all, with a sentence and no waiting."""

from __future__ import annotations

import errno
import io
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitbreak.daemon.logfile import Rotating, log_to


@pytest.fixture(autouse=True)
def root_as_it_was() -> Iterator[None]:
    """The handlers that were there before are there afterwards, and no other."""
    root = logging.getLogger()
    before = list(root.handlers)
    yield
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()


def test_what_another_program_calls_itself_is_shown_as_text(tmp_path: Path) -> None:
    """Escape sequences lose their first character, lines stay lines."""
    assert log_to(tmp_path / "sitbreak.log", "info") == ""
    logging.getLogger("sitbreak.test").warning("held by %s", "\x1b]0;evil\x07")
    assert "held by ?]0;evil?" in (tmp_path / "sitbreak.log").read_text("utf-8")


class Full(io.TextIOWrapper):
    """A file on a full disk."""

    def write(self, text: str, /) -> int:
        """Fails."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_loses_the_line_and_says_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No traceback of the logging library: who keeps the books says that they cannot be written."""
    handler = Rotating(tmp_path / "sitbreak.log", encoding="utf-8")
    handler.close()
    handler.setStream(Full(io.BytesIO()))
    handler.handle(logging.makeLogRecord({"msg": "one line"}))
    assert capfd.readouterr().err == ""


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _folder(path: Path) -> None:
    path.mkdir()


def _no_such_folder(path: Path) -> None:
    path.parent.rmdir()


@pytest.mark.parametrize("make", [pytest.param(_fifo, marks=pytest.mark.unix("FIFOs")), _folder, _no_such_folder])
def test_where_there_can_be_no_log_the_program_goes_on(tmp_path: Path, make: object) -> None:
    """At once, with one sentence that names the file."""
    file = tmp_path / "logs" / "sitbreak.log"
    file.parent.mkdir()
    make(file)  # type: ignore[operator]
    told = log_to(file, "info")
    assert str(file) in told
    assert "without a log" in told

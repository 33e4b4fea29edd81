"""The small log file of the program, which tells nothing of what was typed, and the note that a crash leaves."""

from __future__ import annotations

import json
import logging
import logging.handlers
import os
import sys
import threading
from pathlib import Path

from sitbreak.core.text import printable
from sitbreak.core.timeline import Instant
from sitbreak.language import _
from sitbreak.settings.files import open_regular

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Printable(logging.Formatter):
    """Lines that a terminal shows as they are, whatever another program calls itself."""

    def format(self, record: logging.LogRecord) -> str:
        return "\n".join(map(printable, super().format(record).splitlines()))


class Rotating(logging.handlers.RotatingFileHandler):
    """A log that a full disk keeps lines out of, and that says nothing of it: who keeps the books says so."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Loses the line."""


def log_to(path: Path, level: str) -> str:
    """Has everything logged there; why that cannot be, as a sentence for people, or nothing."""
    set_log_level(level)
    try:
        os.close(open_regular(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND))  # a FIFO would hold us up for ever
        handler = Rotating(path, maxBytes=200_000, backupCount=2, encoding="utf-8")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        return _(
            "The log file {path} cannot be written ({why}): move it away; the program goes on without a log.",
            path=path,
            why=why,
        )
    handler.setFormatter(_Printable(FORMAT))
    logging.getLogger().addHandler(handler)
    return ""


def set_log_level(level: str) -> None:
    """How much the log tells: warning, info or debug."""
    logging.getLogger("sitbreak").setLevel(level.upper())


log = logging.getLogger(__name__)


class CrashNote:
    """The note of the last run that crashed, in `file`."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def keep(self, error: BaseException, at: Instant) -> None:
        """Logs the crash, and notes what it was and when."""
        log.critical("sitbreak crashed; what was kept so far is safe", exc_info=error)
        note = {"at": f"{at.local:%Y-%m-%d %H:%M}", "what": f"{type(error).__name__}: {error}"[:400]}
        try:
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(note, file)
        except OSError as failure:
            log.warning("the crash could not be noted: %s", failure)

    def sentence(self) -> str:
        """What happened, for people; empty when the last run ended well."""
        try:
            note = json.loads(self.file.read_text(encoding="utf-8"))
            when, what = str(note["at"]), str(note["what"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""
        return _(
            "sitbreak crashed at {when} ({what}) and was started again; the log has the details.", when=when, what=what
        )

    def clear(self) -> None:
        """This run ended well."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError as failure:
            log.warning("the note of the last crash could not be removed: %s", failure)


def log_what_ends_a_thread() -> None:
    """An exception that nobody caught goes to the log, whichever thread it ends."""
    sys.excepthook = lambda kind, error, trace: log.critical("sitbreak crashed", exc_info=error)
    threading.excepthook = lambda args: log.error(
        "the thread %s ended", args.thread.name if args.thread else "?", exc_info=args.exc_value
    )

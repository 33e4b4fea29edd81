"""The small log file of the program; nothing in it tells what was typed."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

from sitbreak.core.text import printable
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
        return f"The log file {path} cannot be written ({why}): move it away; the program goes on without a log."
    handler.setFormatter(_Printable(FORMAT))
    logging.getLogger().addHandler(handler)
    return ""


def set_log_level(level: str) -> None:
    """How much the log tells: warning, info or debug."""
    logging.getLogger("sitbreak").setLevel(level.upper())

"""The plainest ways to show a note, which cannot be withdrawn: plyer, osascript, lines in a terminal.

plyer 2.1.0 is guarded: it ignores that notify-send failed, reads a title that starts with "-" as an option, raises
NotImplementedError where notify-send is missing, and warns about parts it does not need.
"""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, TextIO

from sitbreak.adapters.bus import BusError, BusThread, no_session_bus
from sitbreak.adapters.notify.chain import Chosen, Dismissed
from sitbreak.adapters.notify.freedesktop import reach
from sitbreak.adapters.ttys import PLACES, last_used, own_terminal
from sitbreak.boundary import Failure, attempt
from sitbreak.core.text import printable
from sitbreak.language import N_, _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

APP = "sitbreak"
WITHOUT_BUTTONS = N_("notifications without buttons; answer in the tray or with `sitbreak`")
ASKING_S, SENDING_S = 0.8, 1.2  # of the two seconds that the port promises


class _Lasting:
    """Notes that stay as they are."""

    ANSWERS: ClassVar[bool] = False

    def withdraw(self, tag: str) -> None:
        """Nothing: such a note cannot be taken back."""

    def close(self) -> None:
        """Nothing is held."""


class PlyerNotes(_Lasting):
    """Notes without answers, over plyer."""

    NAME: ClassVar[str] = "plyer"

    def __init__(self, chosen: Chosen, dismissed: Dismissed, thread: BusThread, icon: Path | None = None) -> None:
        self._thread = thread

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Linux, where plyer and notify-send are; elsewhere it would call delivered what nobody sees."""
        if elsewhere := env.only_on("linux"):
            return elsewhere
        if find_spec("plyer") is None:
            return NotViable(_("plyer is not installed."), _("Install plyer."))
        if shutil.which("notify-send", path=env.variables.get("PATH", "")) is None:
            return NotViable(
                _("notify-send is missing."), _("Install your system's notify-send (Debian: libnotify-bin).")
            )
        return no_session_bus(env) or Viable((_(WITHOUT_BUTTONS),))

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        self._ask_for_service()
        sending = Sending(guarded(note.title), guarded(note.body))
        sending.start()
        sending.join(SENDING_S)
        if sending.is_alive():
            raise NotifyFailed(_("plyer did not show the notification in time."))
        if sending.failure:
            raise NotifyFailed(_("plyer could not show the notification ({failure}).", failure=sending.failure))

    def _ask_for_service(self) -> None:
        async def asked() -> None:
            await reach(await self._thread.session())

        try:
            self._thread.run(asked(), ASKING_S)
        except BusError as error:
            raise NotifyFailed(
                _("There is no notification service for plyer to use ({error}).", error=error)
            ) from error


class Sending(threading.Thread):
    """One call of plyer, apart because it may block; `failure` says what went wrong, empty when nothing did."""

    def __init__(self, title: str, body: str) -> None:
        super().__init__(name="plyer", daemon=True)
        self._title = title
        self._body = body
        self.failure = ""

    def run(self) -> None:
        """Sends the note."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            done = attempt(self._send)
        if isinstance(done, Failure):
            unknown = isinstance(done.error, NotImplementedError)
            self.failure = _("it knows no way on this system") if unknown else str(done)

    def _send(self) -> None:
        library: Any = importlib.import_module("plyer").notification
        library.notify(title=self._title, message=self._body, app_name=APP, timeout=10)


def guarded(text: str) -> str:
    """`text` as plyer can pass it on: no leading "-"."""
    return f" {text}" if text.startswith("-") else text


OSASCRIPT_S = 1.8  # the port promises two seconds
# The texts are its arguments, so nothing in them is read as a program.
SCRIPT = "on run texts\ndisplay notification (item 2 of texts) with title (item 1 of texts)\nend run"
COMMAND = ("/usr/bin/osascript", "-e", SCRIPT, "--")


class OsascriptNotes(_Lasting):
    """Notes without answers. `command` stands in for osascript in tests."""

    NAME: ClassVar[str] = "osascript"

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread | None = None,
        icon: Path | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._command = command

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on macOS."""
        limit = _(WITHOUT_BUTTONS)
        return env.only_on("darwin") or Viable((limit,))

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        quiet = subprocess.DEVNULL
        try:
            subprocess.run(
                [*self._command, note.title, note.body],
                stdin=quiet, stdout=quiet, stderr=quiet, timeout=OSASCRIPT_S, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise NotifyFailed(_("osascript could not show the notification ({error}).", error=error)) from error


BELL = "\a"


class TerminalNotes(_Lasting):
    """Writes each note to a terminal, with a bell unless the note is silent. `stream` stands in for it in tests."""

    NAME: ClassVar[str] = "terminal"
    ANSWERS: ClassVar[bool] = True  # a command answers

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread | None = None,
        icon: Path | None = None,
        stream: TextIO | None = None,
        places: Sequence[str] = PLACES,
    ) -> None:
        """`places`: patterns of where terminals are."""
        self._stream, self._places = stream, places

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works when standard error is a terminal, and in every login without a display."""
        if not (own_terminal() or env.in_terminal):
            return NotViable(_("It was not started from a terminal."))
        return Viable((_("notes appear as lines in the terminal; answer with `sitbreak`"),))

    def show(self, note: Note) -> None:
        """Writes it; raises NotifyFailed when the terminal is gone."""
        bell = "" if note.silent else BELL
        how = [_("Answer with `sitbreak answer start`, snooze or not-now.")] if _asks(note) else []
        lines = "".join(f"  {printable(line)}\n" for line in (*note.body.splitlines(), *how))
        try:
            with self._opened() as stream:
                stream.write(f"\n{bell}{printable(note.title)}\n{lines}")
                stream.flush()
        except (OSError, ValueError) as error:
            raise NotifyFailed(_("The terminal is gone ({error}).", error=error)) from error

    def _opened(self) -> AbstractContextManager[TextIO]:
        if self._stream is not None or own_terminal():
            return nullcontext(self._stream or sys.stderr)
        return _last_used(self._places)


def _asks(note: Note) -> bool:
    """Whether it offers a break."""
    return any(action.key == "start" for action in note.actions)


def _last_used(places: Sequence[str]) -> TextIO:
    """The terminal that was used last; one that is held (Ctrl+S) is not waited for. Raises OSError."""
    used = last_used(places)
    if used is None:
        raise FileNotFoundError("none is open")
    return os.fdopen(os.open(used.path, os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK), "w", encoding="utf-8")

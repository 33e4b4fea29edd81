"""The notifier of last resort on a Linux desktop: plyer, guarded. No buttons, no answers, nothing to withdraw.

What the guard is for (plyer 2.1.0): it ignores that notify-send failed, reads a title that starts with "-" as an
option, raises NotImplementedError where notify-send is missing, and warns about parts it does not need.
"""

from __future__ import annotations

import importlib
import shutil
import threading
import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread, no_session_bus
from sitbreak.adapters.notify.first_answer import Chosen, Dismissed
from sitbreak.adapters.notify.freedesktop import reach
from sitbreak.boundary import Failure, attempt
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

APP = "sitbreak"
LIMIT_S = 2.0  # the port's promise, shared by the two steps below
ASKING_S, SENDING_S = 0.8, 1.2


class PlyerNotes:
    """Notes without answers, over plyer."""

    NAME: ClassVar[str] = "plyer"
    ANSWERS: ClassVar[bool] = False

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
        return no_session_bus(env) or Viable(
            (_("notifications without buttons; answer in the tray or with `sitbreak`"),)
        )

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

    def withdraw(self, tag: str) -> None:
        """Nothing: plyer cannot take a note back."""

    def close(self) -> None:
        """Nothing is held."""

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

"""Notifications of Windows and macOS, over desktop-notifier: buttons, a click on the note, word of its being closed.

Failures are told within two seconds: the library only logs them, so delivery is confirmed here.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread
from sitbreak.adapters.notify.answers import Answers, Chosen, Dismissed
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

log = logging.getLogger(__name__)

APP = "sitbreak"
LIMIT_S = 2.0  # the port's promise
STAY_S = 120  # a note that asks something stays as long as the prompt waits for an answer


class LastFailure(logging.Handler):
    """Keeps why the library failed last; it only logs that, and its stack traces are not for people."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.reason = ""
        library = logging.getLogger("desktop_notifier")
        library.addHandler(self)
        library.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        """Takes the exception's text, else the message."""
        error = record.exc_info[1] if record.exc_info else None
        self.reason = str(error) if error is not None else record.getMessage()

    def close(self) -> None:
        """Leaves the library's log."""
        logging.getLogger("desktop_notifier").removeHandler(self)
        super().close()


class DesktopNotes:
    """The system's notifications. `icon` is the path of a PNG; `thread` runs what is asynchronous."""

    NAME: ClassVar[str] = "desktop"

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread,
        icon: Path | None = None,
        library: Callable[[str], Any] = import_module,
    ) -> None:
        """`library` brings the module, which is slow to import, by its name."""
        self._answers = Answers(chosen, dismissed)
        self._thread = thread
        self._icon = icon
        self._library = library
        self._failure = LastFailure()
        self._notifier: Any = None
        self._shown: dict[str, str] = {}  # tag -> the library's name for the note

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Windows, and from an application bundle on macOS."""
        if elsewhere := env.only_on("win32", "darwin"):
            return elsewhere
        if find_spec("desktop_notifier") is None:
            return NotViable(_("desktop-notifier is not installed."), _("Install desktop-notifier."))
        return _on_macos() if env.platform == "darwin" else Viable()

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        ticket = self._answers.open(note.tag)
        try:
            failed = self._thread.run(self._show(note, ticket), LIMIT_S)
        except BusError as error:
            failed = str(error)
        if failed:
            self._answers.forget(note.tag)
            raise NotifyFailed(_("The desktop did not show the notification ({failed}).", failed=failed))

    def withdraw(self, tag: str) -> None:
        """Takes it off; nothing happens when it is gone already."""
        self._answers.forget(tag)
        if tag not in self._shown:
            return
        try:
            self._thread.run(self._clear(tag), LIMIT_S)
        except BusError as error:
            log.info("A notification could not be withdrawn: %s", error)

    def close(self) -> None:
        """Withdraws everything; the thread stays, others use it."""
        for tag in list(self._shown):
            self.withdraw(tag)
        self._failure.close()

    async def _show(self, note: Note, ticket: int) -> str:
        """Why it was not delivered; empty when it was."""
        library = await asyncio.to_thread(self._library, "desktop_notifier")
        await self._clear(note.tag)
        if self._notifier is None:
            icon = library.Icon(path=self._icon) if self._icon is not None and self._icon.is_file() else None
            self._notifier = library.DesktopNotifier(APP, icon)
        self._failure.reason = _("it gave no reason")
        delivered: list[bool] = []
        choose = partial(self._answers.choose, note.tag, ticket)
        sent = library.Notification(
            note.title,
            note.body,
            buttons=tuple(library.Button(each.label, partial(choose, each.key), each.key) for each in note.actions),
            on_dispatched=lambda: delivered.append(True),
            on_clicked=partial(choose, note.default) if note.default else None,
            on_dismissed=partial(self._answers.dismiss, note.tag, ticket),
            sound=None if note.silent else library.DEFAULT_SOUND,
            timeout=STAY_S if note.actions or note.default else -1,
        )
        await self._notifier.send_notification(sent)
        if not delivered:
            return self._failure.reason
        self._shown[note.tag] = sent.identifier
        return ""

    async def _clear(self, tag: str) -> None:
        """Takes a note off if the library still counts it as shown."""
        identifier = self._shown.pop(tag, "")
        if self._notifier is not None and identifier in await self._notifier.get_current_notifications():
            await self._notifier.clear(identifier)


def _on_macos() -> Viable | NotViable:
    from desktop_notifier.backends import macos_support

    if macos_support.is_bundle():
        return Viable()
    return NotViable(
        _("macOS shows notifications only for programs started from an application bundle."),
        _("Start sitbreak from its application, not from a Python of your own."),
    )

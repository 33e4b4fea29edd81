"""Notifications of the desktop, over desktop-notifier: buttons, a click on the note, and word of its being closed.

A note with a tag that is on show already takes its place by withdrawing the old one first: GNOME loses the buttons of a
note that is replaced. Failures are told within two seconds: the library only logs them, so delivery is confirmed here.
"""

from __future__ import annotations

import html
import logging
import os
import sys
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.bus import BusError, BusThread
from sitbreak.adapters.bus.thread import session_address
from sitbreak.adapters.notify.answers import Answers, Chosen, Dismissed
from sitbreak.adapters.notify.service import Service, reach
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

if TYPE_CHECKING:
    import desktop_notifier

log = logging.getLogger(__name__)

APP = "sitbreak"
LIMIT_S = 2.0  # the port's promise
STAY_S = 120  # a note that asks something stays as long as the prompt waits for an answer
DEFAULT = "default"  # the action a click on the note stands for, by the desktop notification specification
DEFAULT_LABEL = "Open"  # what the default action is called where it needs a button of its own
LINUX_SOUND = "message-new-instant"  # freedesktop sound naming specification


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
    """The desktop's notification service. `icon` is the path of a PNG; `thread` runs what is asynchronous."""

    NAME: ClassVar[str] = "desktop"

    def __init__(self, chosen: Chosen, dismissed: Dismissed, thread: BusThread, icon: Path | None = None) -> None:
        self._answers = Answers(chosen, dismissed)
        self._thread = thread
        self._icon = icon
        self._failure = LastFailure()
        self._service: Service | None = None
        self._library: desktop_notifier.DesktopNotifier | None = None
        self._shown: dict[str, str] = {}  # tag -> the library's name for the note

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works with a session bus on Linux, on Windows, and from an application bundle on macOS."""
        if find_spec("desktop_notifier") is None:
            return NotViable("desktop-notifier is not installed.", "Install desktop-notifier.")
        if env.platform == "darwin":
            return _on_macos()
        usual = os.path.join(env.variables.get("XDG_RUNTIME_DIR", "/nonexistent"), "bus")
        if env.platform != "win32" and not env.variables.get("DBUS_SESSION_BUS_ADDRESS") and not os.path.exists(usual):
            return NotViable(
                "There is no session bus, so no notification service.", "Start it inside your desktop session."
            )
        return Viable()

    @property
    def buttons(self) -> bool:
        """Whether buttons are shown here; asks the service, for at most two seconds."""
        if sys.platform in ("win32", "darwin"):
            return True
        try:
            return self._thread.run(self._reached(), LIMIT_S).buttons
        except BusError:
            return False

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        import desktop_notifier  # noqa: F401  # slow the first time: not on the bus thread

        ticket = self._answers.open(note.tag)
        try:
            self._thread.run(self._show(note, ticket), LIMIT_S)
        except (BusError, NotifyFailed) as error:
            self._answers.forget(note.tag)
            raise NotifyFailed(f"The desktop did not show the notification ({error}).") from error

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
        """Withdraws everything and lets go of the connection; the thread stays, others use it."""
        for tag in list(self._shown):
            self.withdraw(tag)
        try:
            self._thread.run(self._let_go(), LIMIT_S)
        except BusError as error:
            log.info("The notification service was left without a word: %s", error)
        self._failure.close()

    async def _reached(self) -> Service:
        service = await reach(await self._thread.session(), self._service)
        # The library knows only this variable; a bare autostart entry may come without it although there is a bus.
        os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", session_address())
        if service is not self._service:  # another process: the library remembers what the old one could do
            await self._let_go()
            self._service = service
        return service

    async def _show(self, note: Note, ticket: int) -> None:
        from desktop_notifier import DesktopNotifier, Icon

        service = None if sys.platform in ("win32", "darwin") else await self._reached()
        await self._clear(note.tag)
        if self._library is None:
            icon = Icon(path=self._icon) if self._icon is not None and self._icon.is_file() else None
            self._library = DesktopNotifier(APP, icon)
        self._failure.reason = "it gave no reason"
        delivered: list[bool] = []
        sent = self._notification(note, ticket, service, lambda: delivered.append(True))
        await self._library.send_notification(sent)
        if not delivered:
            raise NotifyFailed(self._failure.reason)
        self._shown[note.tag] = sent.identifier

    def _notification(self, note: Note, ticket: int, service: Service | None, on_dispatched: Any) -> Any:
        from desktop_notifier import DEFAULT_SOUND, Notification, Sound

        choose, tag = self._answers.choose, note.tag
        sound = DEFAULT_SOUND if service is None else Sound(name=LINUX_SOUND)
        return Notification(
            note.title,
            html.escape(note.body, quote=False) if service is not None and service.markup else note.body,
            buttons=self._buttons(note, ticket, service),
            on_dispatched=on_dispatched,
            on_clicked=partial(choose, tag, ticket, note.default) if note.default else None,
            on_dismissed=partial(self._answers.dismiss, tag, ticket),
            sound=None if note.silent else sound,
            timeout=STAY_S if note.actions or note.default else -1,
        )

    def _buttons(self, note: Note, ticket: int, service: Service | None) -> tuple[Any, ...]:
        from desktop_notifier import Button

        buttons = [
            Button(action.label, partial(self._answers.choose, note.tag, ticket, action.key), action.key)
            for action in note.actions
        ]
        offered = {action.key for action in note.actions}
        if service is not None and service.default_is_button and note.default and note.default not in offered:
            buttons.append(Button(DEFAULT_LABEL, identifier=DEFAULT))
        return tuple(buttons)

    async def _clear(self, tag: str) -> None:
        """Takes a note off if the library still counts it as shown."""
        identifier = self._shown.pop(tag, "")
        library = self._library
        if library is not None and identifier in await library.get_current_notifications():
            await library.clear(identifier)

    async def _let_go(self) -> None:
        """Forgets the library's object. It has no way to close its connection, so that is done for it."""
        library, self._library = self._library, None
        self._shown.clear()
        connection = getattr(getattr(library, "_backend", None), "bus", None)
        if connection is not None:
            connection.disconnect()


def _on_macos() -> Viable | NotViable:
    from desktop_notifier.backends import macos_support

    if macos_support.is_bundle():
        return Viable()
    return NotViable(
        "macOS shows notifications only for programs started from an application bundle.",
        "Start sitbreak from its application, not from a Python of your own.",
    )

"""Notifications of Windows and macOS, over desktop-notifier: buttons, a click on the note, word of its being closed.

Failures are told within two seconds: the library only logs them, so delivery is confirmed here. A note that the system
would swallow, because notifications of sitbreak are switched off, is not delivered either; nor is one that asks
something where the person has banners switched off, for it would lie unseen in the list.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from sitbreak.adapters.bus import BusError, BusThread, pause
from sitbreak.adapters.notify.chain import Answers, Chosen, Dismissed
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

log = logging.getLogger(__name__)

APP = "sitbreak"
LIMIT_S = 2.0  # the port's promise
ASKED_S = 1.0  # of it, for whether we may
FAILS_WITHIN_S = 0.3  # of it, on Windows, which tells of a note that it cannot show after it took it
NO_BANNER = 0  # UNAlertStyleNone of macOS, and ShowBanner of Windows
BANNERS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Notifications\Settings"
STAY_S = 120  # a note that asks something stays as long as the prompt waits for an answer


class Sent(NamedTuple):
    """A note on show: the library's name for it, the ticket of its answer, and what a click on it means."""

    identifier: str
    ticket: int
    default: str


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


class Lasting:
    """The ToastNotifier of Windows, whose notes with buttons stay on the screen until they are answered or withdrawn.

    Their banner would go after some seconds, and a button pressed in the notification centre reaches only programs that
    are registered as a COM server. The library does not ask what scenario a note has; the system itself minds it only
    where there are buttons (toast schema, `scenario`).
    """

    def __init__(self, notifier: Any) -> None:
        self._notifier = notifier

    def show(self, toast: Any) -> None:
        """Shows it as a reminder."""
        toast.content.document_element.set_attribute("scenario", "reminder")
        self._notifier.show(toast)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._notifier, name)


class DesktopNotes:
    """The system's notifications. `icon` is the path of a PNG; `thread` runs what is asynchronous."""

    NAME: ClassVar[str] = "desktop"
    ANSWERS: ClassVar[bool] = True

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
        self._asking: asyncio.Future[bool] | None = None  # whether we may; macOS asks the person, who takes their time
        self._shown: dict[str, Sent] = {}  # by tag

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
            self._hear(library.DesktopNotifier(APP, icon))
        refused = await self._refused(bool(note.actions))
        if refused:
            return refused
        self._failure.reason = ""
        delivered: list[bool] = []
        sent = library.Notification(
            note.title,
            note.body,
            buttons=tuple(library.Button(each.label, identifier=each.key) for each in note.actions),
            on_dispatched=lambda: delivered.append(True),
            sound=None if note.silent else library.DEFAULT_SOUND,
            timeout=STAY_S if note.actions or note.default else -1,
        )
        self._shown[note.tag] = Sent(sent.identifier, ticket, note.default)
        await self._notifier.send_notification(sent)
        if self._backend("notifier") is not None:
            await pause(FAILS_WITHIN_S)
        if delivered and not self._failure.reason:  # on macOS it warns of what it then counts as delivered
            return ""
        del self._shown[note.tag]
        return self._failure.reason or _("it gave no reason")

    def _hear(self, notifier: Any) -> None:
        """Takes it, and has answers told for it as a whole: the library forgets a note and its own callbacks when the
        banner goes, though it can still be answered in the notification centre.
        """
        notifier.on_button_pressed = lambda identifier, key: self._answered(identifier, key)
        notifier.on_clicked = lambda identifier: self._answered(identifier, "")
        notifier.on_dismissed = lambda identifier: self._answered(identifier, None)
        self._notifier = notifier
        if (system := self._backend("notifier")) is not None:
            notifier._backend.notifier = Lasting(system)

    def _backend(self, part: str) -> Any:
        """What the library has under it: `notifier` on Windows, `nc` on macOS; None elsewhere."""
        return getattr(getattr(self._notifier, "_backend", None), part, None)

    def _answered(self, identifier: str, key: str | None) -> None:
        """A button, a click on the note (no key), or its end (None)."""
        for tag, sent in self._shown.items():
            if sent.identifier == identifier:
                if key is None:
                    self._answers.dismiss(tag, sent.ticket)
                elif key or sent.default:
                    self._answers.choose(tag, sent.ticket, key or sent.default)

    async def _refused(self, asks: bool) -> str:
        """Why nothing of ours may be shown, or nothing that asks something; empty where it may.

        The person's own answer is not waited for.
        """
        if self._asking is None or self._asking.done():
            self._asking = asyncio.ensure_future(self._notifier.request_authorisation())
        await asyncio.wait([self._asking], timeout=ASKED_S)
        if not self._asking.done():
            return _("the system is still asking you whether sitbreak may notify")
        if not self._asking.result():
            return _("the settings of the system have them switched off for sitbreak")
        if asks and await self._banner() == NO_BANNER:
            return _("the settings of the system show those of sitbreak without a banner")
        return ""

    async def _banner(self) -> int | None:
        """How the person has notes of ours shown, as the system numbers it; None where that cannot be told."""
        if (center := self._backend("nc")) is not None:
            return await self._alert_style(center)
        if (app := self._backend("app_id")) is None:
            return None
        registry = self._library("winreg")
        try:
            place = (registry.HKEY_CURRENT_USER, f"{BANNERS}\\{app}", 0, registry.KEY_QUERY_VALUE)
            with registry.OpenKey(*place) as key:
                return int(registry.QueryValueEx(key, "ShowBanner")[0])
        except OSError:
            return None  # never touched

    async def _alert_style(self, center: Any) -> int:
        """UNNotificationSettings.alertStyle; the library asks for the whole of them and keeps only the permission."""
        told: concurrent.futures.Future[int] = concurrent.futures.Future()
        objc = self._library("rubicon.objc")

        def take(settings: Any) -> None:
            told.set_result(int(objc.py_from_ns(settings).alertStyle))

        take.__annotations__ = {"settings": self._library("rubicon.objc.runtime").objc_id, "return": None}
        center.getNotificationSettingsWithCompletionHandler(take)
        return await asyncio.wrap_future(told)

    async def _clear(self, tag: str) -> None:
        """Takes a note off if the library still counts it as shown."""
        sent = self._shown.pop(tag, None)
        if sent is not None and sent.identifier in await self._notifier.get_current_notifications():
            await self._notifier.clear(sent.identifier)


def _on_macos() -> Viable | NotViable:
    from desktop_notifier.backends import macos_support

    if macos_support.is_bundle():
        return Viable()
    return NotViable(
        _("macOS shows notifications only for programs started from an application bundle."),
        _("Start sitbreak from its application, not from a Python of your own."),
    )

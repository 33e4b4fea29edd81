"""The notifications of Windows and macOS, on a library that does what it is told."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from types import SimpleNamespace

import pytest

from sitbreak.adapters.bus import BusThread, pause
from sitbreak.adapters.notify import DesktopNotes
from sitbreak.adapters.notify.chain import Chosen, Dismissed
from sitbreak.adapters.notify.desktop_notifier import BANNERS
from sitbreak.ports import Note, Notifier, NotifyFailed
from tests.adapters.fake_winreg import FakeWinreg
from tests.contracts.notify_contract import PLAIN, PROMPT, AnswerContract


class FakeLibrary:
    """Stands in for desktop-notifier; `failing` is what the named call raises."""

    DEFAULT_SOUND = object()
    objc_id = object

    def __init__(self, **failing: Exception) -> None:
        self.failing = failing
        self.sent: dict[str, SimpleNamespace] = {}
        self._backend = SimpleNamespace()
        self.warns = ""
        self.style = 1  # macOS: as a banner
        self.allowed: list[bool] = [True]  # what the system says of it; nothing while it asks the person
        self.on_button_pressed: Callable[[str, str], None] = lambda identifier, key: None
        self.on_clicked: Callable[[str], None] = lambda identifier: None
        self.on_dismissed: Callable[[str], None] = lambda identifier: None

    def __call__(self, name: str) -> FakeLibrary:
        """Importing it."""
        self._do("imported")
        return self

    def Icon(self, **given: object) -> SimpleNamespace:
        """An icon."""
        return SimpleNamespace(**given)

    def Button(self, title: str, identifier: str) -> SimpleNamespace:
        """A button."""
        return SimpleNamespace(title=title, identifier=identifier)

    def Notification(self, title: str, message: str, **given: object) -> SimpleNamespace:
        """A note."""
        return SimpleNamespace(title=title, message=message, identifier=str(len(self.sent)), **given)

    def DesktopNotifier(self, app: str, icon: object) -> FakeLibrary:
        """The one object of the library."""
        self._do("made")
        return self

    async def request_authorisation(self) -> bool:
        """Whether notes may be shown, once that is known."""
        self._do("asked")
        while not self.allowed:
            await pause(0.01)
        return self.allowed[-1]

    async def send_notification(self, sent: SimpleNamespace) -> None:
        """Delivers it."""
        self._do("sent")
        if self.warns:
            logging.getLogger("desktop_notifier").warning(self.warns)
        self.sent[sent.identifier] = sent
        sent.on_dispatched()

    async def get_current_notifications(self) -> list[str]:
        """Those on show."""
        self._do("listed")
        return list(self.sent)

    async def clear(self, identifier: str) -> None:
        """Takes one off."""
        self._do("cleared")
        del self.sent[identifier]

    def getNotificationSettingsWithCompletionHandler(self, told: Callable[[SimpleNamespace], None]) -> None:
        """macOS: the settings the person made for sitbreak's notes, told on a thread of the system."""
        threading.Thread(target=told, args=[SimpleNamespace(alertStyle=self.style)]).start()

    def py_from_ns(self, told: SimpleNamespace) -> SimpleNamespace:
        """macOS: an object of the system, for Python."""
        return told

    def _do(self, what: str) -> None:
        if what in self.failing:
            raise self.failing[what]


@pytest.fixture
def thread() -> Iterator[BusThread]:
    """The D-Bus thread, closed at the end."""
    with closing(BusThread()) as thread:
        yield thread


class TestDesktopNotes(AnswerContract):
    """The notes of Windows and macOS keep the contract, on a library that does what it is told."""

    @pytest.fixture(autouse=True)
    def _with(self, thread: BusThread) -> None:
        self.thread, self.library = thread, FakeLibrary()

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return DesktopNotes(chosen, dismissed, self.thread, library=self.library)

    def choose(self, note: Note, key: str) -> None:
        """Picks an action of the newest note."""
        newest = list(self.library.sent.values())[-1]
        if key in [button.identifier for button in newest.buttons]:
            self.library.on_button_pressed(newest.identifier, key)
        else:
            self.library.on_clicked(newest.identifier)

    def dismiss(self, note: Note) -> None:
        """Closes the newest note."""
        self.library.on_dismissed(list(self.library.sent)[-1])

    def test_what_is_switched_off_is_not_delivered(self) -> None:
        """A system that would swallow the note is no channel; once it is switched on it is one, without a restart."""
        self.library.allowed = [False]
        with closing(self.make(lambda tag, key: None, lambda tag: None)) as notes:
            with pytest.raises(NotifyFailed, match="switched off"):
                notes.show(PROMPT)
            assert self.library.sent == {}
            self.library.allowed = [True]
            notes.show(PROMPT)
            assert len(self.library.sent) == 1

    def test_what_the_library_warns_of_is_not_delivered(self) -> None:
        """On macOS it only logs that the system refused a note, and then counts it as delivered."""
        self.library.warns = "Notifications are not allowed for this application"
        with closing(self.make(lambda tag, key: None, lambda tag: None)) as notes:
            with pytest.raises(NotifyFailed, match="not allowed"):
                notes.show(PROMPT)
            self.library.warns = ""
            notes.show(PROMPT)

    def test_a_question_of_the_system_holds_up_no_note(self) -> None:
        """While the person is asked whether sitbreak may notify, the note goes another way; the question stays."""
        self.library.allowed = []
        with closing(self.make(lambda tag, key: None, lambda tag: None)) as notes:
            with pytest.raises(NotifyFailed, match="still asking"):
                notes.show(PROMPT)
            self.library.allowed = [True]
            notes.show(PROMPT)
            assert len(self.library.sent) == 1


class WindowsLibrary(FakeLibrary, FakeWinreg):
    """The same with what is under it on Windows: a notifier of the system, and toasts that may fail once sent."""

    def __init__(self) -> None:
        FakeLibrary.__init__(self)
        FakeWinreg.__init__(self)
        self.shown: list[tuple[str, str]] = []
        self.fails_after_s: float | None = None
        notifier = SimpleNamespace(setting="enabled", show=self._show)
        self._backend = SimpleNamespace(notifier=notifier, app_id="sitbreak")

    async def send_notification(self, sent: SimpleNamespace) -> None:
        """As the library does it: word of a failure is heard, and then only logged."""
        root = SimpleNamespace(set_attribute=lambda name, value: self.shown.append((name, value)))
        self._backend.notifier.show(SimpleNamespace(tag="toast", content=SimpleNamespace(document_element=root)))
        if self.fails_after_s is not None:
            asyncio.get_running_loop().call_later(self.fails_after_s, self._fail, sent.identifier)
        await super().send_notification(sent)

    def _show(self, toast: SimpleNamespace) -> None:
        self.shown.append(("shown", toast.tag))

    def _fail(self, identifier: str) -> None:
        logging.getLogger("desktop_notifier").warning("Notification '%s' failed with error code %s", identifier, 5)


def test_on_windows_a_note_waits_for_its_answer_on_the_screen(thread: BusThread) -> None:
    """It is shown as a reminder; all else the library asks of the system's notifier is as it was."""
    library = WindowsLibrary()
    with closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes:
        notes.show(PROMPT)
        assert library.shown == [("scenario", "reminder"), ("shown", "toast")]
        assert library._backend.notifier.setting == "enabled"


def test_on_windows_a_toast_that_fails_after_it_was_sent_is_not_delivered(thread: BusThread) -> None:
    """The system tells so a moment later; the next one, which it takes, is."""
    library = WindowsLibrary()
    with closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes:
        library.fails_after_s = 0.02
        with pytest.raises(NotifyFailed, match="error code 5"):
            notes.show(PROMPT)
        library.fails_after_s = None
        notes.show(PROMPT)


@pytest.mark.parametrize(("banner", "shown"), [(0, False), (1, True)])
def test_on_windows_a_question_without_a_banner_is_not_delivered(thread: BusThread, banner: int, shown: bool) -> None:
    """Where the person turned banners off it would lie unseen in the list; what asks nothing may."""
    library = WindowsLibrary()
    library.values[f"{BANNERS}\\sitbreak", "ShowBanner"] = banner
    with closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes:
        notes.show(PLAIN)
        if shown:
            notes.show(PROMPT)
            return
        with pytest.raises(NotifyFailed, match="without a banner"):
            notes.show(PROMPT)


def test_on_macos_a_question_in_the_style_none_is_not_delivered(thread: BusThread) -> None:
    """It would lie unseen in the list; what asks nothing may, and another style is seen at once."""
    library = FakeLibrary()
    library._backend = SimpleNamespace(nc=library)
    library.style = 0
    with closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes:
        notes.show(PLAIN)
        with pytest.raises(NotifyFailed, match="without a banner"):
            notes.show(PROMPT)
        library.style = 2
        notes.show(PROMPT)


ODD = (
    OSError(9, "Bad file descriptor"),
    KeyError("a"),
    AttributeError("no such"),
    ImportError("no module"),
    EOFError(),
)


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("call", ["imported", "made", "asked", "sent"])
def test_whatever_the_library_raises_is_a_failed_note(thread: BusThread, call: str, error: Exception) -> None:
    """Any exception of the notification library becomes the port's own, as a sentence."""
    library = FakeLibrary(**{call: error})
    with (
        closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes,
        pytest.raises(NotifyFailed, match=r"^[A-Z].*\.$"),
    ):
        notes.show(PROMPT)


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("call", ["listed", "cleared"])
def test_a_library_that_fails_to_withdraw_is_left_alone(thread: BusThread, call: str, error: Exception) -> None:
    """Withdrawing and closing raise nothing, whatever the library does."""
    library = FakeLibrary()
    notes = DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)
    notes.show(PROMPT)
    notes.show(PLAIN)
    library.failing[call] = error
    notes.withdraw(PROMPT.tag)
    notes.close()

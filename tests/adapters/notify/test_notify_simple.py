"""The notifiers that need no desktop: for tests, in the terminal, and the guard around plyer."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitbreak.adapters.bus import BusThread, pause
from sitbreak.adapters.notify import (
    CANDIDATES,
    DesktopNotes,
    FreedesktopNotes,
    OsascriptNotes,
    PlyerNotes,
    TerminalNotes,
)
from sitbreak.adapters.notify.first_answer import Chosen, Dismissed
from sitbreak.adapters.notify.plyer_fallback import guarded
from sitbreak.ports import Env, Note, Notifier, NotifyFailed, NotViable, Viable
from tests.contracts.notify_contract import PLAIN, PROMPT, AnswerContract, NotifyContract
from tests.fakes.notes import NullNotes


class TestNullNotes(AnswerContract):
    """Notes that nobody sees keep the contract, and are answered by the test."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        self.notes = NullNotes(chosen, dismissed)
        return self.notes

    def choose(self, note: Note, key: str) -> None:
        """Picks an action."""
        self.notes.choose(note.tag, key)

    def dismiss(self, note: Note) -> None:
        """Closes the note."""
        self.notes.dismiss(note.tag)

    def test_it_keeps_what_it_showed_and_can_be_told_to_fail(self) -> None:
        """Every note is kept; what is on show is known apart."""
        notes = NullNotes(lambda tag, key: None, lambda tag: None)
        notes.show(PROMPT)
        notes.withdraw(PROMPT.tag)
        assert notes.notes == [PROMPT]
        assert notes.visible == {}
        notes.failure = "Nobody listens."
        with pytest.raises(NotifyFailed, match="Nobody listens"):
            notes.show(PROMPT)


class TestTerminalNotes(NotifyContract):
    """Notes in the terminal keep the contract."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return TerminalNotes(chosen, dismissed, stream=io.StringIO())

    def test_a_note_is_a_title_and_indented_lines(self) -> None:
        """The bell rings for a prompt and not for a silent note."""
        stream = io.StringIO()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        notes.show(PROMPT)
        notes.show(PLAIN)
        loud, silent = stream.getvalue().lstrip("\n").split("\n\n")
        answer = "  Answer with `sitbreak answer start`, snooze or not-now."
        assert loud == f"\aGood moment for two minutes?\n  About 38 min at the desk.\n{answer}"
        assert silent == "Today: 27 minutes out of the chair\n"

    def test_a_terminal_that_is_gone_is_a_failure(self) -> None:
        """Writing to a closed stream is told, not raised as it is."""
        stream = io.StringIO()
        stream.close()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        with pytest.raises(NotifyFailed, match="terminal"):
            notes.show(PROMPT)

    def test_texts_cannot_steer_the_terminal(self) -> None:
        """Control characters in a note are left out."""
        stream = io.StringIO()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        notes.show(Note("t", "a\x1b[2Jb", "c\x07d\ne", silent=True))
        assert stream.getvalue() == "\na?[2Jb\n  c?d\n  e\n"


class FakeLibrary:
    """Stands in for desktop-notifier; `failing` is what the named call raises."""

    DEFAULT_SOUND = object()

    def __init__(self, **failing: Exception) -> None:
        self.failing = failing
        self.sent: dict[str, SimpleNamespace] = {}
        self._backend = SimpleNamespace()
        self.warns = ""
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


def test_on_windows_a_note_waits_for_its_answer_on_the_screen(thread: BusThread) -> None:
    """It is shown as a reminder; all else the library asks of the system's notifier is as it was."""
    shown: list[tuple[str, str]] = []
    root = SimpleNamespace(set_attribute=lambda name, value: shown.append((name, value)))
    toast = SimpleNamespace(content=SimpleNamespace(document_element=root))
    system = SimpleNamespace(setting="enabled", show=lambda sent: shown.append(("shown", str(sent is toast))))
    library = FakeLibrary()
    library._backend = SimpleNamespace(notifier=system)
    with closing(DesktopNotes(lambda tag, key: None, lambda tag: None, thread, library=library)) as notes:
        notes.show(PROMPT)
        library._backend.notifier.show(toast)
        assert shown == [("scenario", "reminder"), ("shown", "True")]
        assert library._backend.notifier.setting == "enabled"


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


def test_plyer_gets_no_options_for_texts() -> None:
    """A leading dash is moved away from the front; other texts stay as they are."""
    assert guarded("-h") == " -h"
    assert guarded("Two minutes?") == "Two minutes?"


@pytest.mark.unix("D-Bus")
def test_without_a_bus_the_failure_comes_as_a_sentence() -> None:
    """Neither the desktop nor plyer claims to have shown a note when there is no bus to show it over."""
    thread = BusThread({"session": "unix:path=/nonexistent/bus"})
    with closing(thread):
        for kind in (FreedesktopNotes, PlyerNotes):
            notes = kind(lambda tag, key: None, lambda tag: None, thread)
            with pytest.raises(NotifyFailed, match=r"^[A-Z].*\.$"):
                notes.show(PROMPT)
            notes.close()


def test_macos_without_a_bundle_gets_the_texts_as_arguments(tmp_path: Path) -> None:
    """Nothing in them is read as a program; a command that fails or is not there is a failed note."""
    said = tmp_path / "said"
    write = f"import sys; open({str(said)!r}, 'w').write('|'.join(sys.argv[1:]))"
    for command in ([sys.executable, "-c", write], [sys.executable, "-c", "sys.exit(1)"], [str(tmp_path / "none")]):
        notes = OsascriptNotes(lambda tag, key: None, lambda tag: None, command=command)
        if command[-1] == write:
            notes.show(Note("a", '"; quit', "-h"))
            continue
        with pytest.raises(NotifyFailed, match=r"^osascript could not"):
            notes.show(PLAIN)
    assert said.read_text() == '"; quit|-h'


def test_elsewhere_plyer_claims_nothing() -> None:
    """Windows and macOS swallow its notes without a word, so it is not asked there."""
    for platform in ("win32", "darwin"):
        assert isinstance(PlyerNotes.viable(Env(platform, {})), NotViable)
    working = [kind.NAME for kind in CANDIDATES if isinstance(kind.viable(Env("win32", {})), Viable)]
    assert set(working) <= {"desktop", "terminal"}


def test_candidates_say_what_they_lack() -> None:
    """On a bare Linux nothing but the terminal could work, and the reasons tell what to do."""
    verdicts = {kind.NAME: kind.viable(Env("linux", {})) for kind in CANDIDATES}
    assert list(verdicts) == ["freedesktop", "desktop", "osascript", "plyer", "terminal"]
    for name in ("freedesktop", "plyer"):
        verdict = verdicts[name]
        assert isinstance(verdict, NotViable)
        assert verdict.remedy

"""Notes on the notification daemons people have: shown, answered with the mouse, withdrawn."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify import FreedesktopNotes, PlyerNotes
from sitbreak.adapters.notify.chain import Chosen, Dismissed
from sitbreak.adapters.tray.glyph import image
from sitbreak.ports import Note, Notifier, NotifyFailed
from tests.contracts.notify_contract import PLAIN, PROMPT, AnswerContract, NotifyContract
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.waiting import wait_until

XFCE_WINDOW, DUNST_WINDOW = "^xfce4-notifyd$", "^Dunst$"
LXQT_WINDOW, MATE_WINDOW = "lxqt-notificationd", "^Notification$"
SHOW_WITHOUT_NOTIFY_SEND = """
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify import PlyerNotes
from sitbreak.ports import Note, NotifyFailed
thread = BusThread()
try:
    PlyerNotes(lambda tag, key: None, lambda tag: None, thread).show(Note("a", "-h", "b"))
except NotifyFailed as failure:
    print("FAILED", failure)
thread.close()
"""


@pytest.fixture
def thread() -> Iterator[BusThread]:
    """The D-Bus thread, closed at the end."""
    with closing(BusThread()) as thread:
        yield thread


@pytest.fixture
def xfce(desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop with Xfce's notification daemon, whose bus is ours."""
    desk = desk_factory(notifier="xfce")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


@pytest.fixture
def lxqt(desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop with LXQt's notification daemon, whose bus is ours."""
    desk = desk_factory(notifier="lxqt")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


@pytest.fixture
def mate(desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop with MATE's notification daemon, whose bus is ours."""
    desk = desk_factory(notifier="mate")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


@pytest.fixture
def dunst(desk_factory: DeskFactory, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desktop with dunst, whose bus is ours."""
    desk = desk_factory(notifier="dunst")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    return desk


def place(desk: Desk, window: str) -> tuple[int, int, int, int]:
    """Left, top, width and height of a window in pixels."""
    told = desk.xdotool("getwindowgeometry", "--shell", window)
    values = dict(re.findall(r"(\w+)=(-?\d+)", told))
    return int(values["X"]), int(values["Y"]), int(values["WIDTH"]), int(values["HEIGHT"])


def click(desk: Desk, name: str, across: float, up: int | None = None, button: int = 1) -> None:
    """Clicks into the note, if it is on show: at `across` of its width, `up` pixels above its lower edge or centred."""
    windows = desk.windows(name) or desk.windows(name, by="class")
    if not windows:
        return
    try:
        left, top, width, height = place(desk, windows[0])
    except subprocess.CalledProcessError:
        return  # it went while we looked
    y = top + height // 2 if up is None else top + height - up
    desk.xdotool("mousemove", str(left + round(width * across)), str(y), "click", str(button))


@pytest.mark.desktop("xfce4-notifyd", "xfconfd")
class TestNotesOnXfce(AnswerContract):
    """Xfce's daemon: buttons, and the default action as one of them."""

    @pytest.fixture(autouse=True)
    def _on(self, xfce: Desk, thread: BusThread) -> None:
        self.desk = xfce
        self.thread = thread

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return FreedesktopNotes(chosen, dismissed, self.thread)

    def appeared(self) -> None:
        """Returns when the one note can be touched."""
        wait_until(lambda: len(self.desk.windows(XFCE_WINDOW)) == 1, what="one note")

    def choose(self, note: Note, key: str) -> None:
        """Presses the button; they stand side by side, the default last."""
        keys = [*(action.key for action in note.actions), note.default]
        click(self.desk, XFCE_WINDOW, (keys.index(key) + 0.5) / len(keys), up=30)

    def dismiss(self, note: Note) -> None:
        """Clicks on the text, which closes it here."""
        click(self.desk, XFCE_WINDOW, 0.5, up=92)


@pytest.mark.desktop("xfce4-notifyd", "xfconfd")
def test_one_note_of_a_tag_is_on_show_until_it_is_withdrawn(xfce: Desk, thread: BusThread, tmp_path: Path) -> None:
    """The second takes the place of the first with its buttons; withdrawing leaves an empty screen."""
    icon = tmp_path / "icon.png"
    image("due", 1.0, 64).save(icon)
    with closing(FreedesktopNotes(lambda tag, key: None, lambda tag: None, thread, icon)) as notes:
        notes.show(PROMPT)
        xfce.wait_for_window(XFCE_WINDOW)
        notes.show(PROMPT)
        wait_until(lambda: len(xfce.windows(XFCE_WINDOW)) == 1, what="one note")
        notes.withdraw(PROMPT.tag)
        wait_until(lambda: not xfce.windows(XFCE_WINDOW), what="no note")


@pytest.mark.desktop("xfce4-notifyd", "xfconfd")
def test_closing_takes_every_note_off(xfce: Desk, thread: BusThread) -> None:
    """Nothing stays on the screen of a program that has ended."""
    notes = FreedesktopNotes(lambda tag, key: None, lambda tag: None, thread)
    notes.show(PROMPT)
    notes.show(PLAIN)
    wait_until(lambda: len(xfce.windows(XFCE_WINDOW)) == 2, what="two notes")
    notes.close()
    wait_until(lambda: not xfce.windows(XFCE_WINDOW), what="no note")


@pytest.mark.desktop("lxqt-notificationd")
class TestNotesOnLxqt(AnswerContract):
    """LXQt's daemon: buttons alone, the default action as the first of them."""

    @pytest.fixture(autouse=True)
    def _on(self, lxqt: Desk, thread: BusThread) -> None:
        self.desk = lxqt
        self.thread = thread

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return FreedesktopNotes(chosen, dismissed, self.thread)

    def appeared(self) -> None:
        """Returns when the one note can be touched."""
        wait_until(lambda: self.desk.windows(LXQT_WINDOW, by="class"), what="a note")

    def choose(self, note: Note, key: str) -> None:
        """Presses the button; the default's comes first."""
        keys = [note.default, *(action.key for action in note.actions)]
        click(self.desk, LXQT_WINDOW, 0.24 + 0.236 * keys.index(key), up=39)

    def dismiss(self, note: Note) -> None:
        """Presses the cross."""
        click(self.desk, LXQT_WINDOW, 0.92, up=116)


@pytest.mark.desktop("mate-notification-daemon")
class TestNotesOnMate(AnswerContract):
    """MATE's daemon: buttons, and a click on the text for the default action."""

    @pytest.fixture(autouse=True)
    def _on(self, mate: Desk, thread: BusThread) -> None:
        self.desk = mate
        self.thread = thread

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return FreedesktopNotes(chosen, dismissed, self.thread)

    def appeared(self) -> None:
        """Returns when the one note can be touched."""
        self.desk.wait_for_window(MATE_WINDOW)

    def choose(self, note: Note, key: str) -> None:
        """Presses the button, or the text for the default."""
        across, up = {"start": (0.716, 27), "longer": (0.846, 27)}.get(key, (0.3, 60))
        click(self.desk, MATE_WINDOW, across, up=up)

    def dismiss(self, note: Note) -> None:
        """Presses the cross."""
        click(self.desk, MATE_WINDOW, 0.93, up=90)

    def test_closing_it_is_told_once(self) -> None:
        """Its cross is told as "expired", as a note that nobody saw is: that is no answer, and none is made up."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            self.appeared()
            self.dismiss(PROMPT)
            wait_until(lambda: not self.desk.windows(MATE_WINDOW), what="no note")
        assert told == []


@pytest.mark.desktop("dunst")
class TestNotesOnDunst(NotifyContract):
    """Dunst: no buttons; the middle mouse button calls the default action, the left one closes."""

    @pytest.fixture(autouse=True)
    def _on(self, dunst: Desk, thread: BusThread) -> None:
        self.desk = dunst
        self.thread = thread

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return FreedesktopNotes(chosen, dismissed, self.thread)

    @pytest.mark.parametrize(("button", "answer"), [(2, "prompt card"), (1, "prompt dismissed")])
    def test_a_click_on_the_note_is_an_answer(self, button: int, answer: str) -> None:
        """The default action and the dismissal are told, each once."""
        told: list[str] = []
        notes = self.make(lambda tag, key: told.append(f"{tag} {key}"), lambda tag: told.append(f"{tag} dismissed"))
        with closing(notes):
            notes.show(PROMPT)
            self.desk.wait_for_window(DUNST_WINDOW)
            click(self.desk, DUNST_WINDOW, 0.5, button=button)
            wait_until(lambda: told, what="an answer")
            wait_until(lambda: not self.desk.windows(DUNST_WINDOW), what="the note to go")
        assert told == [answer]


@pytest.mark.desktop("xfce4-notifyd", "xfconfd", "xfconf-query")
def test_prompts_do_not_pile_up_in_the_history(xfce: Desk, thread: BusThread) -> None:
    """Of what Xfce's daemon shows, its log keeps the notices that are to last, and no prompt."""
    for name, kind, value in (("notification-log", "bool", "true"), ("log-level", "uint", "1")):
        xfce.run("xfconf-query", "-c", "xfce4-notifyd", "-p", f"/{name}", "-n", "-t", kind, "-s", value)
    with closing(FreedesktopNotes(lambda tag, key: None, lambda tag: None, thread)) as notes:
        for note in (PROMPT, replace(PROMPT, title="A word that lasts", lasting=True)):
            notes.show(note)
            xfce.wait_for_window(XFCE_WINDOW)
            notes.withdraw(note.tag)
            wait_until(lambda: not xfce.windows(XFCE_WINDOW), what="no note")
        kept = Path(xfce.env["XDG_CACHE_HOME"]) / "xfce4/notifyd/log"
        wait_until(lambda: kept.exists() and "A word that lasts" in kept.read_text("utf-8"), what="the log")
        assert PROMPT.title not in kept.read_text("utf-8")


@pytest.mark.desktop
def test_without_a_daemon_it_fails_at_once(desk: Desk, thread: BusThread, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure is a sentence and comes well within two seconds, for the desktop's notes and for plyer's."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    for kind in (FreedesktopNotes, PlyerNotes):
        with closing(kind(lambda tag, key: None, lambda tag: None, thread)) as notes:
            assert "was not provided" in failure_within(2.0, notes)


def failure_within(limit_s: float, notes: Notifier) -> str:
    """What NotifyFailed says; AssertionError when nothing was raised in time."""
    said: list[str] = []

    def show() -> None:
        with pytest.raises(NotifyFailed) as failure:
            notes.show(PROMPT)
        said.append(str(failure.value))

    showing = threading.Thread(target=show)
    showing.start()
    showing.join(limit_s)
    assert said, f"no failure within {limit_s:g} s"
    return said[0]


@pytest.mark.desktop("xfce4-notifyd", "xfconfd", "notify-send")
class TestPlyerNotes(NotifyContract):
    """Notes over plyer and notify-send."""

    @pytest.fixture(autouse=True)
    def _on(self, xfce: Desk, thread: BusThread) -> None:
        self.desk = xfce
        self.thread = thread

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return PlyerNotes(chosen, dismissed, self.thread)

    def test_a_title_with_a_dash_is_shown(self) -> None:
        """It is not taken for an option of notify-send."""
        with closing(self.quiet()) as notes:
            notes.show(Note("a", "--help", "-v"))
            self.desk.wait_for_window(XFCE_WINDOW)

    def test_without_notify_send_it_fails(self, tmp_path: Path) -> None:
        """Where notify-send is missing nobody claims that the note was shown."""
        answer = subprocess.run(
            [sys.executable, "-c", SHOW_WITHOUT_NOTIFY_SEND],
            env={**self.desk.env, "PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=20,
        )
        assert answer.stdout.startswith("FAILED plyer could not show the notification")

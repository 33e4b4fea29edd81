"""GNOME for real, without a screen: notes and their buttons, do-not-disturb, the lock, the windows, the program."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.context.dnd import GsettingsQuiet
from sitbreak.adapters.context.probe import Options, Probe, Wiring
from sitbreak.adapters.context.session_linux import GnomeSaver, LogindLock
from sitbreak.adapters.context.worker import Slow
from sitbreak.adapters.notify import FreedesktopNotes
from sitbreak.adapters.notify.chain import Chosen, Dismissed
from sitbreak.adapters.tray import SniTray
from sitbreak.core.events import Locked, Unlocked
from sitbreak.ports import Action, Env, MenuEntry, Note, Notifier, TrayView
from tests.adapters.context_worlds import Run, film
from tests.contracts.notify_contract import PROMPT, AnswerContract
from tests.contracts.tray_contract import running
from tests.desktop.bus import CallFailed
from tests.desktop.desk import WATCHER
from tests.desktop.gnome import NOTE, SHELL, Gnome
from tests.desktop.needs import GNOME
from tests.desktop.program import SECONDS_LONG, ProgramOn
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop(*GNOME)

SAVER, SAVER_PATH = "org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"
TRAY = "ubuntu-appindicators@ubuntu.com"
CARD = SECONDS_LONG.replace("[prompt]", '[prompt]\nchannel = "card"')


@pytest.fixture(scope="module")
def shared() -> Iterator[Gnome]:
    """One GNOME for what leaves it as it was."""
    gnome = Gnome()
    yield gnome
    gnome.stop()


@pytest.fixture
def thread(shared: Gnome) -> Iterator[BusThread]:
    """The D-Bus thread of the program, on that GNOME's buses."""
    addresses = {"session": shared.bus.address, "system": shared.login.address}
    with closing(BusThread(addresses)) as thread:  # type: ignore[arg-type]  # the keys are the literals it wants
        yield thread


def wired(gnome: Gnome, thread: BusThread) -> Wiring:
    """The wiring of a probe there."""
    return Wiring(Env("linux", gnome.env), Options(), Slow(0.1), thread, back_off=(0.1,))


class TestNotesOnGnome(AnswerContract):
    """GNOME's notes: buttons while the pointer is on them, and a click on the note for the default action."""

    @pytest.fixture(autouse=True)
    def _on(self, shared: Gnome, thread: BusThread) -> None:
        self.gnome, self.thread = shared, thread
        shared.point(100, 700)
        shared.ask("Main.messageTray.getSources().forEach(source => source.destroy())")

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return FreedesktopNotes(chosen, dismissed, self.thread)

    def appeared(self) -> None:
        """Returns when the one note can be touched, with the pointer on it."""
        self.gnome.point_at_note()

    def choose(self, note: Note, key: str) -> None:
        """Presses the button, or the text for the default; nothing when the note has gone."""
        labels = {action.key: action.label for action in note.actions}
        place = self.gnome.buttons().get(labels[key]) if key in labels else self.gnome.place_of()
        if place:
            self.gnome.click(*place)

    def dismiss(self, note: Note) -> None:
        """Presses the cross; nothing when the note has gone."""
        place = self.gnome.place_of(f"{NOTE}?._closeButton")
        if place:
            self.gnome.click(*place)

    def test_of_four_answers_it_has_room_for_three(self) -> None:
        """The first and the last two are there; the card, which a click opens, has them all."""
        four = tuple(Action(key, key) for key in ("one", "two", "three", "four"))
        with closing(self.quiet()) as notes:
            notes.show(replace(PROMPT, actions=four))
            self.appeared()
            assert set(self.gnome.buttons()) == {"one", "three", "four"}


def test_do_not_disturb_is_followed(shared: Gnome, thread: BusThread) -> None:
    """The switch in the Shell's own calendar menu turns the signal on and off."""
    switch = "Main.panel.statusArea.dateMenu._messageList._dndSwitch.{}"
    with Run(GsettingsQuiet(wired(shared, thread))) as run:
        run.looked()
        shared.ask(switch.format("toggle()"))
        run.wait((True, ""))
        shared.ask(switch.format("toggle()"))
        run.wait((True, ""), (False, ""))


@pytest.mark.parametrize("probe", [LogindLock, GnomeSaver])
def test_its_lock_is_seen_and_its_end(shared: Gnome, thread: BusThread, probe: type[Probe]) -> None:
    """Locked as by Super+L, it tells logind and the session bus; so it does when it is unlocked."""
    shared.bus.call(SAVER, SAVER_PATH, SAVER, "GetActive")  # its service on the bus starts when it is asked
    with Run(probe(wired(shared, thread))) as run:
        run.looked()
        shared.ask("Main.screenShield.lock(false)")
        wait_until(lambda: run.posted.events == [Locked()], what="the lock")
        shared.ask("Main.screenShield.deactivate(false)")
        wait_until(lambda: run.posted.events == [Locked(), Unlocked()], what="the end of the lock")


def test_doctor_says_what_stands_in_for_the_tray(shared: Gnome, tmp_path: Path) -> None:
    """GNOME has none without an extension: the entry among the programs opens Today."""
    ports = {port["name"]: port for port in ProgramOn(shared, tmp_path / "home").ask("doctor", "--json")["ports"]}
    assert ports["activity"]["used"] == ["mutter"]
    assert "it shows 3 buttons at most" in ports["notifications"]["notes"][0]
    assert ports["tray"]["notes"] == [
        "No panel here shows icons (GNOME has a tray with the AppIndicator extension). Choose sitbreak among your "
        "programs to open Today."
    ]


@pytest.mark.desktop(TRAY)
def test_with_its_extension_it_has_a_tray_with_a_menu(gnome: Gnome, monkeypatch: pytest.MonkeyPatch) -> None:
    """The icon is in the top bar; a click opens the menu, in which the last of two entries is chosen."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", gnome.bus.address)
    gnome.enable(TRAY)
    gnome.bus.wait_for(WATCHER)
    gnome.type_key()  # the mark of the hands stands in the bar from now on
    chosen: list[str] = []
    tray = SniTray(chosen.append)
    tray.show(TrayView("due", 1.0, "Good moment", (MenuEntry("First", "first"), MenuEntry("Last", "last"))))
    with running(tray):
        icon = "Object.entries(Main.panel.statusArea).find(([name]) => name.startsWith('appindicator'))?.[1]"
        gnome.press(icon)
        gnome.press(f"{icon}.menu._getMenuItems().at(-1)")
        wait_until(lambda: chosen, what="a choice")
    assert chosen == ["last"]


def test_full_screen_cannot_be_asked(shared: Gnome) -> None:
    """Both ways to a list of windows are shut to ordinary programs; where that changes there is a probe to write."""
    with pytest.raises(CallFailed, match="AccessDenied"):
        shared.bus.call(SHELL, "/org/gnome/Shell/Introspect", f"{SHELL}.Introspect", "GetWindows")
    assert shared.bus.call(SHELL, "/org/gnome/Shell", SHELL, "Eval", "s", ["1"]) == [False, ""]


def test_a_break_from_the_note(gnome: Gnome, tmp_path: Path) -> None:
    """A lull brings the prompt, which stays while nobody moves; its button, on hover, starts the break."""
    program = ProgramOn(gnome, tmp_path / "home")
    program.start()
    program.type_until("seeking", 20.0)
    wait_until(lambda: program.status()["state"] == "shown", 20.0, "a prompt at the lull")
    gnome.click(*gnome.point_at_note()["Start 0.5 min"])
    wait_until(lambda: program.status()["state"] == "on_break", 10.0, "the break")
    assert program.cli("stop").returncode == 0


def test_a_card_that_comes_by_itself_leaves_the_focus(gnome_with_x: Gnome, tmp_path: Path) -> None:
    """It is on the screen, and what is typed goes on to the window that had the keyboard."""
    with film(gnome_with_x.env):
        wait_until(lambda: gnome_with_x.windows().get("film"), 20.0, "another window in focus")
        program = ProgramOn(gnome_with_x, tmp_path / "home", CARD)
        program.start()
        wait_until(lambda: "sitbreak" in gnome_with_x.windows(), 30.0, "the card")
        assert gnome_with_x.windows()["film"]
        assert not gnome_with_x.windows()["sitbreak"]
        assert program.cli("stop").returncode == 0


def test_without_xwayland_the_reminder_is_a_note(gnome: Gnome, tmp_path: Path) -> None:
    """There a window that comes by itself would take the keyboard, whatever the settings wish."""
    program = ProgramOn(gnome, tmp_path / "home", CARD)
    program.start()
    gnome.point_at_note()
    assert "sitbreak" not in gnome.windows()
    assert program.status()["state"] == "shown"
    assert program.cli("stop").returncode == 0

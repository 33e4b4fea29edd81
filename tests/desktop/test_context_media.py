"""Inhibitors of screen blanking, on mocked services over a real bus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from dbus_fast import Variant

from sitbreak.adapters.context.keeps_awake import GnomeMedia, LogindMedia, PlasmaMedia, XfceMedia
from sitbreak.adapters.context.probe import Options
from tests.adapters.context_worlds import Run
from tests.desktop.context_bus import MockedBus, Service, mocked_bus, uid
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon", "dbusmock", "setpriv")

LOGIND = "org.freedesktop.login1"
GNOME = "org.gnome.SessionManager"
PLASMA = "org.kde.Solid.PowerManagement.PolicyAgent"
POWER = "org.freedesktop.PowerManagement"


@pytest.fixture
def system() -> Iterator[MockedBus]:
    """A system bus."""
    with mocked_bus("system") as world:
        yield world


@pytest.fixture
def session() -> Iterator[MockedBus]:
    """A session bus."""
    with mocked_bus("session") as world:
        yield world


class Logind:
    """A mocked logind with inhibitors."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._service.properties(f"{LOGIND}.Manager", BlockInhibited=Variant("s", ""))
        self.inhibit()

    def inhibit(self, *rows: tuple[str, str, str, str, int, int]) -> None:
        """From now on these are all inhibitors: what, who, why, mode, user and process."""
        self._service.answer("ListInhibitors", "", "a(ssssuu)", f"ret = dbus.Array({list(rows)!r}, '(ssssuu)')")
        what = ":".join(sorted({row[0] for row in rows if row[3] == "block"}))
        self._service.change(f"{LOGIND}.Manager", BlockInhibited=Variant("s", what))


@pytest.fixture
def logind(system: MockedBus) -> Iterator[Logind]:
    """logind, nothing inhibited."""
    with system.service(LOGIND, "/org/freedesktop/login1", f"{LOGIND}.Manager") as service:
        yield Logind(service)


PLAYER = ("idle:sleep", "Player", "playing", "block", uid(), 4711)
OTHER = ("idle", "Slides", "showing", "block", uid(), 4712)


def test_an_inhibitor_that_begins_while_we_watch_is_media(system: MockedBus, logind: Logind) -> None:
    """A blocking inhibitor of idle turns the signal on with its app, and off when it is released."""
    with Run(LogindMedia(system.wiring())) as run:
        run.looked()
        logind.inhibit(PLAYER)
        run.wait((True, "Player"))
        logind.inhibit()
        run.wait((True, "Player"), (False, ""))


def test_an_inhibitor_from_before_is_no_evidence(system: MockedBus, logind: Logind) -> None:
    """What was there at the start does not count; another that comes does, and so does the first when it returns."""
    logind.inhibit(PLAYER)
    with Run(LogindMedia(system.wiring())) as run:
        run.looked()
        logind.inhibit(PLAYER, OTHER)
        run.wait((True, "Slides"))
        logind.inhibit()
        run.wait((True, "Slides"), (False, ""))
        logind.inhibit(PLAYER)
        run.wait((True, "Slides"), (False, ""), (True, "Player"))


@pytest.mark.parametrize(
    "row",
    [
        ("sleep", "Updater", "updating", "block", uid(), 1),
        ("idle", "Player", "playing", "delay", uid(), 1),
        ("idle", "Neighbour", "playing", "block", uid() + 1, 1),
        ("idle", "Ignored", "playing", "block", uid(), 1),
    ],
)
def test_other_inhibitors_are_no_media(
    system: MockedBus, logind: Logind, row: tuple[str, str, str, str, int, int]
) -> None:
    """Of sleep alone, delaying ones, other users' and ignored apps' inhibitors do not count."""
    with Run(LogindMedia(system.wiring(Options(ignored_apps=("ignored",))))) as run:
        run.looked()
        logind.inhibit(row)
        logind.inhibit(row, OTHER)
        run.wait((True, "Slides"))


def test_a_service_may_go_and_come_back(system: MockedBus) -> None:
    """Without logind the signal is off; with a new one, what begins before our eyes counts again."""
    with Run(LogindMedia(system.wiring())) as run:
        for number in range(2):
            with system.service(LOGIND, "/org/freedesktop/login1", f"{LOGIND}.Manager") as service:
                logind = Logind(service)
                logind.inhibit(PLAYER)
                run.wait(*[(True, "Player"), (False, "")] * number, (True, "Player"))
            run.wait(*[(True, "Player"), (False, "")] * (number + 1))


def test_a_bus_that_dies_is_one_log_line(system: MockedBus, caplog: pytest.LogCaptureFixture) -> None:
    """When the bus itself ends the signal goes off with one log line, and close still works."""
    with system.service(LOGIND, "/org/freedesktop/login1", f"{LOGIND}.Manager") as service:
        logind = Logind(service)
        with Run(LogindMedia(system.wiring())) as run:
            run.looked()
            logind.inhibit(PLAYER)
            run.wait((True, "Player"))
            system.kill()
            run.wait((True, "Player"), (False, ""))
            wait_until(lambda: run.probe.trouble)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1


class Gnome:
    """A mocked session manager."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._paths: list[str] = []
        self._list()

    def inhibit(self, number: int, app: str, flags: int) -> None:
        """An app inhibits."""
        path = f"/org/gnome/SessionManager/Inhibitor{number}"
        methods = [["GetFlags", "", "u", f"ret = {flags}"], ["GetAppId", "", "s", f"ret = {app!r}"]]
        self._service.add_object(path, f"{GNOME}.Inhibitor", methods)
        self._paths.append(path)
        self._list()
        self._service.emit("InhibitorAdded", "o", path)

    def release(self, number: int) -> None:
        """It does no longer."""
        path = f"/org/gnome/SessionManager/Inhibitor{number}"
        self._paths.remove(path)
        self._service.remove_object(path)
        self._list()
        self._service.emit("InhibitorRemoved", "o", path)

    def _list(self) -> None:
        self._service.answer("GetInhibitors", "", "ao", f"ret = dbus.Array({self._paths!r}, 'o')")


def test_gnome_lists_its_inhibitors(session: MockedBus) -> None:
    """Only inhibitors of idle that began while we watched count, each with its app."""
    with session.service(GNOME, "/org/gnome/SessionManager", GNOME) as service:
        gnome = Gnome(service)
        gnome.inhibit(1, "old", 8)
        with Run(GnomeMedia(session.wiring())) as run:
            run.looked()
            gnome.inhibit(2, "updater", 1 | 4)
            gnome.inhibit(3, "firefox", 4 | 8)
            run.wait((True, "firefox"))
            gnome.release(3)
            run.wait((True, "firefox"), (False, ""))


def test_plasma_counts_while_the_screen_is_concerned(session: MockedBus) -> None:
    """Inhibitions count as long as the policy agent says that one of them is about the screen."""
    with session.service(PLASMA, "/org/kde/Solid/PowerManagement/PolicyAgent", PLASMA) as service:
        service.answer("ListInhibitions", "", "a(ss)", "ret = dbus.Array([], '(ss)')")
        service.answer("HasInhibition", "u", "b", "ret = False")
        with Run(PlasmaMedia(session.wiring())) as run:
            run.looked()
            service.answer("ListInhibitions", "", "a(ss)", "ret = [('vlc', 'playing')]")
            service.answer("HasInhibition", "u", "b", "ret = args[0] == 4")
            service.emit("InhibitionsChanged", "a(ss)as", [["vlc", "playing"]], [])
            run.wait((True, "vlc"))
            service.answer("HasInhibition", "u", "b", "ret = False")
            service.emit("InhibitionsChanged", "a(ss)as", [], ["vlc"])
            run.wait((True, "vlc"), (False, ""))


def test_a_power_manager_says_only_that_there_is_one(session: MockedBus) -> None:
    """Xfce's power manager turns the signal on without a name."""
    with session.service(POWER, "/org/freedesktop/PowerManagement/Inhibit", f"{POWER}.Inhibit") as service:
        service.answer("HasInhibit", "", "b", "ret = False")
        with Run(XfceMedia(session.wiring())) as run:
            run.looked()
            service.answer("HasInhibit", "", "b", "ret = True")
            service.emit("HasInhibitChanged", "b", True)
            run.wait((True, ""))


def test_close_leaves_nothing_behind(session: MockedBus) -> None:
    """After close nothing is posted, though the service goes on talking."""
    with session.service(GNOME, "/org/gnome/SessionManager", GNOME) as service:
        gnome = Gnome(service)
        with Run(GnomeMedia(session.wiring())) as run:
            run.looked()
        gnome.inhibit(1, "firefox", 8)
        with Run(GnomeMedia(session.wiring())) as other:
            other.looked()
        assert run.posted.edges == []

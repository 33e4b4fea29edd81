"""Do-not-disturb, as real daemons tell it (dunst, xfconf, dconf), and mocked ones (Plasma, mako, swaync)."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from dbus_fast import Variant

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.context.busprobe import BusProbe
from sitbreak.adapters.context.dnd import (
    DunstQuiet,
    GsettingsQuiet,
    LxqtQuiet,
    MakoQuiet,
    PlasmaQuiet,
    SwayncQuiet,
    XfceQuiet,
)
from sitbreak.adapters.context.probe import Options, Wiring
from sitbreak.adapters.context.worker import Slow
from sitbreak.ports import Env, NotViable, Viable
from tests.adapters.context_worlds import Run
from tests.desktop.conftest import DeskFactory
from tests.desktop.context_bus import MockedBus, mocked_bus
from tests.desktop.desk import Desk, library
from tests.desktop.sway import Sway
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon", "dbusmock", "setpriv", "dunst", "dunstctl", "xfconf-query", "gsettings")

NOTIFICATIONS = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"


@pytest.fixture
def session() -> Iterator[MockedBus]:
    """A session bus."""
    with mocked_bus("session") as world:
        yield world


@pytest.fixture
def threads() -> Iterator[list[BusThread]]:
    """Bus threads to close afterwards."""
    made: list[BusThread] = []
    yield made
    for thread in made:
        thread.close()


def wired(desk: Desk | Sway, threads: list[BusThread]) -> Wiring:
    """The wiring of a probe on a desk."""
    threads.append(BusThread({"session": desk.bus.address}))
    return Wiring(Env("linux", desk.env), Options(), Slow(0.1), threads[-1], back_off=(0.1,))


def test_dunst_is_paused_and_goes_on(desk_factory: DeskFactory, threads: list[BusThread]) -> None:
    """Pausing dunst turns the signal on, unpausing it off."""
    desk = desk_factory(notifier="dunst")
    with Run(DunstQuiet(wired(desk, threads))) as run:
        run.looked()
        desk.run("dunstctl", "set-paused", "true")
        run.wait((True, "dunst"))
        desk.run("dunstctl", "set-paused", "false")
        run.wait((True, "dunst"), (False, ""))


def test_dunst_paused_from_the_start(desk_factory: DeskFactory, threads: list[BusThread]) -> None:
    """What is on when the probe starts is its first edge."""
    desk = desk_factory(notifier="dunst")
    desk.run("dunstctl", "set-paused", "true")
    with Run(DunstQuiet(wired(desk, threads))) as run:
        run.wait((True, "dunst"))


@pytest.mark.parametrize("probe", [PlasmaQuiet, MakoQuiet])
def test_another_daemon_is_left_alone(
    desk_factory: DeskFactory, threads: list[BusThread], probe: type[BusProbe]
) -> None:
    """A probe for one notification daemon says nothing about another, and does not complain of it."""
    desk = desk_factory(notifier="dunst")
    desk.run("dunstctl", "set-paused", "true")
    with Run(probe(wired(desk, threads))) as run:
        run.looked()
    assert run.posted.edges == []


def test_xfce_keeps_the_switch_in_its_settings(desk_factory: DeskFactory, threads: list[BusThread]) -> None:
    """The do-not-disturb switch of xfce4-notifyd, never touched before, is followed on and off."""
    desk = desk_factory(notifier="xfce")
    setting = ("xfconf-query", "-c", "xfce4-notifyd", "-p", "/do-not-disturb")
    with Run(XfceQuiet(wired(desk, threads))) as run:
        run.looked()
        desk.run(*setting, "--create", "-t", "bool", "-s", "true")
        run.wait((True, "xfce4-notifyd"))
        desk.run(*setting, "-s", "false")
        run.wait((True, "xfce4-notifyd"), (False, ""))
        desk.run(*setting, "-s", "true")
        desk.run(*setting, "--reset")
        run.wait((True, "xfce4-notifyd"), (False, ""), (True, "xfce4-notifyd"), (False, ""))


GNOME = ("ubuntu:GNOME", "org.gnome.desktop.notifications", "show-banners", "false")
MATE = ("MATE", "org.mate.NotificationDaemon", "do-not-disturb", "true")


@pytest.mark.desktop("org.mate.NotificationDaemon.gschema.xml")
@pytest.mark.parametrize(("desktop", "schema", "key", "quiet"), [GNOME, MATE], ids=["GNOME", "MATE"])
def test_the_switch_is_followed_in_the_desktops_settings(
    desk_factory: DeskFactory, threads: list[BusThread], desktop: str, schema: str, key: str, quiet: str
) -> None:
    """Set, it turns the signal on; reset, off. MATE keeps it in another folder than its schema is called."""
    desk = desk_factory(extra_env={"XDG_CURRENT_DESKTOP": desktop, "GSETTINGS_BACKEND": "dconf"})
    desk.start(library("dconf-service"))
    desk.bus.wait_for("ca.desrt.dconf")
    with Run(GsettingsQuiet(wired(desk, threads))) as run:
        run.looked()
        desk.run("gsettings", "set", schema, key, quiet)
        run.wait((True, ""))
        desk.run("gsettings", "set", "org.gnome.desktop.interface", "clock-show-seconds", "true")
        desk.run("gsettings", "reset", schema, key)
        run.wait((True, ""), (False, ""))


def test_lxqt_keeps_it_in_a_file(tmp_path: Path) -> None:
    """A line of its settings; without the file, or with nonsense in it, nothing is quiet."""
    probe = LxqtQuiet(Wiring(Env("linux", {"XDG_CURRENT_DESKTOP": "LXQt", "XDG_CONFIG_HOME": str(tmp_path)})))
    assert probe.look() == []
    (tmp_path / "lxqt").mkdir()
    file = tmp_path / "lxqt" / "notifications.conf"
    for text, quiet in (("doNotDisturb=true", True), ("doNotDisturb=false", False), ("placement=top-right", False)):
        file.write_text(f"[General]\n__userfile__=true\n{text}\n", "utf-8")
        assert bool(probe.look()) is quiet
    assert isinstance(LxqtQuiet.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "LXQt"})), Viable)
    assert isinstance(LxqtQuiet.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "KDE"})), NotViable)


@pytest.mark.desktop("lxqt-notificationd")
def test_lxqts_daemon_goes_by_that_line(desk_factory: DeskFactory, threads: list[BusThread]) -> None:
    """While the probe says that it is quiet the real daemon shows no note, and afterwards it does."""
    desk = desk_factory(notifier="lxqt", extra_env={"XDG_CURRENT_DESKTOP": "LXQt"})
    wiring = wired(desk, threads)
    file = Path(desk.env["XDG_CONFIG_HOME"]) / "lxqt/notifications.conf"
    note = ["sitbreak", 0, "", "A note", "", [], {}, 300]  # gone soon: one from before it went quiet is no sign

    def write(quiet: str) -> int:
        """Again and again: the daemon may look at it half written, and then only when it changes once more."""
        return file.write_text(f"[General]\n__userfile__=true\ndoNotDisturb={quiet}\n", "utf-8")

    def shown() -> bool:
        desk.bus.call(NOTIFICATIONS, PATH, NOTIFICATIONS, "Notify", "susssasa{sv}i", note)
        with suppress(AssertionError):
            return bool(wait_until(lambda: desk.windows("lxqt-notificationd", by="class"), 1.0))
        return False

    with Run(LxqtQuiet(wiring)) as run:
        run.looked()
        wait_until(file.is_file, what="the file that the daemon makes to watch it")
        wait_until(lambda: write("true") and not shown(), 30.0, "a daemon that is quiet")
        wait_until(lambda: run.posted.edges[-1:] == [(True, "lxqt-notificationd")], what="the probe that says so")
        wait_until(lambda: write("false") and shown(), 30.0, "a daemon that shows notes")
        wait_until(lambda: run.posted.edges[-1:] == [(False, "")], what="the probe that says so")


def test_gsettings_is_for_the_desktops_that_use_it() -> None:
    """On other desktops the probe says so."""
    assert isinstance(GsettingsQuiet.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "KDE"})), NotViable)
    assert isinstance(GsettingsQuiet.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "MATE", "PATH": "/usr/bin"})), Viable)


def test_plasma_says_inhibited(session: MockedBus) -> None:
    """Plasma's Inhibited property is followed."""
    with session.service(NOTIFICATIONS, PATH, NOTIFICATIONS) as service:
        service.answer("GetServerInformation", "", "ssss", "ret = ('Plasma', 'KDE', '5.27', '1.2')")
        service.properties(NOTIFICATIONS, Inhibited=Variant("b", False))
        with Run(PlasmaQuiet(session.wiring())) as run:
            run.looked()
            service.change(NOTIFICATIONS, Inhibited=Variant("b", True))
            run.wait((True, "Plasma"))
            service.change(NOTIFICATIONS, Inhibited=Variant("b", False))
            run.wait((True, "Plasma"), (False, ""))


@pytest.mark.desktop("sway", "mako", "makoctl")
def test_mako_is_made_quiet_and_loud_again(sway: Sway, threads: list[BusThread]) -> None:
    """By its own program; mako 1.7 tells nobody that its mode changed, so it is asked now and then."""
    config = sway.children.folder / "mako.conf"
    config.write_text("[mode=do-not-disturb]\ninvisible=1\n", "utf-8")
    sway.children.start(["mako", "-c", str(config)], sway.env)
    sway.bus.wait_for(NOTIFICATIONS)

    def mode(name: str) -> None:
        subprocess.run(["makoctl", "mode", "-s", name], env=sway.env, check=True, capture_output=True, timeout=10)

    with Run(MakoQuiet(wired(sway, threads))) as run:
        run.looked()
        mode("do-not-disturb")
        run.wait((True, "mako"))
        mode("default")
        run.wait((True, "mako"), (False, ""))


def test_mako_has_a_mode_for_it(session: MockedBus) -> None:
    """mako's do-not-disturb mode is followed; other modes mean nothing."""
    with session.service(NOTIFICATIONS, "/fr/emersion/Mako", "fr.emersion.Mako") as service:
        answer = ["GetServerInformation", "", "ssss", "ret = ('mako', 'emersion', '1.8', '1.2')"]
        service.add_object(PATH, NOTIFICATIONS, [answer])
        service.properties("fr.emersion.Mako", Modes=Variant("as", ["default"]))
        with Run(MakoQuiet(session.wiring())) as run:
            run.looked()
            service.change("fr.emersion.Mako", Modes=Variant("as", ["default", "do-not-disturb"]))
            run.wait((True, "mako"))
            service.change("fr.emersion.Mako", Modes=Variant("as", ["default", "away"]))
            run.wait((True, "mako"), (False, ""))


def test_swaync_signals_its_state(session: MockedBus) -> None:
    """SwayNotificationCenter's own signal makes the probe ask."""
    name = "org.erikreider.swaync.cc"
    with session.service(name, "/org/erikreider/swaync/cc", name) as service:
        service.answer("GetDnd", "", "b", "ret = False")
        with Run(SwayncQuiet(session.wiring())) as run:
            run.looked()
            service.answer("GetDnd", "", "b", "ret = True")
            service.emit("Subscribe", "ubb", 0, True, False)
            run.wait((True, "swaync"))

"""Full screen on a real KWin (Wayland, without a screen), by the script the probe puts into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitbreak.adapters.context.fullscreen_kwin import KWinFullscreen
from sitbreak.adapters.context.session_linux import FreedesktopSaver
from sitbreak.core.events import Locked, Unlocked
from sitbreak.ports import Env, NotViable
from tests.adapters.context_worlds import Run, film, tell
from tests.desktop.context_bus import MockedBus, mocked_bus
from tests.desktop.kwin import KWin
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon", "setpriv", "kwin_wayland")

SAVER = "org.freedesktop.ScreenSaver"


@pytest.fixture
def kwin() -> Iterator[KWin[MockedBus]]:
    """A KWin that does not run yet."""
    with mocked_bus("session") as world:
        yield KWin(world)


def test_kwins_own_lock_is_seen_and_its_end(kwin: KWin[MockedBus]) -> None:
    """KWin says on the session bus that it has locked the screen; when it is gone nothing is locked any more."""
    with Run(FreedesktopSaver(kwin.world.wiring())) as run:
        with kwin.running():
            kwin.world.bus.wait_for(SAVER)
            run.looked()
            kwin.world.bus.call(SAVER, "/ScreenSaver", SAVER, "Lock")
            wait_until(lambda: run.posted.events == [Locked()], what="the lock")
        wait_until(lambda: run.posted.events == [Locked(), Unlocked()], what="the end of the lock")


def test_full_screen_is_seen_and_its_end(kwin: KWin[MockedBus]) -> None:
    """The script tells of full screen with the app's class, of its end, and of a window that vanishes."""
    on, off = (True, "org.example.Film"), (False, "")
    with kwin.running(), Run(KWinFullscreen(kwin.world.wiring())) as run:
        with film(kwin.on_it) as window:
            tell(window, "full")
            run.wait(on)
            tell(window, "normal")
            run.wait(on, off)
            tell(window, "full")
            run.wait(on, off, on)
        run.wait(on, off, on, off)


def test_close_takes_the_script_out(kwin: KWin[MockedBus]) -> None:
    """After close KWin has no script of ours, and its file is gone."""
    with kwin.running():
        with Run(KWinFullscreen(kwin.world.wiring())) as run:
            run.looked()
            assert kwin.has_script()
        wait_until(lambda: not kwin.has_script())
        assert not list(Path(kwin.world.env["XDG_RUNTIME_DIR"]).glob("sitbreak-kwin*"))


def test_a_new_kwin_gets_the_script_again(kwin: KWin[MockedBus]) -> None:
    """When KWin is restarted the signal goes off, and full screen is seen again."""
    on, off = (True, "org.example.Film"), (False, "")
    with Run(KWinFullscreen(kwin.world.wiring())) as run:
        for number in range(2):
            with kwin.running(), film(kwin.on_it) as window:
                tell(window, "full")
                run.wait(*[on, off] * number, on)
            run.wait(*[on, off] * (number + 1))


def test_elsewhere_kwin_is_not_asked() -> None:
    """Without a Plasma session the probe is not viable."""
    assert isinstance(KWinFullscreen.viable(Env("linux", {"XDG_CURRENT_DESKTOP": "GNOME"})), NotViable)

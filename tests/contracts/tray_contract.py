"""What every tray must do; each implementation runs this suite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sitbreak.adapters.choose import Backend
from sitbreak.ports import Env, MenuEntry, Tray, TrayView, Viable
from tests.waiting import wait_until

GLYPHS = ("sitting", "due", "break", "paused", "withheld", "blind", "standing")
MENU = (
    MenuEntry("About 20 min at the desk"),
    MenuEntry("-"),
    MenuEntry("Start a break", "start", default=True),
    MenuEntry("Pause", children=(MenuEntry("30 min", "pause-30"), MenuEntry("Until tomorrow", "pause-day"))),
    MenuEntry("Desk is up", "stand", checked=False),
    MenuEntry("Walk this call", "walk", enabled=False),
)


@contextmanager
def running(tray: Tray) -> Iterator[threading.Thread]:
    """`tray.run()` on a thread of its own, closed and ended at the end of the block."""
    thread = threading.Thread(target=tray.run, name="tray under test")
    thread.start()
    try:
        yield thread
    finally:
        tray.close()
        thread.join(10)
        assert not thread.is_alive(), "run() did not return after close()"


class TrayContract:
    """Subclasses say how the tray is made."""

    def make(self, chosen: Callable[[str], None]) -> Tray:
        """A tray that has not run yet."""
        raise NotImplementedError

    def kind(self) -> type[Backend]:
        """The class, for what it says of itself."""
        raise NotImplementedError

    def test_run_lasts_until_close(self) -> None:
        """The calling thread belongs to the tray until another thread closes it."""
        tray = self.make(lambda key: None)
        with running(tray) as thread:
            tray.show(TrayView("sitting", 0.5, "20 min", MENU))
            assert thread.is_alive()

    def test_a_tray_closed_before_it_runs_never_runs(self) -> None:
        """A close that comes first is not lost."""
        tray = self.make(lambda key: None)
        tray.close()
        with running(tray) as thread:
            wait_until(lambda: not thread.is_alive(), what="run() to return at once")

    def test_close_may_come_twice(self) -> None:
        """The second close does nothing."""
        tray = self.make(lambda key: None)
        with running(tray):
            tray.close()
            tray.close()

    def test_every_view_can_be_shown_at_any_time(self) -> None:
        """Each glyph, with and without a menu, before, during and after the run."""
        tray = self.make(lambda key: None)
        views = [TrayView(glyph, 0.3, "a\nb", menu) for glyph in GLYPHS for menu in (MENU, (), MENU[2:])]
        tray.show(views[0])
        with running(tray):
            for view in [*views, views[0]]:
                tray.show(view)
        tray.show(views[1])

    def test_it_says_whether_it_is_viable(self) -> None:
        """Viable or not with a reason, on every system, with nothing in the environment."""
        for platform in ("linux", "win32", "darwin"):
            verdict = self.kind().viable(Env(platform, {}))
            assert isinstance(verdict, Viable) or verdict.reason.endswith(".")

"""The whole program on a desk, on a clock that runs as fast as it works: `python -m tests.desktop.simulated_month`.

Somebody types through their workdays, answers reminders in every way, opens the menu's windows, and sleeps at night.
Prints a line of JSON for each day with what the process holds then. DAYS in the environment says how many.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle
from random import Random

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.adapters.memory_saving import one_arena
from sitbreak.adapters.tray.pystray_native import UNSEEN
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.daemon.book_clock import BookClock
from sitbreak.daemon.bootstrap import Composition, environment
from sitbreak.daemon.event_queue import Item, LiveFeed
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths, make_folders
from tests.desktop.held import held
from tests.fakes.scripted_source import ScriptedSource

DAYS = int(os.environ.get("DAYS", "30"))
MINUTE = timedelta(minutes=1)
WORK = ((9.0, 12.5), (13.25, 17.5))  # hours of the day at the desk
NIGHT = timedelta(hours=14)
ANSWERS = ("start", "long", "snooze:10", "not_now", "")
# Entries of the menu, each with the one that ends it ten minutes later.
ENTRIES = (("pause:60", "resume"), ("meeting:on", "meeting:off"), ("reading:on", "reading:off"), ("goal:12", "goal:10"))
WINDOWS = ("today", "settings", "movements", "plans", "help")
# Long after today, so that the calendar, which goes by the clock on the wall, has no appointment to keep: `_tell` does.
MONDAY = Instant(timedelta(), datetime(2040, 1, 2, 7, 0, tzinfo=UTC))
PAINTED_S = 0.01  # for the panel to take an icon: in hours that pass in a blink it is sent many
OPENED_S = 2.0  # for a window to be open before it is closed


class Person(LiveFeed):
    """The feed of a loop whose time passes only while it waits, and what a person does meanwhile."""

    def __init__(self, system: SimulatedClock, clock: BookClock, daemon: Composition) -> None:
        self._typed = ScriptedSource(clock)
        super().__init__(clock, self._typed, clock.asleep)
        self._system, self._daemon, self._random = system, daemon, Random(4)
        self._entries, self._windows = cycle(ENTRIES), cycle(WINDOWS)
        self._day, self._days, self._up_until = system.now().local.date(), 0, system.now().elapsed
        self._ends: tuple[timedelta, Callable[[], None]] | None = None  # when what was begun is to end, and how
        self._shown: object = None

    def receive(self, until: timedelta) -> Iterator[Item]:
        """What came up to `until`, once everything that was to be shown is shown."""
        self._settle()
        self._live(max(timedelta(), until - self.now().elapsed))
        return super().receive(self.now().elapsed)

    def _settle(self) -> None:
        """Waits for the thread on which things are shown, and for the panel where the icon changed."""
        done = threading.Event()
        self._daemon.stage.do("the soak", done.set)
        assert done.wait(30), "the stage hangs"
        view, _ = self._daemon.presenter._shown or (UNSEEN, False)
        shown = view.glyph, view.progress
        if shown != self._shown:
            self._shown = shown
            threading.Event().wait(PAINTED_S)

    def _live(self, length: timedelta) -> None:
        """So much time of somebody's day."""
        local = self._system.now().local
        if local.date() != self._day:
            self._tell(local.date())
        if local.hour >= 18:
            self._system.suspend(NIGHT)
            return
        at, hour = self._system.now().elapsed, local.hour + local.minute / 60
        if any(begin <= hour < end for begin, end in WORK) and at >= self._up_until:
            self._typed.add(InputKind.KEY, self.now().plus(length / 2))
            self._answer()
            self._choose(at)
        self._system.advance(length)

    def _answer(self) -> None:
        """A reminder that is on the screen, after a while, in one way or another."""
        now = self._daemon.opened.machine.status(self.now())
        if now.shown_for is None or self._random.random() < 0.7:
            return
        answer = self._random.choice(ANSWERS)
        self._daemon.outside.key(answer)
        if answer in ("start", "long"):
            self._up_until = self._system.now().elapsed + 4 * MINUTE

    def _choose(self, at: timedelta) -> None:
        """Some ten entries of the menu a day, each for ten minutes, and one window of the program in three days."""
        key = self._daemon.outside.key
        if self._ends is not None:
            if at >= self._ends[0]:
                self._ends[1]()
                self._ends = None
        elif self._random.random() < 0.01:
            begin, end = next(self._entries)
            key(begin)
            self._ends = at + 10 * MINUTE, lambda: key(end)
        elif self._random.random() < 0.0005:
            key(next(self._windows))
            self._ends = at + 10 * MINUTE, self._close

    def _close(self) -> None:
        """Closes the window, once it is open."""
        threading.Event().wait(OPENED_S)
        assert self._daemon.outside.app is not None
        self._daemon.outside.app._parts.panel.close()

    def _tell(self, today: date) -> None:
        gc.collect()
        prompts = len(self._daemon.history.facts(self._day, self._day).prompts)
        print(json.dumps({"day": f"{self._day}", "prompts": prompts, **held(os.getpid())}), flush=True)
        self._day, self._days = today, self._days + 1
        _moment, begin = self._daemon.calendar._daily["new day"]
        begin()
        if self._days >= DAYS:
            self._daemon.outside.key("quit")


class Simulated(Composition):
    """The program on a simulated clock."""

    clocks = partial(SimulatedClock, MONDAY)

    def _feed(self) -> LiveFeed:
        assert isinstance(self.system, SimulatedClock)
        return Person(self.system, self.clock, self)


def main() -> int:
    """Lives through the days; 0 when the program ended well."""
    one_arena()  # as the program does
    paths = find_paths()
    make_folders(paths)
    daemon = Simulated(paths, load(paths.config_file), environment())
    return 0 if daemon.app(None, window=False).run() else 1


if __name__ == "__main__":
    sys.exit(main())

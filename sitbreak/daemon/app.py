"""The program while it runs: the loop on its thread, the tray on the main one, and all that reaches them."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from types import FrameType

from sitbreak.core.effects import Effect
from sitbreak.core.events import Event, PauseEnded, PromptDismissed, Started, Stopped
from sitbreak.core.machine import Machine
from sitbreak.core.status import status
from sitbreak.core.timeline import Instant
from sitbreak.daemon.again import shown_again
from sitbreak.daemon.calendar import Calendar
from sitbreak.daemon.commands import event_of
from sitbreak.daemon.control import ControlServer
from sitbreak.daemon.evening import Evening
from sitbreak.daemon.feed import LiveFeed
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.panel import Panel
from sitbreak.daemon.presenter import PROMPT, Presenter
from sitbreak.daemon.requests import Request, Requests
from sitbreak.daemon.shortcuts import PREFIX, meaning
from sitbreak.daemon.today import Today
from sitbreak.ports import Tray, Watcher

log = logging.getLogger(__name__)

FIRST_WORD = 1.0  # seconds the watchers have to report the present state
ANSWER_WITHIN = 60.0  # seconds a client waits for the loop; a year's import takes about five


@dataclass(slots=True)
class Parts:
    """What bootstrap put together."""

    loop: Loop
    feed: LiveFeed
    presenter: Presenter
    panel: Panel
    today: Today
    tray: Tray
    calendar: Calendar
    watchers: list[Watcher]
    last_seen: Instant | None
    notices: list[str]
    first_start: bool
    catch_up: Callable[[Instant], None]
    closers: list[Callable[[], None]]


class Outside:
    """What reaches the program from other threads: clicks, window messages, requests. Made before its parts are."""

    def __init__(self) -> None:
        self.app: App | None = None

    def chosen(self, tag: str, key: str) -> None:
        """A notification's button or default action."""
        self.key(key)

    def dismissed(self, tag: str) -> None:
        """A notification was closed."""
        if self.app and tag == PROMPT:
            self.app.post(PromptDismissed(0))

    def key(self, key: str) -> None:
        """A key of a menu, a notification or a window."""
        if self.app:
            self.app.key(key)

    def said(self, message: Mapping[str, object]) -> None:
        """A message of the break window."""
        if self.app:
            self.app.call(lambda at: self.app.window_said(message, at) if self.app else None)

    def panel_said(self, message: Mapping[str, object]) -> None:
        """A message of the status card, the settings or the welcome window."""
        if self.app:
            self.app.call(lambda at: self.app.panel_said(message) if self.app else None)


class App:
    """Runs until stopped."""

    def __init__(
        self,
        parts: Parts,
        outside: Outside,
        requests: Callable[[Mapping[str, Callable[[], None]]], Requests],
        control: Callable[[Callable[[Request], Request]], ControlServer],
    ) -> None:
        """`requests` and `control` are made last: they need to know what the program can do."""
        self._parts = parts
        self._program: dict[str, Callable[[], None]] = {
            "stop": self.stop,
            "quit": self.stop,
            "card": parts.presenter.open_card,
            "today": lambda: parts.panel.status(parts.loop.machine, parts.feed.now()),
            "settings": parts.panel.settings_window,
            "summary": parts.panel.summary,
            "help": parts.panel.help,
            "reload": parts.panel.reload,
            "welcome": parts.panel.welcome,
        }
        self._requests = requests(self._program)
        self._control = control(self.request)
        self._thread = threading.Thread(target=self._loop, name="loop")
        self._ended_well = False
        outside.app = self

    # -- from other threads

    def post(self, event: Event) -> None:
        """Hands the loop an event that happened just now."""
        self._parts.feed.post(event)

    def call(self, run: Callable[[Instant], None]) -> None:
        """Has something done on the loop's thread."""
        self._parts.feed.call(run)

    def key(self, key: str) -> None:
        """Does what a key stands for."""
        self.call(lambda at: self._do_key(self._meant(key, at), at))

    def request(self, request: Request) -> Request:
        """Answers a request of the control socket."""
        reply: Future[Request] = Future()
        self.call(lambda at: reply.set_result(self._requests.answer(request, at)))
        try:
            return reply.result(ANSWER_WITHIN)
        except NotInTime:
            return {"error": "sitbreak is busy and did not answer in time; please try again."}

    # -- on the loop's thread

    def _meant(self, key: str, at: Instant) -> str:
        """What a hotkey means just now; other keys mean themselves."""
        return meaning(key, status(self._parts.loop.machine, at)) if key.startswith(PREFIX) else key

    def _do_key(self, key: str, at: Instant) -> None:
        if not key:
            return
        if key in self._program:
            self._program[key]()
            return
        try:
            event = event_of(key, at, self._parts.loop.machine.desk.rules)
        except ValueError:
            event = None
        if event is None:
            log.warning("nothing is known of the key %r", key)
        else:
            self._parts.loop.said(event, at)

    def window_said(self, message: Mapping[str, object], at: Instant) -> None:
        """Does what the break window says."""
        event = self._parts.presenter.window_said(message)
        if event is not None:
            self._parts.loop.said(event, at)

    def panel_said(self, message: Mapping[str, object]) -> None:
        """Does what the other windows say."""
        key = self._parts.panel.said(message)
        if key:
            self._do_key(key, self._parts.feed.now())

    def stop(self) -> None:
        """Ends the loop after this step, and with it the program."""
        self._parts.loop.stopping = True
        self._parts.feed.wake()

    # -- life

    def run(self) -> bool:
        """Runs until stopped; owns the calling thread, which must be the main one. False when the loop crashed."""
        parts = self._parts
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._signalled)
        self._begin()
        self._thread.start()
        for watcher in parts.watchers:
            watcher.start(self.post)
        self._watch_again()
        parts.calendar.start()
        self._control.start()
        try:
            parts.tray.run()
        finally:
            self.stop()
            self._thread.join()
            self._close()
        return self._ended_well

    def _signalled(self, number: int, frame: FrameType | None) -> None:
        self.stop()

    def _begin(self) -> None:
        """Tells the machine since when nobody watched, and the user what they should know."""
        parts = self._parts
        if parts.last_seen is not None:
            parts.loop.apply(Stopped(), parts.last_seen)
        for notice in parts.notices:
            log.warning("%s", notice)
            parts.presenter.tell("sitbreak", notice)
        parts.catch_up(parts.feed.now())
        if parts.first_start:
            self.key("welcome")

    def _watch_again(self) -> None:
        """The machine watches on once the watchers have said what goes on: no prompt is to fall into a call."""
        if self._parts.last_seen is not None:
            told = threading.Timer(FIRST_WORD, self._go_on)
            told.daemon = True
            told.start()

    def _go_on(self) -> None:
        self.post(Started())
        self.call(self._show_again)

    def _show_again(self, at: Instant) -> None:
        """What the former run had on show died with it."""
        effect = shown_again(self._parts.loop.machine, at)
        if effect is not None:
            self._parts.presenter.perform(effect, at)

    def _loop(self) -> None:
        try:
            self._parts.loop.run()
            self._ended_well = True
        finally:
            self._parts.tray.close()

    def _close(self) -> None:
        parts = self._parts
        self._control.close()
        parts.calendar.close()
        for watcher in parts.watchers:
            watcher.close()
        for close in parts.closers:
            close()


class Performer:
    """What the loop performs through: the presenter, and the day kept up to date beside it."""

    def __init__(
        self,
        presenter: Presenter,
        today: Today,
        panel: Panel,
        calendar: Calendar,
        feed: LiveFeed,
        evening: Evening,
    ) -> None:
        self._presenter = presenter
        self._evening = evening
        self._today = today
        self._panel = panel
        self._calendar = calendar
        self._feed = feed
        self._walls = -1
        self._pause_ends: object = None

    def kept(self) -> None:
        """Facts were kept."""
        self._today.changed()

    def perform(self, effect: Effect, at: Instant) -> None:
        """Carries out one effect."""
        self._today.look(at)
        self._presenter.perform(effect, at)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings everything on show up to date; re-arms appointments when the wall clock was set."""
        self._today.look(at)
        self._presenter.refresh(machine, at)
        self._panel.refresh(machine, at)
        if not machine.desk.rules.observe_only:  # while usual days are measured, nothing is to be compared yet
            self._evening.look(status(machine, at), at)
        walls = machine.desk.walls.version
        if walls != self._walls:
            self._walls = walls
            self._calendar.rearm()
        self._appoint_pause(machine)

    def _appoint_pause(self, machine: Machine) -> None:
        """A pause until tomorrow ends by the wall clock, whatever happens to it meanwhile."""
        until = machine.state.context.paused_until
        if until != self._pause_ends:
            self._pause_ends = until
            if until is None:
                self._calendar.cancel("pause")
            else:
                self._calendar.once("pause", machine.desk.walls.at(until).utc, lambda: self._feed.post(PauseEnded()))

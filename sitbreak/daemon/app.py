"""The program while it runs: the loop on its thread, the tray on the main one, and all that reaches them."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass, field
from functools import partial

from sitbreak.adapters import endings
from sitbreak.adapters.memory_saving import SETTLED_S, give_back
from sitbreak.boundary import Failure, attempt
from sitbreak.core.effects import Refused
from sitbreak.core.events import Event, PromptDismissed, Started, Stopped
from sitbreak.core.timeline import Instant
from sitbreak.daemon.commands import GOAL, PREFIX, event_of_key, shortcut_meaning
from sitbreak.daemon.control import ControlServer
from sitbreak.daemon.day_change import Calendar
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.event_queue import LiveFeed
from sitbreak.daemon.history_changes import ASIDE
from sitbreak.daemon.isolation import REST
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.notification_texts import PROMPT
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.requests import Request, Requests
from sitbreak.daemon.side_windows import Panel
from sitbreak.language import N_, _, said
from sitbreak.ports import Tray, Watcher

log = logging.getLogger(__name__)
FAILED = N_("That failed, and nothing else did; the log has the details.")
PATIENCE = 0.5  # seconds; on Windows an endless wait would not notice Ctrl+C
FIRST_WORD = 1.0  # seconds the watcher has to report the present state
ANSWER_WITHIN = 60.0  # seconds a client waits for the loop
CLOSING = 2.0  # seconds a part may take to close before it is left behind


def leave(well: bool) -> None:
    """Ends the process though something hangs in it; the system closes what is left."""
    logging.shutdown()
    os._exit(0 if well else 70)  # EX_SOFTWARE of sysexits.h


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
    watcher: Watcher
    last_seen: Instant | None
    notices: list[str]
    opening: str  # the key of the window to open at once; empty for none
    catch_up: Callable[[Instant], None]
    closers: list[Callable[[], None]]  # closed side by side
    last: list[Callable[[], None]] = field(default_factory=list)  # closed after them, one by one: bus and books
    crashed: Callable[[Exception, Instant], None] = lambda error, at: None  # keeps what ended the loop
    ended: Callable[[], None] = lambda: None  # the run ended well


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
            self.app.window_said(message)

    def panel_said(self, message: Mapping[str, object]) -> None:
        """A message of the Today window, the settings or the welcome window."""
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
        leave: Callable[[bool], None] = leave,
    ) -> None:
        """`requests` and `control` are made last: they need to know what the program can do.

        `leave` ends the process when something hangs that it cannot wait for.
        """
        self._parts = parts
        self._leave, self._left = leave, list[str]()  # the second: what did not close in time
        self._stopping, self._over, self._free = threading.Event(), threading.Event(), threading.Event()
        self._program: dict[str, Callable[[], None]] = {
            **dict.fromkeys(("stop", "quit"), self.stop),
            "card": parts.presenter.open_card,
            "today": lambda: parts.panel.status(parts.loop.machine, parts.feed.now()),
            "settings": parts.panel.settings_window,
            "summary": parts.panel.summary,
            "movements": parts.panel.movements,
            "plans": parts.panel.plans,
            "help": parts.panel.help,
            "reload": lambda: parts.panel.settings.reload(),
            "welcome": parts.panel.welcome,
        }
        self._requests = requests(self._program)
        parts.panel.answer = lambda request: self._requests.answer(request, parts.feed.now())
        self._control = control(self.request)
        parts.notices.extend(filter(None, [self._control.trouble]))
        self._thread = threading.Thread(target=self._loop, name="loop", daemon=True)  # it is waited for in `run`
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
        self.call(lambda at: self._do_key(key, at))

    def request(self, request: Request) -> Request:
        """Answers a request of the control socket; called on the thread of its client."""
        reply = self._on_the_loop(lambda at: self._requests.answer(request, at))
        aside = reply.get(ASIDE)
        if not callable(aside):
            return reply
        tell = self._parts.loop.isolation.run(N_("a request"), aside, self._parts.feed.now(), None, retire=False)
        return {"error": _(FAILED)} if tell is None else self._on_the_loop(lambda at: tell())

    def _on_the_loop(self, answer: Callable[[Instant], Request]) -> Request:
        """What the loop's thread answers, waited for on this one."""
        reply: Future[Request] = Future()
        run, failed = self._parts.loop.isolation.run, {"error": _(FAILED)}
        self.call(lambda at: reply.set_result(run(N_("a request"), lambda: answer(at), at, failed, retire=False)))
        try:
            return reply.result(ANSWER_WITHIN)
        except NotInTime:
            return {"error": _("sitbreak is busy and did not answer in time; please try again.")}

    # -- on the loop's thread

    def _do_key(self, key: str, at: Instant) -> None:
        """Does what a key stands for; a hotkey by what it means just now, which may be nothing."""
        if key.startswith(PREFIX):
            key = shortcut_meaning(key, self._parts.loop.machine.status(at))
        if key in self._program:
            self._program[key]()
        if not key or key in self._program:
            return
        if key.startswith(GOAL):
            self._parts.panel.goal(key.removeprefix(GOAL))
            return
        try:
            event = event_of_key(key, self._parts.loop.machine.rules)
        except ValueError:
            event = None
        if event is None:
            log.warning("nothing is known of the key %r", key)
        else:
            self._said(event, at)

    def _said(self, event: Event, at: Instant) -> None:
        """What was clicked; a click that changes nothing is told why."""
        for effect in self._parts.loop.said(event, at):
            if isinstance(effect, Refused):
                self._parts.presenter.tell(_("That was not possible"), said(effect.why))

    def window_said(self, message: Mapping[str, object]) -> None:
        """Does what the break window says."""
        self._parts.presenter.window_said(message, lambda event: self.call(lambda at: self._said(event, at)))

    def panel_said(self, message: Mapping[str, object]) -> None:
        """Does what the other windows say."""
        at = self._parts.feed.now()
        if message.get("event") == "look":
            self._parts.loop.checkpoint(at)  # the stretch under way is part of the day
        if key := self._parts.panel.said(message, at):
            self._do_key(key, at)

    def stop(self) -> None:
        """Ends the loop after this step, and with it the program."""
        self._parts.loop.stopping = True
        self._parts.feed.wake()

    # -- life

    def run(self) -> bool:
        """Runs until stopped; owns the calling thread, which must be the main one. False when the loop crashed.

        What fails before the loop runs closes everything and is raised; nothing that fails later ends it.
        """
        self._guarded(N_("the signals"), partial(endings.watch, self.stop, self._over))
        begun = False
        try:
            self._begin()
            begun = True
        finally:
            if not begun:
                self._close()
        self._thread.start()
        self._guarded(N_("the control socket"), self._control.start)
        self._guarded(N_("the calendar"), self._parts.calendar.start)
        _later(SETTLED_S, give_back)
        _aside(self._watch)
        self._watch_again()
        self._stay()
        self._free.set()
        self._over.wait()
        if self._left:
            self._leave(self._ended_well)
        return self._ended_well

    def _guarded(self, part: str, do: Callable[[], object]) -> bool:
        """Whether it worked; a failure is noted and ends nothing."""

        def done() -> bool:
            do()
            return True

        return self._parts.loop.isolation.run(part, done, self._parts.feed.now(), False, retire=False)

    def _watch(self) -> None:
        """Starts the watcher; it is tried again when that fails, as long as the program runs."""
        watcher = self._parts.watcher
        while not self._guarded(f"the {watcher.NAME} watcher", partial(watcher.start, self.post)):
            self._guarded(f"the {watcher.NAME} watcher's end", watcher.close)
            if self._stopping.wait(REST.total_seconds()):
                return

    def _stay(self) -> None:
        """The calling thread is the tray's; the program goes on without a tray that fails, and tries it again."""
        while not self._stopping.is_set():
            worked = self._guarded(N_("the tray"), self._parts.tray.run)
            while not self._stopping.wait(PATIENCE if worked else REST.total_seconds()) and worked:
                pass

    def _begin(self) -> None:
        """Tells the machine since when nobody watched, and the user what they should know."""
        parts = self._parts
        if parts.last_seen is not None:
            parts.loop.apply(Stopped(), parts.last_seen)
        for notice in parts.notices:
            log.warning("%s", notice)
            parts.presenter.tell("sitbreak", notice)
        parts.catch_up(parts.feed.now())
        if parts.opening:
            parts.today.look(parts.feed.now())  # a window that opens before the first step knows the goal, too
            self.key(parts.opening)

    def _watch_again(self) -> None:
        """The machine watches on once the watcher has said what goes on: no prompt is to fall into a call."""
        if self._parts.last_seen is not None:
            _later(FIRST_WORD, self._go_on)
        else:
            self._parts.feed.wake()  # the tray has its icon at once, not after the first poll

    def _go_on(self) -> None:
        self.post(Started())
        self.call(self._show_again)

    def _show_again(self, at: Instant) -> None:
        """What the former run had on show died with it."""
        effect = self._parts.loop.machine.on_show(at)
        if effect is not None:
            self._parts.presenter.perform(effect, at)

    def _loop(self) -> None:
        parts = self._parts
        try:
            ended = attempt(parts.loop.run)
            if isinstance(ended, Failure):  # the top of the loop's thread: kept for the next start to tell
                parts.crashed(ended.error, parts.feed.now())
            else:
                self._ended_well = True
                self._guarded(N_("the end"), parts.ended)
        finally:
            self._stopping.set()
            self._close()
            self._over.set()
            if not self._free.wait(CLOSING):
                log.warning("the tray does not let go, it is left behind")
                self._leave(self._ended_well)

    def _close(self) -> None:
        """Closes everything, whatever fails; what takes too long is left behind."""
        parts = self._parts
        beside = [parts.tray.close, self._control.close, parts.calendar.close, parts.watcher.close, *parts.closers]
        patience = CLOSING
        for thread in [self._closing(close) for close in beside]:
            patience = CLOSING if self._ended(thread, patience) else 0.1  # the others have had as long by then
        for close in parts.last:
            self._ended(self._closing(close), CLOSING)

    def _closing(self, close: Callable[[], None]) -> threading.Thread:
        name = f"closing {getattr(close, '__qualname__', 'a part')}"
        return _aside(partial(self._guarded, name, close), name)

    def _ended(self, thread: threading.Thread, patience: float) -> bool:
        """Whether it ends within so many seconds; else it is left behind."""
        thread.join(patience)
        if thread.is_alive():
            self._left.append(thread.name)
            log.warning("%s takes too long, it is left behind", thread.name)
        return not thread.is_alive()


def _later(seconds: float, do: Callable[[], None]) -> None:
    timer = threading.Timer(seconds, do)
    timer.daemon = True
    timer.start()


def _aside(do: Callable[[], object], name: str = "aside") -> threading.Thread:
    """Has something done on a thread of its own, for which nobody has to wait."""
    thread = threading.Thread(target=do, name=name, daemon=True)
    thread.start()
    return thread

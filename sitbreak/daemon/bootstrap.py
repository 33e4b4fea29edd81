"""The composition root: wires every part, and starts the program."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zlib import crc32

from sitbreak.adapters.activity.reconnecting import SoughtSource
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.context import ContextWatcher
from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.adapters.hotkeys import Hotkeys
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.adapters.mqtt import MqttClient
from sitbreak.adapters.programs.bus_service import BusService
from sitbreak.adapters.programs.hooks import Hooks
from sitbreak.adapters.room_sensors import RoomSensors
from sitbreak.adapters.tray import NullTray
from sitbreak.core.events import Event, RulesChanged
from sitbreak.core.movements import Chooser
from sitbreak.core.timeline import Instant
from sitbreak.daemon import backends, history_changes
from sitbreak.daemon.app import App, Outside, Parts
from sitbreak.daemon.backends import told
from sitbreak.daemon.baseline_goal import measured
from sitbreak.daemon.book_clock import System, open_books, remember
from sitbreak.daemon.commands import bindings
from sitbreak.daemon.control import ControlServer
from sitbreak.daemon.daily_line import Evening
from sitbreak.daemon.day_change import Calendar, DayChange
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.display_thread import StageThread
from sitbreak.daemon.event_log import Recorder, ruling
from sitbreak.daemon.event_queue import LiveFeed
from sitbreak.daemon.history_aside import HistoryAside
from sitbreak.daemon.history_changes import Upkeep
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.logfile import CrashNote, log_to, log_what_ends_a_thread, set_log_level
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.menu import CRASHED, NO_NOTES, NOT_WRITTEN
from sitbreak.daemon.mqtt_link import MqttLink
from sitbreak.daemon.performer import Performer
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.daemon.presenter import DAY, Channels, Presenter
from sitbreak.daemon.requests import Reply, Request, Requests
from sitbreak.daemon.rules_in_force import PromptPace
from sitbreak.daemon.sharing import Sharing
from sitbreak.daemon.side_windows import OPENING, Panel, command
from sitbreak.daemon.single_instance import FileLock, hold
from sitbreak.daemon.subscribers import Outlets
from sitbreak.language import N_, _, begun, comma_list, paragraph, said
from sitbreak.ports import Choice, Env
from sitbreak.settings.load import Loaded, load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import Paths, make_folders

HELD: list[FileLock] = []
FIRST_LOOK_S = 1.0  # for what the first words of the program should know


def environment() -> Env:
    """What backends may look at."""
    return Env(sys.platform, dict(os.environ))


def start(paths: Paths, record: Path | None = None, *, window: bool = False) -> bool:
    """Runs the program until it is stopped; False when it crashed. `window`: Today opens, after the first start.

    Raises AlreadyRunning, FolderUnusable, HistoryTooNew, CatalogueDamaged or OSError, each with a sentence for people.
    """
    make_folders(paths)
    HELD.extend(hold(paths))  # never given away while this process lives, whatever becomes of its threads
    loaded = load(paths.config_file)
    unlogged = log_to(paths.log_file, loaded.settings.general.log)
    log_what_ends_a_thread()
    return Composition(paths, loaded, environment(), unlogged).app(record, window=window).run()


class Composition:
    """Everything of the program, put together and not started yet."""

    clocks: Callable[[], System] = SystemClock

    def __init__(self, paths: Paths, loaded: Loaded, env: Env, unlogged: str = "") -> None:
        """Opens the books and chooses what shows and watches; `unlogged` is why there is no log."""
        settings = loaded.settings
        self.paths, self.loaded, self.env, self.unlogged = paths, loaded, env, unlogged
        self.system, self.bus, self.outside = self.clocks(), BusThread(), Outside()
        self.history = SqliteHistory(paths.history_file, self.system.now().utc, settings.day.start)
        self.books = BodyHistory(self.history, paths.history_file, settings.day.start)
        self.catalogue = load_catalogue(paths.movements_dir)
        self.chooser = Chooser(self.catalogue.movements, settings.movements.wishes, _seed(paths))
        kept = self.history.snapshot()  # none before the first start, whatever a command has written
        self.opening = str(kept.get(OPENING, "")) if kept else "welcome" if loaded.nothing_chosen else ""
        self.pace = PromptPace(self.history, kept, self.books)
        rules = self.pace.rules(settings, self.system.now().day(settings.day.start))
        self.opened = open_books(self.system, self.history, self.history.ends(), rules, self.chooser)
        self.clock = self.opened.clock
        self.source = SoughtSource(partial(backends.choose_source, settings, env, self.clock, self.bus))
        self.feed = self._feed()
        self.today = Today(self.books, settings)
        self.isolation, self.crash = Isolation(), CrashNote(paths.crash_file)
        self.crashed = self.crash.sentence()
        self.stage = StageThread(self.isolation, self.clock.now)
        self.presenter = self._presenter(settings)
        self.context = ContextWatcher(env, self.bus, backends.context_options(settings), lambda: self.source.quiet)
        self.hotkeys = Hotkeys(env, self.outside.key)
        self.aside = HistoryAside(self.history, self.books, self.feed.call, self.isolation, self.clock.now)
        self.evening = Evening(self.aside, settings, kept, partial(self.presenter.tell, key=DAY))
        self.calendar = Calendar(self.clock.now)
        self.bus_service = BusService(self.bus, self._asked)
        mqtt = MqttClient(self.clock.now)
        self.link = MqttLink(mqtt, self._do_over_mqtt, self.clock.now)
        self.sensors = RoomSensors(self.bus, mqtt, self.feed.post, self.clock.now)
        self.outlets = Outlets(settings.programs, Hooks(), self.bus_service, self.link, self.feed.wake)
        self.sharing = Sharing(
            paths.history_file, settings.day.start, self.clock.now,
            lambda: self.feed.call(lambda _: self.today.changed()),
            lambda said: self.presenter.tell("sitbreak", said), self.feed.post, self.link,
        )  # fmt: skip
        self.recorder: Recorder | None = None
        self.waiting: tuple[str, ...] = ()  # settings that were changed and hold from the next start on

    def _feed(self) -> LiveFeed:
        return LiveFeed(self.clock, self.source, self.clock.asleep)

    def _presenter(self, settings: Settings) -> Presenter:
        outside, env, bus = self.outside, self.env, self.bus
        self.window = backends.choose_window(env, outside.said)
        self.notifiers = backends.notifiers(
            env, outside.chosen, outside.dismissed, bus, self.paths.runtime_dir, self.window.backend is not None
        )
        self.tray = backends.choose_tray(settings, env, outside.key, bus)
        self.players = backends.choose_players(env, bus)
        tray = self.tray.backend or NullTray(outside.key)
        channels = Channels(self.notifiers, tray, self.window.backend, self.players.backend)
        known = {movement.id: movement for movement in self.catalogue.movements}
        today = self.today
        return Presenter(
            channels, known, settings, self.feed.post, today.figures, self._notes, self.stage, lambda: today.sitting
        )

    def _notes(self) -> list[str]:
        """What the menu says is wrong."""
        told = {NOT_WRITTEN: self.history.trouble, CRASHED: self.crashed, NO_NOTES: self.notifiers.trouble}
        return [_(note) for note, trouble in told.items() if trouble]

    def _panel(self) -> Panel:
        window = backends.choose_window(self.env, self.outside.panel_said).backend
        file, at_login = self.paths.config_file, partial(backends.starts_at_login, self.env)
        plans = PlanBooks(
            self.paths.plans_file, self._day, lambda day: measured(self.history, self.today.settings, day), command
        )
        return Panel(
            window, self.presenter, self.today, file, self.loaded, self._apply, self._measure, plans, at_login,
            self.aside,
        )  # fmt: skip

    def app(self, record: Path | None, *, window: bool) -> App:
        """The program; `record`: the event log to write, if any; `window`: whether it begins with a window."""
        panel = self._panel()
        loop = self._loop(panel, record)
        day_change = DayChange(
            self.history, self.books, self.pace, self.today, self.presenter, self.isolation, self._work_anew
        )
        self.calendar.new_day("new day", self.loaded.settings.day.start, lambda: self.feed.call(day_change.begin))
        settings = self.loaded.settings
        self.hotkeys.use(bindings(settings))
        self.hotkeys.looked.wait(FIRST_LOOK_S)
        problems = [self.unlogged, *(str(problem) for problem in self.loaded.problems), self.hotkeys.trouble]
        parts = Parts(
            loop=loop,
            feed=self.feed,
            presenter=self.presenter,
            panel=panel,
            today=self.today,
            tray=self.presenter.channels.tray,
            calendar=self.calendar,
            watcher=self.context,
            last_seen=self.opened.last_seen,
            opening=self.opening or ("today" if window else ""),
            catch_up=partial(day_change.catch_up, self.opened.last_seen),
            notices=[*filter(None, [self.crashed, *self.history.notices, *self.catalogue.problems, *problems])],
            closers=[*self._closers(), panel.close],
            last=[self.bus.close, self.history.close],
            crashed=self.crash.keep,
            ended=self.crash.clear,
        )
        self.outlets.use(settings.programs)
        self.sharing.use(settings)
        self.sensors.use(settings.sensors)
        return App(parts, self.outside, partial(self._requests, loop), self._control)

    def _asked(self, request: Request) -> Request:
        """A request of another program, answered as over the control socket; waited for on the caller's thread."""
        return self.outside.app.request(request) if self.outside.app else {"error": _("sitbreak is just starting.")}

    def _do_over_mqtt(self, key: str, done: Callable[[], None]) -> None:
        self.outside.key(key)
        self.feed.call(lambda at: done())

    def _requests(self, loop: Loop, program: Mapping[str, Callable[[], None]]) -> Requests:
        requests = Requests(loop, self.today, self._upkeep, program, self._troubles)
        self.outlets.status = requests.status
        return requests

    def _control(self, answer: Callable[[Request], Request]) -> ControlServer:
        return ControlServer(self.paths, self.outlets.answering(answer))

    def _closers(self) -> list[Callable[[], None]]:
        """What is closed at the end, beside the bus and the books."""
        recorded = [self.recorder.close] if self.recorder else []
        return [
            *recorded,
            self.source.close,
            self.hotkeys.close,
            self.sharing.close,
            self.link.close,
            self.sensors.close,
            self._close_shown,
        ]

    def _close_shown(self) -> None:
        """Nothing further is shown, and what is on show is taken off."""
        self.stage.close()
        self.presenter.close()

    def _troubles(self) -> list[str]:
        """What does not work now, and how the last run ended."""
        failing = [
            _("{part} failed ({why}); the rest works.", part=_(part), why=why)
            for part, why in self.isolation.troubles().items()
        ]
        return [
            *filter(None, [self.crashed]),
            *self.history.notices,
            *self.sensors.troubles.values(),
            *filter(None, [self.link.trouble, self.sharing.trouble, self.source.trouble, self.notifiers.trouble]),
            *map(begun, failing),
            *(
                [_("Did not answer and was left behind: {hanging}.", hanging=self.stage.hanging)]
                if self.stage.hanging
                else []
            ),
        ]

    def _loop(self, panel: Panel, record: Path | None) -> Loop:
        boot, outlets = self.system.boot_id(), self.outlets
        self.source.stirs(self.feed.wake)
        self.source.stirs(self.context.hurry)
        performer = Performer(self.presenter, self.today, panel, self.calendar, self.evening, self.isolation, outlets)
        return Loop(
            self.opened.machine,
            self.clock,
            self.feed,
            self.history,
            performer,
            timedelta(seconds=self.loaded.settings.activity.poll_seconds),
            recorder=self._recorder(record),
            remember=lambda machine: {
                **remember(machine, self.clock, boot),
                **self.pace.remembered(),
                **self.evening.remembered(),
                **panel.remembered(),
            },
            isolation=self.isolation,
            quiet=lambda: self.source.quiet and not performer.moving,
        )

    def _recorder(self, path: Path | None) -> Callable[[Event, Instant], None]:
        """Tells other devices what is said, and writes the event log of this run, for `sitbreak replay`."""
        machine, settings = self.opened.machine, self.loaded.settings
        if path is not None:
            self.recorder = Recorder(path, machine.seen, ruling(settings, machine.rules))
        return partial(self.sharing.note, machine=machine, further=self.recorder.note if self.recorder else None)

    def _apply(self, changed: Settings) -> None:
        """New settings, from the file or the window; what holds from the next start on stays as it is until then."""
        settings = changed.in_force(self.loaded.settings)
        self.waiting = changed.waiting(self.loaded.settings)
        set_log_level(settings.general.log)
        self.chooser.wishes = settings.movements.wishes
        if settings.general.autostart != self.today.settings.general.autostart:
            command("autostart", "on" if settings.general.autostart else "off")
        self.presenter.settings = self.today.settings = self.evening.settings = settings
        self.stage.do(N_("the hotkeys"), lambda: self.hotkeys.use(bindings(settings)))
        self.outlets.use(settings.programs)
        self.sharing.use(settings)
        self.sensors.use(settings.sensors)
        self.stage.do(N_("the context"), lambda: self.context.use(backends.context_options(settings)))
        self._work_anew()

    def _day(self) -> date:
        """The logical day that it is."""
        return self.clock.now().day(self.today.settings.day.start)

    def _measure(self) -> None:
        """At the first start: measure the usual days before prompting."""
        books = Upkeep(self.history, self.today.settings, self.clock.now(), None, self._work_anew)
        history_changes.answer(books, {"do": "baseline", "verb": "start"})

    def _work_anew(self) -> None:
        """The rules or the books changed: the machine works by them from now on."""
        self.today.changed()
        settings = self.today.settings
        rules = self.pace.rules(settings, self.clock.now().day(settings.day.start))
        self.feed.post(RulesChanged(rules))

    def _upkeep(self, request: Request, at: Instant, loop: Loop) -> Reply:
        """Baseline, goal, import, forget."""
        books = Upkeep(self.history, self.today.settings, at, loop, self._work_anew, self._at_work, self.paths)
        return history_changes.answer(books, request)

    def _at_work(self) -> dict[str, object]:
        """What the program uses, for `doctor`."""
        adapted = self.pace.adapted
        chosen: list[Choice[Any]] = [
            self.source.choice,
            self.notifiers.choice,
            self.window,
            self.tray,
            self.hotkeys.choice,
            self.players,
            *self.context.choices.values(),
        ]
        return {
            "ports": [asdict(told(choice, at_work=True)) for choice in chosen],
            "display": self.env.display,
            "prompts from": said(adapted.reason) if adapted else "",
            "settings that wait for the next start": comma_list(self.waiting) or _("none"),
            "MQTT": self.link.standing,
            "troubles": paragraph(*self._troubles()) or _("none"),
        }


def _seed(paths: Paths) -> int:
    """A number of this installation, so that two people are not suggested the same things in the same order."""
    return crc32(str(paths.history_file).encode())

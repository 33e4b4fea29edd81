"""The composition root: chooses every backend, wires them, and starts the program."""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import ClassVar
from zlib import crc32

from filelock import FileLock, Timeout

from sitbreak.adapters.activity.null import NullSource
from sitbreak.adapters.activity.sources import CANDIDATES as SOURCES
from sitbreak.adapters.activity.sources import Source
from sitbreak.adapters.activity.sources import builder as source_builder
from sitbreak.adapters.breakwindow import QtWindow
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.catalogue import load_catalogue
from sitbreak.adapters.choose import UnknownBackend, choose
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.context import Context, Options, start_all
from sitbreak.adapters.history import SqliteHistory
from sitbreak.adapters.notify import CANDIDATES as NOTIFIERS
from sitbreak.adapters.notify import NotifierChain
from sitbreak.adapters.session.together import watch_session
from sitbreak.adapters.tray import NativeTray, NullTray, SniTray
from sitbreak.adapters.tray.iconfile import icon_file
from sitbreak.core.events import Event, RulesChanged, Signal
from sitbreak.core.movements import Chooser
from sitbreak.core.timeline import Instant
from sitbreak.daemon.app import App, Outside, Parts, Performer
from sitbreak.daemon.books import open_books, remember
from sitbreak.daemon.calendar import Calendar
from sitbreak.daemon.control import ControlServer
from sitbreak.daemon.feed import LiveFeed
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.panel import Panel
from sitbreak.daemon.presenter import Channels, Presenter
from sitbreak.daemon.today import Today
from sitbreak.ports import BreakWindow, Choice, Clock, Env, Notifier, Post, Tray, Viable, Watcher
from sitbreak.settings.load import Loaded, load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import Paths, make_folders

log = logging.getLogger(__name__)


class AlreadyRunning(Exception):
    """Another sitbreak of this user runs; the message says so."""


def environment() -> Env:
    """What backends may look at."""
    return Env(sys.platform, dict(os.environ))


def start(paths: Paths, record: Path | None = None) -> None:
    """Runs the program until it is stopped.

    Raises AlreadyRunning, FolderUnusable, HistoryTooNew, CatalogueDamaged, UnknownBackend or OSError, each with a
    sentence for people.
    """
    make_folders(paths)
    lock = FileLock(paths.lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyRunning("sitbreak is already running; `sitbreak status` tells how it is doing.") from error
    with lock:
        loaded = load(paths.config_file)
        _log_to(paths.log_file, loaded.settings.general.log)
        compose(paths, loaded, environment(), record).run()


def compose(paths: Paths, loaded: Loaded, env: Env, record: Path | None = None) -> App:
    """Everything of the program, put together and not started yet."""
    settings, system, bus, outside = loaded.settings, SystemClock(), BusThread(), Outside()
    history = SqliteHistory(paths.history_file, system.now().utc, settings.day.start)
    catalogue = load_catalogue(paths.movements_dir)
    chooser = Chooser(catalogue.movements, settings.movements.wishes, _seed(paths))
    opened = open_books(system, history, history.ends(), settings.rules(), chooser)
    clock = opened.clock
    source = choose_source(settings, env, clock, bus).backend or NullSource(clock)
    feed = LiveFeed(clock, source, clock.asleep)
    today = Today(history, settings)
    window = _window(env, outside.said)
    channels = Channels(
        _notifiers(env, outside, bus, paths.runtime_dir), choose_tray(settings, env, outside.key), window
    )
    known = {movement.id: movement for movement in catalogue.movements}
    presenter = Presenter(channels, known, settings, feed.post, today.figures)

    def apply(changed: Settings) -> None:
        chooser.wishes = changed.movements.wishes
        presenter.settings = today.settings = changed
        today.changed()
        feed.post(RulesChanged(changed.rules()))

    panel = Panel(_window(env, outside.panel_said), presenter, today, paths.config_file, loaded, apply)
    calendar = Calendar(clock.now)
    boot = system.boot_id()
    loop = Loop(
        opened.machine,
        clock,
        feed,
        history,
        Performer(presenter, today, panel, calendar, feed),
        timedelta(seconds=settings.activity.poll_seconds),
        recorder=_recorder(record),
        remember=lambda machine: remember(machine, clock, boot),
    )
    calendar.new_day("new day", settings.day.start, lambda: feed.call(lambda at: _new_day(history, today, at)))
    notices = [*history.notices, *catalogue.problems, *(str(problem) for problem in loaded.problems)]
    parts = Parts(
        loop, feed, source, presenter, panel, today, channels.tray, calendar,
        _watchers(settings, env, bus), opened.last_seen, notices,
        [source.close, channels.notifier.close, bus.close, history.close],
    )  # fmt: skip
    return App(parts, outside, lambda answer: ControlServer(paths, answer))


def choose_source(settings: Settings, env: Env, clock: Clock, bus: BusThread) -> Choice[Source]:
    """The activity source; an unknown one in the settings is told, and `auto` used."""
    build = source_builder(clock, bus)
    try:
        return choose("activity", SOURCES, env, settings.activity.source, build=build)
    except UnknownBackend as error:
        log.warning("activity.source: %s", error)
        return choose("activity", SOURCES, env, build=build)


def choose_tray(settings: Settings, env: Env, chosen: Callable[[str], None]) -> Tray:
    """The tray icon, or none when it is turned off or there is no place for one."""
    if not settings.tray.enabled:
        return NullTray(chosen)
    candidates: tuple[type[SniTray | NativeTray], ...] = (SniTray, NativeTray)
    build = tray_builder(chosen, settings.tray.panel)
    return choose("tray", candidates, env, build=build).backend or NullTray(chosen)


def tray_builder(
    chosen: Callable[[str], None], panel: str
) -> Callable[[type[SniTray | NativeTray]], SniTray | NativeTray]:
    """What makes a tray of a candidate."""
    return lambda candidate: candidate(chosen, panel)


def _notifiers(env: Env, outside: Outside, bus: BusThread, folder: Path) -> NotifierChain:
    """Every way of notifying that works here, in order; `folder` takes the icon's file."""
    found: list[Notifier] = []
    try:
        icon = icon_file(folder)
    except OSError as error:
        log.info("notifications go without an icon: %s", error)
        icon = None
    for candidate in NOTIFIERS:
        if isinstance(candidate.viable(env), Viable):
            found.append(candidate(outside.chosen, outside.dismissed, bus, icon))
    return NotifierChain(found)


def _window(env: Env, said: Callable[[Mapping[str, object]], None]) -> BreakWindow | None:
    """A window in a child process, where Qt and a display are; in a terminal a countdown there."""
    if isinstance(QtWindow.viable(env), Viable):
        return QtWindow(said)
    return None


class ContextWatcher:
    """The context probes that the settings allow, as one watcher."""

    NAME: ClassVar[str] = "context"

    def __init__(self, settings: Settings, env: Env, bus: BusThread) -> None:
        self._settings = settings
        self._env = env
        self._bus = bus
        self.context: Context | None = None

    def start(self, post: Post) -> None:
        """Starts every probe that can work here."""
        prompt = self._settings.prompt
        options = Options(ignored_apps=prompt.ignored_apps, quiet_apps=prompt.quiet_apps)
        self.context = start_all(self._env, wanted_signals(self._settings), options, post, self._bus)

    def close(self) -> None:
        """Closes them; their signals go off."""
        if self.context is not None:
            self.context.close()


def wanted_signals(settings: Settings) -> list[str]:
    """The signals that the settings let the probes look for."""
    allowed = settings.context
    wanted = {
        Signal.CALL: allowed.calls,
        Signal.SHARING: allowed.calls,
        Signal.MEDIA: allowed.media,
        Signal.FULLSCREEN: allowed.fullscreen,
        Signal.PRESENTING: allowed.fullscreen,
        Signal.DND: allowed.dnd,
        Signal.QUIET_APP: bool(settings.prompt.quiet_apps),
    }
    return [signal.value for signal, on in wanted.items() if on]


def _watchers(settings: Settings, env: Env, bus: BusThread) -> list[Watcher]:
    """The session and the context."""
    return [watch_session(env, bus), ContextWatcher(settings, env, bus)]


def _new_day(history: SqliteHistory, today: Today, at: Instant) -> None:
    """04:00: a backup of the books, and a fresh day in the tray."""
    today.changed()
    history.daily_backup(at.day(today.settings.day.start))


def _seed(paths: Paths) -> int:
    """A number of this installation, so that two people are not suggested the same things in the same order."""
    return crc32(str(paths.history_file).encode())


def _recorder(path: Path | None) -> Callable[[Event, Instant], None] | None:
    """Writes the event log of this run, for `sitbreak replay`."""
    if path is None:
        return None
    from sitbreak.daemon.record import Recorder

    return Recorder(path).note


def _log_to(path: Path, level: str) -> None:
    """A small log file of our own; nothing in it tells what was typed."""
    handler = logging.handlers.RotatingFileHandler(path, maxBytes=200_000, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("sitbreak").setLevel(level.upper())

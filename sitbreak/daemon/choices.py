"""Which backend serves each port here; what the composition root wires and `doctor` tells."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.activity.sources import CANDIDATES as SOURCES
from sitbreak.adapters.activity.sources import Source
from sitbreak.adapters.activity.sources import builder as source_builder
from sitbreak.adapters.breakwindow import QtWindow
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import choose
from sitbreak.adapters.context import Context, Options, start_all
from sitbreak.adapters.notify import CANDIDATES as NOTIFIERS
from sitbreak.adapters.notify import NotifierChain
from sitbreak.adapters.tray import NativeTray, NullTray, SniTray
from sitbreak.adapters.tray.iconfile import icon_file
from sitbreak.core.events import Signal
from sitbreak.ports import BreakWindow, Choice, Clock, Env, Post, Tray, Viable
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)


def choose_source(settings: Settings, env: Env, clock: Clock, bus: BusThread) -> Choice[Source]:
    """The activity source that works now."""
    return choose("activity", SOURCES, env, settings.activity.source, build=source_builder(clock, bus))


def choose_tray(settings: Settings, env: Env, chosen: Callable[[str], None]) -> Tray:
    """The tray icon, or none when it is turned off or there is no place for one."""
    if not settings.tray.enabled:
        return NullTray(chosen)
    candidates: tuple[type[SniTray | NativeTray], ...] = (SniTray, NativeTray)

    def build(candidate: type[SniTray | NativeTray]) -> SniTray | NativeTray:
        return candidate(chosen, settings.tray.panel)

    return choose("tray", candidates, env, build=build).backend or NullTray(chosen)


def notifiers(
    env: Env,
    chosen: Callable[[str, str], None],
    dismissed: Callable[[str], None],
    bus: BusThread,
    folder: Path,
) -> NotifierChain:
    """Every way of notifying, in order; each note finds the first that works then. `folder` takes the icon's file."""
    try:
        icon = icon_file(folder)
    except OSError as error:
        log.info("notifications go without an icon: %s", error)
        icon = None
    return NotifierChain(env, [candidate(chosen, dismissed, bus, icon) for candidate in NOTIFIERS])


def window(env: Env, said: Callable[[Mapping[str, object]], None]) -> BreakWindow | None:
    """A window in a child process, where Qt and a display are; None: notifications do it all."""
    return QtWindow(said) if isinstance(QtWindow.viable(env), Viable) else None


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

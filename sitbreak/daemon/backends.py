"""Which backend serves each port here; what the composition root wires and `doctor` tells."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from sitbreak.adapters.activity.sources import CANDIDATES as SOURCES
from sitbreak.adapters.activity.sources import Source
from sitbreak.adapters.activity.sources import builder as source_builder
from sitbreak.adapters.breakwindow import QtWindow, TerminalWindow
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import AUTO, choose
from sitbreak.adapters.context import Options
from sitbreak.adapters.media_players import MprisPlayers
from sitbreak.adapters.notify import CANDIDATES as NOTIFIERS
from sitbreak.adapters.notify import NotifierChain
from sitbreak.adapters.tray import NativeTray, SniTray
from sitbreak.adapters.tray.glyph import icon_file
from sitbreak.core.events import Signal
from sitbreak.language import _
from sitbreak.ports import Choice, Clock, Env, Tray
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)


def choose_source(settings: Settings, env: Env, clock: Clock, bus: BusThread) -> Choice[Source]:
    """The activity source that works now."""
    forced = settings.activity.source
    found = choose("activity", SOURCES, env, forced, build=source_builder(clock, bus))
    if forced == AUTO:
        return found
    return replace(found, limits=(_("The settings ask for {source}.", source=forced), *found.limits))


def choose_tray(settings: Settings, env: Env, chosen: Callable[[str], None], bus: BusThread) -> Choice[Tray]:
    """The tray icon; none when it is turned off or there is no place for one."""
    if not settings.tray.enabled:
        return Choice("tray", limits=(_("The icon is turned off in the settings."),))
    candidates: tuple[type[SniTray | NativeTray], ...] = (SniTray, NativeTray)

    def build(candidate: type[SniTray | NativeTray]) -> SniTray | NativeTray:
        panel = settings.tray.panel
        return SniTray(chosen, panel, bus) if issubclass(candidate, SniTray) else candidate(chosen, panel)

    return choose("tray", candidates, env, build=build)


def notifiers(
    env: Env,
    chosen: Callable[[str, str], None],
    dismissed: Callable[[str], None],
    bus: BusThread,
    folder: Path | None,
    card: bool = False,
) -> NotifierChain:
    """Every way of notifying, in order; each note finds the first that works then. `folder` takes the icon's file.

    `card`: there is a window for what asks something.
    """
    try:
        icon = icon_file(folder) if folder is not None else None
    except OSError as error:
        log.info("notifications go without an icon: %s", error)
        icon = None
    return NotifierChain(env, [candidate(chosen, dismissed, bus, icon) for candidate in NOTIFIERS], card)


def choose_window(
    env: Env, said: Callable[[Mapping[str, object]], None], *, trial: bool = False
) -> Choice[QtWindow | TerminalWindow]:
    """A window in a child process, where Qt and a display are, or lines in a terminal; else notifications do it all.

    `trial`: its process is started, too, to see whether it could be shown.
    """

    def build(candidate: type[QtWindow | TerminalWindow]) -> QtWindow | TerminalWindow:
        made = candidate(said)
        if trial and isinstance(made, QtWindow):
            made.trial()
        return made

    in_a_terminal: tuple[type[QtWindow | TerminalWindow], ...] = (QtWindow, TerminalWindow)
    return choose("break window", in_a_terminal if env.in_terminal else (QtWindow,), env, build=build)


def choose_players(env: Env, bus: BusThread) -> Choice[MprisPlayers]:
    """What pauses music and films during a break."""
    return choose("media players", (MprisPlayers,), env, build=lambda candidate: candidate(bus))


def starts_at_login(env: Env, otherwise: bool) -> bool:
    """Whether an entry starts it at login; `otherwise` where that cannot be read. Loaded for the settings window."""
    from sitbreak.adapters.autostart import AutostartFailed, is_on

    try:
        return is_on(env)
    except AutostartFailed:
        return otherwise


def context_options(settings: Settings) -> Options:
    """What the settings want of the context probes."""
    allowed, prompt = settings.context, settings.prompt
    wanted = {
        Signal.CALL: allowed.calls,
        Signal.SHARING: allowed.calls,
        Signal.MEDIA: allowed.media,
        Signal.FULLSCREEN: allowed.fullscreen,
        Signal.PRESENTING: allowed.fullscreen,
        Signal.DND: allowed.dnd,
        Signal.QUIET_APP: bool(prompt.quiet_apps),
    }
    signals = frozenset(signal for signal, on in wanted.items() if on)
    return Options(signals, ignored_apps=prompt.ignored_apps, quiet_apps=prompt.quiet_apps)

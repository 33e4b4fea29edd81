"""Which backend serves each port here, as the program chooses and `doctor` and the help window tell it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sitbreak.adapters.activity.reconnecting import CANDIDATES as SOURCES
from sitbreak.adapters.activity.reconnecting import Source
from sitbreak.adapters.activity.reconnecting import builder as source_builder
from sitbreak.adapters.breakwindow import QtWindow, TerminalWindow
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import AUTO, choose
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.context import ContextWatcher, Options
from sitbreak.adapters.hotkeys import choose_hotkeys
from sitbreak.adapters.media_players import MprisPlayers
from sitbreak.adapters.notify import CANDIDATES as NOTIFIERS
from sitbreak.adapters.notify import NotifierChain
from sitbreak.adapters.tray import CANDIDATES as TRAYS
from sitbreak.adapters.tray import NativeTray, SniTray
from sitbreak.adapters.tray.glyph import icon_file
from sitbreak.core.events import Signal
from sitbreak.core.frozen import frozen
from sitbreak.daemon.commands import bindings
from sitbreak.language import N_, _, begun, named, paragraph, said, sentence
from sitbreak.ports import Choice, Clock, Env, NotViable, Tray
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

    def build(candidate: type[SniTray | NativeTray]) -> SniTray | NativeTray:
        panel = settings.tray.panel
        return SniTray(chosen, panel, bus) if issubclass(candidate, SniTray) else candidate(chosen, panel)

    return choose("tray", TRAYS, env, build=build)


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


PARTS: Mapping[str, str] = {
    "activity": N_("activity"),
    "notifications": N_("notifications"),
    "break window": N_("card of a break"),
    "tray": N_("icon in the tray"),
    "media players": N_("pausing music and films"),
    "shortcuts": N_("shortcuts"),
    "screen lock": N_("screen lock"),
    "sleep": N_("sleep of the computer"),
    "context: call": N_("calls"),
    "context: sharing": N_("screen sharing"),
    "context: media": N_("films and music"),
    "context: fullscreen": N_("full screen"),
    "context: presenting": N_("presentations"),
    "context: dnd": N_("do-not-disturb"),
    "context: quiet app": N_("apps on your quiet list"),
}
NOT_NEEDED = N_("would work too; one before it was taken")


@frozen
class Other:
    """A backend that is not used: why, and what could be done (may be empty). `foreign`: it is for another system."""

    name: str
    reason: str
    remedy: str = ""
    foreign: bool = False


@frozen
class Port:
    """What one port uses (nothing: empty), with its limits, what was found out beside it, and the others."""

    name: str
    used: tuple[str, ...]
    limits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()

    @property
    def title(self) -> str:
        """Its name for people, as a clause."""
        return _(PARTS.get(self.name, self.name))


def told(choice: Choice[Any], *, at_work: bool) -> Port:
    """A choice in words; what does not work at the moment, for one that is at work, is a limit."""
    begun = choice.backends if at_work else ()
    troubles = [f"{each.NAME}: {trouble}" for each in begun if (trouble := getattr(each, "trouble", ""))]
    waiting = {each.NAME: reason for each in begun if (reason := getattr(each, "waits", ""))}
    others = [
        *(Other(name, said(each.reason), said(each.remedy), each.foreign) for name, each in choice.refused.items()),
        *(Other(name, reason) for name, reason in waiting.items()),
        *(Other(name, NOT_NEEDED) for name in choice.spare),
    ]
    used = tuple(each.NAME for each in choice.backends if each.NAME not in waiting)
    return Port(choice.port, used, (*troubles, *choice.limits), (), tuple(others))


def read(ports: Iterable[Any]) -> list[Port]:
    """Ports as they came through JSON."""
    return [
        Port(
            each["name"],
            tuple(each["used"]),
            tuple(each["limits"]),
            tuple(each["notes"]),
            tuple(Other(**other) for other in each["others"]),
        )
        for each in ports
    ]


def looked(env: Env, settings: Settings) -> list[Port]:
    """What the program would use if it was started now: made as it makes them, told and closed again."""
    bus = BusThread()
    closing: list[Callable[[], None]] = []
    try:
        source = choose_source(settings, env, SystemClock(), bus)
        chain = notifiers(env, _nothing, _nothing, bus, None)
        found = [
            source,
            chain.choice,
            choose_window(env, _nothing, trial=True),
            choose_tray(settings, env, _nothing, bus),
            choose_players(env, bus),
            choose_hotkeys(env, bindings(settings), _nothing, start=False),
            *ContextWatcher(env, bus, context_options(settings)).choices.values(),
        ]
        closing += [each.close for choice in (source, *found[2:5]) for each in choice.backends]
        return [told(choice, at_work=False) for choice in found]
    finally:
        for close in closing:
            close()
        bus.close()


def tried(port: Port, env: Env) -> Port:
    """A port of the program at work; of the break window also whether it starts now, where there is a display here."""
    if port.name != "break window" or not port.used or isinstance(QtWindow.viable(env), NotViable):
        return port
    choice = choose_window(env, _nothing, trial=True)
    for window in choice.backends:
        window.close(at_once=True)
    return replace(port, limits=(*port.limits, *(refused.reason for refused in choice.refused.values())))


def _nothing(*given: object) -> None:
    """Nobody is told."""


def what_works(first_line: str, at_work: object) -> str:
    """The paragraphs of what works here, for the help window, of what `doctor` is told; items begin with "- "."""
    found = at_work if isinstance(at_work, Mapping) else {}
    ports = [port for port in read(found.get("ports", ())) if port.name in PARTS]
    works = [_line(port, _limits(port)[:1]) for port in ports if _works(port)]
    without = [_line(port, reasons) for port in ports if not _works(port) and (reasons := _reasons(port))]
    lines = [first_line, _("What works here:"), *works]
    return "\n".join([*lines, *([_("What does not, and why:"), *without] if without else [])])


def _works(port: Port) -> bool:
    """Whether something does it that has no trouble at the moment; a trouble begins with its name."""
    return bool(set(port.used) - {limit.partition(": ")[0] for limit in port.limits})


def _line(port: Port, told: Iterable[str]) -> str:
    """A part and what there is to say of it, as an item."""
    name, rest = begun(port.title), paragraph(*map(sentence, told))
    line = sentence(named(name, rest) if rest else name)
    return f"- {line}"


def _limits(port: Port) -> list[str]:
    """Its limits, those of one backend without the name of that and without the number of an error."""
    names = "|".join(map(re.escape, port.used))
    return [re.sub(rf"^({names}): |\[Errno \d+\] ", "", limit) for limit in port.limits]


def _reasons(port: Port) -> list[str]:
    """Why nothing does it, without what is for other systems; what was switched off is a limit."""
    own = [each.reason for each in port.others if not each.foreign and each.reason != NOT_NEEDED]
    return list(dict.fromkeys([*_limits(port), *own]))

"""What each port uses here, and why the others are not used: the choices of the program, as `doctor` tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from sitbreak.adapters.breakwindow import QtWindow
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.context import ContextWatcher
from sitbreak.adapters.hotkeys.current import choose_hotkeys
from sitbreak.core.frozen import frozen
from sitbreak.daemon import backends
from sitbreak.daemon.commands import bindings
from sitbreak.language import N_, _, said
from sitbreak.ports import Choice, Env, NotViable
from sitbreak.settings.model import Settings

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
        source = backends.choose_source(settings, env, SystemClock(), bus)
        notifiers = backends.notifiers(env, _nothing, _nothing, bus, None)
        found = [
            source,
            notifiers.choice,
            backends.choose_window(env, _nothing, trial=True),
            backends.choose_tray(settings, env, _nothing, bus),
            backends.choose_players(env, bus),
            choose_hotkeys(env, bindings(settings), _nothing, start=False),
            *ContextWatcher(env, bus, backends.context_options(settings)).choices.values(),
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
    choice = backends.choose_window(env, _nothing, trial=True)
    for window in choice.backends:
        window.close(at_once=True)
    return replace(port, limits=(*port.limits, *(refused.reason for refused in choice.refused.values())))


def _nothing(*given: object) -> None:
    """Nobody is told."""

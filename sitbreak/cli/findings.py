"""What `sitbreak doctor` finds out: port by port, by looking only; every thread and connection it opens is closed."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, ClassVar, Protocol

from sitbreak.adapters import autostart, breakwindow, context, notify, tray
from sitbreak.adapters.activity.null import NullSource
from sitbreak.adapters.activity.sources import CANDIDATES as SOURCES
from sitbreak.adapters.activity.sources import builder
from sitbreak.adapters.bus import BusError, BusThread, call
from sitbreak.adapters.choose import AUTO, UnknownBackend, choose
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryDamaged, HistoryReader, HistoryTooNew, HistoryUnwritable
from sitbreak.adapters.history.opening import open_to_read
from sitbreak.adapters.notify.service import reach
from sitbreak.adapters.session.together import CANDIDATES as WATCHERS
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.files import read_regular
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import Paths

BUS = "org.freedesktop.DBus"
NOTIFICATIONS = "org.freedesktop.Notifications"
TRAY_HOST = "org.kde.StatusNotifierWatcher"
LOG_TAIL = 64 * 1024  # bytes of the log that are looked at
TROUBLES_SHOWN = 5
ANSWER_S = 3.0
FOREIGN = {"windows": "win32", "macos": "darwin"}
NULLS = ("null", "none")  # backends that do nothing
NOT_NEEDED = "would work too; one before it was taken"


class Candidate(Protocol):
    """As much of a backend as is asked here."""

    NAME: ClassVar[str]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here."""
        ...


@dataclass(frozen=True, slots=True)
class Other:
    """A backend that is not used: why, and what could be done (may be empty). `foreign`: it is for another system."""

    name: str
    reason: str
    remedy: str = ""
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Port:
    """What one port uses (nothing: empty), with its limits, what was found out beside it, and the others."""

    name: str
    used: tuple[str, ...]
    limits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class FileState:
    """A file: whether it is there, and what is wrong with it."""

    path: str
    exists: bool
    problems: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


def sentence(text: str) -> str:
    """Begins with a capital and ends with a full stop."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) or not text else ".")


# -- ports


def ports(env: Env, settings: Settings) -> list[Port]:
    """Every port, in the order of what matters most."""
    logging.getLogger("sitbreak").addHandler(logging.NullHandler())  # what backends have to say is in the findings
    bus = BusThread()
    try:
        return [
            _activity(env, settings, bus),
            _all_that_work("session", WATCHERS, env),
            _notifications(env, bus),
            _first("break window", breakwindow.CANDIDATES, env),
            _tray(env, settings, bus),
            *_context(env, settings),
        ]
    finally:
        bus.close()


def _activity(env: Env, settings: Settings, bus: BusThread) -> Port:
    """Really opens the source, as only that tells whether it works, and closes it at once."""
    clock, forced, notes = SystemClock(), settings.activity.source, []
    build = builder(clock, bus)
    try:
        choice = choose("activity", SOURCES, env, forced, build=build)
    except UnknownBackend as error:
        notes.append(sentence(f"The settings name an activity source that is not known: {error}"))
        choice = choose("activity", SOURCES, env, build=build)
    if choice.backend is not None:
        choice.backend.close()
    if forced != AUTO:
        notes.append(f"The setting activity.source asks for {forced}.")
    sees = choice.backend is not None and not isinstance(choice.backend, NullSource)
    used = (choice.backend.NAME,) if choice.backend is not None and sees else ()
    others = _others(SOURCES, env, used, choice.refused)
    return Port("activity", used, choice.limits if sees else (), tuple(notes), others)


def _first(name: str, candidates: Sequence[type[Candidate]], env: Env, notes: tuple[str, ...] = ()) -> Port:
    """The first that says it can work."""
    for candidate in candidates:
        verdict = candidate.viable(env)
        if isinstance(verdict, Viable):
            used = (candidate.NAME,)
            return Port(name, used, verdict.limits, notes, _others(candidates, env, used))
    return Port(name, (), (), notes, _others(candidates, env, ()))


def _all_that_work(name: str, candidates: Sequence[type[Candidate]], env: Env, notes: tuple[str, ...] = ()) -> Port:
    """All that say they can work, side by side; one that does nothing only where it is alone."""
    viable = {each.NAME: verdict for each in candidates if isinstance(verdict := each.viable(env), Viable)}
    used = tuple(each for each in viable if each not in NULLS) or tuple(viable)
    limits = tuple(limit for each in used for limit in viable[each].limits)
    return Port(name, used, limits, notes, _others(candidates, env, used))


def _others(
    candidates: Iterable[type[Candidate]], env: Env, used: Sequence[str], refused: Mapping[str, NotViable] | None = None
) -> tuple[Other, ...]:
    found = []
    for each in candidates:
        if each.NAME in (*used, *NULLS):
            continue
        verdict = (refused or {}).get(each.NAME) or each.viable(env)
        if isinstance(verdict, NotViable):
            found.append(Other(each.NAME, verdict.reason, verdict.remedy, _is_foreign(each, env)))
        else:
            found.append(Other(each.NAME, NOT_NEEDED))
    return tuple(found)


def _is_foreign(candidate: type[Candidate], env: Env) -> bool:
    """Whether its module is for another system, by its name."""
    module = candidate.__module__.rpartition(".")[2]
    return any(system in module and env.platform != name for system, name in FOREIGN.items())


def _notifications(env: Env, bus: BusThread) -> Port:
    port = _first("notifications", notify.CANDIDATES, env)
    if env.platform in ("win32", "darwin"):
        return port
    return Port(port.name, port.used, port.limits, (_notification_service(bus),), port.others)


def _notification_service(bus: BusThread) -> str:
    """What answers for notifications, without starting anything."""

    async def ask() -> str:
        session = await bus.session()
        (there,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "NameHasOwner", "s", [NOTIFICATIONS])
        if not there:
            (names,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "ListActivatableNames")
            if NOTIFICATIONS in names:
                return "No notification service is running; one is started with the first note."
            return (
                "There is no notification service; prompts come as a card of our own, or in the terminal. "
                "Install one, such as dunst, for notifications."
            )
        service = await reach(session)
        shown = "shows buttons" if service.buttons else "shows no buttons (a click on the note opens the card)"
        return f"The service is {service.product}; it {shown}. It can: {', '.join(sorted(service.capabilities))}."

    return _asked(bus, ask())


def _tray(env: Env, settings: Settings, bus: BusThread) -> Port:
    port = _first("tray", tray.CANDIDATES, env)
    notes = [] if settings.tray.enabled else ["The setting tray.enabled is off, so there is no icon."]
    if env.platform not in ("win32", "darwin"):
        notes.append(_tray_host(bus))
    return Port(port.name, port.used, port.limits, tuple(notes), port.others)


def _tray_host(bus: BusThread) -> str:
    async def ask() -> str:
        session = await bus.session()
        (there,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "NameHasOwner", "s", [TRAY_HOST])
        if there:
            return "A panel with a tray is running."
        return "No panel with a tray is running, so no icon shows; `sitbreak status` says the same in words."

    return _asked(bus, ask())


def _asked(bus: BusThread, question: Coroutine[Any, Any, str]) -> str:
    try:
        return bus.run(question, ANSWER_S)
    except BusError as error:
        return sentence(f"the session bus does not answer: {error}")


def _context(env: Env, settings: Settings) -> list[Port]:
    allowed = settings.context
    switches = {
        Signal.CALL: ("calls", allowed.calls),
        Signal.MEDIA: ("media", allowed.media),
        Signal.FULLSCREEN: ("fullscreen", allowed.fullscreen),
        Signal.DND: ("dnd", allowed.dnd),
    }
    found = []
    for signal, candidates in context.CANDIDATES.items():
        name, on = switches.get(signal, ("", True))
        notes = () if on else (f"The setting context.{name} is off, so nobody looks.",)
        found.append(_all_that_work(f"context: {signal.value.replace('_', ' ')}", candidates, env, notes))
    return found


# -- files


def history_state(paths: Paths) -> FileState:
    """Its size, its days, and whether SQLite finds it sound."""
    file = paths.history_file
    if not file.exists():
        return FileState(str(file), False)
    try:
        reader = HistoryReader(file)
        days = reader.days()
        reader.facts(date.min, date.max)  # finds what cannot be true
        notices, apart = reader.notices, reader.kept_apart()
        reader.close()
        verdict = _quick_check(file)
    except (HistoryDamaged, HistoryTooNew, HistoryUnwritable) as error:
        return FileState(str(file), True, (str(error),), {"bytes": file.stat().st_size})
    facts: dict[str, object] = {"bytes": file.stat().st_size, "days": len(days)}
    if days:
        facts |= {"first": days[0].isoformat(), "last": days[-1].isoformat()}
    problems = tuple(notices) if verdict == "ok" else (f"SQLite says: {verdict}.", *notices)
    return FileState(str(file), True, problems, {**facts, "sound": verdict == "ok", "kept_apart": apart})


def _quick_check(file: Path) -> str:
    connection = open_to_read(file)
    if connection is None:
        return "ok"
    with closing(connection):
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def log_state(paths: Paths) -> FileState:
    """The last warnings and errors of the log."""
    file = paths.log_file
    try:
        lines = read_regular(file, LOG_TAIL, tail=True).decode(errors="replace").splitlines()
    except FileNotFoundError:
        return FileState(str(file), False)
    except OSError as error:
        return FileState(str(file), True, (f"It cannot be read ({error.strerror}).",))
    troubles = [line for line in lines if any(f" {level} " in line for level in ("WARNING", "ERROR", "CRITICAL"))]
    return FileState(str(file), True, tuple(troubles[-TROUBLES_SHOWN:]))


def autostart_state(env: Env) -> list[str]:
    """What is started at login, and where that is written; empty when nothing is."""
    try:
        return [f"{entry.where}: {command}" for entry in autostart.entries(env) if (command := entry.command())]
    except autostart.AutostartFailed as error:
        return [str(error)]

"""What `sitbreak doctor` finds out beside the choices of the program, by looking only; all that it opens is closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Coroutine, Mapping
from contextlib import closing
from dataclasses import field
from datetime import date, time
from pathlib import Path
from typing import Any

from sitbreak.adapters import autostart
from sitbreak.adapters.bus import BusError, BusThread, call
from sitbreak.adapters.history import HistoryReader
from sitbreak.adapters.history.history_file import open_to_read
from sitbreak.adapters.notify.freedesktop import reach
from sitbreak.cli.devices import known_devices, troubles_of
from sitbreak.core.away_share import foreseen, learn, told_by
from sitbreak.core.frozen import frozen
from sitbreak.core.measured import Held, held_against_seat
from sitbreak.core.rounding import whole
from sitbreak.core.text import NotDone
from sitbreak.core.timeline import DAY_START
from sitbreak.language import N_, _, clause, named, ngettext
from sitbreak.ports import Env
from sitbreak.review import words
from sitbreak.settings.files import read_regular
from sitbreak.settings.paths import Paths

BUS = "org.freedesktop.DBus"
NOTIFICATIONS = "org.freedesktop.Notifications"
TRAY_HOST = "org.kde.StatusNotifierWatcher"
LOG_TAIL = 64 * 1024  # bytes of the log that are looked at
TROUBLES_SHOWN = 5
ANSWER_S = 3.0


@frozen
class FileState:
    """A file: whether it is there, and what is wrong with it."""

    path: str
    exists: bool
    problems: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)


# -- what is asked beside the choices


def services(env: Env) -> dict[str, str]:
    """What answers for notifications and shows tray icons, by port; nothing is started for it."""
    if env.platform in ("win32", "darwin"):
        return {}
    bus = BusThread()
    try:
        return {"notifications": _notification_service(bus), "tray": _tray_host(bus, env)}
    finally:
        bus.close()


def _notification_service(bus: BusThread) -> str:
    """What answers for notifications, without starting anything."""

    async def ask() -> str:
        session = await bus.session()
        (there,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "NameHasOwner", "s", [NOTIFICATIONS])
        if not there:
            (names,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "ListActivatableNames")
            if NOTIFICATIONS in names:
                return _("No notification service is running; one is started with the first note.")
            return _(
                "There is no notification service; prompts come as a card of our own, or in the terminal. Install "
                "one, such as dunst, for notifications."
            )
        service = await reach(session)
        if service.buttons and service.most_buttons:
            text = N_(
                "The service is {product}; it shows {most} buttons at most, while the pointer is on the note; a click "
                "opens the card. It can: {list}."
            )
        elif service.buttons:
            text = N_("The service is {product}; it shows buttons. It can: {list}.")
        elif service.answers:
            text = N_(
                "The service is {product}; it shows no buttons (a click on the note opens the card). It can: {list}."
            )
        else:
            text = N_("The service is {product}; it shows no buttons (the tray icon answers). It can: {list}.")
        able = ", ".join(sorted(service.capabilities))
        return _(text, product=service.product, most=service.most_buttons, list=able)

    return _asked(bus, ask())


def _tray_host(bus: BusThread, env: Env) -> str:
    async def ask() -> str:
        session = await bus.session()
        (there,) = await call(session, BUS, "/org/freedesktop/DBus", BUS, "NameHasOwner", "s", [TRAY_HOST])
        if there:
            return _("A panel with a tray is running.")
        if env.variables.get("WAYLAND_DISPLAY"):
            return _(
                "No panel here shows icons (GNOME has a tray with the AppIndicator extension). Choose sitbreak among "
                "your programs to open Today."
            )
        return _("No panel takes StatusNotifier icons; a tray of the older kind (XEMBED) is used where there is one.")

    return _asked(bus, ask())


def _asked(bus: BusThread, question: Coroutine[Any, Any, str]) -> str:
    try:
        return bus.run(question, ANSWER_S)
    except BusError as error:
        return _("The session bus does not answer: {error}.", error=clause(str(error)))


# -- files


def history_state(paths: Paths, day_start: time = DAY_START) -> FileState:
    """Its size, its days, and whether SQLite finds it sound."""
    file = paths.history_file
    if not file.exists():
        return FileState(str(file), False)
    try:
        reader = HistoryReader(file)
        days = reader.days()
        kept = reader.facts(date.min, date.max)  # finds what cannot be true
        told = told_by(reader.answers())
        right, of = foreseen(told)
        held = held_against_seat(kept, learn(told), day_start)
        notices, apart = reader.notices, reader.kept_apart()
        reader.close()
        verdict = _quick_check(file)
        notices = [*notices, *troubles_of([device for device, *_rest in known_devices(file)])]
    except NotDone as error:
        return FileState(str(file), True, (str(error),), {"bytes": file.stat().st_size})
    facts: dict[str, object] = {"bytes": file.stat().st_size, "days": len(days)}
    if days:
        facts |= {"first": days[0].isoformat(), "last": days[-1].isoformat()}
    facts["estimate"] = words.foreseen(right, of)
    facts["measured"] = "" if held is None else against_seat(held)
    problems = tuple(notices) if verdict == "ok" else (_("SQLite says: {verdict}.", verdict=verdict), *notices)
    return FileState(str(file), True, problems, {**facts, "sound": verdict == "ok", "kept_apart": apart})


def against_seat(held: Held) -> str:
    """How far the estimate lies from what a seat sensor measured: "On 12 measured days it was 6 min a day low"."""
    minutes = whole(abs(held.minutes))
    if not minutes:
        return ngettext(
            "On {count} measured day the estimate was right to the minute.",
            "On {count} measured days the estimate was right to the minute, on average.",
            held.days,
        )
    if held.minutes < 0:
        return ngettext(
            "On {count} measured day the estimate was {minutes} min low.",
            "On {count} measured days the estimate was {minutes} min a day low.",
            held.days,
            minutes=minutes,
        )
    return ngettext(
        "On {count} measured day the estimate was {minutes} min high.",
        "On {count} measured days the estimate was {minutes} min a day high.",
        held.days,
        minutes=minutes,
    )


def _quick_check(file: Path) -> str:
    connection = open_to_read(file)
    if connection is None:
        return "ok"
    with closing(connection):
        try:
            return str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            return str(error)


def log_lines(paths: Paths) -> list[str]:
    """The last lines of the log. Raises OSError."""
    return read_regular(paths.log_file, LOG_TAIL, tail=True).decode(errors="replace").splitlines()


def log_state(paths: Paths) -> FileState:
    """The last warnings and errors of the log."""
    file = paths.log_file
    try:
        lines = log_lines(paths)
    except FileNotFoundError:
        return FileState(str(file), False)
    except OSError as error:
        return FileState(str(file), True, (_("It cannot be read ({strerror}).", strerror=error.strerror),))
    troubles = [line for line in lines if any(f" {level} " in line for level in ("WARNING", "ERROR", "CRITICAL"))]
    return FileState(str(file), True, tuple(troubles[-TROUBLES_SHOWN:]))


def autostart_state(env: Env) -> list[str]:
    """What is started at login, and where that is written; empty when nothing is."""
    try:
        return [named(entry.where, command) for entry in autostart.entries(env) if (command := entry.command())]
    except NotDone as error:
        return [str(error)]

"""`sitbreak doctor`: what works here, what does not and why, and what to do about it."""

from __future__ import annotations

import argparse
import logging
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, replace
from datetime import date
from typing import TextIO

from sitbreak import __version__
from sitbreak.cli.client import NotRunning, ask
from sitbreak.cli.doctor_findings import FileState, autostart_state, history_state, log_lines, log_state, services
from sitbreak.cli.output import complain, say, say_json, show_table, wrapped
from sitbreak.core.frozen import frozen
from sitbreak.daemon.backends import NOT_NEEDED, Port, looked, read, tried
from sitbreak.language import N_, _, clauses, comma_list, named, ngettext, paragraph, sentence
from sitbreak.ports import Env
from sitbreak.review.dates import date_range
from sitbreak.settings.load import load
from sitbreak.settings.paths import Paths, find_paths

# What the program at work tells of itself, by its keys in `--json`.
AT_WORK = (N_("display"), N_("prompts from"), N_("settings that wait for the next start"), N_("troubles"))
# Written to the documentation of these systems and tested with stand-ins only.
UNTRIED = (
    N_("Windows: activity, session lock and sleep, tray, notifications, autostart"),
    N_("macOS: activity, session lock and sleep, tray, notifications, autostart"),
)
SESSION_VARIABLES = (
    "XDG_SESSION_TYPE",
    "XDG_CURRENT_DESKTOP",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "DBUS_SESSION_BUS_ADDRESS",
    "XDG_RUNTIME_DIR",
    "SITBREAK_HOME",
)
LOG_SHOWN = 40  # lines
BLIND = N_(
    "Nothing can see activity here, so nothing is counted and no prompt comes. Run it inside your "
    "desktop session; the reasons are above."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("doctor")
    parser.add_argument("--json", action="store_true", help=_("everything, exactly, for other programs"))
    parser.add_argument("--log", action="store_true", help=_("only the last lines of the program's log"))
    parser.set_defaults(run=run)


@frozen
class Running:
    """The program at work: its first line, or why none answers; why it is blind (empty: it sees); what it uses.

    `ports`: its own choices, which count for more than what this command would choose.
    """

    running: bool
    note: str
    blind: str = ""
    not_counted: str = ""
    backends: Mapping[str, object] = field(default_factory=dict)
    ports: Sequence[Port] = ()


@frozen
class Findings:
    """All there is to say; its fields are the keys of `--json`."""

    sees_activity: bool
    version: str
    python: str
    system: str
    running: Running
    session: Mapping[str, str]
    ports: Sequence[Port]
    settings: FileState
    history: FileState
    log: FileState
    autostart: Sequence[str]
    not_tried_yet: Sequence[str] = UNTRIED


def run(args: argparse.Namespace) -> int:
    """Looks and tells; returns 1 when nothing can see activity, else 0."""
    if args.log:
        return _log(find_paths())
    found = examine(Env(sys.platform, dict(os.environ)), find_paths())
    if args.json:
        say_json(asdict(found))
    else:
        show(found, sys.stdout)
    return 0 if found.sees_activity else 1


def _log(paths: Paths) -> int:
    """Prints the end of the log; returns 1 when there is none to be read."""
    try:
        say(*log_lines(paths)[-LOG_SHOWN:])
    except FileNotFoundError:
        complain(_("There is no log yet; once sitbreak has run it is {log_file}.", log_file=paths.log_file))
        return 1
    except OSError as error:
        complain(_("The log {log_file} cannot be read ({strerror}).", log_file=paths.log_file, strerror=error.strerror))
        return 1
    return 0


def examine(env: Env, paths: Paths) -> Findings:
    """All findings. What a running program sees counts for more than what this command could see."""
    loaded, running = load(paths.config_file), _running()
    logging.getLogger("sitbreak").addHandler(logging.NullHandler())  # what backends have to say is in the findings
    beside = services(env)
    found = [
        replace(port, notes=(beside[port.name],)) if port.name in beside else port
        for port in [tried(port, env) for port in running.ports] or looked(env, loaded.settings)
    ]
    could_see = any(port.name == "activity" and port.used for port in found)
    return Findings(
        sees_activity=not running.blind if running.running else could_see,
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(),
        running=replace(running, ports=()),
        session={name: env.variables[name] for name in SESSION_VARIABLES if env.variables.get(name)},
        ports=found,
        settings=FileState(str(paths.config_file), paths.config_file.is_file(), tuple(map(str, loaded.problems))),
        history=history_state(paths, loaded.settings.day.start),
        log=log_state(paths),
        autostart=autostart_state(env),
    )


def _running() -> Running:
    """What the program at work says of itself."""
    try:
        status = ask({"do": "status"})
        backends = ask({"do": "doctor"}).get("backends")
    except NotRunning as error:
        return Running(False, str(error))
    told = dict(backends) if isinstance(backends, dict) else {}
    ports = read(told.pop("ports", ()))
    note, blind, not_counted = (str(status.get(name, "")) for name in ("first_line", "blind", "not_counted"))
    return Running(True, note, blind, not_counted, told, ports)


# -- in words


def show(found: Findings, out: TextIO) -> None:
    """The verdict, then the findings as tables."""
    say(wrapped(verdict(found)) + "\n", to=out)
    show_table(out, _("This sitbreak"), _program(found))
    show_table(out, _("Used here"), [row for port in found.ports for row in _used(port)])
    show_table(out, _("Not used, and why"), [row for port in found.ports for row in _unused(port)])
    show_table(out, _("Files"), _files(found))
    show_table(out, _("Not tried on a real machine yet"), [(_(each),) for each in found.not_tried_yet])
    if not found.sees_activity:
        say(wrapped(_(BLIND)), to=out)


def verdict(found: Findings) -> str:
    """How it stands, in a line: whether it runs and sees, and what it has to do without."""
    if found.running.running and found.running.blind:
        first = _("sitbreak runs but sees no activity, so nothing is counted.")
    elif found.running.running:
        first = _("sitbreak runs and sees when you are active.")
    elif found.sees_activity:
        first = _("sitbreak does not run; all it needs is here, and `sitbreak run` starts it.")
    else:
        first = _("sitbreak does not run, and nothing here can see activity.")
    without = [
        port.title
        for port in found.ports
        if not port.used and any(not each.foreign and each.reason != NOT_NEEDED for each in port.others)
    ]
    return paragraph(first, _("It does without: {list}.", list=comma_list(without)) if without else "")


def _program(found: Findings) -> list[tuple[str, str]]:
    running = found.running
    here = comma_list(f"{name}={value}" for name, value in found.session.items())
    rows = [
        (
            _("version"),
            _("{version}, Python {python}, {system}", version=found.version, python=found.python, system=found.system),
        ),
        (_("running"), _("yes: {note}", note=running.note) if running.running else _("no: {note}", note=running.note)),
        (_("session"), here or _("nothing of a desktop session")),
    ]
    if running.blind:
        rows.append((_("blind"), sentence(running.blind)))
    if running.not_counted:
        rows.append((_("does not count"), running.not_counted))
    rows += [
        (_("at work: {port}", port=_(port) if port in AT_WORK else port), str(name))
        for port, name in running.backends.items()
    ]
    return [
        *rows,
        (_("at login"), clauses(found.autostart) or _("not started; `sitbreak autostart on` changes that")),
    ]


def _used(port: Port) -> list[tuple[str, str, str]]:
    """A port's name, what it uses, and a line for each limit and note."""
    lines = [*map(sentence, port.notes), *map(sentence, port.limits)]
    first, rest = (lines[0], lines[1:]) if lines else ("", [])
    return [(port.title, ", ".join(port.used) or _("nothing"), first), *(("", "", line) for line in rest)]


def _unused(port: Port) -> list[tuple[str, str, str]]:
    """A line for each; those for other systems, and those that are merely not needed, share one."""
    spare = [each.name for each in port.others if each.reason == NOT_NEEDED]
    foreign = [each.name for each in port.others if each.reason != NOT_NEEDED and each.foreign]
    rows = []
    for each in port.others:
        if each.name not in (*spare, *foreign):
            rows.append((each.name, paragraph(sentence(each.reason), sentence(each.remedy))))
    rows += [(", ".join(spare), sentence(_(NOT_NEEDED)))] if spare else []
    rows += [(", ".join(foreign), _("For other systems than this one."))] if foreign else []
    return [(port.title if number == 0 else "", *row) for number, row in enumerate(rows)]


def _files(found: Findings) -> list[tuple[str, str, str]]:
    rows = []
    files = ((N_("settings"), found.settings), (N_("history"), found.history), (N_("log"), found.log))
    for name, state in files:
        health = _("not there yet") if not state.exists else _("look:") if state.problems else _("fine")
        rows.append((_(name), health, _told(state)))
        rows += [("", "", problem) for problem in state.problems]
    facts = found.history.facts
    rows += [(_(name), "", str(facts[name])) for name in (N_("estimate"), N_("measured")) if facts.get(name)]
    return rows


def _told(state: FileState) -> str:
    """The path, and of the history what is in it."""
    facts = state.facts
    if "days" not in facts:
        return state.path
    told = [ngettext("{count} day", "{count} days", int(str(facts["days"])))]
    if "first" in facts:
        told.append(date_range(*(date.fromisoformat(str(facts[end])) for end in ("first", "last"))))
    told.append(_("{megabytes:.1f} MB", megabytes=int(str(facts["bytes"])) / 1000000))
    if apart := int(str(facts["kept_apart"])):
        told.append(ngettext("{count} damaged record kept apart", "{count} damaged records kept apart", apart))
    return named(state.path, comma_list(told))

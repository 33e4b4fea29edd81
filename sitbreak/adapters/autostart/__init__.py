"""Starting at login, by an entry that the desktop, systemd, launchd or Windows reads, and which of them is used here.

Nothing is entered unasked.
"""

from __future__ import annotations

import os
import shlex

from sitbreak.adapters.autostart.entry import AutostartEntry, AutostartFailed, program_command
from sitbreak.adapters.autostart.linux import DesktopEntry, SystemdUnit
from sitbreak.adapters.autostart.windows_macos import LaunchAgent, RunKey
from sitbreak.adapters.choose import choose_all
from sitbreak.language import _, paragraph
from sitbreak.ports import Choice, Env

__all__ = [
    "AutostartEntry",
    "AutostartFailed",
    "choose_entry",
    "entries",
    "is_on",
    "mend",
    "program_command",
    "put",
    "turn_off_all",
]


CANDIDATES: tuple[type[DesktopEntry | SystemdUnit | LaunchAgent | RunKey], ...] = (
    DesktopEntry,
    SystemdUnit,
    LaunchAgent,
    RunKey,
)


def _choice(env: Env) -> Choice[AutostartEntry]:
    return choose_all("start at login", CANDIDATES, env, build=lambda candidate: candidate(env))


def entries(env: Env) -> tuple[AutostartEntry, ...]:
    """Every way that can work here, the usual one first."""
    return _choice(env).backends


def choose_entry(env: Env, name: str = "") -> AutostartEntry:
    """The way of that name, or the usual one. Raises AutostartFailed when it cannot work here."""
    found = _choice(env)
    for entry in found.backends:
        if name in ("", entry.NAME):
            return entry
    if name in found.refused:
        raise AutostartFailed(paragraph(found.refused[name].reason, found.refused[name].remedy))
    raise AutostartFailed(_("No way of starting at login is known here; start `sitbreak run` by a script of yours."))


def turn_off_all(env: Env, but: AutostartEntry | None = None) -> None:
    """Turns off every way, except one, so that nothing is started twice. Raises AutostartFailed."""
    for entry in entries(env):
        if but is None or entry.NAME != but.NAME:
            entry.turn_off()


def is_on(env: Env) -> bool:
    """Whether something starts sitbreak at login: what is written there decides, whatever a setting says.

    Raises AutostartFailed when an entry cannot be read.
    """
    return any(entry.command() is not None for entry in entries(env))


def put(env: Env, on: bool, name: str = "") -> None:
    """Has it started at login, by the way of that name or the usual one, or by none. Raises AutostartFailed."""
    if not on:
        turn_off_all(env)
        return
    entry = choose_entry(env, name)
    turn_off_all(env, but=entry)
    entry.turn_on(program_command())


def mend(env: Env) -> None:
    """Where the program of an entry is gone, of a checkout that was moved say, this one is started from now on.

    Raises AutostartFailed.
    """
    for entry in entries(env):
        command = entry.command()
        if command is not None and _gone(command):
            entry.turn_on(program_command())


def _gone(command: str) -> bool:
    """Whether the program in a line of an entry or a unit is not there; one that is quoted oddly is left alone."""
    words = [] if "\\" in command else [word.replace("%%", "%") for word in shlex.split(command)]
    program = next((word for word in words if word != "/usr/bin/env"), "")
    return os.path.isabs(program) and not os.path.exists(program)

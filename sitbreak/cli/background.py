"""Starting the program so that it outlives its terminal, and starting it anew: `run --background` and `restart`."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from sitbreak.cli.client import NotRunning, ask
from sitbreak.cli.output import complain, say
from sitbreak.core.prompt_states import Hold
from sitbreak.daemon.single_instance import AlreadyRunning, hold
from sitbreak.language import N_, _
from sitbreak.settings.installation import apart, self_command
from sitbreak.settings.paths import find_paths

if TYPE_CHECKING:
    from argparse import _SubParsersAction

BEGUN_WITHIN_S, ENDED_WITHIN_S = 20.0, 10.0
LOOK_S = 0.1
RUNS = N_("sitbreak runs in the background; `sitbreak status` tells how it is doing.")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `restart`."""
    parser = subparsers.add_parser("restart", help=_("end the running program and start it again, in the background"))
    parser.set_defaults(run=restart)


def restart(args: argparse.Namespace) -> int:
    """Ends the program, if one runs, and starts it; the exit code is that of the start, or 1 when it does not end."""
    if not end():
        complain(
            _(
                "The program that runs did not end within {ended_within_s:g} s; nothing was started.",
                ended_within_s=ENDED_WITHIN_S,
            )
        )
        return 1
    return start()


def end() -> bool:
    """Ends the program; whether none runs any more, soon enough."""
    try:
        ask({"do": "stop"})
    except NotRunning:
        return True
    return _within(ENDED_WITHIN_S, _free)


def left_behind(display: str) -> bool:
    """Whether the program runs for another display than this, and that session is over or not in front any more.

    It sees nothing then, or it is locked; whoever logs in again is at this display.
    """
    try:
        status = ask({"do": "status"})
        holds = status.get("holds")
        if not (status.get("blind") or (isinstance(holds, list) and Hold.LOCK in holds)):
            return False
        at_work = ask({"do": "doctor"}).get("backends")
    except NotRunning:
        return False
    return isinstance(at_work, dict) and at_work.get("display", display) != display


def start(record: Path | None = None) -> int:
    """Starts the program in a session of its own and waits until it answers; what it says on the way is passed on.

    Returns 0 once it answers, else the exit code it ended with, or 1 when it did neither in time.
    """
    words = self_command("run", *(["--record", str(record)] if record else []))
    if _answers():
        return subprocess.run(words, check=False).returncode  # it says what is wrong with that, and how to go on
    nowhere = subprocess.DEVNULL
    with tempfile.TemporaryFile() as told:  # a pipe would break under the program once we are gone
        child = subprocess.Popen(words, stdin=nowhere, stdout=nowhere, stderr=told, **apart())
        if not _within(BEGUN_WITHIN_S, lambda: child.poll() is not None or _answers()):
            complain(
                _(
                    "It was started and does not answer after {begun_within_s:g} s; `sitbreak doctor` may tell why.",
                    begun_within_s=BEGUN_WITHIN_S,
                )
            )
            return 1
        if child.poll() is None:
            say(_(RUNS))
            child.returncode = 0  # it goes on without us, and nobody is to wait for it
            return 0
        told.seek(0)
        say(told.read().decode(errors="replace").strip(), to=sys.stderr)
        return child.returncode


def _free() -> bool:
    """Whether the locks of the program are free: it answers no more some moments before it has written its books."""
    try:
        for lock in hold(find_paths()):
            lock.release()
    except AlreadyRunning:
        return False
    return True


def _answers() -> bool:
    try:
        ask({"do": "status"}, within_s=1.0)
    except NotRunning:
        return False
    return True


def _within(limit_s: float, so: Callable[[], bool]) -> bool:
    """Whether it is so before the limit; looked at ten times a second."""
    pause = Event()
    for __ in range(round(limit_s / LOOK_S)):
        if so():
            return True
        pause.wait(LOOK_S)
    return so()

"""`sitbreak run` and `restart`: the program in the tray, or beside its terminal; with no display, what to do."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from sitbreak.boundary import Failure, attempt
from sitbreak.cli.client import NotRunning, ask, tell
from sitbreak.cli.output import complain, say
from sitbreak.core.prompt_states import Hold
from sitbreak.core.text import NotDone
from sitbreak.daemon.single_instance import AlreadyRunning, hold
from sitbreak.language import N_, _
from sitbreak.ports import Env
from sitbreak.settings.installation import apart, self_command
from sitbreak.settings.paths import find_paths

if TYPE_CHECKING:
    from argparse import _SubParsersAction

NO_DISPLAY = N_(
    "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so there is nobody to watch; "
    "run it inside your desktop session."
)
IN_TERMINAL = N_(
    "There is no display here: sitbreak sees when you type in your terminals, to about 8 seconds, and writes its "
    "reminders there. `sitbreak answer start` takes one, `sitbreak stop` or Ctrl+C ends it."
)
UNTIL_CLOSED = N_(
    "It runs until this terminal is closed, or Ctrl+C; `sitbreak run --background` goes on without the terminal."
)
# Of sysexits.h: the service is started again after these, and not after 1 and 2.
CRASHED = 70  # EX_SOFTWARE
LATER = 75  # EX_TEMPFAIL
BEGUN_WITHIN_S, ENDED_WITHIN_S = 20.0, 10.0
LOOK_S = 0.1
RUNS = N_("sitbreak runs in the background; `sitbreak status` tells how it is doing.")


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `run` and `restart`."""
    subparsers.add_parser("restart").set_defaults(run=restart)
    parser = subparsers.add_parser("run")
    parser.add_argument("--record", metavar=_("LOG"), type=Path, help=_("write an event log (kinds and seconds only)"))
    parser.add_argument("--window", action="store_true", help=_("open Today, also where it runs already"))
    parser.add_argument("--background", action="store_true", help=_("go on when the terminal is closed"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs until stopped; returns 1 when it runs already, 2 when something must be put right first, 75 for later."""
    env = Env(sys.platform, os.environ)
    if sys.platform == "linux" and not env.display and not env.in_terminal:
        return _without_display()
    if env.in_terminal:
        say(_(IN_TERMINAL), to=sys.stderr)
    elif left_behind(env.display) and end():
        say(_("The sitbreak of your other session has ended; it goes on here."), to=sys.stderr)
    if args.background:
        return in_background(args.record)
    if not env.in_terminal and sys.stderr is not None and sys.stderr.isatty():
        say(_(UNTIL_CLOSED), to=sys.stderr)
    return _start(args.record, args.window)


def _without_display() -> int:
    """Says so, and shows a newcomer what the program does; a service gets the sentence alone, and is not restarted."""
    complain(_(NO_DISPLAY))
    if os.environ.get("INVOCATION_ID"):  # systemd sets it for what it starts
        return 2
    say(_("Meanwhile, here is what it does:") + "\n", to=sys.stderr)
    from sitbreak.cli.recorded_day import show

    return show(seconds=20.0)


def _start(record: Path | None, window: bool) -> int:
    from sitbreak.adapters.memory_saving import load_lean, one_arena

    load_lean()
    one_arena()
    from sitbreak.adapters.clock import SystemClock
    from sitbreak.adapters.history import HistoryUnwritable
    from sitbreak.daemon.bootstrap import start
    from sitbreak.daemon.logfile import CrashNote
    from sitbreak.settings.installation import sharp

    sharp()  # before the first window, hidden ones count
    ran = attempt(lambda: start(find_paths(), record, window=window))
    if not isinstance(ran, Failure):
        return 0 if ran else CRASHED
    match ran.error:
        case AlreadyRunning() if window:
            return tell(ask({"do": "today"}))
        case HistoryUnwritable():  # a full disk, say
            complain(_("{ran} It cannot start without its books.", ran=ran))
            return LATER
        case NotDone():
            raise ran.error
        case OSError():
            raise NotDone(ran)
    CrashNote(find_paths().crash_file).keep(ran.error, SystemClock().now())  # the service is to restart it
    complain(_("It crashed, which it should not; the log has the details."))
    return CRASHED


# -- beside the terminal


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
    return in_background()


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


def in_background(record: Path | None = None) -> int:
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

"""`sitbreak run`: the program in the tray; with no display, the demo and what to do."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.boundary import Failure, attempt
from sitbreak.cli.output import complain, say
from sitbreak.language import N_, _
from sitbreak.ports import Env

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


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("run", help=_("start sitbreak in the tray"))
    parser.add_argument("--record", metavar=_("LOG"), type=Path, help=_("write an event log (kinds and seconds only)"))
    parser.add_argument("--window", action="store_true", help=_("open Today, also where it runs already"))
    parser.add_argument("--background", action="store_true", help=_("go on when the terminal is closed"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs until stopped; returns 1 when it runs already, 2 when something must be put right first, 75 for later."""
    env = Env(sys.platform, os.environ)
    if sys.platform == "linux" and not env.display and not env.in_terminal:
        return _without_display()
    from sitbreak.cli import background

    if env.in_terminal:
        say(_(IN_TERMINAL), to=sys.stderr)
    elif background.left_behind(env.display) and background.end():
        say(_("The sitbreak of your other session has ended; it goes on here."), to=sys.stderr)
    if args.background:
        return background.start(args.record)
    if not env.in_terminal and sys.stderr is not None and sys.stderr.isatty():
        say(_(UNTIL_CLOSED), to=sys.stderr)
    return _start(args.record, args.window)


def _without_display() -> int:
    """Says so, and shows a newcomer what the program does; a service gets the sentence alone, and is not restarted."""
    complain(_(NO_DISPLAY))
    if os.environ.get("INVOCATION_ID"):  # systemd sets it for what it starts
        return 2
    say(_("Meanwhile, here is what it does:") + "\n", to=sys.stderr)
    from sitbreak.cli.demo import show

    return show(seconds=20.0)


def _start(record: Path | None, window: bool) -> int:
    from sitbreak.adapters.memory_use import one_arena, without_tls

    without_tls()
    one_arena()
    from sitbreak.adapters.clock import SystemClock
    from sitbreak.adapters.history import HistoryTooNew, HistoryUnwritable
    from sitbreak.adapters.movement_catalogue import CatalogueDamaged
    from sitbreak.daemon.bootstrap import start
    from sitbreak.daemon.logfile import CrashNote
    from sitbreak.daemon.single_instance import AlreadyRunning
    from sitbreak.settings.installation import sharp
    from sitbreak.settings.paths import FolderUnusable, find_paths

    sharp()  # before the first window, hidden ones count
    ran = attempt(lambda: start(find_paths(), record, window=window))
    if not isinstance(ran, Failure):
        return 0 if ran else CRASHED
    match ran.error:
        case AlreadyRunning():
            if window:
                from sitbreak.cli.client import send

                return send({"do": "today"})
            complain(ran.error)
            return 1
        case FolderUnusable() | HistoryTooNew() | CatalogueDamaged() | OSError():
            complain(ran.error)
            return 2
        case HistoryUnwritable():  # a full disk, say
            complain(_("{ran} It cannot start without its books.", ran=ran))
            return LATER
    CrashNote(find_paths().crash_file).keep(ran.error, SystemClock().now())  # the service is to restart it
    complain(_("It crashed, which it should not; the log has the details."))
    return CRASHED

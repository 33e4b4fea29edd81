"""`sitbreak run`: the program in the tray; with no display, the demo and what to do."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import _SubParsersAction

NO_DISPLAY = (
    "sitbreak: There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so there is nobody to watch; "
    "run it inside your desktop session. Meanwhile, here is what it does:\n"
)


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("run", help="start sitbreak in the tray")
    parser.add_argument("--record", metavar="LOG", type=Path, help="write an event log (kinds and seconds only)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs until stopped; returns 1 when it runs already, 2 when something must be put right first."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        print(NO_DISPLAY, file=sys.stderr)
        from sitbreak.cli import demo

        return demo.show(seconds=20.0)
    return _start(args.record)


def _start(record: Path | None) -> int:
    from sitbreak.adapters.catalogue import CatalogueDamaged
    from sitbreak.adapters.history import HistoryTooNew
    from sitbreak.daemon.bootstrap import AlreadyRunning, start
    from sitbreak.settings.paths import FolderUnusable, find_paths

    try:
        start(find_paths(), record)
    except AlreadyRunning as error:
        print(f"sitbreak: {error}", file=sys.stderr)
        return 1
    except (FolderUnusable, HistoryTooNew, CatalogueDamaged, OSError) as error:
        print(f"sitbreak: {error}", file=sys.stderr)
        return 2
    return 0

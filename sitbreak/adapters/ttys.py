"""The terminals this user has open on Linux, and when something was last typed in each; never what.

The kernel keeps the time of reading from a terminal in steps of 8 s, so that nobody learns the rhythm of the keys.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from glob import iglob
from pathlib import Path
from typing import NamedTuple

PLACES = ("/dev/pts/[0-9]*", "/dev/tty[0-9]*")  # of ssh, tmux and the like; consoles
STEP = timedelta(seconds=8)


class UsedTerminal(NamedTuple):
    """Where it is, and when a key was last read from it, rounded down to STEP."""

    path: Path
    typed: datetime


def own_terminal() -> bool:
    """Whether the program writes its errors to a terminal."""
    return sys.stderr is not None and not sys.stderr.closed and sys.stderr.isatty()


def last_used(places: Sequence[str] = PLACES) -> UsedTerminal | None:
    """The one in which something was typed last; None where this user has none open."""
    return max(_of_user(places), key=lambda each: each.typed, default=None)


def _of_user(places: Sequence[str]) -> Iterator[UsedTerminal]:
    for place in places:
        for name in iglob(place):
            try:
                state = os.stat(name)
            except OSError:
                continue  # closed meanwhile
            if state.st_uid == os.getuid():
                yield UsedTerminal(Path(name), datetime.fromtimestamp(state.st_atime, UTC))

"""The screen lock by the locker that runs: small lockers (i3lock, swaylock, slock) tell nobody on any bus.

Only programs count that run while the screen is locked and at no other time; of what runs only the names are read.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from sitbreak.adapters.processes import LinuxPrograms
from sitbreak.adapters.session.edges import SessionEdges
from sitbreak.ports import Env, NotViable, Post, Viable

log = logging.getLogger(__name__)

LOCKERS = frozenset(
    {"i3lock", "swaylock", "gtklock", "waylock", "hyprlock", "xsecurelock", "slock", "xtrlock", "physlock", "vlock"}
)
# Desktops whose own lock says so on a bus; there nothing is looked for.
TELL = frozenset({"gnome", "kde", "xfce", "mate", "x-cinnamon", "cinnamon", "budgie", "unity", "lxqt"})
# Seconds between looks: before a lull can be found the hands rest for 10 s at least.
STEP_S = 8.0


class LockerWatcher:
    """Posts Locked while one of LOCKERS runs. `runs` tells whether one does; an OSError of it is no lock."""

    NAME: ClassVar[str] = "lockers"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux, where the desktop does not tell of its lock itself."""
        if env.platform != "linux":
            return NotViable("lockers are looked for on Linux only")
        desktops = set(env.variables.get("XDG_CURRENT_DESKTOP", "").lower().split(":"))
        return NotViable("this desktop tells of its lock itself") if desktops & TELL else Viable()

    def __init__(self, runs: Callable[[], bool] | None = None, step_s: float = STEP_S) -> None:
        self._runs = runs if runs is not None else partial(LinuxPrograms().any_of, LOCKERS)
        self._step_s = step_s
        self._closing = threading.Event()
        self._failed = False
        self._thread: threading.Thread | None = None

    def start(self, post: Post) -> None:
        """Begins to look, on a thread of its own."""
        self._closing.clear()
        self._thread = threading.Thread(target=self._run, args=(SessionEdges(post),), name="lockers", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stops looking."""
        self._closing.set()

    def _run(self, edges: SessionEdges) -> None:
        while True:
            edges.locked(self.NAME, self._locked())
            if self._closing.wait(self._step_s):
                return

    def _locked(self) -> bool:
        try:
            found, self._failed = self._runs(), False
        except OSError as error:
            if not self._failed:  # told once, however often it is met
                log.info("the programs that run cannot be listed: %s", error)
            self._failed = True
            return False
        return found

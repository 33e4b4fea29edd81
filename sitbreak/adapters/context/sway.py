"""Sway: full screen of the focused window, by events; and apps that keep the screen awake, by a slow look.

Sway announces no idle inhibitors (`get_tree` names them, no event does), hence the look.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from contextlib import closing
from typing import ClassVar

from sitbreak.adapters.context.edges import Begun
from sitbreak.adapters.context.probe import PipeProbe, SlowProbe, Wiring
from sitbreak.adapters.context.swayipc import SwaySocket, app_of, windows
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable

# The other changes of a window (title, mark, urgent, floating) do not change what fills the screen.
RELEVANT = frozenset({"new", "close", "focus", "fullscreen_mode", "move", "init", "empty"})


def _viable(env: Env) -> Viable | NotViable:
    told = env.variables
    early = told.get("WAYLAND_DISPLAY") and told.get("XDG_CURRENT_DESKTOP", "sway") in ("", "sway")
    if told.get("SWAYSOCK") or early:
        return Viable()
    return NotViable("This is not a sway session.")


def socket_of(env: Env) -> str:
    """Where sway listens; started before sway, or before it was restarted, nobody told us. Raises OSError."""
    named = env.variables.get("SWAYSOCK", "")
    if os.path.exists(named):
        return named
    folder = env.variables.get("XDG_RUNTIME_DIR", "/nonexistent")
    found = glob.glob(os.path.join(glob.escape(folder), "sway-ipc.*.sock"))
    if not found:
        raise FileNotFoundError("sway is not running")
    return max(found, key=os.path.getmtime)


def _connect(wiring: Wiring) -> SwaySocket:
    return SwaySocket(socket_of(wiring.env))


class SwayFullscreen(PipeProbe):
    """Follows focus and full-screen mode."""

    NAME: ClassVar[str] = "fullscreen-sway"
    SIGNAL: ClassVar[Signal] = Signal.FULLSCREEN

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """In a sway session."""
        return _viable(env)

    def attempt(self) -> None:
        """Looks at the tree, and again at each event that may have changed it."""
        with closing(_connect(self.wiring)) as events, closing(_connect(self.wiring)) as questions:
            events.subscribe("window", "workspace")
            self._look(questions)
            while not self.worker.ending.is_set():
                if self.pipe.wait(events.fileno()) and events.read().get("change") in RELEVANT:
                    self._look(questions)

    def _look(self, questions: SwaySocket) -> None:
        tree = windows(questions.tree())
        self.hold([app_of(node) for node in tree if node.get("focused") and node.get("fullscreen_mode")])
        self.worker.works()


class SwayMedia(SlowProbe):
    """Apps that inhibit idling."""

    NAME: ClassVar[str] = "media-sway"
    SIGNAL: ClassVar[Signal] = Signal.MEDIA

    def __init__(self, wiring: Wiring) -> None:
        super().__init__(wiring)
        self._begun = Begun()

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """In a sway session."""
        return _viable(env)

    def look(self) -> Sequence[str]:
        """The apps whose windows inhibit idling since we watch."""
        with closing(_connect(self.wiring)) as questions:
            found = {(node["id"], app_of(node)) for node in windows(questions.tree()) if node.get("inhibit_idle")}
        begun = set(self._begun.look(found))
        return [name for number, name in sorted(found) if (number, name) in begun]

"""Input through pynput's listeners, made to behave: the second choice under X11; elsewhere when the settings say so.

The listeners' callbacks do nothing but stamp a kind with a time: a slow hook is dropped by Windows, and a callback that
raises ends its listener. Which key, which button and where the pointer is never leave the callback's arguments.
"""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from sitbreak.adapters.activity.last_input import MacOSSource, WindowsSource
from sitbreak.adapters.pynput_listener import ListenerUnusable, ended, listener, started
from sitbreak.core.events import InputKind
from sitbreak.core.timeline import Instant
from sitbreak.language import _
from sitbreak.ports import ActivitySource, Clock, Env, NotViable, Observed, SourceUnreadable, Viable
from sitbreak.settings.installation import how_to_get


class Stamps:
    """Takes stamps from any thread; small, whatever the event rate."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._first: dict[InputKind, Instant] = {}
        self._last: dict[InputKind, Instant] = {}
        self.newest: Instant | None = None  # of all that was ever stamped

    def stamp(self, kind: InputKind) -> None:
        """There was such an input just now."""
        with self._lock:
            now = self._clock.now()
            self._first.setdefault(kind, now)
            self._last[kind] = now
            self.newest = now

    def take(self) -> list[Observed]:
        """The stamps since the last take, oldest first."""
        with self._lock:
            pairs = {*self._first.items(), *self._last.items()}
            self._first.clear()
            self._last.clear()
        return sorted((Observed(kind, at) for kind, at in pairs), key=lambda seen: seen.at.elapsed)


class Listeners:
    """A mouse listener and, except on macOS, where it traps, a keyboard listener. Raises SourceUnreadable."""

    def __init__(self, stamps: Stamps) -> None:
        try:
            self._threads = _made(stamps)
        except ListenerUnusable as error:
            raise SourceUnreadable(str(error)) from error
        if not started(*self._threads):
            self.close()
            raise SourceUnreadable(_("The input listeners could not be started."))

    def alive(self) -> bool:
        """Whether all of them still listen."""
        return all(thread.is_alive() for thread in self._threads)

    def close(self) -> None:
        """Ends them."""
        ended(*self._threads)


def _made(stamps: Stamps) -> list[Any]:
    made = [listener("mouse", **_mouse_callbacks(stamps))]
    if sys.platform != "darwin":
        made.append(listener("keyboard", on_press=lambda _key: stamps.stamp(InputKind.KEY)))
    return made


def _mouse_callbacks(stamps: Stamps) -> dict[str, Any]:
    def clicked(_x: int, _y: int, _button: object, pressed: bool) -> None:
        if pressed:
            stamps.stamp(InputKind.CLICK)

    return {
        "on_move": lambda _x, _y: stamps.stamp(InputKind.MOTION),
        "on_click": clicked,
        "on_scroll": lambda _x, _y, _dx, _dy: stamps.stamp(InputKind.WHEEL),
    }


# Input that the system has seen and the hooks have not, for this long: they were dropped.
DROPPED = timedelta(seconds=2)


def system_witness(clock: Clock) -> ActivitySource | None:
    """What the system itself says of input: on Windows to notice dropped hooks, on macOS for the keyboard."""
    if sys.platform == "win32":
        return WindowsSource(clock)
    return MacOSSource(clock) if sys.platform == "darwin" else None


class PynputSource:
    """Activity through pynput, kinds told. Listeners that died are reported once and started anew by a later poll."""

    NAME: ClassVar[str] = "pynput"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable where pynput is installed, and not under Wayland, where it starts and sees nothing."""
        reason = None if env.without_x else env.no_x11()
        if reason is not None:
            return reason
        if importlib.util.find_spec("pynput") is None:
            return NotViable(_("pynput is not installed"), how_to_get("pynput", "--no-deps"))
        return Viable((_("its cost grows with every motion of the mouse"),))

    def __init__(self, clock: Clock, witness: ActivitySource | None = None) -> None:
        """`witness` stands in for the system's own word in tests. Raises SourceUnreadable."""
        self._clock = clock
        self._stamps = Stamps(clock)
        self._witness = system_witness(clock) if witness is None else witness
        self._listeners: Listeners | None = Listeners(self._stamps)

    def poll(self) -> Sequence[Observed]:
        """The first and the last input of each kind since the last poll; raises SourceUnreadable."""
        if self._listeners is None:
            self._listeners = Listeners(self._stamps)
        elif not self._listeners.alive():
            self._stop()
            raise SourceUnreadable(_("The input listeners have ended."))
        return self._with_witness(self._stamps.take())

    def close(self) -> None:
        """Ends the listeners' threads."""
        self._stop()
        if self._witness is not None:
            self._witness.close()

    def _stop(self) -> None:
        if self._listeners is not None:
            self._listeners.close()
            self._listeners = None

    def _with_witness(self, seen: list[Observed]) -> list[Observed]:
        """What the hooks saw, and what only the system saw; hooks that missed something are set anew."""
        if self._witness is None:
            return seen
        told = self._witness.poll()
        newest = self._stamps.newest
        keys = [each for each in told if each.kind is InputKind.KEY]
        unknown = [each for each in told if each.kind is InputKind.UNKNOWN]
        missed = [each for each in unknown if newest is None or each.at.since(newest) > DROPPED]
        if missed:
            self._stop()  # the next poll starts them again
        return sorted([*seen, *keys, *missed], key=lambda each: each.at.elapsed)

"""Several probes, one signal: on with the first of them, off with the last, and a word when the holder changes."""

from __future__ import annotations

import threading

from sitbreak.core.events import Event, Signal, SignalChanged
from sitbreak.core.text import printable
from sitbreak.ports import Post


class Merged:
    """Stands between the probes and the loop. Callable from any thread.

    Of several holders the one named is that of the probe which asked for its `way_in` first: the better informed
    probes are started first.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._guard = threading.Lock()
        self._ways = 0
        self._held: dict[Signal, dict[int, str]] = {}
        self._said: dict[Signal, str] = {}

    def way_in(self) -> Post:
        """A `post` for one more probe; events other than SignalChanged pass as they are."""
        with self._guard:
            number = self._ways
            self._ways += 1

        def post(event: Event) -> None:
            if isinstance(event, SignalChanged):
                self._take(number, event)
            else:
                self._post(event)

        return post

    def _take(self, number: int, event: SignalChanged) -> None:
        with self._guard:
            held = self._held.setdefault(event.signal, {})
            if event.on:
                held[number] = printable(event.holder)  # what another program calls itself
            else:
                held.pop(number, None)
            self._say(event.signal, held)

    def _say(self, signal: Signal, held: dict[int, str]) -> None:
        said = self._said.get(signal)
        if not held:
            if self._said.pop(signal, None) is not None:
                self._post(SignalChanged(signal, False))
            return
        holder = held[min(held)]
        if holder != said:
            self._said[signal] = holder
            self._post(SignalChanged(signal, True, holder))

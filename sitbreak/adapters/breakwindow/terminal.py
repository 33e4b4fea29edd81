"""The break in the terminal the program was started from: each step as it comes, and the time left in one line."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, TextIO

from sitbreak.adapters.ttys import own_terminal
from sitbreak.core.text import printable
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable, WindowFailed

Message = Mapping[str, object]
SHOWS = ("prompt", "break", "guide", "rest")
SECOND = 1.0


def number(message: Message, key: str, default: float) -> float:
    """A number of a message, or the default where there is none."""
    value = message.get(key, default)
    return float(value) if isinstance(value, int | float) else default


def steps_of(movement: Message, length: float) -> list[tuple[float, str]]:
    """When each step begins, in seconds of a break of this length, and what to do then."""
    listed = movement.get("steps", ())
    steps = [step for step in listed if isinstance(step, Mapping)] if isinstance(listed, Sequence) else []
    whole = sum(number(step, "s", 0.0) for step in steps)
    begun, found = 0.0, []
    for step in steps:
        found.append((begun * length / whole if whole else 0.0, str(step.get("text", ""))))
        begun += number(step, "s", 0.0)
    return found


class TerminalWindow:
    """Writes to `stream`, standard error unless given; `second`: how long a second takes (less in tests)."""

    NAME: ClassVar[str] = "terminal"
    steals_focus = False

    def __init__(self, said: Callable[[Message], None], stream: TextIO | None = None, second: float = SECOND) -> None:
        """`said` is called from the countdown's thread."""
        self._said, self._second = said, second
        self._stream = sys.stderr if stream is None else stream
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works when standard error is a terminal."""
        if not own_terminal():
            return NotViable(_("It was not started from a terminal."))
        return Viable((_("the break is counted down in the terminal; answer a prompt with `sitbreak answer`"),))

    def open(self, request: Message) -> None:
        """Writes the prompt, or begins to count down; raises WindowFailed when the terminal is gone."""
        movement = request.get("movement")
        if request.get("kind") not in SHOWS or not isinstance(movement, Mapping):
            raise WindowFailed(_("A terminal cannot show this; `sitbreak status` and `sitbreak config` do the same."))
        self._end()
        self._write(f"\n{printable(str(movement.get('title', '')))}\n")
        self._stop = threading.Event()
        if request.get("kind") == "prompt":
            self._write(
                "  " + _("Good moment for two minutes? `sitbreak answer start`, long, snooze or not_now.") + "\n"
            )
            return
        count = (request, movement, self._stop)
        self._thread = threading.Thread(target=self._count, args=count, name="countdown", daemon=True)
        self._thread.start()

    def _count(self, request: Message, movement: Message, stop: threading.Event) -> None:
        """The countdown's thread: a line a second, until the time is over or it is stopped."""
        length, gone = number(request, "length_s", 120.0), number(request, "elapsed_s", 0.0)
        waiting = steps_of(movement, length)
        try:
            while gone < length:
                while waiting and waiting[0][0] <= gone:
                    self._write(f"\r  {printable(waiting.pop(0)[1])}\n")
                left = round(length - gone)
                self._write("\r  " + _("{time} left", time=f"{left // 60}:{left % 60:02d}") + " ")
                if stop.wait(self._second):
                    return
                gone += 1.0
            self._write("\r  " + _("Take as long as you like.") + "\n")
        except WindowFailed as failure:
            self._said({"event": "gone", "reason": str(failure)})
            return
        self._said({"event": "over"})

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise WindowFailed(_("The terminal it was started from is gone ({error}).", error=error)) from error

    def tell(self, message: Message) -> None:
        """Writes a result; `close` ends the countdown."""
        if self._stop is None:
            return
        if message.get("do") == "result":
            self._end()
            self._write(f"\r  {printable(str(message.get('line', '')))}\n")
        elif message.get("do") == "close":
            self.close()

    def _end(self) -> None:
        if self._stop is not None:
            self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2)
        self._thread = None

    def close(self, at_once: bool = False) -> None:
        """Ends the countdown; what is written stays."""
        if self._stop is None:
            return
        self._end()
        self._stop = None
        self._said({"event": "closed"})

"""Movements and rest outside the two minutes, guided in the break window or counted down; nothing is credited."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from queue import Empty, SimpleQueue

from sitbreak.adapters.breakwindow import QtWindow, TerminalWindow
from sitbreak.cli.output import say
from sitbreak.core.movements import Movement
from sitbreak.core.timeline import ZERO
from sitbreak.daemon.window_contents import break_request
from sitbreak.ports import BreakWindow, Env, Viable, WindowFailed
from sitbreak.settings.model import Settings

Message = Mapping[str, object]
LISTEN_S = 0.5  # a wait without end would not hear Ctrl+C on Windows
LEFT = ("closed", "gone")  # the person closed it, or it died: nothing more is shown


def request(kind: str, movement: Movement, settings: Settings, level: str = "shown") -> Message:
    """What a window is asked to show: "guide" or "rest", for as long as the movement's steps take."""
    length = timedelta(seconds=sum(step.seconds for step in movement.steps))
    return asdict(break_request(kind, movement, ZERO, settings, length=length, level=level))


def in_window(requests: Sequence[Message], variables: Mapping[str, str] | None = None) -> bool:
    """Shows them one after another in the window and waits for the end; False when there is no window here.

    The next comes when the time of one is up or the person says done; the last stays until it is closed or done.
    """
    given = dict(os.environ) if variables is None else dict(variables)
    if not isinstance(QtWindow.viable(Env(sys.platform, given)), Viable):
        return False
    return _through(lambda said: QtWindow(said, given), requests, ("done",))


def in_terminal(requests: Sequence[Message]) -> bool:
    """Counts them down one after another; False when this is no terminal."""
    if not isinstance(TerminalWindow.viable(Env(sys.platform, dict(os.environ))), Viable):
        return False
    return _through(TerminalWindow, requests, ("over",))


def _through(
    make: Callable[[Callable[[Message], None]], BreakWindow], requests: Sequence[Message], last: Sequence[str]
) -> bool:
    """Goes through the requests; `last` is what ends the last of them. False, and a word, when it cannot be shown."""
    heard: SimpleQueue[str] = SimpleQueue()
    window = make(lambda message: heard.put(str(message.get("event"))))
    try:
        for number, each in enumerate(requests, start=1):
            window.open(each)
            ends = last if number == len(requests) else ("done", "over")
            event = _wait(heard, (*LEFT, *ends))
            if event in LEFT:
                break
            if event == "done" and number < len(requests):  # a window that is done hides and soon ends: take a new one
                window.tell({"do": "close"})
                _wait(heard, LEFT)
    except WindowFailed as error:
        say(error, to=sys.stderr)
        return False
    except KeyboardInterrupt:
        say(to=sys.stderr)
    finally:
        window.tell({"do": "close"})
    return True


def _wait(heard: SimpleQueue[str], ends: Sequence[str]) -> str:
    """The first event among `ends`."""
    while True:
        try:
            event = heard.get(timeout=LISTEN_S)
        except Empty:
            continue
        if event in ends:
            return event

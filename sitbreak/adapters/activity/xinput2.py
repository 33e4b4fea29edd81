"""Input under X11 from XInput 2 raw events: kinds told apart, and no idle counter that a media player can reset.

Each sort of event (keys, buttons with the wheel, motion) is selected until its first event and then deselected until
the next collection: 1000 motion events a second cost as much as one. The thread sleeps in `select` in between, and says
so when something comes after a collection without any, so that nobody has to ask while nothing happens. All
requests are made by that thread, because python-xlib is at its best with one.
"""

from __future__ import annotations

import queue
import select
import socket
import struct
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from sitbreak.adapters.xserver import XUnusable, connected
from sitbreak.core.events import InputKind
from sitbreak.language import _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

if TYPE_CHECKING:
    from Xlib.display import Display


ANSWER_S = 2.0  # an X server that takes longer than this is as good as gone
LATER = timedelta(milliseconds=50)  # inputs nearer to each other than this are one
RAW_KEY, RAW_BUTTON, RAW_MOTION, RAW_TOUCH = 13, 15, 17, 22  # XInput 2 event types (XI2.h)
RAW_TYPES = (RAW_KEY, RAW_BUTTON, RAW_MOTION, RAW_TOUCH)
WHEEL_BUTTONS = range(4, 8)
TOUCH_MINOR = 2  # XInput 2.2 knows touch screens; from 2.1 on raw events also come while another program has a grab
GENERIC_EVENT = 35


class RawEvents:
    """Notices input on an X display. Raises SourceUnreadable from its constructor and from `collect`.

    `stir` is called on its thread, at the first input after a collection without any, and when the server is gone.
    """

    def __init__(self, clock: Clock, name: str | None = None, stir: Callable[[], None] = lambda: None) -> None:
        self._clock, self.stir = clock, stir
        self._seen: list[Observed] = []
        self._armed: set[int] = set()
        self.quiet = False  # the last collection was without any, and none came since
        self._answers: queue.SimpleQueue[list[Observed] | None] = queue.SimpleQueue()
        self._display, self._types, self._opcode = _connected(name)
        self._root = self._display.screen().root
        self._saver = self._display.has_extension("MIT-SCREEN-SAVER")
        self._socket: socket.socket = self._display.display.socket
        self._wake, self._woken = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, name="xinput2", daemon=True)
        self._thread.start()
        try:
            self.collect()  # so that from here on nothing is missed
        except SourceUnreadable:
            self.close()
            raise

    def collect(self) -> list[Observed]:
        """The inputs since the last collection, oldest first, and all sorts selected anew."""
        try:
            self._wake.send(b"c")
            answer = self._answers.get(timeout=ANSWER_S)
        except (queue.Empty, OSError):
            answer = None
        if answer is None:
            raise SourceUnreadable(_("The X server cannot be reached any more."))
        return answer

    def close(self) -> None:
        """Ends the thread and the connection; also when the server hangs."""
        for end in (self._wake, self._socket):
            _shut(end)
        self._thread.join(ANSWER_S)
        for end in (self._wake, self._woken, self._socket):
            end.close()

    def _serve(self) -> None:
        from Xlib.error import ConnectionClosedError

        try:
            self._arm(set(self._types))
            self._display.sync()
            while self._step():
                pass
        except (ConnectionClosedError, OSError):
            self._answers.put(None)  # whoever asks next is told at once
            self.quiet = False
            self.stir()

    def _step(self) -> bool:
        """Waits for an event or a question and takes care of it; False once this is closed."""
        readable, _, _ = select.select([self._socket, self._woken], [], [])
        self._take_events()
        if self._woken not in readable:
            return True
        asked = self._woken.recv(1)
        if asked:
            self._answers.put(self._collected())
        return bool(asked)

    def _take_events(self) -> None:
        quiet = self.quiet
        while self._display.pending_events():
            event: Any = self._display.next_event()
            if event.type == GENERIC_EVENT and event.extension == self._opcode and event.evtype in self._armed:
                self._seen.append(Observed(_kind(event), self._clock.now()))
                self._arm(self._armed - {event.evtype})
                self.quiet = False
        if quiet and not self.quiet:
            self.stir()

    def _collected(self) -> list[Observed]:
        seen = [*self._seen, *self._last()]
        self._seen.clear()
        self.quiet = not seen
        if self._armed != set(self._types):
            self._arm(set(self._types))
        return seen

    def _last(self) -> list[Observed]:
        """The newest input of a window that had real input, by the idle counter, which went on after we deselected.

        The counter alone proves nothing: `xset s reset` sets it back too. So it is not asked in a window without
        events, nor in one with motion only, where it could turn a bump of the desk into work.
        """
        real = [seen for seen in self._seen if seen.kind is not InputKind.MOTION]
        if not real or not self._saver:
            return []
        root: Any = self._root
        idle = timedelta(milliseconds=int(root.screensaver_query_info().idle))
        at = self._clock.now().plus(-idle)
        return [Observed(real[-1].kind, at)] if at.since(self._seen[-1].at) > LATER else []

    def _arm(self, types: set[int]) -> None:
        from Xlib.ext import xinput

        mask = sum(1 << kind for kind in types)
        root: Any = self._root
        root.xinput_select_events([(xinput.AllMasterDevices, mask)])
        self._display.flush()
        self._armed = types


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker


def _connected(name: str | None) -> tuple[Display, tuple[int, ...], int]:
    """The display, the event types that it can tell, and the extension's number; raises SourceUnreadable."""
    from Xlib.ext import xinput

    try:
        display = connected(name)
    except XUnusable as error:
        raise SourceUnreadable(str(error)) from error
    opcode = display.display.get_extension_major(xinput.extname)
    version: Any = xinput.XIQueryVersion(
        display=display.display, opcode=opcode, major_version=2, minor_version=TOUCH_MINOR
    )
    types = RAW_TYPES if version.minor_version >= TOUCH_MINOR else RAW_TYPES[:-1]
    return display, types, opcode


def _kind(event: Any) -> InputKind:
    """The kind of a raw event. Which button is looked at only to tell the wheel; which key never."""
    if event.evtype == RAW_KEY:
        return InputKind.KEY
    if event.evtype == RAW_MOTION:
        return InputKind.MOTION
    if event.evtype == RAW_TOUCH:
        return InputKind.CLICK
    (button,) = struct.unpack_from("=I", event.data, 6)  # after device (2 bytes) and time (4)
    return InputKind.WHEEL if button in WHEEL_BUTTONS else InputKind.CLICK


class XInput2Source:
    """Activity under X11. A server that dies is reported once; the polls after try to reach it anew."""

    NAME: ClassVar[str] = "xinput2"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable in an X11 session; whether the server knows XInput 2 shows in the constructor."""
        reason = env.no_x11()
        if reason is not None:
            return reason
        return Viable((_("pointer motion alone is timed to the poll, keys, clicks and wheel are exact"),))

    def __init__(self, clock: Clock, display: str | None = None) -> None:
        """`display` overrides $DISPLAY. Raises SourceUnreadable."""
        self._clock = clock
        self._name = display
        self._stir: Callable[[], None] = lambda: None
        self._events: RawEvents | None = RawEvents(clock, display)

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called at the first input after a poll without any, and when the server is gone."""
        self._stir = stir
        if self._events is not None:
            self._events.stir = stir

    @property
    def silent(self) -> bool:
        """Whether the last poll was without input, and none came since."""
        return self._events is not None and self._events.quiet

    def poll(self) -> Sequence[Observed]:
        """At most one input of each kind since the last poll, and the newest; raises SourceUnreadable."""
        if self._events is None:
            self._events = RawEvents(self._clock, self._name, self._stir)
        try:
            return self._events.collect()
        except SourceUnreadable:
            self.close()
            raise

    def close(self) -> None:
        """Ends the thread and the connection."""
        if self._events is not None:
            self._events.close()
            self._events = None

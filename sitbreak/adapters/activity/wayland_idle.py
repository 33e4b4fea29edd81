"""Input under Wayland, from the compositor's own word: idle since a second, and resumed.

Preferred is ext_idle_notifier_v1 of version 2, whose input notification no inhibitor touches; then version 1; then
org_kde_kwin_idle of older sway and Plasma. The last two tell nothing while an inhibitor is held, as by a film: they
stay at "not idle". No person touches something in every second for minutes, so that is not taken for one.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import ClassVar, NamedTuple

from sitbreak.adapters.activity.waylandwire import Offer, Wire, WireError, socket_path
from sitbreak.core.events import InputKind
from sitbreak.language import N_, _
from sitbreak.ports import Clock, Env, NotViable, Observed, SourceUnreadable, Viable

QUIET = timedelta(seconds=1)  # this long without input the compositor says "idle": the precision of "last input"
SAME = timedelta(milliseconds=150)  # two reckonings of one input differ by less than this
RESTLESS = timedelta(minutes=3)  # longer than this without a second's rest is an inhibitor
ANSWER = timedelta(seconds=2)
JOIN_S = 2.0
INHIBITED = N_("Input is not seen while a program keeps the screen awake: this compositor cannot tell it then.")
IDLED, RESUMED = 0, 1  # events, the same in all three protocols
SEAT_FIRST = ("org_kde_kwin_idle",)


class Protocol(NamedTuple):
    """A way to ask: the global, its least version, the request, and whether inhibitors blind it."""

    interface: str
    version: int
    opcode: int
    inhibited: bool


PROTOCOLS = (
    Protocol("ext_idle_notifier_v1", 2, 2, False),
    Protocol("ext_idle_notifier_v1", 1, 1, True),
    Protocol("org_kde_kwin_idle", 1, 0, True),
)


class IdleNotification:
    """One connection with one notification, and the thread that listens to it. Raises SourceUnreadable.

    `stir` is called on that thread when the compositor says something that is news after a quiet collection.
    """

    def __init__(self, clock: Clock, path: str, stir: Callable[[], None] = lambda: None) -> None:
        self._clock, self.stir = clock, stir
        self._quiet = False  # the last collection was without input
        self._lock = threading.Lock()
        self._seen: list[Observed] = []
        self._gone = ""
        try:
            self._wire = Wire(path)
        except WireError as error:
            raise SourceUnreadable(_("Wayland input cannot be read: {error}.", error=error)) from error
        try:
            self.protocol, self._notification = _subscribed(self._wire)
            self._wire.socket.settimeout(None)
        except WireError as error:
            self._wire.socket.close()
            raise SourceUnreadable(_("Wayland input cannot be read: {error}.", error=error)) from error
        self._active = True  # until told otherwise; what that means is settled by `_newest`
        self._newest = self._since = clock.now()
        self._asked = 0  # the question that the compositor has not answered yet
        self._asked_at = self._newest
        self._thread = threading.Thread(target=self._listen, name="wayland-idle", daemon=True)
        self._thread.start()

    def collect(self) -> list[Observed]:
        """The inputs since the last collection, oldest first."""
        with self._lock:
            if self._gone:
                raise SourceUnreadable(_("Wayland input cannot be read any more: {gone}.", gone=self._gone))
            if self._active:
                self._see_that_it_lives()
                if not self._inhibited():
                    self._note(QUIET)  # not idle: there was input within the last second
            seen, self._seen = self._seen, []
            self._quiet = not seen
            return seen

    @property
    def silent(self) -> bool:
        """Whether the last collection was without input, and the compositor says so when there is some."""
        with self._lock:
            return self._quiet and not self._gone and (not self._active or self._inhibited())

    @property
    def inhibited(self) -> bool:
        """Whether the compositor tells of no rest for so long that it is no person."""
        with self._lock:
            return self._active and self._inhibited()

    def _inhibited(self) -> bool:
        return self.protocol.inhibited and self._clock.now().since(self._since) >= RESTLESS

    def _see_that_it_lives(self) -> None:
        """A compositor that hangs tells of no idleness either, which is not to be taken for input."""
        now = self._clock.now()
        if not self._asked:
            try:
                self._asked, self._asked_at = self._wire.ask(), now
            except WireError as error:
                raise SourceUnreadable(_("Wayland input cannot be read any more: {error}.", error=error)) from error
        elif now.since(self._asked_at) > ANSWER:
            raise SourceUnreadable(_("Wayland input cannot be read: the compositor does not answer."))

    def close(self) -> None:
        """Ends the thread and the connection."""
        self._wire.shut()
        self._thread.join(JOIN_S)
        self._wire.socket.close()

    def _listen(self) -> None:
        try:
            while True:
                for message in self._wire.read():
                    with self._lock:  # also so that no answer comes before its question is noted
                        self._heard(message.sender, message.opcode)
                        news, self._quiet = self._quiet and bool(self._seen), self._quiet and not self._seen
                    if news:
                        self.stir()
        except WireError as error:
            with self._lock:
                self._gone = str(error)
            self.stir()

    def _heard(self, sender: int, opcode: int) -> None:
        if sender == self._asked:
            self._asked = 0
        elif sender == self._notification:
            inhibited = self._inhibited()
            self._active, self._since = opcode == RESUMED, self._clock.now()
            if self._active or not inhibited:  # the end of an inhibitor begins the second anew
                self._note(timedelta(0) if self._active else QUIET)

    def _note(self, age: timedelta) -> None:
        """There was input `age` ago: news unless it is (one of) those already known."""
        at = self._clock.now().plus(-age)
        if at.since(self._newest) > SAME:
            self._seen.append(Observed(InputKind.UNKNOWN, at))
            self._newest = at


def _subscribed(wire: Wire) -> tuple[Protocol, int]:
    """The best protocol that is offered and the number of our notification; raises WireError."""
    offers = wire.offers()
    if "wl_seat" not in offers:
        raise WireError(_("the compositor has no seat"))
    for protocol in PROTOCOLS:
        offer = offers.get(protocol.interface)
        if offer is not None and offer.version >= protocol.version:
            return protocol, _asked(wire, protocol, offer, offers["wl_seat"])
    raise WireError(_("the compositor offers no idle protocol"))


def _asked(wire: Wire, protocol: Protocol, offer: Offer, seat_offer: Offer) -> int:
    seat = wire.bind("wl_seat", seat_offer, 1)
    notifier = wire.bind(protocol.interface, offer, protocol.version)
    notification = wire.new_id()
    quiet_ms = round(QUIET.total_seconds() * 1000)
    order = (seat, quiet_ms) if protocol.interface in SEAT_FIRST else (quiet_ms, seat)
    wire.request(notifier, protocol.opcode, struct.pack("=III", notification, *order))
    wire.roundtrip()
    return notification


class WaylandIdleSource:
    """Activity under Wayland, kinds not told. A compositor that dies is reported once; later polls connect anew."""

    NAME: ClassVar[str] = "wayland_idle"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Viable in a Wayland session; whether the compositor offers a protocol shows in the constructor."""
        reason = env.no_wayland()
        if reason is not None:
            return reason
        return Viable(
            (
                _("cannot tell keys, clicks and motion apart"),
                _("on older compositors nothing is seen while a player keeps the screen awake"),
            )
        )

    def __init__(self, clock: Clock, display: str | None = None) -> None:
        """`display` overrides $WAYLAND_DISPLAY; it may be a full path. Raises SourceUnreadable."""
        self._clock = clock
        self._path = socket_path(display)
        self._stir: Callable[[], None] = lambda: None
        self._notification: IdleNotification | None = IdleNotification(clock, self._path)

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called at the first input after a poll without any, and when the compositor is gone."""
        self._stir = stir
        if self._notification is not None:
            self._notification.stir = stir

    @property
    def silent(self) -> bool:
        """Whether the last poll was without input, and none came since."""
        return self._notification is not None and self._notification.silent

    def poll(self) -> Sequence[Observed]:
        """The inputs since the last poll, to about a second; raises SourceUnreadable."""
        if self._notification is None:
            self._notification = IdleNotification(self._clock, self._path, self._stir)
        try:
            return self._notification.collect()
        except SourceUnreadable:
            self.close()
            raise

    @property
    def trouble(self) -> str:
        """Why input is not seen at the moment; empty when it is."""
        told = self._notification
        return _(INHIBITED) if told is not None and told.inhibited else ""

    def close(self) -> None:
        """Ends the thread and the connection."""
        if self._notification is not None:
            self._notification.close()
            self._notification = None

"""From "who holds this now" to edges: what probes report at any rate, posted only when it changed."""

from __future__ import annotations

import logging
import threading
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from enum import StrEnum
from itertools import count

from sitbreak.core.events import Event, Locked, Signal, SignalChanged, Slept, Unlocked, Woke
from sitbreak.core.text import printable
from sitbreak.ports import Post

logger = logging.getLogger(__name__)
LINE = 200  # characters of somebody else's error message that go into ours


class Session(StrEnum):
    """What becomes of the login session and its machine: signals with events of their own."""

    LOCK = "screen lock"  # locked, or switched away from
    SLEEP = "sleep"


Subject = Signal | Session


def edge(subject: Subject, on: bool, holder: str = "") -> Event:
    """The event that says that `subject` is on (held by `holder`), or off."""
    if isinstance(subject, Signal):
        return SignalChanged(subject, on, holder)
    if subject is Session.LOCK:
        return Locked() if on else Unlocked()
    return Slept() if on else Woke()


class Edges:
    """What is held as several probes see it; each change is posted once. Callable from any thread.

    A signal is on while any probe says so. Of several holders the first of a probe is named, and stays named while it
    holds; of several probes that which took its `voice` first: the better informed are started first.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._guard = threading.Lock()
        self._voices = count()
        self._held: dict[Subject, dict[int, str]] = defaultdict(dict)
        self._said: dict[Subject, Event] = {}

    def voice(self) -> int:
        """A number for one more probe."""
        return next(self._voices)

    def hold(self, voice: int, subject: Subject, holders: Iterable[str]) -> None:
        """`subject` is held by these, says the probe with this number; none: it is off."""
        names = [printable(name) for name in holders]  # what other programs call themselves
        with self._guard:
            held = self._held[subject]
            if not names:
                held.pop(voice, None)
            elif held.get(voice) not in names:
                held[voice] = names[0]
            self._say(subject, held)

    def _say(self, subject: Subject, held: Mapping[int, str]) -> None:
        said = self._said.get(subject)
        if held:
            now = edge(subject, True, held[min(held)])
            if now != said:
                self._said[subject] = now
                self._post(now)
        elif said is not None:
            del self._said[subject]
            self._post(edge(subject, False))


class Trouble:
    """What a probe cannot see at the moment. One log line when it begins, none while it lasts."""

    def __init__(self, probe: str) -> None:
        self._probe = probe
        self.text = ""
        self.sees = False

    def met(self, reason: object, *, told: bool = False) -> None:
        """The probe cannot see, for this reason; `told`: another probe has said so, and the log need not."""
        text = (str(reason).strip() or type(reason).__name__).splitlines()[0][:LINE]
        if not (self.text or told):
            logger.warning("%s cannot look now (%s); everything else goes on, and it tries again", self._probe, text)
        self.text = text
        self.sees = False

    def over(self) -> None:
        """It sees again."""
        if self.text:
            logger.info("%s looks again", self._probe)
        self.text = ""
        self.sees = True


class Begun:
    """Tells what began while we watched from what was there before: only the former is evidence (spec 1.1)."""

    def __init__(self) -> None:
        self._before: set[Hashable] | None = None
        self._known: set[Hashable] = set()

    def unwatched(self) -> None:
        """We did not look for a while: what is new at the next look was there before."""
        self._before = None

    def look(self, present: Mapping[Hashable, str] | Collection[Hashable]) -> list[Hashable]:
        """Those present now that began while we watched, in the order given."""
        now = set(present)
        if self._before is None:
            self._before = now - self._known
        self._before &= now  # what ended and comes again has begun before our eyes
        self._known = now - self._before
        return [key for key in present if key in self._known]

"""From "who holds this now" to edges: what a probe reports at any rate, posted only when it changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Hashable, Iterable, Mapping

from sitbreak.core.events import Signal, SignalChanged
from sitbreak.ports import Post

logger = logging.getLogger(__name__)
LINE = 200  # characters of somebody else's error message that go into ours


class SignalEdges:
    """The holders of one signal. Callable from any thread; after `close` nothing is posted."""

    def __init__(self, signal: Signal, post: Post) -> None:
        self._signal = signal
        self._post = post
        self._guard = threading.Lock()
        self._on = False
        self._holder = ""
        self._closed = False

    def hold(self, holders: Iterable[str]) -> None:
        """The signal is held by these (none: it is off). The first names it; the present one stays while it holds."""
        names = list(holders)
        with self._guard:
            if not self._closed:
                self._turn(bool(names), self._holder if self._holder in names else next(iter(names), ""))

    def close(self) -> None:
        """Turns it off, for good."""
        with self._guard:
            self._turn(False, "")
            self._closed = True

    def _turn(self, on: bool, holder: str) -> None:
        if (on, holder) == (self._on, self._holder):
            return
        self._on, self._holder = on, holder
        self._post(SignalChanged(self._signal, on, holder))


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

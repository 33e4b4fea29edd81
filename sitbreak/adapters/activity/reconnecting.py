"""The activity source of the program: the one that works now, and while none does, another look now and then.

Everything that touches the outside happens on a thread of its own: an X server or a bus that hangs holds no poll.
A source that stirs by itself is not asked while nobody touches anything: each question wakes three threads.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import ClassVar, Protocol, runtime_checkable

from sitbreak.adapters.activity.last_input import MacOSSource, TerminalSource, WindowsSource
from sitbreak.adapters.activity.mutter import MutterSource
from sitbreak.adapters.activity.pynput_source import PynputSource
from sitbreak.adapters.activity.wayland_idle import WaylandIdleSource
from sitbreak.adapters.activity.xinput2 import XInput2Source
from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.choose import AGAIN_S, until_next
from sitbreak.boundary import Failure, attempt
from sitbreak.language import N_, _
from sitbreak.ports import ActivitySource, Choice, Clock, Observed, SourceUnreadable

log = logging.getLogger(__name__)

ANSWER_S = 0.1  # a poll waits so long; what comes later is told by the next one
UNASKED = 9  # polls of a silent source that ask it nothing; the next one sees whether its server still answers
FIRST_LOOK_S = 2.0  # so that where input can be seen, it is seen from the start
JOIN_S = 2.0
NOTHING = N_("Nothing tells of input here.")
LOOKING = N_("What could tell of input here does not answer yet.")


@runtime_checkable
class Stirring(Protocol):
    """A source that says by itself when there is something to poll for.

    It may have `silent`, too: nothing came since a poll without input. Then it is not even asked.
    """

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called, from any thread, at the first input after a poll without any, and when it cannot see."""
        ...


class SoughtSource:
    """Polls the source that `choose` brings; when that fails it is closed, and `choose` is asked again.

    `again_s`: the seconds between looks, of which the last repeats.
    """

    NAME: ClassVar[str] = "sought"

    def __init__(self, choose: Callable[[], Choice[ActivitySource]], again_s: Sequence[float] = AGAIN_S) -> None:
        self.choice: Choice[ActivitySource] = Choice("activity")  # of the last look; None in it: still looking
        self._choose = choose
        self._again_s = again_s
        self._guard = threading.Lock()
        self._seen: list[Observed] = []
        self._why = _(LOOKING)  # it cannot see; empty: it sees
        self._saw = False  # the last look found a source that could be read
        self._quiet, self._unasked = False, 0
        self._stirred: list[Callable[[], None]] = []
        self._asked, self._answered, self._ending = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="activity", daemon=True)
        self._thread.start()
        self._answered.wait(FIRST_LOOK_S)

    @property
    def using(self) -> str:
        """The name of the source that sees, for people; a sentence where none does."""
        backend = self.choice.backend
        return backend.NAME if backend is not None and not self._why else f"none: {self._why}"

    @property
    def trouble(self) -> str:
        """What the source in use cannot see at the moment, a sentence; empty when it sees all."""
        return str(getattr(self.choice.backend, "trouble", ""))

    @property
    def quiet(self) -> bool:
        """Whether the last poll brought nothing; those of `stirs` are called when another would."""
        return self._quiet

    def stirs(self, stir: Callable[[], None]) -> None:
        """Has `stir` called, too, from any thread, when a quiet source sees something, or no more."""
        self._stirred.append(stir)

    def poll(self) -> Sequence[Observed]:
        """What was seen since the last poll; raises SourceUnreadable while nothing sees. Waits a moment at most."""
        with self._guard:
            if self._quiet and self._unasked < UNASKED and getattr(self.choice.backend, "silent", False):
                self._unasked += 1
                return []
            self._quiet, self._unasked = False, 0
            self._answered.clear()
            self._asked.set()
        if not self._why:
            self._answered.wait(ANSWER_S)
        with self._guard:
            if self._why and not self._seen:
                raise SourceUnreadable(self._why)
            seen, self._seen = self._seen, []
            return seen

    def close(self) -> None:
        """Ends the thread and the source; one that hangs is left behind."""
        self._ending.set()
        self._asked.set()
        self._thread.join(JOIN_S)

    # -- on the thread

    def _run(self) -> None:
        looks = 0
        while not self._ending.is_set():
            self._noted(self._look_and_serve)
            self._noted(self._let_go)
            self._answered.set()
            looks = 0 if self._saw else looks
            self._ending.wait(until_next(looks, self._again_s))
            looks += 1

    def _noted(self, do: Callable[[], None]) -> None:
        """Does it; whatever it raises becomes the reason why nothing is seen."""
        done = attempt(do)
        if isinstance(done, Failure):
            told = isinstance(done.error, SourceUnreadable)
            self._why = str(done) if told else _("What tells of input here failed ({error!r}).", error=done.error)

    def _look_and_serve(self) -> None:
        """Looks for a source, and polls it whenever that is asked for; raises what the source fails of."""
        self._saw = False
        self.choice = self._choose()
        source = self.choice.backend
        if source is None:
            tried = (refusal.reason for refusal in self.choice.refused.values() if refusal.tried)
            raise SourceUnreadable(next(tried, _(NOTHING)))
        if tells := isinstance(source, Stirring):
            source.stirs(self._stir)
        while not self._ending.is_set():
            seen = source.poll()
            with self._guard:
                self._seen += seen
                self._why = ""
                self._quiet = tells and not self._seen and not self._asked.is_set()
            if not self._saw:
                self._saw = True
                log.info("input is seen through %s", source.NAME)
            self._answered.set()
            self._asked.wait()
            self._asked.clear()

    def _stir(self) -> None:
        for stir in self._stirred:
            stir()

    def _let_go(self) -> None:
        """A source that failed is never kept."""
        failed, self.choice = self.choice.backend, Choice(self.choice.port, refused=self.choice.refused)
        if failed is not None:
            failed.close()


Source = WaylandIdleSource | MutterSource | XInput2Source | WindowsSource | MacOSSource | PynputSource | TerminalSource

CANDIDATES: tuple[type[Source], ...] = (
    WaylandIdleSource,
    MutterSource,
    XInput2Source,
    WindowsSource,
    MacOSSource,
    PynputSource,
    TerminalSource,
)


def builder(clock: Clock, bus: BusThread) -> Callable[[type[Source]], Source]:
    """What makes a source of a candidate; those that speak D-Bus share `bus`."""

    def build(candidate: type[Source]) -> Source:
        return MutterSource(clock, bus) if candidate is MutterSource else candidate(clock)

    return build

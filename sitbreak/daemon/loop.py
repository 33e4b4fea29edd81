"""The one loop: takes events from the feed, hands them to the machine, performs its effects and keeps its facts."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Protocol

from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable, SpansOverlap
from sitbreak.core.effects import Effect, Record
from sitbreak.core.events import Event, Tick
from sitbreak.core.machine import Machine
from sitbreak.core.records import Fact, Span
from sitbreak.core.timeline import Instant
from sitbreak.daemon.event_queue import Call, Feed
from sitbreak.daemon.isolation import Isolation
from sitbreak.language import N_, _
from sitbreak.ports import Clock, History

log = logging.getLogger(__name__)

# Spec 1.5: a kill loses at most the last 60 s; half of that leaves room for a slow disk.
CHECKPOINT = timedelta(seconds=30)
MOST_OWED = 5000  # facts; some weeks of them


class EffectPerformer(Protocol):
    """Shows, asks and withdraws what the machine says."""

    def perform(self, effect: Effect, at: Instant) -> None:
        """Carries out one effect."""
        ...

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings tray and status up to date; called once a step."""
        ...

    def kept(self) -> None:
        """Facts other than the open span were kept."""
        ...


class Loop:
    """Owns the machine. `checkpoint`: how often to keep the open span; None leaves that to the caller."""

    def __init__(
        self,
        machine: Machine,
        clock: Clock,
        feed: Feed,
        history: History,
        performer: EffectPerformer,
        poll: timedelta,
        checkpoint: timedelta | None = CHECKPOINT,
        recorder: Callable[[Event, Instant], None] | None = None,
        remember: Callable[[Machine], Mapping[str, object]] | None = None,
        strict: bool = False,
        isolation: Isolation | None = None,
        quiet: Callable[[], bool] = lambda: False,
    ) -> None:
        """`remember` makes the snapshot kept beside the facts; None keeps facts only.

        `strict`: facts that can never be stored raise (replays want to know); else they are logged and left out.
        `isolation`: where the failures of all parts are noted. `quiet`: whether whatever happens next wakes the feed,
        so that there is nothing to poll for; then the loop wakes for deadlines and checkpoints only.
        """
        self.machine = machine
        self.history = history
        self.performer = performer
        self.stopping = False
        self.trouble = ""  # why nothing can be written now, for people; empty: all is well
        self._clock = clock
        self._feed = feed
        self._poll = poll
        self._quiet = quiet
        self._every = checkpoint
        self._seen = clock.now()
        self._kept = self._seen.elapsed
        self._recorder = recorder
        self._remember = remember
        self._strict = strict
        self._complained = ""
        self._owed: list[Fact] = []  # facts whose keeping failed in a way nobody foresaw
        self.isolation = Isolation(strict) if isolation is None else isolation

    def run(self) -> None:
        """Steps until `stopping`; keeps everything at the end."""
        while not self.stopping:
            self.step()
        self.checkpoint(self._clock.now())

    def step(self) -> None:
        """Waits for the feed or the next deadline, and deals with all that came."""
        planned = self._seen.elapsed + (CHECKPOINT if self._quiet() else self._poll)
        due = self.machine.next_deadline()
        until = planned if due is None else min(planned, due)
        for event, at in self._feed.receive(until):
            if isinstance(event, Call):
                self._call(event, at)
            else:
                self.apply(event, at)
            if self.stopping:
                return
        now = self._clock.now()
        self.apply(Tick(), now)
        self._seen = now
        self.isolation.run(N_("what is on show"), lambda: self.performer.refresh(self.machine, now), now, None)
        if self._every is not None and now.elapsed - self._kept >= self._every:
            self.checkpoint(now)

    def apply(self, event: Event, at: Instant) -> list[Effect]:
        """Hands one event to the machine and performs what follows; returns the effects."""
        if self._recorder is not None:
            self.isolation.run(N_("the recording"), partial(self._recorder, event, at), at, None)
        effects = self.machine.handle(event, at)
        facts = [effect.fact for effect in effects if isinstance(effect, Record)]
        if facts:
            self._keep(facts, at)
            self.isolation.run(N_("the figures of today"), lambda: self.performer.kept(), at, None, retire=False)
        for effect in effects:
            if not isinstance(effect, Record):
                self._perform(effect, at)
        return effects

    def _perform(self, effect: Effect, at: Instant) -> None:
        part = f"showing {type(effect).__name__}"
        self.isolation.run(part, lambda: self.performer.perform(effect, at), at, None, retire=False)

    def said(self, event: Event, at: Instant) -> list[Effect]:
        """Like `apply`, for what a person says: a pause, an answer; kept at once, so that no kill undoes it."""
        effects = self.apply(event, at)
        self.checkpoint(at)
        return effects

    def checkpoint(self, at: Instant) -> None:
        """Keeps the open span and the machine's memory."""
        self._keep((), at)

    def _call(self, call: Call, at: Instant) -> None:
        """Runs what was asked for from outside; where it fails, the program goes on."""

        def run() -> None:
            try:
                call.run(at)
            except (HistoryUnwritable, HistoryDamaged) as error:
                self._complain(logging.WARNING, str(error))

        self.isolation.run(N_("a request"), run, at, None, retire=False)

    def _keep(self, facts: Iterable[Fact], at: Instant) -> None:
        self._kept = at.elapsed
        spans = self.machine.checkpoint(at)
        remember = self._remember
        memory = (
            self.isolation.run(N_("the memory"), lambda: remember(self.machine), at, None, retire=False)
            if remember
            else None
        )
        owed, self._owed = [*self._owed, *facts, *spans], []
        if not self.isolation.run(N_("the books"), lambda: self._store(owed, memory), at, False, retire=False):
            self._owed = owed[-MOST_OWED:]
            why = self.isolation.troubles()["the books"]
            self.trouble = _("The history cannot be written ({why}); new records wait in memory.", why=why)

    def _store(self, facts: Sequence[Fact], snapshot: Mapping[str, object] | None) -> bool:
        """Hands facts to the history; True, for whatever it raises of its own is dealt with here.

        What cannot be written now waits there; the program goes on either way.
        """
        try:
            self.history.keep(facts, snapshot)
        except HistoryUnwritable as error:
            self.trouble = str(error)
            self._complain(logging.WARNING, self.trouble)
        except (SpansOverlap, sqlite3.IntegrityError) as error:
            if self._strict:
                raise
            self._complain(logging.ERROR, _("The books refuse what was observed, it is left out: {error}", error=error))
            others = [fact for fact in facts if not isinstance(fact, Span)]
            if len(others) < len(facts):  # prompts, breaks and answers are not lost with the span
                self._store(others, snapshot)
        else:
            if self.trouble:
                log.info("The history can be written again; everything that waited is stored.")
                self._complained = ""
            self.trouble = ""
        return True

    def _complain(self, level: int, sentence: str) -> None:
        """Logs a trouble once, however often it is met."""
        if sentence != self._complained:
            self._complained = sentence
            log.log(level, "%s", sentence)

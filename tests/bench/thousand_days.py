"""One synthetic day measured: the prompts of sitbreak, and of two fixed timers on the very same day."""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sitbreak.core.accounting import days
from sitbreak.core.events import ActivityObserved
from sitbreak.core.records import Outcome, PromptRecord, Reason
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.replay.player import play_log
from tests.synthetic.day import synthetic_day
from tests.synthetic.person import Person
from tests.synthetic.plan import Plan

SHARES = (0.0, 0.25, 0.5, 0.75)
TIMERS = (30, 45)
RULES = Rules()
EMPTY, AFRESH = RULES.empty_chair.total_seconds(), RULES.idle_limit.total_seconds()
EVIDENCE_LIMIT = RULES.evidence_limit.total_seconds()
# Mid-typing: input in the five seconds before a prompt (what it came with left out) and in the five after it. A pause:
# none for ten seconds. Back: it came with the first input after a minute without any.
TYPING, PAUSE = 5.0, 10.0
FIRST_OF_A_BOUT = frozenset({Reason.LULL, Reason.LATEST})


@dataclass
class Tally:
    """What the prompts of some days were like; merges with others."""

    days: int = 0
    prompts: int = 0
    days_with: int = 0
    typing: int = 0
    pause: int = 0
    back: int = 0
    call: int = 0
    nobody: int = 0
    taken: int = 0
    confirmed: float = 0.0
    cpu_ms: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)  # seconds into the window, of prompts nothing held or delayed
    reasons: dict[str, int] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Takes another tally in."""
        for name in ("days", "prompts", "days_with", "typing", "pause", "back", "call", "nobody", "taken", "confirmed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.cpu_ms += other.cpu_ms
        self.waits += other.waits
        for reason, count in other.reasons.items():
            self.reasons[reason] = self.reasons.get(reason, 0) + count

    def see(self, moment: float, inputs: list[float], lived: list[float], plan: Plan) -> None:
        """A prompt at `moment`. `inputs`: those of the log; `lived`: those left when breaks were taken."""
        self.prompts += 1
        latest, before, after = _last(lived, moment), _last(lived, moment - 0.5), _next(inputs, moment)
        self.typing += moment - before <= TYPING and after - moment <= TYPING
        self.back += moment == latest and moment - before >= EMPTY
        self.pause += moment - latest >= PAUSE
        self.call += any(call.start <= moment < call.end for call in plan.calls)
        self.nobody += moment - max(latest, _evidence(plan, moment, latest)) > EMPTY


def _last(moments: list[float], at: float) -> float:
    index = bisect_right(moments, at)
    return moments[index - 1] if index else 0.0


def _next(moments: list[float], at: float) -> float:
    index = bisect_left(moments, at)
    return moments[index] if index < len(moments) else float("inf")


def _evidence(plan: Plan, moment: float, last_input: float) -> float:
    """The last moment at which a call was evidence of somebody there."""
    ends = [min(call.end, moment) for call in plan.calls if call.start <= moment]
    return min(max(ends, default=0.0), last_input + EVIDENCE_LIMIT)


def measure(seed: int) -> dict[str, Tally]:
    """One day: sitbreak with each kind of person, and the timers."""
    day = synthetic_day(seed)
    inputs = [line.t for line in day.log.lines if line.do == "input"]
    found = {}
    for share in SHARES:
        lived: list[float] = []

        def watch(event: object, at: Instant, lived: list[float] = lived) -> None:
            if type(event) is ActivityObserved:
                lived.append(at.elapsed.total_seconds())

        begun = time.process_time()
        played = play_log(day.log, watch=watch, person=Person(day.plan, seed, share))
        tally = Tally(days=1, cpu_ms=[(time.process_time() - begun) * 1000])
        for record in played.facts.prompts:
            tally.see(record.shown.elapsed.total_seconds(), inputs, lived, day.plan)
            _count(tally, record)
        tally.days_with = int(bool(played.facts.prompts))
        tally.confirmed = sum(each.reduced for each in days(played.facts))
        found[f"sitbreak, {share:.0%} taken"] = tally
    for minutes in TIMERS:
        tally = Tally(days=1)
        for moment in fired(day.log.end, inputs, day.plan, minutes * 60.0):
            tally.see(moment, inputs, inputs, day.plan)
        tally.days_with = int(bool(tally.prompts))
        found[f"{minutes} min timer"] = tally
    return found


def _count(tally: Tally, record: PromptRecord) -> None:
    tally.taken += record.outcome is Outcome.TAKEN
    tally.reasons[record.reason] = tally.reasons.get(record.reason, 0) + 1
    if record.reason in FIRST_OF_A_BOUT:
        tally.waits.append((record.bout - RULES.earliest) / timedelta(seconds=1))


def fired(end: float, inputs: list[float], plan: Plan, period: float) -> Iterator[float]:
    """When a timer fires that counts from the start of a bout, and begins anew after five minutes without input.

    It knows calls as presence, as sitbreak does, so that only the moment differs; nobody reacts to it.
    """
    seen = sorted({*inputs, *(float(t) for call in plan.calls for t in range(call.start, call.end + 1, 60)), end})
    last, due = 0.0, period
    for moment in seen:
        while due < min(moment, last + AFRESH):
            yield due
            due += period
        if moment - last >= AFRESH:
            due = moment + period
        last = moment

"""The estimate held against a seat sensor: what it would have been without one, on the days that one measured (8.9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import time

from sitbreak.core.accounting import VALID_OMEGA
from sitbreak.core.away_share import NO_ANSWERS, Habit
from sitbreak.core.classify import Gap, Stretch, classify
from sitbreak.core.device_sightings import Sights, near
from sitbreak.core.estimate import estimates
from sitbreak.core.frozen import frozen
from sitbreak.core.records import UNWATCHED, Evidence, Facts, Quiet, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.spans import average, cut
from sitbreak.core.timeline import DAY_START

TYPED = frozenset({Evidence.INPUT})


@frozen
class Held:
    """On so many measured days the estimate was so many minutes a day too high (below 0: too low)."""

    days: int
    minutes: float


def held_against_seat(facts: Facts, habit: Habit = NO_ANSWERS, day_start: time = DAY_START) -> Held | None:
    """How far the estimate lies from what a seat sensor measured; None where none measured for two hours on any day."""
    if not any(span.measured for span in facts.spans):
        return None
    told, alone = estimates(facts, habit, day_start), estimates(without_seat(facts), habit, day_start)
    off = [alone[day].seated - sat.seated for day, sat in told.items() if sat.measured >= VALID_OMEGA and day in alone]
    return Held(len(off), average(off)) if off else None


def without_seat(facts: Facts) -> Facts:
    """The facts as they would be without the sensor: measured time booked by the rules, from the silences kept of it.

    What lies in one silence with a confirmed break stays as it is: what the break would have claimed is not known.
    """
    sights, spans = Sights(0, facts), list[Span]()
    silences = {q for span in facts.spans if span.measured for q in sights.quiets(span.start.elapsed, span.end.elapsed)}
    last: Quiet | None = None
    for span in facts.spans:
        for part, quiet in [(span, None)] if _stays(span) else _by_rules(span, sights, silences):
            if quiet is not None and quiet is last and _look(spans[-1]) == _look(part):
                spans[-1] = replace(spans[-1], end=part.end)  # the sensor had cut one silence in two
            else:
                spans.append(part)
            last = quiet
    return replace(facts, spans=tuple(spans))


def _stays(span: Span) -> bool:
    return span.kind in (SpanClass.BREAK, SpanClass.STANDING) or bool(span.evidence & UNWATCHED)


def _look(span: Span) -> tuple[object, ...]:
    return span.kind, span.strength, span.evidence, span.day


def _by_rules(span: Span, sights: Sights, silences: Collection[Quiet]) -> Iterator[tuple[Span, Quiet | None]]:
    """The parts of a span, each with the silence it lies in, as the table of 1.1 has them without a sensor."""
    low, high = span.start.elapsed, span.end.elapsed
    for quiet in sights.quiets(low, high):
        if quiet not in silences:
            continue
        start, end = max(low, quiet.start.elapsed), min(high, quiet.end)
        if start > low:
            yield _typed(cut(span, low, start)), None
        part = cut(span, start, end)
        yield (part if _broken(quiet, sights) else _silent(part, quiet)), quiet
        low = end
    if high > low:
        yield _typed(cut(span, low, high)), None


def _typed(part: Span) -> Span:
    """A part without a silence: with input less than a minute apart, where a sensor told of it."""
    return replace(part, kind=SpanClass.SEATED, strength=None, evidence=TYPED) if part.measured else part


def _broken(quiet: Quiet, sights: Sights) -> bool:
    start, end = quiet.start.elapsed, quiet.end
    return any(low < end and start < high for low, high in near(sights.breaks, start, end))


def _silent(part: Span, quiet: Quiet) -> Span:
    if quiet.held:
        return replace(part, kind=SpanClass.SEATED, strength=None, evidence=quiet.held)
    start = quiet.start.elapsed
    locks = () if quiet.absence is None else (Stretch(Evidence.LOCK, start + quiet.absence, quiet.end),)
    (piece,) = classify(Gap(start, quiet.end, start, locks), Rules())
    return replace(part, kind=piece.kind, strength=piece.strength, evidence=piece.evidence)

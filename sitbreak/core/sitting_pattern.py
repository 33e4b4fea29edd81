"""How broken-up the sitting of some days was: by the books (spec 1.3), and by the estimate (spec 8.4).

For the estimate nobody knows which silent gaps ended a stretch. Sixteen times each gap is taken as the end of a stretch
or not, so that over the draws it is one as often as its share says. The draws are the same each time: gap i ends the
stretch in draw r if a_i > frac((r - 0.5) / 16 + 0.618 i).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, time, timedelta

from sitbreak.core.accounting import DaySummary
from sitbreak.core.away_share import NO_ANSWERS, AwayShares, Habit
from sitbreak.core.estimate import Silences, SilentGap, gap_around, gap_lengths, said_of, share_of
from sitbreak.core.frozen import frozen
from sitbreak.core.records import UNWATCHED, Evidence, Facts, Span, SpanClass
from sitbreak.core.spans import (
    PROLONGED,
    VERY_LONG,
    as_minutes,
    at_least,
    average,
    overlay,
    total,
    w50,
    with_reach,
)
from sitbreak.core.timeline import DAY_START, ZERO

DRAWS = 16
STEP = 0.618
LONGEST = timedelta(hours=3)  # a longer gap ends every stretch, however it is drawn
ALWAYS = 2.0  # above every draw


@frozen
class Drawn:
    """Of some stretches, or the mean over the draws: shares of sitting in long ones, the usual stretch in minutes."""

    share30: float
    share60: float
    long: float
    w50: float


@frozen
class Broken:
    """How broken-up the sitting of some days was. Minutes; shares 0 to 1; None where there was no sitting."""

    days: int
    seated: float  # minutes in stretches begun on these days
    share30: float | None  # share of sitting in stretches of 30 min or more
    share60: float | None
    long: float | None  # share of sitting in stretches that are long to this person
    w50: float | None  # usual bout duration
    longest: float | None
    breaks: int  # visible breaks
    breaks_per_hour: float | None  # per seated hour


def broken(summaries: Iterable[DaySummary], drawn: Drawn | None = None, latest: timedelta = PROLONGED) -> Broken:
    """How broken-up the sitting of these days was; `drawn`: by the estimate, which knows of silent gaps (8.4).

    `latest`: from here on a stretch is long to this person.
    """
    found = list(summaries)
    lengths = [length for summary in found for length in summary.lengths]
    whole = total(lengths)
    breaks = sum(summary.breaks_seen for summary in found)
    drawn = _told(lengths, latest) if drawn is None and whole else drawn
    return Broken(
        days=len(found),
        seated=as_minutes(whole),
        share30=None if drawn is None else drawn.share30,
        share60=None if drawn is None else drawn.share60,
        long=None if drawn is None else drawn.long,
        w50=None if drawn is None else drawn.w50,
        longest=as_minutes(max(lengths)) if lengths else None,
        breaks=breaks,
        breaks_per_hour=breaks / (whole / timedelta(hours=1)) if whole else None,
    )


@frozen
class _Part:
    """Presence (share None), or a gap that ends the stretch with this share."""

    length: timedelta
    day: date
    share: float | None = None
    gap: timedelta | None = None  # where the gap began, so that its parts are drawn together


def stretches(
    facts: Facts, habit: Habit = NO_ANSWERS, day_start: time = DAY_START
) -> list[Mapping[date, list[timedelta]]]:
    """For each draw the lengths of the stretches of sitting, by the logical day on which they began."""
    parts = list(_parts(facts, AwayShares(habit), day_start))
    return [_drawn(parts, draw) for draw in range(1, DRAWS + 1)]


def mean(
    draws: Sequence[Mapping[date, list[timedelta]]], days: Iterable[date], latest: timedelta = PROLONGED
) -> Drawn | None:
    """What the draws say of these days together; None without sitting. `latest` as for `broken`."""
    wanted = list(days)
    lengths = [[length for day in wanted for length in draw.get(day, ())] for draw in draws]
    found = [_told(each, latest) for each in lengths if total(each)]
    if not found:
        return None
    return Drawn(
        share30=average(each.share30 for each in found),
        share60=average(each.share60 for each in found),
        long=average(each.long for each in found),
        w50=average(each.w50 for each in found),
    )


def _told(lengths: Sequence[timedelta], latest: timedelta) -> Drawn:
    """What stretches of these lengths, of which there are some, make."""
    whole = total(lengths)
    share30, share60, long = (total(at_least(lengths, least)) / whole for least in (PROLONGED, VERY_LONG, latest))
    return Drawn(share30, share60, long, as_minutes(w50(lengths) or ZERO))


def _parts(facts: Facts, shares: AwayShares, day_start: time) -> Iterator[_Part]:
    said = said_of(facts.gaps)
    gaps, silences = gap_lengths(facts.spans, said), Silences(facts.quiets, said)
    spans = overlay(facts.spans, facts.corrections)
    last: Span | None = None
    for span, back, on in with_reach(spans, day_start):
        if last is not None and last.end.elapsed != span.start.elapsed:
            yield _Part(ZERO, span.day, ALWAYS)
        last = span
        if span.kind is SpanClass.SEATED:
            yield from _seated(span, silences, shares)
        elif (
            span.kind is SpanClass.STANDING
            or Evidence.DECLARED in span.evidence
            or span.evidence & UNWATCHED
            or back
            or on
        ):
            yield _Part(span.duration, span.day, ALWAYS)
        else:
            gap = gap_around(span, gaps)
            share = ALWAYS if gap.end - gap.start > LONGEST else share_of(gap, shares)
            yield _Part(span.duration, span.day, share, gap.start)


def _seated(span: Span, silences: Silences, shares: AwayShares) -> Iterator[_Part]:
    """Sitting, with the silences in it; declared sitting has none."""
    at, declared = span.start.elapsed, Evidence.DECLARED in span.evidence
    found: Iterable[tuple[SilentGap, float]] = () if declared else silences.within(span)
    for gap, _ in found:
        start, end = max(gap.start, at), min(gap.end, span.end.elapsed)
        yield _Part(start - at, span.day)
        yield _Part(end - start, span.day, share_of(gap, shares), gap.start)
        at = end
    yield _Part(span.end.elapsed - at, span.day)


def _drawn(parts: Iterable[_Part], draw: int) -> dict[date, list[timedelta]]:
    found: dict[date, list[timedelta]] = {}
    length, began, number, gap = ZERO, None, 0, None
    for part in parts:
        if part.share is not None:
            number += gap is None or part.gap != gap
            gap = part.gap
            if part.share > ((draw - 0.5) / DRAWS + STEP * number) % 1.0:
                if began is not None and length:
                    found.setdefault(began, []).append(length)
                length, began = ZERO, None
                continue
        if began is None and part.share is None and part.length:
            began = part.day
        if began is not None:
            length += part.length
    if began is not None and length:
        found.setdefault(began, []).append(length)
    return found

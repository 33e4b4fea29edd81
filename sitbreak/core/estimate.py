"""How long somebody sat, and how sure that is: an expectation with its range, from the spans of a day (spec 8.2).

It stands beside the books and never enters them. Gaps under 5 min are no spans: they are known from the silences kept
beside them. A day from before those were kept counts them as present, and has a wider range for it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from math import sqrt

from sitbreak.core.accounting import of_day
from sitbreak.core.away_share import (
    NO_ANSWERS,
    OFF_CHAIR,
    AwayShares,
    GapKind,
    Habit,
    after_answer,
    kind_of,
    tilt_at,
    weight_at,
)
from sitbreak.core.frozen import frozen
from sitbreak.core.records import OUT_OF_CHAIR, UNWATCHED, Evidence, Facts, GapAnswer, Quiet, Span, SpanClass, Strength
from sitbreak.core.spans import NORMAL_90, as_minutes, average, overlay, touch, with_reach
from sitbreak.core.timeline import DAY_START

PAUSES = 0.009  # part of the time at the keys that is spent up, in pauses under a minute
SPREAD, DRIFT = 0.85, 0.012  # of a gap's own variance: of a(1-a) L^2, and of a L^2
DAILY = 0.30  # how far a habit lies from itself from day to day, in log odds
OF_STANDING = 0.6  # how far unsaid standing of a day lies from its share
ANSWERED = 0.2  # of the habit's pull is left where a gap was answered
FROM_SPANS = 20.0  # minutes of further scatter where only gaps of 5 min and more are known
FROM_QUIETS = 7.0  # and where the shorter ones are, too
SHORT = 300.0  # seconds; from there on an open gap is a span of its own
LONG = 1200.0  # seconds; from there on a gap is outside the desk window
WHOLLY = 0.99  # of the observed time
_IN_GAPS = frozenset({SpanClass.BREAK, SpanClass.AWAY, SpanClass.UNOBSERVED})


@frozen
class Sitting:
    """The estimate of one day, in minutes: seated and away add up to what was observed; blind time is in neither.

    `up` (U of spec 8.6) is what of the away minutes lies in the desk window Omega: in absences that are no long gaps.
    """

    seated: float
    observed: float
    blind: float
    up: float
    own: float  # variance of the day by itself, min^2
    pull: tuple[float, float]  # g: how the seated minutes move with level and tilt of the habit
    habit: Habit
    shares: Mapping[timedelta, float] = field(default_factory=dict)  # a of each doubtful stretch, by when it begins
    short: bool = False  # whether the gaps under 5 min are known
    measured: float = 0.0  # minutes of the observed time in which a seat sensor told

    @property
    def away(self) -> float:
        """Expected minutes off the chair."""
        return self.observed - self.seated

    @property
    def wholly_measured(self) -> bool:
        """Whether no more is left to the estimate than the moments before the first input."""
        return self.measured >= WHOLLY * self.observed > 0

    @property
    def low(self) -> float:
        """Where the 90 % range begins, not below 0."""
        return max(0.0, self.seated - NORMAL_90 * self._deviation)

    @property
    def high(self) -> float:
        """Where it ends, not above the time observed."""
        return min(self.observed, self.seated + NORMAL_90 * self._deviation)

    @property
    def _deviation(self) -> float:
        (a, b), (_, d) = self.habit.covariance
        level, tilt = self.pull
        shared = a * level * level + 2 * b * level * tilt + d * tilt * tilt
        return sqrt(self.own + shared)


def estimates(facts: Facts, habit: Habit = NO_ANSWERS, day_start: time = DAY_START) -> dict[date, Sitting]:
    """The estimate of each logical day with presence; long gaps that reach into another day are in neither.

    `facts` should reach a day further on both sides than what is to be shown.
    """
    shares, said = AwayShares(habit), said_of(facts.gaps)
    lengths = gap_lengths(facts.spans, said)
    silences = Silences(facts.quiets, said)
    spans = overlay(facts.spans, facts.corrections)
    night = SpanClass.UNOBSERVED
    reach = with_reach(spans, day_start)
    days = of_day(span for span, back, on in reach if span.kind is not night or not (back or on))
    return {day: _of_day(rows, lengths, silences, shares, habit) for day, rows in days.items()}


def mean_of(days: Sequence[Sitting]) -> Sitting | None:
    """The estimate of a day on average over these; None without any. Scatter evens out, an unknown habit does not."""
    if not days:
        return None
    n = len(days)
    return Sitting(
        seated=average(day.seated for day in days),
        observed=average(day.observed for day in days),
        blind=average(day.blind for day in days),
        up=average(day.up for day in days),
        own=sum(day.own for day in days) / n**2,
        pull=(average(day.pull[0] for day in days), average(day.pull[1] for day in days)),
        habit=days[0].habit,
        short=all(day.short for day in days),
        measured=average(day.measured for day in days),
    )


def expected_up(found: Mapping[date, Sitting]) -> dict[date, float]:
    """U of each day: what was up of its desk window, in minutes (spec 8.6)."""
    return {day: sitting.up for day, sitting in found.items()}


@frozen
class SilentGap:
    """A gap in presence as observed: steady-clock edges, and its kind."""

    start: timedelta
    end: timedelta
    kind: GapKind
    up: float | None = None  # what was said of it: 1 off the chair, 0 on it; None: nothing

    @property
    def seconds(self) -> float:
        """Its length."""
        return (self.end - self.start).total_seconds()


def said_of(answers: Iterable[GapAnswer]) -> dict[timedelta, float]:
    """What was said last of each gap, by the beginning of what was asked about."""
    latest = sorted((each for each in answers if each.label in OFF_CHAIR), key=lambda each: each.at.elapsed)
    return {each.start.elapsed: OFF_CHAIR[each.label] for each in latest}


def gap_lengths(spans: Iterable[Span], said: Mapping[timedelta, float]) -> dict[timedelta, SilentGap]:
    """The gap each span out of presence lies in, by the span's end; a break and the rest of its gap are one."""
    runs: list[list[Span]] = []
    for span in spans:
        if span.kind not in _IN_GAPS or (span.kind is SpanClass.UNOBSERVED and span.evidence & UNWATCHED):
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and touch(last, span) and (last.kind is SpanClass.BREAK or last.day != span.day):
            runs[-1].append(span)
        else:
            runs.append([span])
    found: dict[timedelta, SilentGap] = {}
    for run in runs:
        up = next((said[span.start.elapsed] for span in run if span.start.elapsed in said), None)
        gap = SilentGap(run[0].start.elapsed, run[-1].end.elapsed, _kind(run), up)
        found |= {span.end.elapsed: gap for span in run}
    return found


def _kind(run: Sequence[Span]) -> GapKind:
    """Of the spans of one gap. A lock in a long gap may have come by itself, so such a gap stays open."""
    if any(span.kind is SpanClass.BREAK for span in run):
        return GapKind.BREAK
    return GapKind.LOCK if any(span.strength is Strength.STRONG for span in run) else GapKind.OPEN


class Silences:
    """The silences that are no spans of their own: short ones, and those under a call or a film."""

    def __init__(self, quiets: Iterable[Quiet], said: Mapping[timedelta, float]) -> None:
        found = [gap for quiet in quiets if (gap := _silent(quiet, said)) is not None]
        self._gaps = sorted(found, key=lambda gap: gap.start)
        self._starts = [gap.start for gap in self._gaps]
        self._known = sorted(quiet.start.elapsed for quiet in quiets)

    def within(self, row: Span) -> Iterator[tuple[SilentGap, float]]:
        """Those that reach into a span, and for how many minutes."""
        low, high = row.start.elapsed, row.end.elapsed
        for gap in self._gaps[max(0, bisect_right(self._starts, low) - 1) :]:
            if gap.start >= high:
                return
            if gap.end > low:
                yield gap, as_minutes(min(gap.end, high) - max(gap.start, low))

    def known(self, rows: Sequence[Span]) -> bool:
        """Whether silences were kept on the day of these spans."""
        first = bisect_left(self._known, rows[0].start.elapsed)
        return first < len(self._known) and self._known[first] < rows[-1].end.elapsed


def _silent(quiet: Quiet, said: Mapping[timedelta, float]) -> SilentGap | None:
    """The gap a silence is; None where its span tells of it, or where declared evidence says: seated."""
    start, end = quiet.start.elapsed, quiet.end
    kind = kind_of(quiet)
    if kind is None:
        return None
    gap = SilentGap(start, end, kind, said.get(start))
    return gap if gap.seconds < SHORT or kind in (GapKind.CALL, GapKind.MEDIA) else None


@dataclass(slots=True)
class _Sums:
    """What a day adds up to, in minutes and min^2."""

    seated: float = 0.0
    observed: float = 0.0
    blind: float = 0.0
    up: float = 0.0
    own: float = 0.0
    level: float = 0.0
    tilt: float = 0.0
    desk: float = 0.0  # of which a part may be stood without being said
    measured: float = 0.0


def _of_day(
    rows: Sequence[Span], gaps: dict[timedelta, SilentGap], silences: Silences, shares: AwayShares, habit: Habit
) -> Sitting:
    sums, doubts, short = _Sums(), dict[timedelta, float](), silences.known(rows)
    for row in rows:
        minutes = as_minutes(row.duration)
        if row.kind is SpanClass.UNOBSERVED and row.evidence & (UNWATCHED | {Evidence.DECLARED}):
            sums.blind += minutes
            continue
        sums.observed += minutes
        if row.measured:
            sums.measured += minutes
            sums.seated += minutes if row.kind is SpanClass.SEATED else 0.0
            sums.up += minutes if row.kind in OUT_OF_CHAIR else 0.0
            continue
        if row.kind is SpanClass.STANDING or (Evidence.DECLARED in row.evidence and row.kind in OUT_OF_CHAIR):
            sums.up += minutes  # said, and taken as said
            continue
        if row.kind is SpanClass.SEATED:
            said = Evidence.DECLARED in row.evidence
            keys = 0.0 if said else _at_the_keys(sums, minutes, row, silences, shares)
            sums.seated += minutes if said else keys * (1.0 - PAUSES) * (1.0 - shares.standing)
            sums.desk += keys
        else:
            share = _add_gap(sums, minutes, gap_around(row, gaps), shares)
            sums.up += share * minutes if row.kind in OUT_OF_CHAIR else 0.0
            doubts[row.start.elapsed] = share
    unmeasured = 1.0 - sums.measured / sums.observed if sums.observed else 1.0
    sums.own += DAILY**2 * sums.level**2 + unmeasured * (FROM_QUIETS if short else FROM_SPANS) ** 2
    sums.own += (habit.standing_sd**2 + (OF_STANDING * habit.standing) ** 2) * sums.desk**2
    pull = (sums.level, sums.tilt)
    known = (sums.seated, sums.observed, sums.blind, sums.up, sums.own)
    return Sitting(*known, pull, habit, doubts, short, sums.measured)


def _at_the_keys(sums: _Sums, minutes: float, row: Span, silences: Silences, shares: AwayShares) -> float:
    """What of a seated span's minutes had input less than a minute apart; its silences are added by their share."""
    for gap, silent in silences.within(row):
        share = _add_gap(sums, silent, gap, shares)
        sums.up += share * silent if gap.seconds < LONG else 0.0
        minutes -= silent
    return max(0.0, minutes)


def gap_around(row: Span, gaps: dict[timedelta, SilentGap]) -> SilentGap:
    """The gap a span lies in. What a correction cut off is found by looking through them all; that is rare."""
    known = gaps.get(row.end.elapsed)
    if known is not None:
        return known
    return next(gap for gap in gaps.values() if gap.start <= row.start.elapsed and row.end.elapsed <= gap.end)


def share_of(gap: SilentGap, shares: AwayShares) -> float:
    """The part of a gap that was spent off the chair, 0 to 1, with what was said of it."""
    share = shares.of(gap.kind, gap.seconds)
    return share if gap.up is None or gap.kind is GapKind.BREAK else after_answer(share, gap.up)


def _add_gap(sums: _Sums, minutes: float, gap: SilentGap, shares: AwayShares) -> float:
    """`minutes` of a gap, with the share of its full length, which is returned."""
    share = share_of(gap, shares)
    doubt = share * (1.0 - share)
    stood = shares.standing if gap.kind is GapKind.OPEN else 0.0
    sums.seated += minutes * (1.0 - share) * (1.0 - stood)
    sums.desk += minutes * (1.0 - share) if gap.kind is GapKind.OPEN else 0.0
    sums.own += (SPREAD * doubt + DRIFT * share) * minutes * minutes
    if gap.kind is GapKind.OPEN:
        bend = weight_at(gap.seconds) * doubt * minutes * (1.0 if gap.up is None else ANSWERED)
        sums.level += bend
        sums.tilt += bend * tilt_at(gap.seconds)
    return share

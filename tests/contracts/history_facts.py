"""Facts for the history's tests: small ones by hand, and arbitrary ones for properties."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from sitbreak.core.records import (
    GOALS,
    MOST_MINUTES,
    BaselineRecord,
    BreakRecord,
    Correction,
    DeclaredMovement,
    Evidence,
    Fact,
    GapAnswer,
    GapLabel,
    GoalRecord,
    Outcome,
    PromptRecord,
    Quiet,
    Reason,
    Span,
    SpanClass,
    Strength,
)
from sitbreak.core.timeline import Instant

BERLIN = ZoneInfo("Europe/Berlin")
DAY_START = time(4, 0)
MONDAY = date(2026, 3, 2)
FIRST = Instant(timedelta(hours=100), datetime(2026, 3, 2, 8, 0, tzinfo=UTC), BERLIN)


def at(minutes: float) -> Instant:
    """So many minutes after Monday, 09:00 in Berlin."""
    return FIRST.plus(timedelta(minutes=minutes))


def span(
    start: float,
    end: float,
    kind: SpanClass = SpanClass.SEATED,
    strength: Strength | None = None,
    evidence: frozenset[Evidence] = frozenset({Evidence.INPUT}),
) -> Span:
    """A span between two minutes, on the day it begins."""
    return Span(at(start), at(end), kind, strength, evidence, at(start).day(DAY_START))


def one_of_each() -> list[Fact]:
    """A fact of every kind, on Monday."""
    return [
        span(0, 40, evidence=frozenset({Evidence.INPUT, Evidence.CALL})),
        span(40, 43, SpanClass.BREAK, evidence=frozenset({Evidence.ACCEPTED})),
        span(43, 50, SpanClass.AWAY, Strength.STRONG, frozenset({Evidence.LOCK})),
        PromptRecord(1, at(39), MONDAY, Reason.LULL, "march", timedelta(minutes=39), Outcome.TAKEN, at(40)),
        PromptRecord(2, at(90), MONDAY, Reason.LATEST, "stairs", timedelta(minutes=45, microseconds=7)),
        BreakRecord(at(40), MONDAY, timedelta(minutes=2), "march", 1, timedelta(minutes=3), False, "easier"),
        BreakRecord(at(91), MONDAY, timedelta(minutes=5), "twist", None, timedelta(0), True),
        GapAnswer(at(200), at(230), GapLabel.WALKED, at(231)),
        DeclaredMovement(at(231), MONDAY, 12.5, True, "gap"),
        Correction(at(10), at(20), SpanClass.STANDING, at(500)),
        BaselineRecord(MONDAY, date(2026, 3, 27), True),
        GoalRecord(MONDAY, 20, False),
        Quiet(at(43), timedelta(minutes=7), timedelta(seconds=12), frozenset({Evidence.CALL}), True),
        Quiet(at(60), timedelta(minutes=1)),
    ]


MICROSECOND = timedelta(microseconds=1)
ZONES = st.sampled_from(
    [UTC, BERLIN, ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("America/St_Johns"), ZoneInfo("Pacific/Apia")]
) | st.integers(-50_000, 50_000).map(lambda seconds: timezone(timedelta(seconds=seconds)))
LENGTHS = st.integers(0, 10**12).map(lambda micros: timedelta(microseconds=micros))
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
MOMENTS = st.integers(0, 5 * 10**14).map(lambda micros: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(0, 0, micros))
INSTANTS = st.builds(Instant, LENGTHS, MOMENTS, ZONES)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=20)
COUNTS = st.integers(0, 10**9)
MINUTES = st.floats(0, MOST_MINUTES, exclude_min=True)
SHORT = st.integers(1, 48 * 3_600_000_000).map(lambda micros: timedelta(microseconds=micros))  # that of a span


def _later(first: st.SearchStrategy[Instant]) -> st.SearchStrategy[tuple[Instant, Instant]]:
    """Two instants, the second after the first on the axis, under any wall clock."""
    return st.builds(lambda a, length, b: (a, Instant(a.elapsed + length, b.utc, b.zone)), first, SHORT, INSTANTS)


PAIRS = _later(INSTANTS)


@st.composite
def tiled_spans(draw: st.DrawFn, most: int = 12) -> list[Span]:
    """Spans one after another, some touching and some apart, under a wall clock that may step between them."""
    elapsed, spans = draw(LENGTHS), []
    for length in draw(st.lists(SHORT, max_size=most)):
        start = Instant(elapsed, draw(MOMENTS), draw(ZONES))
        kind, strength = draw(st.sampled_from(SpanClass)), draw(st.none() | st.sampled_from(Strength))
        end = start.plus(length) if kind is SpanClass.BREAK else Instant(elapsed + length, draw(MOMENTS), draw(ZONES))
        evidence = frozenset(draw(st.sets(st.sampled_from(Evidence))))
        spans.append(Span(start, end, kind, strength, evidence, start.day(DAY_START)))
        elapsed += length + draw(st.sampled_from([timedelta(0), timedelta(hours=9)]))
    return spans


def _break(at: Instant, day: date, minutes: float, share: float, words: str, prompt: int | None) -> BreakRecord:
    length = timedelta(minutes=minutes) + timedelta(microseconds=1)
    return BreakRecord(at, day, min(length, timedelta(days=1)), words, prompt, share * length, share > 1, words)


OTHER_FACTS = st.one_of(
    st.builds(
        lambda number, pair, day, reason, words, bout, outcome, open_: PromptRecord(
            number, pair[0], day, reason, words, bout, outcome, None if open_ else pair[1]
        ),
        COUNTS,
        PAIRS,
        DAYS,
        st.sampled_from(Reason),
        WORDS,
        SHORT,
        st.none() | st.sampled_from(Outcome),
        st.booleans(),
    ),
    st.builds(_break, INSTANTS, DAYS, MINUTES, st.floats(0, 1.9), WORDS, st.none() | COUNTS),
    st.builds(
        lambda pair, label, at: GapAnswer(pair[0], pair[1], label, at), PAIRS, st.sampled_from(GapLabel), INSTANTS
    ),
    st.builds(DeclaredMovement, INSTANTS, DAYS, MINUTES, st.booleans(), WORDS),
    st.builds(
        lambda pair, kind, at: Correction(pair[0], pair[1], kind, at), PAIRS, st.sampled_from(SpanClass), INSTANTS
    ),
    st.builds(
        lambda first, days, firm: BaselineRecord(first, None if days is None else first + timedelta(days=days), firm),
        DAYS,
        st.none() | st.integers(0, 400),
        st.booleans(),
    ),
    st.builds(GoalRecord, DAYS, st.sampled_from(GOALS), st.booleans()),
    st.builds(
        lambda start, length, share, held, motion: Quiet(
            start,
            length,
            None if share is None else timedelta(microseconds=share * (length // MICROSECOND) // 100),
            held,
            motion,
        ),
        INSTANTS,
        SHORT,
        st.none() | st.integers(0, 100),
        st.frozensets(st.sampled_from(Evidence)),
        st.booleans(),
    ),
)


@st.composite
def any_facts(draw: st.DrawFn) -> list[Fact]:
    """Facts of all kinds that can stand in one history."""
    return [*draw(tiled_spans()), *draw(st.lists(OTHER_FACTS, max_size=12))]

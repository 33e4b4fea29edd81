"""Silent gaps between real inputs: the facts they leave, and what the estimate makes of them (spec 8.1, 8.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.accounting import days
from sitbreak.core.away_share import AwayShares, GapKind, Habit
from sitbreak.core.estimate import PAUSES, Sitting, estimates
from sitbreak.core.events import ActivityObserved, InputKind, Locked, Signal, SignalChanged, Unlocked
from sitbreak.core.records import Evidence, GapLabel, Quiet, SpanClass
from tests.core.test_what_is_kept import Morning
from tests.fakes.machine import KEY, MINUTE, SECOND
from tests.review.made import Story, day

MONDAY = day("2026-03-02")


def silences(morning: Morning) -> list[Quiet]:
    """What was kept."""
    return [fact for fact in morning.facts(Quiet) if isinstance(fact, Quiet)]


def monday(story: Story) -> Sitting:
    """The estimate of the day told."""
    return estimates(story.facts())[MONDAY]


# -- what is kept


@pytest.mark.parametrize(("seconds", "kept"), [(59, []), (60, [60]), (299, [299]), (300, [300]), (4000, [4000])])
def test_a_silence_is_kept_from_a_minute_on(seconds: int, kept: list[int]) -> None:
    """Whatever it is booked as."""
    morning = Morning()
    morning.tell(1, KEY)
    morning.tell(1 + seconds / 60, KEY)
    assert [quiet.length for quiet in silences(morning)] == [each * SECOND for each in [60, *kept]]
    assert silences(morning)[-1].start.elapsed - A_MORNING.elapsed == (MINUTE if kept else timedelta(0))


@pytest.mark.parametrize(("locked", "unlocked", "absence"), [(2.5, 6, 30), (4, 4.9, None), (4, 5, 120)])
def test_the_first_lock_of_a_minute_is_kept_with_it(locked: float, unlocked: float, absence: float | None) -> None:
    """How long after the last input it began; a shorter one is nothing."""
    morning = Morning()
    morning.tell(2, KEY)
    morning.tell(locked, Locked())
    morning.tell(unlocked, Unlocked())
    morning.tell(10, KEY)
    found = silences(morning)[-1].absence
    assert found == (None if absence is None else absence * SECOND)


@pytest.mark.parametrize(("until", "held"), [(5, set()), (5.1, {Evidence.CALL})])
def test_evidence_over_more_than_half_of_it_is_kept(until: float, held: set[Evidence]) -> None:
    """A call for half of the silence is not named, one for longer is."""
    morning = Morning()
    morning.tell(0.5, KEY)
    morning.tell(0.5, SignalChanged(Signal.CALL, True))
    morning.tell(until - 0.5, SignalChanged(Signal.CALL, False))
    morning.tell(8.5, KEY)
    assert silences(morning)[-1].held == held


@pytest.mark.parametrize(("kind", "motion"), [(InputKind.KEY, False), (InputKind.MOTION, True)])
def test_what_ended_it_is_kept(kind: InputKind, motion: bool) -> None:
    """The pointer's motion, or anything else."""
    morning = Morning()
    morning.tell(1, KEY)
    morning.tell(5, ActivityObserved(kind))
    morning.tell(5.1, ActivityObserved(kind))
    assert silences(morning)[-1].motion is motion


# -- what the estimate makes of it


def test_a_short_silence_is_partly_away() -> None:
    """Four minutes without input inside an hour: the time at the keys is the rest."""
    share = AwayShares().of(GapKind.OPEN, 240)
    found = monday(Story("2026-03-02T09:00").quiet(4).sit(60))
    assert found.seated == pytest.approx(56 * (1 - PAUSES) + 4 * (1 - share))
    assert found.observed == pytest.approx(60)
    assert found.up == pytest.approx(4 * share)


def test_a_day_with_silences_is_surer_than_one_from_before() -> None:
    """Seven minutes of scatter instead of twenty, and it is known which days are which."""
    before, now = monday(Story("2026-03-02T09:00").sit(60)), monday(Story("2026-03-02T09:00").quiet(1).sit(60))
    assert (before.short, now.short) == (False, True)
    assert now.own < 60 < 390 < before.own


@pytest.mark.parametrize(
    ("held", "kind"), [((Evidence.CALL,), GapKind.CALL), ((Evidence.MEDIA,), GapKind.MEDIA)], ids=["call", "media"]
)
def test_a_silence_under_a_call_or_a_film_has_its_own_share(held: tuple[Evidence, ...], kind: GapKind) -> None:
    """Also where the books have it as sitting for long."""
    found = monday(Story("2026-03-02T09:00").sit(30).quiet(25, None, *held).sit(25, *held).sit(30))
    assert found.away == pytest.approx(25 * AwayShares().of(kind, 1500) + 60 * PAUSES)


@pytest.mark.parametrize("held", [Evidence.MEETING, Evidence.READING])
def test_declared_reading_and_meetings_are_seated(held: Evidence) -> None:
    """As was said."""
    found = monday(Story("2026-03-02T09:00").quiet(25, None, held).sit(25, held))
    assert found.away == pytest.approx(25 * PAUSES)


def test_a_short_lock_is_an_absence() -> None:
    """Locked within a minute of the last input: all but ten seconds was away."""
    found = monday(Story("2026-03-02T09:00").quiet(2, locked=0.5).sit(60))
    assert found.away == pytest.approx(2 * (1 - 10 / 120) + 58 * PAUSES)


@pytest.mark.parametrize(("label", "more"), [(GapLabel.UP, True), (GapLabel.HERE, False)])
def test_what_is_said_of_a_short_silence_counts(label: GapLabel, more: bool) -> None:
    """Up makes it likelier away, "at my desk" less so."""
    silent = monday(Story("2026-03-02T09:00").quiet(4).sit(60))
    told = monday(Story("2026-03-02T09:00").quiet(4, label).sit(60))
    assert (told.away > silent.away) is more


def test_what_a_correction_says_is_taken_as_said() -> None:
    """Corrected to sitting, a silence in it is sitting."""
    found = monday(Story("2026-03-02T09:00").quiet(4).sit(60).correct(60, 60, SpanClass.SEATED))
    assert found.away == pytest.approx(0)


def test_a_silence_over_the_boundary_has_one_share_and_is_split() -> None:
    """Its full length tells how likely it was away; each day has its own minutes of it."""
    found = estimates(Story("2026-03-02T03:00").sit(58).quiet(4).sit(62).facts())
    share = AwayShares().of(GapKind.OPEN, 240)
    for each in (found[day("2026-03-01")], found[MONDAY]):
        assert each.away == pytest.approx(58 * PAUSES + 2 * share)


# -- what holds for any day


SILENT = st.lists(
    st.tuples(
        st.sampled_from(["sit", "away", "move", "stand", "unseen"]),
        st.integers(1, 90),
        st.integers(1, 100),
        st.sampled_from([(), (Evidence.CALL,), (Evidence.MEDIA,), (Evidence.MEETING,)]),
        st.sampled_from([None, GapLabel.UP, GapLabel.PART, GapLabel.HERE]),
        st.none() | st.integers(0, 3),
    ),
    min_size=1,
    max_size=12,
)


def silent(pieces: list[tuple[str, int, int, tuple[Evidence, ...], GapLabel | None, int | None]]) -> Story:
    """A day of such pieces, each with a silence over part of it or beyond it."""
    story, over = Story("2026-03-02T22:00"), 0.0
    for what, minutes, quiet, held, label, locked in pieces:
        if over <= 0:  # silences never overlap
            story.quiet(quiet, label, *held, locked=locked)
            over = quiet
        getattr(story, what)(minutes)
        over -= minutes
    return story


@given(SILENT, st.floats(-3, 3), st.floats(-1, 1), st.floats(0, 0.5))
def test_the_range_holds_with_silences_too(
    pieces: list[tuple[str, int, int, tuple[Evidence, ...], GapLabel | None, int | None]],
    level: float,
    tilt: float,
    standing: float,
) -> None:
    """For any silences, habit and desk: 0 <= low <= seated <= high <= observed, and nothing is lost."""
    habit = Habit(level, tilt, standing=standing, standing_sd=standing / 2)
    facts = silent(pieces).facts()
    for found in estimates(facts, habit).values():
        assert 0 <= found.low <= found.seated + 1e-9
        assert found.seated <= found.high + 1e-9
        assert found.high <= found.observed
        assert found.seated + found.away == pytest.approx(found.observed)
        assert -1e-9 <= found.up <= found.observed + 1e-9


@given(SILENT)
def test_the_books_know_nothing_of_silences(
    pieces: list[tuple[str, int, int, tuple[Evidence, ...], GapLabel | None, int | None]],
) -> None:
    """Every figure of the days is the same with them and without."""
    facts = silent(pieces).facts()
    assert days(facts) == days(replace(facts, quiets=()))


@given(SILENT)
def test_the_order_of_what_was_kept_does_not_matter(
    pieces: list[tuple[str, int, int, tuple[Evidence, ...], GapLabel | None, int | None]],
) -> None:
    """The same facts give the same numbers."""
    facts = silent(pieces).facts()
    assert estimates(facts) == estimates(replace(facts, quiets=facts.quiets[::-1]))


@pytest.mark.parametrize(("locked", "kind"), [(60, GapKind.LOCK), (61, GapKind.OPEN)])
def test_a_lock_a_minute_after_the_last_input_is_one_made_by_hand(locked: int, kind: GapKind) -> None:
    """A second later it may have come by itself."""
    found = monday(Story("2026-03-02T09:00").quiet(4, locked=locked / 60).sit(60))
    assert found.away == pytest.approx(4 * AwayShares().of(kind, 240) + 56 * PAUSES)


@pytest.mark.parametrize(("minutes", "inside"), [(20 - 1 / 60, True), (20, False), (20 + 1 / 60, False)])
def test_a_call_of_twenty_minutes_is_no_part_of_what_was_up_at_the_desk(minutes: float, inside: bool) -> None:
    """U counts gaps under 20 min only (8.6)."""
    found = monday(Story("2026-03-02T09:00").quiet(minutes, None, Evidence.CALL).sit(minutes, Evidence.CALL).sit(10))
    assert (found.up > 0) is inside

"""The small question a day: which silent gap it is about, when it is asked, and when it is not (spec 8.3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from sitbreak.core.away_share import NO_ANSWERS, Habit
from sitbreak.core.effects import AskAboutGap, Effect, Record, Refused, ShowPrompt, WithdrawQuestion
from sitbreak.core.events import (
    BreakRequested,
    Declared,
    Event,
    GapAnswered,
    Locked,
    Signal,
    SignalChanged,
    StandingDeclared,
    Unlocked,
    WalkLogged,
)
from sitbreak.core.machine import Machine
from sitbreak.core.memory import GapQuestion
from sitbreak.core.records import DeclaredMovement, Evidence, GapAnswer, GapLabel, Quiet
from sitbreak.core.rules import Rules
from sitbreak.core.small_question import EVERY, SHORT_GAPS, WORTH, Asking, worth
from sitbreak.core.timeline import ZERO, Instant
from tests.fakes.machine import KEY, MINUTE, SECOND, TICK, machine_at

# Two days in a row on which gaps of 5 to 20 min are asked about, and one on which a short one is.
TUESDAY = Instant(ZERO, datetime(2026, 3, 3, 8, 0, tzinfo=UTC), UTC)
SHORT_DAY = next(
    TUESDAY.plus(timedelta(days=n)) for n in range(3) if (TUESDAY.local.date().toordinal() + n) % EVERY == 0
)
LONG_DAY = SHORT_DAY.plus(timedelta(days=1))


class Day:
    """A machine on a day of its own; what it said."""

    def __init__(self, start: Instant = LONG_DAY, rules: Rules | None = None) -> None:
        self.start = start
        self.machine: Machine = machine_at(start, rules)
        self.said: list[Effect] = []
        self.worked = 0.0

    def tell(self, minute: float, *events: Event) -> Day:
        """These events at that minute."""
        for event in events:
            self.said += self.machine.handle(event, self.start.plus(minute * MINUTE))
        return self

    def types(self, first: float, last: float) -> Day:
        """A key every ten seconds."""
        for step in range(round((last - first) * 6) + 1):
            self.tell(first + step / 6, KEY)
        return self

    def gap(self, first: float, last: float) -> Day:
        """Works up to `first`, is silent until `last`, works on for a minute and then pauses for a while."""
        begin, self.worked = self.worked, last + 1
        return self.types(begin, first).types(last, last + 1).tell(last + 1.5, TICK)

    @property
    def asked(self) -> list[tuple[float, float]]:
        """The gaps asked about in small questions, in minutes."""
        found = [effect for effect in self.said if isinstance(effect, AskAboutGap) and effect.small]
        return [(self._minute(effect.start), self._minute(effect.end)) for effect in found]

    def _minute(self, at: Instant) -> float:
        return at.since(self.start) / MINUTE

    def answers(self) -> list[GapLabel]:
        """What was kept of the answers."""
        facts: Sequence[object] = [effect.fact for effect in self.said if isinstance(effect, Record)]
        return [fact.label for fact in facts if isinstance(fact, GapAnswer)]


# -- when


def test_a_gap_worth_it_is_asked_about_at_the_next_lull() -> None:
    """Fifteen minutes silent; ten seconds after the last key of the minute that followed the question comes."""
    day = Day().types(0, 10).types(25, 26)
    assert day.asked == []
    day.tell(26 + 9.9 / 60, TICK)
    assert day.asked == []
    day.tell(26 + 10.1 / 60, TICK)
    assert day.asked == [(10, 25)]


def test_it_is_asked_once_a_day() -> None:
    """The second gap of the day is not asked about; the next day's is."""
    day = Day().gap(10, 25).gap(40, 55)
    assert day.asked == [(10, 25)]
    tomorrow = 24 * 60.0
    day.worked = tomorrow
    day.tell(tomorrow, KEY).gap(tomorrow + 10, tomorrow + 25)
    assert day.asked == [(10, 25), (tomorrow + 10, tomorrow + 25)]


@pytest.mark.parametrize("length", [3, 4.9, 20.1, 60])
def test_only_gaps_of_five_to_twenty_minutes_are_asked_about(length: float) -> None:
    """On such a day; a longer one has the long question."""
    assert Day().gap(10, 10 + length).asked == []


def test_who_types_on_is_not_asked() -> None:
    """After five minutes nobody remembers: the gap is let go."""
    assert Day().types(0, 10).types(25, 31).tell(32, TICK).asked == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([SignalChanged(Signal.CALL, True)], []),
        ([], [SignalChanged(Signal.CALL, True)]),
        ([], [SignalChanged(Signal.SHARING, True)]),
        ([], [SignalChanged(Signal.DND, True)]),
        ([], [Declared(Signal.MEETING, True)]),
        ([Locked()], [Unlocked()]),
        ([StandingDeclared(True)], []),
        ([BreakRequested(2 * MINUTE)], []),
        ([], [BreakRequested(2 * MINUTE)]),
    ],
    ids=[
        "in a call",
        "into a call",
        "sharing",
        "do not disturb",
        "meeting",
        "locked",
        "standing",
        "a break",
        "on a break",
    ],
)
def test_there_are_times_at_which_nobody_is_asked(before: list[Event], after: list[Event]) -> None:
    """What is known needs no question, and nothing is asked into what holds a prompt."""
    day = Day().types(0, 10).tell(10, *before).tell(25, *after).types(25, 26).tell(26.5, TICK).tell(27, TICK)
    assert day.asked == []


def test_it_is_never_asked_over_a_prompt() -> None:
    """A prompt that comes in the same lull is alone, and one that comes after it takes its place."""
    for lull, asked in ((10, 0), (30, 1)):
        rules = Rules(earliest=25 * MINUTE, lull_at_earliest=lull * SECOND, through_silent_gaps=True)
        day = Day(rules=rules).types(0, 10).types(25, 26).tell(27, TICK)
        assert isinstance(next(each for each in reversed(day.said) if not isinstance(each, Record)), ShowPrompt)
        assert (len(day.asked), day.machine.memory().question) == (asked, None)


def test_it_can_be_turned_off() -> None:
    """`day.small_question` false: none comes."""
    assert Day(rules=Rules(small_question=False)).gap(10, 25).asked == []


def test_every_third_day_one_short_gap_is_asked_about() -> None:
    """One of the first dozen of a minute and a half to five, drawn by the day; a long one is not."""
    day = Day(SHORT_DAY).gap(5, 20)
    for number in range(SHORT_GAPS + 3):
        day.gap(30 + 6 * number, 32 + 6 * number)
    ((start, end),) = day.asked
    assert end - start == pytest.approx(2)


# -- what becomes of it


@pytest.mark.parametrize("label", [GapLabel.UP, GapLabel.PART, GapLabel.HERE])
def test_an_answer_is_kept_and_takes_the_question_away(label: GapLabel) -> None:
    """Nothing is booked by it."""
    day = Day().gap(10, 25).tell(27, GapAnswered(label))
    assert day.answers() == [label]
    assert isinstance(day.said[-2], WithdrawQuestion)
    assert day.machine.memory().tally.walked == ZERO


def test_walked_is_no_answer_to_it() -> None:
    """It says what is, and the question stays."""
    day = Day().gap(10, 25).tell(27, GapAnswered(GapLabel.WALKED, 5))
    assert (day.answers(), isinstance(day.said[-1], Refused)) == ([], True)
    assert day.machine.memory().question is not None


def test_it_goes_after_two_minutes() -> None:
    """Unanswered is fine."""
    day = Day().gap(10, 25).tell(28.6, TICK)
    assert isinstance(day.said[-1], WithdrawQuestion)
    assert day.machine.memory().question is None


def test_after_three_unanswered_days_it_rests_for_a_week() -> None:
    """Then it comes again."""
    asking, day = Asking(), date(2026, 3, 3)
    asked: list[int] = []
    for number in range(20):
        asking.here(day + timedelta(days=number), ZERO)
        if asking.rests_until is None or asking.day is None or asking.day >= asking.rests_until:
            asked.append(number)
            asking.passed_over()
    assert asked == [0, 1, 2, 9, 10, 11, 18, 19]


def test_an_answer_begins_the_count_anew() -> None:
    """Two days unanswered, one answered, two unanswered: it does not rest."""
    asking = Asking(day=date(2026, 3, 3))
    for answered in (False, False, True, False, False):
        asking.answered() if answered else asking.passed_over()
    assert asking.rests_until is None


# -- what it is worth


def test_what_is_sure_is_worth_little() -> None:
    """A longer gap is worth more; where the habit leaves no doubt nothing is."""
    lengths = [worth(NO_ANSWERS, minutes * MINUTE) for minutes in (5, 8, 12, 20)]
    assert lengths == sorted(lengths)
    assert lengths[0] < WORTH < lengths[-1]
    assert worth(Habit(level=6.0), 12 * MINUTE) < 1


@pytest.mark.parametrize(("hour", "wanted"), [(0, False), (8.9, True)])
def test_late_in_the_day_less_is_enough(hour: float, wanted: bool) -> None:
    """Seven minutes are not worth the day's question in the morning, and are in the evening."""
    asking = Asking()
    asking.here(LONG_DAY.local.date(), LONG_DAY.elapsed)
    quiet = Quiet(LONG_DAY.plus(timedelta(hours=hour)), 7 * MINUTE)
    asking.returned(quiet, NO_ANSWERS, 0)
    assert (asking.pending is not None) is wanted


@pytest.mark.parametrize(
    "quiet",
    [
        Quiet(LONG_DAY, 15 * MINUTE, held=frozenset({Evidence.CALL})),
        Quiet(LONG_DAY, 15 * MINUTE, absence=30 * SECOND),
    ],
    ids=["a call", "a lock"],
)
def test_what_is_known_is_not_asked(quiet: Quiet) -> None:
    """A call or a lock at its start says where the person was."""
    asking = Asking()
    asking.here(LONG_DAY.local.date(), LONG_DAY.elapsed)
    asking.returned(quiet, NO_ANSWERS, 0)
    assert asking.pending is None


# -- the stretch that goes on (8.5)


@pytest.mark.parametrize(("through", "after"), [(True, 27), (False, 2)])
def test_a_stretch_may_go_on_through_a_silent_gap(through: bool, after: int) -> None:
    """Ten minutes without input: with the setting the sitting counts on, by default it begins anew."""
    day = Day(rules=Rules(through_silent_gaps=through)).types(0, 15).types(25, 27)
    start = day.machine.memory().prompting.bout_start
    assert start is not None
    assert round((day.start.elapsed + 27 * MINUTE - start) / MINUTE) == after


@pytest.mark.parametrize("event", [Locked(), BreakRequested(2 * MINUTE)])
def test_what_is_known_to_be_an_absence_ends_it(event: Event) -> None:
    """A lock at its start, or a break."""
    day = Day(rules=Rules(through_silent_gaps=True)).types(0, 15).tell(15, event).tell(25, Unlocked()).types(25, 27)
    start = day.machine.memory().prompting.bout_start
    assert start is not None
    assert start >= day.start.elapsed + 25 * MINUTE


def test_an_answer_decides_at_once() -> None:
    """Up: the stretch that went on begins after the gap."""
    day = Day(rules=Rules(through_silent_gaps=True)).gap(10, 25)
    assert day.machine.memory().prompting.bout_start == day.start.elapsed
    day.tell(27, GapAnswered(GapLabel.UP))
    assert day.machine.memory().prompting.bout_start == day.start.elapsed + 25 * MINUTE


@pytest.mark.parametrize(("length", "asked_by"), [(15, "small"), (40, "long")])
def test_who_sat_through_the_gap_has_sat_since_before_it(length: float, asked_by: str) -> None:
    """By default the gap begins the stretch anew; "at my desk" joins the two at once, the books stay."""
    day = Day().gap(10, 10 + length)
    question = day.machine.memory().question
    assert question is not None
    assert question.small is (asked_by == "small")
    spans = day.machine.checkpoint(day.start.plus((12 + length) * MINUTE))
    day.tell(12 + length, GapAnswered(GapLabel.HERE))
    assert day.machine.memory().prompting.bout_start == day.start.elapsed
    assert day.machine.memory().presence.bout_start == day.start.elapsed + (10 + length) * MINUTE
    assert day.machine.checkpoint(day.start.plus((12 + length) * MINUTE))[-1].start == spans[-1].start


def test_a_break_in_the_gap_has_ended_the_stretch_whatever_is_said_of_the_rest() -> None:
    """Two minutes walked, then forty that nobody knows of: "at my desk" joins nothing to what was before the walk."""
    day = Day().types(0, 10).tell(10, BreakRequested(2 * MINUTE)).types(50, 50.5)
    assert day.machine.memory().question is not None
    day.tell(51, GapAnswered(GapLabel.HERE))
    assert day.machine.memory().prompting.bout_start == day.start.elapsed + 50 * MINUTE


def test_an_answer_about_an_older_gap_moves_nothing() -> None:
    """Another absence came in between: the stretch under way is none of that gap's."""
    day = Day().gap(10, 50).tell(51.6, Locked()).tell(52.2, Unlocked()).types(58, 58.2)
    before = day.machine.memory().prompting.bout_start
    day.machine.memory().question = GapQuestion(day.start.plus(10 * MINUTE), day.start.plus(50 * MINUTE), ZERO)
    day.tell(58.3, GapAnswered(GapLabel.HERE))
    assert day.machine.memory().prompting.bout_start == before


# -- what else must hold


def test_a_call_that_counts_keeps_the_question_away_even_alone() -> None:
    """Evidence of presence in the very moment of the lull, though nothing holds a prompt."""
    day = Day().types(0, 10).types(25, 26).tell(26, SignalChanged(Signal.MEDIA, True)).tell(26.5, TICK)
    assert day.asked == []


def test_a_new_day_has_its_own_room_for_walks() -> None:
    """Half an hour nobody knows of: a walk of that day counts, however long the day before was."""
    day = Day().types(0, 10).types(40, 41).tell(42, WalkLogged(20.0))
    (walk,) = [e.fact for e in day.said if isinstance(e, Record) and isinstance(e.fact, DeclaredMovement)]
    assert walk.counted


def test_it_rests_until_the_day_it_may_come_again() -> None:
    """Seven days after the third unanswered one a question may come on that very day."""
    asking = Asking(rests_until=LONG_DAY.local.date())
    asking.here(LONG_DAY.local.date(), LONG_DAY.elapsed)
    asking.returned(Quiet(LONG_DAY, 15 * MINUTE), NO_ANSWERS, 0)
    assert asking.pending is not None


def test_the_status_counts_the_stretch_that_goes_on() -> None:
    """What is told of the present is what the prompt goes by."""
    day = Day(rules=Rules(through_silent_gaps=True)).types(0, 15).types(25, 27)
    assert day.machine.status(day.start.plus(27 * MINUTE)).sitting == 27 * MINUTE

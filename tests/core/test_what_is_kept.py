"""What a prompt, a break, an answer and a walk leave in the books, field by field, and what is said of the present."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.effects import (
    BreakBegan,
    BreakEnded,
    CountdownEnded,
    Effect,
    Record,
    Refused,
    ShowPrompt,
    WithdrawPrompt,
)
from sitbreak.core.effects import WithdrawQuestion as QuestionGone
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    Event,
    GapAnswered,
    LevelChosen,
    Locked,
    PauseRequested,
    PromptAnswered,
    Signal,
    SignalChanged,
    SourceLost,
    StandingDeclared,
    Started,
    Stopped,
    Unlocked,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.machine import Machine
from sitbreak.core.prompt_states import State
from sitbreak.core.records import BreakRecord, DeclaredMovement, Evidence, GapAnswer, GapLabel, Outcome, PromptRecord
from sitbreak.core.status import Status
from sitbreak.core.timeline import ZERO
from tests.fakes.machine import KEY, MINUTE, SECOND, TICK, after, machine_at, typing

DAY = A_MORNING.local.date()


class Morning:
    """A machine, told things at minutes of a morning; everything it said since."""

    def __init__(self) -> None:
        self.machine: Machine = machine_at()
        self.said: list[Effect] = []

    def tell(self, minute: float, *events: Event) -> None:
        """These events, at that minute."""
        for event in events:
            self.said += self.machine.handle(event, after(minute))

    def types(self, first: float, last: float) -> None:
        """A key every half minute."""
        typing(self.machine, first, last)

    def prompt(self) -> ShowPrompt:
        """Types until a prompt comes, at minute 45 at the latest, and returns it."""
        for step in range(91):
            self.tell(step / 2, KEY)
            shown = [each for each in self.said if isinstance(each, ShowPrompt)]
            if shown:
                return shown[-1]
        raise AssertionError("no prompt came")

    def prompted_at(self) -> float:
        """The minute at which the first prompt was shown."""
        (first, *_) = self.facts(PromptRecord)
        assert isinstance(first, PromptRecord)
        return (first.shown.elapsed - A_MORNING.elapsed) / MINUTE

    def facts(self, kind: type) -> list[object]:
        """The records of that kind, oldest first, each as it was kept last before the next."""
        return [each.fact for each in self.said if isinstance(each, Record) and isinstance(each.fact, kind)]

    def status(self, minute: float) -> Status:
        """What is said of the present."""
        return self.machine.status(after(minute))


@pytest.fixture
def morning() -> Morning:
    """At the desk since nine."""
    return Morning()


def test_a_prompt_that_was_followed(morning: Morning) -> None:
    """Its record is closed when the break is settled; the break's names the prompt, the movement and the level."""
    morning.tell(0, LevelChosen("walk", "harder"))
    shown = morning.prompt()
    (open_,) = morning.facts(PromptRecord)
    t = morning.prompted_at()
    morning.tell(t + 0.2, PromptAnswered(Answer.START))
    morning.tell(t + 2.2, TICK)
    morning.tell(t + 3.2, KEY)
    assert (shown.level, shown.snooze_left, shown.brief, shown.silent) == ("harder", 2, False, False)
    assert open_ == PromptRecord(1, after(t), DAY, shown.reason, "walk", t * MINUTE)
    assert morning.facts(PromptRecord)[-1] == PromptRecord(
        1, after(t), DAY, shown.reason, "walk", t * MINUTE, Outcome.TAKEN, after(t + 3.2)
    )
    accepted = BreakRecord(after(t + 0.2), DAY, 2 * MINUTE, "walk", 1, ZERO, False, "harder")
    settled = BreakRecord(after(t + 0.2), DAY, 2 * MINUTE, "walk", 1, 3 * MINUTE, False, "harder")
    assert morning.facts(BreakRecord) == [accepted, settled]
    assert [each for each in morning.said if isinstance(each, BreakBegan | CountdownEnded | BreakEnded)] == [
        BreakBegan(after(t + 0.2), 2 * MINUTE, "walk", (t + 0.2) * MINUTE, False, "harder", True),
        CountdownEnded(quiet=False),
        BreakEnded(Outcome.TAKEN, 3 * MINUTE, 1),
    ]


def test_a_break_that_counted_is_kept_as_taken_at_once(morning: Morning) -> None:
    """Back before the countdown is over, the break goes on; were the program killed now, the prompt was taken."""
    morning.prompt()
    t = morning.prompted_at()
    morning.tell(t + 0.2, PromptAnswered(Answer.START))
    morning.tell(t + 1.4, KEY)
    taken = morning.facts(PromptRecord)[-1]
    assert isinstance(taken, PromptRecord)
    assert (taken.outcome, taken.closed) == (Outcome.TAKEN, after(t + 1.4))
    assert morning.status(t + 1.4).break_left == 0.8 * MINUTE


def test_a_break_that_was_asked_for(morning: Morning) -> None:
    """It has no prompt, the movement that was chosen or the first walk, and is closed as what it came to."""
    morning.tell(10, BreakRequested(3 * MINUTE, "seated twist"), SignalChanged(Signal.CALL, True))
    morning.tell(13, TICK)
    morning.tell(14, KEY)
    morning.tell(20, BreakRequested(2 * MINUTE))
    assert morning.facts(BreakRecord) == [
        BreakRecord(after(10), DAY, 3 * MINUTE, "seated twist", None, seated=True),
        BreakRecord(after(10), DAY, 3 * MINUTE, "seated twist", None, seated=True),
        BreakRecord(after(20), DAY, 2 * MINUTE, "walk", None),
    ]
    assert CountdownEnded(quiet=True) in morning.said
    assert BreakEnded(Outcome.STRETCHED, ZERO, None) in morning.said


@pytest.mark.parametrize(("answer", "outcome"), [(Answer.SNOOZE, Outcome.SNOOZED), (Answer.NOT_NOW, Outcome.DECLINED)])
def test_a_prompt_that_was_put_off(morning: Morning, answer: Answer, outcome: Outcome) -> None:
    """Its record is closed at the answer."""
    morning.prompt()
    at = morning.prompted_at() + 0.5
    morning.tell(at, PromptAnswered(answer, 10 * MINUTE))
    closed = morning.facts(PromptRecord)[-1]
    assert isinstance(closed, PromptRecord)
    assert (closed.outcome, closed.closed) == (outcome, after(at))


def test_an_answer_that_comes_too_late_says_so(morning: Morning) -> None:
    """Nothing is kept, and the person learns what can be done instead."""
    morning.tell(5, GapAnswered(GapLabel.SAT))
    assert Refused("There is no open question about a gap; Today changes the past.") in morning.said
    assert morning.facts(GapAnswer) == []


def test_a_gap_that_was_walked(morning: Morning) -> None:
    """The answer is kept with a walk of its own; a walk of no length is none."""
    for begin, walked in ((5, 10.0), (60, 0.0)):
        morning.tell(begin, KEY)
        morning.tell(begin + 40, KEY)
        morning.tell(begin + 41, GapAnswered(GapLabel.WALKED, walked))
    assert morning.facts(DeclaredMovement) == [DeclaredMovement(after(46), DAY, 10.0, True, "gap")]
    assert QuestionGone() in morning.said


def test_a_walk_is_counted_where_there_is_room(morning: Morning) -> None:
    """Of today's unobserved time; a walk longer than what is left is noted and not counted."""
    morning.tell(5, KEY)
    morning.tell(45, KEY)
    morning.tell(46, WalkLogged(40.0), WalkLogged(1.0, "plan"))
    assert morning.facts(DeclaredMovement) == [
        DeclaredMovement(after(46), DAY, 40.0, True, "log"),
        DeclaredMovement(after(46), DAY, 1.0, False, "plan"),
    ]


def test_the_status_of_somebody_at_work(morning: Morning) -> None:
    """How long they sit, since when nothing was typed, and when the prompt is sought."""
    morning.types(0, 20)
    told = morning.status(20.5)
    assert (told.at, told.state, told.sitting, told.idle) == (after(20.5), State.RESTING, 20.5 * MINUTE, 30 * SECOND)
    assert (told.opens_in, told.closes_in) == (9.5 * MINUTE, 24.5 * MINUTE)
    assert (told.away, told.due, told.question, told.paused, told.snoozes_left) == (False, False, False, False, 2)
    assert (told.shown_for, told.break_left, told.standing_left, told.pause_left) == (None, None, None, None)
    assert (told.last_reason, told.blind) == ("", "")
    assert told.last_shown is None


def test_the_status_of_a_prompt_and_of_a_break(morning: Morning) -> None:
    """Since when it is on show; then how much of the break is left."""
    shown = morning.prompt()
    t = morning.prompted_at()
    told = morning.status(t + 0.5)
    assert (told.state, told.due, told.shown_for) == (State.SHOWN, True, 30 * SECOND)
    assert (told.last_shown, told.last_reason) == (after(t), shown.reason.value)
    morning.tell(t + 0.5, PromptAnswered(Answer.LONG))
    told = morning.status(t + 1)
    assert (told.break_left, told.shown_for) == (4.5 * MINUTE, None)


def test_the_status_of_what_is_on(morning: Morning) -> None:
    """A call with its app, a raised desk, a pause, a source that cannot be read."""
    morning.tell(1, SignalChanged(Signal.CALL, True, "phone"), StandingDeclared(True), PauseRequested(29 * MINUTE))
    told = morning.status(5)
    assert (told.signals, told.holder, told.evidence) == (frozenset({Signal.CALL}), "phone", frozenset({Evidence.CALL}))
    assert (told.standing_left, told.sitting) == (36 * MINUTE, None)
    assert (told.paused, told.pause_left, told.away) == (True, 25 * MINUTE, False)
    morning.tell(6, SignalChanged(Signal.CALL, False), SourceLost("unplugged"))
    assert morning.status(12).blind == "unplugged"
    assert morning.status(12).away


def test_a_call_that_goes_on_over_a_restart_is_presence(morning: Morning) -> None:
    """Reported again before the program watches on, it closes the time not watched, and the bout goes on."""
    morning.tell(1, KEY, SignalChanged(Signal.MEETING, True))
    morning.tell(2, Stopped())
    morning.tell(2.2, Started())
    assert morning.status(2.2).sitting == 2.2 * MINUTE
    assert morning.machine.checkpoint(after(3))[-1].end == after(3)


def test_yes_to_were_you_up_is_a_break_of_the_usual_length(morning: Morning) -> None:
    """With the prompt it answers; its record is closed as taken."""
    morning.prompt()
    t = morning.prompted_at()
    morning.tell(t + 3, KEY)
    assert morning.status(t + 3).state is State.ASKING
    morning.tell(t + 3.1, UpAnswered(True))
    (kept,) = morning.facts(BreakRecord)
    assert isinstance(kept, BreakRecord)
    assert (kept.length, kept.movement, kept.prompt, kept.credited > timedelta(minutes=2)) == (
        2 * MINUTE,
        "walk",
        1,
        True,
    )
    closed = morning.facts(PromptRecord)[-1]
    assert isinstance(closed, PromptRecord)
    assert closed.outcome is Outcome.TAKEN


def test_a_prompt_that_was_left_is_withdrawn_by_its_number(morning: Morning) -> None:
    """With the question about it on show instead; the answer to the prompt is late, and takes that away."""
    morning.prompt()
    t = morning.prompted_at()
    morning.tell(t + 1.6, KEY)
    assert WithdrawPrompt(1) in morning.said
    assert morning.status(t + 1.6).state is State.ASKING
    morning.tell(t + 1.8, PromptAnswered(Answer.NOT_NOW))
    assert QuestionGone() in morning.said
    assert None not in morning.said
    assert morning.status(t + 1.8).state is not State.ASKING


@pytest.mark.parametrize(("after_it", "answered"), [(2.0, True), (2.02, False)])
def test_an_answer_counts_for_two_minutes_though_somebody_was_away(
    morning: Morning, after_it: float, answered: bool
) -> None:
    """To the moment: the prompt was just taken off because they came back, and the answer was on its way."""
    morning.prompt()
    t = morning.prompted_at()
    morning.tell(t + 1.6, KEY)
    morning.tell(t + after_it, PromptAnswered(Answer.NOT_NOW))
    closed = morning.facts(PromptRecord)[-1]
    assert isinstance(closed, PromptRecord)
    assert (closed.outcome is Outcome.DECLINED) is answered


def test_nobody_in_a_call_seems_away(morning: Morning) -> None:
    """However long nothing is typed in it."""
    morning.tell(1, KEY, SignalChanged(Signal.CALL, True))
    assert not morning.status(20).away
    morning.tell(20, SignalChanged(Signal.CALL, False))
    assert morning.status(26).away


def test_a_call_that_begins_under_a_lock_is_no_presence(morning: Morning) -> None:
    """Nor once the screen is unlocked, until somebody types."""
    morning.tell(1, KEY)
    morning.tell(2, Locked())
    morning.tell(3, SignalChanged(Signal.CALL, True))
    morning.tell(20, Unlocked())
    assert morning.status(20).evidence == frozenset()
    morning.tell(21, KEY)
    assert morning.status(21).evidence == {Evidence.CALL}


@pytest.mark.parametrize(("away", "outcome"), [(1.0, Outcome.STRETCHED), (0.98, Outcome.NOT_TAKEN)])
def test_a_stretch_of_half_the_break_is_one(morning: Morning, away: float, outcome: Outcome) -> None:
    """Hands off for the shortest time that counts, to the moment."""
    morning.tell(10, BreakRequested(2 * MINUTE, "seated twist"))
    for step in range(40):
        morning.tell(10 + away + step / 10, KEY)
    assert [each.outcome for each in morning.said if isinstance(each, BreakEnded)] == [outcome]

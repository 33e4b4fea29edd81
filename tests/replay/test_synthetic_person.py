"""The person of a synthetic day, who takes some of the prompts."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core.effects import ShowPrompt
from sitbreak.core.records import Reason
from sitbreak.replay.player import play_log
from sitbreak.replay.simulated_world import Reply
from tests.synthetic.day import synthetic_day
from tests.synthetic.person import Person
from tests.synthetic.plan import Plan, Stretch

PROMPTS = 4000
AT_THE_DESK = Plan(0, 10_000, (Stretch(0, 10_000),), (), ())
AT = SimulatedClock().now()


def prompt(number: int, snooze_left: int = 2) -> ShowPrompt:
    """A prompt like any other."""
    return ShowPrompt(number, Reason.LULL, "walk-stairs", timedelta(minutes=33), snooze_left)


def answers(person: Person, snooze_left: int = 2) -> Counter[str]:
    """How the person answers many prompts."""
    return Counter(person(prompt(number, snooze_left), AT).answer for number in range(PROMPTS))


def share_taken(person: Person) -> float:
    """The share of prompts that are taken."""
    found = answers(person)
    return (found["start"] + found["long"]) / PROMPTS


@pytest.mark.parametrize("share", [0.25, 0.5, 0.75])
def test_a_share_of_the_prompts_is_taken(share: float) -> None:
    """As many breaks as were asked for, each with enough time away for its length."""
    person = Person(AT_THE_DESK, 3, share)
    assert share_taken(person) == pytest.approx(share, abs=0.03)
    least = {"start": 120, "long": 300}
    for number in range(200):
        reply = person(prompt(number), AT)
        assert reply.away >= timedelta(seconds=least.get(reply.answer, 0))
        assert (reply.away > timedelta(0)) == (reply.answer in least)


def test_the_share_fades_by_the_week() -> None:
    """After half a year little more than half of it is left."""
    assert share_taken(Person(AT_THE_DESK, 3, 0.75, week=26)) == pytest.approx(0.75 * 0.98**26, abs=0.03)


def test_a_prompt_is_answered_the_same_whenever_it_is_asked() -> None:
    """The reaction hangs on seed and prompt number, not on what was asked before."""
    first, second = Person(AT_THE_DESK, 3, 0.5), Person(AT_THE_DESK, 3, 0.5)
    forwards = [first(prompt(number), AT) for number in range(50)]
    backwards = [second(prompt(number), AT) for number in reversed(range(50))]
    assert forwards == backwards[::-1]
    assert forwards != [Person(AT_THE_DESK, 4, 0.5)(prompt(number), AT) for number in range(50)]


def test_nobody_answers_who_is_about_to_leave() -> None:
    """A prompt just before the person gets up anyway stays without an answer."""
    person = Person(Plan(0, 10_000, (Stretch(0, int(AT.elapsed.total_seconds()) + 1),), (), ()), 3, 1.0)
    assert all(person(prompt(number), AT).answer == "none" for number in range(50))


def test_nothing_is_snoozed_that_cannot_be() -> None:
    """With no snooze left the person does something else."""
    assert "snooze" in answers(Person(AT_THE_DESK, 3, 0.0))
    assert "snooze" not in answers(Person(AT_THE_DESK, 3, 0.0), snooze_left=0)


def test_a_taken_prompt_becomes_a_break_in_the_books() -> None:
    """With a person who takes every prompt there are breaks; with nobody who reacts there is none."""
    day = synthetic_day(270)
    eager = play_log(day.log, person=Person(day.plan, 270, 1.0)).facts
    idle = play_log(day.log, person=lambda prompt, at: Reply("none", timedelta(0), timedelta(0), 0)).facts
    assert sum(record.outcome == "taken" for record in eager.prompts) >= 3
    assert len(eager.breaks) >= 3
    assert idle.breaks == ()

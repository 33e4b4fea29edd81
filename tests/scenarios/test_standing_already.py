"""A prompt that finds somebody standing, and what the estimate makes of such answers (spec 8.2, 8.3)."""

from __future__ import annotations

import pytest

from sitbreak.core.awayshare import NO_ANSWERS
from sitbreak.core.estimate import estimates
from sitbreak.core.habit import with_desk
from sitbreak.core.records import Outcome
from tests.review.made import Story, day
from tests.scenarios.telling import tell

MONDAY = day("2026-03-02")


def test_who_stands_already_says_so() -> None:
    """The prompt has its answer, the time from there on is standing, and no prompt comes while it is."""
    tell("""
        0:00-45:00 key
        45:05 answer standing
        45:10-80:00 key
    """).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> standing
        45:05-80:00 STANDING
    """)


def test_without_a_prompt_it_says_nothing() -> None:
    """An answer to nothing changes nothing; "desk raised" is another word."""
    tell("""
        0:00-20:00 key
        10:00 answer standing
    """).gives("""
        0:00-20:00 SEATED
    """)


def test_a_desk_that_goes_up_makes_the_figure_smaller_and_less_sure() -> None:
    """By a fifteenth before the first answer; the books are as they were."""
    facts = Story("2026-03-02T09:00").quiet(1).sit(300).facts()
    plain = estimates(facts)[MONDAY]
    desk = with_desk(NO_ANSWERS, [])
    found = estimates(facts, desk)[MONDAY]
    assert desk.standing == pytest.approx(0.4 / 6)
    assert found.seated == pytest.approx(plain.seated * (1 - desk.standing), rel=1e-3)
    assert found.observed == plain.observed
    assert found.high - found.low > plain.high - plain.low


def test_answers_tell_how_often_somebody_stands() -> None:
    """Nine of ten prompts found them sitting: a share of about a tenth, and surer with more of them."""
    few = with_desk(NO_ANSWERS, [Outcome.STANDING, *[Outcome.TAKEN] * 5, *[Outcome.DECLINED] * 4])
    many = with_desk(NO_ANSWERS, [Outcome.STANDING, *[Outcome.TAKEN] * 9] * 10)
    assert few.standing == pytest.approx(1.4 / 16)
    assert many.standing == pytest.approx(10.4 / 106)
    assert many.standing_sd < few.standing_sd


@pytest.mark.parametrize("outcome", [Outcome.LEFT, Outcome.IGNORED, Outcome.UNDELIVERED])
def test_a_prompt_that_nobody_answered_says_nothing(outcome: Outcome) -> None:
    """Nobody looked up from it."""
    assert with_desk(NO_ANSWERS, [outcome] * 20) == with_desk(NO_ANSWERS, [])

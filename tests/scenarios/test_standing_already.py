"""A prompt that finds somebody standing, and what the estimate makes of such answers (spec 8.2, 8.3)."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import pytest

from sitbreak.core.away_share import NO_ANSWERS, AwayShares, GapKind, with_desk
from sitbreak.core.estimate import PAUSES, estimates
from sitbreak.core.records import Evidence, Outcome
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


def test_unsaid_standing_is_taken_from_keys_and_open_gaps_alike() -> None:
    """And what is not known of it widens the range: by its own doubt, and by how far a day lies from its share."""
    facts = Story("2026-03-02T09:00").quiet(4).sit(64).quiet(10, None, Evidence.CALL).sit(10, Evidence.CALL).facts()
    habit = replace(NO_ANSWERS, standing=0.2, standing_sd=0.05)
    plain, found = estimates(facts)[MONDAY], estimates(facts, habit)[MONDAY]
    open_, call = (AwayShares().of(kind, length) for kind, length in ((GapKind.OPEN, 240), (GapKind.CALL, 600)))
    keys = 60.0
    stood = keys * (1 - PAUSES) * 0.8 + 4 * (1 - open_) * 0.8 + 10 * (1 - call)
    assert found.seated == pytest.approx(stood)
    desk = keys + 4 * (1 - open_)
    assert found.own - plain.own == pytest.approx((0.05**2 + (0.6 * 0.2) ** 2) * desk**2)


def test_the_share_is_known_as_well_as_its_answers_say() -> None:
    """The deviation of Beta(0.4 + 1, 5.6 + 9)."""
    found = with_desk(NO_ANSWERS, [Outcome.STANDING, *[Outcome.TAKEN] * 9])
    assert found.standing_sd == pytest.approx(sqrt(0.0875 * 0.9125 / 17))


@pytest.mark.parametrize("outcome", [Outcome.LEFT, Outcome.IGNORED, Outcome.UNDELIVERED])
def test_a_prompt_that_nobody_answered_says_nothing(outcome: Outcome) -> None:
    """Nobody looked up from it."""
    assert with_desk(NO_ANSWERS, [outcome] * 20) == with_desk(NO_ANSWERS, [])

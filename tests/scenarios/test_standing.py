"""Sit and stand: standing for a chosen time, then lowering the desk; care past 40 min (spec 1.1, 2.1.8, 2.2)."""

from __future__ import annotations

import pytest

from sitbreak.core.effects import ShowPrompt, WithdrawQuestion
from tests.scenarios.lines import clock
from tests.scenarios.telling import tell


@pytest.mark.parametrize(("minutes", "until"), [(15, "60:05"), (20, "65:05"), (30, "75:05")])
def test_standing_for_a_while(minutes: int, until: str) -> None:
    """The prompt takes it for an answer; at the end of the chosen time lowering the desk is offered, then one sits."""
    tell(f"""
        0:00-45:00 key
        45:05 answer stand {minutes}
        45:10-80:00 key
    """).gives(f"""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-{until} STANDING [declared input]
        {until} asked lower {minutes}:00
        {until}-80:00 SEATED
    """)


def test_twenty_minutes_unless_said() -> None:
    """Whoever names no time stands for twenty minutes."""
    tell("0:00-45:00 key \n 45:05 answer stand \n 45:10-70:00 key").gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-65:05 STANDING
        65:05 asked lower 20:00
        65:05-70:00 SEATED
    """)


def test_never_longer_than_the_limit_of_standing() -> None:
    """An hour is cut to the 40 min after which the program asks."""
    tell("0:00-45:00 key \n 45:05 answer stand 60 \n 45:10-90:00 key").gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-85:05 STANDING
        85:05 asked standing 40:00
        85:05-90:00 SEATED
    """)


def test_said_with_its_time_it_needs_no_prompt() -> None:
    """As if it had been chosen on one; longer than the limit it is the limit."""
    tell("0:00-35:00 key \n 5:00 standing_on 20").gives("""
        0:00-5:00 SEATED
        5:00-25:00 STANDING [declared input]
        25:00 asked lower 20:00
        25:00-35:00 SEATED
    """)
    tell("0:00-50:00 key \n 5:00 standing_on 90").gives("""
        0:00-5:00 SEATED
        5:00-45:00 STANDING
        45:00 asked standing 40:00
        45:00-50:00 SEATED
    """)


def test_without_a_prompt_it_says_nothing() -> None:
    """An answer to nothing changes nothing."""
    tell("0:00-20:00 key \n 10:00 answer stand 20").gives("0:00-20:00 SEATED")


def test_lowered_at_the_offer() -> None:
    """A new bout begins at the word, and its clock from zero."""
    tell("""
        0:00-45:00 key
        45:05 answer stand 20
        45:10-65:00 key
        65:03 standing_off
        65:05-94:00 key
        94:00 end
    """).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-65:03 STANDING
        65:03-94:00 SEATED
    """)


LONG = """
    0:00-45:00 key
    45:05 answer stand 20
    45:10-105:00 key
    65:30 standing_on
    {more}
"""


def test_still_standing_at_the_offer_goes_on_with_the_same_standing() -> None:
    """So 40 min after its beginning a prompt may come, at the latest 15 min later, for the reason standing."""
    told = tell(LONG.format(more="102:00 standing_off")).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-65:05 STANDING
        65:05 asked lower 20:00
        65:05-65:30 SEATED
        65:30-102:00 STANDING
        100:05 prompt standing -> left
        102:00-105:00 SEATED
    """)
    shown = [effect for _, effect in told.played.happened if isinstance(effect, ShowPrompt)]
    assert [effect.bout.total_seconds() / 60 for effect in shown] == [45, 55]


def test_a_break_while_standing_is_a_break() -> None:
    """It is credited as any other, and ends the standing as it would end a bout."""
    tell(LONG.format(more="100:10 answer start \n 103:00-106:00 key").replace("105:00", "100:05")).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> raised
        45:05-65:05 STANDING
        65:05 asked lower 20:00
        65:05-65:30 SEATED
        65:30-100:10 STANDING
        100:05 prompt standing -> taken
        100:10 break 2:00 -> 2:50
        100:10-103:00 BREAK
        103:00-106:00 SEATED
    """)


def test_the_question_at_forty_minutes_puts_the_prompt_off() -> None:
    """Whoever says then that they still stand is asked for two minutes ten minutes later, in a window of five."""
    tell("""
        0:00 standing_on
        0:00-57:00 key
        40:30 standing_on
        57:00 end
    """).gives("""
        0:00-40:00 STANDING
        40:00 asked standing 40:00
        40:00-40:30 SEATED
        40:30-57:00 STANDING
        55:30 prompt standing -> open
    """)


def test_said_again_too_late_is_another_standing() -> None:
    """Over two minutes after it ran out there was sitting in between, so the clock goes from the new word."""
    tell("""
        0:00 standing_on
        0:00-84:00 key
        43:00 standing_on
        82:00 standing_off
        84:00 end
    """).gives("""
        0:00-40:00 STANDING
        40:00 asked standing 40:00
        40:00-43:00 SEATED
        43:00-82:00 STANDING
        82:00-84:00 SEATED
    """)


@pytest.mark.parametrize(
    ("answer", "outcome", "again", "end"),
    [
        ("snooze 5", "snoozed", "63:10", "64:00"),
        ("start", "not_taken", "70:10", "71:00"),
        ("not_now", "declined", "88:10", "89:00"),
    ],
)
def test_an_answer_while_standing_means_what_it_means_while_sitting(
    answer: str, outcome: str, again: str, end: str
) -> None:
    """Later, a break that was none, and not now: it comes back as ever, and for the same reason."""
    rest = "53:10 break 2:00 -> 0:00" if answer == "start" else ""
    still = "72:00 standing_on" if answer == "not_now" else ""
    tell(f"""
        0:00 standing_on
        0:00-{end} key
        38:00 standing_on
        53:10 answer {answer}
        {still}
        {end} end
    """).gives(f"""
        0:00-{end} STANDING
        53:00 prompt standing -> {outcome}
        {rest}
        {again} prompt standing -> open
    """)


def test_standing_again_for_a_while() -> None:
    """The answer goes on with the standing for as long as it says; it is not offered by a card that knows of it."""
    tell("""
        0:00 standing_on
        0:00-80:00 key
        38:00 standing_on
        53:10 answer stand 15
        80:00 end
    """).gives("""
        0:00-68:10 STANDING
        53:00 prompt standing -> raised
        68:10 asked standing 68:10
        68:10-80:00 SEATED
    """)


def test_the_desk_does_not_count_as_a_seat_afterwards() -> None:
    """ "At my desk", said of a gap after standing, joins the sitting to none: the clock goes from the return."""
    tell("""
        0:00 standing_on
        0:00-10:00 key
        35:00-79:00 key
        35:10 gap_answer here
        79:00 end
    """).gives("""
        0:00-10:00 STANDING
        10:00-35:00 UNOBSERVED
        35:00 asked gap 10:00-35:00
        35:10 labelled here
        35:00-79:00 SEATED
    """)


def test_a_break_not_taken_in_a_stretch_through_a_silent_gap_comes_back_ten_minutes_later() -> None:
    """The stretch of the prompt's clock is what the break has to end, wherever the books have a bout begin (8.5)."""
    tell(
        """
        0:00-20:00 key
        26:00-70:00 key
        45:05 answer start
        70:00 end
        """,
        prompt__through_silent_gaps=True,
    ).gives("""
        0:00-20:00 SEATED
        20:00-26:00 AWAY weak
        26:00-70:00 SEATED
        45:00 prompt latest -> not_taken
        45:05 break 2:00 -> 0:00
        62:05 prompt return -> ignored
    """)


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ("66:00 standing_off", "66:00"),
        ("66:00 standing_on", "66:00"),
        ("66:00 desk_lowered", "67:05"),  # it was not known to be up, so nothing is news
        ("66:00 desk_raised", "66:00"),
        ("65:40 seat_empty \n 66:00 seat_occupied", "66:00"),
        ("", "67:05"),
    ],
)
def test_the_offer_to_lower_the_desk_goes_once_it_is_answered_otherwise(what: str, gone: str) -> None:
    """By a word from anywhere, by a sensor of the desk or the seat; else after two minutes, as every question."""
    told = tell(f"0:00-45:00 key \n 0:01 seat_occupied \n 45:05 answer stand 20 \n 45:10-80:00 key \n {what}")
    moments = [at.elapsed.total_seconds() for at, effect in told.played.happened if effect == WithdrawQuestion()]
    assert [clock(each) for each in moments] == [gone]

"""A seat that tells whether somebody sits on it: better evidence than any rule, while its word counts (spec 1.1)."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell


def test_sitting_and_being_away_are_measured() -> None:
    """Reading for a quarter of an hour is sitting, and three minutes off the chair are not."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        25:00 seat_empty
        28:00 seat_occupied
        28:10-50:00 key
        50:00 end
    """).gives("""
        0:00-25:00 SEATED [input seat_sensor]
        25:00-28:00 AWAY strong [seat_sensor]
        28:00-50:00 SEATED [input seat_sensor]
    """).figures(S=47, A_strong=3, C=0, bouts=[25, 22])


@pytest.mark.parametrize(("back", "away"), [("10:59", False), ("11:01", True)])
def test_who_shifts_on_the_chair_has_not_left(back: str, away: bool) -> None:
    """Under a minute of an empty seat is no absence."""
    told = tell(f"0:00 seat_occupied \n 0:00-9:00 key \n 10:00 seat_empty \n {back} seat_occupied \n 20:00 key")
    assert ("AWAY" in told.transcript()) is away


def test_the_first_input_gives_it_its_word() -> None:
    """Before somebody was there who agrees with it, a seat says nothing."""
    tell("""
        0:00-2:00 key
        10:00 seat_occupied
        11:00 seat_empty
        12:00 seat_occupied
        20:00-30:00 key
        30:00 end
    """).gives("""
        0:00-2:00 SEATED [input]
        2:00-20:00 AWAY weak [idle]
        20:00-30:00 SEATED [input seat_sensor]
    """)


def test_a_long_absence_stays_unobserved() -> None:
    """The seat tells that nobody sat there, and not what they did: it is asked about as ever."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        12:00 seat_empty
        45:00 seat_occupied
        45:00-50:00 key
        50:00 end
    """).gives("""
        0:00-12:00 SEATED [input seat_sensor]
        12:00-45:00 UNOBSERVED [idle seat_sensor]
        45:00 asked gap 12:00-45:00
        45:00-50:00 SEATED
    """).figures(X=33, S=17)


def test_a_lock_says_nothing_to_who_sits() -> None:
    """Somebody who reads paper before a locked screen sits, says the seat."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        10:05 lock
        25:00 unlock
        25:05-30:00 key
        30:00 end
    """).gives("0:00-30:00 SEATED [input seat_sensor]")


def test_a_call_that_is_walked_is_no_presence() -> None:
    """The microphone is in use, the seat is empty: nobody sits there."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        9:00 call_on
        10:30 seat_empty
        20:00 seat_occupied
        20:00-21:00 key
        22:00 call_off
        22:00 end
    """).gives("""
        0:00-10:30 SEATED [call input seat_sensor]
        10:30-20:00 AWAY strong [seat_sensor]
        20:00-22:00 SEATED
    """)


def test_a_break_is_confirmed_for_as_long_as_the_seat_is_empty() -> None:
    """Half a minute of it was spent on the chair, and sitting down again ends it."""
    tell("""
        0:00 seat_occupied
        0:00-45:00 key
        45:05 answer start
        45:30 seat_empty
        47:00 seat_occupied
        49:00-50:00 key
        50:00 end
    """).gives("""
        0:00-45:30 SEATED
        45:00 prompt latest -> taken
        45:05 break 2:00 -> 1:30
        45:30-47:00 BREAK [accepted seat_sensor]
        47:00-50:00 SEATED
    """).figures(M=1.5, C=1.5)


def test_a_break_on_the_chair_is_none() -> None:
    """Hands off for three minutes, and never up: nothing is confirmed."""
    tell("""
        0:00 seat_occupied
        0:00-45:00 key
        45:05 answer start
        48:05-50:00 key
        50:00 end
    """).gives("""
        0:00-50:00 SEATED
        45:00 prompt latest -> not_taken
        45:05 break 2:00 -> 0:00
    """)


def test_no_prompt_comes_to_an_empty_seat() -> None:
    """A lull that begins with somebody getting up brings no prompt; the next sitting begins anew."""
    tell("""
        0:00 seat_occupied
        0:00-31:00 key
        31:03 seat_empty
        34:00 seat_occupied
        34:05-40:00 key
        40:00 end
    """).gives("""
        0:00-31:03 SEATED
        31:03-34:00 AWAY strong
        34:00-40:00 SEATED
    """)


def test_a_reminder_comes_to_who_reads_on_the_seat() -> None:
    """No input for long, and the seat says that somebody is there."""
    tell("""
        0:00 seat_occupied
        0:00-20:00 key
        46:00 end
    """).gives("0:00-46:00 SEATED \n 30:00 prompt lull -> ignored \n 42:00 prompt return -> ignored")


def test_nobody_is_asked_about_measured_time() -> None:
    """Whether somebody was up in 10 min without input is known."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        20:00-21:00 key
        22:00 seat_empty
        30:00-31:00 key
        32:00 end
    """).gives("""
        0:00-22:00 SEATED
        22:00-30:00 AWAY strong
        30:00-32:00 SEATED [input]
    """)


def test_typing_on_an_empty_seat_is_left_to_the_rules() -> None:
    """Somebody stands and types: pauses are what they would be without a seat, until it says occupied."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        10:05 seat_empty
        12:00-13:00 key
        16:00 key
        23:00 seat_occupied
        23:00-25:00 key
        25:00 end
    """).gives("""
        0:00-10:05 SEATED
        10:05-12:00 AWAY strong [seat_sensor]
        12:00-16:00 SEATED [input]
        16:00-23:00 AWAY weak
        23:00-25:00 SEATED [input seat_sensor]
    """)

"""How a seat that tells loses its word and has it again: silence, contradictions, bags, sleeps (spec 1.1)."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell


@pytest.mark.parametrize(("until", "named"), [("13:55", False), ("15:05", True)])
def test_a_seat_that_says_empty_under_somebody_loses_its_word(until: str, named: bool) -> None:
    """After 5 min of typing it is no evidence any more, and is named."""
    told = tell(f"0:00 seat_occupied \n 0:00-10:00 key \n 10:00 seat_empty \n 10:05-{until} key \n 15:59 end")
    assert ("seat typed" in told.transcript()) is named


def test_a_contradicted_seat_has_to_agree_again() -> None:
    """It says occupied while somebody types: its word counts from there on, and that is said once."""
    tell("""
        0:00 seat_occupied
        0:00-20:00 key
        5:00 seat_empty
        12:00 seat_empty
        20:00 seat_occupied
        30:00 seat_empty
        32:00 seat_occupied
        32:00-33:00 key
        33:00 end
    """).gives("""
        0:00-30:00 SEATED
        10:05 seat typed
        20:00 seat agrees
        30:00-32:00 AWAY strong
        32:00-33:00 SEATED
    """)


def test_a_bag_on_the_chair() -> None:
    """Occupied for 90 min without input is believed no longer; it has to say empty first."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        110:00-112:00 key
        118:30-119:00 key
        119:00 end
    """).gives("""
        0:00-100:00 SEATED
        100:00 seat nobody
        30:00 prompt lull -> ignored
        42:00 prompt return -> ignored
        100:00-110:00 AWAY weak
        110:00-112:00 SEATED
        112:00-118:30 AWAY weak
        118:30-119:00 SEATED
    """)


def test_a_seat_that_is_heard_no_more() -> None:
    """The rules decide from there on; it is named once, and again when it is back and agrees."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        20:00 seat_silent
        21:00 seat_silent
        30:00 seat_occupied
        32:00-33:00 key
        33:00 end
    """).gives("""
        0:00-20:00 SEATED [input seat_sensor]
        20:00 seat silent
        20:00-32:00 AWAY weak [idle]
        32:00 seat agrees
        32:00-33:00 SEATED [input seat_sensor]
    """)


def test_three_hours_without_a_new_reading() -> None:
    """A pad whose battery died under somebody who types on is named after three hours."""
    told = tell("0:00 seat_occupied \n 0:00-200:00 key", prompt__latest_minutes=240, prompt__earliest_minutes=240)
    assert "180:00 seat silent" in told.transcript()


def test_a_seat_that_repeats_itself_is_heard() -> None:
    """The same word again is a reading, too."""
    told = tell(
        "0:00 seat_occupied \n 0:00-200:00 key \n 100:00 seat_occupied",
        prompt__latest_minutes=240,
        prompt__earliest_minutes=240,
    )
    assert "seat silent" not in told.transcript()


def test_asleep_nobody_listens() -> None:
    """A seat that said occupied when the lid was shut is no evidence of the night, and is not named for it."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        11:00 sleep
        300:00 wake
        300:05 key
        305:00 key
        305:00 end
    """).gives("""
        0:00-11:00 SEATED
        11:00-300:05 UNOBSERVED
        300:05-305:00 SEATED
    """)


def test_a_restart_asks_it_anew() -> None:
    """What it said before the program was killed is forgotten; what it says when it runs again counts with input."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        12:00 kill
        13:30 run
        14:00-15:00 key
        20:00 seat_empty
        22:00 seat_occupied
        22:00 end
    """).gives("""
        0:00-20:00 SEATED
        20:00-22:00 AWAY strong
    """)


def test_a_seat_that_flickers_cuts_nothing_up() -> None:
    """Every few seconds empty for one: one span, and no word lost over it."""
    shifts = "\n".join(f"{minute}:30 seat_empty \n {minute}:31 seat_occupied" for minute in range(1, 20))
    told = tell(f"0:00 seat_occupied \n 0:00-1:00 key \n {shifts} \n 20:00 key")
    told.gives("0:00-20:00 SEATED [input seat_sensor]")
    assert len(told.played.facts.spans) < 5


def test_a_seat_that_changes_all_the_time_is_not_heard() -> None:
    """More than 20 changes in a minute lose its word, once; steady again, and with a key, it has it back."""
    shifts = "\n".join(f"{when // 60}:{when % 60:02} seat_{what}" for when, what in _flapping(120, 300))
    told = tell(f"0:00 seat_occupied \n 0:00-15:00 key \n {shifts} \n 14:00 seat_empty \n 14:10 seat_occupied")
    lines = [line for _, line in told.outcome() if " seat " in line]
    assert lines == ["2:21 seat restless", "14:10 seat agrees"]
    assert len(told.played.facts.spans) < 60


def _flapping(start: int, end: int) -> list[tuple[int, str]]:
    """Each second another word."""
    return [(when, "empty" if when % 2 else "occupied") for when in range(start + 1, end)]


def test_a_seat_that_tells_only_of_changes_is_as_it_was_after_a_sleep() -> None:
    """Nobody repeats for us what did not change: with the first key it has its word again."""
    tell("""
        0:00 seat_occupied
        0:00-10:00 key
        11:00 sleep
        20:00 wake
        20:05-25:00 key
        26:00 seat_empty
        28:00 seat_occupied
        28:00 end
    """).gives("""
        0:00-11:00 SEATED
        11:00-20:05 AWAY strong
        20:05-26:00 SEATED
        26:00-28:00 AWAY strong
    """)


def test_a_sleep_forgives_no_contradiction() -> None:
    """A seat that said empty under somebody who types has to say occupied first, whatever slept meanwhile."""
    told = tell("""
        0:00 seat_occupied
        0:00-10:00 key
        1:00 seat_empty
        11:00 sleep
        60:00 wake
        60:05-61:00 key
        65:00-66:00 key
    """)
    assert "seat agrees" not in told.transcript()
    assert "AWAY strong" not in told.transcript()


def test_a_seat_that_was_silent_for_hours_is_heard_again() -> None:
    """The same word once more is enough, with somebody who types."""
    told = tell(
        "0:00 seat_occupied \n 0:00-200:00 key \n 190:00 seat_occupied",
        prompt__latest_minutes=240,
        prompt__earliest_minutes=240,
    )
    assert [line for _, line in told.outcome() if " seat " in line] == ["180:00 seat silent", "190:00 seat agrees"]

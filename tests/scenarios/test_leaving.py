"""Who leaves a prompt unanswered, and who only pauses (spec 2.2)."""

from __future__ import annotations

from sitbreak.core.effects import AskWereYouUp, WithdrawQuestion
from tests.scenarios.lines import clock
from tests.scenarios.telling import Told, tell


def test_a_slow_reader_has_not_left() -> None:
    """Who scrolls every 70 seconds pauses so as a rule: unanswered twice, the prompt stays in the tray all day."""
    tell("""
        0:00-20:00 key
        20:00-180:00 wheel every 70
        180:00 end
    """).gives("""
        0:00-180:00 SEATED
        30:00 prompt lull -> ignored
        42:10 prompt return -> ignored
    """)


def test_two_pauses_are_no_habit() -> None:
    """Two pauses of 70 seconds in the last hour, and the third, after a prompt, is leaving."""
    tell("""
        0:00-20:00 key
        21:10-25:00 key
        26:10-44:59 key
        46:12-47:00 key
        48:30-50:00 key
        50:00 key
    """).gives("""
        0:00-50:00 SEATED
        45:00 prompt latest -> left
        46:12 asked up 1:17
    """)


def test_left_twice_stays_in_the_tray() -> None:
    """The second prompt of a bout that is left unanswered is the last; the tray shows it is due."""
    tell("""
        0:00-44:59 key
        46:30-60:00 key
        62:00-120:00 key
        120:00 key
    """).gives("""
        0:00-120:00 SEATED
        45:00 prompt latest -> left
        46:30 asked up 1:35
        60:10 prompt return -> left
        62:00 asked up 2:00
    """)


def test_who_was_up_has_taken_the_movement_that_was_suggested() -> None:
    """Answered yes, the break is kept with its day, the movement and the prompt that it answers."""
    told = tell("""
        0:00-44:59 key
        47:00 key
        47:10 up_answer yes
        48:00 end
    """)
    told.gives("""
        0:00-44:55 SEATED
        45:00 prompt latest -> taken
        47:00 asked up 2:05
        47:10 labelled up
        44:55 break 2:00 -> 2:05
        44:55-47:00 BREAK
        47:00-48:00 SEATED
    """)
    (rest,), (prompt,) = told.played.facts.breaks, told.played.facts.prompts
    assert (rest.day, rest.movement, rest.prompt) == (prompt.day, prompt.movement, prompt.number)


def test_who_was_up_sits_from_the_return_on() -> None:
    """Answered yes, the next prompt comes within the window after the return, not never."""
    tell("""
        0:00-44:59 key
        47:00 key
        47:10 up_answer yes
        47:15-92:00 key
        92:05 end
    """).gives("""
        0:00-44:55 SEATED
        45:00 prompt latest -> taken
        47:00 asked up 2:05
        47:10 labelled up
        44:55 break 2:00 -> 2:05
        44:55-47:00 BREAK
        47:00-92:05 SEATED
        92:00 prompt latest -> open
    """)


def asked(told: Told) -> list[str]:
    """When "were you up?" was asked, and taken away."""
    effects = [(at, each) for at, each in told.played.happened if isinstance(each, AskWereYouUp | WithdrawQuestion)]
    return [f"{clock(at.elapsed.total_seconds())} {type(each).__name__}" for at, each in effects]


def test_nothing_is_asked_over_a_lock() -> None:
    """The key that brings somebody back may be the one that locks the screen: the question waits behind the lock."""
    told = tell("""
        0:00-44:59 key
        46:30 key
        46:31 lock
        47:30 unlock
        47:31-48:00 key
        48:00 end
    """)
    assert asked(told) == ["46:30 AskWereYouUp", "46:31 WithdrawQuestion", "47:30 AskWereYouUp"]


def test_a_lock_brings_no_question_back_that_was_answered() -> None:
    """Answered before the lock, nothing is asked after it."""
    told = tell("""
        0:00-44:59 key
        46:30 key
        46:31 up_answer yes
        46:40 lock
        50:00 unlock
        51:00 end
    """)
    assert asked(told) == ["46:30 AskWereYouUp", "46:31 WithdrawQuestion"]

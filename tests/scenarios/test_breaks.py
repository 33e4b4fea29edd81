"""When a break ends, and a second one asked for while one runs (spec 1.1, 2.2)."""

from __future__ import annotations

import pytest

from sitbreak.core.effects import BreakEnded
from tests.scenarios.lines import clock
from tests.scenarios.telling import Told, tell


def ended(told: Told) -> list[str]:
    """When each break ended, and how."""
    return [
        f"{clock(at.elapsed.total_seconds())} {effect.outcome}"
        for at, effect in told.played.happened
        if isinstance(effect, BreakEnded)
    ]


def test_done_ends_the_break_at_once() -> None:
    """With its result, whatever the countdown says; what was off until then is credited."""
    told = tell("""
        0:00-20:00 key
        20:00 break 2
        21:30 break_done
        21:30-30:00 key
        30:00 key
    """)
    told.gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 1:30
        20:00-21:30 BREAK
        21:30-30:00 SEATED
    """)
    assert ended(told) == ["21:30 taken"]


def test_done_too_soon_earns_nothing() -> None:
    """Less than a minute off is no break, and it is over all the same."""
    told = tell("0:00-20:00 key \n 20:00 break 2 \n 20:40 break_done \n 20:40-25:00 key \n 25:00 key")
    told.gives("0:00-25:00 SEATED \n 20:00 break 2:00 -> 0:00")
    assert ended(told) == ["20:40 not_taken"]


@pytest.mark.parametrize(("every", "over"), [(1, "21:13"), (5, "21:15")])
def test_typing_for_three_seconds_after_a_minute_off_ends_it(every: int, over: str) -> None:
    """Who is back early need not press Done."""
    told = tell(f"0:00-20:00 key \n 20:00 break 2 \n 21:10-30:00 key every {every} \n 30:00 key")
    told.gives("0:00-20:00 SEATED \n 20:00 break 2:00 -> 1:10 \n 20:00-21:10 BREAK \n 21:10-30:00 SEATED")
    assert ended(told) == [f"{over} taken"]


def test_a_key_on_the_way_does_not_end_it() -> None:
    """One key after a minute off, then off again: the break goes on, and both parts are credited."""
    told = tell("0:00-20:00 key \n 20:00 break 2 \n 21:10 key \n 23:00-30:00 key \n 30:00 key")
    told.gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 3:00
        20:00-23:00 BREAK
        23:00-30:00 SEATED
    """)
    assert ended(told) == ["23:00 taken"]


def test_typing_on_from_the_start_does_not_end_it() -> None:
    """Input during a break scolds nobody: without a minute off there is nothing to come back from."""
    told = tell("0:00-30:00 key \n 20:00 break 2 \n 30:00 key")
    told.gives("0:00-30:00 SEATED \n 20:00 break 2:00 -> 0:00")
    assert ended(told) == ["22:05 not_taken"]


def test_a_break_asked_for_while_one_runs() -> None:
    """The first is settled with what it earned, the second begins, and each is credited within its own limit."""
    tell("""
        0:00-20:00 key
        20:00 break 2
        23:00 break 5
        33:30-40:00 key
        40:00 key
    """).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 3:00
        23:00 break 5:00 -> 10:00
        20:00-33:00 BREAK
        33:00-33:30 AWAY weak
        33:30-40:00 SEATED
    """)


def test_a_break_asked_for_twice_at_once() -> None:
    """A second request a few seconds after the first begins anew; what was accepted first came to nothing."""
    tell("""
        0:00-45:00 key
        45:02 answer start
        45:05 break 2
        47:30-50:00 key
        50:00 key
    """).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> not_taken
        45:02 break 2:00 -> 0:00
        45:05 break 2:00 -> 2:25
        45:05-47:30 BREAK
        47:30-50:00 SEATED
    """)

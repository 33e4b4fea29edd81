"""Wall clocks that jump, nights with an hour more or less, and the day boundary (spec 1.5, 1.7)."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell

SEATED = "0:00-20:00 key \n 10:00 clock_step {jump} \n 20:00 end"
IN_A_BREAK = "0:00-10:00 key \n 10:00 break 2 \n 11:00 clock_step {jump} \n 13:00-20:00 key \n 20:00 end"
ASLEEP = "0:00-10:00 key \n 10:10 sleep \n 12:00 clock_step {jump} \n 18:00 wake \n 18:00-20:00 key \n 20:00 end"


@pytest.mark.parametrize("jump", [3600, -3600, 0])
def test_the_clock_is_set(jump: int) -> None:
    """Set by an hour while seated, in a break or asleep, the wall clock creates and destroys no minutes."""
    tell(SEATED.format(jump=jump)).gives("0:00-20:00 SEATED").figures(S=20)
    tell(IN_A_BREAK.format(jump=jump)).gives("""
        0:00-10:00 SEATED
        10:00 break 2:00 -> 3:00
        10:00-13:00 BREAK
        13:00-20:00 SEATED
    """).figures(S=17, M=3)
    tell(ASLEEP.format(jump=jump)).gives("""
        0:00-10:00 SEATED
        10:00-18:00 AWAY strong
        18:00-20:00 SEATED
    """).figures(S=12, A_strong=8)


@pytest.mark.parametrize(
    ("start", "boundary"),
    [
        ("2026-03-28T23:00:00+01:00", "240:00"),  # the hour from 2 to 3 is left out, so 04:00 comes after 4 hours
        ("2026-10-24T23:00:00+02:00", "360:00"),  # it comes twice, so 04:00 comes after 6
        ("2026-03-02T23:00:00+01:00", "300:00"),
    ],
)
def test_both_summer_time_nights(start: str, boundary: str) -> None:
    """The night has the minutes that passed, and the next day begins at 04:00 on the wall."""
    hours = int(boundary.split(":")[0])
    told = tell(f"0:00 pause \n 0:00-{hours + 30}:00 key \n {hours + 30}:00 end", start=start)
    told.gives(f"0:00-{hours + 30}:00 SEATED")
    told.figures(0, S=hours, bouts=[hours + 30])
    told.figures(1, S=30, bouts=[])


def test_a_break_across_four_in_the_morning() -> None:
    """Minutes are split at 04:00; a bout across it stays one, of the day it began, and the prompt clock goes on."""
    told = tell(
        "0:00-45:00 key \n 45:10 answer start \n 48:00-95:00 key \n 93:10 answer not_now \n 95:00 end",
        start="2026-03-03T03:13:00+01:00",
    )
    told.gives("""
        0:00-45:10 SEATED
        45:00 prompt latest -> taken
        45:10 break 2:00 -> 2:50
        45:10-48:00 BREAK
        48:00-95:00 SEATED
        93:00 prompt latest -> declined
    """)
    told.figures(0, day="2026-03-02", S=45.2, M=1.8, bouts=[45.2])
    told.figures(1, day="2026-03-03", S=47, M=1, bouts=[47])


def test_a_night_worker() -> None:
    """A shift from 22:00 to 06:00 is split at 04:00 in the books, and its bouts are whole."""
    told = tell(
        """
        0:00 pause
        0:00-60:00 key
        60:00 break 5
        66:00-340:00 key
        360:00 key
        370:00-480:00 key
        """,
        start="2026-03-02T22:00:00+01:00",
    )
    told.gives(
        """
        0:00-60:00 SEATED
        60:00 break 5:00 -> 6:00
        60:00-66:00 BREAK
        66:00-340:00 SEATED
        340:00-370:00 AWAY weak  # two absences, with one key between
        370:00-480:00 SEATED
    """
    )
    told.figures(0, day="2026-03-02", S=334, M=6, A_weak=20, bouts=[60, 274])
    told.figures(1, day="2026-03-03", S=110, A_weak=10, bouts=[110])


def test_travel() -> None:
    """A flight across time zones changes no duration; only the day's date follows the zone."""
    told = tell("""
        0:00-10:00 key
        10:00 sleep
        15:00 zone America/New_York
        20:00 wake
        20:00-30:00 key
        30:00 end
    """)
    told.gives("0:00-10:00 SEATED \n 10:00-20:00 AWAY strong \n 20:00-30:00 SEATED")


def test_a_gap_over_the_boundary_is_of_neither_day() -> None:
    """Unobserved time counts between the first and the last presence of a day, so a night does not."""
    told = tell("0:00-10:00 key \n 500:00-510:00 key \n 540:00 key", start="2026-03-02T22:00:00+01:00")
    told.gives(
        """
        0:00-10:00 SEATED
        10:00-500:00 UNOBSERVED
        500:00-510:00 SEATED
        510:00-540:00 UNOBSERVED
        540:00 asked gap 510:00-540:00
    """
    )
    told.figures(0, X=0, S=10)
    told.figures(1, X=30, S=10)


@pytest.mark.parametrize(("jump", "opens"), [(0, 60), (600, 50), (-1800, 90)])
def test_a_pause_until_tomorrow_ends_by_the_wall_clock(jump: int, opens: int) -> None:
    """Said at 03:00, prompts come again at 04:00, however the clock was set meanwhile."""
    told = tell(
        f"0:00-{opens + 1}:00 key \n 0:00 pause tomorrow \n 10:00 clock_step {jump} \n {opens + 1}:00 end",
        start="2026-03-03T03:00:00+01:00",
    )
    told.gives(f"0:00-{opens + 1}:00 SEATED \n {opens}:00 prompt held_end -> open")

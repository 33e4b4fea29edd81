"""The worked examples of the books (spec 1.6), told as days."""

from __future__ import annotations

import pytest

from sitbreak.core.accounting import DaySummary, days
from tests.scenarios.telling import Told, tell

E_B = 0.085  # the share of desk time that was spent up on the baseline days


def reduction(day: DaySummary) -> float:
    """R of spec 1.3, in minutes."""
    return day.up + day.declared - E_B * (day.omega + day.declared)


def summary(told: Told) -> DaySummary:
    """The only day there is."""
    (day,) = days(told.played.facts, told.played.rules.day_start)
    return day


SHORT_DAY = """
    0:00 pause
    0:00-70:00 key
    70:00 break 2
    74:00-140:00 key
    140:00 lock
    155:58 unlock
    156:00-180:00 key
"""


def test_a_short_day() -> None:
    """B: 160 min seated and 20 up give C 4 and R 4.7."""
    told = tell(SHORT_DAY)
    told.gives("""
        0:00-70:00 SEATED [input]
        70:00 break 2:00 -> 4:00
        70:00-74:00 BREAK [accepted]
        74:00-140:00 SEATED [input]
        140:00-156:00 AWAY strong [lock]
        156:00-180:00 SEATED [input]
    """)
    told.figures(S=160, M=4, A_strong=16, omega=180, C=4, bouts=[70, 66, 24], longest=70, n30=2, min30=136)
    assert reduction(summary(told)) == pytest.approx(4.7, abs=0.05)


def test_over_midnight() -> None:
    """C: one logical day from 21:30 to 00:43, with R below zero."""
    told = tell(
        """
        0:00 pause
        0:00-50:00 key
        50:00 break 2
        53:00-110:00 key
        118:00-193:00 key
        """,
        start="2026-03-02T21:30:00+01:00",
    )
    told.gives("""
        0:00-50:00 SEATED
        50:00 break 2:00 -> 3:00
        50:00-53:00 BREAK
        53:00-110:00 SEATED
        110:00-118:00 AWAY weak [idle]
        118:00-193:00 SEATED
    """)
    told.figures(day="2026-03-02", S=182, C=3, A_weak=8, bouts=[50, 57, 75])
    assert len(told.answer["days"]) == 1
    assert reduction(summary(told)) == pytest.approx(-5.4, abs=0.05)


def test_suspended_overnight() -> None:
    """D: the bout ended at the last input, the night is unobserved, earns nothing, and no prompt comes on waking."""
    told = tell(
        """
        0:00-33:00 key every 20   # until 18:03
        43:00 lock
        43:00 sleep
        919:58 wake
        919:59 unlock
        920:00-925:00 key          # 08:50
        """,
        start="2026-03-02T17:30:00+01:00",
    )
    told.gives("""
        0:00-33:00 SEATED
        33:32.90 prompt lull -> left
        33:00-920:00 UNOBSERVED [idle lock sleep]
        920:00-925:00 SEATED
    """)
    told.figures(0, day="2026-03-02", S=33, X=0, C=0, bouts=[33])
    told.figures(1, day="2026-03-03", S=5, X=0, C=0, bouts=[5])


FILM = "0:00 media_on \n 50:00 media_off \n 50:00 key"


def test_a_film_at_the_desk() -> None:
    """E: the player holds the screen awake, so 50 minutes without input are seated; an empty room is booked alike."""
    told = tell(FILM)
    told.figures(S=50, omega=50, C=0, bouts=[50])
    assert [span["class"] for span in told.answer["spans"]] == ["SEATED"]


ORDINARY_DAY = """
    0:00 pause
    0:00-100:00 key
    100:00 break 2
    104:00 break 2
    108:00 break 2
    110:00-200:00 key
    200:00 standing_on
    200:00-230:00 key
    230:00 standing_off
    230:00-300:00 key
    300:00 lock
    319:59 unlock
    320:00-350:00 key
    395:00 key               # lunch
    {walk}
    395:30-510:00 key
"""


@pytest.mark.parametrize(("walk", "c", "r"), [("", 40, 20.5), ("395:10 gap_answer walked 15", 55, 34.2)])
def test_an_ordinary_day(walk: str, c: float, r: float) -> None:
    """F: Omega 465 and E 60; the declared walk of the lunch break adds to C and to R."""
    told = tell(ORDINARY_DAY.format(walk=walk))
    told.figures(S=405, M=10, T=30, A_strong=20, X=45, omega=465, C=c)
    assert reduction(summary(told)) == pytest.approx(r, abs=0.05)
    away = [span for span in told.answer["spans"] if span["class"] not in ("SEATED", "STANDING")]
    assert sum(span["end_s"] - span["start_s"] for span in away) / 60 + 30 == 105  # what naive books would claim

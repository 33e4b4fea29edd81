"""A day with the one small question about a silent gap, for each answer and for none (spec 8.3)."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell

TUESDAY = "2026-03-03T09:00:00+01:00"
DAY = """
    0:00-10:00 key every 10
    25:00-26:00 key every 10
    {answer}
    30:00-31:00 key every 10
    45:00-46:00 key every 10
    50:00 end
"""
BOOKED = """
    0:00-10:00 SEATED
    10:00-25:00 AWAY weak
    25:00-31:00 SEATED
    31:00-45:00 AWAY weak
    45:00-50:00 SEATED
    26:10 asked small gap 10:00-25:00
"""


@pytest.mark.parametrize("answer", ["up", "part"])
def test_an_answer_is_kept_and_changes_no_minute(answer: str) -> None:
    """Asked once, ten seconds into the pause after the return; the second gap of the day is not asked about."""
    told = tell(DAY.format(answer=f"26:30 gap_answer {answer}"), start=TUESDAY)
    told.gives(f"{BOOKED} \n 26:30 labelled {answer}")


def test_who_sat_there_has_sat_since_before_the_gap() -> None:
    """The books stay, and the prompt comes by the whole stretch: at the first lull after the half hour."""
    told = tell(DAY.format(answer="26:30 gap_answer here").replace("45:00-46:00 key every 10", ""), start=TUESDAY)
    told.gives("""
        0:00-10:00 SEATED
        10:00-25:00 AWAY weak
        25:00-31:00 SEATED
        31:00-50:00 AWAY weak
        26:10 asked small gap 10:00-25:00
        26:30 labelled here
        31:36.77 prompt lull -> left
        50:00 asked up 19:00
    """)


def test_no_answer_is_fine() -> None:
    """It goes, and the day is booked the same."""
    tell(DAY.format(answer=""), start=TUESDAY).gives(BOOKED)


def test_turned_off_nobody_is_asked() -> None:
    """The books are those of any other day."""
    told = tell(DAY.format(answer=""), start=TUESDAY, day__small_question=False)
    told.gives(BOOKED.replace("    26:10 asked small gap 10:00-25:00\n", ""))


@pytest.mark.parametrize(("said", "label"), [("SEATED", "here"), ("BREAK", "up"), ("STANDING", "up")])
def test_a_correction_is_an_answer_too(said: str, label: str) -> None:
    """Who corrects a whole silent gap has said what it was; the estimate learns from it."""
    found = tell(f"""
        0:00-10:00 key every 10
        25:00-30:00 key every 10
        27:00 correct 10:00 to 25:00 {said}
    """).transcript()
    assert f"27:00 labelled {label}" in found

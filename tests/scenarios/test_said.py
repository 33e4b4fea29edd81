"""What the user says: standing, gap answers, walks, corrections, pauses, seated mode (spec 1.1, 1.2, 3.1)."""

from __future__ import annotations

import pytest

from sitbreak.core.effects import Refused
from sitbreak.core.records import Evidence
from tests.scenarios.telling import catalogue, tell


def test_standing_40_minutes_and_asked() -> None:
    """A raised desk counts for 40 minutes; then the program asks, and unanswered it is sitting again."""
    tell("""
        0:00-10:00 key
        10:00 standing_on
        10:00-70:00 key
        70:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-50:00 STANDING [declared input]
        50:00 asked standing 40:00
        50:00-70:00 SEATED
    """).figures(T=40, C=40, bouts=[10, 20])


def test_standing_renewed() -> None:
    """Saying it again starts another 40 minutes; the toggle ends it, and the prompt clock begins there (2.1.8)."""
    tell("""
        0:00 standing_on
        0:00-106:00 key
        30:00 standing_on
        60:00 standing_off
        105:00 answer not_now
        106:00 end
    """).gives("""
        0:00-60:00 STANDING
        55:00 prompt standing -> ignored
        60:00-106:00 SEATED
        105:00 prompt latest -> declined
    """).figures(T=60, bouts=[46])


def test_an_absence_ends_standing() -> None:
    """Whatever would end a bout ends standing; back at the desk one sits until one says otherwise."""
    tell("0:00 standing_on \n 0:00-10:00 key \n 16:00-20:00 key \n 20:00 end").gives("""
        0:00-10:00 STANDING
        10:00-16:00 AWAY weak
        16:00-20:00 SEATED
    """)


def test_the_limit_passes_in_an_absence() -> None:
    """Standing ran out while nobody was there: the gap is away as it would have been, not sitting."""
    tell("0:00 standing_on \n 0:00-38:00 key \n 45:00-46:00 key \n 46:00 end").gives("""
        0:00-38:00 STANDING
        40:00 asked standing 40:00
        38:00-45:00 AWAY weak
        45:00-46:00 SEATED
    """)


def test_standing_up_leaves_the_prompt() -> None:
    """A prompt on show when the desk is raised is left behind, and none comes while standing."""
    tell("""
        0:00-45:10 key
        45:10 standing_on
        45:10-80:00 key
        80:00 end
    """).gives("""
        0:00-45:10 SEATED
        45:00 prompt latest -> left
        45:10-80:00 STANDING
    """)


GAP = "0:00-10:00 key \n 40:00 key \n {said} \n 45:00 end"


@pytest.mark.parametrize(
    ("said", "outcome", "d"),
    [
        ("40:10 gap_answer walked 15", "40:10 labelled walked \n 40:10 walked 15 counted", 15),
        ("40:10 gap_answer walked 90", "40:10 labelled walked \n 40:10 walked 30 counted", 30),
        ("40:10 gap_answer stood", "40:10 labelled stood", 0),
        ("40:10 gap_answer sat", "40:10 labelled sat", 0),
        ("40:10 gap_answer skip", "40:10 labelled skip", 0),
        ("42:00 gap_answer walked 15", "42:00 labelled walked \n 42:00 walked 15 counted", 15),
        ("42:01 gap_answer walked 15", "42:01 refused", 0),  # the question was gone after two minutes
        ("40:05 gap_answer skip \n 40:10 gap_answer walked 15", "40:05 labelled skip \n 40:10 refused", 0),
    ],
)
def test_a_gap_is_answered(said: str, outcome: str, d: float) -> None:
    """Walked carries minutes, at most the gap's; the others are labels, and the gap stays unobserved."""
    tell(GAP.format(said=said)).gives(f"""
        0:00-10:00 SEATED
        10:00-40:00 UNOBSERVED
        40:00 asked gap 10:00-40:00
        40:00-45:00 SEATED
        {outcome}
    """).figures(X=30, D=d, C=d)


@pytest.mark.parametrize(("back", "asked"), [("30:00", False), ("30:01", True), ("190:00", True), ("190:01", False)])
def test_which_gaps_are_asked_about(back: str, asked: bool) -> None:
    """Gaps of 20 min to 3 h; at 20 min sharp an absence is inferred and there is nothing to ask."""
    told = tell(f"0:00-10:00 key \n {back} key")
    assert ("asked gap" in told.transcript()) is asked


def test_a_walk_of_two_hours_at_most() -> None:
    """A walk in a gap of three hours counts 120 minutes at most."""
    tell("0:00-10:00 key \n 190:00 key \n 190:05 gap_answer walked 170").figures(X=180, D=120)


def test_walks_that_fit_and_do_not() -> None:
    """A logged walk counts while unobserved time of the day has room for it, else it is only noted."""
    tell("""
        0:00-10:00 key
        10:00 log_walk 5
        40:00 key
        40:10 log_walk 20
        41:00 log_walk 11
        42:00 log_walk 10
        43:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-40:00 UNOBSERVED
        40:00 asked gap 10:00-40:00
        40:00-43:00 SEATED
        10:00 walked 5 noted
        40:10 walked 20 counted
        41:00 walked 11 noted
        42:00 walked 10 counted
    """).figures(X=30, D=30, C=30)


def test_corrections() -> None:
    """A later correction changes the class and keeps the evidence beside it; the later one wins."""
    told = tell("""
        0:00-10:00 key
        18:00-30:00 key
        30:00 correct 10:00 to 16:00 BREAK
        30:01 correct 14:00 to 18:00 SEATED
        30:02 correct 20:00 to 25:00 STANDING
        30:02 end
    """)
    told.gives("""
        0:00-10:00 SEATED [input]
        10:00-14:00 BREAK [declared idle]
        14:00-20:00 SEATED
        20:00-25:00 STANDING [declared input]
        25:00-30:02 SEATED
    """).figures(M=4, T=5, C=9)
    assert not any(Evidence.DECLARED in span.evidence for span in told.played.facts.spans)


@pytest.mark.parametrize(
    "stretch",
    ["5:00 to 12:00 BREAK", "12:00 to 12:00 BREAK", "14:00 to 12:00 AWAY", "28:00 to 31:00 SEATED"],
    ids=["input in it", "empty", "backwards", "not over yet"],
)
def test_corrections_refused(stretch: str) -> None:
    """No minute with input in it becomes a break, and nothing that is empty or not over is changed."""
    tell(f"0:00-10:00 key \n 18:00-30:00 key \n 30:00 correct {stretch}").gives("""
        0:00-10:00 SEATED
        10:00-18:00 AWAY weak
        18:00-30:00 SEATED
        30:00 refused
    """)


def test_a_correction_of_what_happened_before_a_kill() -> None:
    """Spans kept by an earlier run of the program can be corrected, too."""
    tell(
        """
        0:00-10:00 key
        18:00-30:00 key
        30:00 kill
        31:00 run
        31:00-60:00 key
        60:00 correct 10:00 to 18:00 BREAK
    """,
        prompt__latest_minutes=60,
    ).figures(M=8, C=8)


def test_a_pause_survives_a_kill() -> None:
    """Paused until resumed, killed and started again: still no prompt, and the books go on."""
    tell("""
        0:00 pause
        0:00-60:00 key
        20:00 kill
        20:03 run
        55:00 resume
        55:10 answer not_now
        60:00 end
    """).gives("0:00-60:00 SEATED \n 55:00 prompt held_end -> declined")


def test_a_pause_on_a_shown_prompt_declines_it() -> None:
    """Pause while the prompt is on show is a way of saying not now."""
    tell("0:00-60:00 key \n 45:05 pause \n 60:00 end").gives("0:00-60:00 SEATED \n 45:00 prompt latest -> declined")


def test_seated_mode() -> None:
    """Who cannot stand is prompted with seated movements; a done break restarts the clock and its minutes count."""
    told = tell(
        """
        0:00-45:00 key
        45:05 answer start
        47:30-92:30 key
        92:35 end
    """,
        movements__seated_mode=True,
    ).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> taken
        45:05 break 2:00 -> 2:25
        45:05-47:30 BREAK
        47:30-92:35 SEATED
        92:30 prompt latest -> open
    """)
    sitting = {each.id for each in catalogue() if not each.ends_sitting}
    assert {prompt["movement"] for prompt in told.answer["prompts"]} <= sitting


def test_a_seated_movement_in_the_ordinary_mode() -> None:
    """A break with a seated movement is listed as stretched: no minutes, and the bout goes on."""
    tell(
        f"""
        0:00-20:00 key
        20:00 break 2 {_seated()}
        22:30-46:00 key
        46:00 end
    """
    ).gives("""
        0:00-46:00 SEATED
        20:00 stretch 2:00 -> 0:00
        45:00 prompt latest -> open
    """)


def _seated() -> str:
    """A movement that does not end sitting."""
    return next(str(each.id) for each in catalogue() if not each.ends_sitting)


def test_a_correction_of_the_gap_it_ends() -> None:
    """The first thing said after a gap over 04:00 may be what it was, on either side of the boundary."""
    tell(
        "0:00-10:00 key \n 35:00 correct 12:00 to 14:00 BREAK",
        start="2026-03-03T03:45:00+01:00",
    ).gives("""
        0:00-10:00 SEATED
        10:00-12:00 UNOBSERVED
        12:00-14:00 BREAK
        14:00-35:00 UNOBSERVED
    """)


def test_a_refusal_says_why() -> None:
    """A correction that cannot be is told in a sentence, not only refused."""
    told = tell("0:00-20:00 key \n 20:00 correct 5:00 to 10:00 BREAK \n 21:00 end")
    (why,) = [effect.why for _, effect in told.played.happened if isinstance(effect, Refused)]
    assert "keyboard or mouse input" in why

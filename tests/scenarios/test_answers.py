"""Every row of the table of answers (spec 2.2): what happens next, and what is recorded."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell


def test_start_and_go() -> None:
    """Start, hands off: taken, credited from the acceptance; the clock starts anew at the return."""
    tell("""
        0:00-45:00 key
        45:10 answer start
        48:00-100:00 key
    """).gives("""
        0:00-45:10 SEATED
        45:00 prompt latest -> taken
        45:10 break 2:00 -> 2:50
        45:10-48:00 BREAK [accepted]
        48:00-100:00 SEATED
        93:00 prompt latest -> ignored
    """)


def test_start_and_type_on() -> None:
    """Start without a gap of a minute: not taken, no credit, and eligible again ten minutes after the countdown."""
    tell("""
        0:00-63:00 key
        45:10 answer start
        63:05 end
    """).gives("""
        0:00-63:05 SEATED
        45:00 prompt latest -> not_taken
        45:10 break 2:00 -> 0:00
        62:10 prompt return -> open
    """)


@pytest.mark.parametrize(("back", "credit"), [("46:09", "0:00"), ("46:10", "1:00"), ("47:09", "1:59")])
def test_start_and_back_early(back: str, credit: str) -> None:
    """A gap of 59 s earns nothing, one of 60 s earns all of it, and typing in the break scolds nobody."""
    outcome = "not_taken" if credit == "0:00" else "taken"
    gap = "" if credit == "0:00" else f"\n 0:00-45:10 SEATED \n 45:10-{back} BREAK \n {back}-50:00 SEATED"
    tell(f"""
        0:00-45:00 key
        45:10 answer start
        {back}-50:00 key
        50:00 end
    """).gives(f"""
        45:00 prompt latest -> {outcome}
        45:10 break 2:00 -> {credit}
        {gap or "0:00-50:00 SEATED"}
    """)


def test_several_gaps_in_one_break() -> None:
    """Each gap of a minute that began before the countdown's end is credited, over all of them twice the length."""
    tell("""
        0:00-45:00 key
        45:00 answer start
        46:00 key
        52:00-53:00 key
    """).gives("""
        0:00-45:00 SEATED
        45:00 prompt latest -> taken
        45:00 break 2:00 -> 4:00
        45:00-49:00 BREAK
        49:00-52:00 AWAY weak
        52:00-53:00 SEATED
    """)


def test_longer() -> None:
    """Longer is five minutes, credited up to ten; the rest of the gap is away."""
    tell("""
        0:00-45:00 key
        45:00 answer long
        57:00-58:00 key
    """).gives("""
        0:00-45:00 SEATED
        45:00 prompt latest -> taken
        45:00 break 5:00 -> 10:00
        45:00-55:00 BREAK
        55:00-57:00 AWAY weak
        57:00-58:00 SEATED
    """)


def test_snoozed_until_a_lull() -> None:
    """After ten minutes the prompt comes back at the first lull of the next five; past the latest 10 s are enough."""
    tell("""
        0:00-56:00 key
        45:10 answer snooze 10
        56:50-58:00 key
        58:00 end
    """).gives("""
        0:00-58:00 SEATED
        45:00 prompt latest -> snoozed
        56:10 prompt snooze -> open
    """)


def test_a_chain_of_snoozes() -> None:
    """Two snoozes in a bout; a third is refused, and the prompt stays until its two minutes are over."""
    tell("""
        0:00-70:00 key
        45:10 answer snooze 5
        55:20 answer snooze 5
        65:30 answer snooze 5
        70:00 end
    """).gives("""
        0:00-70:00 SEATED
        45:00 prompt latest -> snoozed
        55:10 prompt snooze -> snoozed
        65:20 prompt snooze -> ignored
        65:30 refused
    """)


def test_not_now() -> None:
    """Not now: eligible again after thirty minutes in the same bout, whose shorter offer is marked as such."""
    told = tell("""
        0:00-82:00 key
        45:10 answer not_now
        80:15 end
    """).gives("""
        0:00-80:15 SEATED
        45:00 prompt latest -> declined
        80:10 prompt return -> open
    """)
    shown = [effect for _, effect in told.played.happened if hasattr(effect, "brief")]
    assert [effect.brief for effect in shown] == [False, True]


LEFT = """
    0:00-45:00 key
    48:00-64:00 key
    {answer}
    64:00 end
"""


def test_left_and_says_yes() -> None:
    """Up within two minutes of the prompt, and says so: taken, a break from the last input on."""
    tell(LEFT.format(answer="").replace("48:00-", "48:00 key \n 48:10 up_answer yes \n 48:15-")).gives("""
        0:00-45:00 SEATED
        45:00 prompt latest -> taken
        48:00 asked up 3:00
        48:10 labelled up
        45:00 break 2:00 -> 3:00
        45:00-48:00 BREAK
        48:00-64:00 SEATED
    """)


@pytest.mark.parametrize(
    ("answer", "kept"), [("48:00 key \n 48:10 up_answer no \n 48:15-", "48:10 labelled here"), ("48:00-", "")]
)
def test_left_and_says_no_or_nothing(answer: str, kept: str) -> None:
    """No, or no answer: left, seated by the books, and eligible again ten minutes after the return."""
    tell(LEFT.format(answer="").replace("48:00-", answer)).gives(f"""
        0:00-64:00 SEATED
        45:00 prompt latest -> left
        48:00 asked up 3:00
        {kept}
        63:00 prompt return -> open
    """)


@pytest.mark.parametrize(("said", "outcome"), [("yes", "taken"), ("no", "left")])
def test_left_for_longer(said: str, outcome: str) -> None:
    """Six minutes end the bout either way; yes makes the first four a break."""
    booked = {
        "yes": "51:05 labelled up \n 45:00-49:00 BREAK \n 49:00-51:00 AWAY weak \n 45:00 break 2:00 -> 4:00",
        "no": "51:05 labelled here \n 45:00-51:00 AWAY weak",
    }
    tell(f"""
        0:00-45:00 key
        51:00 click
        51:05 up_answer {said}
        51:10-70:00 key
    """).gives(f"""
        0:00-45:00 SEATED
        45:00 prompt latest -> {outcome}
        51:00 asked up 6:00
        {booked[said]}
        51:00-70:00 SEATED
    """)


def test_left_for_so_long_that_nobody_can_tell() -> None:
    """After more than twenty minutes nothing is offered: left, and the gap is asked about instead."""
    tell("""
        0:00-45:00 key
        66:00-67:00 key
    """).gives("""
        0:00-45:00 SEATED
        45:00 prompt latest -> left
        66:00 asked gap 45:00-66:00
        45:00-66:00 UNOBSERVED [idle]
        66:00-67:00 SEATED
    """)


def test_ignored_twice() -> None:
    """Two minutes of input without an answer: ignored, again after ten minutes; after the second the tray only."""
    tell("""
        0:00-120:00 key
        120:00 end
    """).gives("""
        0:00-120:00 SEATED
        45:00 prompt latest -> ignored
        62:00 prompt return -> ignored
    """)


def test_ignored_counts_from_the_two_minutes() -> None:
    """Hands off for less than a minute around the two minutes is no leaving."""
    tell("""
        0:00-46:30 key
        47:25-48:00 key
    """).gives("""
        0:00-48:00 SEATED
        45:00 prompt latest -> ignored
    """)


def test_a_channel_fails() -> None:
    """When notifications fail the card is tried, and the prompt counts as shown."""
    tell("""
        0:00 fail_on notify
        0:00 fail_on tray
        0:00-50:00 key
        45:10 answer start
        48:00 end
    """).gives(
        """
        0:00-48:00 SEATED
        45:00 prompt latest -> not_taken
        45:10 break 2:00 -> 0:00
    """
    )


def test_every_channel_fails() -> None:
    """Undelivered, never ignored; tried again after ten minutes, when the channel may be back."""
    tell("""
        0:00 fail_on notify
        0:00 fail_on window
        0:00-62:00 key
        50:00 fail_off window
        60:10 answer not_now
        62:00 end
    """).gives("""
        0:00-62:00 SEATED
        45:00 prompt latest -> undelivered
        60:00 prompt return -> declined
    """)


def test_an_answer_without_a_prompt() -> None:
    """An answer, or a tap on a question, that nobody asked for changes nothing but that somebody is there."""
    tell("""
        0:00-10:00 key
        14:00 answer start
        18:00 up_answer yes
        22:00 answer snooze
        26:00 answer not_now
        30:00 end
    """).gives("0:00-30:00 SEATED [input]")


def test_an_answer_just_after_coming_back_still_counts() -> None:
    """Back after a minute hands off, the pointer moves to Start: the break is taken although the prompt was leaving."""
    tell("""
        0:00-45:00 key
        46:01 motion
        46:04 click
        46:05 answer start
        50:00 key
        50:10 end
    """).gives("""
        0:00-46:05 SEATED
        46:05-50:00 BREAK
        50:00-50:10 SEATED
        45:00 prompt latest -> taken
        46:04 asked up 1:01
        46:05 break 2:00 -> 3:55
    """)


def test_hands_off_before_the_prompt_is_not_leaving_it() -> None:
    """A lull of 38 s, the prompt, and back 25 s later: it stays on show and can be answered."""
    tell("""
        0:00-31:00 key
        32:00-32:10 key
        32:12 answer start
        35:00 key
        35:10 end
    """).gives("""
        0:00-32:12 SEATED
        32:12-35:00 BREAK
        35:00-35:10 SEATED
        31:36.77 prompt lull -> taken
        32:12 break 2:00 -> 2:48
    """)


def test_a_self_started_break_not_taken_moves_nothing() -> None:
    """Typed through at minute 40, it leaves the window as it was: the prompt comes at the latest moment."""
    tell("""
        0:00-50:00 key
        40:00 break 2
        46:00 end
    """).gives("""
        0:00-46:00 SEATED
        40:00 break 2:00 -> 0:00
        45:00 prompt latest -> open
    """)


def test_lowering_a_desk_that_was_not_raised_changes_nothing() -> None:
    """The bout goes on, and so does its clock."""
    tell("""
        0:00-46:00 key
        20:00 standing_off
        46:00 end
    """).gives("""
        0:00-46:00 SEATED
        45:00 prompt latest -> open
    """)


def test_a_call_that_begins_after_the_unlock_is_presence() -> None:
    """A lock ends the evidence of its time, not that of later."""
    tell("""
        0:00 key
        0:10 lock
        3:20 unlock
        3:30 call_on
        15:00 call_off
        15:10 key
        15:20 end
    """).gives("""
        0:00-3:30 AWAY strong
        3:30-15:20 SEATED
    """)

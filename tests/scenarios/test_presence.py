"""Who was at the desk: calls, films, locks, lost sources and kills (spec 1.1, 1.7)."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell


@pytest.mark.parametrize(
    ("input_", "shown"), [("44:30 key", "44:40 prompt"), ("", "46:00 prompt")], ids=["with input", "without"]
)
def test_a_call_ends_at_minute_44(input_: str, shown: str) -> None:
    """The prompt it held comes at its end if somebody typed within a minute, else with the first input."""
    tell(f"""
        0:00-20:00 key
        20:00 call_on
        {input_}
        44:40 call_off
        46:00 {"end" if input_ else "key"}
    """).gives(f"""
        0:00-46:00 SEATED
        {shown} held_end -> open
    """)


def test_a_standup_across_the_window() -> None:
    """A call from minute 25 to 50 holds the prompt through its window and gives it back at the end."""
    tell("""
        0:00-25:00 key
        25:00 call_on
        25:00-49:50 key every 30
        50:00 call_off
        50:05 answer start
        53:00-54:00 key
    """).gives("""
        0:00-50:05 SEATED
        50:00 prompt held_end -> taken
        50:05 break 2:00 -> 2:55
        50:05-53:00 BREAK
        53:00-54:00 SEATED
    """)


def test_a_talk_of_90_minutes() -> None:
    """Listening for 90 minutes without input is sitting, and no prompt breaks into it."""
    tell("""
        0:00-5:00 key
        5:00 call_on
        94:00 call_off
        94:00 key
    """).gives("""
        0:00-94:00 SEATED [call input]
        94:00 prompt held_end -> open
    """)


def test_a_voice_channel_forgotten_open() -> None:
    """A call counts for 90 min without input, so a channel left open does not sit through the evening."""
    tell("0:00 call_on \n 0:00-5:00 key \n 240:00 call_off \n 240:00 key").gives("""
        0:00-95:00 SEATED
        95:00-240:00 UNOBSERVED
        240:00 asked gap 95:00-240:00
    """)


def test_a_capture_of_three_hours_is_none() -> None:
    """With input going on, a recording that runs for over three hours holds no prompt any more."""
    told = tell("0:00 call_on \n 0:00-181:00 key \n 181:00 end")
    told.gives("0:00-181:00 SEATED \n 180:00 prompt held_end -> open")


def test_auto_lock_while_reading() -> None:
    """Reading is evidence until the screen locks by itself; that lock proves no absence."""
    tell("""
        0:00-5:00 key
        5:00 reading_on
        15:00 lock
        19:00 unlock
        19:00-20:00 key
    """).gives("0:00-20:00 SEATED [input reading]")
    tell("""
        0:00-5:00 key
        5:00 reading_on
        15:00 lock
        25:00 unlock
        25:00 key
    """).gives("0:00-15:00 SEATED \n 15:00-25:00 AWAY weak [idle lock]")


def test_a_locked_laptop_carried_to_a_meeting() -> None:
    """A lock ends the evidence of a call, which counts again only with the next input."""
    tell("""
        0:00-10:00 key
        10:00 call_on
        20:00 key
        20:10 lock
        35:00 unlock
        36:00 click
        40:00 call_off
        40:00 key
    """).gives("""
        0:00-20:10 SEATED
        20:10-36:00 AWAY strong
        36:00-40:00 SEATED
    """)


def test_a_call_walked() -> None:
    """A break taken in a call: the call does not count as sitting until the next input."""
    tell("""
        0:00 call_on
        0:00-20:00 key
        20:00 break 2
        29:00-30:00 key
        30:00 call_off
    """).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 4:00
        20:00-24:00 BREAK
        24:00-29:00 AWAY weak
        29:00-30:00 SEATED
    """)


def test_a_source_lost_and_regained() -> None:
    """Time in which the source was blind for a minute is unobserved, if the gap is five; else nobody left."""
    tell("0:00-10:00 key \n 10:00 source_lost \n 13:00 key \n 15:00 source_back \n 15:00-16:00 key").gives(
        "0:00-10:00 SEATED \n 10:00-15:00 UNOBSERVED [source_lost] \n 15:00-16:00 SEATED"
    )
    tell("0:00-10:00 key \n 10:00 source_lost \n 14:59 source_back \n 14:59-16:00 key \n 16:00 end").gives(
        "0:00-16:00 SEATED"
    )
    tell("0:00-10:00 key \n 12:00 source_lost \n 12:59 source_back \n 16:00 key").gives(
        "0:00-10:00 SEATED \n 10:00-16:00 AWAY weak"
    )


@pytest.mark.parametrize(
    ("run", "booked"),
    [("13:00", "0:00-30:00 SEATED"), ("14:00", "0:00-10:00 SEATED \n 10:00-15:00 UNOBSERVED \n 15:00-30:00 SEATED")],
)
def test_killed_in_a_bout(run: str, booked: str) -> None:
    """Killed and started again: a gap under five minutes is sitting, a longer one is unobserved; `run` is nobody."""
    back = "14:59" if run == "13:00" else "15:00"
    tell(f"""
        0:00-10:00 key
        10:00 kill
        {run} run
        {back}-30:00 key
        30:00 end
    """).gives(booked)


def test_a_break_survives_a_kill() -> None:
    """Killed in a break and started again, only the time that was watched is credited; a pause goes on, too."""
    tell("""
        0:00 pause
        0:00-20:00 key
        20:00 break 2
        20:30 kill
        21:00 run
        23:00-70:00 key
    """).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 2:30
        20:00-20:30 BREAK
        20:30-21:00 UNOBSERVED
        21:00-23:00 BREAK
        23:00-70:00 SEATED
    """)


def test_typing_through_a_kill_confirms_nothing() -> None:
    """Killed three seconds into a break and typed on throughout: nobody watched, so nothing is confirmed."""
    tell("""
        0:00-20:00 key
        20:00 break 2
        20:03 kill
        21:12 run
        21:12-30:00 key
        30:00 key
    """).gives("""
        0:00-30:00 SEATED
        20:00 break 2:00 -> 0:00
    """)


def test_a_kill_in_a_call_brings_no_prompt_into_it() -> None:
    """What held the prompt holds it after the restart."""
    tell("""
        0:00-20:00 key
        20:00 call_on
        20:00-40:00 key
        35:00 kill
        35:02 run
        38:00 call_off
        39:00 end
    """).gives("0:00-39:00 SEATED \n 38:00 prompt held_end -> open")


def test_a_presentation_until_80() -> None:
    """Slides from 20 to 80: the prompt comes without sound at 75, half an hour past the end of its window."""
    tell("""
        0:00-20:00 key
        20:00 presenting_on
        20:00-82:00 click every 40
        80:00 presenting_off
        82:00 end
    """).gives("0:00-82:00 SEATED \n 75:00 prompt held_limit -> ignored")


def test_lunch() -> None:
    """A lunch of 45 minutes is unobserved, is asked about once, and starts the clock anew."""
    tell("""
        0:00-29:00 key
        29:30 lock
        74:50 unlock
        75:00-104:00 key
        75:30 gap_answer walked 15
    """).gives("""
        0:00-29:00 SEATED
        29:00-75:00 UNOBSERVED [idle lock]
        75:00 asked gap 29:00-75:00
        75:30 labelled walked
        75:30 walked 15 counted
        75:00-104:00 SEATED
    """).figures(X=46, D=15, C=15)


def test_a_part_time_day() -> None:
    """Within the working hours prompts come, after them none, and the books go on."""
    told = tell(
        "0:00 reply not_now after 10 \n 0:00-150:00 key \n 150:00 end",
        start="2026-03-02T11:00:00+01:00",
        working_hours__mon=["09:00-12:00"],
    )
    told.gives("0:00-150:00 SEATED \n 45:00 prompt latest -> declined").figures(S=150)

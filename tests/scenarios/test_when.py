"""When a prompt comes: the seven rules of spec 2.1."""

from __future__ import annotations

import pytest

from tests.scenarios.telling import tell


def test_the_clock_is_the_sitting_bout_alone() -> None:
    """Rule 1: minutes before a break, standing or being away do not count towards the next prompt."""
    tell("""
        0:00-25:00 key
        31:00-50:00 key
        50:00 standing_on
        50:00-60:00 key
        60:00 standing_off
        60:00-104:55 key
    """).gives("""
        0:00-25:00 SEATED
        25:00-31:00 AWAY weak
        31:00-50:00 SEATED
        50:00-60:00 STANDING
        60:00-104:55 SEATED
    """)


@pytest.mark.parametrize(
    ("last", "shown"),
    [
        ("29:00", "30:00"),  # quiet for 60 s already: nobody may be there, so the first input after brings it
        ("29:30", "30:09.68"),  # 40 s after the last input, a little less as the need falls
        ("30:00", "30:38.71"),
        ("37:30", "37:54.19"),  # half of the window: 25 s
        ("44:45", "44:55"),  # near the end 10 s are enough
    ],
)
def test_the_first_lull(last: str, shown: str) -> None:
    """Rule 2: the lull needed falls evenly from 40 s at 30 min to 10 s at 45 min."""
    told = tell(f"0:00-{last} key \n {last} key \n 46:00 end")
    first = told.answer["prompts"][0]["shown_s"] if told.answer["prompts"] else None
    minutes, rest = divmod(float(shown.split(":")[0]) * 60 + float(shown.split(":")[1]), 60)
    if last == "29:00":
        assert first is None
        return
    assert first == pytest.approx(minutes * 60 + rest, abs=0.35)
    idle, fall = first - _s(last), (first - 1800) / 900 * 30
    assert idle == pytest.approx(40 - fall, abs=1e-4)


def _s(clock: str) -> float:
    minutes, rest = clock.split(":")
    return int(minutes) * 60 + float(rest)


def test_no_lull_from_30_to_45() -> None:
    """Rule 3: typing without any lull gets the prompt at 45 minutes, to the second."""
    tell("0:00-46:00 key every 9.9 \n 46:00 end").gives("""
        0:00-46:00 SEATED
        45:00 prompt latest -> open
    """)


def test_a_lull_a_little_too_short() -> None:
    """Rule 2: at 37:30 a pause of 24 s is none, and one of 26 s is."""
    tell("0:00-37:30 key \n 37:54-46:00 key \n 46:00 end").gives("""
        0:00-46:00 SEATED
        45:00 prompt latest -> open
    """)
    tell("0:00-37:30 key \n 37:56-39:00 key \n 39:00 end").gives("""
        0:00-39:00 SEATED
        37:54.19 prompt lull -> open
    """)


def test_an_unlock_is_a_lull() -> None:
    """Rule 2: an unlock after a minute brings the prompt at once; that lock came by itself, so the bout goes on."""
    tell(
        """
        0:00-33:00 key every 20
        33:00 reading_on
        34:30 lock
        37:00 click
        37:01 unlock
        37:02-38:00 key
        38:00 end
    """,
        prompt__earliest_minutes=36,
    ).gives("""
        0:00-38:00 SEATED
        37:01 prompt unlock -> open
    """)


def test_a_short_lock_is_none() -> None:
    """Rule 2: an unlock within a minute is no lull; the search goes on."""
    tell("""
        0:00-34:00 key
        34:02 lock
        34:25 unlock
        34:26-46:00 key
        46:00 end
    """).gives("""
        0:00-46:00 SEATED
        45:00 prompt latest -> open
    """)


def test_never_to_an_empty_chair() -> None:
    """Rule 4: hands off for a minute at 45:00: it waits, and the first input after brings it."""
    tell(
        """
        0:00-29:30 key
        30:08 key
        33:00-34:00 key
        34:00 end
    """,
        prompt__lull_at_earliest_seconds=100,
    ).gives("""
        0:00-34:00 SEATED
        33:00 prompt lull -> open
    """)


def test_dropped_when_the_gap_ends_the_bout() -> None:
    """Rule 4: when the gap turns out to be an absence, the prompt that waited is dropped."""
    tell("""
        0:00-29:00 key
        34:00-40:00 key
    """).gives("""
        0:00-29:00 SEATED
        29:00-34:00 AWAY weak
        34:00-40:00 SEATED
    """)


@pytest.mark.parametrize("what", ["media", "reading"])
def test_evidence_fills_the_chair(what: str) -> None:
    """Rule 4: with a film or a paper somebody is there, so the prompt comes without input."""
    tell(f"""
        0:00-20:00 key
        20:00 {what}_on
        40:00 key
        40:00 end
    """).gives("""
        0:00-40:00 SEATED
        30:00 prompt lull -> ignored
    """)


HELD = """
    0:00-60:00 key
    20:00 {on}
    50:00 {off}
    51:00 end
"""


@pytest.mark.parametrize("what", ["call", "sharing", "dnd", "presenting", "meeting"])
def test_held(what: str) -> None:
    """Rules 5 and 6: held while it lasts, and there at once when it ends, not a window later."""
    tell(HELD.format(on=f"{what}_on", off=f"{what}_off")).gives("""
        0:00-51:00 SEATED
        50:00 prompt held_end -> open
    """)


def test_held_by_a_pause() -> None:
    """Rule 5: a pause of 30 minutes holds it, a resume ends that early, and the books go on."""
    expected = "0:00-51:00 SEATED \n 50:00 prompt held_end -> open"
    tell(HELD.format(on="pause 30", off="dnd_off")).gives(expected)
    tell(HELD.format(on="pause", off="resume")).gives(expected)


def test_full_screen_and_an_inhibitor_are_a_presentation() -> None:
    """Rule 5: slides, film or game hold it; full screen alone only takes its sound away."""
    both = tell("0:00-46:00 key \n 10:00 fullscreen_on \n 11:00 media_on \n 45:30 media_off \n 46:00 end")
    both.gives("0:00-46:00 SEATED \n 45:30 prompt held_end -> open")
    alone = tell("0:00-46:00 key \n 10:00 fullscreen_on \n 46:00 end")
    alone.gives("0:00-46:00 SEATED \n 45:00 prompt latest -> open")
    shown = [effect for _, effect in alone.played.happened if hasattr(effect, "silent")]
    assert [effect.silent for effect in shown] == [True]


@pytest.mark.parametrize("what", ["presenting", "dnd"])
def test_the_limit_of_a_hold(what: str) -> None:
    """Rule 5: a presentation or do-not-disturb holds it 30 min past 45, then it comes without sound."""
    told = tell(f"0:00-76:00 key \n 20:00 {what}_on \n 76:00 end")
    told.gives("0:00-76:00 SEATED \n 75:00 prompt held_limit -> open")
    shown = [effect for _, effect in told.played.happened if hasattr(effect, "silent")]
    assert [effect.silent for effect in shown] == [True]


def test_the_limit_does_not_touch_a_call() -> None:
    """Rule 5: do-not-disturb in a call: the call holds on, and when it ends the limit is long past."""
    tell("""
        0:00-86:00 key
        20:00 dnd_on
        20:00 call_on
        85:00 call_off
        86:00 end
    """).gives("""
        0:00-86:00 SEATED
        85:00 prompt held_limit -> open
    """)


def test_held_until_the_first_input_after() -> None:
    """Rule 6: the hold ends with nobody typing for a minute: the first input after brings it."""
    tell("""
        0:00-20:00 key
        20:00 call_on
        50:00 call_off
        52:00-53:00 key
        53:00 end
    """).gives("""
        0:00-53:00 SEATED
        52:00 prompt held_end -> open
    """)


@pytest.mark.parametrize(("idle", "shown"), [("49:00", "50:00"), ("48:59", "51:00")])
def test_at_once_if_there_was_input_in_the_last_minute(idle: str, shown: str) -> None:
    """Rule 6: input 60 s before the end of the hold is recent, 61 s is not."""
    told = tell(f"""
        0:00-48:55 key
        20:00 sharing_on
        {idle} key
        50:00 sharing_off
        51:00 key
    """)
    assert [(prompt["shown_s"], prompt["reason"]) for prompt in told.answer["prompts"]] == [(_s(shown), "held_end")]


@pytest.mark.parametrize("said", ["break 2", "pause", "standing_on", "meeting_on"])
def test_what_is_said_comes_before_the_prompt_that_waited(said: str) -> None:
    """Rule 4: no prompt flashes up at the very moment the person says something that makes it needless."""
    told = tell(f"0:00-29:30 key \n 33:00 {said} \n 33:30 end", prompt__lull_at_earliest_seconds=100)
    assert told.answer["prompts"] == []


def test_the_end_of_the_books_brings_no_prompt() -> None:
    """Rule 4: the last observation is presence for the books, but nobody to show a prompt to."""
    tell("0:00-29:30 key \n 33:00 end", prompt__lull_at_earliest_seconds=100).gives("0:00-33:00 SEATED")


def test_after_the_bout_a_new_one() -> None:
    """Rule 7: after unlocking, a new bout starts from zero."""
    tell("""
        0:00-44:00 key
        44:00 lock
        46:00 unlock
        46:01-91:00 key
        91:05 end
    """).gives("""
        0:00-44:00 SEATED
        44:00-46:01 AWAY strong
        46:01-91:05 SEATED
        91:01 prompt latest -> open
    """)


def test_who_says_that_they_read_is_there() -> None:
    """Rule 4: a prompt that waited at an empty chair comes with the word, though that is evidence of presence, too."""
    tell("""
        0:00-46:00 key
        40:00 sharing_on
        48:00 sharing_off
        49:00 reading_on
        50:00 end
    """).gives("""
        0:00-50:00 SEATED
        49:00 prompt held_end -> open
    """)


def test_outside_working_hours() -> None:
    """Rule 5: outside working hours nothing comes; it does when they begin, the sitting before them included."""
    tell(
        "0:00-125:00 key \n 120:05 end",
        start="2026-03-02T07:00:00+01:00",
        working_hours__mon=["09:00-17:00"],
    ).gives("0:00-120:05 SEATED \n 120:00 prompt held_end -> open")


def test_working_hours_follow_the_wall_clock() -> None:
    """Rule 5: the clock set forward past the end of work holds the prompt from that moment on."""
    tell(
        "0:00-60:00 key \n 20:00 clock_step 3600 \n 50:00 clock_step -3600 \n 51:00 end",
        start="2026-03-02T16:00:00+01:00",
        working_hours__mon=["09:00-17:00"],
    ).gives("0:00-51:00 SEATED \n 50:00 prompt held_end -> open")

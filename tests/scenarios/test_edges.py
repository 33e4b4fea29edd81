"""The edges that decide a class (spec 1.7): a second less, a second more."""

from __future__ import annotations

import pytest

from tests.scenarios.lines import clock
from tests.scenarios.telling import tell


@pytest.mark.parametrize(
    ("idle", "booked"), [(179, "SEATED"), (181, "SEATED"), (299, "SEATED"), (300, "AWAY weak"), (301, "AWAY weak")]
)
def test_idle(idle: int, booked: str) -> None:
    """Unlocked idle of five minutes is an absence, backdated to the last input; less is sitting."""
    back = clock(600 + idle)
    spans = f"0:00-10:00 SEATED \n 10:00-{back} {booked} \n {back}-20:00 SEATED"
    tell(f"0:00-10:00 key \n {back}-20:00 key \n 20:00 end").gives("0:00-20:00 SEATED" if booked == "SEATED" else spans)


@pytest.mark.parametrize(("length", "booked"), [(59, "SEATED"), (60, "AWAY strong"), (61, "AWAY strong")])
@pytest.mark.parametrize(("on", "off"), [("lock", "unlock"), ("sleep", "wake")])
def test_a_lock_or_sleep_of_a_minute(on: str, off: str, length: int, booked: str) -> None:
    """A lock or a sleep of a minute right after the last input is a strong absence, however short the gap."""
    back = clock(605 + length)
    spans = f"0:00-10:00 SEATED \n 10:00-{back} AWAY strong [{on}] \n {back}-20:00 SEATED"
    told = tell(f"0:00-10:00 key \n 10:05 {on} \n {back} {off} \n {back}-20:00 key \n 20:00 end")
    told.gives("0:00-20:00 SEATED" if booked == "SEATED" else spans)


@pytest.mark.parametrize(("after", "strength"), [(59, "strong"), (60, "strong"), (61, "weak")])
def test_a_lock_that_came_by_itself(after: int, strength: str) -> None:
    """A lock more than a minute after the last input proves nothing."""
    tell(f"0:00-10:00 key \n {clock(600 + after)} lock \n 17:00 unlock \n 17:00-18:00 key").gives(f"""
        0:00-10:00 SEATED
        10:00-17:00 AWAY {strength}
        17:00-18:00 SEATED
    """)


@pytest.mark.parametrize(("length", "booked"), [("19:59", "AWAY"), ("20:00", "AWAY"), ("20:01", "UNOBSERVED")])
@pytest.mark.parametrize("lock", [True, False])
def test_a_gap_of_twenty_minutes(length: str, booked: str, lock: bool) -> None:
    """An absence is inferred up to twenty minutes; after that nobody can tell, lock or not."""
    minutes, seconds = length.split(":")
    back = f"{10 + int(minutes)}:{seconds}"
    strength = f" {'strong' if lock else 'weak'}" if booked == "AWAY" else ""
    question = f"{back} asked gap 10:00-{back}" if booked == "UNOBSERVED" else ""
    story = f"0:00-10:00 key \n {'10:10 lock' if lock else ''} \n {f'{back} unlock' if lock else ''} \n {back} key"
    tell(story).gives(f"0:00-10:00 SEATED \n 10:00-{back} {booked}{strength} \n {question}")


def test_a_sleep_of_a_minute_ends_the_bout() -> None:
    """A sleep late in a short gap proves no absence at once, but the bout ended at the last input (1.5)."""
    tell("0:00-10:00 key \n 12:00 sleep \n 13:00 wake \n 13:10-14:00 key").gives("""
        0:00-10:00 SEATED
        10:00-13:10 AWAY weak [idle sleep]
        13:10-14:00 SEATED
    """)


def test_suspend_inside_a_break() -> None:
    """The lid shut in the middle of a break: the break is credited, the rest is away or unobserved."""
    story = "0:00-20:00 key \n 20:00 break 2 \n 20:30 sleep \n {back} wake \n {back}-60:00 key"
    tell(story.format(back="30:00")).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 4:00
        20:00-24:00 BREAK [accepted sleep]
        24:00-30:00 AWAY strong [sleep]
        30:00-60:00 SEATED
    """)
    tell(story.format(back="50:00")).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 4:00
        20:00-24:00 BREAK
        24:00-50:00 UNOBSERVED
        50:00 asked gap 24:00-50:00
        50:00-60:00 SEATED
    """)


def test_jitter_with_nobody_there() -> None:
    """A desk bumped once a minute is not work: idle time goes on growing from the last key."""
    tell("0:00-10:00 key \n 11:00-19:00 motion every 60 \n 19:01 key").gives("""
        0:00-10:00 SEATED
        10:00-19:01 AWAY weak [idle]
    """)


@pytest.mark.parametrize(("pause", "real"), [(1.9, False), (2, True), (10, True), (10.1, False)])
def test_motion_counts_from_its_first_event(pause: float, real: bool) -> None:
    """Motion counts if another input follows two to ten seconds later, and then from its first event."""
    story = f"0:00-10:00 key \n 14:59 motion \n {clock(899 + pause)} {{then}} \n 20:30 end"
    told = tell(story.format(then="motion"))
    first = told.answer["spans"][0]
    assert first["end_s"] == (899 + pause if real else 600)
    spans = tell(story.format(then="key")).answer["spans"]
    assert spans[0]["end_s"] == (899 + pause if real else 600)


def test_a_source_that_cannot_tell_kinds_apart() -> None:
    """Unknown input counts at once, but after five idle minutes only once it goes on."""
    tell("0:00-10:00 unknown \n 14:59 unknown \n 20:00 unknown \n 21:00 unknown \n 21:05 key").gives("""
        0:00-14:59 SEATED
        14:59-21:00 AWAY weak
        21:00-21:05 SEATED
    """)


def test_something_said_is_presence() -> None:
    """What is said to the program is input, an answer to nothing included."""
    tell("0:00-10:00 key \n 14:00 resume \n 18:00 log_walk 5 \n 22:00 reading_off \n 22:00 end").gives("""
        0:00-22:00 SEATED
        18:00 walked 5 noted
    """)


@pytest.mark.parametrize("kind", ["key", "click", "wheel"])
def test_certain_input_counts_at_once(kind: str) -> None:
    """A key press, a click or a wheel step is presence at once."""
    tell(f"0:00 key \n 4:00 {kind} \n 8:00 {kind} \n 12:00 {kind}").gives("0:00-12:00 SEATED [input]")

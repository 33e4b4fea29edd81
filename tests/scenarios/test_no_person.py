"""Input that is no person: under a lock, or at a machine's beat (spec 1.1)."""

from __future__ import annotations

import pytest

from tests.scenarios.lines import clock
from tests.scenarios.telling import tell


def test_a_cat_on_the_keyboard_of_a_locked_desk() -> None:
    """An hour of keys under a lock that nobody ends is nobody, not an hour of sitting."""
    tell("""
        0:00-10:00 key every 8
        10:05 lock
        20:00-80:00 key every 20
        116:40 unlock
        116:40-120:00 key
        120:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-116:40 UNOBSERVED
        116:40 asked gap 10:00-116:40
        116:40-120:00 SEATED
    """)


def test_a_password_is_typed_by_somebody() -> None:
    """Input under a lock counts once the unlock follows within a minute: the absence ends where the typing began."""
    tell("""
        0:00-10:00 key
        10:00 lock
        18:00-18:20 key
        18:40 unlock
        18:45-20:00 key
        20:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-18:00 AWAY strong
        18:00-20:00 SEATED
    """)


@pytest.mark.parametrize(("unlock", "back"), [(1080 + 60, 1080), (1080 + 61, 1200)])
def test_an_unlock_a_minute_after_the_input(unlock: int, back: int) -> None:
    """A minute later the input still counts, a second more and it was nobody's."""
    tell(f"""
        0:00-10:00 key
        10:00 lock
        18:00 key
        {clock(unlock)} unlock
        20:00-25:00 key
        25:00 end
    """).gives(f"""
        0:00-10:00 SEATED
        10:00-{clock(back)} AWAY strong
        {clock(back)}-25:00 SEATED
    """)


def test_a_cat_before_the_password() -> None:
    """Of an hour of input under a lock only the last minute before the unlock counts."""
    tell("""
        0:00-10:00 key
        10:00 lock
        12:00-29:50 key every 5
        30:00 unlock
        30:00-31:00 key
        31:00 end
    """).gives("""
        0:00-10:00 SEATED
        10:00-29:00 AWAY strong
        29:00-31:00 SEATED
    """)


def test_a_jiggler_is_nobody_after_twenty_minutes() -> None:
    """Motion every nine seconds and nothing else is believed for twenty minutes; then it is nobody, and asked about."""
    tell("""
        0:00-20:00 key every 5
        20:00-140:00 motion every 9
        140:00 key
    """).gives("""
        0:00-39:57 SEATED
        40:16.45 prompt lull -> left
        39:57-140:00 UNOBSERVED
        140:00 asked gap 39:57-140:00
    """)


def test_a_jiggler_at_no_interval_is_nobody_either() -> None:
    """Motion that never rests for ten seconds, and nothing else, is nobody after twenty minutes of it."""
    tell("""
        0:00-20:00 key every 5
        20:00-140:00 motion every 1.7
        20:00-140:00 motion every 4.1
        140:00 key
    """).gives("""
        0:00-39:58.50 SEATED
        40:17.90 prompt lull -> left
        39:58.50-140:00 UNOBSERVED
        140:00 asked gap 39:58.50-140:00
    """)


def test_a_jiggler_seen_without_its_kind() -> None:
    """Without kinds, input every minute for twenty minutes is nobody from then on, and is not prompted."""
    tell("""
        0:00-20:00 key every 5
        20:00-140:00 unknown every 60
        140:00 key
    """).gives("""
        0:00-39:00 SEATED
        30:38.71 prompt lull -> ignored
        39:00-140:00 UNOBSERVED
        140:00 asked gap 39:00-140:00
    """)


def test_somebody_who_types_on_is_no_jiggler() -> None:
    """A source that is asked every five seconds sees typing as a beat of five seconds; that is a person."""
    tell("0:00-29:00 unknown every 5 \n 29:00 end").gives("0:00-29:00 SEATED")


def test_a_key_among_the_beats_is_somebody() -> None:
    """Whatever moves the pointer, a key within the twenty minutes begins them anew."""
    tell("""
        0:00-5:00 key every 5
        5:00-29:55 motion every 9
        15:00 key
        30:00 end
    """).gives("0:00-30:00 SEATED")


@pytest.mark.parametrize(("off", "on"), [("kill", "run"), ("source_lost", "source_back")])
def test_a_moment_unwatched_changes_no_beat(off: str, on: str) -> None:
    """A restart in which half a beat is missed does not begin the twenty minutes anew."""
    tell(f"""
        0:00-20:00 key every 5
        20:00-140:00 motion every 1.5
        29:59 {off}
        30:01 {on}
        140:00 key
    """).gives("""
        0:00-39:57 SEATED
        40:16.45 prompt lull -> left
        39:57-140:00 UNOBSERVED
        140:00 asked gap 39:57-140:00
    """)

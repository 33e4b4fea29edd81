"""What each preset would do on the made-up day of `sitbreak demo`, when every reminder is taken.

Played once, as playing it takes seconds; tests/settings/test_preset_day.py plays it again and holds these figures
against what comes out. All in minutes after the day's beginning.
"""

from __future__ import annotations

from collections.abc import Mapping

BEGINS, LENGTH = 8 * 60 + 45, 515  # minutes after midnight, and of the whole day
# Away from the desk, or nothing is known; all between is sitting.
GAPS = (
    (37, 48), (60, 66), (84, 90), (97, 118), (123, 128), (192, 198), (237, 286), (294, 305), (313, 320), (360, 420),
    (426, 432), (455, 460), (461, 469), (470, 480), (492, 498),
)  # fmt: skip
REMINDERS: Mapping[str, tuple[int, ...]] = {
    "Gentle": (180,),
    "Standard": (30, 180, 228, 356),
    "Frequent": (22, 149, 180, 218, 348, 453),
}


def sitting() -> tuple[tuple[float, float], ...]:
    """Where each stretch of sitting begins and how long it is, as shares of the day."""
    edges = [0, *(edge for gap in GAPS for edge in gap), LENGTH]
    return tuple((start / LENGTH, (end - start) / LENGTH) for start, end in zip(edges[::2], edges[1::2], strict=True))


def reminders(preset: str) -> tuple[float, ...]:
    """When each reminder comes, as a share of the day."""
    return tuple(minute / LENGTH for minute in REMINDERS[preset])


def clock_times(preset: str) -> tuple[str, ...]:
    """When each reminder comes, as times of day."""
    return tuple("{:02}:{:02}".format(*divmod(BEGINS + minute, 60)) for minute in REMINDERS[preset])

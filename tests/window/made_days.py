"""Days, weeks and a present, as the Today window is told of them."""

from __future__ import annotations

from typing import Any

from sitbreak.window.day_protocol import (
    BlockMessage,
    ColumnMessage,
    DayMessage,
    DoubtMessage,
    MarkMessage,
    SpanMessage,
)

LOOKED = {"event": "look", "scope": "day", "day": ""}
ENTRIES: list[dict[str, Any]] = [
    {"label": "Sitting for 38 min"},
    {"label": "-"},
    {"label": "Start a break now", "key": "break"},
    {"label": "Standing at the desk", "key": "standing", "checked": True},
    {"label": "Pause", "children": [{"label": "30 minutes", "key": "pause:30"}]},
    {"label": "Walk this call", "key": "walk", "enabled": False},
]
STATUS = {"kind": "status", "confirmed_min": 14, "goal_min": 20, "sitting_min": 38, "entries": ENTRIES}

BLOCKS = (
    BlockMessage(
        0, 50, "long", "09:00 to 10:00, 30 min or more, 1 h", "2026-03-02T09:00:00", "2026-03-02T10:00:00", "60"
    ),
    BlockMessage(50, 25, "unsure", "10:00 to 10:30, not sure, 30 min", "2026-03-02T10:00:00", "2026-03-02T10:30:00"),
    BlockMessage(75, 25, "seated", "10:30 to 11:00, seated, 30 min", "2026-03-02T10:30:00", "2026-03-02T11:00:00"),
)
DAY = DayMessage(
    "2026-03-02",
    "Monday, 2 March 2026",
    "No confirmed minutes out of the chair.",
    blocks=BLOCKS,
    hours=(MarkMessage(50, "10"),),
    prompts=(MarkMessage(45, "taken", True), MarkMessage(90, "not now")),
    figures=(("Longest stretch", "1 h"),),
    doubts=(DoubtMessage("10:00 to 10:30, 30 min: no input for long", "2026-03-02T10:00:00", "2026-03-02T10:30:00"),),
)
WEEK = SpanMessage(
    "week",
    "2026-03-02",
    "2 to 8 March 2026",
    "12 minutes out of the chair on 1 day.",
    later=True,
    columns=(
        ColumnMessage(0, 40, 0.5, 0.8, "Mon 2 Mar: 12 of 20 min", "Mon 2", "2026-03-02"),
        ColumnMessage(40, 40, None, 0.8, "Tue 3 Mar: nothing recorded", day="2026-03-03"),
    ),
    lines=((1.0, "24"),),
    figures=(("Times up per hour of sitting", "1.3"),),
)

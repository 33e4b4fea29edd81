"""The lines a day is told in: `m:ss what ...`, minutes and seconds since the start; made an event log (spec 6)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

SPAN = re.compile(r"(?P<from>[\d:.]+)-(?P<to>[\d:.]+)\Z")
# What may follow each `do`, in order; words that only make it readable are left out.
FOLLOW = {
    "input_run": ("kind", "every"),
    "input": ("kind",),
    "answer": ("answer", "minutes"),
    "reply": ("answer", "after", "away", "minutes"),
    "up_answer": ("answer",),
    "break": ("minutes", "movement"),
    "gap_answer": ("answer", "minutes"),
    "correct": ("from", "to", "class"),
    "log_walk": ("minutes",),
    "pause": ("minutes",),
    "standing_on": ("minutes",),
    "clock_step": ("seconds",),
    "zone": ("tz",),
    "fail_on": ("port",),
    "fail_off": ("port",),
}
KINDS = {"key", "click", "wheel", "motion", "unknown"}
READABLE = {"after", "away", "every", "minutes", "s", "to", "is"}
TIMES = {"from", "to"}


def seconds(clock: str) -> float:
    """`m:ss` or `m:ss.ss` as seconds."""
    minutes, _, rest = clock.partition(":")
    return int(minutes) * 60 + float(rest)


def clock(elapsed: float) -> str:
    """Seconds as `m:ss`, or `m:ss.ss` when they are not whole."""
    hundredths = round(elapsed * 100)
    minutes, rest = divmod(hundredths, 6000)
    whole, part = divmod(rest, 100)
    return f"{minutes}:{whole:02d}" + (f".{part:02d}" if part else "")


def events(story: str) -> list[dict[str, object]]:
    """The story's lines as those of an event log."""
    rows = (line.split("#")[0].split() for line in story.splitlines())
    return [_event(row) for row in rows if row]


def _event(words: list[str]) -> dict[str, object]:
    """`3:00-44:00 key every 5` is a run of inputs, `45:00 key` one, anything else as spec 6 calls it."""
    when, do, *rest = words
    found: dict[str, object] = {}
    span = SPAN.match(when)
    if span:
        found = {"t": seconds(span["from"]), "do": "input_run", "until": seconds(span["to"]), "every": 5}
        rest = [do, *rest]
    elif do in KINDS:
        found, rest = {"t": seconds(when), "do": "input"}, [do, *rest]
    else:
        found = {"t": seconds(when), "do": do}
    if do == "pause" and rest == ["tomorrow"]:
        return {**found, "until": "tomorrow"}
    values = [word for word in rest if word not in READABLE]
    for key, value in zip(FOLLOW.get(str(found["do"]), ()), values, strict=False):
        found[key] = _value(key, value)
    return found


def _value(key: str, word: str) -> object:
    if key in TIMES:
        return seconds(word)
    try:
        return float(word)
    except ValueError:
        return word


def log_text(header: dict[str, object], rows: Iterable[dict[str, object]]) -> list[str]:
    """A log as its lines of JSON."""
    return [json.dumps({"replay": 1, **header}), *(json.dumps(row) for row in rows)]

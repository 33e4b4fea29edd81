"""Days nobody wrote: random event logs for the properties, and a busy one for the benchmark."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from hypothesis import strategies as st

Row = dict[str, Any]

START = "2026-03-02T09:00:00+01:00"
STARTS = (
    (START, "Europe/Berlin"),
    ("2026-03-02T03:20:00+01:00", "Europe/Berlin"),  # over the day boundary
    ("2026-03-29T01:10:00+01:00", "Europe/Berlin"),  # the night an hour is left out
    ("2026-10-25T01:10:00+02:00", "Europe/Berlin"),  # the night an hour comes twice
)
PAUSES = (
    1,
    2,
    5,
    9,
    10,
    11,
    30,
    41,
    59,
    60,
    61,
    118,
    120,
    179,
    240,
    298,
    299,
    300,
    301,
    599,
    600,
    900,
    1199,
    1200,
    1201,
)
LONG = (1800, 2700, 5400, 5401, 10800, 12000)
SIGNALS = ("call", "media", "fullscreen", "presenting", "sharing", "dnd", "meeting", "reading", "standing")
CLASSES = ("SEATED", "STANDING", "BREAK", "AWAY", "UNOBSERVED")


def _row(do: str, **keys: Any) -> st.SearchStrategy[Row]:
    drawn = {name: each if isinstance(each, st.SearchStrategy) else st.just(each) for name, each in keys.items()}
    return st.fixed_dictionaries({"do": st.just(do), **drawn})


def _of(*names: str) -> st.SearchStrategy[Row]:
    return st.sampled_from(names).map(lambda do: {"do": do})


KINDS = st.sampled_from(["key", "click", "wheel", "motion", "unknown"])
ANSWERS = st.sampled_from(["start", "long", "snooze", "not_now", "stand", "standing"])
TYPING = st.fixed_dictionaries(
    {
        "do": st.just("input_run"),
        "for": st.sampled_from([20, 60, 400, 1000, 1900, 2800, 3600]),
        "every": st.sampled_from([1.5, 3, 7, 15, 45, 120]),
        "kind": KINDS,
    }
)
WORLD = st.one_of(
    _of("lock", "unlock"),
    _of("sleep", "wake"),
    st.sampled_from([f"{s}_{edge}" for s in SIGNALS for edge in ("on", "off")]).map(lambda do: {"do": do}),
    _of("source_lost", "source_back"),
    _of("kill", "run"),
    _of("seat_occupied", "seat_empty", "seat_silent", "desk_raised", "desk_lowered", "desk_silent"),
)
SAID = st.one_of(
    _row("answer", answer=ANSWERS, minutes=st.sampled_from([5, 10, 15])),
    _row(
        "reply",
        answer=st.sampled_from(["start", "long", "snooze", "not_now", "stand", "standing", "none"]),
        after=st.sampled_from([0, 5, 60, 119, 121]),
        away=st.sampled_from([0, 30, 70, 130, 260, 700, 1500]),
    ),
    _row("up_answer", answer=st.sampled_from(["yes", "no"])),
    _row("break", minutes=st.sampled_from([1, 2, 5])),
    _row(
        "gap_answer", answer=st.sampled_from(["walked", "stood", "sat", "skip"]), minutes=st.sampled_from([0, 10, 200])
    ),
    _row("correct", **{"from": st.integers(0, 9000), "to": st.integers(0, 12000), "class": st.sampled_from(CLASSES)}),
    _row("log_walk", minutes=st.sampled_from([1, 15, 100])),
    _row("pause", minutes=st.sampled_from([1, 30])),
    _of("pause", "resume"),
)
CLOCKS = st.one_of(
    _row("clock_step", seconds=st.sampled_from([3600, -3600, 50000, -50000])),
    _row("zone", tz=st.sampled_from(["America/New_York", "Asia/Tokyo", "Europe/Berlin"])),
)
CHANNELS = _row("fail_on", port=st.sampled_from(["notify", "window"])) | _of("resume")
STEPS = st.one_of(TYPING, TYPING, TYPING, _row("input", kind=KINDS), WORLD, WORLD, SAID, CLOCKS, CHANNELS)
WAITS = st.one_of(st.sampled_from(PAUSES), st.sampled_from(PAUSES), st.sampled_from(LONG), st.integers(0, 400))
DAYS = st.lists(st.tuples(STEPS, WAITS), min_size=1, max_size=30).map(lambda steps: laid_out(steps))


def laid_out(steps: list[tuple[Row, int]]) -> list[Row]:
    """The steps one after the other; a run of inputs lasts as long as it says, and the wait comes after it."""
    t, rows = 0, []
    for step, wait in steps:
        row = dict(step)
        lasts = row.pop("for", 0)
        rows.append({"t": t, **row, **({"until": t + lasts} if lasts else {})})
        t += lasts + wait
    return [*rows, {"t": t, "do": "end"}]


def busy_day(inputs: int = 30_000, hours: float = 8, seed: int = 1) -> list[Row]:
    """A working day of about so many inputs, with breaks, a lunch, calls and locks; prompts are all obeyed."""
    random = Random(seed)
    rows: list[Row] = [{"t": 0, "do": "reply", "answer": "start", "after": 8, "away": 130}]
    end, every = hours * 3600, hours * 3600 / inputs
    t = 0.0
    while t < end:
        t += every * random.choice((0.5, 1, 1.5))
        rows.append({"t": round(t, 3), "do": "input", "kind": random.choice(("key", "key", "key", "click", "motion"))})
    said: Callable[[float, str], Row] = lambda hour, do: {"t": hour * 3600, "do": do}  # noqa: E731
    rows += [said(1, "call_on"), said(1.6, "call_off"), said(3, "lock"), said(3.02, "unlock"), said(5, "dnd_on")]
    rows += [said(5.5, "dnd_off"), {"t": round(t, 3), "do": "end"}]
    return sorted((row for row in rows if not 3 < row["t"] / 3600 < 3.02 or row["do"] != "input"), key=lambda r: r["t"])

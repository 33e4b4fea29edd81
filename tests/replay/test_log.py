"""The event log is checked line by line: number, field and what is allowed are told, and nothing is played (spec 6)."""

from __future__ import annotations

import json

import pytest

from sitbreak.replay.log import FIELDS, BadLog, read

HEAD = {"replay": 1, "start": "2026-03-02T09:00:00+01:00", "tz": "Europe/Berlin"}
GOOD: dict[str, dict[str, object]] = {
    "input": {"kind": "wheel"},
    "input_run": {"until": 10, "every": 0.5, "kind": "unknown"},
    "answer": {"answer": "snooze", "minutes": 15},
    "reply": {"answer": "none", "after": 5, "away": 60},
    "up_answer": {"answer": "no"},
    "break": {"minutes": 5, "movement": "walk-stairs"},
    "gap_answer": {"answer": "walked", "minutes": 12},
    "correct": {"from": 0, "to": 60, "class": "AWAY"},
    "log_walk": {"minutes": 0.5},
    "pause": {"minutes": 30},
    "clock_step": {"seconds": -3600},
    "zone": {"tz": "Asia/Tokyo"},
    "fail_on": {"port": "tray"},
    "fail_off": {"port": "window"},
}


def check(row: object, head: object = HEAD) -> None:
    """Reads a log of a head and one line."""
    text = row if isinstance(row, str) else json.dumps(row)
    read([head if isinstance(head, str) else json.dumps(head), text])


@pytest.mark.parametrize("do", sorted(FIELDS))
def test_every_line_of_the_table_is_read(do: str) -> None:
    """Each `do` is known with its keys, and refused with one that is not its own."""
    check({"t": 0, "do": do, **GOOD.get(do, {})})
    with pytest.raises(BadLog, match=r"^line 2: colour: .*allowed"):
        check({"t": 0, "do": do, **GOOD.get(do, {}), "colour": "red"})


def wrong(field: str, row: dict[str, object]) -> tuple[str, dict[str, object]]:
    """A field and a row in which it is wrong."""
    return field, row


WRONG: list[tuple[str, dict[str, object]]] = [
    ("do", {"do": "dance"}),
    ("do", {"do": 5}),
    ("do", {"do": None}),
    *(wrong("t", {"t": t, "do": "lock"}) for t in (-1, "3", None, True, 1e300)),
    *(wrong("kind", {"do": "input", "kind": kind}) for kind in ("touch", 3, None)),
    *(wrong("until", {"do": "input_run", "until": until, "every": 5, "kind": "key"}) for until in (-1, "x", None)),
    *(wrong("every", {"do": "input_run", "until": 5, "every": every, "kind": "key"}) for every in (0, -1, 1e-9, "x")),
    ("every", {"do": "input_run", "until": 5, "kind": "key"}),
    ("answer", {"do": "answer", "answer": "later"}),
    ("answer", {"do": "answer"}),
    ("minutes", {"do": "answer", "answer": "snooze", "minutes": 0}),
    ("answer", {"do": "reply", "answer": "yes", "after": 1, "away": 1}),
    ("after", {"do": "reply", "answer": "start", "away": 1}),
    ("away", {"do": "reply", "answer": "start", "after": 1, "away": -1}),
    ("answer", {"do": "up_answer", "answer": True}),
    ("minutes", {"do": "break", "minutes": -2}),
    ("movement", {"do": "break", "movement": 7}),
    ("answer", {"do": "gap_answer", "answer": "slept"}),
    ("minutes", {"do": "gap_answer", "answer": "walked", "minutes": -1}),
    ("from", {"do": "correct", "to": 5, "class": "AWAY"}),
    ("to", {"do": "correct", "from": 5, "to": None, "class": "AWAY"}),
    ("class", {"do": "correct", "from": 0, "to": 5, "class": "WALKED"}),
    ("minutes", {"do": "log_walk"}),
    ("minutes", {"do": "log_walk", "minutes": "15"}),
    ("minutes", {"do": "pause", "minutes": 0}),
    ("seconds", {"do": "clock_step", "seconds": "back"}),
    ("seconds", {"do": "clock_step"}),
    ("tz", {"do": "zone", "tz": "Mars/Olympus"}),
    ("tz", {"do": "zone", "tz": ""}),
    ("port", {"do": "fail_on", "port": "door"}),
    ("port", {"do": "fail_off"}),
]


@pytest.mark.parametrize(("field", "row"), WRONG, ids=lambda value: value if isinstance(value, str) else str(value))
def test_a_malformed_line(field: str, row: dict[str, object]) -> None:
    """The message names the line, the field and what is allowed."""
    with pytest.raises(BadLog, match=rf"^line 2: {field}: .*allowed"):
        check({"t": 0, **row})


@pytest.mark.parametrize("text", ["nonsense", "[1, 2]", '"a text"', '{"t": 0', '{"t": NaN, "do": "lock"}'])
def test_a_line_that_is_no_object(text: str) -> None:
    """A line that is not one JSON object is told as such."""
    with pytest.raises(BadLog, match=r"^line 2: .*allowed"):
        check(text)


HEADS: list[tuple[str, list[object]]] = [
    ("replay", [2, "1", None]),
    ("start", ["2026-03-02T09:00:00", "yesterday", 5, None, "0001-01-01T00:00Z"]),
    ("tz", ["Nowhere", None, 3]),
    ("poll_seconds", [0, -5, "5", None, True, 1e9]),
    ("settings", [[], "x", None]),
    ("colour", ["red"]),
]


@pytest.mark.parametrize(("field", "value"), [(field, value) for field, values in HEADS for value in values])
def test_a_malformed_first_line(field: str, value: object) -> None:
    """The first line is checked in the same way."""
    with pytest.raises(BadLog, match=rf"^line 1: {field}: .*allowed"):
        check({"t": 0, "do": "lock"}, {**HEAD, field: value})


def test_an_empty_log() -> None:
    """A log without a line says what its first line has to be."""
    with pytest.raises(BadLog, match="empty"):
        read(["", "   "])


def test_lines_in_order() -> None:
    """Lines go in order of time, ties in any order, blank ones do not count, and nothing follows the end."""
    rows = [json.dumps(HEAD), "", '{"t": 5, "do": "lock"}', '{"t": 5, "do": "unlock"}', '{"t": 4, "do": "lock"}']
    with pytest.raises(BadLog, match=r"^line 5: t: 4 comes after 5"):
        read(rows)
    with pytest.raises(BadLog, match=r"^line 5: do: nothing is allowed after end"):
        read([*rows[:3], '{"t": 5, "do": "end"}', '{"t": 6, "do": "lock"}'])
    assert read(rows[:4]).end == 5


@pytest.mark.parametrize(
    ("run", "end"),
    [
        ({"t": 0, "until": 10, "every": 3}, 9),
        ({"t": 0, "until": 0.3, "every": 0.1}, 0.3),
        ({"t": 5, "until": 4, "every": 1}, 5),
    ],
)
def test_the_end_of_a_log(run: dict[str, object], end: float) -> None:
    """Without an end line the last observation is the last input."""
    log = read([json.dumps(HEAD), json.dumps({"do": "input_run", "kind": "key", **run})])
    assert log.end == pytest.approx(end)
    assert (
        read(
            [
                json.dumps(HEAD),
                json.dumps({"t": 0, "do": "input_run", "kind": "key", "until": 9, "every": 1}),
                '{"t": 2, "do": "end"}',
            ]
        ).end
        == 2
    )

"""The event log: its lines, checked one by one before anything is played."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import TypeGuard
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core.events import InputKind
from sitbreak.core.records import GapLabel, SpanClass

KINDS = tuple(k.value for k in InputKind)
SAID_ANSWERS = ("start", "long", "snooze", "not_now")
PORTS = ("notify", "window", "tray")
CLASSES = tuple(k.value for k in SpanClass)
RUN_SLACK = 1e-9  # spec 6: inputs at t + n * every <= until + 1e-9
# What a day cannot mean: 30 years of seconds, inputs closer than a clock's tick.
MOST_SECONDS, MOST_MINUTES, LEAST_EVERY = 1e9, 1e6, 1e-3
YEARS = range(1971, 2300)


class BadLog(ValueError):
    """A line of the log is malformed; the message says which, what field, and what is allowed."""


@dataclass(frozen=True, slots=True)
class LogField:
    """A key of a line: how it is checked, and its default (REQUIRED: it must be there)."""

    kind: str  # number, minutes, choice, zone
    allowed: tuple[str, ...] = ()
    default: object = None
    required: bool = True


def _choice(*allowed: str) -> LogField:
    return LogField("choice", allowed)


_MINUTES = LogField("minutes")
_PLAIN = (
    "lock unlock sleep wake call_on call_off media_on media_off fullscreen_on fullscreen_off presenting_on "
    "presenting_off sharing_on sharing_off dnd_on dnd_off meeting_on meeting_off reading_on reading_off standing_on "
    "standing_off resume break_done source_lost source_back kill run end"
)
FIELDS: Mapping[str, Mapping[str, LogField]] = {
    **{name: {} for name in _PLAIN.split()},
    "input": {"kind": LogField("choice", KINDS, "key", False)},
    "input_run": {
        "until": LogField("number"),
        "every": LogField("every"),
        "kind": LogField("choice", KINDS, "key", False),
    },
    "answer": {"answer": _choice(*SAID_ANSWERS), "minutes": LogField("minutes", (), 10, False)},
    "reply": {
        "answer": _choice(*SAID_ANSWERS, "none"),
        "after": LogField("number"),
        "away": LogField("number", (), 0, False),
        "minutes": LogField("minutes", (), 10, False),
    },
    "up_answer": {"answer": _choice("yes", "no")},
    "break": {"minutes": LogField("minutes", (), 2, False), "movement": LogField("text", (), "", False)},
    "gap_answer": {"answer": _choice(*(g.value for g in GapLabel)), "minutes": LogField("number", (), 0, False)},
    "correct": {"from": LogField("number"), "to": LogField("number"), "class": _choice(*CLASSES)},
    "log_walk": {"minutes": _MINUTES},
    "pause": {"minutes": LogField("minutes", (), None, False), "until": LogField("choice", ("tomorrow",), "", False)},
    "clock_step": {"seconds": LogField("signed")},
    "zone": {"tz": LogField("zone")},
    "fail_on": {"port": _choice(*PORTS)},
    "fail_off": {"port": _choice(*PORTS)},
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """A checked line: its moment in seconds since the start, what to do, and the further keys."""

    number: int
    t: float
    do: str
    keys: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Log:
    """A whole log."""

    start: datetime
    zone: tzinfo
    poll: timedelta
    settings: Mapping[str, object]
    lines: tuple[LogLine, ...]

    @property
    def end(self) -> float:
        """The time of the last observation: the `end` line's, else the last line's."""
        if self.lines and self.lines[-1].do == "end":
            return self.lines[-1].t
        return max((_last(line) for line in self.lines), default=0.0)


def _last(line: LogLine) -> float:
    """When the line's last event is: for a run of inputs, the last of them."""
    if line.do != "input_run":
        return line.t
    every, until = float(str(line.keys["every"])), float(str(line.keys["until"])) + RUN_SLACK
    n = max(0, math.floor((until - line.t) / every))
    if n and line.t + n * every > until:  # the division was rounded up
        n -= 1
    return line.t + n * every


def read(text: Iterable[str]) -> Log:
    """Checks a log. Raises BadLog for the first malformed line."""
    rows = [(n, line) for n, line in enumerate(text, 1) if line.strip()]
    if not rows:
        raise BadLog('The log is empty; its first line is {"replay": 1, "start": ..., "tz": ...}.')
    start, zone, poll, settings = _header(*rows[0])
    lines: list[LogLine] = []
    for number, row in rows[1:]:
        line = _line(number, _object(number, row))
        if lines and line.t < lines[-1].t:
            raise BadLog(f"line {number}: t: {line.t:g} comes after {lines[-1].t:g}; allowed: lines in order of time.")
        if lines and lines[-1].do == "end":
            raise BadLog(f"line {number}: do: nothing is allowed after end.")
        lines.append(line)
    return Log(start, zone, poll, settings, tuple(lines))


def _object(number: int, row: str) -> dict[str, object]:
    try:
        found = json.loads(row)
    except json.JSONDecodeError as error:
        raise BadLog(f"line {number}: not JSON ({error.msg}, column {error.colno}); allowed: one object.") from error
    if not isinstance(found, dict):
        raise BadLog(f"line {number}: not an object; allowed: {{...}} with t and do.")
    return found


def _header(number: int, row: str) -> tuple[datetime, tzinfo, timedelta, Mapping[str, object]]:
    head = _object(number, row)
    if head.get("replay") != 1:
        raise BadLog(f"line {number}: replay: {head.get('replay')!r}; allowed: 1, in the first line.")
    unknown = head.keys() - {"replay", "start", "tz", "poll_seconds", "settings"}
    if unknown:
        raise BadLog(f"line {number}: {sorted(unknown)[0]}: allowed: replay, start, tz, poll_seconds, settings.")
    zone = _zone(number, head.get("tz"))
    try:
        start = datetime.fromisoformat(str(head.get("start")))
    except ValueError:
        start = None
    if start is None or start.tzinfo is None or start.year not in YEARS:
        raise BadLog(
            f"line {number}: start: {head.get('start')!r}; allowed: a time with offset, as 2026-03-02T09:00:00+01:00."
        )
    poll = head.get("poll_seconds", 5)
    if not _is_number(poll) or not 0 < poll <= 3600:
        raise BadLog(f"line {number}: poll_seconds: {poll!r}; allowed: a number above 0, at most 3600.")
    settings = head.get("settings", {})
    if not isinstance(settings, dict):
        raise BadLog(f"line {number}: settings: {settings!r}; allowed: an object of setting names and values.")
    return start, zone, timedelta(seconds=poll), settings


def _line(number: int, row: dict[str, object]) -> LogLine:
    do, t = row.pop("do", None), row.pop("t", None)
    if not isinstance(do, str) or do not in FIELDS:
        raise BadLog(f"line {number}: do: {do!r}; allowed: {', '.join(sorted(FIELDS))}.")
    if not _is_number(t) or not 0 <= t <= MOST_SECONDS:
        raise BadLog(f"line {number}: t: {t!r}; allowed: a number of seconds since the start, 0 to 1000000000.")
    known = FIELDS[do]
    for name in row:
        if name not in known:
            allowed = ", ".join(known) if known else "t and do only"
            raise BadLog(f"line {number}: {name}: unknown for {do}; allowed: {allowed}.")
    keys = {name: _value(number, name, rule, row) for name, rule in known.items()} if known else {}
    return LogLine(number, float(t), do, keys)


def _value(number: int, name: str, rule: LogField, row: Mapping[str, object]) -> object:
    if name not in row:
        if rule.required:
            raise BadLog(f"line {number}: {name}: missing; allowed: {_allowed(rule)}.")
        return rule.default
    value = row[name]
    if not _fits(number, rule, value):
        raise BadLog(f"line {number}: {name}: {value!r}; allowed: {_allowed(rule)}.")
    return _zone(number, value) if rule.kind == "zone" else value


def _fits(number: int, rule: LogField, value: object) -> bool:
    if rule.kind == "choice":
        return value in rule.allowed
    if rule.kind in ("text", "zone"):
        return isinstance(value, str)
    if value is None and not rule.required and rule.default is None:
        return True
    if not _is_number(value):
        return False
    amount = float(value)
    return {
        "signed": abs(amount) <= MOST_SECONDS,
        "number": 0 <= amount <= MOST_SECONDS,
        "every": LEAST_EVERY <= amount <= MOST_SECONDS,
        "minutes": 0 < amount <= MOST_MINUTES,
    }[rule.kind]


def _allowed(rule: LogField) -> str:
    return {
        "choice": ", ".join(rule.allowed),
        "text": "a text",
        "zone": "a time zone name, as Europe/Berlin",
        "number": "a number from 0 to 1000000000",
        "signed": "a number of seconds, forward or (negative) back, at most 1000000000 of them",
        "every": "a number of seconds above 0, at least 0.001",
        "minutes": "a number of minutes above 0, at most 1000000",
    }[rule.kind]


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _zone(number: int, name: object) -> tzinfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadLog(f"line {number}: tz: {name!r}; allowed: a time zone name, as Europe/Berlin.") from error

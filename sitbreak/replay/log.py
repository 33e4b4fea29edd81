"""The event log: its lines, checked one by one before anything is played."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core import event_messages
from sitbreak.core.event_messages import MessageField, NotUnderstood, is_number, one_of
from sitbreak.core.events import Answer, InputKind
from sitbreak.core.frozen import frozen

PORTS = ("notify", "window", "tray")
RUN_SLACK = 1e-9  # spec 6: inputs at t + n * every <= until + 1e-9
# What a day cannot mean: 30 years of seconds, inputs closer than a clock's tick.
MOST_SECONDS, LEAST_EVERY = 1e9, 1e-3
YEARS = range(1971, 2300)


class BadLog(ValueError):
    """A line of the log is malformed; the message says which, what field, and what is allowed."""


def _number(low: float, high: float, allowed: str, default: float | None = None) -> MessageField:
    return MessageField(lambda value: is_number(value) and low <= value <= high, allowed, default, default is None)


def _is_zone(value: object) -> bool:
    try:
        return isinstance(value, str) and ZoneInfo(value) is not None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


ZONE = MessageField(_is_zone, "a time zone name, as Europe/Berlin")
SECONDS = _number(0, MOST_SECONDS, "a number from 0 to 1000000000")
_KIND = one_of(*(kind.value for kind in InputKind), default="key")
_ANSWER = event_messages.FIELDS["answer"]
_WORLD = (
    "lock unlock sleep wake call_on call_off media_on media_off fullscreen_on fullscreen_off presenting_on "
    "presenting_off sharing_on sharing_off dnd_on dnd_off source_lost source_back kill run end"
)
# What is said comes as messages; a log has no windows, and counts its moments in seconds.
_SAID = {do: fields for do, fields in event_messages.FIELDS.items() if do not in ("level", "meeting")}
FIELDS: Mapping[str, Mapping[str, MessageField]] = {
    **{name: {} for name in (*_WORLD.split(), *event_messages.PLAIN, *event_messages.SENSED) if name != "present"},
    **_SAID,
    "correct": {"from": SECONDS, "to": SECONDS, "class": event_messages.FIELDS["correct"]["class"]},
    "input": {"kind": _KIND},
    "input_run": {
        "until": SECONDS,
        "every": _number(LEAST_EVERY, MOST_SECONDS, "a number of seconds above 0, at least 0.001"),
        "kind": _KIND,
    },
    "reply": {
        "answer": one_of(*(answer.value for answer in Answer), "none"),
        "after": SECONDS,
        "away": _number(0, MOST_SECONDS, "a number from 0 to 1000000000", 0),
        "minutes": _ANSWER["minutes"],
    },
    "clock_step": {
        "seconds": _number(
            -MOST_SECONDS,
            MOST_SECONDS,
            "a number of seconds, forward or (negative) back, at most 1000000000 of them",
        )
    },
    "zone": {"tz": ZONE},
    "fail_on": {"port": one_of(*PORTS)},
    "fail_off": {"port": one_of(*PORTS)},
}


@frozen
class LogLine:
    """A checked line: its moment in seconds since the start, what to do, and the further keys."""

    number: int
    t: float
    do: str
    keys: Mapping[str, object] = field(default_factory=dict)


@frozen
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
    if not is_number(poll) or not 0 < poll <= 3600:
        raise BadLog(f"line {number}: poll_seconds: {poll!r}; allowed: a number above 0, at most 3600.")
    settings = head.get("settings", {})
    if not isinstance(settings, dict):
        raise BadLog(f"line {number}: settings: {settings!r}; allowed: an object of setting names and values.")
    return start, zone, timedelta(seconds=poll), settings


def _line(number: int, row: dict[str, object]) -> LogLine:
    do, t = row.pop("do", None), row.pop("t", None)
    if not isinstance(do, str) or do not in FIELDS:
        raise BadLog(f"line {number}: do: {do!r}; allowed: {', '.join(sorted(FIELDS))}.")
    if not is_number(t) or not 0 <= t <= MOST_SECONDS:
        raise BadLog(f"line {number}: t: {t!r}; allowed: a number of seconds since the start, 0 to 1000000000.")
    known = FIELDS[do]
    for name in row:
        if name not in known:
            allowed = ", ".join(known) if known else "t and do only"
            raise BadLog(f"line {number}: {name}: unknown for {do}; allowed: {allowed}.")
    try:
        keys = {name: rule.of(row, name) for name, rule in known.items()}
    except NotUnderstood as error:
        raise BadLog(f"line {number}: {error}") from error
    return LogLine(number, float(t), do, keys)


def _zone(number: int, name: object) -> tzinfo:
    if not _is_zone(name):
        raise BadLog(f"line {number}: tz: {name!r}; allowed: {ZONE.allowed}.")
    return ZoneInfo(str(name))

"""ActivityWatch's view of the keyboard and mouse, as it exports it, read as spans; and spans as such an export.

Its rule: input counts on for three minutes (`afk` begins at the last input, once three minutes have passed). What lies
between two stretches of input is classed by the table of spec 1.1 for a gap of which nothing else is known. Nothing in
such a file is a confirmed minute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, TextIO

from sitbreak.core.records import AT_DESK, Evidence, Fact, Span, SpanClass, Strength
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import EPOCH, ZERO, Instant, next_boundary
from sitbreak.language import _

BUCKET_TYPE = "afkstatus"
LONGEST_GAP = timedelta(hours=12)  # a longer one is a night: the books begin anew after it
MOST_EVENTS = 2_000_000

Interval = tuple[datetime, datetime]


class NotActivityWatch(ValueError):
    """The file is no such export; the message says why, for people."""


def read(text: str, zone: tzinfo, day_start: time) -> list[Span]:
    """The spans of an export (of all buckets, or of one), in order of time; raises NotActivityWatch.

    Days are those of `zone`. Each span's evidence has `imported`.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotActivityWatch(_("it is no JSON ({error})", error=error)) from error
    buckets = found.get("buckets") if isinstance(found, dict) else None
    if not isinstance(buckets, dict):
        raise NotActivityWatch(_('it has no "buckets"; export them in ActivityWatch under Raw Data'))
    afk = [bucket for bucket in buckets.values() if isinstance(bucket, dict) and bucket.get("type") == BUCKET_TYPE]
    if not afk:
        raise NotActivityWatch(
            _("no bucket of type {bucket_type} is in it; that is the one of aw-watcher-afk", bucket_type=BUCKET_TYPE)
        )
    present = _joined(sorted(interval for bucket in afk for interval in _present(bucket)))
    return list(_spans(present, zone, day_start))


def _present(bucket: Mapping[str, Any]) -> Iterator[Interval]:
    """When somebody was there, by the events of a bucket; those of no length are left out."""
    events = bucket.get("events")
    if not isinstance(events, list) or len(events) > MOST_EVENTS:
        raise NotActivityWatch(_("a bucket has no list of events, or one of more than two million"))
    for number, event in enumerate(events, start=1):
        try:
            start = datetime.fromisoformat(str(event["timestamp"]))
            length = timedelta(seconds=float(event["duration"]))
            status = event["data"]["status"]
            begin = start.astimezone(UTC) if start.tzinfo else start.replace(tzinfo=UTC)
            end = begin + length
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise NotActivityWatch(
                _(
                    "event {number} was not understood ({name}: {error})",
                    number=number,
                    name=type(error).__name__,
                    error=error,
                )
            ) from error
        if status == "not-afk" and length > ZERO:
            yield begin, end


def _joined(intervals: Iterable[Interval]) -> list[Interval]:
    """Intervals in order, those that overlap or have less than a gap between them as one."""
    least = Rules().idle_limit
    found: list[Interval] = []
    for begin, end in intervals:
        if found and begin - found[-1][1] < least:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def _spans(present: list[Interval], zone: tzinfo, day_start: time) -> Iterator[Span]:
    before: datetime | None = None
    for begin, end in present:
        if before is not None and begin - before <= LONGEST_GAP:
            kind = SpanClass.AWAY if begin - before <= Rules().away_limit else SpanClass.UNOBSERVED
            yield from _cut(before, begin, kind, Evidence.IDLE, zone, day_start)
        yield from _cut(begin, end, SpanClass.SEATED, Evidence.INPUT, zone, day_start)
        before = end


def _cut(
    begin: datetime, end: datetime, kind: SpanClass, why: Evidence, zone: tzinfo, day_start: time
) -> Iterator[Span]:
    """One stretch as spans, cut where a logical day begins."""
    strength = Strength.WEAK if kind is SpanClass.AWAY else None
    at = Instant(begin - EPOCH, begin, zone)
    while at.utc < end:
        until = min(end, next_boundary(at, day_start))
        until_at = at.plus(until - at.utc)
        yield Span(at, until_at, kind, strength, frozenset({why, Evidence.IMPORTED}), at.day(day_start))
        at = until_at


def write(facts: Iterable[Fact], out: TextIO) -> None:
    """Writes the spans as an export with one bucket: sitting and standing are somebody there, all else is not."""
    events = [
        {
            "timestamp": fact.start.utc.isoformat(),
            "duration": fact.duration.total_seconds(),
            "data": {"status": "not-afk" if fact.kind in AT_DESK else "afk"},
        }
        for fact in facts
        if isinstance(fact, Span)
    ]
    bucket = {
        "id": "aw-watcher-afk_sitbreak",
        "type": BUCKET_TYPE,
        "client": "sitbreak",
        "hostname": "sitbreak",
        "created": events[0]["timestamp"] if events else EPOCH.isoformat(),
        "events": events,
    }
    json.dump({"buckets": {bucket["id"]: bucket}}, out)
    out.write("\n")

"""Taking the records out as text, and bringing them (back) in: all of a file, and never twice.

Facts of another machine's book axis are fitted into this one by UTC: a run of spans without a hole keeps its durations
and is moved as one, to where UTC puts it beside the nearest earlier fact that is here already. So a second import of
the same facts finds them where the first has put them.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, TextIO

from sitbreak.adapters.history.fact_columns import Identity, identity, kind_of
from sitbreak.adapters.history.formats import BadLine, from_fields, read_lines, write_csv, write_jsonl
from sitbreak.adapters.history.memory import MemoryHistory, all_of
from sitbreak.adapters.history.schema import SpansOverlap
from sitbreak.core.frozen import frozen
from sitbreak.core.records import AT_DESK, BreakRecord, Evidence, Fact, PromptRecord, Span, SpanClass, Strength
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import EPOCH, ZERO, Instant, moved, next_boundary
from sitbreak.language import _
from sitbreak.ports import History


def moment_of(fact: Fact) -> Instant | None:
    """The instant that orders a fact among its kind; None for baselines and goals."""
    kind = kind_of(fact)
    moment: Instant | None = getattr(fact, kind.moment) if kind.moment else None
    return moment


class _Anchors:
    """Where UTC stood along the axis of the facts that are here."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        moments = {(at.utc, at.elapsed) for fact in facts if (at := moment_of(fact)) is not None}
        self._moments = sorted(moments)
        self._keys: list[datetime] = [utc for utc, _ in self._moments]

    def shift(self, at: Instant) -> timedelta:
        """How far an instant of the other axis must be moved."""
        if not self._moments:
            return ZERO
        utc, elapsed = self._moments[max(0, bisect_right(self._keys, at.utc) - 1)]
        return elapsed + (at.utc - utc) - at.elapsed


def _runs(facts: Iterable[Fact]) -> list[Instant]:
    """Where each run of touching spans begins; without spans, every moment is its own."""
    spans = sorted((fact for fact in facts if isinstance(fact, Span)), key=lambda span: span.start.elapsed)
    begins: list[Instant] = []
    end: timedelta | None = None
    for span in spans:
        if span.start.elapsed != end:
            begins.append(span.start)
        end = span.end.elapsed
    loose = [] if spans else [at for fact in facts if (at := moment_of(fact)) is not None]
    return [*begins, *sorted(loose, key=lambda at: at.elapsed)]


def rebase(here: Sequence[Fact], foreign: Sequence[Fact]) -> list[Fact]:
    """The foreign facts, in their order, on the axis of those here.

    Their prompts get numbers below zero, which the program itself never gives, and their breaks point to those.
    """
    anchors, begins = _Anchors(here), _runs(foreign)
    keys = [at.elapsed for at in begins]
    shifts = [anchors.shift(at) for at in begins]

    def place(fact: Fact) -> Fact:
        first = moment_of(fact)
        if first is None:
            return fact
        shift = shifts[max(0, bisect_right(keys, first.elapsed) - 1)]
        return moved(fact, lambda at: Instant(at.elapsed + shift, at.utc, at.zone))

    placed = [place(fact) for fact in foreign]
    return _renumbered(here, placed)


def _renumbered(here: Sequence[Fact], foreign: list[Fact]) -> list[Fact]:
    known = {fact.shown.elapsed: fact.number for fact in here if isinstance(fact, PromptRecord)}
    lowest = min([0, *known.values()])
    numbers: dict[int, int] = {}
    for fact in foreign:
        if isinstance(fact, PromptRecord) and fact.number not in numbers:
            number = known.get(fact.shown.elapsed)
            if number is None:
                number = lowest = lowest - 1
            numbers[fact.number] = number
    return [_with_number(fact, numbers) for fact in foreign]


def _with_number(fact: Fact, numbers: dict[int, int]) -> Fact:
    if isinstance(fact, PromptRecord):
        return replace(fact, number=numbers[fact.number])
    if isinstance(fact, BreakRecord) and fact.prompt is not None:
        return replace(fact, prompt=numbers.get(fact.prompt))
    return fact


SLICE = 500  # records kept in one transaction: some 20 ms


@frozen
class Refusal:
    """A line that cannot be imported, and why: one sentence for people."""

    line: int
    why: str


@frozen
class ImportResult:
    """How many records were added, how many were here already; with any refusal, nothing was added."""

    added: int = 0
    same: int = 0
    refused: tuple[Refusal, ...] = ()


def export(history: History, fmt: str, first: date, last: date, out: TextIO) -> int:
    """Writes the facts of the days first to last in one of WRITERS; returns how many. Raises KeyError for any other."""
    facts = list(all_of(history.facts(first, last)))
    WRITERS[fmt](facts, out)
    return len(facts)


def import_(history: History, lines: Iterable[str]) -> ImportResult:
    """Brings in what `export` wrote: records that are here already are left as they are, and a file with one that
    contradicts them is refused as a whole.

    A history with an axis of its own takes records of another machine in by UTC. They are kept in slices, so that
    another writer never waits long. Raises what `history.keep` raises; asked again, it brings in what is missing.
    """
    parsed, refused = _parse(lines)
    here = list(all_of(history.facts(date.min, date.max)))
    numbers = [line for line, _ in parsed]
    facts = _placed(here, [fact for _, fact in parsed])
    new, same, conflicts = _sift(here, zip(numbers, facts, strict=True))
    refused += conflicts
    if refused:
        return ImportResult(0, same, tuple(sorted(refused, key=lambda refusal: refusal.line)))
    for first in range(0, len(new), SLICE):
        history.keep(new[first : first + SLICE])
    return ImportResult(len(new), same)


def _parse(lines: Iterable[str]) -> tuple[list[tuple[int, Fact]], list[Refusal]]:
    parsed: list[tuple[int, Fact]] = []
    refused: list[Refusal] = []
    for number, fields in read_lines(lines):
        try:
            if isinstance(fields, BadLine):
                raise fields
            parsed.append((number, from_fields(fields)))
        except BadLine as problem:
            refused.append(
                Refusal(number, _("Line {number} was not understood: {problem}.", number=number, problem=problem))
            )
    return parsed, refused


def _placed(here: list[Fact], foreign: list[Fact]) -> list[Fact]:
    """The facts on the axis of this history; as they are if any timed one of them is here, or nothing is."""
    known = {identity(fact): fact for fact in here if moment_of(fact) is not None}
    if not known or any(known.get(identity(fact)) == fact for fact in foreign if moment_of(fact) is not None):
        return foreign
    return rebase(here, foreign)


def _sift(here: list[Fact], lines: Iterable[tuple[int, Fact]]) -> tuple[list[Fact], int, list[Refusal]]:
    """What is new, how many are here already, and what contradicts what is here (or an earlier line)."""
    known: dict[Identity, Fact] = {identity(fact): fact for fact in here}
    trial = MemoryHistory()
    trial.keep(here)
    new: list[Fact] = []
    same = 0
    refused: list[Refusal] = []
    for number, fact in lines:
        former = known.get(identity(fact))
        if former == fact:
            same += 1
            continue
        problem = _problem(trial, fact, former)
        if problem:
            refused.append(Refusal(number, _("Line {number} was refused: {problem}.", number=number, problem=problem)))
            continue
        known[identity(fact)] = fact
        new.append(fact)
    return new, same, refused


def _problem(trial: MemoryHistory, fact: Fact, former: Fact | None) -> str:
    if former is not None:
        return _("a different record of the same thing is here already")
    try:
        trial.keep([fact])
    except SpansOverlap:
        return _("its time is covered by another span that is here already, or it ends before it begins")
    return ""


# -- ActivityWatch's view of the keyboard and mouse, as it exports it. Its rule: input counts on for three minutes
# (`afk` begins at the last input, once three minutes have passed). What lies between two stretches of input is classed
# by the table of spec 1.1 for a gap of which nothing else is known. Nothing in such a file is a confirmed minute.

BUCKET_TYPE = "afkstatus"
LONGEST_GAP = timedelta(hours=12)  # a longer one is a night: the books begin anew after it
MOST_EVENTS = 2_000_000

Interval = tuple[datetime, datetime]


class NotActivityWatch(ValueError):
    """The file is no such export; the message says why, for people."""


def read_activitywatch(text: str, zone: tzinfo, day_start: time) -> list[Span]:
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


def write_activitywatch(facts: Iterable[Fact], out: TextIO) -> None:
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


WRITERS: Mapping[str, Callable[[Iterable[Fact], TextIO], None]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "activitywatch": write_activitywatch,
}

"""The books of one body from the books of several devices: the one place in which they meet (spec 1.8).

Presence is the union. A gap is a time in which no device saw anybody: where one device saw both its ends, that
device's own books say what it was; where the person went from one device to another, the table of spec 1.1 does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from sitbreak.core.classify import Gap, Piece, Stretch, classify
from sitbreak.core.device_books import (
    BodySpans,
    DeviceBooks,
    baselines,
    fitted,
    goals,
    instant_on,
    numbered_apart,
    placed,
    room_left,
    united,
)
from sitbreak.core.device_sightings import ByEvidence, Seen, Sights, common, cut_out, near
from sitbreak.core.events import BodySeen
from sitbreak.core.frozen import frozen
from sitbreak.core.human_input import LEAST_SILENCE
from sitbreak.core.memory import Break
from sitbreak.core.records import AT_DESK, BreakRecord, Evidence, Facts, Outcome, PromptRecord, Quiet, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.spans import bouts
from sitbreak.core.timeline import ZERO, Instant


@frozen
class Stay:
    """Somebody was at these devices, without a break in between."""

    start: Instant
    end: Instant
    devices: frozenset[str]
    day: date


@frozen
class BodyBooks:
    """The books of the body, and at which devices it was."""

    facts: Facts
    stays: tuple[Stay, ...] = ()


def merged(books: Iterable[DeviceBooks], rules: Rules | None = None) -> BodyBooks:
    """The books of the body. The order of `books` does not matter; with one device only they are its own.

    A day on which a device was astray fills in only what no other device knows anything of.
    """
    found = sorted(books, key=lambda each: each.device)
    timed = [each for each in found if _timed(each.facts)]
    if len(timed) < 2:
        alone = timed[0].facts if timed else Facts()
        kept = (baselines([each.facts.baselines for each in found]), goals([each.facts.goals for each in found]))
        return BodyBooks(replace(alone, baselines=kept[0], goals=kept[1]))
    on_axis = numbered_apart([replace(each, facts=placed(each.facts)) for each in found])
    sights = [Sights(number, room_left(each, on_axis)) for number, each in enumerate(on_axis)]
    return _Merge([each.device for each in on_axis], sights, Rules() if rules is None else rules).body()


def _timed(facts: Facts) -> bool:
    return any(getattr(facts, group.name) for group in fields(facts) if group.name not in ("goals", "baselines"))


# -- the merge


@dataclass(slots=True)
class _Block:
    """Time in which somebody was seen, without a hole."""

    members: list[Seen]
    low: timedelta
    high: timedelta

    @property
    def openers(self) -> set[int]:
        return {each.device for each in self.members if each.low == self.low}

    @property
    def closers(self) -> set[int]:
        return {each.device for each in self.members if each.high == self.high}


def _blocks(seen: Iterable[Seen]) -> list[_Block]:
    found: list[_Block] = []
    for each in sorted(seen, key=lambda one: (one.low, one.high, one.device)):
        last = found[-1] if found else None
        if last is not None and each.low <= last.high:
            last.members.append(each)
            last.high = max(last.high, each.high)
        else:
            found.append(_Block([each], each.low, each.high))
    return found


class _Merge:
    def __init__(self, names: Sequence[str], sights: Sequence[Sights], rules: Rules) -> None:
        self._names, self._sights, self._rules = names, sights, rules
        self._spans = BodySpans(rules.day_start)
        self._stays: list[Stay] = []
        records: tuple[BreakRecord, ...] = united([sight.facts.breaks for sight in sights], "accepted")
        self._breaks = [(Break(r.accepted.elapsed, r.length, r.movement, stretch=r.seated), r) for r in records]
        self._accepted = [brk.accepted for brk, _ in self._breaks]
        self._settled: set[int] = set()
        self._shared: set[int] = set()  # breaks with a gap that no device has in its own books
        self._confirmed = {
            sight.device: sorted(part for other in sights if other is not sight for part in other.breaks)
            for sight in sights
        }

    def body(self) -> BodyBooks:
        seen = [part for sight in self._sights for each in sight.seen() for part in self._counting(each)]
        blocks = _blocks(seen)
        self._edge(None, blocks[0] if blocks else None)
        for number, block in enumerate(blocks):
            self._present(block)
            if number + 1 < len(blocks):
                self._gap(block, blocks[number + 1])
        if blocks:
            self._edge(blocks[-1], None)
        return BodyBooks(self._facts(self._spans.found, seen), tuple(self._stays))

    def _counting(self, seen: Seen) -> Iterator[Seen]:
        """Evidence without input does not count while another device has a break confirmed (spec 1.1)."""
        if seen.typed:
            yield seen
            return
        for low, high in cut_out(seen.low, seen.high, near(self._confirmed[seen.device], seen.low, seen.high)):
            yield replace(seen, low=low, high=high)

    # -- presence

    def _present(self, block: _Block) -> None:
        members = [each for each in block.members if each.high > each.low]
        edges = sorted({edge for each in members for edge in (each.low, each.high)})
        coming, active = 0, list[Seen]()
        for low, high in pairwise(edges):
            active = [each for each in active if each.high > low]
            while coming < len(members) and members[coming].low <= low:
                active.append(members[coming])
                coming += 1
            standing = any(each.kind is SpanClass.STANDING for each in active)
            kind = SpanClass.STANDING if standing else SpanClass.SEATED
            self._book(Piece(low, high, kind, None, frozenset().union(*(e.evidence for e in active))), active[0].like)
            self._stay(low, high, active)

    def _stay(self, low: timedelta, high: timedelta, active: Sequence[Seen]) -> None:
        devices = frozenset(self._names[each.device] for each in active)
        like, last = active[0].like, self._stays[-1] if self._stays else None
        day, end = self._spans.day_at(low, like.zone), instant_on(high, like)
        if last is not None and last.end.elapsed == low and (last.devices, last.day) == (devices, day):
            self._stays[-1] = Stay(last.start, end, devices, day)
        else:
            self._stays.append(Stay(instant_on(low, like), end, devices, day))

    def _book(self, piece: Piece, like: Instant, own: bool = False) -> None:
        self._spans.book(piece, like.zone, own)

    # -- gaps

    def _edge(self, before: _Block | None, after: _Block | None) -> None:
        """What lies before the first presence, or after the last: as the device has it that saw that presence."""
        block = after if before is None else before
        owners = {0} if block is None else block.openers if before is None else block.closers
        low, high = (None if before is None else before.high), (None if after is None else after.low)
        for piece, like in self._sights[min(owners)].booked(low, high) if self._sights else ():
            self._book(piece, like, own=True)

    def _gap(self, before: _Block, after: _Block) -> None:
        low, high = before.high, after.low
        brk = self._claiming(low)
        both = [self._sights[device] for device in sorted(before.closers & after.openers)]
        if brk is not None:  # of a break that others have a part in, no device's own books tell
            own = brk not in self._shared
            both = [sight for sight in both if own and self._breaks[brk][1] in sight.records]
        if brk is None:
            both = [sight for sight in self._sights if sight.measured(low, high)] or both
        booked = [sight.booked(low, high) for sight in both]
        booked.sort(key=lambda pieces: not any(piece.kind is SpanClass.BREAK for piece, _ in pieces))
        like = before.members[-1].like
        pieces = booked[0] if booked else [(each, like) for each in self._went(before, after, brk)]
        if brk is not None and not booked:
            self._shared.add(brk)
        for piece, zone in pieces:
            self._book(piece, zone, own=True)
        if brk is not None:
            taken = self._breaks[brk][0]
            taken.credited += sum((p.end - p.start for p, _ in pieces if p.kind is SpanClass.BREAK), ZERO)
            if taken.returned(high, after.high, high - low, self._rules):
                self._settled.add(brk)

    def _claiming(self, low: timedelta) -> int | None:
        """The break that may claim a gap that begins there: the latest one under way."""
        latest = bisect_right(self._accepted, low) - 1
        return latest if latest >= 0 and low <= self._breaks[latest][0].ends else None

    def _went(self, before: _Block, after: _Block, brk: int | None) -> list[Piece]:
        """The person went from one device to another: the table of spec 1.1 for what all of them know of the gap."""
        low, high = before.high, after.low
        left = [self._sights[device] for device in sorted(before.closers)]
        reached = [self._sights[device] for device in sorted(after.openers)]
        typed = any(each.typed for each in before.members if each.high == low)
        last_input = low if typed else max(sight.last_input(low) for sight in left)
        absent = [stretch for sight in left for stretch in sight.absences(low)]
        blind = [
            Stretch(Evidence.NOT_RUNNING, *part) for part in common([s.unwatched(low, high) for s in left + reached])
        ]
        credit, shortest = (ZERO, ZERO) if brk is None or brk in self._settled else self._breaks[brk][0].claim(low)
        pieces = classify(Gap(low, high, last_input, (*absent, *blind), credit, shortest), self._rules)
        standing = all(
            any(e.kind is SpanClass.STANDING for e in block.members if edge in (e.low, e.high))
            for block, edge in ((before, low), (after, high))
        )
        return [replace(p, kind=SpanClass.STANDING) if standing and p.kind is SpanClass.SEATED else p for p in pieces]

    # -- the other facts

    def _facts(self, spans: Sequence[Span], seen: Sequence[Seen]) -> Facts:
        groups: dict[str, list[tuple[Any, ...]]] = {
            group.name: [getattr(sight.facts, group.name) for sight in self._sights] for group in fields(Facts)
        }
        return Facts(
            spans=tuple(spans),
            prompts=united(groups["prompts"], "shown"),
            breaks=tuple(replace(record, credited=brk.credited) for brk, record in self._breaks),
            gaps=united(groups["gaps"], "start"),
            movement=fitted(united(groups["movement"], "at"), spans),
            corrections=united(groups["corrections"], "start"),
            baselines=baselines(groups["baselines"]),
            goals=goals(groups["goals"]),
            quiets=tuple(self._quiets(seen)),
        )

    def _quiets(self, seen: Sequence[Seen]) -> Iterator[Quiet]:
        """The silences of the body: a minute and more without real input anywhere."""
        by_evidence = ByEvidence(each for each in seen if not each.typed)
        for before, after in pairwise(_blocks(each for each in seen if each.typed)):
            low, high = before.high, after.low
            if high - low < LEAST_SILENCE:
                continue
            own = [q for device in sorted(before.closers & after.openers) if (q := self._sights[device].quiet_at(low))]
            if own and own[0].end == high:
                yield own[0]
                continue
            if before.closers & after.openers:
                continue  # books from before silences were kept
            began = [s.start for device in before.closers for s in self._sights[device].absences(low)]
            absence = min((each - low for each in began if low <= each <= high), default=None)
            motion = any(q.motion for d in after.openers for q in self._sights[d].quiets(low, high) if q.end == high)
            start, held = instant_on(low, before.members[-1].like), by_evidence.held(low, high)
            yield Quiet(start, high - low, absence, held, motion)


# -- how it stands with the body now, for the machine of one of its devices

WITHIN = timedelta(days=1)


def body_now(books: Sequence[DeviceBooks], own: str, at: Instant, rules: Rules) -> BodySeen | None:
    """What `own` has to know at `at`, on its axis; None where no other device saw anybody within a day."""
    whole = merged(books, rules)
    there = [stay.end.utc for stay in whole.stays if stay.devices - {own} and at.utc - stay.end.utc < WITHIN]
    present = [span for span in whole.facts.spans if span.kind in AT_DESK]
    if not there or not present:
        return None
    until = present[-1].end.utc
    last = bouts(whole.facts.spans)[-1:]
    sits = last and last[0].start.utc + last[0].duration == until
    bout = last[0].start.utc if sits else None
    others = [prompt for each in books if each.device != own for prompt in each.facts.prompts]
    again = None if bout is None else _again(others, bout, rules)
    return BodySeen(
        _here(at, until),
        None if bout is None else _here(at, bout),
        _here(at, max(there)),
        None if again is None else _here(at, again),
    )


def _here(at: Instant, utc: datetime) -> Instant:
    """The moment on the axis that `at` is on."""
    return at.plus(utc - at.utc)


def _again(prompts: Iterable[PromptRecord], since: datetime, rules: Rules) -> datetime | None:
    """When a prompt may come after those that other devices showed in this bout; a snooze says so itself."""
    found = []
    for prompt in prompts:
        if prompt.shown.utc < since or prompt.outcome is Outcome.SNOOZED:
            continue
        closed = prompt.shown.utc + rules.unanswered if prompt.closed is None else prompt.closed.utc
        declined = prompt.outcome is Outcome.DECLINED
        found.append(closed + (rules.declined_after if declined else rules.return_after))
    return max(found, default=None)

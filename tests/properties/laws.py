"""What is true of any day: each law takes the rows of a log and asserts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args
from zoneinfo import ZoneInfo

from sitbreak.core import effects as fx
from sitbreak.core import events as ev
from sitbreak.core.accounting import days as figures
from sitbreak.core.event_messages import SENSED
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Memory, begin
from sitbreak.core.movements import Chooser, Wishes
from sitbreak.core.prompt_states import Hold
from sitbreak.core.records import Evidence, PromptRecord, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.snapshot import decode, encode, zone_of
from sitbreak.core.spans import overlay
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.replay import player
from sitbreak.replay.log import read
from sitbreak.replay.player import Played, play
from tests.fakes.day import START, Row
from tests.scenarios.lines import log_text
from tests.scenarios.telling import catalogue

EVENTS = get_args(ev.Event)
RULES = Rules()
MINUTE = timedelta(minutes=1)
Stream = list[tuple[ev.Event, Instant]]


def chooser() -> Chooser:
    """The built-in movements for a person without wishes."""
    return Chooser(catalogue(), Wishes())


def played(
    rows: Iterable[Row], start: str = START, tz: str = "Europe/Berlin", poll: float = 60, stream: Stream | None = None
) -> Played:
    """The day, played; the events it consisted of are added to `stream`."""

    def note(what: object, at: Instant) -> None:
        if stream is not None and isinstance(what, EVENTS):
            stream.append((what, at))

    return play(read(log_text({"start": start, "tz": tz, "poll_seconds": poll}, rows)), RULES, chooser(), watch=note)


def streamed(rows: Iterable[Row]) -> tuple[Played, Stream]:
    """The day, and the events that the machine was told."""
    stream: Stream = []
    return played(rows, stream=stream), stream


def totals(spans: Iterable[Span]) -> Counter[str]:
    """Microseconds by class and strength."""
    found: Counter[str] = Counter()
    for span in spans:
        found[f"{span.kind} {span.strength}"] += span.duration // timedelta(microseconds=1)
    return found


def confirmed(told: Played) -> float:
    """C of all days, in minutes."""
    return sum(day.reduced for day in figures(told.facts))


def spans_tile(rows: list[Row]) -> None:
    """Spans cover 0 to the end without gap or overlap; corrections and the day boundary keep every sum."""
    told = played(rows)
    end = timedelta(seconds=rows[-1]["t"])
    for spans in (list(told.facts.spans), overlay(told.facts.spans, told.facts.corrections)):
        edges = [ZERO, *(edge for span in spans for edge in (span.start.elapsed, span.end.elapsed)), end]
        assert edges[::2] == edges[1::2]
        assert sum((span.duration for span in spans), ZERO) == end
        assert all(span.duration > ZERO for span in spans)
        for span in spans:
            assert span.day == span.start.day(RULES.day_start)
    merged = player.answer(told)["spans"]
    assert isinstance(merged, list)
    assert all((one["class"], one["strength"]) != (two["class"], two["strength"]) for one, two in pairwise(merged))


def polls_do_not_matter(rows: list[Row], poll: float) -> None:
    """How often the loop wakes changes nothing at all; played twice, a day is the same."""
    assert player.answer(played(rows, poll=poll)) == player.answer(played(rows, poll=3600))


def the_wall_clock_does_not_matter(rows: list[Row], start: str, tz: str) -> None:
    """Steps, zones, DST nights and the day boundary change no duration and no prompt."""
    plain = player.answer(played(row for row in rows if row["do"] not in ("clock_step", "zone")))
    moved = player.answer(played(rows, start, tz))
    assert (moved["spans"], moved["prompts"]) == (plain["spans"], plain["prompts"])


def no_second_counts_twice_or_with_input(rows: list[Row]) -> None:
    """Confirmed movement was watched and holds no input; declared walks fit unobserved time of their day."""
    told, stream = streamed(rows)
    spans = overlay(told.facts.spans, told.facts.corrections)
    breaks = [span for span in spans if span.kind is SpanClass.BREAK]
    seen = sorted(_inputs(stream))
    for span in breaks:
        inside = [t for t in seen if span.start.elapsed < t < span.end.elapsed]
        assert inside == [], (span, inside)
        blind = [part for part in _unwatched(stream) if part[0] < span.end.elapsed and span.start.elapsed < part[1]]
        assert blind == [], (span, blind)
    for day in figures(told.facts):
        assert day.declared <= day.unobserved + 1e-6
        assert 0 <= day.reduced <= day.up + day.unobserved + 1e-6


def a_sensor_that_never_agrees_changes_nothing(rows: list[Row], readings: Iterable[tuple[float, str]]) -> None:
    """Readings without a word, laid between the lines of a day without sensors, leave its whole answer as it is."""
    plain = [row for row in rows if row["do"] not in SENSED]
    end = plain[-1]["t"]
    said: list[Row] = [{"t": int(part * end), "do": do} for part, do in readings]
    mixed = sorted([*plain, *said], key=lambda row: row["t"])  # what is said at a line's very moment comes after it
    assert player.answer(played(mixed)) == player.answer(played(plain))


def measured_time_is_what_the_seat_says(rows: list[Row]) -> None:
    """Measured sitting lies in time it said occupied, measured absence and breaks in time it said empty."""
    told, stream = streamed(rows)
    end = max((span.end.elapsed for span in told.facts.spans), default=timedelta())
    said = [
        (at.elapsed, event.on)
        for event, at in stream
        if isinstance(event, ev.SensorRead) and event.sensor is ev.Sensor.SEAT
    ]
    parts = [(low, high, on) for (low, on), (high, _) in pairwise([*said, (end, None)])]
    parts = [part for part in parts if part[2] is not False or part[1] - part[0] >= RULES.seat_flicker]
    for span in told.facts.spans:
        if Evidence.SEAT in span.evidence:
            against = [part for part in parts if part[2] is not (span.kind is SpanClass.SEATED)]
            low, high = span.start.elapsed, span.end.elapsed
            assert not any(start < high and low < stop for start, stop, _ in against), span
            assert low >= parts[0][0]


def _inputs(stream: Stream) -> Iterable[timedelta]:
    """Inputs that count whatever follows: certain kinds, and what is said, while somebody watches."""
    blind = asleep = locked = False
    under_lock: list[timedelta] = []
    for event, at in stream:
        match event:
            case ev.SourceLost() | ev.SourceBack():
                blind = isinstance(event, ev.SourceLost)
            case ev.Slept() | ev.Woke():
                asleep = isinstance(event, ev.Slept)
            case ev.Locked() | ev.Unlocked():
                locked = isinstance(event, ev.Locked)
                yield from (t for t in under_lock if not locked and at.elapsed - t <= RULES.unlock_follows)
                under_lock.clear()
            case ev.ActivityObserved(ev.InputKind.KEY | ev.InputKind.CLICK | ev.InputKind.WHEEL):
                if locked:
                    under_lock.append(at.elapsed)
                elif not blind and not asleep:
                    yield at.elapsed
            case ev.PromptAnswered() | ev.BreakRequested() | ev.GapAnswered() | ev.WalkLogged() | ev.Declared():
                yield at.elapsed


def _unwatched(stream: Stream) -> Iterable[tuple[timedelta, timedelta]]:
    """From and until when the program did not run, or its source could not be read."""
    begun: dict[type, timedelta] = {}
    for event, at in stream:
        match event:
            case ev.Stopped() | ev.SourceLost():
                begun.setdefault(type(event), at.elapsed)
            case ev.Started() if ev.Stopped in begun:
                yield begun.pop(ev.Stopped), at.elapsed
            case ev.SourceBack() if ev.SourceLost in begun:
                yield begun.pop(ev.SourceLost), at.elapsed


def _machine(rules: Rules = RULES) -> Machine:
    return Machine(rules, chooser(), begin(_origin(), rules))


def _origin() -> Instant:
    return played([{"t": 0, "do": "end"}]).script.clock.now()


def prompts_find_somebody(rows: list[Row], through_silent_gaps: bool = False) -> None:
    """No prompt with nobody there, and none while anything holds it; no deadline stays behind.

    The small question keeps the same rules, and comes once a day at the most.
    """
    _, stream = streamed(rows)
    machine = _machine(replace(RULES, through_silent_gaps=through_silent_gaps))
    asked: Counter[date] = Counter()
    for event, at in stream:
        out = machine.handle(event, at)
        due = machine.next_deadline()
        assert due is None or due > at.elapsed, (event, at, machine.memory().prompting)
        for effect in out:
            if isinstance(effect, fx.Record) and isinstance(effect.fact, PromptRecord) and not effect.fact.outcome:
                _somebody_there(machine, effect.fact)
            if isinstance(effect, fx.AskAboutGap) and effect.small:
                asked[machine.seen.day(RULES.day_start)] += 1
                assert not machine.status(at).holds
                assert machine.status(at).shown_for is None
                assert machine.memory().brk is None
    assert all(times == 1 for times in asked.values()), asked


def _somebody_there(machine: Machine, prompt: PromptRecord) -> None:
    around = machine.status(prompt.shown)
    assert around.evidence or around.idle <= RULES.empty_chair, (prompt, around)
    assert Hold.CALL not in around.holds, prompt
    limited = {Hold.PRESENTATION, Hold.DND}
    assert around.holds <= limited, prompt


def snapshots_change_nothing(rows: list[Row], moment: float) -> None:
    """Kept as JSON and restored at any moment, the machine goes on as if nothing had happened."""
    _, stream = streamed(rows)
    one, two = _machine(), _machine()
    at_index = int(moment * len(stream))
    left: list[list[Any]] = [[], []]
    for index, (event, at) in enumerate(stream):
        if index == at_index:
            kept = json.loads(json.dumps(encode(two.memory())))
            two = Machine(RULES, chooser(), decode(Memory, kept, lambda name: zone_of(name, ZoneInfo)))
        for machine, found in zip((one, two), left, strict=True):
            found.extend(machine.handle(event, at))
    end = stream[-1][1]
    for machine, found in zip((one, two), left, strict=True):
        found.extend(fx.Record(span) for span in machine.checkpoint(end))
    assert _but_spans(left[0]) == _but_spans(left[1])
    assert player.spans(_spans(left[0])) == player.spans(_spans(left[1]))
    first, other = encode(one.memory()), encode(two.memory())  # the open span may be cut, and so need fewer anchors
    assert first == other | {name: first[name] for name in ("open_span", "anchors")}


def _but_spans(effects: list[Any]) -> list[Any]:
    return [effect for effect in effects if not (isinstance(effect, fx.Record) and isinstance(effect.fact, Span))]


def _spans(effects: list[Any]) -> list[Span]:
    """The spans as a history would hold them: a later one with the same start takes the place of the former."""
    found = {e.fact.start.elapsed: e.fact for e in effects if isinstance(e, fx.Record) and isinstance(e.fact, Span)}
    return [found[start] for start in sorted(found)]


def a_short_kill_changes_little(rows: list[Row], moment: float, down: float) -> None:
    """Killed and started again within a poll: a total moves by at most the open minute, and C never rises.

    What only watching from its beginning can tell is left out: since when a screen is held awake, and on long days how
    long a call has lasted.
    """
    unknown = {"kill", "run", "media_on", "media_off"}
    unknown |= {"call_on", "call_off"} if rows[-1]["t"] > RULES.capture_limit.total_seconds() else set()
    rows = [row for row in rows if row["do"] not in unknown]
    t = round(moment * rows[-1]["t"])
    if "sleep" in _world([row for row in rows if row["t"] <= t]):
        return  # no process dies in its sleep
    killed = [{"t": t, "do": "kill"}, {"t": t + down, "do": "run"}]
    spared = [row for row in rows if not t <= row["t"] <= t + down or row["do"] == "end"]
    spared = [{**row, "t": max(row["t"], t + down)} if row["do"] == "end" else row for row in spared]
    whole, broken = played(spared), played(sorted([*killed, *spared], key=lambda row: row["t"]))
    before, after = totals(whole.facts.spans), totals(broken.facts.spans)
    moved = {name: abs(before[name] - after[name]) / 60e6 for name in before | after}
    assert all(minutes <= 1 for minutes in moved.values()), moved
    assert confirmed(broken) <= confirmed(whole) + 1e-6


def illegal_events_change_nothing(rows: list[Row], index: int) -> None:
    """What cannot be (awake without sleep, unlocked without lock, a call that ends twice) changes nothing."""
    state = _world(rows[:index])
    t = rows[index]["t"]
    absurd = {"unlock": "lock", "wake": "sleep", "source_back": "source_lost", "run": "kill"}
    extra = [{"t": t, "do": off} for off, on in absurd.items() if on not in state]
    extra += [{"t": t, "do": on} for on in ("lock", "source_lost") if on in state]
    extra += [{"t": t, "do": f"{s}_off"} for s in ("call", "media", "dnd") if s not in state]
    extra += [{"t": t, "do": f"{s}_on"} for s in ("call", "media", "dnd") if s in state]
    more = [*rows[:index], *extra, *rows[index:]]
    assert player.answer(played(more)) == player.answer(played(rows))


def _world(rows: list[Row]) -> set[str]:
    """What is on after these rows."""
    ends = {"unlock": "lock", "wake": "sleep", "source_back": "source_lost", "run": "kill"}
    on: set[str] = set()
    for row in rows:
        name, _, edge = row["do"].rpartition("_")
        if row["do"] in ends:
            on.discard(ends[row["do"]])
        elif row["do"] in ends.values():
            on.add(row["do"])
        elif edge == "on":
            on.add(name)
        elif edge == "off":
            on.discard(name)
    return on

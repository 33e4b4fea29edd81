"""Plays a log: the daemon's loop, machine and books on a simulated clock; and the answer as plain JSON (spec 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core import effects as fx
from sitbreak.core.accounting import days
from sitbreak.core.events import Event, PromptDelivered, PromptFailed, Started, Stopped
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Memory, begin, revive
from sitbreak.core.movements import Chooser
from sitbreak.core.records import Facts, PromptRecord, Span
from sitbreak.core.rules import Rules
from sitbreak.core.shared_state import MovementChooser
from sitbreak.core.snapshot import decode, encode, zone_of
from sitbreak.core.spans import overlay
from sitbreak.core.timeline import Instant
from sitbreak.daemon.loop import Loop
from sitbreak.ports import History
from sitbreak.replay.log import BadLog, Log
from sitbreak.replay.simulated_world import Reply, Script
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings


def play_log(
    log: Log,
    history: History | None = None,
    watch: Watch | None = None,
    person: Person | None = None,
    look: Look | None = None,
) -> Played:
    """Plays it. Raises BadLog when the first line's settings are not allowed."""
    loaded = apply(Settings(), log.settings)
    if loaded.problems:
        raise BadLog(f"line 1: settings: {loaded.problems[0]}")
    chooser = Chooser(load_catalogue().movements, loaded.settings.movements.wishes)
    return play(log, loaded.settings.rules(), chooser, history, watch, person, look)


SECOND = timedelta(seconds=1)


def answer(played: Played) -> dict[str, object]:
    """Exactly the object of spec 6."""
    facts = played.facts
    return {
        "spans": spans(overlay(facts.spans, facts.corrections)),
        "prompts": [_prompt(record) for record in facts.prompts],
        "days": [day.figures() for day in days(facts, played.rules.day_start)],
    }


def spans(booked: list[Span]) -> list[dict[str, object]]:
    """The spans as JSON has them, joined."""
    return [
        {
            "start_s": span.start.elapsed / SECOND,
            "end_s": span.end.elapsed / SECOND,
            "class": span.kind.value,
            "strength": span.strength.value if span.strength else None,
            "evidence": sorted(evidence.value for evidence in span.evidence),
        }
        for span in joined(booked)
    ]


def joined(booked: list[Span]) -> list[Span]:
    """The spans with neighbours of one class and strength as one, their evidence taken together."""
    found: list[Span] = []
    for span in booked:
        last = found[-1] if found else None
        if last and (last.kind, last.strength) == (span.kind, span.strength):
            found[-1] = replace(last, end=span.end, evidence=last.evidence | span.evidence)
        else:
            found.append(span)
    return found


def _prompt(record: PromptRecord) -> dict[str, object]:
    return {
        "shown_s": record.shown.elapsed / SECOND,
        "reason": record.reason.value,
        "outcome": record.outcome.value if record.outcome else None,
        "movement": record.movement,
    }


Watch = Callable[[object, Instant], None]
Person = Callable[[fx.ShowPrompt, Instant], Reply | None]  # how somebody reacts to a prompt; None: as the log says
Look = Callable[[Machine, Instant], None]  # sees the machine after each step of the loop
CHANNELS = ("notify", "window")  # in the order they are tried


@dataclass(slots=True)
class Played:
    """What a replay left: the facts, the machine at the end, and what happened on the way."""

    facts: Facts
    machine: Machine
    script: Script
    rules: Rules
    happened: list[tuple[Instant, object]] = field(default_factory=list)


class _Channels:
    """Shows prompts on the first channel that does not fail; lets the person of the log react."""

    def __init__(
        self,
        script: Script,
        happened: list[tuple[Instant, object]],
        watch: Watch | None,
        person: Person | None,
        look: Look | None,
    ) -> None:
        self._script = script
        self._happened = happened
        self._watch = watch
        self._person = person
        self._look = look

    def perform(self, effect: fx.Effect, at: Instant) -> None:
        self._happened.append((at, effect))
        if self._watch:
            self._watch(effect, at)
        if isinstance(effect, fx.ShowPrompt):
            channel = next((c for c in CHANNELS if c not in self._script.world.failing), None)
            if channel is None:
                self._script.post(PromptFailed(effect.number, "every channel fails, says the log"))
            else:
                self._script.post(PromptDelivered(effect.number, channel))
                self._script.prompt_shown(at.elapsed, self._person(effect, at) if self._person else None)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Lets whoever looks on see the machine."""
        if self._look:
            self._look(machine, at)

    def kept(self) -> None:
        """The facts are read once, at the end."""


def play(
    log: Log,
    rules: Rules,
    movements: MovementChooser,
    history: History | None = None,
    watch: Watch | None = None,
    person: Person | None = None,
    look: Look | None = None,
) -> Played:
    """Plays the whole log; `watch` is told every event and effect as it happens, `person` answers the prompts."""
    script = Script(log)
    kept = MemoryHistory(rules.day_start) if history is None else history
    happened: list[tuple[Instant, object]] = []
    channels = _Channels(script, happened, watch, person, look)
    machine = Machine(rules, movements, begin(script.clock.now(), rules))
    script.booked = lambda: _facts(kept).spans
    while True:
        loop = _loop(machine, script, kept, channels, log, happened, watch)
        while not script.killed and not script.finished:
            loop.step()
        loop.checkpoint(script.clock.now())
        if script.finished:
            break
        machine = _restart(machine, script, rules, movements)
        loop = _loop(machine, script, kept, channels, log, happened, watch)
        loop.apply(Stopped(), machine.seen)
        for event in [*script.present_state(), Started()]:  # no prompt before it is known what holds it
            loop.apply(event, script.clock.now())
    return Played(_facts(kept), machine, script, rules, happened)


def _loop(
    machine: Machine,
    script: Script,
    kept: History,
    channels: _Channels,
    log: Log,
    happened: list[tuple[Instant, object]],
    watch: Watch | None,
) -> Loop:
    script.deadline = machine.next_deadline

    def note(event: Event, at: Instant) -> None:
        if watch:
            watch(event, at)

    return Loop(machine, script.clock, script, kept, channels, log.poll, checkpoint=None, recorder=note, strict=True)


def _restart(machine: Machine, script: Script, rules: Rules, movements: MovementChooser) -> Machine:
    """Kills the process and starts it again on what it kept, as the daemon does."""
    snapshot = encode(machine.memory())
    script.skip_to_run()
    state = revive(decode(Memory, snapshot, lambda name: zone_of(name, ZoneInfo)))
    return Machine(rules, movements, state)


def _facts(history: History) -> Facts:
    days = history.days()
    return history.facts(days[0], days[-1]) if days else Facts()

"""A running program as far as requests go: loop, machine and books, at nine in the morning in Berlin."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core.effects import ShowPrompt
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.prompt_states import State
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.requests import Reply, Requests
from sitbreak.settings.model import Settings
from tests.fakes.machine import KEY, SECOND, ScriptedFeed, Walks
from tests.fakes.ports import FakeHistory, FakePerformer

BERLIN = ZoneInfo("Europe/Berlin")
NINE = Instant(timedelta(hours=3), datetime(2026, 3, 2, 8, 0, tzinfo=UTC), BERLIN)  # 09:00 in Berlin


class Office:
    """A running program as far as requests go."""

    def __init__(self, start: Instant = NINE) -> None:
        self.clock = SimulatedClock(start)
        self.history = FakeHistory()
        self.performer = FakePerformer()
        rules = Rules()
        self.machine = Machine(rules, Walks(), begin(start, rules))
        feed = ScriptedFeed(self.clock)
        self.loop = Loop(self.machine, self.clock, feed, self.history, self.performer, 5 * SECOND)
        self.today = Today(self.history, Settings())
        self.pressed: list[str] = []
        self.kept_up: list[Mapping[str, object]] = []
        program = {"stop": lambda: self.pressed.append("stop")}
        self.requests = Requests(self.loop, self.today, self._upkeep, program)

    def _upkeep(self, request: Mapping[str, object], at: Instant, loop: Loop) -> Reply:
        self.kept_up.append(request)
        return {"ok": "kept up"}

    def ask(self, **request: object) -> Reply:
        """The answer at this moment; it can always be said in JSON."""
        reply = self.requests.answer(request, self.clock.now())
        json.dumps(reply)
        return reply

    def type_for(self, minutes: float) -> None:
        """A key every half minute from now on."""
        for _ in range(round(minutes * 2)):
            self.loop.apply(KEY, self.clock.now())
            self.clock.advance(30 * SECOND)
        self.loop.apply(KEY, self.clock.now())

    def prompt(self) -> None:
        """Types until a reminder is on screen."""
        while not any(isinstance(effect, ShowPrompt) for _, effect in self.performer.performed):
            self.type_for(1)
        assert self.state is State.SHOWN

    @property
    def state(self) -> State:
        """Where the prompt is."""
        return self.machine.status(self.clock.now()).state

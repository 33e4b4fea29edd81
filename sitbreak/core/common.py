"""What all parts of the machine share: rules, memory, the wall clock, the ledger, and the effects on their way out."""

from __future__ import annotations

from datetime import date, timedelta

from sitbreak.core.effects import Effect, Record, WithdrawQuestion
from sitbreak.core.ledger import Ledger
from sitbreak.core.reboot import GROUPS, Boot, dated_anew
from sitbreak.core.records import Fact, Facts, Span
from sitbreak.core.rules import Rules
from sitbreak.core.state import MachineState
from sitbreak.core.timeline import Instant, WallMap


class Common:
    """The ground the parts stand on; every part adds to `out`."""

    def __init__(self, rules: Rules, state: MachineState) -> None:
        self.rules = rules
        self.state = state
        self.wall_map = WallMap()
        for anchor in state.anchors:
            self.wall_map.observe(anchor)
        self.ledger = Ledger(self.wall_map, rules.day_start, state.open_span)
        self.out: list[Effect] = []

    def day(self, moment: timedelta) -> date:
        """The logical day of a moment of the steady clock."""
        return self.wall_map.at(moment).day(self.rules.day_start)

    def clock_read(self, at: Instant) -> None:
        """Takes note of what the clocks say; soon after a start of the machine a step puts right what came before.

        The first reading after it is no step, even where the clock stands before the last moment seen.
        """
        boot, step = self.state.boot, at.utc - self.wall_map.at(at.elapsed).utc
        if boot and self.state.running and boot.stepped(step):
            self._redate(boot, step)
        self.wall_map.observe(at)

    def drain(self) -> list[Effect]:
        """The effects since the last call, the spans that closed meanwhile first."""
        out, self.out = self.out, []
        if self.state.boot:
            self.state.boot.record(effect.fact for effect in out if isinstance(effect, Record))
        return [*(Record(span) for span in self.closed_spans()), *out]

    def closed_spans(self) -> list[Span]:
        """The spans closed since the last call."""
        spans = self.ledger.drain()
        if self.state.boot and spans:
            self.state.boot.record(spans)
        return spans

    def _redate(self, boot: Boot, step: timedelta) -> None:
        """The wall clock was wrong by `step` since the machine was started: what was recorded since is dated anew."""
        self.wall_map.redate(boot.at, step)
        state, start = self.state, self.rules.day_start
        recorded, boot.recorded = boot.recorded, Facts()
        self.ledger.redate(recorded.spans, boot.at)
        others: list[Fact] = [
            fact for group in GROUPS.values() if group != "spans" for fact in getattr(recorded, group)
        ]
        self.out += [Record(dated_anew(fact, boot.at, self.wall_map, start)) for fact in others]
        state.past = [dated_anew(one, boot.at, self.wall_map, start) for one in state.past]
        if state.last_shown and state.last_shown.elapsed >= boot.at:
            state.last_shown = self.wall_map.at(state.last_shown.elapsed)
        if state.question and state.question.end.elapsed >= boot.at:
            state.question = None
            self.out.append(WithdrawQuestion())

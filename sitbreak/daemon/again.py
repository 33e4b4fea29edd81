"""After a restart: what the former run had on show is put on show again, for nobody can answer what died with it."""

from __future__ import annotations

from sitbreak.core.effects import BreakBegan, Effect, ShowPrompt
from sitbreak.core.events import Signal
from sitbreak.core.machine import Machine
from sitbreak.core.timeline import ZERO, Instant


def shown_again(machine: Machine, at: Instant) -> Effect | None:
    """The prompt that waits for an answer, without a sound, or the rest of a break; None when there is neither."""
    return _prompt(machine, at) or _break(machine, at)


def _prompt(machine: Machine, at: Instant) -> ShowPrompt | None:
    prompting, rules = machine.desk.prompting, machine.desk.rules
    shown = prompting.visible()
    if shown is None or at.elapsed - shown.at >= rules.unanswered:  # too late: the next tick withdraws it
        return None
    brief = bool(prompting.s.window and prompting.s.window.brief)
    level = machine.state.levels.get(shown.movement, "shown")
    left = rules.snoozes - prompting.s.snoozes
    return ShowPrompt(shown.number, shown.reason, shown.movement, shown.bout, left, brief, silent=True, level=level)


def _break(machine: Machine, at: Instant) -> BreakBegan | None:
    under_way = machine.state.brk
    if under_way is None or under_way.ends <= at.elapsed:
        return None
    bout = machine.state.bout_at_break
    quiet = Signal.CALL in machine.state.context.signals
    left = under_way.ends - at.elapsed
    return BreakBegan(at, left, under_way.movement, bout if bout is not None else ZERO, quiet, under_way.level)

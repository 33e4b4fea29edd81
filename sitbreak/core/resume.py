"""Going on: after a restart with what was on show, for nobody can answer what died with it; or without any memory."""

from __future__ import annotations

from sitbreak.core.effects import BreakBegan, Effect, ShowPrompt
from sitbreak.core.events import Event, Signal, SignalChanged
from sitbreak.core.machine import Machine
from sitbreak.core.state import begin
from sitbreak.core.timeline import ZERO, Instant


def shown_again(machine: Machine, at: Instant) -> Effect | None:
    """The prompt that waits for an answer, unless it was closed, or the rest of a break; None when there is neither."""
    return _prompt(machine, at) or _break(machine, at)


def _prompt(machine: Machine, at: Instant) -> ShowPrompt | None:
    prompting, rules = machine.desk.prompting, machine.desk.rules
    shown = prompting.visible()
    if shown is None or shown.dismissed or at.elapsed - shown.at >= rules.unanswered:  # the next tick withdraws it
        return None
    brief = bool(prompting.state.window and prompting.state.window.brief)
    level = machine.state.levels.get(shown.movement, "shown")
    left = rules.snoozes - prompting.state.snoozes
    return ShowPrompt(shown.number, shown.reason, shown.movement, shown.bout, left, brief, silent=True, level=level)


def _break(machine: Machine, at: Instant) -> BreakBegan | None:
    under_way = machine.state.brk
    if under_way is None or under_way.ends <= at.elapsed:
        return None
    bout = machine.state.bout_at_break
    quiet = Signal.CALL in machine.state.context.signals
    left = under_way.ends - at.elapsed
    return BreakBegan(at, left, under_way.movement, bout if bout is not None else ZERO, quiet, under_way.level)


def anew(old: Machine, at: Instant) -> tuple[Machine, list[Event]]:
    """A machine without the memory of `old`, and what it is to be told of the present; pauses and the like go on."""
    machine = Machine(old.rules, old.desk.movements, begin(at, old.rules))
    machine.state.blind, machine.state.context = old.state.blind, old.state.context
    signals = list(old.state.context.signals.items())
    return machine, [SignalChanged(signal, True, holder) for signal, holder in signals]


def number_after(machine: Machine, highest: int) -> None:
    """The next prompt gets a number above this one."""
    machine.state.next_number = max(machine.state.next_number, highest + 1)

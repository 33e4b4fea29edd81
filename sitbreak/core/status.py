"""What the machine says of the present: plain values, from which every sentence about it is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.events import Signal
from sitbreak.core.holds import Hold
from sitbreak.core.machine import Machine
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Evidence
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import Instant


@dataclass(frozen=True, slots=True)
class Status:
    """The present as the machine sees it. Durations since or until now; None where there is nothing to say."""

    at: Instant
    state: State
    sitting: timedelta | None  # the current bout; None while standing or away
    idle: timedelta
    away: bool  # hands off for so long that the bout may be over
    holds: frozenset[Hold]
    holder: str  # the app behind the hold, if known
    opens_in: timedelta | None
    closes_in: timedelta | None
    shown_for: timedelta | None
    dismissed: bool
    prompt_movement: str
    snoozes_left: int
    break_left: timedelta | None
    break_movement: str
    standing_left: timedelta | None
    pause_left: timedelta | None
    paused: bool
    blind: str
    evidence: frozenset[Evidence]
    signals: frozenset[Signal]
    last_shown: Instant | None
    last_reason: str
    question: bool
    question_small: bool
    due: bool
    forgotten: tuple[str, ...] = ()  # apps whose call or inhibitor lasts so long that it no longer counts (1.1)
    last_seen: Instant | None = None  # when somebody was last at the desk, once they seem to be away
    seated_mode: bool = False  # whether the person cannot stand, so that no text speaks of it
    beat: timedelta | None = None  # the interval of what moves the pointer and is no person (1.1)
    observing: bool = False  # a baseline is being measured: no prompts


def status(machine: Machine, at: Instant) -> Status:
    """The status at `at`, which is not before the last event."""
    state, desk, now = machine.state, machine.desk, at.elapsed
    s, presence, context = state.prompting, state.presence, state.context
    around = desk.surroundings(now)
    away = not around.evidence and now - presence.last >= desk.rules.idle_limit
    standing = presence.standing_until if presence.bout_start is None else None
    return Status(
        at=at,
        state=s.state,
        sitting=_sitting(s.bout_start, presence.last if away else now),
        idle=now - presence.last_input,
        away=away,
        last_seen=desk.wall_map.at(presence.last) if away else None,
        holds=around.holds,
        holder=next(filter(None, context.signals.values()), ""),
        opens_in=s.window.opens - now if s.window else None,
        closes_in=s.window.closes - now if s.window else None,
        shown_for=now - s.shown.at if s.shown and s.state is State.SHOWN else None,
        dismissed=s.state is State.SHOWN and s.shown is not None and s.shown.dismissed,
        prompt_movement=s.shown.movement if s.shown else "",
        snoozes_left=desk.rules.snoozes - s.snoozes,
        break_left=state.brk.ends - now if state.brk else None,
        break_movement=state.brk.movement if state.brk else "",
        standing_left=standing - now if standing is not None else None,
        pause_left=context.paused_until - now if context.paused_until is not None else None,
        paused=context.paused,
        blind=state.blind,
        evidence=desk.presence.counting(now),
        signals=frozenset(context.signals),
        last_shown=state.last_shown,
        last_reason=state.last_reason,
        question=state.question is not None,
        question_small=state.question is not None and state.question.small,
        due=s.state in (State.HELD, State.DUE, State.QUIET, State.SHOWN),
        forgotten=_forgotten(machine, now),
        beat=presence.inputs.beats(now, desk.rules),
        observing=desk.rules.observe_only,
        seated_mode=desk.rules.seated_mode,
    )


def _sitting(since: timedelta | None, until: timedelta) -> timedelta | None:
    return max(timedelta(0), until - since) if since is not None else None


def _forgotten(machine: Machine, now: timedelta) -> tuple[str, ...]:
    """The apps behind captures and inhibitors older than the limit; one without a name is "an app"."""
    context, limit = machine.state.context, machine.desk.rules.capture_limit
    old = [s for s in (Signal.CALL, Signal.MEDIA) if s in context.since and now - context.since[s] > limit]
    return tuple(dict.fromkeys(context.signals.get(signal) or Sentence("an app") for signal in old))

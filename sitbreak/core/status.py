"""What the machine says of the present: plain values, from which every sentence about it is made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sitbreak.core.booking import Booking
from sitbreak.core.context import Context
from sitbreak.core.events import Signal
from sitbreak.core.frozen import frozen
from sitbreak.core.human_input import Against
from sitbreak.core.memory import ContextState, Memory, PresenceState
from sitbreak.core.prompt_states import Hold, State
from sitbreak.core.records import Evidence
from sitbreak.core.rules import Rules
from sitbreak.core.sensor_words import Distrust
from sitbreak.core.shared_state import Common
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import Instant


@frozen
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
    snoozes_left: int
    break_left: timedelta | None
    standing: bool
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
    deaf: bool = False  # answers come, and the activity source tells of no input (1.1)
    against: Against | None = None  # what speaks against the input that it tells of (1.1)
    beat: timedelta | None = None  # the interval of what moves the pointer and is no person (1.1)
    observing: bool = False  # a baseline is being measured: no prompts
    seat: bool | None = None  # what a seat sensor says whose word counts: occupied
    desk_raised: bool | None = None  # what a desk sensor says whose word counts
    seat_doubt: Distrust | None = None  # why it lost its word
    desk_doubt: Distrust | None = None


def status_of(common: Common, booking: Booking, context: Context, at: Instant) -> Status:
    """The status at `at`, which is not before the last event."""
    memory, rules, now = common.memory, common.rules, at.elapsed
    s, here, signals, brk = memory.prompting, memory.presence, memory.context, memory.brk
    around = context.around(now)
    away = not around.evidence and now - here.last >= _patience(here, rules)
    return Status(
        at=at,
        state=s.state,
        sitting=_sitting(None if s.standing else s.bout_start, here.last if away else now),
        idle=now - here.last_input,
        away=away,
        last_seen=common.wall_map.at(here.last) if away else None,
        holds=around.holds,
        holder=next(filter(None, signals.signals.values()), ""),
        opens_in=s.window.opens - now if s.window else None,
        closes_in=s.window.closes - now if s.window else None,
        shown_for=now - s.visible.at if s.visible else None,
        dismissed=s.visible is not None and s.visible.dismissed,
        snoozes_left=rules.snoozes - s.snoozes,
        break_left=brk.ends - now if brk else None,
        pause_left=signals.paused_until - now if signals.paused_until is not None else None,
        paused=signals.paused,
        blind=memory.blind,
        evidence=booking.counting(now),
        signals=frozenset(signals.signals),
        last_shown=memory.last_shown,
        last_reason=memory.last_reason,
        question=memory.question is not None,
        question_small=memory.question is not None and memory.question.small,
        due=s.state in (State.HELD, State.DUE, State.QUIET, State.SHOWN),
        forgotten=_forgotten(signals, rules.capture_limit, now),
        observing=rules.observe_only,
        seated_mode=rules.seated_mode,
        **_doubts(here, now, rules),
        **_room(memory, now),
    )


def _patience(here: PresenceState, rules: Rules) -> timedelta:
    """For how long nobody has to be seen before they seem to be away."""
    return rules.seat_flicker if here.open(Evidence.SEAT) else rules.idle_limit


def _doubts(here: PresenceState, now: timedelta, rules: Rules) -> dict[str, Any]:
    """What is doubtful of the input that the source tells of."""
    inputs = here.inputs
    return {"beat": inputs.beats(now, rules), "deaf": inputs.deaf, "against": inputs.against(now, rules)}


def _room(memory: Memory, now: timedelta) -> dict[str, Any]:
    """What is said of desk and seat, by the person or by sensors."""
    seat, desk, here = memory.room.seat, memory.room.desk, memory.presence
    standing = here.bout_start is None
    empty = False if here.open(Evidence.SEAT) else None
    return {
        "standing": standing,
        "standing_left": here.standing_until - now if standing and here.standing_until is not None else None,
        "seat": True if Evidence.SEAT in here.evidence else empty,
        "desk_raised": desk.says if desk.word else None,
        "seat_doubt": seat.doubt,
        "desk_doubt": desk.doubt,
    }


def _sitting(since: timedelta | None, until: timedelta) -> timedelta | None:
    return max(timedelta(0), until - since) if since is not None else None


def _forgotten(context: ContextState, limit: timedelta, now: timedelta) -> tuple[str, ...]:
    """The apps behind captures and inhibitors older than the limit; one without a name is "an app"."""
    old = [s for s in (Signal.CALL, Signal.MEDIA) if s in context.since and now - context.since[s] > limit]
    return tuple(dict.fromkeys(context.signals.get(signal) or Sentence("an app") for signal in old))

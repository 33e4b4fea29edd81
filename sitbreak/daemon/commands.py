"""What a key of the menu, a notification, a window or the keyboard means: one table, the same in all places."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sitbreak.core.events import (
    Answer,
    BreakDone,
    BreakRequested,
    Declared,
    Event,
    GapAnswered,
    PauseRequested,
    PromptAnswered,
    ResumeRequested,
    Signal,
    StandingDeclared,
    UpAnswered,
)
from sitbreak.core.movements import CALL_WALK
from sitbreak.core.prompt_states import State
from sitbreak.core.records import GapLabel
from sitbreak.core.rules import Rules
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant
from sitbreak.settings.model import Settings

Make = Callable[[str, Instant, Rules], Event]
TOMORROW = "tomorrow"
MOST = 24 * 60  # minutes


def _minutes(value: str) -> timedelta:
    """Minutes of a key; raises ValueError unless above 0 and at most a day."""
    if not 0 < float(value) <= MOST:  # nan is refused, too
        raise ValueError(f"{value} is no number of minutes above 0 and up to {MOST}")
    return timedelta(minutes=float(value))


def _one_of(value: str, yes: str, no: str) -> bool:
    if value not in (yes, no):
        raise ValueError(f"{value!r} is neither {yes} nor {no}")
    return value == yes


def _pause(value: str, at: Instant, rules: Rules) -> Event:
    return PauseRequested(tomorrow=True) if value == TOMORROW else PauseRequested(at.plus(_minutes(value)))


def _break(value: str, at: Instant, rules: Rules) -> Event:
    return BreakRequested(_minutes(value) if value else rules.break_length)


def _snooze(value: str, at: Instant, rules: Rules) -> Event:
    return PromptAnswered(Answer.SNOOZE, _minutes(value) if value else timedelta(minutes=10))


def _gap(value: str, at: Instant, rules: Rules) -> Event:
    label, _, walked = value.partition("-")
    return GapAnswered(GapLabel(label), _minutes(walked) / timedelta(minutes=1) if walked else 0.0)


MEANING: dict[str, Make] = {
    "start": lambda value, at, rules: PromptAnswered(Answer.START),
    "long": lambda value, at, rules: PromptAnswered(Answer.LONG),
    "not_now": lambda value, at, rules: PromptAnswered(Answer.NOT_NOW),
    "snooze": _snooze,
    "break": _break,
    "break_done": lambda value, at, rules: BreakDone(),
    "break_long": lambda value, at, rules: BreakRequested(rules.long_length),
    "walk_call": lambda value, at, rules: BreakRequested(rules.break_length, CALL_WALK),
    "pause": _pause,
    "resume": lambda value, at, rules: ResumeRequested(),
    "standing": lambda value, at, rules: StandingDeclared(_one_of(value, "on", "off")),
    "meeting": lambda value, at, rules: Declared(Signal.MEETING, _one_of(value, "on", "off")),
    "reading": lambda value, at, rules: Declared(Signal.READING, _one_of(value, "on", "off")),
    "up": lambda value, at, rules: UpAnswered(_one_of(value, "yes", "no")),
    "gap": _gap,
}


def event_of(key: str, at: Instant, rules: Rules) -> Event | None:
    """The event that a key such as "snooze:10" stands for; None when it stands for none. Raises ValueError."""
    name, _, value = key.partition(":")
    make = MEANING.get(name)
    return make(value, at, rules) if make else None


PREFIX = "shortcut:"


def _start_break(now: Status) -> str:
    if now.break_left is not None:
        return ""
    return "start" if now.state is State.SHOWN else "break"


def _snooze_if_shown(now: Status) -> str:
    return "snooze:10" if now.state is State.SHOWN and now.snoozes_left > 0 else ""


SHORTCUTS: dict[str, Callable[[Status], str]] = {
    "start": _start_break,
    "snooze": _snooze_if_shown,
    "not_now": lambda now: "not_now" if now.state is State.SHOWN else "",
    "pause": lambda now: "resume" if now.paused else "pause:60",
}


def bindings(settings: Settings) -> dict[str, str]:
    """The key to report for each combination that is set: "ctrl+alt+b" to "shortcut:start"."""
    keys = settings.hotkeys
    wanted = {"start": keys.start, "snooze": keys.snooze, "not_now": keys.not_now, "pause": keys.pause}
    return {combination: PREFIX + name for name, combination in wanted.items() if combination}


def shortcut_meaning(key: str, now: Status) -> str:
    """The command key (see `commands`) that "shortcut:start" stands for now; empty when there is nothing to do.

    Raises KeyError for a shortcut that does not exist.
    """
    return SHORTCUTS[key.removeprefix(PREFIX)](now)

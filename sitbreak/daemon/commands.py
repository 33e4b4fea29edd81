"""What a key of the menu, a notification, a window or the keyboard means: one table, the same in all places."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sitbreak.core import event_messages
from sitbreak.core.event_messages import TOMORROW, Message, NotUnderstood
from sitbreak.core.events import Event
from sitbreak.core.movements import CALL_WALK
from sitbreak.core.prompt_states import State
from sitbreak.core.rules import Rules
from sitbreak.core.status import Status
from sitbreak.language import _
from sitbreak.settings.model import Settings

# What a key says: the message, and the field that takes what stands behind the colon.
KEYS: Mapping[str, tuple[Message, str]] = {
    "start": ({"do": "answer", "answer": "start"}, ""),
    "long": ({"do": "answer", "answer": "long"}, ""),
    "not_now": ({"do": "answer", "answer": "not_now"}, ""),
    "stand": ({"do": "answer", "answer": "stand"}, "minutes"),
    "standing_already": ({"do": "answer", "answer": "standing"}, ""),
    "snooze": ({"do": "answer", "answer": "snooze"}, "minutes"),
    "break": ({"do": "break"}, "minutes"),
    "break_done": ({"do": "break_done"}, ""),
    "walk_call": ({"do": "break", "movement": CALL_WALK}, ""),
    "pause": ({"do": "pause"}, "minutes"),
    "pause_open": ({"do": "pause"}, ""),
    "resume": ({"do": "resume"}, ""),
    "standing": ({"do": "standing"}, "do"),
    "meeting": ({"do": "meeting"}, "do"),
    "reading": ({"do": "reading"}, "do"),
    "up": ({"do": "up_answer"}, "answer"),
    "gap": ({"do": "gap_answer"}, "answer"),
}


def event_of_key(key: str, rules: Rules) -> Event | None:
    """The event that a key such as "snooze:10" stands for; None when it stands for none. Raises NotUnderstood."""
    name, _colon, value = key.partition(":")
    if name not in KEYS:
        return None
    message, field = KEYS[name]
    return event_messages.event_of({**message, **_filled(name, field, value)}, break_length=rules.break_length)


def _filled(name: str, field: str, value: str) -> Message:
    """The field that a key's value fills. A value where none is expected, or the reverse, raises NotUnderstood."""
    if field == "do":
        if value not in ("on", "off"):
            raise NotUnderstood(_("{value!r} is neither on nor off", value=value))
        return {"do": f"{name}_{value}"}
    if name == "pause" and value == TOMORROW:
        return {"until": TOMORROW}
    if field == "minutes":
        return {"minutes": _number(value)} if value or name == "pause" else {}
    if name == "gap":
        label, _dash, walked = value.partition("-")
        return {"answer": label, **({"minutes": _number(walked)} if walked else {})}
    if field:
        return {field: value}
    if value:
        raise NotUnderstood(_("{value!r} says nothing here", value=value))
    return {}


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise NotUnderstood(_("{value!r} is no number", value=value)) from error


GOAL = "goal:"  # the minutes stand behind it; the books take it, not the machine
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

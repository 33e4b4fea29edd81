"""What a keyboard shortcut means at the moment it is pressed: the same key starts a break, prompt or no prompt."""

from __future__ import annotations

from collections.abc import Callable

from sitbreak.core.prompt_states import State
from sitbreak.core.status import Status
from sitbreak.settings.model import Settings

PREFIX = "shortcut:"


def _start(now: Status) -> str:
    if now.break_left is not None:
        return ""
    return "start" if now.state is State.SHOWN else "break"


def _snooze(now: Status) -> str:
    return "snooze:10" if now.state is State.SHOWN and now.snoozes_left > 0 else ""


MEANING: dict[str, Callable[[Status], str]] = {
    "start": _start,
    "snooze": _snooze,
    "not_now": lambda now: "not_now" if now.state is State.SHOWN else "",
    "pause": lambda now: "resume" if now.paused else "pause:60",
}


def bindings(settings: Settings) -> dict[str, str]:
    """The key to report for each combination that is set: "ctrl+alt+b" to "shortcut:start"."""
    keys = settings.hotkeys
    wanted = {"start": keys.start, "snooze": keys.snooze, "not_now": keys.not_now, "pause": keys.pause}
    return {combination: PREFIX + name for name, combination in wanted.items() if combination}


def meaning(key: str, now: Status) -> str:
    """The command key (see `commands`) that "shortcut:start" stands for now; empty when there is nothing to do.

    Raises KeyError for a shortcut that does not exist.
    """
    return MEANING[key.removeprefix(PREFIX)](now)

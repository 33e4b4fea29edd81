"""Which value of a setting a running program works by: the new one, or the one it began with, and it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitbreak.settings.kinds import (
    FROM_NEXT_START,
    ClockTime,
    Hours,
    Number,
    OneOf,
    Setting,
    Several,
    Shortcut,
    SwitchKind,
    TextKind,
)
from sitbreak.settings.load import apply
from sitbreak.settings.model import SETTINGS, Settings

OTHER = {
    "prompt.snooze_minutes": [7.0],
    "movements.places": ["home"],
    "day.start": "05:00",
    "report.daily_at": "18:00",
}


def another(known: Setting) -> object:
    """A valid value, as in the file, other than the default."""
    if known.key in OTHER:
        return OTHER[known.key]
    plain, kind = known.default_plain, known.kind
    match kind:
        case SwitchKind():
            return not plain
        case Number():
            return int(kind.low) + 1 if kind.whole and plain == kind.low else kind.low
        case OneOf():
            return next(word for word in kind.words if word != plain)
        case Hours():
            return ["09:00-17:00"]
        case Shortcut():
            return "ctrl+alt+b"
        case ClockTime():
            return "05:00"
        case Several():
            return ["abc"]
        case TextKind():
            return "abc"
    return plain


def changed(known: Setting) -> Settings:
    """The defaults with this one changed."""
    loaded = apply(Settings(), {known.key: another(known)})
    return loaded.settings


@pytest.mark.parametrize("known", SETTINGS.values(), ids=lambda known: known.key)
def test_a_change_is_in_force_at_once_or_says_that_it_waits(known: Setting) -> None:
    """Nothing in between: what waits is named, keeps its value as a whole, and its help says from when it holds."""
    started, now = Settings(), changed(known)
    found = now.in_force(started)
    if known.from_next_start:
        assert found == started
        assert now.waiting(started) == (known.key,)
        assert FROM_NEXT_START in known.meaning
    else:
        assert found == now
        assert now.waiting(started) == ()
        assert FROM_NEXT_START not in known.meaning


def test_only_what_must_waits() -> None:
    """A new one has to be thought about."""
    waits = {key for key, known in SETTINGS.items() if known.from_next_start}
    assert waits == {
        "day.start",
        "general.language",
        "activity.source",
        "activity.poll_seconds",
        "tray.enabled",
        "tray.panel",
    }


def test_two_changes_at_once_part_ways() -> None:
    """One is in force, the other waits."""
    started = Settings()
    now = replace(changed(SETTINGS["day.start"]), prompt=changed(SETTINGS["prompt.sound"]).prompt)
    assert now.in_force(started) == changed(SETTINGS["prompt.sound"])

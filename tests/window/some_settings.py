"""Settings for the tests of their window: what it is asked to show, and how it is read."""

from __future__ import annotations

from typing import Any

from sitbreak.window.settings import SettingsWindow

SETTINGS: list[dict[str, Any]] = [
    {"key": "prompt.earliest", "section": "Prompts", "help": "From here on.", "kind": "number", "value": 35,
     "default": 30, "low": 10, "high": 90, "unit": "minutes", "label": ""},
    {"key": "prompt.latest", "section": "Prompts", "help": "To here.", "kind": "number", "value": 45, "default": 45,
     "low": 10, "high": 90, "unit": "minutes"},
    {"key": "prompt.sound", "section": "Prompts", "help": "A sound.", "kind": "bool", "value": False, "default": False},
    {"key": "look.theme", "section": "Look", "help": "Colours.", "kind": "choice", "value": "auto", "default": "auto",
     "choices": ["auto", "light", "dark"]},
    {"key": "quiet.apps", "section": "Look", "help": "Quiet.", "kind": "list", "value": ["obs"], "default": []},
    {"key": "place.name", "section": "Look", "help": "Where.", "kind": "text", "value": "desk", "default": "desk"},
    {"key": "break.volume", "section": "Look", "help": "Loud.", "kind": "share", "value": 0.5, "default": 0.5,
     "low": 0, "high": 1},
]  # fmt: skip

HOURS: list[dict[str, Any]] = [
    {"key": f"working_hours.{day.lower()}", "section": "Working hours", "help": day, "label": day, "kind": "list",
     "value": value, "default": []}
    for day, value in (("Sat", ["09:00-12:00"]), ("Sun", []))
]  # fmt: skip
MORE: list[dict[str, Any]] = [
    {"key": "movements.places", "section": "Movements", "help": "Where.", "label": "Where I am", "kind": "set",
     "value": ["office"], "default": ["office"], "choices": ["office", "home"],
     "choice_titles": ["Office, in view of others", "Home"]},
    {"key": "hotkeys.start", "section": "Movements", "help": "A key.", "label": "Key", "kind": "hotkey", "value": "",
     "default": ""},
]  # fmt: skip
PEOPLE = {
    "kind": "settings",
    "settings": [*SETTINGS, *HOURS, *MORE],
    "presets": [
        {"name": "Gentle", "says": "after 45 to 60 min", "values": {"prompt.earliest": 45, "prompt.latest": 60}},
        {"name": "Standard", "says": "after 30 to 45 min", "values": {"prompt.earliest": 30, "prompt.latest": 45}},
    ],
}


def row(scene: SettingsWindow, key: str) -> Any:
    """The row of a setting."""
    return scene.page.rows[key]


def shown(scene: SettingsWindow) -> list[str]:
    """The keys of the rows on show."""
    return [key for key, each in scene.page.rows.items() if not each.isHidden()]

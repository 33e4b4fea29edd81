"""Settings as people meet them in the window: pages, titles, choices in words, presets, and why a value is refused."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.language import LANGUAGES
from sitbreak.settings import kinds
from sitbreak.settings.kinds import NotAllowed, Setting
from sitbreak.settings.load import ordered_wrong, put
from sitbreak.settings.model import SETTINGS, Settings

DESK_HOURS = 8

# page -> setting -> title; every setting stands on one page.
PAGES: Mapping[str, Mapping[str, str]] = {
    "Reminders": {
        "prompt.earliest_minutes": "Remind me at the earliest after",
        "prompt.latest_minutes": "Remind me at the latest after",
        "prompt.channel": "How a reminder appears",
        "prompt.sound": "Make a sound",
        "prompt.heads_up": "Tell me half a minute before",
        "prompt.snooze_minutes": "Minutes offered for later",
        "prompt.snoozes_per_bout": "How often it can be put off in one sitting",
        "prompt.return_after_minutes": "Without an answer, ask again after",
        "prompt.declined_after_minutes": 'After "Not now", ask again after',
        "day.goal_minutes": "Minutes to reach in a day",
        "day.goal_ladder": "Offer a higher goal once I meet it",
        "report.daily": "Tell me about my day",
        "report.summary_at": "When to tell me",
        "report.weekly_on": "Tell me about my week on",
    },
    "Breaks": {
        "break.minutes": "A break takes",
        "break.long_minutes": "A longer break takes",
        "break.window": "Show a break as",
        "break.corner": "Corner of the card",
        "break.screens": "Which screens",
        "break.pause_media": "Pause music and films meanwhile",
    },
    "Movements": {
        "movements.places": "Where I am",
        "movements.seated_mode": "I cannot stand, or use a wheelchair",
        "day.standing_desk": "My desk goes up",
        "movements.go_easy_on": "Go easy on",
        "movements.needs_at_hand": "What I have at hand",
        "movements.favourites": "Movements to suggest more often",
        "movements.off": "Movements never to suggest",
    },
    "Working hours": {
        "working_hours.mon": "Monday",
        "working_hours.tue": "Tuesday",
        "working_hours.wed": "Wednesday",
        "working_hours.thu": "Thursday",
        "working_hours.fri": "Friday",
        "working_hours.sat": "Saturday",
        "working_hours.sun": "Sunday",
        "day.start": "A new day begins at",
    },
    "What it notices": {
        "context.calls": "Calls and screen sharing",
        "context.media": "Films and music",
        "context.fullscreen": "Full-screen apps and presentations",
        "context.dnd": "Do-not-disturb",
        "prompt.quiet_apps": "No reminders while these apps run",
        "prompt.ignored_apps": "Apps whose calls and media say nothing",
    },
    "Appearance and sound": {
        "look.theme": "Colours",
        "general.language": "Language",
        "tray.enabled": "Show the icon in the tray",
        "tray.panel": "Colour of the panel",
        "break.reduced_motion": "Still pictures instead of moving figures",
        "break.chime": "Chime when a break is over",
        "break.chime_volume": "Loudness of the chime",
        "break.cues": "Tell each step of a break by",
    },
    "Privacy and data": {
        "day.small_question": "One short question a day",
        "general.log": "How much the log file tells",
    },
    "Advanced": {
        "general.autostart": "Start when I log in",
        "hotkeys.start": "Key for starting a break",
        "hotkeys.snooze": "Key for later",
        "hotkeys.not_now": "Key for not now",
        "hotkeys.pause": "Key for a pause of an hour",
        "prompt.adaptive": "Learn when I take breaks",
        "prompt.through_silent_gaps": "Count quiet minutes as one sitting",
        "prompt.lull_at_earliest_seconds": "How long hands rest for a lull, at first",
        "prompt.lull_at_latest_seconds": "How long hands rest for a lull, in the end",
        "prompt.return_window_minutes": "How long a repeated reminder waits for a lull",
        "prompt.unanswered_minutes": "Take a reminder away after",
        "prompt.held_limit_minutes": "Wait for presentations at most",
        "programs.bus_service": "Answer other programs on the session bus",
        "programs.on_prompt": "Command when a reminder comes",
        "programs.on_break": "Command when a break begins",
        "programs.on_back": "Command when a break is over",
        "activity.source": "Where activity is read from",
        "activity.poll_seconds": "How often it is read",
    },
}
TITLES: Mapping[str, str] = {key: title for page in PAGES.values() for key, title in page.items()}
PAGE_OF: Mapping[str, str] = {key: page for page, titles in PAGES.items() for key in titles}

# Controls of their own, beside those that each kind of setting has.
CONTROLS: Mapping[str, str] = {
    "break.screens": "screen",
    "prompt.quiet_apps": "apps",
    "prompt.ignored_apps": "apps",
    "movements.favourites": "movements",
    "movements.off": "movements",
}

# Choices that do not read well as they stand in the file.
CHOICES: Mapping[str, str] = {
    "auto": "Automatic",
    "system": "As on this desktop",
    "notification": "A notification",
    "card": "A card",
    "fullscreen": "Full screen",
    "office": "Office, in view of others",
    "quiet": "A quiet corner",
    "home": "Home",
    "floor": "Getting to the floor",
    "knee": "Knees",
    "wrist": "Wrists",
    "shoulder": "Shoulders",
    "load": "Weights",
    "dizzy": "Dizziness",
    "nerve": "Pulls on nerves",
    "hip": "Hips",
    "stable chair": "Chairs on castors",
    "xinput2": "XInput 2",
    "wayland_idle": "Wayland",
    "mutter": "GNOME",
    "macos": "macOS",
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
UNITS: Mapping[str, str] = {"minutes": "min", "seconds": "s"}

PRESETS: Mapping[str, Mapping[str, float]] = {
    "Gentle": {"prompt.earliest_minutes": 45, "prompt.latest_minutes": 60},
    "Standard": {"prompt.earliest_minutes": 30, "prompt.latest_minutes": 45},
    "Frequent": {"prompt.earliest_minutes": 20, "prompt.latest_minutes": 30},
}


def choice_title(word: str) -> str:
    """A choice in words: "top-left" is "Top left"."""
    return CHOICES.get(word) or LANGUAGES.get(word, word.replace("-", " ").replace("_", " ").capitalize())


def preset_says(name: str) -> str:
    """What a day under a preset is like: "every 30 to 45 min, about 12 times in 8 hours at the desk"."""
    low, high = PRESETS[name].values()
    times = round(DESK_HOURS * 60 / ((low + high) / 2 + 2))  # two minutes of movement between
    return f"every {low:g} to {high:g} min, about {times} times in {DESK_HOURS} hours at the desk"


def refused(key: str, raw: object, settings: Settings) -> str:
    """Why a value is not taken, in a sentence for people; empty when nothing is wrong with it."""
    known = SETTINGS[key]
    try:
        value = known.kind.read(raw)
    except NotAllowed as error:
        return f"{_wanted(known, raw, str(error))} Not saved."
    wrong = ordered_wrong(put(settings, known, value))
    if wrong is None:
        return ""
    low, high = (f'"{TITLES[each]}"' for each in wrong)
    other = wrong[0] if key == wrong[1] else wrong[1]
    unit = UNITS.get(SETTINGS[other].unit, "")
    now = f"{SETTINGS[other].kind.plain(settings.get(other))} {unit}".strip()
    return f"{low} cannot be more than {high} ({TITLES[other].lower()} is {now}). Not saved."


def _wanted(known: Setting, raw: object, why: str) -> str:
    said = raw if isinstance(raw, str) else ", ".join(map(str, raw)) if isinstance(raw, list) else f"{raw}"
    match known.kind:
        case kinds.Number(low, high):
            unit = f" {UNITS.get(known.unit, known.unit)}".rstrip()
            if isinstance(raw, int | float) and raw > high:
                return f"That is too much: at most {high:g}{unit}."
            return f"That is too little: at least {low:g}{unit}."
        case kinds.Hours():
            bad = why.split(" is ")[0] if " is " in why else said
            return f'I cannot read "{bad}". Write 09:00-17:00, or two such with a comma between.'
        case kinds.ClockTime():
            return f'I cannot read "{said}". Write a time such as 17:30.'
        case kinds.Shortcut():
            return f'I cannot use "{said}". Hold Ctrl, Alt or Super and press a letter, a digit or F1 to F12.'
        case kinds.Several(kinds.Number(low, high)):
            return f'I cannot use "{said}". Write a few numbers from {low:g} to {high:g} with commas between.'
        case _:
            return f'I cannot use "{said}". Allowed: {known.kind.allowed}.'

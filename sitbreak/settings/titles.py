"""Settings as people meet them in the window: pages, titles, choices in words, presets, and why a value is refused."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.language import LANGUAGES, N_, _
from sitbreak.settings import kinds
from sitbreak.settings.kinds import NotAllowed, Setting
from sitbreak.settings.load import ordered_wrong, put
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.time_ranges import is_range

DESK_HOURS = 8

# page -> setting -> title; every setting stands on one page.
PAGES: Mapping[str, Mapping[str, str]] = {
    N_("Reminders"): {
        "prompt.earliest_minutes": N_("Remind me at the earliest after"),
        "prompt.latest_minutes": N_("Remind me at the latest after"),
        "prompt.channel": N_("How a reminder appears"),
        "prompt.sound": N_("Make a sound"),
        "prompt.heads_up": N_("Tell me half a minute before"),
        "prompt.snooze_minutes": N_("Minutes offered for later"),
        "prompt.snoozes_per_bout": N_("How often it can be put off in one sitting"),
        "prompt.return_after_minutes": N_("Without an answer, ask again after"),
        "prompt.declined_after_minutes": N_('After "Not now", ask again after'),
        "day.goal_minutes": N_("Minutes to reach in a day"),
        "day.goal_ladder": N_("Offer a higher goal once I meet it"),
        "report.daily": N_("Tell me about my day"),
        "report.summary_at": N_("When to tell me"),
        "report.weekly_on": N_("Tell me about my week on"),
    },
    N_("Breaks"): {
        "break.minutes": N_("A break takes"),
        "break.long_minutes": N_("A longer break takes"),
        "break.window": N_("Show a break as"),
        "break.corner": N_("Corner of the card"),
        "break.screens": N_("Which screens"),
        "break.pause_media": N_("Pause music and films meanwhile"),
    },
    N_("Movements"): {
        "movements.places": N_("Where I am"),
        "movements.seated_mode": N_("I cannot stand, or use a wheelchair"),
        "day.standing_desk": N_("My desk goes up"),
        "movements.go_easy_on": N_("Go easy on"),
        "movements.needs_at_hand": N_("What I have at hand"),
        "movements.favourites": N_("Movements to suggest more often"),
        "movements.off": N_("Movements never to suggest"),
    },
    N_("Working hours"): {
        "working_hours.mon": N_("Monday"),
        "working_hours.tue": N_("Tuesday"),
        "working_hours.wed": N_("Wednesday"),
        "working_hours.thu": N_("Thursday"),
        "working_hours.fri": N_("Friday"),
        "working_hours.sat": N_("Saturday"),
        "working_hours.sun": N_("Sunday"),
        "day.start": N_("A new day begins at"),
    },
    N_("What it notices"): {
        "context.calls": N_("Calls and screen sharing"),
        "context.media": N_("Films and music"),
        "context.fullscreen": N_("Full-screen apps and presentations"),
        "context.dnd": N_("Do-not-disturb"),
        "prompt.quiet_apps": N_("No reminders while these apps run"),
        "prompt.ignored_apps": N_("Apps whose calls and media say nothing"),
    },
    N_("Appearance and sound"): {
        "look.theme": N_("Colours"),
        "general.language": N_("Language"),
        "tray.enabled": N_("Show the icon in the tray"),
        "tray.panel": N_("Colour of the panel"),
        "break.reduced_motion": N_("Still pictures instead of moving figures"),
        "break.chime": N_("Chime when a break is over"),
        "break.chime_volume": N_("Loudness of the chime"),
        "break.cues": N_("Tell each step of a break by"),
    },
    N_("Privacy and data"): {
        "day.small_question": N_("One short question a day"),
        "general.log": N_("How much the log file tells"),
    },
    N_("Other devices"): {
        "sync.folder": N_("Folder shared with my other computers"),
        "mqtt.broker": N_("MQTT broker"),
        "mqtt.port": N_("Port of the broker"),
        "mqtt.tls": N_("Encrypt the connection"),
        "mqtt.user": N_("User at the broker"),
        "mqtt.password_file": N_("File with the password"),
        "mqtt.ca_file": N_("Certificate of the CA"),
        "mqtt.certificate_file": N_("My certificate"),
        "mqtt.key_file": N_("Key of my certificate"),
    },
    N_("Advanced"): {
        "general.autostart": N_("Start when I log in"),
        "hotkeys.start": N_("Key for starting a break"),
        "hotkeys.snooze": N_("Key for later"),
        "hotkeys.not_now": N_("Key for not now"),
        "hotkeys.pause": N_("Key for a pause of an hour"),
        "prompt.adaptive": N_("Learn when I take breaks"),
        "prompt.through_silent_gaps": N_("Count quiet minutes as one sitting"),
        "prompt.lull_at_earliest_seconds": N_("How long hands rest for a lull, at first"),
        "prompt.lull_at_latest_seconds": N_("How long hands rest for a lull, in the end"),
        "prompt.return_window_minutes": N_("How long a repeated reminder waits for a lull"),
        "prompt.unanswered_minutes": N_("Take a reminder away after"),
        "prompt.held_limit_minutes": N_("Wait for presentations at most"),
        "programs.bus_service": N_("Answer other programs on the session bus"),
        "programs.on_prompt": N_("Command when a reminder comes"),
        "programs.on_break": N_("Command when a break begins"),
        "programs.on_back": N_("Command when a break is over"),
        "activity.source": N_("Where activity is read from"),
        "activity.poll_seconds": N_("How often it is read"),
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

# How choices read.
CHOICES: Mapping[str, str] = {
    "auto": N_("Automatic"),
    "system": N_("As on this desktop"),
    "notification": N_("A notification"),
    "card": N_("A card"),
    "fullscreen": N_("Full screen"),
    "office": N_("Office, in view of others"),
    "quiet": N_("A quiet corner"),
    "home": N_("Home"),
    "floor": N_("Getting to the floor"),
    "knee": N_("Knees"),
    "wrist": N_("Wrists"),
    "shoulder": N_("Shoulders"),
    "load": N_("Weights"),
    "dizzy": N_("Dizziness"),
    "nerve": N_("Pulls on nerves"),
    "hip": N_("Hips"),
    "stable chair": N_("Chairs on castors"),
    "balance": N_("Balance"),
    "bottom-left": N_("Bottom left"),
    "bottom-right": N_("Bottom right"),
    "dark": N_("Dark"),
    "debug": N_("Debug"),
    "high-contrast": N_("High contrast"),
    "info": N_("Info"),
    "light": N_("Light"),
    "neck": N_("Neck"),
    "never": N_("Never"),
    "off": N_("Off"),
    "on": N_("On"),
    "tick": N_("Tick"),
    "top-left": N_("Top left"),
    "top-right": N_("Top right"),
    "voice": N_("Voice"),
    "warning": N_("Warning"),
    "pynput": "Pynput",
    "windows": "Windows",
    "xinput2": N_("XInput 2"),
    "wayland_idle": N_("Wayland"),
    "terminals": N_("Terminals"),
    "mutter": N_("GNOME"),
    "macos": N_("macOS"),
    "mon": N_("Monday"),
    "tue": N_("Tuesday"),
    "wed": N_("Wednesday"),
    "thu": N_("Thursday"),
    "fri": N_("Friday"),
    "sat": N_("Saturday"),
    "sun": N_("Sunday"),
}
UNITS: Mapping[str, str] = {"minutes": N_("min"), "seconds": N_("s")}

PRESETS: Mapping[str, Mapping[str, float]] = {
    N_("Gentle"): {"prompt.earliest_minutes": 45, "prompt.latest_minutes": 60},
    N_("Standard"): {"prompt.earliest_minutes": 30, "prompt.latest_minutes": 45},
    N_("Frequent"): {"prompt.earliest_minutes": 20, "prompt.latest_minutes": 30},
}


def choice_title(word: str) -> str:
    """A choice in words: "top-left" is "Top left"."""
    return _(CHOICES[word]) if word in CHOICES else LANGUAGES.get(word, word)


def unit_title(unit: str) -> str:
    """A unit as it stands behind a number."""
    return _(UNITS[unit]) if unit in UNITS else unit


def preset_says(name: str) -> str:
    """What a day under a preset is like: "every 30 to 45 min, about 12 times in 8 hours at the desk"."""
    low, high = PRESETS[name].values()
    times = round(DESK_HOURS * 60 / ((low + high) / 2 + 2))  # two minutes of movement between
    return _(
        "every {low:g} to {high:g} min, about {times} times in {hours} hours at the desk",
        low=low,
        high=high,
        times=times,
        hours=DESK_HOURS,
    )


def refused(key: str, raw: object, settings: Settings) -> str:
    """Why a value is not taken, in a sentence for people; empty when nothing is wrong with it."""
    known = SETTINGS[key]
    try:
        value = known.kind.read(raw)
    except NotAllowed:
        return f"{_wanted(known, raw)} {_('Not saved.')}"
    wrong = ordered_wrong(put(settings, known, value))
    if wrong is None:
        return ""
    low, high = (_(TITLES[each]) for each in wrong)
    other = wrong[0] if key == wrong[1] else wrong[1]
    now = f"{SETTINGS[other].kind.plain(settings.get(other))} {unit_title(SETTINGS[other].unit)}".strip()
    if other == wrong[1]:
        return _('"{low}" cannot be more than "{high}" ({now}). Not saved.', low=low, high=high, now=now)
    return _('"{high}" cannot be less than "{low}" ({now}). Not saved.', low=low, high=high, now=now)


def _wanted(known: Setting, raw: object) -> str:
    said = raw if isinstance(raw, str) else ", ".join(map(str, raw)) if isinstance(raw, list) else f"{raw}"
    match known.kind:
        case kinds.Number(low, high):
            unit = unit_title(known.unit)
            if isinstance(raw, int | float) and raw > high:
                return _("That is too much: at most {limit}.", limit=f"{high:g} {unit}".rstrip())
            return _("That is too little: at least {limit}.", limit=f"{low:g} {unit}".rstrip())
        case kinds.Hours():
            bad = next((each for each in kinds.split_list(said) if not is_range(each)), said)
            return _('I cannot read "{bad}". Write 09:00-17:00, or two such with a comma between.', bad=bad)
        case kinds.ClockTime():
            return _('I cannot read "{said}". Write a time such as 17:30.', said=said)
        case kinds.Shortcut():
            return _(
                'I cannot use "{said}". Hold Ctrl, Alt or Super and press a letter, a digit or F1 to F12.', said=said
            )
        case kinds.Several(kinds.Number(low, high)):
            return _(
                'I cannot use "{said}". Write a few numbers from {low:g} to {high:g} with commas between.',
                said=said,
                low=low,
                high=high,
            )
        case _:
            return _('I cannot use "{said}". Allowed: {allowed}.', said=said, allowed=known.kind.allowed)

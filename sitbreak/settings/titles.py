"""Settings as people meet them in the window: pages, titles, choices in words, presets, and why a value is refused."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.language import LANGUAGES, N_, _, begun, paragraph
from sitbreak.settings import kinds
from sitbreak.settings.kinds import NotAllowed, Setting
from sitbreak.settings.load import hotkey_twin, ordered_wrong, put
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.written_values import is_range, with_unit

NEEDS = "movements.needs_at_hand"
# page -> setting -> title; every setting stands on one page.
PAGES: Mapping[str, Mapping[str, str]] = {
    N_("Reminders"): {
        "prompt.earliest_minutes": N_("Remind me at the earliest after"),
        "prompt.latest_minutes": N_("Remind me at the latest after"),
        "prompt.channel": N_("How a reminder appears"),
        "prompt.sound": N_("Make a sound"),
        "prompt.heads_up": N_("Tell me half a minute before the latest moment"),
        "prompt.snooze_minutes": N_("Minutes offered for later"),
        "prompt.snoozes_per_bout": N_("How often it can be put off in one sitting"),
        "prompt.return_after_minutes": N_("Without an answer, ask again after"),
        "prompt.declined_after_minutes": N_('After "Not now", ask again after'),
        "day.goal_minutes": N_("Goal for a day"),
        "day.goal_ladder": N_("Offer a higher goal once I meet mine"),
        "report.daily": N_("Tell me about my day"),
        "report.summary_at": N_("When to tell me"),
        "report.weekly_on": N_("Tell me about my week on"),
    },
    N_("Breaks"): {
        "break.minutes": N_("A break takes"),
        "break.long_minutes": N_("A longer break takes"),
        "break.window": N_("Show a break as"),
        "break.corner": N_("Corner of the card"),
        "break.screens": N_("Show a break on"),
        "break.pause_media": N_("Pause music and films during a break"),
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
        "prompt.ignored_apps": N_("Apps to take no notice of"),
    },
    N_("Appearance and sound"): {
        "look.theme": N_("Colours"),
        "general.language": N_("Language"),
        "tray.enabled": N_("Show the icon in the tray"),
        "tray.panel": N_("Colour of the panel"),
        "break.reduced_motion": N_("Still pictures instead of moving figures"),
        "break.chime": N_("Chime when a break is over"),
        "break.chime_volume": N_("Loudness of the chime"),
        "break.cues": N_("Announce each step of a break"),
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
        "mqtt.home_assistant": N_("Show it in Home Assistant"),
        "sensors.seat": N_("Sensor of my seat"),
        "sensors.desk_height": N_("Sensor of my desk's height"),
        "sensors.standing_above_cm": N_("Height from which I stand, in cm"),
    },
    N_("Advanced"): {
        "general.autostart": N_("Start when I log in"),
        "hotkeys.start": N_("Shortcut: start a break"),
        "hotkeys.snooze": N_("Shortcut: later"),
        "hotkeys.not_now": N_("Shortcut: not now"),
        "hotkeys.pause": N_("Shortcut: no reminders for an hour"),
        "prompt.adaptive": N_("Learn when I take breaks"),
        "prompt.through_silent_gaps": N_("Count quiet minutes as sitting"),
        "prompt.lull_at_earliest_seconds": N_("Pause to wait for, at first"),
        "prompt.lull_at_latest_seconds": N_("Pause to wait for, in the end"),
        "prompt.return_window_minutes": N_("A repeated reminder waits for a pause for"),
        "prompt.unanswered_minutes": N_("Take a reminder away after"),
        "prompt.held_limit_minutes": N_("Wait for presentations and do-not-disturb at most"),
        "programs.bus_service": N_("Answer other programs on the session bus"),
        "programs.on_prompt": N_("Command when a reminder comes"),
        "programs.on_break": N_("Command when a break begins"),
        "programs.on_lock_advice": N_("Command when you have left for a break"),
        "programs.on_back": N_("Command when a break is over"),
        "activity.source": N_("Where activity is read from"),
        "activity.poll_seconds": N_("Read it every"),
    },
}
# What begins a group on its page, and its heading.
GROUPS: Mapping[str, str] = {
    "prompt.channel": N_("How it comes"),
    "prompt.snooze_minutes": N_("Put off, or not answered"),
    "day.goal_minutes": N_("Goal"),
    "report.daily": N_("Summaries"),
    "break.window": "",
    "break.pause_media": "",
    "movements.seated_mode": "",
    "movements.go_easy_on": "",
    NEEDS: "",
    "movements.favourites": "",
    "day.start": "",
    "prompt.quiet_apps": N_("Apps"),
    "tray.enabled": N_("Icon"),
    "break.reduced_motion": N_("During a break"),
    "mqtt.broker": N_("MQTT and Home Assistant"),
    "sensors.seat": N_("Sensors"),
    "hotkeys.start": N_("Shortcuts"),
    "prompt.adaptive": N_("When a reminder comes"),
    "programs.bus_service": N_("Other programs"),
    "activity.source": N_("Activity"),
}
TITLES: Mapping[str, str] = {key: title for page in PAGES.values() for key, title in page.items()}
PAGE_OF: Mapping[str, str] = {key: page for page, titles in PAGES.items() for key in titles}

# What is of no use to those who cannot stand (the movements they do need nothing), and choices of what is.
UPRIGHT = frozenset({"day.standing_desk", NEEDS, "sensors.desk_height", "sensors.standing_above_cm"})
UPRIGHT_CHOICES: Mapping[str, str] = {"stable chair": "movements.go_easy_on"}
# Controls of their own, beside those that each kind of setting has.
CONTROLS: Mapping[str, str] = {
    "break.screens": "screen",
    "prompt.quiet_apps": "apps",
    "prompt.ignored_apps": "apps",
    "movements.favourites": "movements",
    "movements.off": "movements",
    NEEDS: "set",
    "break.chime_volume": "share",
    "sync.folder": "folder",
    **dict.fromkeys(("programs.on_prompt", "programs.on_break", "programs.on_lock_advice", "programs.on_back"), "line"),
    **dict.fromkeys(("sensors.seat", "sensors.desk_height"), "line"),
    **dict.fromkeys(("mqtt.password_file", "mqtt.ca_file", "mqtt.certificate_file", "mqtt.key_file"), "file"),
}

# What movements of the catalogue may need.
THINGS = (
    "chair", "desk", "wall", N_("door frame"), "floor", "stairs", N_("low step"), N_("towel"), N_("scarf"),
)  # fmt: skip

# How choices read.
CHOICES: Mapping[str, str] = {
    "auto": N_("Automatic"),
    "system": N_("As on this desktop"),
    "notification": N_("A notification"),
    "card": N_("A card"),
    "fullscreen": N_("Full screen"),
    "office": N_("Office, in view of others"),
    "quiet": N_("A quiet corner, out of view"),
    "home": N_("Home, with a floor to lie on"),
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
    "debug": N_("Everything"),
    "high-contrast": N_("High contrast"),
    "info": N_("What matters"),
    "light": N_("Light"),
    "neck": N_("Neck"),
    "never": N_("Never"),
    "off": N_("Off"),
    "on": N_("On"),
    "tick": N_("With a tick"),
    "top-left": N_("Top left"),
    "top-right": N_("Top right"),
    "voice": N_("With a voice"),
    "warning": N_("Problems only"),
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
# Choices that read otherwise in one setting than elsewhere.
CHOICES_OF: Mapping[str, Mapping[str, str]] = {
    "movements.go_easy_on": {"floor": N_("Getting to the floor")},
    NEEDS: {thing: thing for thing in THINGS},
}

PRESETS: Mapping[str, Mapping[str, float]] = {
    N_("Gentle"): {"prompt.earliest_minutes": 45, "prompt.latest_minutes": 60},
    N_("Standard"): {"prompt.earliest_minutes": 30, "prompt.latest_minutes": 45},
    N_("Frequent"): {"prompt.earliest_minutes": 20, "prompt.latest_minutes": 30},
}


def choice_title(word: str, key: str = "") -> str:
    """A choice in words: "top-left" is "Top left". `key`: of its setting."""
    own = CHOICES_OF.get(key, {}).get(word, CHOICES.get(word))
    title = _(own) if own else LANGUAGES.get(word, word)
    return begun(title)


def preset_says(low: float, high: float) -> str:
    """When reminders come under a preset or one's own values, in minutes of sitting."""
    return _("after {low:g} to {high:g} minutes", low=low, high=high)


def refused(key: str, raw: object, settings: Settings) -> str:
    """Why a value is not taken, in a sentence for people; empty when nothing is wrong with it."""
    known = SETTINGS[key]
    try:
        value = known.kind.read(raw)
    except NotAllowed:
        return paragraph(_wanted(known, raw), _("Not saved."))
    changed = put(settings, known, value)
    twin, wrong = hotkey_twin(changed, key), ordered_wrong(changed)
    if twin:
        return _('"{keys}" is taken already: "{title}". Not saved.', keys=raw, title=_(TITLES[twin]))
    if wrong is None:
        return ""
    low, high = (_(TITLES[each]) for each in wrong)
    other = wrong[0] if key == wrong[1] else wrong[1]
    now = with_unit(float(str(settings.get(other))), SETTINGS[other].unit)
    if other == wrong[1]:
        return _('"{low}" cannot be more than "{high}" ({now}). Not saved.', low=low, high=high, now=now)
    return _('"{high}" cannot be less than "{low}" ({now}). Not saved.', low=low, high=high, now=now)


def _wanted(known: Setting, raw: object) -> str:
    said = raw if isinstance(raw, str) else ", ".join(map(str, raw)) if isinstance(raw, list) else f"{raw}"
    match known.kind:
        case kinds.Number(low, high):
            if isinstance(raw, int | float) and low <= raw <= high:
                return _("Write a whole number.")
            if isinstance(raw, int | float) and raw > high:
                return _("That is too much: at most {limit}.", limit=with_unit(high, known.unit))
            if 0 < low < 1:
                return _("Write a number above 0.")
            return _("That is too little: at least {limit}.", limit=with_unit(low, known.unit))
        case kinds.Hours():
            bad = next((each for each in kinds.split_list(said) if not is_range(each)), said)
            return _('I cannot read "{bad}". Write 09:00-17:00, or two such with a comma between.', bad=bad)
        case kinds.ClockTime():
            return _('I cannot read "{said}". Write a time such as 17:30.', said=said)
        case kinds.Shortcut():
            return _(
                'I cannot use "{said}". Hold Ctrl, Alt or Super and press a letter, a digit or F1 to F12.', said=said
            )
        case kinds.Several(kinds.Number(_low, high)):
            wanted = N_('I cannot use "{said}". Write a few numbers up to {high:g} with commas between.')
            return _(wanted, said=said, high=high)
        case _:
            allowed = known.kind.allowed.replace('""', _("an empty field"))  # nobody types quotes into a window
            return _('I cannot use "{said}". Allowed: {allowed}.', said=said, allowed=allowed)

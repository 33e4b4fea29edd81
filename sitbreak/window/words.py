"""The words of the windows, in English; a request may replace any of them by its key (`look.texts`). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.core.movements import EVERYWHERE

CAUTIONS = (
    "These are ordinary movements, not medical care. Ask a professional first if you are pregnant, recovering from "
    "surgery or an injury, have osteoporosis, a heart or balance problem, or numbness or weakness in a leg."
)
URGENT = (
    "New trouble controlling bladder or bowel, numbness around the genitals or inner thighs, new or growing leg "
    "weakness, or back pain after a serious fall: seek urgent care. Fever, feeling very unwell, unexplained weight "
    "loss or a history of cancer with new back pain: see a doctor soon."
)

WORDS: dict[str, str] = {
    "bout": "About {minutes} min at the desk.",
    "start": "Start {minutes} min",
    "long": "{minutes} min",
    "snooze": "Later",
    "not_now": "Not now",
    "standing": "I'm standing already",
    "snooze_for": "In {minutes} min",
    "back": "Back",
    "easier": "Easier",
    "shown": "Normal",
    "harder": "Harder",
    "level": "Difficulty",
    "done": "Done",
    "next": "Then: {step}",
    "over": "Take as long as you like.",
    "over_rest": "Get up slowly when you are ready.",
    "help": "Help",
    "help_title": "When to see a doctor",
    "movements": "Movements",
    "movement_on": "May be suggested",
    "movement_favourite": "Favourite, comes more often",
    "movement_place": "Place: {place}.",
    "movement_here": "I can be in such a place",
    "movement_not_here": "This is not one of your places, so the movement is not suggested.",
    "movement_needs": "Needs: {text}.",
    "movements_which": "Which movements",
    "movements_all": "All movements",
    "movements_favourites": "Favourites",
    "movements_none": "None yet: open one, and turn on its star.",
    "movements_chosen": "{count} chosen in Movements",
    "movements_open": "Choose in Movements",
    "favourite_named": "{name}, favourite",
    "off_named": "{name}, off",
    "another": "Another one",
    "never_again": "Not this one again",
    "help_why": "Why this one: {text}",
    "help_areas": "Moves: {text}.",
    "help_easier": "Easier: {text}.",
    "help_harder": "Harder: {text}.",
    "help_source": "Where it comes from: {text}.",
    "urgent": URGENT,
    "everywhere": EVERYWHERE,
    "hide": "Minimise",
    "show": "Show the break again",
    "left": "{time} left",
    "past": "{time} past the end",
    "minutes_seconds": "{minutes} min {seconds} s",
    "close": "Close",
    "status_title": "Today",
    "status_goal": "{minutes} of {goal} min out of the chair",
    "status_moved": "{minutes} of {goal} min of movement",
    "status_free": "{minutes} min out of the chair",
    "status_moved_free": "{minutes} min of movement",
    "status_sitting": "Sitting for about {minutes} min.",
    "today_title": "Today",
    "scope": "How much to show",
    "scope.day": "Day",
    "scope.week": "Week",
    "scope.month": "Four weeks",
    "earlier": "Earlier",
    "later": "Later days",
    "strip": "The day",
    "strip_how": "Point at a stretch to read it. Click it, or drag over a part, to say what it was.",
    "unsure": "Not sure",
    "was": "{start} to {end}, I was",
    "was.SEATED": "Sitting",
    "was.BREAK": "Up",
    "was.BREAK_seated": "Moving",
    "was.STANDING": "Standing",
    "was.AWAY": "Away",
    "cancel": "Cancel",
    "welcome_title": "Two minutes, at a good moment",
    "welcome_what": (
        "sitbreak estimates how long you have been sitting, asks at a pause between 30 and 45 minutes, and shows one "
        "small movement. You decide every time."
    ),
    "welcome_sees": (
        "It sees that there was input, and when. It does not see which keys, where the pointer is, or what is on the "
        "screen. Nothing leaves this computer."
    ),
    "welcome_begin": "To begin with",
    "welcome_prompt": "Remind me from today",
    "welcome_measure": "Watch my usual days first, remind me later",
    "welcome_place": "Where you are",
    "place.office": "Office, in view of others",
    "place.quiet": "A quiet corner, out of view",
    "place.home": "Home, with a floor to lie on",
    "welcome_seated": "I cannot stand, or use a wheelchair",
    "welcome_desk": "My desk goes up",
    "welcome_goal": "Minutes on your feet a day",
    "welcome_goal_seated": "Minutes of movement a day",
    "welcome_goal_note": "Two-minute breaks give about 8 to 30 minutes in a desk day, depending on how many you take.",
    "welcome_login": "Start when I log in",
    "cautions": CAUTIONS,
    "welcome_start": "Start",
    "welcome_skip": "Use the defaults",
    "settings_title": "Settings",
    "settings_reset": "Reset",
    "settings_reset_named": "Reset {name} to {value}",
    "settings_broken": "The settings file has a problem, so nothing here can be changed until it is mended.",
    "settings_file": "Kept in {path}",
    "settings_search": "Search",
    "settings_found": "Found for \u201c{text}\u201d",
    "settings_nothing": "Nothing found for \u201c{text}\u201d",
    "hours_how": "Reminders come only within these hours: draw them, or write 09:00-12:30, 13:00-17:30. "
    "None set: at any time.",
    "screen_one": "The one with the pointer",
    "screen_all": "All",
    "screen_away": "{name}, not there now",
    "apps_choose": "Choose from what runs",
    "hours_none": "no hours",
    "hours_keys": "At {time}. Left and Right walk, with Shift they draw, Space sets or clears.",
    "hours_silent": "No reminders on {days}: only the other days have hours.",
    "on": "on",
    "off": "off",
}


class Words:
    """The words of one window."""

    def __init__(self, replaced: Mapping[str, str] | None = None) -> None:
        """`replaced`: words in place of the English ones."""
        self._words = {**WORDS, **(replaced if replaced is not None else {})}

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its values filled in."""
        return self._words[key].format(**values)

    def spoken(self, seconds: float) -> str:
        """A time as a screen reader should say it."""
        minutes, rest = divmod(round(seconds), 60)
        return self("minutes_seconds", minutes=minutes, seconds=rest)


def clock(seconds: float) -> str:
    """Seconds as m:ss, rounded up, as on a kitchen timer."""
    whole = int(-(-max(0.0, seconds) // 1))
    return f"{whole // 60}:{whole % 60:02d}"


def sentence(text: str) -> str:
    """The text with a capital letter first."""
    return text[:1].upper() + text[1:]

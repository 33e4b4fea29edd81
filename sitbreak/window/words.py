"""The words of the windows by their keys. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from sitbreak.core.movements import EVERYWHERE
from sitbreak.language import N_, _, begun, comma_list

CAUTIONS = N_(
    "These are ordinary movements, not medical care. Ask a professional first if you are pregnant, recovering from "
    "surgery or an injury, have osteoporosis, a heart or balance problem, or numbness or weakness in a leg."
)
URGENT = N_(
    "New trouble controlling bladder or bowel, numbness around the genitals or inner thighs, new or growing leg "
    "weakness, or back pain after a serious fall: seek urgent care. Fever, feeling very unwell, unexplained weight "
    "loss or a history of cancer with new back pain: see a doctor soon."
)

WORDS: dict[str, str] = {
    "start": N_("Start {minutes} min"),
    "long": N_("{minutes} min"),
    "snooze": N_("Later"),
    "not_now": N_("Not now"),
    "stand": N_("Stand for a while"),
    "standing": N_("I'm standing already"),
    "sitting_again": N_("Sitting again"),
    "snooze_for": N_("In {minutes} min"),
    "back": N_("Back"),
    "easier": N_("Easier"),
    "shown": N_("Normal"),
    "harder": N_("Harder"),
    "level": N_("Difficulty"),
    "done": N_("Done"),
    "next": N_("Then: {step}"),
    "over": N_("Take as long as you like."),
    "over_rest": N_("Get up slowly when you are ready."),
    "help": N_("Help"),
    "help_welcome": N_("Show the first window again"),
    "help_title": N_("When to see a doctor"),
    "movements": N_("Movements"),
    "movement_try": N_("Try it now, uncounted"),
    "movement_on": N_("May be suggested"),
    "movement_favourite": N_("Favourite, comes more often"),
    "movement_place": N_("Place: {place}."),
    "movement_here": N_("I can be in such a place"),
    "movement_not_here": N_("This is not one of your places, so the movement is not suggested."),
    "movement_needs": N_("Needs: {text}."),
    "movements_which": N_("Which movements"),
    "movements_all": N_("All movements"),
    "movements_favourites": N_("Favourites"),
    "movements_none": N_("None yet: open one, and turn on Favourite."),
    "movements_chosen": N_("{count} chosen in Movements"),
    "movements_open": N_("Choose in Movements"),
    "plans": N_("Plans"),
    "plans_what": N_("All of them are optional, and beside the two minutes. Begin one, or none."),
    "plan_start": N_("Begin"),
    "plan_again": N_("Begin anew"),
    "plan_stop": N_("End it"),
    "plan_log": N_("Log it"),
    "plan_amount": N_("{plan}: how much"),
    "plan_day": N_("{plan}: on which day"),
    "plan_today": N_("Today"),
    "plan_yesterday": N_("Yesterday"),
    "plan_logged": N_("Logged: {text}."),
    "plan_take_back": N_("Take back the last"),
    "plan_guide": N_("Show me the movements"),
    "plan_named": N_("{plan}: {button}"),
    "plan_source": N_("Where it comes from: {text}."),
    "walk": N_("A walk"),
    "walk_what": N_("Any walk you took today. It is kept beside the minutes of your breaks."),
    "way": N_("On the way"),
    "way_what": N_("Any way of some minutes that you took today. It is kept beside the minutes of your breaks."),
    "rest": N_("Lie down"),
    "data_save": N_("A file with everything sitbreak knows"),
    "data_save_how": N_("Each stretch, reminder and break: a table for .csv, else JSON lines."),
    "data_save_button": N_("Save it"),
    "data_file": N_("sitbreak.csv"),
    "data_bring": N_("Days from a file"),
    "data_bring_how": N_("What sitbreak saved (.jsonl, .csv), or what ActivityWatch exported (.json)."),
    "data_bring_button": N_("Bring them in"),
    "data_bring_files": N_("Files with days"),
    "data_unread": N_("The file could not be read, and nothing was changed."),
    "data_unsaved": N_("The file could not be written."),
    "devices": N_("Your computers"),
    "devices_how": N_("What is forgotten of one is removed here and on all the others."),
    "device_own": N_("This computer is called"),
    "device_forget": N_("Forget its records"),
    "data_before": N_("Forget all days before"),
    "data_before_button": N_("Forget them"),
    "data_all": N_("Forget everything"),
    "data_for_good": N_("What is forgotten is removed for good, with every copy and report."),
    "usual": N_("Your usual days"),
    "usual_what": N_("Measured first, they are what your days are compared with: 5 to 20 workdays without reminders."),
    "usual_start": N_("Measure my usual days"),
    "usual_stop": N_("Stop measuring"),
    "usual_again": N_("Measure anew"),
    "sure": N_("Really? Press again"),
    "minutes": N_("minutes"),
    "favourite_named": N_("{name}, favourite"),
    "off_named": N_("{name}, off"),
    "another": N_("Another one"),
    "never_again": N_("Not this one again"),
    "help_why": N_("Why this one: {text}"),
    "help_areas": N_("Moves: {text}."),
    "help_easier": N_("Easier: {text}."),
    "help_harder": N_("Harder: {text}."),
    "help_source": N_("Where it comes from: {text}."),
    "urgent": URGENT,
    "everywhere": EVERYWHERE,
    "hide": N_("Minimise"),
    "show": N_("Show the break again"),
    "left": N_("{time} left"),
    "past": N_("{time} past the end"),
    "minutes_seconds": N_("{minutes} min {seconds} s"),
    "close": N_("Close"),
    "status_title": N_("Today"),
    "status_goal": N_("{minutes} of {goal} min out of the chair"),
    "status_moved": N_("{minutes} of {goal} min of movement"),
    "status_free": N_("{minutes} min out of the chair"),
    "status_moved_free": N_("{minutes} min of movement"),
    "status_sitting": N_("Sitting for about {minutes} min."),
    "today_title": N_("Today"),
    "scope": N_("How much to show"),
    "scope.day": N_("Day"),
    "scope.week": N_("Week"),
    "scope.month": N_("Four weeks"),
    "earlier": N_("Earlier"),
    "later": N_("Later days"),
    "strip": N_("The day"),
    "strip_how": N_("Point at a stretch to read it. Click it, or drag over a part, to say what it was."),
    "unsure": N_("Not sure"),
    "said": N_("What you said"),
    "report_opens": N_("The report opens in your browser."),
    "take_back": N_("Take it back"),
    "was": N_("{start} to {end}, I was"),
    "was.SEATED": N_("Sitting"),
    "was.BREAK": N_("Up"),
    "was.BREAK_seated": N_("Moving"),
    "was.STANDING": N_("Standing at the desk"),
    "was.AWAY": N_("Away"),
    "cancel": N_("Cancel"),
    "welcome_title": N_("Two minutes, at a good moment"),
    "welcome_what": (
        N_(
            "sitbreak estimates how long you have been sitting, asks at a pause between 30 and 45 minutes, and shows "
            "one small movement. You decide every time."
        )
    ),
    "welcome_sees": (
        N_(
            "It sees that there was input, and when. It does not see which keys, where the pointer is, or what is on "
            "the screen. Nothing leaves this computer."
        )
    ),
    "welcome_begin": N_("To begin with"),
    "welcome_prompt": N_("Remind me from today"),
    "welcome_measure": N_("Watch my usual days first, remind me later"),
    "welcome_place": N_("Where you are"),
    "place.office": N_("Office, in view of others"),
    "place.quiet": N_("A quiet corner, out of view"),
    "place.home": N_("Home, with a floor to lie on"),
    "welcome_seated": N_("I cannot stand, or use a wheelchair"),
    "welcome_desk": N_("My desk goes up"),
    "welcome_goal": N_("Minutes on your feet a day"),
    "welcome_goal_seated": N_("Minutes of movement a day"),
    "welcome_goal_note": N_(
        "Two-minute breaks give about 8 to 30 minutes in a desk day, depending on how many you take."
    ),
    "welcome_login": N_("Start when I log in"),
    "cautions": CAUTIONS,
    "welcome_start": N_("Start"),
    "welcome_skip": N_("Use the defaults"),
    "settings_title": N_("Settings"),
    "settings_reset_named": N_("Reset {name} to {value}"),
    "settings_reset_empty": N_("nothing"),
    "settings_broken": N_("The settings file has a problem, so nothing here can be changed until it is mended."),
    "settings_file": N_("Kept in {path}"),
    "settings_search": N_("Search the settings"),
    "settings_found": N_("Found for \u201c{text}\u201d"),
    "settings_nothing": N_("Nothing found for \u201c{text}\u201d"),
    "settings_nothing_hint": N_("Try another word, or look through the pages."),
    "settings_again": N_("Restart sitbreak for the changes"),
    "hours_how": N_(
        "Reminders come only within these hours: draw them, or write 09:00-12:30, 13:00-17:30. None set: at any time."
    ),
    "hours_copy": N_("The same from Monday to Friday"),
    "hours_off": N_("No reminders"),
    "keys_press": N_("Press the keys"),
    "screen_one": N_("Where the pointer is"),
    "screen_all": N_("All screens"),
    "screen_away": N_("{name}, not there now"),
    "preset_own": N_("Your own"),
    "preset_own_how": N_("by the two figures below"),
    "preset_how": N_("The same made-up day under each: sitting in grey, and a mark for each reminder that is taken."),
    "folder_choose": N_("Choose a folder"),
    "file_choose": N_("Choose a file"),
    "apps_search": N_("Search the programs that run"),
    "apps_choose": N_("Choose from what runs"),
    "hours_none": N_("no hours"),
    "hours_keys": N_("At {time}. Left and Right move, with Shift they draw, Space sets or clears."),
    "hours_silent": N_("No reminders on {days}: only the other days have hours."),
    "on": N_("on"),
    "off": N_("off"),
}


def word(key: str, **values: object) -> str:
    """The text of a key with its values filled in."""
    return _(WORDS[key], **values)


def spoken(seconds: float) -> str:
    """A time as a screen reader should say it."""
    minutes, rest = divmod(round(seconds), 60)
    return word("minutes_seconds", minutes=minutes, seconds=rest)


def areas_of(areas: Iterable[str]) -> str:
    """Body areas in words, with commas between, as a beginning."""
    return begun(comma_list(_(area) for area in areas))


def clock(seconds: float) -> str:
    """Seconds as m:ss, rounded up, as on a kitchen timer."""
    whole = int(-(-max(0.0, seconds) // 1))
    return f"{whole // 60}:{whole % 60:02d}"

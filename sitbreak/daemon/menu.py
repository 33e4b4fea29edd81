"""The tray menu, made anew from the status; keys are those of commands.py and a few of the program itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sitbreak.core.event_messages import STANDS
from sitbreak.core.events import Signal
from sitbreak.core.prompt_states import State
from sitbreak.core.status import Status
from sitbreak.daemon import notification_texts, words
from sitbreak.daemon.commands import GOAL
from sitbreak.language import N_, _, begun, numeral, sentence
from sitbreak.ports import MenuEntry
from sitbreak.review.dates import clock
from sitbreak.review.words import speech
from sitbreak.settings.model import Settings

RULE = MenuEntry("-")
NOT_WRITTEN = N_("Records wait in memory until the disk takes them")
NO_NOTES = N_("Notifications cannot be shown here; reminders come as a card")
CRASHED = N_("It crashed and was started again; the log has the details")
GOALS = (10, 15, 20, 30, 40, 60)  # minutes a day
PAUSES = (
    (N_("30 minutes, until {time}"), 30),
    (N_("1 hour, until {time}"), 60),
    (N_("2 hours, until {time}"), 120),
    (N_("4 hours, until {time}"), 240),
)
LONGER = (5, 10, 15, 20, 30)  # minutes of a longer break
WALKED = (5, 10, 15, 20, 30, 45, 60)


def menu(
    status: Status,
    confirmed: float,
    goal: float,
    settings: Settings,
    notes: Sequence[str] = (),
    sitting: str = "",
) -> tuple[MenuEntry, ...]:
    """The entries, top down; `notes` are lines about what is wrong, `sitting` the estimate of today."""
    return (
        MenuEntry(words.first_line(status), enabled=False),
        MenuEntry(words.today(confirmed, goal, status.seated_mode), "today", default=True),
        *([MenuEntry(sitting, enabled=False)] if sitting else []),
        RULE,
        *_prompt(status, settings),
        *_question(status),
        RULE,
        *_declared(status),
        *_pause(status),
        RULE,
        *(MenuEntry(note, enabled=False) for note in notes),
        _goal(round(goal)),
        MenuEntry(_("Summary"), "summary"),
        MenuEntry(_("Movements"), "movements"),
        MenuEntry(_("Plans"), "plans"),
        MenuEntry(_("Settings"), "settings"),
        MenuEntry(_("Help"), "help"),
        MenuEntry(_("Quit"), "quit"),
    )


def _goal(minutes: int) -> MenuEntry:
    choices = sorted({minutes, *GOALS} - {0})
    entries = (
        MenuEntry(_("{each} min a day", each=each), f"{GOAL}{each}", checked=each == minutes) for each in choices
    )
    return MenuEntry(_("Goal"), children=tuple(entries))


def _prompt(status: Status, settings: Settings) -> list[MenuEntry]:
    if status.break_left is not None:
        return [MenuEntry(_("End the break"), "break_done"), MenuEntry(_("Start another break"), "break")]
    lengths = sorted({*LONGER, settings.break_.long_minutes})
    longer = MenuEntry(_("Longer break"), children=_lengths("break:", lengths))
    if status.state is not State.SHOWN:
        walks = Signal.CALL in status.signals and not status.seated_mode
        call = [MenuEntry(_("Walk this call"), "walk_call")] if walks else []
        return [MenuEntry(_("Start a break"), "break"), longer, *call]
    later = tuple(
        MenuEntry(_("In {length:g} min", length=length), f"snooze:{length:g}")
        for length in settings.prompt.snooze_minutes
    )
    return [
        MenuEntry(_("Start the break"), "start"),
        longer,
        MenuEntry(_("Later"), enabled=status.snoozes_left > 0, children=later),
        *(_desk(status) if settings.raises_desk else []),
        MenuEntry(_("Not now"), "not_now"),
    ]


def _lengths(key: str, minutes: Iterable[float]) -> tuple[MenuEntry, ...]:
    """An entry for each of these minutes, which end its key."""
    return tuple(MenuEntry(_("{minutes} min", minutes=numeral(each)), f"{key}{each:g}") for each in minutes)


def _desk(status: Status) -> list[MenuEntry]:
    """The answers of somebody whose desk goes up."""
    if status.sitting is None:
        return [MenuEntry(_("Sitting again"), "standing:off")]
    return [
        MenuEntry(_("Stand for a while"), children=_lengths("stand:", STANDS)),
        MenuEntry(_("I'm standing already"), "standing_already"),
    ]


def _question(status: Status) -> list[MenuEntry]:
    speak = speech(status.seated_mode)
    if status.state is State.ASKING:
        return [MenuEntry(_(speak.yes), "up:yes"), MenuEntry(_("No, I was at my desk"), "up:no")]
    if not status.question:
        return []
    if status.question_small:
        answers = [
            MenuEntry(begun(_(speak.up)), "gap:up"),
            MenuEntry(_("Part of it"), "gap:part"),
            MenuEntry(_("At my desk"), "gap:here"),
        ]
        return [MenuEntry(sentence(_(speak.asked)), children=tuple(answers))]
    stood = [] if status.seated_mode else [MenuEntry(_("Stood"), "gap:stood")]
    answers = [
        MenuEntry(_("Here, at my desk"), "gap:here"),
        MenuEntry(_(speak.walked), children=_lengths("gap:walked-", WALKED)),
        *stood,
        MenuEntry(_(notification_texts.LUNCH), "gap:sat"),
        MenuEntry(_("Sitting elsewhere"), "gap:sat"),
        MenuEntry(_("I'd rather not say"), "gap:skip"),
    ]
    return [MenuEntry(_("Where were you?"), children=tuple(answers))]


def _declared(status: Status) -> list[MenuEntry]:
    standing = status.standing
    meeting, reading = Signal.MEETING in status.signals, Signal.READING in status.signals
    raised = (
        []
        if status.seated_mode
        else [MenuEntry(_("Standing at the desk"), f"standing:{_flip(standing)}", checked=standing)]
    )
    return [
        *raised,
        MenuEntry(_("Meeting at this desk"), f"meeting:{_flip(meeting)}", checked=meeting),
        MenuEntry(_("Reading"), f"reading:{_flip(reading)}", checked=reading),
    ]


def _flip(on: bool) -> str:
    return "off" if on else "on"


def _pause(status: Status) -> list[MenuEntry]:
    if status.paused:
        return [MenuEntry(_("Resume"), "resume")]
    choices = [
        MenuEntry(_(length, time=clock(status.at.plus(timedelta(minutes=minutes)).local)), f"pause:{minutes}")
        for length, minutes in PAUSES
    ]
    open_end = (MenuEntry(_("Until tomorrow"), "pause:tomorrow"), MenuEntry(_("Until I resume"), "pause_open"))
    return [MenuEntry(_("Pause"), children=(*choices, *open_end))]

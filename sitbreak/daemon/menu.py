"""The tray menu, made anew from the status; keys are those of commands.py and a few of the program itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sitbreak.core.events import Signal
from sitbreak.core.prompt_states import State
from sitbreak.core.status import Status
from sitbreak.daemon import notices, words
from sitbreak.daemon.commands import GOAL
from sitbreak.ports import MenuEntry
from sitbreak.review.words import speech

RULE = MenuEntry("-")
NOT_WRITTEN = "Records wait in memory until the disk takes them"
CRASHED = "It crashed and was started again; the log has the details"
GOALS = (10, 15, 20, 30, 40, 60)  # minutes a day
WALKED = (5, 10, 15, 20, 30, 45, 60)


def menu(
    status: Status,
    confirmed: float,
    goal: float,
    snoozes: tuple[float, ...],
    notes: Sequence[str] = (),
    *,
    standing_desk: bool = False,
    sitting: str = "",
) -> tuple[MenuEntry, ...]:
    """The entries, top down; `notes` are lines about what is wrong, `sitting` the estimate of today."""
    return (
        MenuEntry(words.first_line(status), enabled=False),
        MenuEntry(words.today(confirmed, goal, status.seated_mode), "today", default=True),
        *([MenuEntry(sitting, enabled=False)] if sitting else []),
        RULE,
        *_prompt(status, snoozes, standing_desk),
        *_question(status),
        RULE,
        *_declared(status),
        *_pause(status),
        RULE,
        *(MenuEntry(note, enabled=False) for note in notes),
        _goal(round(goal)),
        MenuEntry("Summary", "summary"),
        MenuEntry("Movements", "movements"),
        MenuEntry("Settings", "settings"),
        MenuEntry("Help", "help"),
        MenuEntry("Quit", "quit"),
    )


def _goal(minutes: int) -> MenuEntry:
    choices = sorted({minutes, *GOALS} - {0})
    entries = (MenuEntry(f"{each} min a day", f"{GOAL}{each}", checked=each == minutes) for each in choices)
    return MenuEntry("Goal", children=tuple(entries))


def _prompt(status: Status, snoozes: tuple[float, ...], standing_desk: bool) -> list[MenuEntry]:
    if status.break_left is not None:
        return [MenuEntry("End the break", "break_done"), MenuEntry("Start another break", "break")]
    if status.state is not State.SHOWN:
        walks = Signal.CALL in status.signals and not status.seated_mode
        call = [MenuEntry("Walk this call", "walk_call")] if walks else []
        return [MenuEntry("Start a break", "break"), MenuEntry("Longer break", "break_long"), *call]
    stands = standing_desk and not status.seated_mode
    already = [MenuEntry("I'm standing already", "standing_already")] if stands else []
    left = status.snoozes_left > 0
    later = tuple(MenuEntry(f"In {length:g} min", f"snooze:{length:g}") for length in snoozes)
    return [
        MenuEntry("Start the break", "start"),
        MenuEntry("Longer break", "long"),
        MenuEntry("Later", enabled=left, children=later),
        *already,
        MenuEntry("Not now", "not_now"),
    ]


def _question(status: Status) -> list[MenuEntry]:
    speak = speech(status.seated_mode)
    if status.state is State.ASKING:
        return [MenuEntry(f"Yes, I was {speak.up}", "up:yes"), MenuEntry("No, I was at my desk", "up:no")]
    if not status.question:
        return []
    if status.question_small:
        answers = [
            MenuEntry(speak.up.capitalize(), "gap:up"),
            MenuEntry("Part of it", "gap:part"),
            MenuEntry("At my desk", "gap:here"),
        ]
        return [MenuEntry(f"Were you {speak.up} just now?", children=tuple(answers))]
    walked = tuple(MenuEntry(f"{length} min", f"gap:walked-{length}") for length in WALKED)
    stood = [] if status.seated_mode else [MenuEntry("Stood", "gap:stood")]
    answers = [
        MenuEntry("Here, at my desk", "gap:here"),
        MenuEntry(speak.walked, children=walked),
        *stood,
        MenuEntry(notices.SAT_ELSEWHERE, "gap:sat"),
        MenuEntry("I'd rather not say", "gap:skip"),
    ]
    return [MenuEntry("Where were you?", children=tuple(answers))]


def _declared(status: Status) -> list[MenuEntry]:
    standing = status.standing_left is not None
    meeting, reading = Signal.MEETING in status.signals, Signal.READING in status.signals
    raised = (
        []
        if status.seated_mode
        else [MenuEntry("Standing at the desk", f"standing:{_flip(standing)}", checked=standing)]
    )
    return [
        *raised,
        MenuEntry("Meeting at this desk", f"meeting:{_flip(meeting)}", checked=meeting),
        MenuEntry("Reading", f"reading:{_flip(reading)}", checked=reading),
    ]


def _flip(on: bool) -> str:
    return "off" if on else "on"


def _pause(status: Status) -> list[MenuEntry]:
    if status.paused:
        return [MenuEntry("Resume", "resume")]
    choices = [
        MenuEntry(f"{length}, until {status.at.plus(timedelta(minutes=minutes)).local:%H:%M}", f"pause:{minutes}")
        for length, minutes in (("30 minutes", 30), ("1 hour", 60), ("2 hours", 120))
    ]
    return [MenuEntry("Pause", children=(*choices, MenuEntry("Until tomorrow", "pause:tomorrow")))]

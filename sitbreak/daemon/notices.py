"""What notifications say: the prompt with its answers, and each question. Pure."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core import effects as fx
from sitbreak.core.movements import SHORT_WALK, Movement
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.ports import Action, Note
from sitbreak.review.words import speech
from sitbreak.settings.model import Settings

PROMPT, QUESTION = "prompt", "question"
SAT_ELSEWHERE = "Lunch, or sat elsewhere"
TWO = 2.0  # minutes, the usual break, which has words of its own


def prompt(shown: fx.ShowPrompt, movement: Movement, settings: Settings, default: str) -> Note:
    """The prompt; `default` is the key of what a click on it means."""
    rest, snooze = settings.break_, settings.prompt.snooze_minutes[0]
    actions = [Action("start", f"Start {rest.minutes:g} min"), Action("long", f"{rest.long_minutes:g} min")]
    if shown.snooze_left > 0:
        actions.append(Action(f"snooze:{snooze:g}", f"In {snooze:g} min"))
    if settings.day.standing_desk and not settings.movements.seated_mode:
        actions.append(Action("standing_already", "I'm standing already"))
    actions.append(Action("not_now", "Not now"))
    body = f"{words.invitation(movement)}\n{words.reason_line(movement, shown.bout)}"
    silent = shown.silent or not settings.prompt.sound
    return Note(PROMPT, title(shown, movement, settings), body, tuple(actions), default, silent)


def soon(two: bool) -> Note:
    """The quiet word before a prompt, which takes its place when it comes."""
    what = "Two minutes" if two else "A break"
    return Note(PROMPT, f"{what} soon", "In half a minute, or at your next pause.", silent=True)


def title(shown: fx.ShowPrompt, movement: Movement, settings: Settings) -> str:
    """What the prompt asks, on the notification as on the card."""
    if settings.movements.seated_mode:
        return "Good moment to move a little?"
    if not shown.brief:
        return f"Good moment for {'two minutes' if settings.break_.minutes == TWO else 'a break'}?"
    return "Just stand and walk to the window?" if movement.id == SHORT_WALK else "Just a short one?"


def were_you_up(away: timedelta, seated_mode: bool) -> Note:
    """Whether an absence of a few minutes at a prompt was a break."""
    yes_no = (Action("up:yes", "Yes"), Action("up:no", "No"))
    body = f"About {words.minutes(away)}. Yes counts it as a break."
    return _question(f"Were you {speech(seated_mode).up} just now?", body, yes_no)


def still_standing() -> Note:
    """Whether the desk is still raised."""
    keep = (Action("standing:on", "Still standing"), Action("standing:off", "Sitting again"))
    return _question("Still standing?", "40 min are noted. Without an answer, sitting is counted from here.", keep)


def about_gap(start: Instant, end: Instant, seated_mode: bool) -> Note:
    """What a long silence was."""
    walked = speech(seated_mode).walked
    actions = (
        Action("gap:here", "Here, at my desk"),
        Action("gap:walked-10", f"{walked} 10 min"),
        Action("gap:walked-20", f"{walked} 20 min"),
        *(() if seated_mode else (Action("gap:stood", "Stood"),)),
        Action("gap:sat", SAT_ELSEWHERE),
    )
    asked = f"Where were you from {start.local:%H:%M} to {end.local:%H:%M}?"
    return _question(asked, "You can ignore this. The tray menu has more answers.", actions)


def about_silence(start: Instant, end: Instant, seated_mode: bool) -> Note:
    """The small question about a shorter silence, from which the estimate learns."""
    up = speech(seated_mode).up
    actions = (Action("gap:up", up.capitalize()), Action("gap:part", "Part of it"), Action("gap:here", "At my desk"))
    span = f"{start.local:%H:%M} to {end.local:%H:%M} nothing was typed."
    return _question(f"Were you {up}?", f"{span} The estimate learns from it. You can ignore this.", actions)


def _question(title: str, body: str, actions: tuple[Action, ...]) -> Note:
    return Note(QUESTION, title, body, actions, silent=True)

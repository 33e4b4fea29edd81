"""What notifications say: the prompt with its answers, each question, and the step that a break has come to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core import effects as fx
from sitbreak.core.event_messages import STOOD
from sitbreak.core.movements import SHORT_WALK, Movement
from sitbreak.core.records import Reason
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.language import N_, _, begun, paragraph, sentence
from sitbreak.ports import Action, Note
from sitbreak.review.dates import clock
from sitbreak.review.words import area_names, speech
from sitbreak.settings.model import Settings

PROMPT, QUESTION = "prompt", "question"
LUNCH = N_("Lunch, sitting")
TWO = 2.0  # minutes, the usual break, which has words of its own


def prompt(shown: fx.ShowPrompt, movement: Movement, settings: Settings, default: str) -> Note:
    """The prompt; `default` is the key of what a click on it means."""
    rest, snooze = settings.break_, settings.prompt.snooze_minutes[0]
    actions = [
        Action("start", _("Start {minutes:g} min", minutes=rest.minutes)),
        Action("long", _("{long_minutes:g} min", long_minutes=rest.long_minutes)),
    ]
    if shown.snooze_left > 0:
        actions.append(Action(f"snooze:{snooze:g}", _("In {snooze:g} min", snooze=snooze)))
    where = desk(shown, settings)
    if where == "down":
        minutes = STOOD / timedelta(minutes=1)
        actions.append(Action(f"stand:{minutes:g}", _("Stand {minutes:g} min", minutes=minutes)))
    elif where == "up":
        actions.append(Action("standing:off", _("Sitting again")))
    actions.append(Action("not_now", _("Not now")))
    areas, bout = sentence(area_names(movement.areas)), words.at_the_desk(shown.bout, standing=where == "up")
    body = f"{words.invitation(movement)}\n{paragraph(areas, bout)}".rstrip()
    silent = shown.silent or not settings.prompt.sound
    return Note(PROMPT, title(shown, movement, settings), body, tuple(actions), default, silent)


def desk(shown: fx.ShowPrompt, settings: Settings) -> str:
    """Where the desk is at this prompt, down or up; empty where there is none that goes up, or in seated mode."""
    if not settings.raises_desk:
        return ""
    return "up" if shown.reason is Reason.STANDING else "down"


def soon(two: bool) -> Note:
    """The quiet word before a prompt, which takes its place when it comes."""
    what = _("Two minutes soon") if two else _("A break soon")
    return Note(PROMPT, what, _("In half a minute, or at your next pause."), silent=True)


def title(shown: fx.ShowPrompt, movement: Movement, settings: Settings) -> str:
    """What the prompt asks, on the notification as on the card."""
    if settings.movements.seated_mode:
        return _("Good moment to move a little?")
    if not shown.brief:
        return _("Good moment for two minutes?") if settings.break_.minutes == TWO else _("Good moment for a break?")
    return _("Just stand and walk to the window?") if movement.id == SHORT_WALK else _("Just a short one?")


def were_you_up(away: timedelta, seated_mode: bool) -> Note:
    """Whether an absence of a few minutes at a prompt was a break."""
    yes_no = (Action("up:yes", _("Yes")), Action("up:no", _("No")))
    body = _("About {minutes}. Yes counts it as a break.", minutes=words.minutes(away))
    return _question(sentence(_(speech(seated_mode).asked)), body, yes_no)


def still_standing(asked: fx.AskStillStanding) -> Note:
    """Whether the desk is still raised, or an offer to lower it; where a sensor tells of it no answer is needed."""
    lower, time = _("Lower the desk, if you like"), words.minutes(asked.stood)
    if asked.measured:
        return _question(lower, _("{time} are noted. Standing counts on until the desk is lowered.", time=time), ())
    keep = (Action("standing:on", _("Still standing")), Action("standing:off", _("Sitting again")))
    noted = _("{time} are noted. Without an answer, sitting is counted from here.", time=time)
    return _question(lower, noted, keep[::-1]) if asked.chosen else _question(_("Still standing?"), noted, keep)


def about_gap(start: Instant, end: Instant, seated_mode: bool) -> Note:
    """What a long silence was."""
    walked = _(speech(seated_mode).walked)
    actions = (
        Action("gap:here", _("Here, at my desk")),
        Action("gap:walked-10", _("{walked} {minutes} min", walked=walked, minutes=10)),
        Action("gap:walked-20", _("{walked} {minutes} min", walked=walked, minutes=20)),
        *(() if seated_mode else (Action("gap:stood", _("Stood")),)),
        Action("gap:sat", _(LUNCH)),
    )
    asked = _("Where were you from {start} to {end}?", start=clock(start.local), end=clock(end.local))
    return _question(asked, _("You can ignore this. The tray menu has more answers."), actions)


def about_silence(start: Instant, end: Instant, seated_mode: bool) -> Note:
    """The small question about a shorter silence, from which the estimate learns."""
    speak = speech(seated_mode)
    actions = (
        Action("gap:up", begun(_(speak.up))),
        Action("gap:part", _("Part of it")),
        Action("gap:here", _("At my desk")),
    )
    body = _(
        "{start} to {end} nothing was typed. The estimate learns from it. You can ignore this.",
        start=clock(start.local),
        end=clock(end.local),
    )
    return _question(_(speak.question), body, actions)


def _question(title: str, body: str, actions: tuple[Action, ...]) -> Note:
    """A click on it opens Today, where all its answers are."""
    return Note(QUESTION, title, body, actions, "today", silent=True)


@dataclass(slots=True)
class Resting:
    """A break on show. `said` is the step shown last."""

    movement: Movement
    accepted: Instant
    length: timedelta
    in_window: bool
    said: str = ""
    hushed: bool = False  # its window knows of a call: no chime
    done: bool = False  # the person has seen enough: no more countdown, no chime

    def left(self, at: Instant) -> timedelta:
        """The time left; zero or less when it is over."""
        return self.length - at.since(self.accepted)

    def step(self, at: Instant) -> str:
        """The step under way; the steps are stretched to the length of the break."""
        whole = sum(step.seconds for step in self.movement.steps)
        reached = at.since(self.accepted) / self.length * whole
        for step in self.movement.steps:
            reached -= step.seconds
            if reached < 0:
                return step.text
        return self.movement.steps[-1].text

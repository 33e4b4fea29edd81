"""The words about the present: why there is or is no prompt now, in the tray, the Today window and the terminal."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.holds import Hold
from sitbreak.core.movements import Movement
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Outcome
from sitbreak.core.status import Status
from sitbreak.review.words import speech

MINUTE = timedelta(minutes=1)

HELD = {
    Hold.CALL: "microphone or camera in use",
    Hold.SHARING: "you are sharing your screen",
    Hold.PRESENTATION: "a presentation or film in full screen",
    Hold.DND: "do-not-disturb is on",
    Hold.MEETING: "you said meeting at this desk",
    Hold.LOCK: "the screen is locked",
    Hold.OFF_HOURS: "outside your working hours",
    Hold.PAUSE: "paused",
    Hold.QUIET_APP: "an app on your quiet list",
}
CAME = {
    "lull": "it came in a pause in your typing",
    "latest": "your longest sitting time was up",
    "held_end": "it came when what held it ended",
    "unlock": "it came after the screen was unlocked",
    "return": "it came again after an earlier one",
    "snooze": "it came back after your snooze",
    "held_limit": "it came silently, having waited long enough",
}


def minutes(duration: timedelta) -> str:
    """A duration for people: "under a minute", "1 min", "1 h 5 min"."""
    whole = int(duration / MINUTE)
    if whole < 1:
        return f"{max(0, int(duration.total_seconds()))} s"
    hours, rest = divmod(whole, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def exactly(duration: timedelta) -> str:
    """A duration to the second: "2 min 40 s"."""
    whole, seconds = divmod(int(duration.total_seconds()), 60)
    if not whole:
        return f"{seconds} s"
    return f"{whole} min {seconds} s" if seconds else f"{whole} min"


def glyph(status: Status) -> str:
    """The tray glyph (spec 7)."""
    if status.blind:
        return "blind"
    if status.break_left is not None:
        return "break"
    if status.standing_left is not None:
        return "standing"
    if status.paused:
        return "paused"
    if status.state is State.HELD or (status.due and status.holds):
        return "withheld"
    here = not status.away or status.state is State.SHOWN
    return "due" if status.due and here else "sitting"


def progress(status: Status) -> float:
    """How far the ring is filled toward the prompt, 0 to 1."""
    if status.sitting is None or status.closes_in is None:
        return 0.0
    left = status.closes_in + status.idle if status.away else status.closes_in  # as it was when they left
    whole = status.sitting + left
    return min(1.0, max(0.0, status.sitting / whole)) if whole > timedelta(0) else 1.0


def held(status: Status) -> str:
    """What holds the prompt, with the app behind it where that is known."""
    reasons = ", ".join(HELD[hold] for hold in sorted(status.holds))
    return f"{reasons} ({status.holder})" if status.holder and Hold.CALL in status.holds else reasons


def why(status: Status) -> str:
    """Why there is a prompt now, or why there is none."""
    if status.blind:
        return f"I cannot see the keyboard here, so I am not counting: {status.blind.rstrip('.')}"
    if status.break_left is not None:
        left = status.break_left
        return f"on a break, {exactly(left)} to go" if left > timedelta(0) else "on a break, take as long as you like"
    if status.standing_left is not None:
        return f"I will ask again in {minutes(status.standing_left)}"
    if status.paused:
        more = status.pause_left
        return f"paused for {minutes(more)} more" if more is not None else "paused until you resume"
    if status.observing:
        return "watching your usual days, no reminders meanwhile"
    return _waiting(status)


def _waiting(status: Status) -> str:
    if status.away and status.state is not State.SHOWN:
        return "the screen is locked" if Hold.LOCK in status.holds else "you seem to be away"
    match status.state:
        case State.SHOWN if status.dismissed:
            return "you closed the reminder; it waits here for two minutes"
        case State.SHOWN:
            return "a reminder is on screen"
        case State.HELD:
            return f"a reminder waits: {held(status)}"
        case State.QUIET if status.seated_mode:
            return "time for a break; no more reminders until you have moved"
        case State.QUIET:
            return "time for a break; no more reminders until you have been up"
        case State.DUE:
            return "time for a break; the reminder comes when you are back"
        case State.LEAVING:
            return f"no answer; you may be {speech(status.seated_mode).up}"
        case State.ASKING:
            return f"were you {speech(status.seated_mode).up} just now?"
        case State.SEEKING:
            return "waiting for a pause in your typing"
        case _ if status.opens_in is not None:
            return f"next reminder in {minutes(status.opens_in)} at the earliest"
        case _:
            return "no reminder now"


def sitting(status: Status) -> str:
    """How long the person has been sitting, as an estimate; for somebody who is away, until when."""
    if status.sitting is None:
        return "Standing"
    if status.sitting < MINUTE:
        told = "Under a minute at the desk"
    else:
        told = f"About {minutes(status.sitting)} at the desk"
    seen = status.last_seen
    if seen is None:
        return told
    day = "" if seen.local.date() == status.at.local.date() else f"{seen.local:%A} "
    return f"{told}, until {day}{seen.local:%H:%M}"


def sentence(words: str) -> str:
    """The words as a sentence of their own."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('?', '.')) else '.'}"


def first_line(status: Status) -> str:
    """The tray's first menu line."""
    return f"{sitting(status)}: {why(status)}" if not status.blind else why(status)


def today(confirmed: float, goal: float, seated_mode: bool) -> str:
    """The day's confirmed minutes against the goal; only complete ones, as in the summary."""
    return f"Today {_full(confirmed)} of {goal:.0f} min {speech(seated_mode).earned}"


def tooltip(status: Status, confirmed: float, goal: float) -> str:
    """The tray's tooltip; short enough for Windows' 127 characters in most cases."""
    return f"{sentence(first_line(status))} {today(confirmed, goal, status.seated_mode)}"


def last_prompt(status: Status) -> str:
    """Why the last prompt came when it did; empty without one."""
    if status.last_shown is None:
        return ""
    return f"Last reminder at {status.last_shown.local:%H:%M}: {CAME.get(status.last_reason, status.last_reason)}."


def not_counted(status: Status) -> str:
    """What looks like presence and is not taken for it, and what to do; empty when there is nothing of the kind."""
    told = []
    if status.forgotten:
        apps = ", ".join(status.forgotten)
        told.append(
            f"In use for over 3 h, so it no longer counts: {apps}. "
            f"`sitbreak config set prompt.ignored_apps NAME` ignores an app for good."
        )
    if status.beat is not None:
        how = f"every {status.beat.total_seconds():.0f} s" if status.beat else "without a pause"
        told.append(
            f"Something moves the pointer {how} and nobody types or clicks, "
            f"so it is not taken for you; any key or click counts again."
        )
    return " ".join(told)


def invitation(movement: Movement) -> str:
    """What it is and how it begins, without saying the same twice: "Walk to a window." """
    first = movement.steps[0].text if movement.steps else ""
    if not first or first.casefold().startswith(movement.title.casefold()):
        return f"{sentence(first or movement.title)}"
    return f"{movement.title}: {first}."


def why_this(movement: Movement, brief: bool, seated_mode: bool) -> str:
    """Why this one is suggested and no other (spec 3.1), in a sentence."""
    if brief:
        return "You said not now, so this one is short."
    if movement.is_walk and not seated_mode:
        return "Every second suggestion is a walk."
    return f"It is the turn of {', '.join(movement.areas)}: they waited longest."


def reason_line(movement: Movement, bout: timedelta) -> str:
    """ "Hips. About 38 min at the desk." """
    areas = ", ".join(movement.areas)
    return f"{areas[:1].upper()}{areas[1:]}. About {minutes(bout)} at the desk."


def result(outcome: Outcome, credited: timedelta, confirmed: float, goal: float) -> str:
    """What a break came to, honestly."""
    day = f"{_full(confirmed)} of {goal:.0f} minutes today"
    if outcome is Outcome.TAKEN:
        return f"{exactly(credited)} counted. That makes {day}."
    if outcome is Outcome.STRETCHED:
        return f"Stretched. It is noted, and the sitting time goes on: {day}."
    return f"That was under a minute away from the desk, so it is not counted: {day}."


def _full(minutes: float) -> int:
    """Whole minutes that are complete: 19.9 of 20 is not 20."""
    return int(minutes + 1e-9)

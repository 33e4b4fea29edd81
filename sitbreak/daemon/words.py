"""The words about the present: why there is or is no prompt now, in the tray, the Today window and the terminal."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.events import Sensor
from sitbreak.core.human_input import Against
from sitbreak.core.movements import Movement
from sitbreak.core.prompt_states import Hold, State
from sitbreak.core.records import Outcome
from sitbreak.core.rounding import full
from sitbreak.core.sensor_words import Distrust
from sitbreak.core.status import Status
from sitbreak.language import N_, _, aside, clause, comma_list, paragraph, said, sentence
from sitbreak.review.dates import clock, day_name
from sitbreak.review.words import area_names, credited, speech

MINUTE = timedelta(minutes=1)

HELD = {
    Hold.CALL: N_("microphone or camera in use"),
    Hold.SHARING: N_("you are sharing your screen"),
    Hold.PRESENTATION: N_("a presentation or film in full screen"),
    Hold.DND: N_("do-not-disturb is on"),
    Hold.MEETING: N_("you said meeting at this desk"),
    Hold.LOCK: N_("the screen is locked"),
    Hold.OFF_HOURS: N_("outside your working hours"),
    Hold.PAUSE: N_("paused"),
    Hold.QUIET_APP: N_("an app on your quiet list"),
}
CAME = {
    "lull": N_("it came in a pause in your typing"),
    "latest": N_("your longest sitting time was up"),
    "held_end": N_("it came when what held it ended"),
    "unlock": N_("it came after the screen was unlocked"),
    "return": N_("it came again after an earlier one"),
    "snooze": N_("it came back after your snooze"),
    "held_limit": N_("it came silently, having waited long enough"),
    "standing": N_("you had stood for long"),
}
AGAINST = {
    Against.LOCK: N_(
        "Keys or the mouse were used for over 20 min while the screen counts as locked, so that does not count as "
        "your being here. If it is not locked, please start sitbreak again."
    ),
    Against.REST: N_(
        "Input has come for over 4 h without a minute's rest. If those were not your hands, something else presses "
        "keys or moves the mouse."
    ),
}
DOUBTED = {
    (Sensor.SEAT, Distrust.SILENT): N_(
        "The seat sensor was not heard for a while, so it does not count until it says occupied while you type."
    ),
    (Sensor.SEAT, Distrust.TYPED): N_(
        "The seat sensor said empty while you typed, so it does not count until it says occupied while you do."
    ),
    (Sensor.SEAT, Distrust.NOBODY): N_(
        "The seat sensor said occupied for an hour and a half without input (does a bag lie there?), so it does not "
        "count until it has said empty, and then occupied while you type."
    ),
    (Sensor.SEAT, Distrust.RESTLESS): N_(
        "The seat sensor says something else all the time, so it does not count until it is steady."
    ),
    (Sensor.DESK, Distrust.RESTLESS): N_(
        "The desk sensor says something else all the time, so it does not count until it is steady."
    ),
    (Sensor.DESK, Distrust.SILENT): N_(
        "The desk sensor was not heard for a while, so it does not count until it is heard again."
    ),
    (Sensor.DESK, Distrust.DENIED): N_(
        "The desk sensor said raised and you said lowered, so it does not count until it says something else."
    ),
}


def minutes(duration: timedelta) -> str:
    """A duration for people: "40 s", "1 min", "1 h 5 min"."""
    return credited(max(duration, timedelta()))


def exactly(duration: timedelta) -> str:
    """A duration to the second: "2 min 40 s"."""
    whole, seconds = divmod(int(duration.total_seconds()), 60)
    if not whole:
        return _("{seconds} s", seconds=seconds)
    return (
        _("{minutes} min {seconds} s", minutes=whole, seconds=seconds) if seconds else _("{minutes} min", minutes=whole)
    )


def glyph(status: Status) -> str:
    """The tray glyph (spec 7)."""
    if status.blind:
        return "blind"
    if status.break_left is not None:
        return "break"
    if status.standing and not status.due:
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
    reasons = comma_list(_(HELD[hold]) for hold in sorted(status.holds))
    return aside(reasons, status.holder if Hold.CALL in status.holds else "")


def why(status: Status) -> str:
    """Why there is a prompt now, or why there is none."""
    if status.blind:
        why_blind = clause(_(said(status.blind)))
        return _("I cannot see the keyboard here, so I am not counting: {why}", why=why_blind)
    if status.break_left is not None:
        left = status.break_left
        return _("{exactly} to go", exactly=exactly(left)) if left > timedelta(0) else _("take as long as you like")
    if status.standing_left is not None and status.state in (State.RESTING, State.SEEKING):
        return _("I will ask again in {minutes}", minutes=minutes(status.standing_left))
    if status.standing and status.desk_raised and status.state in (State.RESTING, State.SEEKING):
        return _("your desk is raised")
    if status.paused:
        more = status.pause_left
        return (
            _("paused for {minutes} more", minutes=minutes(more)) if more is not None else _("paused until you resume")
        )
    if status.observing:
        return _("watching your usual days, no reminders meanwhile")
    return _waiting(status)


def _waiting(status: Status) -> str:
    if status.away and status.state is not State.SHOWN:
        return _("the screen is locked") if Hold.LOCK in status.holds else _("you seem to be away")
    match status.state:
        case State.SHOWN if status.dismissed:
            return _("you closed the reminder; it waits here for two minutes")
        case State.SHOWN:
            return _("a reminder is on screen")
        case State.HELD:
            return _("a reminder waits: {held}", held=held(status))
        case State.QUIET if status.seated_mode or status.sitting is None:
            return _("time for a break; no more reminders until you have moved")
        case State.QUIET:
            return _("time for a break; no more reminders until you have been up")
        case State.DUE:
            return _("time for a break; the reminder comes when you are back")
        case State.LEAVING:
            return _(speech(status.seated_mode).perhaps)
        case State.ASKING:
            return _(speech(status.seated_mode).asked)
        case _ if Hold.OFF_HOURS in status.holds:
            return _("outside your working hours, no reminders")
        case State.SEEKING:
            return _("waiting for a pause in your typing")
        case _ if status.opens_in is not None:
            return _("next reminder in {minutes} at the earliest", minutes=minutes(status.opens_in))
        case _:
            return _("no reminder now")


def sitting(status: Status) -> str:
    """How long the person has been sitting, as an estimate; for somebody who is away, until when; or their break."""
    if status.break_left is not None:
        return _("On a break")
    if status.sitting is None:
        return _("Standing")
    if status.sitting < MINUTE:
        told = _("Under a minute at the desk")
    else:
        told = _("About {minutes} at the desk", minutes=minutes(status.sitting))
    seen = status.last_seen
    if seen is None:
        return _("{sitting}, measured", sitting=told) if status.seat else told
    time = clock(seen.local)
    if seen.local.date() == status.at.local.date():
        return _("{sitting}, until {time}", sitting=told, time=time)
    return _("{sitting}, until {day} {time}", sitting=told, day=day_name(seen.local.weekday()), time=time)


def first_line(status: Status) -> str:
    """The tray's first menu line."""
    return _("{sitting}: {why}", sitting=sitting(status), why=why(status)) if not status.blind else why(status)


def today(confirmed: float, goal: float, seated_mode: bool) -> str:
    """The day's confirmed minutes against the goal; only complete ones, as in the summary."""
    return _(speech(seated_mode).today, minutes=full(confirmed), goal=f"{goal:.0f}")


def tooltip(status: Status, confirmed: float, goal: float) -> str:
    """The tray's tooltip; short enough for Windows' 127 characters in most cases."""
    return paragraph(sentence(first_line(status)), today(confirmed, goal, status.seated_mode))


def last_prompt(status: Status) -> str:
    """Why the last prompt came when it did; empty without one."""
    if status.last_shown is None:
        return ""
    came = _(CAME.get(status.last_reason, status.last_reason))
    return _("Last reminder at {time}: {why}.", time=clock(status.last_shown.local), why=came)


def not_counted(status: Status) -> str:
    """What looks like presence and is not taken for it, and what to do; empty when there is nothing of the kind.

    Sensors that lost their word are among it.
    """
    doubts = ((Sensor.SEAT, status.seat_doubt), (Sensor.DESK, status.desk_doubt))
    told = [_(DOUBTED[sensor, why]) for sensor, why in doubts if why is not None]
    if status.forgotten:
        apps = comma_list(map(said, status.forgotten))
        told.append(
            _(
                "In use for over 3 h, so it no longer counts: {apps}. "
                "`sitbreak config set prompt.ignored_apps NAME` ignores an app for good.",
                apps=apps,
            )
        )
    if status.deaf:
        told.append(
            _(
                "You answer, and no key, click or movement of the mouse is seen meanwhile: what watches for them here "
                "may not work. Please start sitbreak again, or choose another source of activity."
            )
        )
    if status.against is not None:
        told.append(_(AGAINST[status.against]))
    if status.beat is not None:
        told.append(
            _(
                "Something moves the pointer every {seconds} s and nobody types or clicks, "
                "so it is not taken for you; any key or click counts again.",
                seconds=f"{status.beat.total_seconds():.0f}",
            )
            if status.beat
            else _(
                "Something moves the pointer without a pause and nobody types or clicks, "
                "so it is not taken for you; any key or click counts again."
            )
        )
    return paragraph(*told)


def invitation(movement: Movement) -> str:
    """What it is and how it begins, without saying the same twice: "Walk to a window." """
    first, title = said(movement.steps[0].text) if movement.steps else "", said(movement.title)
    if not first or first.casefold().startswith(title.casefold()):
        return sentence(first or title)
    return _("{title}: {step}.", title=title, step=first)


def why_this(movement: Movement, brief: bool, seated_mode: bool) -> str:
    """Why this one is suggested and no other (spec 3.1), in a sentence."""
    if brief:
        return _("You said not now, so this one is short.")
    if movement.is_walk and not seated_mode:
        return _("Every second suggestion is a walk.")
    return _("Next in turn: {areas}, which waited longest.", areas=area_names(movement.areas))


def at_the_desk(bout: timedelta, *, standing: bool) -> str:
    """ "About 38 min at the desk."; empty for a bout that hardly began."""
    text = N_("About {time} standing.") if standing else N_("About {time} at the desk.")
    return _(text, time=minutes(bout)) if bout >= MINUTE else ""


def result(outcome: Outcome, credited: timedelta, confirmed: float, goal: float) -> str:
    """What a break came to, honestly."""
    day = {"minutes": full(confirmed), "goal": f"{goal:.0f}"}
    if outcome is Outcome.TAKEN:
        return _("{time} counted. That makes {minutes} of {goal} minutes today.", time=exactly(credited), **day)
    if outcome is Outcome.STRETCHED:
        return _("Stretched. It is noted, and the sitting time goes on: {minutes} of {goal} minutes today.", **day)
    return _(
        "That was under a minute away from the desk, so it is not counted: {minutes} of {goal} minutes today.", **day
    )

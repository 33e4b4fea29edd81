"""The one spelling of what a person says: events as plain messages and back, with every bound checked once.

A message is {"do": ..., further fields}, as JSON has it. Socket, windows, tray, shortcuts, the actions of notifications
and the event log all speak it; only how a moment is told differs (a local time, or seconds of a log).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeGuard

from sitbreak.core.events import (
    AnotherAsked,
    Answer,
    BreakDone,
    BreakRequested,
    CorrectionRequested,
    Declared,
    Event,
    GapAnswered,
    LevelChosen,
    PauseRequested,
    Present,
    PromptAnswered,
    ResumeRequested,
    Sensor,
    SensorRead,
    Signal,
    StandingDeclared,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.frozen import frozen
from sitbreak.core.movements import LEVELS
from sitbreak.core.records import GapLabel, SpanClass
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import MINUTE, Instant

Message = Mapping[str, object]
MOST_MINUTES = 24 * 60
SNOOZED, STOOD = 10 * MINUTE, 20 * MINUTE  # where an answer says no minutes
STANDS = (15.0, 20.0, 30.0)  # minutes of standing that are offered
TOMORROW = "tomorrow"


class NotUnderstood(ValueError):
    """A message is not understood; the text says which field, and what is allowed."""


@frozen
class MessageField:
    """A field of a message: what fits, how that is told, and its default unless it must be there."""

    fits: Callable[[object], bool]
    allowed: str
    default: object = None
    required: bool = True

    def of(self, message: Message, name: str) -> object:
        """The field's value, or its default. Raises NotUnderstood."""
        if name not in message:
            if self.required:
                raise NotUnderstood(Sentence("{name}: missing; allowed: {allowed}.", name=name, allowed=self.allowed))
            return self.default
        value = message[name]
        unsaid = value is None and self.default is None and not self.required
        if not unsaid and not self.fits(value):
            raise NotUnderstood(
                Sentence(
                    "{name}: {value!r} is not allowed; allowed: {allowed}.",
                    name=name,
                    value=value,
                    allowed=self.allowed,
                )
            )
        return value


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether it is a number that can be calculated with; True and False are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def one_of(*words: str, default: str | None = None) -> MessageField:
    """One of these words; it must be there unless there is a default."""
    return MessageField(lambda value: value in words, ", ".join(words), default, default is None)


def minutes(default: float | None = None, *, required: bool = False) -> MessageField:
    """A length in minutes, above 0 and at most a day."""
    allowed = Sentence("a number of minutes above 0, at most {most_minutes}", most_minutes=MOST_MINUTES)
    return MessageField(lambda value: is_number(value) and 0 < value <= MOST_MINUTES, allowed, default, required)


def text(default: str | None = None) -> MessageField:
    """A text."""
    return MessageField(lambda value: isinstance(value, str), Sentence("a text"), default, default is None)


def _any(value: object) -> bool:
    return True  # whoever knows how the moment is told checks it


_WALKED = MessageField(
    lambda value: is_number(value) and 0 <= value <= MOST_MINUTES,
    Sentence("a number of minutes, 0 to {most_minutes}", most_minutes=MOST_MINUTES),
    0,
    False,
)
_MOMENT = MessageField(_any, Sentence("a time"))

# What has no fields.
PLAIN: Mapping[str, Event] = {
    "break_done": BreakDone(),
    "another": AnotherAsked(),
    "never_again": AnotherAsked(never=True),
    "resume": ResumeRequested(),
    "present": Present(),
    "standing_off": StandingDeclared(False),
    "meeting_on": Declared(Signal.MEETING, True),
    "meeting_off": Declared(Signal.MEETING, False),
    "reading_on": Declared(Signal.READING, True),
    "reading_off": Declared(Signal.READING, False),
}
# What sensors say; it is in an event log, and nobody says it to the program.
SENSED: Mapping[str, Event] = {
    "seat_occupied": SensorRead(Sensor.SEAT, True),
    "seat_empty": SensorRead(Sensor.SEAT, False),
    "seat_silent": SensorRead(Sensor.SEAT, None),
    "desk_raised": SensorRead(Sensor.DESK, True),
    "desk_lowered": SensorRead(Sensor.DESK, False),
    "desk_silent": SensorRead(Sensor.DESK, None),
}
FIELDS: Mapping[str, Mapping[str, MessageField]] = {
    "answer": {"answer": one_of(*(a.value for a in Answer)), "minutes": minutes()},
    "up_answer": {"answer": one_of("yes", "no")},
    "break": {"minutes": minutes(), "movement": text("")},
    "level": {"movement": text(), "level": one_of(*LEVELS)},
    "gap_answer": {"answer": one_of(*(label.value for label in GapLabel)), "minutes": _WALKED},
    "correct": {"from": _MOMENT, "to": _MOMENT, "class": one_of(*(kind.value for kind in SpanClass))},
    "log_walk": {"minutes": minutes(required=True), "source": text("log")},
    "pause": {"minutes": minutes(), "until": MessageField(lambda value: value == TOMORROW, TOMORROW, None, False)},
    "meeting": {"until": _MOMENT},
    "standing_on": {"minutes": minutes()},
}


def no_moment(name: str, value: object) -> Instant:
    """For places in which no moment can be told."""
    raise NotUnderstood(Sentence("{name}: no time can be said here.", name=name))


def event_of(
    message: Message,
    moment: Callable[[str, object], Instant] = no_moment,
    break_length: timedelta = 2 * MINUTE,
) -> Event | None:
    """The event that a message stands for; None when its `do` is none of these. Raises NotUnderstood.

    `moment` reads a moment from a field's name and value; `break_length` is that of a break that says none.
    """
    do = message.get("do")
    if not isinstance(do, str):
        return None
    if do not in FIELDS:
        return PLAIN.get(do)
    said = {name: field.of(message, name) for name, field in FIELDS[do].items()}
    length = said.get("minutes")
    long = float(length) * MINUTE if is_number(length) else None
    match do:
        case "answer":
            answer = Answer(str(said["answer"]))
            return PromptAnswered(answer, long or (STOOD if answer is Answer.STAND else SNOOZED))
        case "up_answer":
            return UpAnswered(said["answer"] == "yes")
        case "break":
            return BreakRequested(long or break_length, str(said["movement"]))
        case "level":
            return LevelChosen(str(said["movement"]), str(said["level"]))
        case "gap_answer":
            return GapAnswered(GapLabel(str(said["answer"])), long / MINUTE if long else 0.0)
        case "log_walk":
            return WalkLogged(long / MINUTE if long else 0.0, str(said["source"]))
        case "pause":
            return PauseRequested(None if said["until"] else long, tomorrow=bool(said["until"]))
        case "meeting":
            return Declared(Signal.MEETING, True, moment("until", said["until"]))
        case "standing_on":
            return StandingDeclared(True, long)
        case _:
            start, end = (moment(name, said[name]) for name in ("from", "to"))
            return CorrectionRequested(start, end, SpanClass(str(said["class"])))


def message_of(event: Event, told: Callable[[Instant], object]) -> dict[str, object] | None:
    """The message that stands for an event; `told` says how moments are told. None: there is none.

    A break's movement and a walk's source are left out where they are the default.
    """
    match event:
        case PromptAnswered(answer, length):
            return {"do": "answer", "answer": answer.value, "minutes": length / MINUTE}
        case UpAnswered(yes):
            return {"do": "up_answer", "answer": "yes" if yes else "no"}
        case BreakRequested(length, movement):
            return {"do": "break", "minutes": length / MINUTE, **({"movement": movement} if movement else {})}
        case LevelChosen(movement, level):
            return {"do": "level", "movement": movement, "level": level}
        case GapAnswered(label, walked):
            return {"do": "gap_answer", "answer": label.value, "minutes": walked}
        case CorrectionRequested(start, end, kind):
            return {"do": "correct", "from": told(start), "to": told(end), "class": kind.value}
        case WalkLogged(walked, source):
            return {"do": "log_walk", "minutes": walked, **({"source": source} if source != "log" else {})}
        case PauseRequested(_, True):
            return {"do": "pause", "until": TOMORROW}
        case PauseRequested(length):
            return {"do": "pause", **({"minutes": length / MINUTE} if length else {})}
        case StandingDeclared(True, length):
            return {"do": "standing_on", **({"minutes": length / MINUTE} if length else {})}
        case Declared(Signal.MEETING, True, until) if until is not None:
            return {"do": "meeting", "until": told(until)}
    do = next((do for do, plain in (*PLAIN.items(), *SENSED.items()) if plain == event), None)
    return None if do is None else {"do": do}

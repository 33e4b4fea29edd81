"""What a command in the terminal is told once it is done: what was noted, or else how things stand now."""

from __future__ import annotations

from sitbreak.core.events import CorrectionRequested, Declared, Event, GapAnswered, LevelChosen, Signal, WalkLogged
from sitbreak.core.records import SpanClass
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words

NOTED_AS = {
    SpanClass.BREAK: "walked",
    SpanClass.STANDING: "stood",
    SpanClass.SEATED: "sat",
    SpanClass.AWAY: "away",
    SpanClass.UNOBSERVED: "unobserved",
}
OPENED = {
    "stop": "sitbreak stops now; what was counted is kept.",
    "quit": "sitbreak stops now; what was counted is kept.",
    "welcome": "The window of the first start opens.",
    "settings": "The settings open.",
}


def reply(event: Event, now: Status) -> str:
    """One sentence: that it was noted, for what changes the books or holds a prompt; else the tray's first line."""
    match event:
        case WalkLogged(minutes):
            return f"A walk of {minutes:g} min is noted; it stands beside the minutes out of the chair."
        case CorrectionRequested(start, end, kind):
            return f"{_moment(start)} to {_moment(end)} is noted as {NOTED_AS[kind]}; what was seen is kept beside it."
        case Declared(Signal.MEETING, True, until):
            over = _moment(until) if until is not None else "`sitbreak meeting off`"
            return f"Noted: a meeting at this desk; prompts wait until {over}."
        case Declared(Signal.READING, True):
            return "Noted: you are reading here, so time without input is sitting, too; `sitbreak reading off` ends it."
        case GapAnswered() | LevelChosen():
            return "Noted."
        case _:
            return words.sentence(words.first_line(now))


def program(key: str, trouble: str = "") -> str:
    """What the program was asked to do with itself; `trouble` is why the history cannot be written now."""
    if trouble and key in ("stop", "quit"):
        return f"sitbreak stops now. {trouble} What still waits when it ends is lost."
    return OPENED.get(key, "Done.")


def _moment(at: Instant) -> str:
    return f"{at.local:%H:%M}"

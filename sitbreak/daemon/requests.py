"""Requests of the control socket: checked field by field, done on the loop's thread, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable
from sitbreak.core.effects import Refused
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    CorrectionRequested,
    Declared,
    Event,
    GapAnswered,
    LevelChosen,
    PauseRequested,
    Present,
    PromptAnswered,
    Signal,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Span, SpanClass
from sitbreak.core.status import Status, status
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.daemon.commands import TOMORROW, event_of
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.today import Today
from sitbreak.daemon.upkeep import UPKEEP

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


Request = Mapping[str, object]
Reply = dict[str, object]
Upkeeper = Callable[[Request, Instant, Loop], Reply]


class BadRequest(ValueError):
    """The request is not understood; the message says which field, and what is allowed."""


class Requests:
    """Answers requests. Called on the loop's thread only."""

    def __init__(
        self,
        loop: Loop,
        today: Today,
        upkeep: Upkeeper,
        program: Mapping[str, Callable[[], None]],
        troubles: Callable[[], list[str]] = list,
    ) -> None:
        """`upkeep` changes the books; `program` are the program's own keys, such as stop, settings, summary.

        `troubles`: what does not work now beside the books, and how the last run ended.
        """
        self._troubles = troubles
        self._loop = loop
        self._today = today
        self._upkeep = upkeep
        self._program = program

    def answer(self, request: Request, at: Instant) -> Reply:
        """What the client is told: {"ok": sentence}, the status, or {"error": sentence}."""
        try:
            return self._answer(str(request.get("do")), request, at)
        except (BadRequest, HistoryUnwritable, HistoryDamaged) as error:
            return {"error": str(error)}

    def _answer(self, do: str, request: Request, at: Instant) -> Reply:
        if do == "status":
            return self.status(at)
        if do in UPKEEP:
            return self._upkeep(request, at, self._loop)
        if do in self._program:
            self._loop.checkpoint(at)  # first, so that what is said of the books is true
            self._program[do]()
            return {"ok": program(do, self._loop.trouble)}
        event = self._event(do, request, at)
        before = self._status(at).state
        if isinstance(event, PromptAnswered) and before is not State.SHOWN:
            return {"error": "No prompt is on show; `sitbreak break` starts a break at any time."}
        if isinstance(event, UpAnswered) and before is not State.ASKING:
            return {"error": "Nothing was asked just now; `sitbreak correct` changes the past."}
        effects = self._loop.said(event, at)
        refusals = [effect.why for effect in effects if isinstance(effect, Refused)]
        if refusals:
            return {"error": refusals[0]}
        if self._loop.trouble:  # whoever is told "noted" can rely on it
            return {"ok": f"Taken, but not in the books yet. {self._loop.trouble}"}
        return {"ok": reply(event, self._status(at))}

    def _event(self, do: str, request: Request, at: Instant) -> Event:
        rules = self._loop.machine.rules
        match do:
            case "answer":
                answer = _choice(request, "answer", [a.value for a in Answer])
                return PromptAnswered(Answer(answer), _minutes(request, 10.0))
            case "break":
                length = _minutes(request, rules.break_length / timedelta(minutes=1))
                return BreakRequested(length, _text(request, "movement", ""))
            case "pause":
                if "until" in request:
                    _choice(request, "until", [TOMORROW])
                    return PauseRequested(tomorrow=True)
                return PauseRequested(at.plus(_minutes(request, 0.0)) if "minutes" in request else None)
            case "meeting":
                return self._meeting(request, at)
            case "log_walk":
                return WalkLogged(_minutes(request, 0.0) / timedelta(minutes=1), _text(request, "source", "log"))
            case "correct":
                return self._correction(request, at)
            case "level":
                return LevelChosen(_text(request, "movement"), _choice(request, "level", LEVELS))
            case "present":
                return Present()
            case "key":
                return self._key(str(request.get("key")), at)
        raise BadRequest(f"do: {do!r} is not known; allowed: status, key, answer, break, pause, correct, log_walk.")

    def _meeting(self, request: Request, at: Instant) -> Declared:
        until = _instant(request, "until", at)
        if until.elapsed <= at.elapsed:
            raise BadRequest(f"until: {until.local:%H:%M} is over already; say a later time.")
        return Declared(Signal.MEETING, True, until)

    def _key(self, key: str, at: Instant) -> Event:
        try:
            event = event_of(key, at, self._loop.machine.rules)
        except ValueError as error:
            raise BadRequest(f"key: {key!r} is not understood ({error}).") from error
        if event is None:
            raise BadRequest(f"key: {key!r} is not known.")
        return event

    def _correction(self, request: Request, at: Instant) -> CorrectionRequested:
        start, end = (_instant(request, name, at) for name in ("from", "to"))
        kind = SpanClass(_choice(request, "class", [k.value for k in SpanClass]))
        rules = self._loop.machine.rules
        self._loop.checkpoint(at)
        facts = self._loop.history.facts(start.day(rules.day_start), end.day(rules.day_start))
        start, end = (_on_the_axis(moment, facts.spans, at) for moment in (start, end))
        return CorrectionRequested(start, end, kind, facts.spans)

    def _status(self, at: Instant) -> Status:
        return status(self._loop.machine, at)

    def status(self, at: Instant) -> Reply:
        """The status as JSON values, with its words."""
        now = self._status(at)
        self._loop.isolation.run("the figures of today", lambda: self._today.look(at), at, None, retire=False)
        confirmed, goal = self._today.figures()
        plain = {name: _plain(value) for name, value in asdict(now).items()}
        told = {
            "glyph": words.glyph(now),
            "first_line": words.first_line(now),
            "why": words.why(now),
            "today_line": words.today(confirmed, goal),
            "sitting_today": self._today.sitting,
            "last_prompt": words.last_prompt(now),
            "not_counted": words.not_counted(now),
            "confirmed_minutes": confirmed,
            "goal_minutes": goal,
            "trouble": " ".join(filter(None, [self._loop.trouble, *self._troubles()])),
        }
        return {**plain, **told}


LEVELS = ["easier", "shown", "harder"]
FARTHEST = timedelta(days=3660)  # a time further off than ten years is a slip of the pen


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, dict):  # an Instant, taken apart by asdict
        return value["utc"].isoformat() if isinstance(value.get("utc"), datetime) else None
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    return str(value) if isinstance(value, State) else value


def _choice(request: Request, name: str, allowed: list[str]) -> str:
    value = request.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise BadRequest(f"{name}: {value!r} is not allowed; allowed: {', '.join(allowed)}.")
    return value


def _text(request: Request, name: str, default: str | None = None) -> str:
    value = request.get(name, default)
    if not isinstance(value, str):
        raise BadRequest(f"{name}: {value!r} is not allowed; allowed: a text.")
    return value


def _minutes(request: Request, default: float) -> timedelta:
    value = request.get("minutes", default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value <= 24 * 60:
        raise BadRequest(f"minutes: {value!r} is not allowed; allowed: a number above 0, at most 1440.")
    return timedelta(minutes=value)


def _instant(request: Request, name: str, at: Instant) -> Instant:
    """The instant of a local ISO time, by the wall clock as it stands now."""
    try:
        moment = datetime.fromisoformat(str(request.get(name)))
        local = moment if moment.tzinfo else moment.replace(tzinfo=at.zone)
        away = local.astimezone(at.utc.tzinfo) - at.utc
    except (ValueError, OverflowError) as error:
        raise BadRequest(f"{name}: {request.get(name)!r} is no time, such as 2026-03-02T12:10.") from error
    if abs(away) > FARTHEST:
        raise BadRequest(f"{name}: {request.get(name)!r} is more than ten years off.")
    return at.plus(away)


def _on_the_axis(moment: Instant, spans: tuple[Span, ...], at: Instant) -> Instant:
    """The instant whose wall reading lies in a span kept, read off that span's own clock."""
    for span in spans:
        if span.start.utc <= moment.utc <= span.end.utc:
            return span.start.plus(moment.utc - span.start.utc)
    return moment

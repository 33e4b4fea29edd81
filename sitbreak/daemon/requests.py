"""Requests of the control socket: checked field by field, done on the loop's thread, and what is answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial

from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable
from sitbreak.core.effects import Refused
from sitbreak.core.event_messages import FIELDS, NotUnderstood, event_of
from sitbreak.core.events import (
    CorrectionRequested,
    Declared,
    Event,
    GapAnswered,
    LevelChosen,
    PromptAnswered,
    Signal,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Span
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant
from sitbreak.daemon import words
from sitbreak.daemon.commands import event_of_key
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.history_changes import UPKEEP
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.said_of_days import noted_as
from sitbreak.language import N_, _, clause, paragraph, said, sentence
from sitbreak.review.dates import clock

OPENED = {
    "stop": N_("sitbreak has stopped. Everything counted so far is kept."),
    "quit": N_("sitbreak has stopped. Everything counted so far is kept."),
    "welcome": N_("The window of the first start opens."),
    "settings": N_("The settings open."),
    "today": N_("The Today window opens."),
}


def reply(event: Event, now: Status) -> str:
    """One sentence: that it was noted, for what changes the books or holds a prompt; else the tray's first line."""
    match event:
        case WalkLogged(minutes):
            if now.seated_mode:
                text = N_("{minutes:g} min on the way noted. It is kept apart from the break minutes of the day.")
            else:
                text = N_("Walk of {minutes:g} min noted. It is kept apart from the break minutes of the day.")
            return _(text, minutes=minutes)
        case CorrectionRequested(start, end, kind):
            return _(
                "{start} to {end} is noted as {noted}; what was seen is kept beside it.",
                start=clock(start.local),
                end=clock(end.local),
                noted=noted_as(kind, now.seated_mode),
            )
        case Declared(Signal.MEETING, True, until):
            over = clock(until.local) if until is not None else "`sitbreak meeting off`"
            return _("Noted: a meeting at this desk. Reminders wait until {end}.", end=over)
        case Declared(Signal.READING, True):
            return _("Noted: you are reading, so quiet time counts as sitting until `sitbreak reading off`.")
        case GapAnswered() | LevelChosen():
            return _("Noted.")
        case _:
            return sentence(words.first_line(now))


def program(key: str, trouble: str = "") -> str:
    """What the program was asked to do with itself; `trouble` is why the history cannot be written now."""
    if trouble and key in ("stop", "quit"):
        return _("sitbreak stops now. {trouble} What still waits when it ends is lost.", trouble=trouble)
    return _(OPENED.get(key, N_("Done.")))


Request = Mapping[str, object]
Reply = dict[str, object]
Upkeeper = Callable[[Request, Instant, Loop], Reply]


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
        except (NotUnderstood, HistoryUnwritable, HistoryDamaged) as error:
            return {"error": said(error)}

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
            return {"error": _("No prompt is on show; `sitbreak break` starts a break at any time.")}
        if isinstance(event, UpAnswered) and before is not State.ASKING:
            return {"error": _("Nothing was asked just now; `sitbreak correct` changes the past.")}
        effects = self._loop.said(event, at)
        refusals = [said(effect.why) for effect in effects if isinstance(effect, Refused)]
        if refusals:
            return {"error": refusals[0]}
        if self._loop.trouble:  # whoever is told "noted" can rely on it
            return {"ok": _("Taken, but not in the books yet. {trouble}", trouble=self._loop.trouble)}
        return {"ok": reply(event, self._status(at))}

    def _event(self, do: str, request: Request, at: Instant) -> Event:
        rules = self._loop.machine.rules
        if do == "key":
            return self._key(str(request.get("key")), at)
        event = event_of(request, partial(_instant, at=at), rules.break_length)
        match event:
            case CorrectionRequested():
                return self._on_the_axis(event, at)
            case Declared(_, True, until) if until is not None and until.elapsed <= at.elapsed:
                raise NotUnderstood(_("until: {clock} is over already; say a later time.", clock=clock(until.local)))
            case None:
                raise NotUnderstood(
                    _("do: {do!r} is not known; allowed: status, key, {list}.", do=do, list=", ".join(sorted(FIELDS)))
                )
        return event

    def _key(self, key: str, at: Instant) -> Event:
        try:
            event = event_of_key(key, self._loop.machine.rules)
        except NotUnderstood as error:
            raise NotUnderstood(
                _("key: {key!r} is not understood ({value}).", key=key, value=clause(said(error)))
            ) from error
        if event is None:
            raise NotUnderstood(_("key: {key!r} is not known.", key=key))
        return event

    def _on_the_axis(self, asked: CorrectionRequested, at: Instant) -> CorrectionRequested:
        """The correction with what is booked there, its edges read off the clock of then."""
        rules = self._loop.machine.rules
        self._loop.checkpoint(at)
        facts = self._loop.history.facts(asked.start.day(rules.day_start), asked.end.day(rules.day_start))
        start, end = (_on_the_axis(moment, facts.spans) for moment in (asked.start, asked.end))
        return CorrectionRequested(start, end, asked.kind, facts.spans)

    def _status(self, at: Instant) -> Status:
        return self._loop.machine.status(at)

    def status(self, at: Instant) -> Reply:
        """The status as JSON values, with its words."""
        now = self._status(at)
        self._loop.isolation.run(N_("the figures of today"), lambda: self._today.look(at), at, None, retire=False)
        confirmed, goal = self._today.figures()
        plain = {name: _plain(value) for name, value in asdict(now).items()}
        told = {
            "glyph": words.glyph(now),
            "progress": words.progress(now),
            "first_line": words.first_line(now),
            "why": words.why(now),
            "today_line": words.today(confirmed, goal, now.seated_mode),
            "sitting_today": self._today.sitting,
            "booked_today": self._today.booked,
            "last_prompt": words.last_prompt(now),
            "not_counted": words.not_counted(now),
            "confirmed_minutes": confirmed,
            "goal_minutes": goal,
            "trouble": paragraph(self._loop.trouble, *self._troubles()),
        }
        return {**plain, **told}


FARTHEST = timedelta(days=3660)  # a time further off than ten years is a slip of the pen


def _plain(value: object) -> object:
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, dict):  # an Instant, taken apart by asdict
        return value["utc"].isoformat() if isinstance(value.get("utc"), datetime) else None
    if isinstance(value, frozenset):
        return sorted(str(item) for item in value)
    return str(value) if isinstance(value, State) else value


def _instant(name: str, value: object, at: Instant) -> Instant:
    """The instant of a local ISO time, by the wall clock as it stands now. Raises NotUnderstood."""
    try:
        moment = datetime.fromisoformat(str(value))
        local = moment if moment.tzinfo else moment.replace(tzinfo=at.zone)
        away = local.astimezone(at.utc.tzinfo) - at.utc
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(
            _("{name}: {value!r} is no time, such as 2026-03-02T12:10.", name=name, value=value)
        ) from error
    if abs(away) > FARTHEST:
        raise NotUnderstood(_("{name}: {value!r} is more than ten years off.", name=name, value=value))
    return at.plus(away)


def _on_the_axis(moment: Instant, spans: tuple[Span, ...]) -> Instant:
    """The instant whose wall reading lies in a span kept, read off that span's own clock."""
    for span in spans:
        if span.start.utc <= moment.utc <= span.end.utc:
            return span.start.plus(moment.utc - span.start.utc)
    return moment

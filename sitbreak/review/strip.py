"""The day as a strip of time: pieces and hours along the steady clock, so that a day of 23 or 25 hours looks right.

With several devices each stretch also says where it was spent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sitbreak.core.frozen import frozen
from sitbreak.core.merging import Stay
from sitbreak.core.records import FOLLOWED, PromptRecord, Span, SpanClass, Strength
from sitbreak.core.rounding import between
from sitbreak.core.spans import PROLONGED, Bout, as_minutes
from sitbreak.core.timeline import MINUTE, ZERO, Instant
from sitbreak.language import N_, comma_list
from sitbreak.review import words

HOUR = timedelta(hours=1)
Places = tuple[tuple[str, float], ...]  # names of devices, each with minutes


class StripLook(StrEnum):
    """What a piece of the strip looks like, each with a word for the legend."""

    SEATED = N_("seated")
    LONG = N_("long sitting")
    BREAK = N_("break you took")
    STANDING = N_("standing at the desk")
    AWAY = N_("away")
    UNSURE = N_("not sure")


@frozen
class StripPiece:
    """A part of the strip, in minutes from its beginning, with its local times of day."""

    start: float
    end: float
    look: StripLook
    start_local: datetime
    end_local: datetime
    share: float | None = None  # of a stretch that is not sure: the part of it probably spent up, where estimated
    at: Places = ()  # where it was spent, of somebody with several devices

    @property
    def minutes(self) -> float:
        """Its length."""
        return self.end - self.start

    @property
    def shown(self) -> int:
        """Its minutes, as the times of its edges have it."""
        return between(self.start_local, self.minutes)


@frozen
class Mark:
    """A point on the strip: a full hour, or a prompt with its outcome, and whether it was accepted."""

    at: float
    label: str
    accepted: bool = False


@frozen
class Strip:
    """A day from its first to its last presence; `length` in minutes. `begin` is the local time it starts at."""

    begin: datetime
    length: float
    pieces: tuple[StripPiece, ...]
    hours: tuple[Mark, ...]
    prompts: tuple[Mark, ...]
    latest: float = as_minutes(PROLONGED)  # minutes from which on sitting is shown as long


def strip(
    spans: Sequence[Span],
    bouts: Iterable[Bout],
    prompts: Iterable[PromptRecord],
    day: date,
    shares: Mapping[timedelta, float],
    latest: timedelta = PROLONGED,
) -> Strip | None:
    """The strip of `day`; `spans` are those of the day, corrected, without gaps that began or end on another day.

    `latest`: from this length on sitting counts as long, the person's own latest moment. `shares`: the part of a
    doubtful stretch that was probably spent up, by when it begins on the steady clock.
    """
    if not spans:
        return None
    origin = spans[0].start
    prolonged = [(b.start.elapsed, b.start.elapsed + b.duration) for b in bouts if b.duration >= latest]
    pieces = tuple(_merged(_piece(span, origin, prolonged, shares) for span in spans))
    marks = tuple(
        Mark(as_minutes(prompt.shown.since(origin)), words.outcome(prompt.outcome), prompt.outcome in FOLLOWED)
        for prompt in prompts
        if prompt.day == day and origin.elapsed <= prompt.shown.elapsed <= spans[-1].end.elapsed
    )
    length = as_minutes(spans[-1].end.since(origin))
    return Strip(origin.local, length, pieces, tuple(_hours(spans, origin)), marks, as_minutes(latest))


def _look(span: Span, prolonged: Sequence[tuple[timedelta, timedelta]]) -> StripLook:
    if span.kind is SpanClass.SEATED:
        inside = any(start <= span.start.elapsed and span.end.elapsed <= end for start, end in prolonged)
        return StripLook.LONG if inside else StripLook.SEATED
    if span.kind is SpanClass.AWAY:
        return StripLook.AWAY if span.strength is Strength.STRONG else StripLook.UNSURE
    return {SpanClass.BREAK: StripLook.BREAK, SpanClass.STANDING: StripLook.STANDING}.get(span.kind, StripLook.UNSURE)


def _piece(
    span: Span, origin: Instant, prolonged: Sequence[tuple[timedelta, timedelta]], shares: Mapping[timedelta, float]
) -> StripPiece:
    start, end = as_minutes(span.start.since(origin)), as_minutes(span.end.since(origin))
    look = _look(span, prolonged)
    share = shares.get(span.start.elapsed) if look is StripLook.UNSURE else None
    return StripPiece(start, end, look, span.start.local, span.end.local, share)


def _merged(pieces: Iterable[StripPiece]) -> list[StripPiece]:
    """Neighbours of one look, and as sure as each other, as one piece."""
    found: list[StripPiece] = []
    for piece in pieces:
        if found and (found[-1].look, found[-1].end, found[-1].share) == (piece.look, piece.start, piece.share):
            last = found.pop()
            piece = replace(piece, start=last.start, start_local=last.start_local)
        found.append(piece)
    return found


def _hours(spans: Iterable[Span], origin: Instant) -> list[Mark]:
    """Every full local hour that came by, read off the wall clock of the span it fell into."""
    found: list[Mark] = []
    for span in spans:
        local = span.start.local
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        moment = span.start.plus((HOUR - past) % HOUR)
        while moment.elapsed < span.end.elapsed:
            found.append(Mark(moment.since(origin) / MINUTE, f"{moment.local.hour:02}"))
            moment = moment.plus(HOUR)
    return found


# -- at which of a person's devices each stretch was spent (spec 1.8)

AT_THE_DESK = frozenset({StripLook.SEATED, StripLook.LONG, StripLook.STANDING})


def places_of(stays: Iterable[Stay], low: timedelta | None = None, high: timedelta | None = None) -> Places:
    """The minutes at each device between two moments of the steady clock, the most first; time at two is in both."""
    found: dict[str, timedelta] = {}
    for stay in stays:
        start = stay.start.elapsed if low is None else max(low, stay.start.elapsed)
        end = stay.end.elapsed if high is None else min(high, stay.end.elapsed)
        for name in stay.devices if end > start else ():
            found[name] = found.get(name, ZERO) + (end - start)
    told = ((name, as_minutes(spent)) for name, spent in found.items())
    return tuple(sorted(told, key=lambda each: (-each[1], each[0])))


def located(strip: Strip, origin: Instant, stays: Sequence[Stay]) -> Strip:
    """The strip, each stretch at the desk with where it was; `origin` is the beginning of the strip."""
    pieces = []
    for piece in strip.pieces:
        if piece.look in AT_THE_DESK:
            low, high = (origin.elapsed + timedelta(minutes=edge) for edge in (piece.start, piece.end))
            piece = replace(piece, at=places_of(stays, low, high))
        pieces.append(piece)
    return replace(strip, pieces=tuple(pieces))


def told_places(at: Places) -> str:
    """ "desk 1 h, laptop 20 min"; of a single one its name alone."""
    known = [(name, minutes) for name, minutes in at if minutes >= 1] or at[:1]
    if len(known) < 2:
        return "".join(name for name, __ in known)
    return comma_list(f"{name} {words.duration(minutes)}" for name, minutes in known)

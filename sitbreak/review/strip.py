"""The day as a strip of time: pieces and hours along the steady clock, so that a day of 23 or 25 hours looks right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from sitbreak.core.frozen import frozen
from sitbreak.core.records import PromptRecord, Span, SpanClass, Strength
from sitbreak.core.rounding import between
from sitbreak.core.spans import PROLONGED, Bout, as_minutes
from sitbreak.core.timeline import MINUTE, Instant
from sitbreak.language import N_
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
        Mark(as_minutes(prompt.shown.since(origin)), words.outcome(prompt.outcome), prompt.outcome in words.ACCEPTED)
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

"""At which of a person's devices a day was spent, and each stretch of it (spec 1.8)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from sitbreak.core.merging import Stay
from sitbreak.core.spans import as_minutes
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.language import comma_list
from sitbreak.review import words
from sitbreak.review.strip import Places, Strip, StripLook

AT_THE_DESK = frozenset({StripLook.SEATED, StripLook.LONG, StripLook.STANDING})


def places(stays: Iterable[Stay], low: timedelta | None = None, high: timedelta | None = None) -> Places:
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
            piece = replace(piece, at=places(stays, low, high))
        pieces.append(piece)
    return replace(strip, pieces=tuple(pieces))


def told(at: Places) -> str:
    """ "desk 1 h, laptop 20 min"; of a single one its name alone."""
    known = [(name, minutes) for name, minutes in at if minutes >= 1] or at[:1]
    if len(known) < 2:
        return "".join(name for name, __ in known)
    return comma_list(f"{name} {words.duration(minutes)}" for name, minutes in known)

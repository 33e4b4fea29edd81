"""What a person said of the stretches of a day: corrections and answers about gaps, to be seen and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from sitbreak.core.records import Correction, Fact, Facts, GapAnswer, GapLabel, SpanClass
from sitbreak.core.spans import standing, taken_back
from sitbreak.core.timeline import Instant
from sitbreak.language import N_, _
from sitbreak.ports import History
from sitbreak.review import dates, words

if TYPE_CHECKING:
    from sitbreak.window.day_protocol import SaidMessage

ONE = timedelta(days=1)
NOTED_AS = {
    SpanClass.BREAK: N_("walked"),
    SpanClass.STANDING: N_("stood"),
    SpanClass.SEATED: N_("sat"),
    SpanClass.AWAY: N_("away"),
    SpanClass.UNOBSERVED: N_("unobserved"),
}


def noted_as(kind: SpanClass, seated_mode: bool) -> str:
    """What a stretch was noted as."""
    return _(N_("moved") if seated_mode and kind is SpanClass.BREAK else NOTED_AS[kind])


def said(facts: Facts, day: date, day_start: time, seated_mode: bool) -> tuple[SaidMessage, ...]:
    """What was said of a day, in the order of its stretches; what one press said is one of them."""
    corrections = [each for each in standing(facts.corrections) if each.start.day(day_start) == day]
    answers = [
        each
        for each in facts.gaps
        if each.label is not GapLabel.SKIP and each.start.day(day_start) == day
        and not any(_learned(each, correction) for correction in corrections)
    ]  # fmt: skip
    told: list[tuple[Correction | GapAnswer, str]] = [
        *((each, noted_as(each.kind, seated_mode)) for each in corrections),
        *((each, _(words.LABELS[each.label])) for each in answers),
    ]
    return tuple(_message(each, what) for each, what in sorted(told, key=lambda one: one[0].start.elapsed))


def _learned(answer: GapAnswer, correction: Correction) -> bool:
    """Whether the answer is what the estimate learned from the correction."""
    inside = correction.start.elapsed <= answer.start.elapsed and answer.end.elapsed <= correction.end.elapsed
    return inside and answer.at.elapsed == correction.at.elapsed


def _message(each: Correction | GapAnswer, what: str) -> SaidMessage:
    from sitbreak.window.day_protocol import SaidMessage  # not before a window asks

    start, end = dates.clock(each.start.local), dates.clock(each.end.local)
    says = _("{start} to {end}: {what}", start=start, end=end, what=what)
    return SaidMessage(says, each.start.utc.isoformat(), each.at.utc.isoformat())


def without(history: History, start: str, at: str, now: Instant) -> Iterator[Fact]:
    """The facts that take back what was said at `at` of the stretch that begins at `start`, ISO times with a zone.

    None where nothing of the kind is known here.
    """
    begun, told = _moment(start), _moment(at)
    if begun is None or told is None:
        return
    facts = history.facts((begun - ONE).date(), (begun + ONE).date())  # its logical day is one of these
    for correction in standing(facts.corrections):
        if (correction.start.utc, correction.at.utc) == (begun, told):
            yield taken_back(correction)
            yield from (_forgotten(each, now) for each in facts.gaps if _learned(each, correction))
            return
    for answer in history.answers():
        if (answer.start.utc, answer.at.utc) == (begun, told):
            yield _forgotten(answer, now)


def _forgotten(answer: GapAnswer, now: Instant) -> GapAnswer:
    """Nothing is learned from it any more."""
    return replace(answer, label=GapLabel.SKIP, at=now)


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else None

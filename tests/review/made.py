"""Days written in a few words, for the tests of the books and of the report."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sitbreak.core.records import (
    BreakRecord,
    Correction,
    DeclaredMovement,
    Evidence,
    Facts,
    GapAnswer,
    GapLabel,
    Outcome,
    PromptRecord,
    Quiet,
    Reason,
    Span,
    SpanClass,
    Strength,
)
from sitbreak.core.timeline import Instant, WallMap

BERLIN = ZoneInfo("Europe/Berlin")
DAY_START = time(4, 0)
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class Story:
    """Tells what happened one stretch after the other, from a local moment on; lengths are in minutes."""

    def __init__(self, start: str, zone: ZoneInfo = BERLIN) -> None:
        """Begins at `start`, a local time such as "2026-03-02T09:00"."""
        utc = datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC)
        self.now = Instant(utc - EPOCH, utc, zone)
        self.spans: list[Span] = []
        self.prompts: list[PromptRecord] = []
        self.breaks: list[BreakRecord] = []
        self.walks: list[DeclaredMovement] = []
        self.corrections: list[Correction] = []
        self.gaps: list[GapAnswer] = []
        self.quiets: list[Quiet] = []

    def sit(self, minutes: float, evidence: Evidence = Evidence.INPUT) -> Story:
        """Estimated desk sitting."""
        return self._add(minutes, SpanClass.SEATED, None, evidence)

    def stand(self, minutes: float) -> Story:
        """With the desk raised."""
        return self._add(minutes, SpanClass.STANDING, None, Evidence.DECLARED, Evidence.INPUT)

    def move(self, minutes: float, movement: str = "walk-corridor") -> Story:
        """A break taken and credited in full."""
        length = timedelta(minutes=2 if minutes <= 4 else 5)
        number = self.prompts[-1].number if self.prompts and self.prompts[-1].outcome is Outcome.TAKEN else None
        credited = timedelta(minutes=minutes)
        self.breaks.append(BreakRecord(self.now, self.now.day(DAY_START), length, movement, number, credited))
        return self._add(minutes, SpanClass.BREAK, None, Evidence.ACCEPTED)

    def away(self, minutes: float, strength: Strength = Strength.STRONG) -> Story:
        """Away from the desk, by inference."""
        evidence = Evidence.LOCK if strength is Strength.STRONG else Evidence.IDLE
        return self._add(minutes, SpanClass.AWAY, strength, evidence)

    def measured(self, minutes: float) -> Story:
        """Away from the chair, as a seat sensor says."""
        return self._add(minutes, SpanClass.AWAY, Strength.STRONG, Evidence.SEAT)

    def unseen(self, minutes: float, evidence: Evidence = Evidence.IDLE) -> Story:
        """Nobody can tell."""
        return self._add(minutes, SpanClass.UNOBSERVED, None, evidence)

    def until(self, start: str, evidence: Evidence = Evidence.NOT_RUNNING) -> Story:
        """Unobserved up to a local time such as "2026-03-03T09:00"."""
        zone = self.now.zone
        utc = datetime.fromisoformat(start).replace(tzinfo=zone).astimezone(UTC)
        return self.unseen((utc - self.now.utc) / timedelta(minutes=1), evidence)

    def prompt(self, outcome: Outcome | None, reason: Reason = Reason.LULL, movement: str = "walk-corridor") -> Story:
        """A prompt shown now, with what became of it."""
        day, bout = self.now.day(DAY_START), timedelta(minutes=36)
        self.prompts.append(PromptRecord(len(self.prompts) + 1, self.now, day, reason, movement, bout, outcome))
        return self

    def walk(self, minutes: float, counted: bool = True, source: str = "gap") -> Story:
        """Minutes the user says they walked, noted now."""
        self.walks.append(DeclaredMovement(self.now, self.now.day(DAY_START), minutes, counted, source))
        return self

    def correct(self, back: float, minutes: float, kind: SpanClass) -> Story:
        """A correction made now of `minutes`, beginning `back` minutes ago."""
        start = self.now.plus(timedelta(minutes=-back))
        self.corrections.append(Correction(start, start.plus(timedelta(minutes=minutes)), kind, self.now))
        return self

    def say(self, label: GapLabel) -> Story:
        """Says now what the last unobserved gap was."""
        gap = next(span for span in reversed(self.spans) if span.kind is SpanClass.UNOBSERVED)
        self.gaps.append(GapAnswer(gap.start, gap.end, label, self.now))
        return self

    def quiet(
        self, minutes: float, label: GapLabel | None = None, *held: Evidence, locked: float | None = None
    ) -> Story:
        """No input for so long, under the estimate's eye only: the books have it as sitting, or as what follows.

        `label`: what was said of it; `locked`: minutes to a lock.
        """
        length = timedelta(minutes=minutes)
        absence = None if locked is None else timedelta(minutes=locked)
        self.quiets.append(Quiet(self.now, length, absence, frozenset(held)))
        if label is not None:
            end = self.now.plus(length)
            self.gaps.append(GapAnswer(self.now, end, label, end))
        return self

    def facts(self) -> Facts:
        """All of it as facts."""
        rows = (tuple(self.spans), tuple(self.prompts), tuple(self.breaks), tuple(self.gaps), tuple(self.walks))
        return Facts(*rows, corrections=tuple(self.corrections), quiets=tuple(self.quiets))

    def _add(self, minutes: float, kind: SpanClass, strength: Strength | None, *evidence: Evidence) -> Story:
        start, end = self.now, self.now.plus(timedelta(minutes=minutes))
        wall = WallMap()
        wall.observe(start)
        points = [start.elapsed, *wall.cuts(start.elapsed, end.elapsed, DAY_START), end.elapsed]
        for low, high in pairwise(points):
            here = wall.at(low)
            self.spans.append(Span(here, wall.at(high), kind, strength, frozenset(evidence), here.day(DAY_START)))
        self.now = end
        return self


def day(iso: str) -> date:
    """An ISO date."""
    return date.fromisoformat(iso)

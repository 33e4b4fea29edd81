"""One day as it is shown: figures, strip, prompts and what became of them, and what is not sure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypeGuard

from sitbreak.core.accounting import DaySummary
from sitbreak.core.estimate import Sitting
from sitbreak.core.frozen import frozen
from sitbreak.core.movements import Movement
from sitbreak.core.records import BreakRecord, Evidence, PromptRecord, Span, SpanClass, Strength
from sitbreak.core.rounding import between, full, longest, prolonged
from sitbreak.core.spans import as_minutes
from sitbreak.core.text import printable
from sitbreak.core.timeline import Instant
from sitbreak.language import _, begun, ngettext, paragraph
from sitbreak.review import dates, words
from sitbreak.review.strip import Strip, strip

LEAST_DOUBT, MOST_DOUBTS = timedelta(minutes=5), 6  # the shortest worth asking about, and how many are asked about
DATED = "%Y-%m-%dT%H:%M"
LEAST_FILM = timedelta(minutes=30)


WORTH_TELLING = 30.0, 10.0  # minutes observed, and sat; before, the range of the estimate is wider than the day
LATEST = 45.0  # minutes, the default of prompt.latest_minutes


@frozen
class Named:
    """What people call a movement, and which body areas it is for."""

    title: str
    areas: tuple[str, ...] = ()


Names = Mapping[str, Named]


def worth_telling(sitting: Sitting | None) -> TypeGuard[Sitting]:
    """Whether there is enough of a day to estimate."""
    return sitting is not None and sitting.observed >= WORTH_TELLING[0] and sitting.seated >= WORTH_TELLING[1]


def names_of(movements: Iterable[Movement]) -> Names:
    """The names of movements by their ids."""
    return {each.id: Named(each.title, each.areas) for each in movements}


@frozen
class PromptLine:
    """A prompt as it is listed."""

    time: str
    bout: str
    reason: str
    movement: str
    outcome: str


@frozen
class BreakLine:
    """An accepted break as it is listed; `credited` in words."""

    time: str
    movement: str
    credited: str


@frozen
class Doubt:
    """A stretch that is not sure, and the command that settles it in a terminal."""

    start: str
    end: str
    minutes: int
    what: str
    command: str
    edges: tuple[datetime, datetime]  # to the whole minute, inwards


@frozen
class DayView:
    """A day as it is shown; without a summary nothing was recorded. `goal` in minutes."""

    day: date
    goal: int
    summary: DaySummary | None
    strip: Strip | None = None
    prompts: tuple[PromptLine, ...] = ()
    breaks: tuple[BreakLine, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    running: bool = False  # the day is not over
    sitting: Sitting | None = None  # how long somebody sat, and how sure that is
    speech: words.Speech = words.UPRIGHT
    latest: float = LATEST  # minutes of sitting from which on a stretch is long to this person
    places: tuple[tuple[str, float], ...] = ()  # minutes at each of the person's devices, where there are several

    @property
    def sentence(self) -> str:
        """The day in one sentence."""
        return words.day_sentence(self.summary, self.speech, self.latest)

    @property
    def told(self) -> str:
        """What was confirmed in one sentence, and what is estimated in another, for the end of the day."""
        found = self.estimate
        told = _("Desk sitting {estimate}.", estimate=words.sitting(found)) if found is not None else ""
        return paragraph(self.sentence, told)

    @property
    def estimate(self) -> Sitting | None:
        """The estimate, once there is enough to tell it."""
        return self.sitting if worth_telling(self.sitting) else None

    @property
    def met(self) -> bool:
        """Whether the goal was met."""
        return self.summary is not None and self.summary.reduced >= self.goal

    @property
    def longest(self) -> int | None:
        """The minutes of the longest stretch of sitting, as they are shown; None without any."""
        return None if self.summary is None else longest(self.summary.bouts, self.latest)

    @property
    def long(self) -> int:
        """The minutes in stretches that are long to this person, as they are shown."""
        return 0 if self.summary is None else prolonged(self.summary.bouts, timedelta(minutes=self.latest))[1]

    @property
    def main_doubts(self) -> tuple[Doubt, ...]:
        """The longest of the doubts, in order of time: more is a burden, and settles little."""
        longest_first = sorted(self.doubts, key=lambda doubt: -doubt.minutes)[:MOST_DOUBTS]
        return tuple(doubt for doubt in self.doubts if doubt in longest_first)

    @property
    def shorter_doubts(self) -> str:
        """How many doubts are left out of those, in a sentence; empty where none are."""
        left_out = [doubt for doubt in self.doubts if doubt not in self.main_doubts]
        if not left_out:
            return ""
        return ngettext(
            "{count} shorter one, {time}, is in the strip.",
            "{count} shorter ones, {time} in all, are in the strip.",
            len(left_out),
            time=words.duration(sum(doubt.minutes for doubt in left_out)),
        )

    @property
    def title(self) -> str:
        """Its date in full."""
        return begun(dates.long_date(self.day))


def day_view(
    summary: DaySummary | None,
    spans: Sequence[Span],
    day: date,
    goal: int,
    names: Names,
    running: bool = False,
    calendar: date | None = None,
    sitting: Sitting | None = None,
    speech: words.Speech = words.UPRIGHT,
    latest: float = LATEST,
) -> DayView:
    """The view of `day`; `spans` are those of the day, corrected, without gaps that reach into another day.

    `calendar` is the date on the wall now, which after midnight is not that of the logical day; `sitting` the estimate.
    """
    if summary is None:
        return DayView(day, goal, None, running=running, speech=speech, latest=latest)
    return DayView(
        day,
        goal,
        summary,
        strip(
            spans,
            summary.bouts,
            summary.prompts,
            day,
            {} if sitting is None else sitting.shares,
            timedelta(minutes=latest),
        ),
        tuple(prompt_line(prompt, names) for prompt in summary.prompts),
        tuple(break_line(taken, names, spans[-1].end if running and spans else None) for taken in summary.breaks),
        tuple(_doubts(spans, calendar)),
        running,
        sitting,
        speech,
        latest,
    )


def title_of(movement: str, names: Names) -> str:
    """What people call a movement; its id where the catalogue does not know it (any more)."""
    known = names.get(movement)
    return printable(movement if known is None else known.title)


def prompt_line(prompt: PromptRecord, names: Names) -> PromptLine:
    """A prompt as it is listed."""
    return PromptLine(
        dates.clock(prompt.shown.local),
        words.duration(full(as_minutes(prompt.bout))),
        _(words.REASONS[prompt.reason]),
        title_of(prompt.movement, names),
        words.outcome(prompt.outcome),
    )


def break_line(taken: BreakRecord, names: Names, now: Instant | None = None) -> BreakLine:
    """A break as it is listed; `now`: the last moment recorded of a day that is not over."""
    if taken.seated:
        credited = _("stretched")
    elif not taken.credited and now is not None and now.since(taken.accepted) < taken.length:
        credited = _("under way")
    else:
        credited = words.credited(taken.credited) if taken.credited else _("nothing to count")
    return BreakLine(dates.clock(taken.accepted.local), title_of(taken.movement, names), credited)


def _doubts(spans: Iterable[Span], calendar: date | None) -> Iterable[Doubt]:
    for span in spans:
        what = _doubtful(span)
        if what is None:
            continue
        start, end = _inside(span)
        if start < end:
            yield Doubt(
                dates.clock(span.start.local),
                dates.clock(span.end.local),
                between(span.start.local, as_minutes(span.duration)),
                what,
                command(start, end, "%H:%M" if start.date() == end.date() == calendar else DATED),
                (start, end),
            )


def command(start: datetime, end: datetime, form: str = DATED) -> str:
    """What to type to say what a stretch really was; its end is left to the person (spec 8.7)."""
    return f"sitbreak correct {start:{form}} {end:{form}} ..."


def _doubtful(span: Span) -> str | None:
    if span.duration < LEAST_DOUBT:
        return None
    if span.kind is SpanClass.UNOBSERVED:
        why = words.why_unseen(span.evidence)
        return _("not observed: {why}", why=why)
    if span.kind is SpanClass.AWAY and span.strength is Strength.WEAK:
        return _("an absence or reading: no input, screen not locked")
    film = Evidence.MEDIA in span.evidence and Evidence.INPUT not in span.evidence
    if span.kind is SpanClass.SEATED and film and span.duration >= LEAST_FILM:
        return _("booked as seated: something was playing")
    return None


def _inside(span: Span) -> tuple[datetime, datetime]:
    """Its edges to the whole minute, inwards, so that a correction touches no second with input beside it."""
    start, end = span.start.local, span.end.local
    if start.second or start.microsecond:
        start = start.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return start, end.replace(second=0, microsecond=0)

"""From the history to the review, and to the page: one HTML file with nothing to fetch and nothing to run."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sitbreak import language
from sitbreak.core import rounding
from sitbreak.core.accounting import DaySummary, days, of_day
from sitbreak.core.away_share import foreseen, habit_of, told_by
from sitbreak.core.baseline_goal import (
    LADDER,
    Weekdays,
    baseline,
    four_weeks,
    goal_on,
    moved_out,
    next_rung,
    usual_days,
)
from sitbreak.core.estimate import estimates, expected_up, mean_of
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Facts, Span
from sitbreak.core.sitting_pattern import Broken, broken, mean, stretches
from sitbreak.core.spans import average, overlay, with_reach
from sitbreak.core.timeline import DAY_START
from sitbreak.language import N_, _, ngettext, paragraph, pgettext
from sitbreak.ports import History, Whereabouts
from sitbreak.review import chart_geometry, dates, figures, patterns, weeks, words
from sitbreak.review.day import LATEST, DayView, Names, day_view
from sitbreak.review.meaning import meaning
from sitbreak.review.strip import StripLook, located, places_of, told_places
from sitbreak.review.weeks import MonthView, SevenDays, WeekView
from sitbreak.settings.model import Settings

if TYPE_CHECKING:
    from jinja2 import Environment


FOLDER = "pages"


class Scope(StrEnum):
    """How much a report covers; the larger parts follow the smaller ones on the same page."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def render(review: Review, scope: Scope = Scope.DAY, index: str = "") -> str:
    """The report as a self-contained HTML document; `index`: the file beside it that lists the others, if there is."""
    return _page(
        "report.j2",
        review=review,
        day=review.day,
        week=review.week,
        month=review.month,
        scope=scope.value,
        index=index,
        meaning=meaning(review.day.speech),
        speech=review.day.speech,
        looks=_looks(review.day),
        reduction=weeks.reduction_words(review.month),
        how_broken_up=figures.how_broken_up(review.week.broken),
        four_weeks=figures.several_days(review.month.days, review.month.run),
        confirmed_note=_confirmed_note(review.day),
        listed=figures.listed(review.day),
        at=told_places,
        try_this=patterns.suggestion(review.month.long),
    )


def _confirmed_note(day: DayView) -> str:
    """What the confirmed minutes are made of, and the estimate beside them."""
    parts = figures.parts(day.summary) if day.summary is not None else ""
    earned = _(day.speech.earned)
    text = (
        N_("Minutes {earned} are those you confirmed: {parts}.")
        if parts
        else N_("Minutes {earned} are those you confirmed.")
    )
    estimated = "" if day.estimate is None else words.estimated(day.estimate, so_far=day.running)
    return paragraph(_(text, earned=earned, parts=parts), estimated)


def render_index(names: Iterable[str]) -> str:
    """The page that lists the reports of these file names, `report_name`'s, the newest first; others are left out."""
    found = [(when, scope, name) for name in names if (parts := _named(name)) is not None for when, scope in [parts]]
    rows = [(name, _(SCOPE_WORDS[scope]), dates.long_date(when)) for when, scope, name in sorted(found, reverse=True)]
    return _page("index.j2", rows=rows)


def _page(template: str, **values: object) -> str:
    """A page with its style in it, which its own policy allows by the digest."""
    style = (files("sitbreak.review") / FOLDER / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _environment().get_template(template)
    return page.render(style=style, digest=digest, language=language.code(), **values)


def report_name(scope: Scope, day: date) -> str:
    """The file name of the report of a day, or of the week or the four weeks up to it."""
    return f"sitbreak-{scope.value}-{day.isoformat()}.html"


SCOPE_WORDS = {Scope.DAY: N_("The day"), Scope.WEEK: N_("The week"), Scope.MONTH: N_("Four weeks")}
INDEX = "index.html"


def _named(name: str) -> tuple[date, Scope] | None:
    try:
        scope, day = name.removeprefix("sitbreak-").removesuffix(".html").split("-", 1)
        found = date.fromisoformat(day), Scope(scope)
    except ValueError:
        return None
    return found if name == report_name(found[1], found[0]) else None


def _looks(day: DayView) -> dict[str, StripLook]:
    """What the strip of the day has to explain."""
    present = {piece.look for piece in day.strip.pieces} if day.strip is not None else set()
    return {look.name.lower(): look for look in StripLook if look in present}


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("sitbreak.review", FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(
        words=words,
        dates=dates,
        charts=chart_geometry,
        rounding=rounding,
        _=_,
        ngettext=ngettext,
        pgettext=pgettext,
        paragraph=paragraph,
    )
    found.filters["pc"] = _per_cent
    found.filters["px"] = _pixels
    return found


def _per_cent(value: float) -> str:
    """A position such as "12.345%"."""
    return f"{value:.3f}%"


def _pixels(value: float) -> str:
    """A length in the drawing, to the tenth."""
    return f"{value:.1f}"


ONE = timedelta(days=1)
MONTH = 28


@frozen
class Terms:
    """What the review needs to know beside the facts. `goal` is the one before any was recorded, in minutes."""

    today: date
    day_start: time = DAY_START
    weekdays: Weekdays | None = None
    goal: int = LADDER[0]
    calendar: date | None = None  # the date on the wall now; None: that of `today`
    ladder: bool = True  # whether a higher goal may be offered
    names: Names = field(default_factory=dict)
    standing_desk: bool = False
    seated_mode: bool = False
    latest: float = LATEST  # minutes: the person's own latest moment for a reminder

    @classmethod
    def under(cls, settings: Settings, today: date, calendar: date | None = None, names: Names | None = None) -> Terms:
        """The terms under these settings, on this logical day; `calendar` is the date on the wall."""
        return cls(
            today=today,
            calendar=calendar,
            day_start=settings.day.start,
            weekdays=settings.working_hours.weekdays,
            goal=settings.day.goal_minutes,
            ladder=settings.day.goal_ladder,
            names={} if names is None else names,
            standing_desk=settings.raises_desk,
            seated_mode=settings.movements.seated_mode,
            latest=settings.prompt.latest_minutes,
        )


@frozen
class Review:
    """Everything the terminal, the report and the notification say about a day and the time up to it."""

    day: DayView
    week: WeekView
    month: MonthView
    offer: int | None  # the goal to offer next, in minutes
    how_good: str = ""  # how well gaps were foreseen before they were told about


def review(history: History, day: date, terms: Terms) -> Review:
    """The review of `day`, its calendar week and the four weeks up to it."""
    return Books(history, day, terms).review()


def several_days(history: History, last: date, count: int, terms: Terms) -> list[DayView]:
    """The `count` days up to `last`, one view each, oldest first."""
    return Books(history, last, terms, count).last_days(count)


class Books:
    """The facts around a day, and what follows from them."""

    def __init__(self, history: History, day: date, terms: Terms, back: int = MONTH) -> None:
        """Loads the `back` days up to `day`, its calendar week, and the days of every baseline."""
        self.day, self.terms = day, terms
        first, last = day - back * ONE, day + 6 * ONE
        self.facts = history.facts(first - ONE, last + ONE)
        self.stays = history.stays(first - ONE, last + ONE) if isinstance(history, Whereabouts) else {}
        found = _within(days(self.facts, terms.day_start), first, last)
        self.told = told_by(history.answers())
        self.habit = habit_of(history.answers(), history.outcomes() if terms.standing_desk else None)
        self.sitting = estimates(self.facts, self.habit, terms.day_start)
        self.draws = stretches(self.facts, self.habit, terms.day_start)
        self.measured: dict[date, DaySummary] = {}
        self.ups = expected_up(self.sitting)
        for record in self.facts.baselines:
            last = terms.today if record.last is None else record.last
            facts = history.facts(record.first - ONE, last + ONE)
            self.measured |= _by_date(_within(days(facts, terms.day_start), record.first, last))
            self.ups |= expected_up(estimates(facts, self.habit, terms.day_start))
        self.summaries = _by_date(found)
        self.spans = _within_gaps(self.facts, terms.day_start)

    def review(self) -> Review:
        """All of it."""
        offer = next_rung(
            list(self.summaries.values()), self.facts.goals, self.day, self.terms.weekdays, self.terms.goal
        )
        offer = offer if self.terms.ladder and self.day == self.terms.today else None
        how_good = paragraph(words.told_about(self.told), words.foreseen(*foreseen(self.told)))
        return Review(self.view(self.day), self.week(), self.month(), offer, how_good)

    def view(self, day: date) -> DayView:
        """One day."""
        goal = goal_on(day, self.facts.goals, self.terms.goal)
        running, spans = day == self.terms.today, self.spans.get(day, ())
        calendar = self.terms.today if self.terms.calendar is None else self.terms.calendar
        known, names, speech = self.summaries.get(day), self.terms.names, words.speech(self.terms.seated_mode)
        view = day_view(
            known, spans, day, goal, names, running, calendar, self.sitting.get(day), speech, self.terms.latest
        )
        stays = self.stays.get(day, ())
        if not stays or view.strip is None:
            return view
        strip = located(view.strip, spans[0].start, stays)
        return replace(view, strip=strip, places=places_of(stays))

    def last_days(self, count: int) -> list[DayView]:
        """The `count` days up to the day."""
        return [self.view(self.day - ONE * back) for back in reversed(range(count))]

    def week(self) -> WeekView:
        """The calendar week, Monday first, up to today."""
        first = self.day - self.day.weekday() * ONE
        last = min(first + 6 * ONE, max(self.terms.today, self.day))
        shown = tuple(self.view(first + ONE * n) for n in range((last - first).days + 1))
        found = [day.summary for day in shown if day.summary is not None]
        return WeekView(
            first,
            first + 6 * ONE,
            shown,
            self._broken(found),
            weeks.outcomes(prompt for s in found for prompt in s.prompts),
            weeks.movements(found, self.terms.names),
            weeks.areas(found, self.terms.names),
            mean_of([day.sitting for day in shown if day.sitting is not None]),
            weeks.mean_reduced(_within(self.summaries.values(), first - 7 * ONE, first - ONE)),
        )

    def month(self) -> MonthView:
        """The four weeks up to the day."""
        first, last = self.day - (MONTH - 1) * ONE, self.day
        found = _within(self.summaries.values(), first, last)
        records, known = self.facts.baselines, list((self.measured | self.summaries).values())
        usual = baseline(records, known, self.ups, self.terms.weekdays)
        shown = tuple(self.last_days(MONTH))
        return MonthView(
            first,
            last,
            shown,
            tuple(self._seven(first + 7 * n * ONE) for n in range(4)),
            usual,
            len(usual_days(records[-1], known, self.terms.weekdays)) if records else 0,
            None if usual is None else four_weeks(usual, found, self.ups, last, self.terms.weekdays),
            weeks.by_hour(prompt for s in found for prompt in s.prompts),
            tuple(walk for walk in self.facts.movement if first <= walk.day <= last),
            patterns.long_sitting(found, self.terms.latest),
            patterns.goal_run(shown, self.terms.weekdays),
        )

    def _seven(self, first: date) -> SevenDays:
        last = first + 6 * ONE
        found = _within(self.summaries.values(), first, last)
        usual = baseline(self.facts.baselines, list(self.measured.values()), self.ups, self.terms.weekdays)
        valid = [s for s in found if s.valid]
        moved = average(moved_out(s, usual) for s in valid) if usual is not None and valid else None
        return SevenDays(first, last, self._broken(found), moved)

    def _broken(self, found: Sequence[DaySummary]) -> Broken:
        latest = timedelta(minutes=self.terms.latest)
        return broken(found, mean(self.draws, (summary.day for summary in found), latest), latest)


def _within(summaries: Iterable[DaySummary], first: date, last: date) -> list[DaySummary]:
    return [summary for summary in summaries if first <= summary.day <= last]


def _by_date(summaries: Iterable[DaySummary]) -> dict[date, DaySummary]:
    return {summary.day: summary for summary in summaries}


def _within_gaps(facts: Facts, day_start: time) -> Mapping[date, Sequence[Span]]:
    """The corrected spans of each day, from its first presence to its last."""
    spans = overlay(facts.spans, facts.corrections)
    return of_day(span for span, back, on in with_reach(spans, day_start) if not back and not on)

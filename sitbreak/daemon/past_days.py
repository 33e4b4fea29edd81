"""Days gone by for the Today window: what `summary` and the report show, as the window's messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from sitbreak.core.timeline import Instant
from sitbreak.daemon.said_of_days import said
from sitbreak.language import _, numeral, paragraph
from sitbreak.ports import History
from sitbreak.review import charts, dates, figures, patterns, weeks, words
from sitbreak.review.build import Books, Terms
from sitbreak.review.day import DayView, Names
from sitbreak.review.strip import Strip, StripLook
from sitbreak.review.weeks import WeekView
from sitbreak.settings.model import Settings
from sitbreak.window import day_protocol as told
from sitbreak.window.message_fields import Message

ONE = timedelta(days=1)
BACK = {"day": 0, "week": 14, "month": 28}  # days of facts that each needs before its last
ROOM_FOR_A_TIME = 9.0  # per cent of the width
FIRST_DAY = date(2000, 1, 2)  # nothing is recorded before, and a year has its neighbours


def look(history: History, settings: Settings, names: Names, scope: str, day: str, at: Instant) -> Message:
    """The message that answers a look, the history read anew; a day that is none, or to come, is today.

    Raises what the history raises.
    """
    today = at.day(settings.day.start)
    wanted = min(_date(day) or today, today)
    terms = Terms.under(settings, today, at.local.date(), names)
    books = Books(history, wanted, terms, back=BACK.get(scope, 0))
    if scope == "week":
        return {"do": "span", "span": asdict(week_message(books.week(), wanted, today))}
    if scope == "month":
        return {"do": "span", "span": asdict(month_message(books.last_days(28), terms, wanted))}
    day_said = said(books.facts, wanted, settings.day.start, settings.movements.seated_mode)
    return {"do": "day", "day": asdict(replace(day_message(books.view(wanted), today), said=day_said))}


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found >= FIRST_DAY else None


def day_message(view: DayView, today: date) -> told.DayMessage:
    """A day as the window draws it."""
    later, title = view.day < today, view.title
    if view.summary is None or view.strip is None:
        return told.DayMessage(view.day.isoformat(), title, _(words.NOTHING), later=later)
    chart = charts.day_chart(view.strip)
    blocks = tuple(
        told.BlockMessage(
            block.x, block.width, block.look.name.lower(), block.says,
            _iso(piece.start_local), _iso(piece.end_local), block.label, block.ink,
        )
        for block, piece in zip(chart.blocks, view.strip.pieces, strict=True)
    )  # fmt: skip
    return told.DayMessage(
        view.day.isoformat(),
        title,
        view.sentence,
        later=later,
        blocks=blocks,
        hours=_hours(view.strip, chart),
        prompts=tuple(told.MarkMessage(tick.x, tick.label, tick.accepted) for tick in chart.prompts),
        figures=figures.day(view, view.summary),
        legend=_legend(view.strip),
        doubts=tuple(
            told.DoubtMessage(
                _(
                    "{start} to {end}, {time}: {what}",
                    start=each.start,
                    end=each.end,
                    time=words.duration(each.minutes),
                    what=each.what,
                ),
                *map(_iso, each.edges),
            )
            for each in view.doubts
        ),
    )


def _hours(strip: Strip, chart: charts.StripChart) -> tuple[told.MarkMessage, ...]:
    """The full hours; before them when it begins, where the first has room beside it."""
    found = tuple(told.MarkMessage(tick.x, tick.label) for tick in chart.hours)
    room = not found or found[0].x >= ROOM_FOR_A_TIME
    return (told.MarkMessage(0.0, dates.clock(strip.begin)), *found) if room else found


def _legend(strip: Strip) -> tuple[tuple[str, str], ...]:
    """What is on the strip, in words."""
    looks = [look for look in StripLook if any(piece.look is look for piece in strip.pieces)]
    taken = {prompt.accepted for prompt in strip.prompts}
    long = _("long sitting: {minutes} min or more", minutes=numeral(strip.latest))
    reminders = (("taken", True, _("reminder, taken")), ("other", False, _("reminder, other answer")))
    return (
        *((look.name.lower(), long if look is StripLook.LONG else _(look.value)) for look in looks),
        *((kind, word) for kind, accepted, word in reminders if accepted in taken),
    )


def _iso(moment: datetime) -> str:
    return moment.isoformat()


def week_message(week: WeekView, day: date, today: date) -> told.SpanMessage:
    """The calendar week of a day."""
    listed = (*figures.how_broken_up(week.broken), figures.reminders(week.outcomes))
    title = dates.date_range(week.first, week.last)
    return _span("week", week.days, day, title, weeks.week_sentence(week), listed, week.last < today)


def month_message(days: Sequence[DayView], terms: Terms, day: date) -> told.SpanMessage:
    """The four weeks up to a day, with what they suggest."""
    title = dates.date_range(days[0].day, days[-1].day)
    known = [view.summary for view in days if view.summary is not None]
    try_this = patterns.suggestion(patterns.long_sitting(known, terms.latest))
    minutes = _("Minutes {earned} on each day, against the goal.", earned=_(days[-1].speech.earned))
    sentence = paragraph(minutes, try_this)
    listed = figures.several_days(days, patterns.goal_run(days, terms.weekdays))
    return _span("month", days, day, title, sentence, listed, days[-1].day < terms.today)


def _span(
    scope: str,
    days: Sequence[DayView],
    day: date,
    title: str,
    sentence: str,
    listed: figures.Figures,
    later: bool,
) -> told.SpanMessage:
    found, high = charts.goal_columns(days), charts.COLUMNS_HIGH
    columns = tuple(
        told.ColumnMessage(
            each.x, each.width, None if each.height is None else each.height / high, each.inner / high, each.says,
            each.label,
        )
        for each in found.columns
    )  # fmt: skip
    lines = tuple((height / high, label) for height, label in found.lines)
    return told.SpanMessage(
        scope, day.isoformat(), title, sentence, later=later, columns=columns, lines=lines, figures=listed
    )

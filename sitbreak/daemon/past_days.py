"""Days gone by for the Today window: what `summary` and the report show, as the window's messages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from sitbreak.core import rounding
from sitbreak.core.timeline import Instant
from sitbreak.daemon.said_of_days import said
from sitbreak.language import _, numeral, paragraph
from sitbreak.ports import History
from sitbreak.review import chart_geometry, dates, figures, patterns, weeks, words
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
    chart = chart_geometry.day_chart(view.strip)
    return told.DayMessage(
        view.day.isoformat(),
        title,
        view.sentence,
        later=later,
        blocks=_blocks(chart, view.strip),
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
            for each in view.main_doubts
        ),
    )


def _blocks(chart: chart_geometry.StripChart, strip: Strip) -> tuple[told.BlockMessage, ...]:
    return tuple(
        told.BlockMessage(
            block.x, block.width, block.look.name.lower(), block.says,
            _iso(piece.start_local), _iso(piece.end_local), block.label, block.ink,
        )
        for block, piece in zip(chart.blocks, strip.pieces, strict=True)
    )  # fmt: skip


def _hours(strip: Strip, chart: chart_geometry.StripChart) -> tuple[told.MarkMessage, ...]:
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
    """The calendar week of a day, as strips on one clock."""
    strips = chart_geometry.week_charts(week.days)
    hours = {tick.label: tick.x for _view, chart in strips if chart is not None for tick in chart.hours}
    earned = _(week.days[0].speech.earned)
    return told.SpanMessage(
        "week",
        day.isoformat(),
        dates.date_range(week.first, week.last),
        weeks.week_sentence(week),
        later=week.last < today,
        rows=tuple(_day_row(view, chart) for view, chart in strips) if week.summaries else (),
        hours=tuple(told.MarkMessage(x, label) for label, x in hours.items()),
        caption=_(words.ONE_CLOCK, earned=earned),
        figures=(*figures.how_broken_up(week.broken), figures.reminders(week.outcomes), *figures.areas(week.areas)),
    )


def _day_row(view: DayView, chart: chart_geometry.StripChart | None) -> told.RowMessage:
    name, day = dates.weekday(view.day), view.day.isoformat()
    if view.summary is None or view.strip is None or chart is None:
        return told.RowMessage(name, _("{day}: {told}", day=name, told=_("no record")), value=_("no record"), day=day)
    value = _("{minutes} of {goal}", minutes=rounding.full(view.summary.reduced), goal=view.goal)
    says = _("{day}: {told}", day=dates.short_date(view.day), told=view.sentence)
    return told.RowMessage(name, says, _blocks(chart, view.strip), value, day)


def month_message(days: Sequence[DayView], terms: Terms, day: date) -> told.SpanMessage:
    """The four weeks up to a day: columns against the goal, when long sitting gathers, and what that suggests."""
    known = [view.summary for view in days if view.summary is not None]
    long = patterns.long_sitting(known, terms.latest)
    gathered = chart_geometry.long_rows(long)
    minutes = _("Minutes {earned} on each day, against the goal.", earned=_(days[-1].speech.earned))
    found, high = chart_geometry.goal_columns(days), chart_geometry.COLUMNS_HIGH
    return told.SpanMessage(
        "month",
        day.isoformat(),
        dates.date_range(days[0].day, days[-1].day),
        paragraph(minutes, patterns.suggestion(long)),
        later=days[-1].day < terms.today,
        columns=tuple(
            told.ColumnMessage(
                each.x, each.width, None if each.height is None else each.height / high, each.inner / high, each.says,
                each.label, view.day.isoformat(),
            )
            for each, view in zip(found.columns, days, strict=True)
        ),
        lines=tuple((height / high, label) for height, label in found.lines),
        rows=tuple(_weekday_row(name, cells) for name, cells in gathered),
        hours=tuple(told.MarkMessage(cell.x, f"{cell.hour:02}") for cell in gathered[0][1]) if gathered else (),
        caption=_(words.LONG_HOURS, minutes=numeral(terms.latest)) if gathered else "",
        figures=figures.several_days(days, patterns.goal_run(days, terms.weekdays)),
    )  # fmt: skip


def _weekday_row(name: str, cells: Sequence[chart_geometry.Cell]) -> told.RowMessage:
    blocks = tuple(told.BlockMessage(each.x, each.width, "long", each.says, "", "", ink=each.ink) for each in cells)
    time = words.duration(sum(each.minutes for each in cells))
    says = _("{weekday}: {time} of long sitting", weekday=name, time=time)
    return told.RowMessage(name, says, tuple(block for block in blocks if block.ink))

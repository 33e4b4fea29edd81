"""Geometry of the report's charts: places in per cent of the width, heights in pixels, so that text keeps its size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import ceil, pi

from sitbreak.core import rounding
from sitbreak.core.baseline_goal import Reduction
from sitbreak.core.frozen import frozen
from sitbreak.language import N_, _, comma_list, numeral
from sitbreak.review import dates, words
from sitbreak.review.day import DayView
from sitbreak.review.patterns import LongSitting
from sitbreak.review.strip import Mark, Strip, StripLook, StripPiece, told_places
from sitbreak.review.weeks import HourLine

RING_RADIUS = 88.0
COLUMNS_HIGH = 140.0
COLUMNS_WIDE = 93.0  # per cent; the rest is for the labels of the scale
SHORTEST_STRIP = 120.0  # minutes
LEAST_HIGH = 2.0  # a day with a record shows as one, also where nothing was confirmed
FAINTEST = 0.18  # of an hour with a minute of long sitting
PALEST = 0.45  # of the ink of a stretch that was surely spent up
LABEL_LEAST = 4.5  # per cent of the width a stretch must have to carry its minutes


@frozen
class Block:
    """A piece of a strip: where it is, what it looks like, and what it says when pointed at."""

    x: float
    width: float
    look: StripLook
    says: str
    label: str = ""
    ink: float = 1.0  # how dark a stretch is that is not sure: the darker the surer that it was spent up


@frozen
class AxisTick:
    """A mark at `x` with its label; `minor` ones lose it where there is little room."""

    x: float
    label: str
    minor: bool = False
    accepted: bool = False


@frozen
class StripChart:
    """A strip ready to be drawn."""

    blocks: tuple[Block, ...]
    hours: tuple[AxisTick, ...]
    prompts: tuple[AxisTick, ...]


@frozen
class Column:
    """A column: its place, heights in pixels from the ground, and its words. `height` None: nothing recorded."""

    x: float
    width: float
    height: float | None
    inner: float
    says: str
    label: str = ""


@frozen
class Columns:
    """Columns with a scale; `lines` are the values at which a thin line is drawn, with their heights."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, str], ...]


@frozen
class Cell:
    """An hour of a weekday: its place in per cent, minutes of long sitting, and how dark it is, 0 to 1."""

    x: float
    width: float
    hour: int
    minutes: float
    ink: float
    says: str


@frozen
class RangeChart:
    """An estimate on an axis around 0, in per cent of the width."""

    zero: float
    band: tuple[float, float]
    mean: float
    ticks: tuple[AxisTick, ...]


def ring(minutes: float, goal: int) -> tuple[float, float]:
    """Length of the filled arc and of the whole ring, in units of the drawing."""
    whole = 2 * pi * RING_RADIUS
    return whole * min(1.0, minutes / goal if goal else 1.0), whole


def day_chart(strip: Strip) -> StripChart:
    """The strip of one day over the whole width; a day of minutes keeps to a part of it."""
    length = max(strip.length, SHORTEST_STRIP)
    return _strip(replace(strip, hours=(*strip.hours, *_ahead(strip, length))), 0.0, length)


def _ahead(strip: Strip, length: float) -> Iterable[Mark]:
    """The full hours to come on the rest of the width, so that a day is read by its hours from its first minute."""
    now = strip.pieces[-1].end_local
    into = now.minute + now.second / 60
    for hour in range(1, ceil((length - strip.length + into) / 60)):
        yield Mark(strip.length + hour * 60 - into, f"{(now.hour + hour) % 24:02}")


def week_charts(days: Sequence[DayView]) -> list[tuple[DayView, StripChart | None]]:
    """The strips of several days on one common clock, so that noon is above noon."""
    strips = [day.strip for day in days if day.strip is not None]
    if not strips:
        return [(day, None) for day in days]
    low = min(_clock(strip, day.day) for day in days if (strip := day.strip) is not None) // 60 * 60
    ends = [_clock(strip, day.day) + strip.length for day in days if (strip := day.strip) is not None]
    high = ceil(max(ends) / 60) * 60
    return [
        (day, None if day.strip is None else _strip(day.strip, _clock(day.strip, day.day) - low, high - low))
        for day in days
    ]


def _clock(strip: Strip, day: date) -> float:
    """Minutes on the wall clock from midnight of `day` to the beginning of its strip."""
    begin = strip.begin
    return (begin.date() - day).days * 1440 + begin.hour * 60 + begin.minute + begin.second / 60


def _strip(strip: Strip, offset: float, length: float) -> StripChart:
    scale = 100 / max(length, 1.0)

    def ticks(marks: Iterable[Mark]) -> tuple[AxisTick, ...]:
        return tuple(AxisTick((offset + m.at) * scale, m.label, bool(n % 2), m.accepted) for n, m in enumerate(marks))

    blocks = []
    for piece in strip.pieces:
        width = piece.minutes * scale
        label = str(piece.shown) if piece.look is StripLook.LONG and width >= LABEL_LEAST else ""
        ink = 1.0 if piece.look is not StripLook.UNSURE else PALEST + (1 - PALEST) * (piece.share or 0.0)
        blocks.append(Block((offset + piece.start) * scale, width, piece.look, _says(piece), label, ink))
    crowded = scale * 60 < 4  # an hour of less than 4 % leaves no room for its label
    hours = [mark for mark in strip.hours if not crowded or int(mark.label) % 3 == 0]
    return StripChart(tuple(blocks), ticks(hours), ticks(strip.prompts))


def _says(piece: StripPiece) -> str:
    span = _("{start} to {end}", start=dates.clock(piece.start_local), end=dates.clock(piece.end_local))
    told = comma_list((span, _(piece.look.value), words.stretch(piece.shown)))
    more = words.probably_up(piece.share) if piece.share is not None else told_places(piece.at)
    return comma_list((told, more)) if more else told


def goal_columns(days: Sequence[DayView]) -> Columns:
    """C of each day with the goal in force; a day without a record has no column."""
    values = [day.summary.reduced for day in days if day.summary is not None]
    top = scale_top([*values, *(float(day.goal) for day in days)])
    step, columns = COLUMNS_WIDE / len(days), []
    for number, day in enumerate(days):
        known = day.summary
        height = None if known is None else max(LEAST_HIGH, COLUMNS_HIGH * known.reduced / top)
        said = (
            _("nothing recorded")
            if known is None
            else _("{full} of {goal} min", full=rounding.full(known.reduced), goal=day.goal)
        )
        goal = COLUMNS_HIGH * day.goal / top
        label = str(day.day.day) if len(days) <= 7 or day.day.weekday() == 0 else ""
        if label:
            label = dates.weekday(day.day) if len(days) <= 7 else dates.day_month(day.day)
        columns.append(
            Column(
                number * step, step, height, goal, _("{day}: {told}", day=dates.short_date(day.day), told=said), label
            )
        )
    return Columns(tuple(columns), _lines(top))


def hour_columns(hours: Sequence[HourLine]) -> Columns:
    """Prompts by hour: the whole column is those shown, the inner one those taken."""
    if not hours:
        return Columns((), ())
    known = {line.hour: line for line in hours}
    every = [known.get(hour, HourLine(hour, 0, 0)) for hour in range(hours[0].hour, hours[-1].hour + 1)]
    top = scale_top([float(line.shown) for line in every])
    step = COLUMNS_WIDE / len(every)
    columns = [
        Column(
            number * step,
            step,
            COLUMNS_HIGH * line.shown / top,
            COLUMNS_HIGH * line.taken / top,
            _hour_says(line),
            f"{line.hour:02}",
        )
        for number, line in enumerate(every)
    ]
    return Columns(tuple(columns), _lines(top))


def _hour_says(line: HourLine) -> str:
    text = N_("{start:02} to {end:02} h: {taken} of {shown} taken")
    return _(text, start=line.hour, end=line.hour + 1, taken=line.taken, shown=line.shown)


def long_rows(found: LongSitting) -> list[tuple[str, list[Cell]]]:
    """When long sitting was, a row for each weekday with a record; the darker, the more of the hour."""
    hours = found.hours
    step = 100 / max(1, len(hours))
    rows = []
    for weekday in found.weekdays if hours else ():
        cells = []
        for number, hour in enumerate(hours):
            minutes = found.at(weekday, hour)
            says = _(
                "{weekday}, {start:02} to {end:02} h: {minutes} min",
                weekday=dates.day_name(weekday),
                start=hour,
                end=hour + 1,
                minutes=rounding.whole(minutes),
            )
            ink = 0.0 if minutes < 1 else FAINTEST + (1 - FAINTEST) * min(1.0, minutes / 60)
            cells.append(Cell(number * step, step, hour, minutes, ink, says))
        rows.append((dates.short_day_name(weekday), cells))
    return rows


def scale_top(values: Sequence[float]) -> float:
    """The top of a scale from 0 that holds all values, a number whose half is easily read."""
    most = max([*values, 1.0])
    power = 1.0
    while True:
        for factor in (1, 1.2, 1.6, 2, 3, 4, 5, 6, 8):
            if most <= factor * power:
                return factor * power
        power *= 10


def _lines(top: float) -> tuple[tuple[float, str], ...]:
    half = top / 2
    marks = [top] if half != int(half) else [half, top]
    return tuple((COLUMNS_HIGH * mark / top, numeral(mark)) for mark in marks)


def range_chart(found: Reduction) -> RangeChart:
    """R and its band around 0."""
    reach = scale_top([abs(found.low), abs(found.high)])

    def place(value: float) -> float:
        return 50 + 46 * value / reach

    ticks = tuple(AxisTick(place(value), words.signed(value)) for value in (-reach, -reach / 2, 0.0, reach / 2, reach))
    return RangeChart(place(0), (place(found.low), place(found.high)), place(found.mean), ticks)

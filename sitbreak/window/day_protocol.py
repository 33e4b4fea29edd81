"""What the Today window is told of days gone by, beside its status: a day as a strip, a week or four as columns.

To the window: `day` {day: a DayMessage's fields}, `span` {span: a SpanMessage's}, `noted` {text}.
From the window: look {scope: day|week|month, day: ISO date, or "" for today}; correct {from, to, class};
  take_back {start, at: those of a SaidMessage}.
"""

from __future__ import annotations

from collections.abc import Sequence

from sitbreak.core.frozen import frozen
from sitbreak.window.message_fields import BadMessage, Message, listed, mapping
from sitbreak.window.protocol import filled

SCOPES = ("day", "week", "month")


@frozen
class BlockMessage:
    """A piece of the strip: its place in per cent of the width, and its local times as ISO texts.

    `kind`: seated, long, break, standing, away, unsure. `ink`: how dark, 0 to 1.
    """

    x: float
    width: float
    kind: str
    says: str
    start: str
    end: str
    label: str = ""
    ink: float = 1.0


@frozen
class MarkMessage:
    """A point on an axis, in per cent: a full hour, or a prompt (`label`: what became of it, `accepted`: a break)."""

    x: float
    label: str
    accepted: bool = False


@frozen
class DoubtMessage:
    """A stretch that is not sure: what it looks like, and its edges as ISO texts."""

    says: str
    start: str
    end: str


@frozen
class SaidMessage:
    """What the person said of a stretch; `start` and `at`, of the stretch and of the saying, are UTC as ISO texts."""

    says: str
    start: str
    at: str


@frozen
class DayMessage:
    """One day. `figures` are names with their values; `later`: whether there are days after it.

    `legend`: each kind of piece on show, and of reminder (taken, other), with its word.
    """

    day: str
    title: str
    told: str
    later: bool = False
    blocks: tuple[BlockMessage, ...] = ()
    hours: tuple[MarkMessage, ...] = ()
    prompts: tuple[MarkMessage, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    doubts: tuple[DoubtMessage, ...] = ()
    legend: tuple[tuple[str, str], ...] = ()
    said: tuple[SaidMessage, ...] = ()


@frozen
class ColumnMessage:
    """A day of several: place and width in per cent; heights 0 to 1 of the scale, None where nothing was recorded."""

    x: float
    width: float
    height: float | None
    goal: float
    says: str
    label: str = ""
    day: str = ""  # ISO


@frozen
class RowMessage:
    """A row of a chart: what it is of, its pieces and what they come to; `day`: the one it leads to (ISO), if any."""

    name: str
    says: str
    blocks: tuple[BlockMessage, ...] = ()
    value: str = ""
    day: str = ""


@frozen
class SpanMessage:
    """A week or four weeks. `lines`: heights of the scale (0 to 1) with their labels.

    `rows`: days or weekdays one below the other, `hours` the times below them, `caption` what they show.
    """

    scope: str
    day: str
    title: str
    told: str
    later: bool = False
    columns: tuple[ColumnMessage, ...] = ()
    lines: tuple[tuple[float, str], ...] = ()
    rows: tuple[RowMessage, ...] = ()
    hours: tuple[MarkMessage, ...] = ()
    caption: str = ""
    figures: tuple[tuple[str, str], ...] = ()


def day_of(message: object) -> DayMessage:
    """The day in a message; raises BadMessage."""
    found = mapping(message, "day")
    try:
        return filled(
            DayMessage,
            found,
            blocks=_blocks(found),
            hours=tuple(filled(MarkMessage, each) for each in _rows(found, "hours")),
            prompts=tuple(filled(MarkMessage, each) for each in _rows(found, "prompts")),
            doubts=tuple(filled(DoubtMessage, each) for each in _rows(found, "doubts")),
            said=tuple(filled(SaidMessage, each) for each in _rows(found, "said")),
            legend=_pairs(found, "legend"),
            figures=_pairs(found, "figures"),
        )
    except (TypeError, ValueError) as error:
        raise BadMessage(f"day: {error}") from error


def span_of(message: object) -> SpanMessage:
    """The week or month in a message; raises BadMessage."""
    found = mapping(message, "span")
    try:
        return filled(
            SpanMessage,
            found,
            columns=tuple(filled(ColumnMessage, each) for each in _rows(found, "columns")),
            rows=tuple(filled(RowMessage, each, blocks=_blocks(each)) for each in _rows(found, "rows")),
            hours=tuple(filled(MarkMessage, each) for each in _rows(found, "hours")),
        )
    except TypeError as error:
        raise BadMessage(f"span: {error}") from error


def _blocks(found: Message) -> tuple[BlockMessage, ...]:
    return tuple(filled(BlockMessage, each) for each in _rows(found, "blocks"))


def _pairs(found: Message, name: str) -> tuple[tuple[str, str], ...]:
    rows = [listed(row, name) for row in listed(found.get(name, ()), name)]
    return tuple((str(first), str(second)) for first, second in rows)


def _rows(found: Message, name: str) -> Sequence[Message]:
    return [mapping(row, name) for row in listed(found.get(name, ()), name)]

"""The review in a terminal: the day first, the rest on request. Meant for 80 columns, and clear without colour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING

from sitbreak.core import rounding
from sitbreak.core.accounting import DaySummary
from sitbreak.core.records import FOLLOWED
from sitbreak.core.spans import as_minutes, w50
from sitbreak.language import N_, _, numeral
from sitbreak.review import dates, figures, weeks, words
from sitbreak.review.build import Review
from sitbreak.review.day import DayView
from sitbreak.review.strip import Strip, StripLook, StripPiece

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

WIDTH = 76
BAR = 24
INDENT = "  "
# For each look: its character, the one for terminals without Unicode, and its style.
CELLS = {
    StripLook.SEATED: ("▂", "-", "default"),
    StripLook.LONG: ("▄", "=", "yellow"),
    StripLook.BREAK: ("▲", "^", "bold green"),
    StripLook.STANDING: ("┃", "|", "blue"),
    StripLook.AWAY: ("△", "a", "green"),
    StripLook.UNSURE: ("·", ".", "dim"),
}
# What keeps a cell of its own however short it is, the most telling last: a break of two minutes is not to vanish.
KEPT = (StripLook.AWAY, StripLook.BREAK)
EMPTY = N_("Nothing to show yet: once sitbreak has run for a while, the day appears here.")


def console(out: IO[str], colour: bool | None = None) -> Console:
    """A console on `out`; `colour` None leaves it to the terminal and to NO_COLOR."""
    from rich.console import Console

    return Console(file=out, highlight=False, soft_wrap=False, no_color=None if colour is None else not colour)


def show_day(to: Console, review: Review, details: bool = False) -> None:
    """The day: one sentence, the strip, C against the goal, prompts, and what is not sure."""
    view = review.day
    so_far = f"  {_('so far')}" if view.running and view.summary else ""
    to.print(f"[bold]{view.title}[/]{so_far}")
    if view.summary is None or view.strip is None:
        to.print(words.NOTHING)
        return
    plain = not to.encoding.lower().startswith("utf")
    to.print(view.sentence + "\n")
    for line in strip_lines(view.strip, plain):
        to.print(line, no_wrap=True, crop=True)
    to.print()
    to.print(_figures(view, view.summary, plain, details))
    if details:
        _details(to, view, view.summary)
    elif view.doubts:
        to.print("\n" + _("Each reminder, break and doubt: sitbreak summary --details"), style="dim")
    if review.offer is not None:
        to.print("\n" + words.offer(review.offer))


def show_week(to: Console, review: Review, details: bool = False) -> None:
    """The week: a line a day, and how broken-up the sitting was."""
    week = review.week
    to.print(f"[bold]{dates.date_range(week.first, week.last)}[/]")
    show_days(to, week.days)
    if week.sitting is not None:
        note = words.less_sure(week.sitting)
        told = _("Desk sitting {estimate}", estimate=words.sitting(week.sitting, each=True))
        to.print(_("{told}; {note}.", told=told, note=note) if note else _("{told}.", told=told), end="\n\n")
    to.print(_week_figures(review))
    if details:
        to.print()
        for line in (*weeks.reduction_words(review.month),):
            to.print(line)


def show_days(to: Console, views: Sequence[DayView]) -> None:
    """A line for each day; a day without a record stays empty."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    column = _(views[0].speech.column if views else words.UPRIGHT.column)
    heads = (_("goal"), _("sitting"), _("longest"), _("30 min +"), _("reminders taken"))
    for head in (column, *heads):
        table.add_column(head, justify="right", no_wrap=True)
    for view in views:
        table.add_row(dates.short_date(view.day), *_day_row(view))
    to.print(table)
    to.print()


def strip_lines(strip: Strip, plain: bool = False, width: int = WIDTH) -> list[Text]:
    """The strip, its hours, and what the characters mean: a few lines."""
    from rich.text import Text

    each = max(strip.length / width, 1.0)
    count = max(1, min(width, round(strip.length / each)))
    bar, looks = Text(INDENT), cells(strip.pieces, count, each)
    for look in looks:
        character, letter, style = CELLS[look]
        bar.append(letter if plain else character, style)
    hours = Text(INDENT + _hours(strip, count, each), "dim")
    return [bar, hours, *_legend([look for look in CELLS if look in looks], plain, strip.latest)]


def _legend(looks: Sequence[StripLook], plain: bool, latest: float) -> list[Text]:
    from rich.text import Text

    lines = [Text(INDENT)]
    for look in looks:
        character, letter, style = CELLS[look]
        name = _("{minutes} min or more", minutes=numeral(latest)) if look is StripLook.LONG else _(look.value)
        if len(lines[-1]) + len(name) + 5 > WIDTH:
            lines.append(Text(INDENT))
        lines[-1].append(letter if plain else character, style)
        lines[-1].append(f" {name}   ", "dim")
    return lines


def cells(pieces: Sequence[StripPiece], count: int, each: float) -> list[StripLook]:
    """The look of each of `count` cells of `each` minutes: what fills most of it, but a break keeps one of its own.

    Where breaks are so dense that they would hide all between them, every second of their cells shows the rest.
    """
    shares: list[dict[StripLook, float]] = [{} for __ in range(count)]
    for piece in pieces:
        for index in range(int(piece.start / each), min(count, int(piece.end / each) + 1)):
            inside = min(piece.end, (index + 1) * each) - max(piece.start, index * each)
            shares[index][piece.look] = shares[index].get(piece.look, 0.0) + max(inside, 0.0)
    found = [max(share, key=lambda look: share[look]) if share else StripLook.UNSURE for share in shares]
    for look in KEPT:
        for piece in pieces:
            middle = min(count - 1, int((piece.start + piece.end) / 2 / each))
            if piece.look is look and (middle == 0 or found[middle - 1] is not look):
                found[middle] = look
    return found


def _hours(strip: Strip, count: int, each: float) -> str:
    line = [" "] * (count + 2)
    step = next((step for step in (1, 2, 3, 4, 6) if 60 * step / each >= 4), 12)
    for mark in strip.hours:
        at = int(mark.at / each)
        if at < count and int(mark.label) % step == 0 and line[at] == " ":
            line[at : at + 2] = mark.label
    return "".join(line).rstrip()


def _figures(view: DayView, summary: DaySummary, plain: bool, details: bool) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row(_(view.speech.heading_confirmed), _goal(summary.reduced, view.goal, plain))
    for row in figures.sitting(view):
        table.add_row(*row)
    if view.estimate is not None and (note := words.less_sure(view.estimate)):
        table.add_row("", note)
    asked = figures.reminders(weeks.outcomes(summary.prompts))
    for row in (*figures.as_booked(view, summary), *figures.stretches(view, summary), asked, *figures.places(view)):
        table.add_row(*row)
    if summary.uncertain >= 1:
        table.add_row(_("Not sure"), _("{time} of the day", time=words.duration(summary.uncertain)))
    if details:
        usual = w50(summary.lengths)
        table.add_row(_("Usual stretch"), words.duration(None if usual is None else as_minutes(usual)))
        table.add_row(_("Not observed"), words.duration(summary.unobserved))
    return table


def _goal(minutes: float, goal: int, plain: bool) -> str:
    filled = min(BAR, int(BAR * minutes / goal)) if goal else BAR
    bar = "#" * filled + "-" * (BAR - filled) if plain else "━" * filled + "┄" * (BAR - filled)
    told = _("{minutes} of {goal} min", minutes=rounding.full(minutes), goal=goal)
    return f"{told}  [green]{bar}[/]"


def _details(to: Console, view: DayView, summary: DaySummary) -> None:
    if view.prompts:
        to.print(f"\n[bold]{_('Reminders')}[/]")
        to.print(_table([(p.time, p.outcome, p.movement, words.when_it_came(p.reason, p.bout)) for p in view.prompts]))
    if view.breaks:
        to.print(f"\n[bold]{_('Breaks')}[/]")
        to.print(_table([(b.time, b.credited, b.movement) for b in view.breaks]))
    if view.doubts:
        to.print(f"\n[bold]{_('Not sure')}[/]")
        to.print(
            _table(
                [
                    (_("{start} to {end}", start=d.start, end=d.end), words.duration(d.minutes), d.what)
                    for d in view.doubts
                ]
            )
        )
        to.print(f"  {_('To settle one:')}  {view.doubts[0].command}", style="dim", markup=False)
        to.print(f"  {_('End the line with {list}.', list=', '.join(view.speech.classes))}", style="dim")


def _table(rows: Iterable[Sequence[str]]) -> Table:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", width=0)
    for row in rows:
        table.add_row("", *(escape(cell) for cell in row))
    for column in table.columns:
        column.overflow = "fold"
    return table


def _day_row(view: DayView) -> tuple[str, ...]:
    summary = view.summary
    if summary is None:
        return ("", "", _("no record"))
    taken = sum(prompt.outcome in FOLLOWED for prompt in summary.prompts)
    return (
        _("{full} min", full=rounding.full(summary.reduced)),
        f"{view.goal}",
        words.about(view.estimate),
        words.stretch(view.longest),
        str(summary.prolonged()[0]),
        _("{taken} of {count}", taken=taken, count=len(summary.prompts)),
    )


def _week_figures(review: Review) -> Table:
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for row in figures.how_broken_up(review.week.broken):
        table.add_row(*row)
    return table

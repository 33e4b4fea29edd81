"""The line about the day: once, when the working day is over, or the next time the person is there.

Nothing is counted down for it. At each step the day and the clock on the wall say whether a line is due, so a sleep, a
restart or a clock that was set neither loses one nor tells it twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from sitbreak.core.frozen import frozen
from sitbreak.core.prompt_states import Hold, State
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant, logical_day
from sitbreak.daemon.history_aside import Aside
from sitbreak.language import N_, _, after_colon
from sitbreak.ports import Action, History
from sitbreak.review.dates import day_name
from sitbreak.settings.kinds import WEEKDAYS
from sitbreak.settings.model import Settings

if TYPE_CHECKING:
    from sitbreak.review.build import Books

Tell = Callable[[str, str, tuple[Action, ...], str], object]  # title, body, buttons, default action
KEPT = "evening"  # its place in the snapshot
ONE, WEEK = timedelta(days=1), timedelta(days=7)
LOOKED_BACK = 7  # days; a line about one longer ago tells nobody anything
THERE = timedelta(seconds=60)  # hands off for longer, and the chair may be empty (spec 2.1)
# Working hours being over, or a pause of the prompts, is no reason to keep the line back; these are.
BUSY = frozenset(Hold) - {Hold.OFF_HOURS, Hold.PAUSE}
OPEN = "summary"  # the key of its button


@frozen
class LastTold:
    """The last logical day that was told about, and the Monday of the last week."""

    day: date
    week: date


def over(day: date, settings: Settings, zone: tzinfo) -> datetime | None:
    """When the line about a logical day is due, in UTC: at the time set, else at the end of its working hours.

    A range that crosses midnight belongs to the day in which its middle lies. None: with the next day's first input.
    """
    wanted, start = settings.report.summary_at, settings.day.start
    if wanted is not None:
        date_of = day + ONE if wanted < start else day
        return datetime.combine(date_of, wanted, tzinfo=zone).astimezone(UTC)
    ends = [end for begin, end in _ranges(day, settings) if logical_day(begin + (end - begin) / 2, start) == day]
    return max(ends).replace(tzinfo=zone).astimezone(UTC) if ends else None


def due(
    told: date, at: Instant, settings: Settings, recorded: Sequence[date], kept: date | None = None
) -> tuple[date, ...]:
    """The days to tell about now, at most two: the last one before today, if it was never told, and today.

    `recorded` are the days on which somebody was seen; `kept` is told about on the day after it only.
    """
    today = at.day(settings.day.start)
    earlier = [day for day in recorded if told < day < today and day >= today - LOOKED_BACK * ONE][-1:]
    for day in earlier:
        end = over(day, settings, at.zone)
        if end is not None and at.utc < end:
            return ()  # a night shift, still under way
    ended = told < today != kept and today in recorded and _passed(today, at, settings)
    return (*earlier, today) if ended else tuple(earlier)


def free(now: Status) -> bool:
    """Whether somebody is there who can be told something: not away, on a break, in a call or before a prompt."""
    asked = now.state in (State.SHOWN, State.ASKING) or now.question
    return now.idle < THERE and now.break_left is None and not asked and not now.holds & BUSY


class Evening:
    """Tells the line through `tell`, with the report behind it. `settings` may be replaced."""

    def __init__(self, aside: Aside, settings: Settings, snapshot: Mapping[str, object] | None, tell: Tell) -> None:
        """`aside` reads the books; `snapshot` is the one kept last: it says what was told already."""
        self.settings = settings
        self._aside = aside
        self._tell = tell
        self._told = _read(snapshot.get(KEPT) if snapshot else None)
        self._rules = settings  # those at the last look
        self._kept: date | None = None  # a day whose end new rules have put into the past: no line comes of a setting
        self._asked: tuple[date, int] | None = None  # the day, and how many ends had passed, at the last question

    def look(self, now: Status, at: Instant) -> None:
        """Tells what is due; called at every step, and cheap: the history is asked at most three times a day."""
        today = at.day(self.settings.day.start)
        if self._told is None:  # the first run: what was before is not told
            self._told = LastTold(today - ONE, _week(today - ONE, self.settings))
        self._keep_back(today, at)
        asked = today, sum(_passed(day, at, self.settings) for day in (today - ONE, today))
        if self._told.day >= today or asked == self._asked or not free(now):
            return
        self._asked = asked
        lines = partial(_due_lines, self.settings, self._told, at, self._kept)
        self._aside.read(N_("the line about the day"), lines, self._say)

    def _keep_back(self, today: date, at: Instant) -> None:
        """Under new rules the day may have ended long ago; it is told tomorrow, and not because of a setting."""
        former, self._rules = self._rules, self.settings
        if former is not self.settings:
            new = self._kept == today or not _passed(today, at, former)
            self._kept = today if new and _passed(today, at, self.settings) else None

    def remembered(self) -> dict[str, object]:
        """What goes into the snapshot beside the machine's memory."""
        if self._told is None:
            return {}
        return {KEPT: {"day": self._told.day.isoformat(), "week": self._told.week.isoformat()}}

    def _say(self, found: tuple[Sequence[str], LastTold] | None) -> None:
        """Tells these lines, and remembers that they were told; None: nothing is due."""
        if found is None:
            return
        lines, self._told = found
        if lines:
            self._tell(_("Your day"), "\n".join(lines), (Action(OPEN, _("Show the report")),), OPEN)


def _due_lines(
    settings: Settings, told: LastTold, at: Instant, kept: date | None, history: History
) -> tuple[Sequence[str], LastTold] | None:
    """What is to be told at `at`, and what was told then; None where no day is due."""
    today = at.day(settings.day.start)
    books = _books(history, settings, today, today)
    seen = sorted(day for day, summary in books.summaries.items() if summary.omega > 0)
    days = due(told.day, at, settings, seen, kept)
    if not days:
        return None
    week = max(told.week, _week(days[-1], settings))
    return _lines(history, settings, books, days, told), LastTold(max(days[-1], today - ONE), week)


def _lines(history: History, settings: Settings, books: Books, days: Sequence[date], told: LastTold) -> list[str]:
    """A line for each of these days, and one about the week when its turn has come."""
    today, report = books.day, settings.report
    lines = [_about(_name(day, today), books.view(day).told) for day in days if report.daily]
    monday = _week(days[-1], settings)
    if report.weekly_on == "never" or monday <= told.week:
        return lines
    from sitbreak.review.weeks import week_sentence

    week = _books(history, settings, monday + WEEK - ONE, today).week()
    name = _("This week") if today < monday + WEEK else _("Last week")
    return [*lines, _about(name, week_sentence(week))] if week.summaries else lines


def _books(history: History, settings: Settings, day: date, today: date) -> Books:
    from sitbreak.review.build import Books, Terms  # not before there is a day to tell about

    with_week_before = 2 * LOOKED_BACK
    return Books(history, day, Terms.under(settings, today), back=with_week_before)


def _passed(day: date, at: Instant, settings: Settings) -> bool:
    end = over(day, settings, at.zone)
    return end is not None and at.utc >= end


def _about(name: str, told: str) -> str:
    """ "Today: no confirmed minutes out of the chair, ..." """
    return _("{day}: {sentence}", day=name, sentence=after_colon(told))


def _name(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("Yesterday") if day == today - ONE else day_name(day.weekday())


def _week(day: date, settings: Settings) -> date:
    """The Monday of the last week that is to be told by `day`: its weekday for that has come."""
    wanted = settings.report.weekly_on
    back = (day.weekday() - WEEKDAYS.index(wanted)) % 7 if wanted in WEEKDAYS else 0
    last = day - back * ONE
    return last - last.weekday() * ONE


def _ranges(day: date, settings: Settings) -> Iterator[tuple[datetime, datetime]]:
    """The working hours that may belong to a logical day, as readings of the wall clock."""
    hours = settings.working_hours.by_weekday
    for near in (day - ONE, day, day + ONE):
        for start, end in hours.get(near.weekday(), ()) if hours else ():
            last = near if end > start else near + ONE
            yield datetime.combine(near, start), datetime.combine(last, end)


def _read(kept: object) -> LastTold | None:
    """What a snapshot remembers; None for anything that makes no sense."""
    if not isinstance(kept, dict):
        return None
    try:
        return LastTold(date.fromisoformat(kept["day"]), date.fromisoformat(kept["week"]))
    except (KeyError, TypeError, ValueError):
        return None

"""Days and times of day for people; each language has its names and its order of them."""

from __future__ import annotations

from datetime import date, datetime

from sitbreak.language import N_, _, pgettext

WEEKDAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
SHORT_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
MONTHS = (
    *(N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June")),
    *(N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")),
)
SHORT_MONTHS = (
    *(N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), "", N_("Jun")),
    *(N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec")),
)


def day_name(weekday: int) -> str:
    """The name of a weekday, Monday 0."""
    return _(WEEKDAYS[weekday])


def short_day_name(weekday: int) -> str:
    """The short name of a weekday, Monday 0."""
    return _(SHORT_WEEKDAYS[weekday])


def _month(day: date) -> str:
    return _(MONTHS[day.month - 1])


def _short_month(day: date) -> str:
    return pgettext("short month", "May") if day.month == 5 else _(SHORT_MONTHS[day.month - 1])


def _day(day: date) -> str:
    return pgettext("the first day of a month, in a date", "1") if day.day == 1 else str(day.day)


def long_date(day: date) -> str:
    """ "Tuesday, 3 March 2026"."""
    name, month = day_name(day.weekday()), _month(day)
    return _("{weekday}, {day} {month} {year}", weekday=name, day=_day(day), month=month, year=day.year)


def weekday(day: date) -> str:
    """ "Tue 3"."""
    return _("{weekday} {day}", weekday=short_day_name(day.weekday()), day=day.day)


def short_date(day: date) -> str:
    """ "Tue 3 Mar"."""
    return _("{weekday} {day} {month}", weekday=short_day_name(day.weekday()), day=_day(day), month=_short_month(day))


def date_range(first: date, last: date) -> str:
    """ "2 to 8 March 2026", "26 January to 22 February 2026"; of one day its long date."""
    if first == last:
        return long_date(first)
    if first.year != last.year:
        text = N_("{day} {month} {year} to {last_day} {last_month} {last_year}")
    elif first.month != last.month:
        text = N_("{day} {month} to {last_day} {last_month} {last_year}")
    else:
        text = N_("{day} to {last_day} {last_month} {last_year}")
    begin = {"day": _day(first), "month": _month(first), "year": first.year}
    return _(text, **begin, last_day=_day(last), last_month=_month(last), last_year=last.year)


def day_month(day: date) -> str:
    """ "3 Mar"."""
    return _("{day} {month}", day=_day(day), month=_short_month(day))


def clock(local: datetime) -> str:
    """ "09:05"."""
    return f"{local:%H:%M}"

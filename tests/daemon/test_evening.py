"""The line about the day: when it is due, what it says, and that it comes once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import A_MORNING, SimulatedClock
from sitbreak.adapters.history import MemoryHistory
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.movements import Chooser
from sitbreak.core.prompt_states import Hold, State
from sitbreak.core.rules import Rules
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant
from sitbreak.daemon.daily_line import KEPT, Evening, due, free, over
from sitbreak.daemon.history_aside import AtOnce
from sitbreak.ports import Action
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from tests.review.made import BERLIN, Story

MONDAY = date(2026, 3, 2)  # the days of this week; nothing happens to the clocks in it
TUESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=n) for n in (1, 4, 5))
OFFICE = {f"working_hours.{name}": ["09:00-12:00", "13:00-17:00"] for name in ("mon", "tue", "wed", "thu", "fri")}


def settings(**wishes: object) -> Settings:
    """Settings with some keys set; "__" for the dot, and `office=True` for working hours from Monday to Friday."""
    office = OFFICE if wishes.pop("office", False) else {}
    loaded = apply(Settings(), office | {key.replace("__", "."): value for key, value in wishes.items()})
    assert not loaded.problems
    return loaded.settings


def local(text: str, zone: ZoneInfo = BERLIN) -> Instant:
    """The instant of a local time such as "2026-03-02T17:00"."""
    utc = datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
    return Instant(utc - datetime(2026, 1, 1, tzinfo=UTC), utc, zone)


@pytest.fixture
def there() -> Status:
    """Somebody types, and nothing else goes on."""
    machine = Machine(Rules(), Chooser((), Settings().movements.wishes, 1), begin(A_MORNING, Rules()))
    return replace(machine.status(A_MORNING), idle=timedelta(seconds=3))


class Person:
    """A person with a history, who works on some days; what they were told, in order."""

    def __init__(self, there: Status, wanted: Settings, days: int = 14, first: date = MONDAY) -> None:
        self.there = there
        self.told: list[str] = []
        self.history = MemoryHistory()
        self.clock = SimulatedClock(local(f"{first}T09:30"))
        self.evening = Evening(AtOnce(self.history), wanted, None, self.hear)
        story = Story(f"{first}T09:00")
        for number in range(days):
            day = first + timedelta(days=number)
            story.until(f"{day}T09:00") if number else story
            if day.weekday() < 5:
                story.sit(40).move(3).sit(60)
        self.spans = story.spans
        self.wanted = wanted

    def hear(self, title: str, body: str, actions: tuple[Action, ...], default: str) -> None:
        """What is told has the report behind it."""
        assert (title, [action.key for action in actions], default) == ("Your day", ["summary"], "summary")
        self.told.append(body)

    def until(self, text: str, now: Status | None = None) -> list[str]:
        """Somebody is at the desk at this local time (`now`: how); returns what was told since the last call."""
        self.clock.at = local(text)
        self.history.keep([span for span in self.spans if span.end.utc <= self.clock.now().utc])
        before = len(self.told)
        for _ in range(3):
            self.evening.look(now or self.there, self.clock.now())
            self.clock.advance(timedelta(seconds=5))
        return self.told[before:]

    def restart(self) -> None:
        """The program ends and begins again."""
        self.evening = Evening(AtOnce(self.history), self.wanted, self.evening.remembered(), self.hear)


def test_at_the_end_of_the_working_hours(there: Status) -> None:
    """Not a minute before the last range of the day ends, and once."""
    person = Person(there, settings(office=True, report__weekly_on="never"))
    assert person.until("2026-03-02T12:30") == []
    assert person.until("2026-03-02T16:59") == []
    assert person.until("2026-03-02T17:00") == [
        "Today: 3 minutes out of the chair, longest stretch 1 h, 1 stretch of 45 min or more."
        " Desk sitting about 1 h 40 min (between 1 h 5 min and 1 h 45 min)."
    ]
    assert person.until("2026-03-02T19:00") == []
    assert len(person.until("2026-03-03T17:30")) == 1


def test_hours_that_are_set_in_the_evening_bring_no_line_at_once(there: Status) -> None:
    """The day had no end until then: it is told tomorrow. Hours that end later bring it when they do."""
    person = Person(there, settings(report__weekly_on="never"))
    assert person.until("2026-03-02T19:00") == []
    person.evening.settings = settings(office=True, report__weekly_on="never")
    assert person.until("2026-03-02T19:01") == []
    person.evening.settings = settings(office=True, report__weekly_on="never", look__theme="dark")
    assert person.until("2026-03-02T22:00") == []
    assert [line[:10] for line in person.until("2026-03-03T09:30")] == ["Yesterday:"]
    assert [line[:6] for line in person.until("2026-03-03T17:00")] == ["Today:"]
    late = Person(there, settings(report__weekly_on="never"))
    assert late.until("2026-03-02T19:00") == []
    late.evening.settings = settings(report__summary_at="20:15", report__weekly_on="never")
    assert late.until("2026-03-02T20:14") == []
    assert [line[:6] for line in late.until("2026-03-02T20:15")] == ["Today:"]


def test_at_the_time_that_was_set(there: Status) -> None:
    """A time of one's own goes before the working hours."""
    person = Person(there, settings(office=True, report__summary_at="20:15", report__weekly_on="never"))
    assert person.until("2026-03-02T17:30") == []
    assert [line[:6] for line in person.until("2026-03-02T20:15")] == ["Today:"]


def test_with_nothing_set_the_next_day_tells_about_yesterday(there: Status) -> None:
    """At the first input of the next day, not at midnight."""
    person = Person(there, settings(report__weekly_on="never"))
    assert person.until("2026-03-02T23:50") == person.until("2026-03-03T03:59") == []
    told = person.until("2026-03-03T09:00")
    assert told[0].startswith("Yesterday: 3 minutes out of the chair, longest stretch 1 h, 1 stretch of 45 min")
    assert len(told) == 1
    assert person.until("2026-03-03T18:00") == []


def test_after_a_weekend_friday_is_called_by_its_name(there: Status) -> None:
    """On Monday the last working day was not yesterday."""
    person = Person(there, settings(report__weekly_on="never"), first=FRIDAY)
    person.until("2026-03-06T10:00")
    assert [line.split(":")[0] for line in person.until("2026-03-09T09:00")] == ["Friday"]


def test_the_machine_was_off_at_the_end_of_the_day(there: Status) -> None:
    """What nobody could be told in the evening comes the next morning; the evening then has its own."""
    person = Person(there, settings(office=True, report__weekly_on="never"))
    person.until("2026-03-02T10:00")
    person.restart()
    assert [line.split(":")[0] for line in person.until("2026-03-03T09:10")] == ["Yesterday"]
    assert [line.split(":")[0] for line in person.until("2026-03-03T17:10")] == ["Today"]


def test_who_comes_back_late_hears_of_both_days_at_once(there: Status) -> None:
    """One notice with two lines, not two that replace each other."""
    person = Person(there, settings(office=True, report__weekly_on="never"))
    person.until("2026-03-02T10:00")
    (told,) = person.until("2026-03-03T17:10")
    assert [line.split(":")[0] for line in told.splitlines()] == ["Yesterday", "Today"]


def test_a_restart_does_not_tell_it_again(there: Status) -> None:
    """What the snapshot remembers is enough."""
    person = Person(there, settings(office=True))
    assert len(person.until("2026-03-02T17:00")) == 1
    person.restart()
    assert person.evening.remembered() == {KEPT: {"day": "2026-03-02", "week": "2026-02-23"}}
    assert person.until("2026-03-02T17:05") == []


def test_a_clock_set_back_does_not_tell_it_again(there: Status) -> None:
    """Seventeen o'clock comes twice, the line once."""
    person = Person(there, settings(office=True))
    assert len(person.until("2026-03-02T17:00")) == 1
    assert person.until("2026-03-02T16:00") == person.until("2026-03-02T17:00") == []


def test_an_empty_chair_is_told_nothing(there: Status) -> None:
    """Gone at five, the person is told when they are back, the same evening or the next day."""
    person = Person(there, settings(office=True, report__weekly_on="never"))
    gone = replace(there, idle=timedelta(minutes=2))
    assert person.until("2026-03-02T17:00", gone) == []
    assert [line.split(":")[0] for line in person.until("2026-03-02T21:00")] == ["Today"]
    assert person.until("2026-03-03T17:00", gone) == []
    assert [line.split(":")[0] for line in person.until("2026-03-04T09:10")] == ["Yesterday"]


@pytest.mark.parametrize(
    "busy",
    [
        {"holds": frozenset({Hold.CALL})},
        {"holds": frozenset({Hold.LOCK, Hold.OFF_HOURS})},
        {"break_left": timedelta(seconds=30)},
        {"state": State.SHOWN},
        {"question": True},
    ],
)
def test_not_in_the_middle_of_something(there: Status, busy: dict[str, object]) -> None:
    """A call, a lock, a break, a prompt and a question come first."""
    assert free(there)
    assert not free(replace(there, **busy))  # type: ignore[arg-type]  # fields of Status


def test_the_end_of_the_working_hours_does_not_hold_its_own_line(there: Status) -> None:
    """Off hours and a pause keep prompts back, and nothing else."""
    assert free(replace(there, holds=frozenset({Hold.OFF_HOURS, Hold.PAUSE}), paused=True))


def test_a_night_shift_is_one_day(there: Status) -> None:
    """Its hours belong to the day it begins on, though it ends after four; its line comes at its end."""
    nights = settings(working_hours__mon=["22:00-06:00"], working_hours__tue=["22:00-06:00"])
    assert over(MONDAY, nights, BERLIN) == local("2026-03-03T06:00").utc
    assert due(MONDAY - timedelta(days=1), local("2026-03-03T05:00"), nights, [MONDAY, TUESDAY]) == ()
    assert due(MONDAY - timedelta(days=1), local("2026-03-03T06:00"), nights, [MONDAY, TUESDAY]) == (MONDAY,)


def test_a_late_evening_belongs_to_its_day() -> None:
    """Hours until one in the morning, or a line at one, are still the day before."""
    assert over(MONDAY, settings(working_hours__mon=["18:00-01:00"]), BERLIN) == local("2026-03-03T01:00").utc
    assert over(MONDAY, settings(report__summary_at="01:00"), BERLIN) == local("2026-03-03T01:00").utc


def test_a_day_without_hours_has_no_end() -> None:
    """On a free day nothing is told in the evening, but the next time somebody is there."""
    free_days = settings(office=True)
    assert over(SATURDAY, free_days, BERLIN) is None
    assert due(FRIDAY, local("2026-03-07T22:00"), free_days, [FRIDAY, SATURDAY]) == ()
    assert due(FRIDAY, local("2026-03-08T10:00"), free_days, [FRIDAY, SATURDAY]) == (SATURDAY,)


def test_the_end_is_read_off_the_local_clock() -> None:
    """The night the clocks change, five o'clock is five o'clock; a reading that is left out comes an hour off."""
    office = settings(working_hours__sun=["09:00-17:00"])
    spring = date(2026, 3, 29)
    assert over(spring, office, BERLIN) == datetime(2026, 3, 29, 15, tzinfo=UTC)
    left_out = over(date(2026, 3, 28), settings(report__summary_at="02:30"), BERLIN)
    assert left_out is not None
    assert abs(left_out - datetime(2026, 3, 29, 1, tzinfo=UTC)) <= timedelta(hours=1)


def test_long_ago_is_not_told() -> None:
    """After a holiday nobody wants to hear of the last day before it."""
    assert due(MONDAY, local("2026-03-20T09:00"), settings(), [MONDAY, TUESDAY]) == ()


def test_the_week_is_added_on_its_day(there: Status) -> None:
    """On Friday evening a second line tells about the week, and only then."""
    person = Person(there, settings(office=True))
    for day in range(2, 6):
        assert "week" not in "".join(person.until(f"2026-03-0{day}T17:00"))
    (told,) = person.until("2026-03-06T17:00")
    assert told.splitlines()[1] == (
        "This week: 15 minutes out of the chair on 5 days, 60% of the sitting in stretches of 45 min or more."
        " Desk sitting about 1 h 40 min a day (between 1 h 20 min and 1 h 45 min)."
    )
    assert "week" not in "".join(person.until("2026-03-09T17:00"))


def test_a_week_whose_day_was_missed_comes_with_the_next_line(there: Status) -> None:
    """Friday off: Monday's line tells about last week, once."""
    person = Person(there, settings(office=True, report__weekly_on="sat"))
    person.until("2026-03-05T17:00")
    person.until("2026-03-06T17:00")
    assert "Last week: 15 minutes" in "".join(person.until("2026-03-09T17:00"))
    assert "week" not in "".join(person.until("2026-03-10T17:00"))


def test_the_first_run_tells_nothing_of_the_time_before(there: Status) -> None:
    """Somebody who begins on a Wednesday hears neither of Tuesday nor of last week."""
    person = Person(there, settings(office=True))
    person.until("2026-03-03T17:00")
    person.evening = Evening(AtOnce(person.history), settings(office=True), None, person.hear)
    assert person.until("2026-03-04T09:00") == []
    assert [told.count("\n") for told in person.until("2026-03-04T17:00")] == [0]


def test_it_can_be_switched_off(there: Status) -> None:
    """Without the daily line there is the weekly one, and without both nothing."""
    weekly = Person(there, settings(office=True, report__daily=False))
    assert [told[:9] for day in range(2, 8) for told in weekly.until(f"2026-03-0{day}T17:00")] == ["This week"]
    neither = Person(there, settings(office=True, report__daily=False, report__weekly_on="never"))
    assert [told for day in range(2, 8) for told in neither.until(f"2026-03-0{day}T17:00")] == []


@pytest.mark.parametrize("kept", [None, {}, {KEPT: 3}, {KEPT: {"day": "x", "week": "y"}}, {KEPT: {"day": 1}}])
def test_a_snapshot_that_makes_no_sense_is_left_aside(kept: dict[str, object] | None) -> None:
    """Then it begins anew."""
    assert Evening(AtOnce(MemoryHistory()), Settings(), kept, lambda *_: None).remembered() == {}

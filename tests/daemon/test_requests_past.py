"""Requests that begin something or change the past: breaks, pauses, meetings, walks, corrections in local time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sitbreak.adapters.history import HistoryDamaged
from sitbreak.core.events import Locked, Unlocked
from sitbreak.core.records import SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant
from tests.daemon.office import BERLIN, NINE, Office
from tests.fakes.machine import KEY, MINUTE


@pytest.fixture
def office() -> Office:
    """At nine in the morning in Berlin."""
    return Office()


# -- breaks, pauses, meetings, walks


def test_a_break_takes_its_length_or_the_usual_one(office: Office) -> None:
    """Five minutes when asked for, else two; a second one meanwhile begins anew."""
    office.ask(do="break", minutes=5)
    assert office.ask(do="status")["break_left"] == 300.0
    office.ask(do="break")
    assert office.ask(do="status")["break_left"] == 120.0
    other = Office()
    other.ask(do="break")
    assert other.ask(do="status")["break_left"] == 120.0


def test_a_pause_is_for_minutes_until_tomorrow_or_until_resumed(office: Office) -> None:
    """Until tomorrow means 04:00 local."""
    office.ask(do="pause", minutes=30)
    assert office.ask(do="status")["pause_left"] == 1800.0
    office.ask(do="pause", until="tomorrow")
    assert office.ask(do="status")["pause_left"] == 19 * 3600.0
    office.ask(do="pause")
    told = office.ask(do="status")
    assert (told["paused"], told["pause_left"]) == (True, None)
    office.ask(do="key", key="resume")
    assert office.ask(do="status")["paused"] is False


def test_a_pause_until_tomorrow_knows_the_short_night() -> None:
    """From Saturday 21:00 to Sunday 04:00 in the night that loses an hour it is six hours."""
    office = Office(Instant(ZERO, datetime(2026, 3, 28, 20, 0, tzinfo=UTC), BERLIN))
    office.ask(do="key", key="pause:tomorrow")
    assert office.ask(do="status")["pause_left"] == 6 * 3600.0


def test_a_meeting_until_a_time_ends_by_itself(office: Office) -> None:
    """It is on until 09:30 local and off at 09:30, with nobody saying so."""
    office.ask(do="meeting", until="2026-03-02T09:30")
    office.clock.advance(29 * MINUTE)
    office.loop.apply(KEY, office.clock.now())
    assert office.ask(do="status")["signals"] == ["meeting"]
    office.clock.advance(MINUTE)
    office.loop.apply(KEY, office.clock.now())
    assert office.ask(do="status")["signals"] == []


def test_a_walk_is_logged(office: Office) -> None:
    """It enters the walking log, counted or not."""
    office.ask(do="log_walk", minutes=15)
    day = NINE.day(Rules().day_start)
    (walk,) = office.history.facts(day, day).movement
    assert (walk.minutes, walk.counted, walk.source) == (15.0, False, "log")


def test_a_level_is_remembered_and_is_no_presence(office: Office) -> None:
    """A click in our own window is not input."""
    office.clock.advance(MINUTE)
    office.ask(do="level", movement="walk", level="easier")
    assert office.machine.memory().levels == {"walk": "easier"}
    assert office.ask(do="status")["idle"] == 60.0


def test_somebody_who_asks_for_present_is_there(office: Office) -> None:
    """A command is presence."""
    office.clock.advance(MINUTE)
    office.ask(do="present")
    assert office.ask(do="status")["idle"] == 0.0


# -- corrections


def away_for(office: Office, minutes: float) -> None:
    """Locks the screen and comes back."""
    office.loop.apply(Locked(), office.clock.now())
    office.clock.advance(minutes * MINUTE)
    office.loop.apply(Unlocked(), office.clock.now())
    office.loop.apply(KEY, office.clock.now())


def test_a_correction_takes_local_times(office: Office) -> None:
    """Away from 09:20 to 09:30 becomes a walk on the books' own axis."""
    office.type_for(20)
    away_for(office, 10)
    told = office.ask(do="correct", **{"from": "2026-03-02T09:20", "to": "2026-03-02T09:30", "class": "BREAK"})
    assert "ok" in told
    day = NINE.day(Rules().day_start)
    (correction,) = office.history.facts(day, day).corrections
    assert correction.kind is SpanClass.BREAK
    assert (correction.start.since(NINE), correction.end.since(NINE)) == (20 * MINUTE, 30 * MINUTE)


@pytest.mark.parametrize(
    ("start", "end", "kind", "words"),
    [
        ("2026-03-02T09:10", "2026-03-02T09:05", "SEATED", "after the start"),
        ("2026-03-02T09:00", "2026-03-02T10:00", "SEATED", "not over yet"),
        ("2026-02-27T09:00", "2026-02-27T09:10", "SEATED", "Nothing was recorded then"),
        ("2026-03-02T09:00", "2026-03-02T09:10", "BREAK", "keyboard or mouse input"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_with_its_reason(
    office: Office, start: str, end: str, kind: str, words: str
) -> None:
    """It is returned as an error, and nothing is kept."""
    office.type_for(20)
    error = str(office.ask(do="correct", **{"from": start, "to": end, "class": kind})["error"])
    assert words in error
    day = NINE.day(Rules().day_start)
    assert office.history.facts(day, day).corrections == ()


def test_a_correction_across_a_changed_wall_clock_finds_its_span(office: Office) -> None:
    """After the clock was set forward an hour, 09:05 to 09:10 still means what the clock showed then."""
    office.type_for(20)
    away_for(office, 10)
    office.clock.step(timedelta(hours=1))
    office.type_for(5)
    office.ask(do="correct", **{"from": "2026-03-02T09:21", "to": "2026-03-02T09:29", "class": "STANDING"})
    day = NINE.day(Rules().day_start)
    (correction,) = office.history.facts(day, day).corrections
    assert (correction.start.since(NINE), correction.end.since(NINE)) == (21 * MINUTE, 29 * MINUTE)


def test_a_correction_in_the_night_that_repeats_an_hour_may_name_the_offset() -> None:
    """02:30 comes twice; without an offset it is the first, with one it is the one named."""
    start = Instant(ZERO, datetime(2026, 10, 25, 0, 0, tzinfo=UTC), BERLIN)  # 02:00 summer time
    for named, minute in (("2026-10-25T02:30", 30), ("2026-10-25T02:30+01:00", 90)):
        office = Office(start)
        office.type_for(110)
        end = "2026-10-25T02:40" + named[16:]
        office.ask(do="correct", **{"from": named, "to": end, "class": "STANDING"})
        day = start.day(Rules().day_start)
        (correction,) = office.history.facts(day, day).corrections
        assert correction.start.since(start) == minute * MINUTE
        assert correction.end.since(correction.start) == 10 * MINUTE


def test_a_history_that_cannot_be_read_is_an_answer(office: Office) -> None:
    """The correction is refused in the history's own words."""
    office.history.unreadable = HistoryDamaged("It was set aside.")
    told = office.ask(do="correct", **{"from": "2026-03-02T08:59", "to": "2026-03-02T09:00", "class": "SEATED"})
    assert told == {"error": "It was set aside."}

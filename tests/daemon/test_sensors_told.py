"""What is told of a seat and a desk that tell: in the status, in the log, in doctor, and with each figure."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from sitbreak.cli.doctor_findings import against_seat
from sitbreak.core.away_share import NO_ANSWERS
from sitbreak.core.effects import SensorDoubted
from sitbreak.core.estimate import Sitting
from sitbreak.core.events import Sensor, SensorRead, StandingDeclared, Started, Stopped
from sitbreak.core.measured import Held
from sitbreak.core.sensor_words import Distrust
from sitbreak.daemon import words
from sitbreak.daemon.performer import Performer
from sitbreak.review import words as figures
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE

TAKEN, EMPTY = SensorRead(Sensor.SEAT, True), SensorRead(Sensor.SEAT, False)
ABOUT = "about 5 h (between 4 h 55 min and 5 h 5 min)"
UP, DOWN = SensorRead(Sensor.DESK, True), SensorRead(Sensor.DESK, False)


def test_the_present_says_that_it_is_measured() -> None:
    """While the seat has its word, and no longer once it is empty; then the person is away after a minute."""
    morning = Morning().type(5)
    assert "measured" not in words.first_line(morning.status)
    morning.tell(TAKEN).wait(6)
    assert words.first_line(morning.status).startswith("About 11 min at the desk, measured:")
    assert (morning.status.seat, morning.status.away) == (True, False)
    morning.tell(EMPTY).wait(0.5)
    assert (morning.status.seat, morning.status.away) == (False, False)
    morning.wait(1)
    assert morning.status.away
    assert "you seem to be away" in words.first_line(morning.status)


@pytest.mark.parametrize(("minutes", "measured"), [(0.7, True), (1.2, False)])
def test_a_moment_in_which_nobody_listened(minutes: float, measured: bool) -> None:
    """Under a minute changes nothing, though the seat says nothing anew; after more it needs a key first."""
    morning = Morning().type(1).tell(TAKEN).tell(Stopped())
    morning.at = morning.at.plus(minutes * MINUTE)
    morning.tell(Started())
    assert (morning.status.seat is True) is measured
    assert morning.type(0.1).status.seat is True


def test_a_raised_desk_is_standing_without_an_end() -> None:
    """The glyph, the words, and no moment at which anybody is asked."""
    morning = Morning().type(5).tell(UP).type(1)
    assert words.first_line(morning.status) == "Standing: your desk is raised"
    assert words.glyph(morning.status) == "standing"
    assert (morning.status.desk_raised, morning.status.standing_left) == (True, None)
    morning.tell(DOWN)
    assert not morning.status.standing


def test_a_sensor_that_lost_its_word_is_named() -> None:
    """The seat under somebody who types, the desk whose owner says otherwise; neither once they agree again."""
    morning = Morning().type(1).tell(TAKEN).tell(EMPTY).type(6)
    assert "The seat sensor said empty while you typed" in words.not_counted(morning.status)
    morning.tell(TAKEN).type(1)
    assert words.not_counted(morning.status) == ""
    morning.tell(EMPTY).tell(UP).tell(StandingDeclared(False))
    assert "The desk sensor said raised and you said lowered" in words.not_counted(morning.status)


@pytest.mark.parametrize("why", Distrust)
@pytest.mark.parametrize("sensor", Sensor)
def test_every_way_to_lose_it_has_its_sentence(sensor: Sensor, why: Distrust) -> None:
    """For each that can befall this sensor; a desk cannot be typed on."""
    of_desk, of_seat = {Distrust.SILENT, Distrust.DENIED, Distrust.RESTLESS}, set(Distrust) - {Distrust.DENIED}
    possible = why in (of_desk if sensor is Sensor.DESK else of_seat)
    assert ((sensor, why) in words.DOUBTED) is possible


def test_the_log_has_a_line_each_way(caplog: pytest.LogCaptureFixture) -> None:
    """One when the word is lost, one when it is back."""
    parts: list[Any] = [Mock() for _ in range(6)]
    performer, at = Performer(*parts), Morning().at
    with caplog.at_level(logging.INFO, "sitbreak"):
        performer.perform(SensorDoubted(Sensor.SEAT, Distrust.TYPED), at)
        performer.perform(SensorDoubted(Sensor.SEAT, None), at)
    assert [record.message for record in caplog.records] == [
        "the seat sensor does not count any more (typed); the rules decide",
        "the seat sensor counts again",
    ]


@pytest.mark.parametrize(
    ("measured", "each", "said"),
    [
        (0.0, False, ABOUT),
        (
            200.0,
            False,
            "about 5 h (between 4 h 55 min and 5 h 5 min), 3 h 20 min of the time measured by the seat sensor",
        ),
        (500.0, False, "5 h, measured by the seat sensor"),
        (499.0, True, "5 h a day, measured by the seat sensor"),
    ],
)
def test_a_figure_says_how_much_of_it_was_measured(measured: float, each: bool, said: str) -> None:
    """None, a part or all of it; of a day that was measured nothing is a first guess."""
    found = replace(Sitting(300.0, 500.0, 0.0, 0.0, 4.0, (0.0, 0.0), NO_ANSWERS), measured=measured)
    assert figures.sitting(found, each) == said
    assert ("first guess" in figures.less_sure(found)) is (measured < 499)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (Held(12, -6.2), "On 12 measured days the estimate was 6 min a day low."),
        (Held(3, 4.6), "On 3 measured days the estimate was 5 min a day high."),
        (Held(1, 0.3), "On 1 measured day the estimate was right to the minute."),
    ],
)
def test_the_error_of_the_rules_in_words(held: Held, said: str) -> None:
    """In whole minutes a day."""
    assert against_seat(held) == said

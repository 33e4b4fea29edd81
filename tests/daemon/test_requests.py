"""Requests of the control socket: every one of them, good and bad fields, and what is answered (spec 2.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.adapters.history import HistoryDamaged
from sitbreak.core.effects import ShowPrompt
from sitbreak.core.events import Locked, Signal, Unlocked
from sitbreak.core.machine import Machine, begin
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Outcome, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.requests import Reply, Requests
from sitbreak.daemon.today import Today
from sitbreak.settings.model import Settings
from tests.fakes.machine import KEY, MINUTE, SECOND, ScriptedFeed, Walks
from tests.fakes.ports import FakeHistory, FakePerformer

BERLIN = ZoneInfo("Europe/Berlin")
NINE = Instant(timedelta(hours=3), datetime(2026, 3, 2, 8, 0, tzinfo=UTC), BERLIN)  # 09:00 in Berlin


class Office:
    """A running program as far as requests go."""

    def __init__(self, start: Instant = NINE) -> None:
        self.clock = SimulatedClock(start)
        self.history = FakeHistory()
        self.performer = FakePerformer()
        rules = Rules()
        self.machine = Machine(rules, Walks(), begin(start, rules))
        feed = ScriptedFeed(self.clock)
        self.loop = Loop(self.machine, self.clock, feed, self.history, self.performer, 5 * SECOND)
        self.today = Today(self.history, Settings())
        self.pressed: list[str] = []
        self.kept_up: list[Mapping[str, object]] = []
        program = {"stop": lambda: self.pressed.append("stop")}
        self.requests = Requests(self.loop, self.today, self._upkeep, program)

    def _upkeep(self, request: Mapping[str, object], at: Instant, loop: Loop) -> Reply:
        self.kept_up.append(request)
        return {"ok": "kept up"}

    def ask(self, **request: object) -> Reply:
        """The answer at this moment; it can always be said in JSON."""
        reply = self.requests.answer(request, self.clock.now())
        json.dumps(reply)
        return reply

    def type_for(self, minutes: float) -> None:
        """A key every half minute from now on."""
        for _ in range(round(minutes * 2)):
            self.loop.apply(KEY, self.clock.now())
            self.clock.advance(30 * SECOND)
        self.loop.apply(KEY, self.clock.now())

    def prompt(self) -> None:
        """Types until a prompt is on show."""
        while not any(isinstance(effect, ShowPrompt) for _, effect in self.performer.performed):
            self.type_for(1)
        assert self.state is State.SHOWN

    @property
    def state(self) -> State:
        """Where the prompt is."""
        return self.machine.desk.prompting.s.state


@pytest.fixture
def office() -> Office:
    """At nine in the morning in Berlin."""
    return Office()


# -- status


def test_status_tells_the_present_in_values_and_words(office: Office) -> None:
    """Ten minutes at the desk: seconds for programs, sentences for people."""
    office.type_for(10)
    told = office.ask(do="status")
    assert told["state"] == "resting"
    assert told["sitting"] == 600.0
    assert told["first_line"] == "About 10 min at the desk: next prompt in 20 min or later"
    assert told["today_line"] == "Today 0 of 10 min out of the chair"
    assert told["glyph"] == "sitting"
    assert told["last_prompt"] == ""
    assert told["trouble"] == ""


def test_status_names_what_is_on_in_order(office: Office) -> None:
    """Signals and evidence are lists of words, and the last prompt is a time with its zone."""
    office.prompt()
    office.ask(do="key", key="meeting:on")
    office.ask(do="key", key="reading:on")
    told = office.ask(do="status")
    assert told["signals"] == ["meeting", "reading"]
    assert str(told["last_shown"]).startswith("2026-03-02T08:35:29")
    assert str(told["last_shown"]).endswith("+00:00")
    assert str(told["last_prompt"]).startswith("Last prompt at 09:35: it came in a pause")


def test_status_tells_that_nothing_can_be_written(office: Office) -> None:
    """The trouble of the books is part of it, and nothing else is missing."""
    office.history.trouble = "The history cannot be written (the disk is full)."
    office.loop.checkpoint(office.clock.now())
    assert office.ask(do="status")["trouble"] == office.history.trouble


def test_status_lives_with_a_history_that_cannot_be_read(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    """The figures of before stay, and the log says so once."""
    office.ask(do="log_walk", minutes=5)
    office.history.unreadable = HistoryDamaged("It was set aside.")
    office.today.changed()
    for _ in range(3):
        assert office.ask(do="status")["today_line"] == "Today 0 of 10 min out of the chair"
    assert [record.message for record in caplog.records] == [
        "the figures of today are not up to date: It was set aside."
    ]


# -- keys, and the program's own words


@pytest.mark.parametrize(
    ("key", "signal"),
    [("meeting", Signal.MEETING), ("reading", Signal.READING)],
)
def test_a_declared_signal_goes_on_and_off(office: Office, key: str, signal: Signal) -> None:
    """What the user says is so until they say otherwise."""
    assert "error" not in office.ask(do="key", key=f"{key}:on")
    assert signal in office.machine.state.context.signals
    office.ask(do="key", key=f"{key}:off")
    assert signal not in office.machine.state.context.signals


def test_standing_is_told_with_when_it_is_asked_again(office: Office) -> None:
    """The answer is the tray's first line."""
    assert office.ask(do="key", key="standing:on")["ok"] == "Not sitting, you said: desk raised; asked again in 40 min."


@pytest.mark.parametrize(
    "key",
    [
        "", "nonsense", "pause", "pause:", "pause:abc", "pause:nan", "pause:inf", "pause:1e400", "pause:-1", "pause:0",
        "pause:1441", "snooze:x", "snooze:-5", "break:-2", "break:1e9", "gap:", "gap:flown", "gap:walked-nan",
        "gap:walked-1e400", "gap:walked--5", "up:", "up:maybe", "standing:", "standing:up", "meeting:x", "reading:1",
    ],
)  # fmt: skip
def test_a_key_that_makes_no_sense_is_refused_in_a_sentence(office: Office, key: str) -> None:
    """Nothing is told to the machine, and nothing breaks."""
    before = office.machine.state.seen
    office.clock.advance(MINUTE)
    error = str(office.ask(do="key", key=key)["error"])
    assert error.startswith("key: ")
    assert error.endswith(".")
    assert office.machine.state.seen == before


def test_the_programs_own_words_are_passed_on(office: Office) -> None:
    """Stop is done by the program, a goal by those who keep the books."""
    assert office.ask(do="stop") == {"ok": "Done."}
    assert office.pressed == ["stop"]
    assert office.ask(do="goal", minutes=30) == {"ok": "kept up"}
    assert office.kept_up == [{"do": "goal", "minutes": 30}]


@pytest.mark.parametrize("do", [None, "", "explode", 5, ["status"], {"do": "status"}])
def test_an_unknown_request_is_one_sentence(office: Office, do: object) -> None:
    """It names the field, what was said, and what is allowed."""
    error = str(office.ask(do=do)["error"])
    assert error.startswith("do: ")
    assert "allowed: status" in error


# -- answers


def test_an_answer_to_nothing_is_told_what_to_do_instead(office: Office) -> None:
    """Nobody is left to guess why nothing happened."""
    no_prompt = "No prompt is on show; `sitbreak break` starts a break at any time."
    assert office.ask(do="answer", answer="start") == {"error": no_prompt}
    assert office.ask(do="key", key="not_now") == {"error": no_prompt}
    assert "Nothing was asked" in str(office.ask(do="key", key="up:yes")["error"])
    assert "no open question" in str(office.ask(do="key", key="gap:stood")["error"])


def test_start_begins_the_break(office: Office) -> None:
    """The answer tells the time to go."""
    office.prompt()
    assert office.ask(do="answer", answer="start")["ok"] == "About 36 min at the desk: on a break, 2 min to go."
    assert office.state is State.ON_BREAK


def test_snooze_takes_its_minutes_and_ends_after_two(office: Office) -> None:
    """The third snooze of a sitting is refused with what is possible."""
    for _ in range(2):
        office.performer.performed.clear()
        office.prompt()
        assert "ok" in office.ask(do="answer", answer="snooze", minutes=5)
    office.performer.performed.clear()
    office.prompt()
    assert "No snooze is left" in str(office.ask(do="answer", answer="snooze", minutes=5)["error"])
    assert office.state is State.SHOWN


def test_not_now_is_booked_as_declined(office: Office) -> None:
    """Both spellings of the table mean the same."""
    office.prompt()
    office.ask(do="answer", answer="not_now")
    day = office.clock.now().day(Rules().day_start)
    assert office.history.facts(day, day).prompts[-1].outcome is Outcome.DECLINED


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        ({"do": "answer"}, "answer"),
        ({"do": "answer", "answer": "later"}, "answer"),
        ({"do": "answer", "answer": ["start"]}, "answer"),
        ({"do": "answer", "answer": "snooze", "minutes": "ten"}, "minutes"),
        ({"do": "answer", "answer": "snooze", "minutes": 0}, "minutes"),
        ({"do": "break", "minutes": -2}, "minutes"),
        ({"do": "break", "minutes": True}, "minutes"),
        ({"do": "break", "minutes": float("nan")}, "minutes"),
        ({"do": "break", "minutes": float("inf")}, "minutes"),
        ({"do": "break", "movement": 7}, "movement"),
        ({"do": "pause", "minutes": None}, "minutes"),
        ({"do": "pause", "minutes": 1441}, "minutes"),
        ({"do": "pause", "until": "someday"}, "until"),
        ({"do": "meeting"}, "until"),
        ({"do": "meeting", "until": "soon"}, "until"),
        ({"do": "meeting", "until": "2026-03-02T08:59"}, "until"),
        ({"do": "log_walk"}, "minutes"),
        ({"do": "log_walk", "minutes": 5, "source": 5}, "source"),
        ({"do": "level", "level": "easier"}, "movement"),
        ({"do": "level", "movement": "walk", "level": "wild"}, "level"),
        ({"do": "correct"}, "from"),
        ({"do": "correct", "from": "09:00", "to": "2026-03-02T09:10", "class": "SEATED"}, "from"),
        ({"do": "correct", "from": "2026-03-02T09:00", "to": "x", "class": "SEATED"}, "to"),
        ({"do": "correct", "from": "0001-01-01T00:00", "to": "2026-03-02T09:00", "class": "SEATED"}, "from"),
        ({"do": "correct", "from": "2026-03-02T09:00", "to": "9999-12-31T23:59", "class": "SEATED"}, "to"),
        ({"do": "correct", "from": "2026-03-02T09:00", "to": "2026-03-02T09:01", "class": "ASLEEP"}, "class"),
    ],
)
def test_a_bad_field_is_named_with_what_is_allowed(office: Office, request_: dict[str, object], field: str) -> None:
    """One sentence, and the machine is told nothing."""
    before = office.machine.state.seen
    office.clock.advance(MINUTE)
    error = str(office.ask(**request_)["error"])
    assert error.startswith(f"{field}: ")
    assert error.endswith(".")
    assert office.machine.state.seen == before


# -- breaks, pauses, meetings, walks


def test_a_break_takes_its_length_or_the_usual_one(office: Office) -> None:
    """Five minutes when asked for, else two; a second one meanwhile changes nothing."""
    office.ask(do="break", minutes=5)
    assert office.ask(do="status")["break_left"] == 300.0
    office.ask(do="break")
    assert office.ask(do="status")["break_left"] == 300.0
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
    assert office.machine.state.levels == {"walk": "easier"}
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

"""Requests of the control socket: status, keys and answers, good and bad fields (spec 2.2)."""

from __future__ import annotations

import pytest

from sitbreak.adapters.history import HistoryDamaged
from sitbreak.core.events import Signal
from sitbreak.core.prompt_states import State
from sitbreak.core.records import Outcome
from sitbreak.core.rules import Rules
from tests.daemon.office import Office
from tests.fakes.machine import MINUTE


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
    assert told["first_line"] == "About 10 min at the desk: next reminder in 20 min at the earliest"
    assert told["today_line"] == "Today 0 of 10 min out of the chair"
    assert told["glyph"] == "sitting"
    assert told["last_prompt"] == ""
    assert told["trouble"] == ""


def test_status_tells_how_long_somebody_probably_sat(office: Office) -> None:
    """With the range; nothing before half an hour was observed."""
    assert office.ask(do="status")["sitting_today"] == ""
    office.type_for(60)
    office.loop.checkpoint(office.clock.now())
    office.today.changed()
    assert office.ask(do="status")["sitting_today"] == "Desk sitting today about 1 h (between 25 min and 1 h)."


def test_status_tells_what_is_booked_so_far(office: Office) -> None:
    """Sitting and standing apart; nothing before the first minute."""
    assert office.ask(do="status")["booked_today"] == ""
    office.type_for(10)
    office.ask(do="key", key="standing:on")
    office.type_for(5)
    office.loop.checkpoint(office.clock.now())
    office.today.changed()
    assert office.ask(do="status")["booked_today"] == "Booked today: sitting 10 min, standing 5 min."


def test_status_names_what_is_on_in_order(office: Office) -> None:
    """Signals and evidence are lists of words, and the last prompt is a time with its zone."""
    office.prompt()
    office.ask(do="key", key="meeting:on")
    office.ask(do="key", key="reading:on")
    told = office.ask(do="status")
    assert told["signals"] == ["meeting", "reading"]
    assert str(told["last_shown"]).startswith("2026-03-02T08:35:29")
    assert str(told["last_shown"]).endswith("+00:00")
    assert str(told["last_prompt"]).startswith("Last reminder at 09:35: it came in a pause")


def test_status_tells_that_nothing_can_be_written(office: Office) -> None:
    """The trouble of the books is part of it, and nothing else is missing."""
    office.history.trouble = "The history cannot be written (the disk is full)."
    office.loop.checkpoint(office.clock.now())
    assert office.ask(do="status")["trouble"] == office.history.trouble


def test_a_stop_while_nothing_can_be_written_promises_nothing(office: Office) -> None:
    """It says what is lost, instead of that everything is kept."""
    office.type_for(10)
    office.history.trouble = "The history cannot be written (the disk is full)."  # from the last write on
    told = str(office.ask(do="stop")["ok"])
    assert "the disk is full" in told
    assert "lost" in told
    assert "kept" not in told


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
    assert signal in office.machine.memory().context.signals
    office.ask(do="key", key=f"{key}:off")
    assert signal not in office.machine.memory().context.signals


def test_standing_is_told_with_when_it_is_asked_again(office: Office) -> None:
    """The answer is the tray's first line."""
    assert office.ask(do="key", key="standing:on")["ok"] == "Standing: I will ask again in 40 min."


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
    before = office.machine.memory().seen
    office.clock.advance(MINUTE)
    error = str(office.ask(do="key", key=key)["error"])
    assert error.startswith("key: ")
    assert error.endswith(".")
    assert office.machine.memory().seen == before


def test_the_programs_own_words_are_passed_on(office: Office) -> None:
    """Stop is done by the program, a goal by those who keep the books."""
    assert office.ask(do="stop") == {"ok": "sitbreak has stopped. Everything counted so far is kept."}
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
    assert office.ask(do="answer", answer="start")["ok"] == "On a break: 2 min to go."
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
    before = office.machine.memory().seen
    office.clock.advance(MINUTE)
    error = str(office.ask(**request_)["error"])
    assert error.startswith(f"{field}: ")
    assert error.endswith(".")
    assert office.machine.memory().seen == before

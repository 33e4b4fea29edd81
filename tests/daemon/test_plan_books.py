"""The plans as the Plans window shows and changes them, without a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.history import HistoryDamaged
from sitbreak.core.plans import PLANS, REST
from sitbreak.core.records import BaselineRecord
from sitbreak.daemon.baseline_goal import Measured
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.settings.model import Settings
from sitbreak.settings.sections import MovementsSettings

DAY = date(2026, 3, 2)


class Desk:
    """Plans in a folder, what was asked of the program, and the commands that were started."""

    def __init__(self, file: Path) -> None:
        self.day, self.file, self.settings = DAY, file, Settings()
        self.usual: Measured | None = None
        self.unreadable = ""
        self.asked: list[Mapping[str, object]] = []
        self.ran: list[tuple[str, ...]] = []
        self.reply: Mapping[str, object] = {"ok": "Walk noted."}
        self.books = PlanBooks(file, lambda: self.day, self._usual, lambda *words: self.ran.append(words))

    def _usual(self, day: date) -> Measured | None:
        if self.unreadable:
            raise HistoryDamaged(self.unreadable)
        return self.usual

    def press(self, verb: str, **values: object) -> str:
        """What a button of the window does."""

        def ask(request: Mapping[str, object]) -> Mapping[str, object]:
            self.asked.append(request)
            return self.reply

        return self.books.do({"event": "plan", "verb": verb, **values}, ask)

    def shown(self, name: str = "walking") -> dict[str, Any]:
        """A plan in the window."""
        return next(each for each in self.window()["plans"] if each["name"] == name)

    def window(self) -> dict[str, Any]:
        """The whole window."""
        return self.books.request(self.settings)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Where no plan was begun yet."""
    return Desk(tmp_path / "plans.json")


def test_all_plans_and_rests_are_shown(desk: Desk) -> None:
    """None of them runs to begin with, and nothing was said yet."""
    window = desk.window()
    assert [each["name"] for each in window["plans"]] == [each.name for each in PLANS]
    assert [name for name, _ in window["rests"]] == [each.name for each in REST]
    assert not any(each["running"] for each in window["plans"])
    assert (window["measured"], window["told"]) == ("no", "")


def test_a_plan_is_begun_logged_and_ended(desk: Desk) -> None:
    """What the week asks for, what was logged and when; ended, it keeps its log for the next time."""
    desk.press("start", name="squats")
    desk.press("log", name="squats", amount=5, day="today")
    desk.day = date(2026, 3, 3)
    desk.press("log", name="squats", amount=4, day="today")
    shown = desk.shown("squats")
    assert "So far 9 of 15 repetitions." in shown["told"]
    assert shown["logged"] == "4 repetitions today, 5 repetitions yesterday"
    assert desk.press("stop", name="squats") == "Squats: stopped. What you logged is kept."
    assert not desk.shown("squats")["running"]
    assert desk.asked == []


def test_a_slip_is_taken_back(desk: Desk) -> None:
    """The last entry, and only that."""
    desk.press("start", name="squats")
    desk.press("log", name="squats", amount=5, day="today")
    desk.press("log", name="squats", amount=50, day="today")
    assert desk.press("take_back", name="squats") == "Taken back: 50 repetitions today."
    assert desk.shown("squats")["logged"] == "5 repetitions today"


def test_a_walk_of_the_ladder_goes_into_the_walking_log(desk: Desk) -> None:
    """One of today; one of yesterday is in the plan alone."""
    desk.press("start", name="walking")
    desk.day = date(2026, 3, 3)
    assert desk.press("log", name="walking", amount=12, day="today") == "Walk noted."
    assert desk.press("log", name="walking", amount=12, day="yesterday") == ""
    assert desk.asked == [{"do": "log_walk", "minutes": 12.0, "source": "walking"}]


def test_any_walk_can_be_noted(desk: Desk) -> None:
    """Without a plan; why it was refused is told."""
    desk.reply = {"error": "The history is full."}
    assert desk.press("walk", amount=20) == "The history is full."
    assert desk.asked == [{"do": "log_walk", "minutes": 20.0}]


@pytest.mark.parametrize(
    ("verb", "values", "told"),
    [
        ("log", {"amount": 5, "day": "today"}, "Squats is not running; start it first."),
        ("take_back", {}, "Nothing is logged in Squats."),
        ("stop", {}, "Squats is not running; start it first."),
    ],
)
def test_what_cannot_be_done_is_told(desk: Desk, verb: str, values: dict[str, object], told: str) -> None:
    """And changes nothing."""
    assert desk.press(verb, name="squats", **values) == told
    assert not desk.file.exists()


def test_a_damaged_file_is_told_and_stays(desk: Desk) -> None:
    """The window opens all the same."""
    desk.file.write_text("[")
    assert "is damaged" in desk.window()["told"]
    assert "is damaged" in desk.press("start", name="squats")
    assert desk.file.read_text() == "["


def test_a_history_that_cannot_be_read_is_told(desk: Desk) -> None:
    """The plans are there without it."""
    desk.unreadable = "The history cannot be read."
    assert desk.window()["told"] == "The history cannot be read."


def test_usual_days_are_measured_without_a_terminal(desk: Desk) -> None:
    """Begun, ended and begun anew, as over the control socket; no command is named."""
    for verb in ("measure", "stop_measuring", "redo"):
        assert desk.press(verb) == ""
    assert [request["verb"] for request in desk.asked] == ["start", "stop", "redo"]
    desk.usual = Measured(BaselineRecord(DAY), 2, None)
    window = desk.window()
    assert window["measured"] == "now"
    assert window["usual"].endswith("No prompts come meanwhile.")


def test_in_seated_mode_there_is_what_fits(desk: Desk) -> None:
    """A way can be noted, and usual days measured; the plans are for those who stand, and wait."""
    desk.press("start", name="walking")
    assert desk.books.line(desk.settings).startswith("Walking ladder")
    desk.settings = Settings(movements=MovementsSettings(seated_mode=True))
    assert (desk.window()["plans"], desk.window()["rests"], desk.books.line(desk.settings)) == ((), (), "")


def test_movements_and_rest_are_shown_in_a_window_of_their_own(desk: Desk) -> None:
    """As by the commands, in a process beside this one."""
    desk.press("guide")
    desk.press("rest", name="stool", amount=15)
    assert desk.ran == [("plan", "guide"), ("plan", "rest", "15", "stool")]

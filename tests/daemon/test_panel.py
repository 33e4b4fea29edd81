"""The Today window, the settings window and the first window, as the program opens them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.history import HistoryDamaged
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.records import GoalRecord
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.help_topics import TOPICS
from sitbreak.daemon.menu import NOT_WRITTEN
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.daemon.presenter import TOLD
from sitbreak.daemon.side_windows import OPENING, Panel
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from tests.daemon.stage import CATALOGUE, Stage
from tests.fakes.machine import Walks, after
from tests.fakes.ports import FakeWindow

NOW = after(0)
A_DAY = NOW.day(Rules().day_start)


class Desk:
    """A panel, and all it shows things on."""

    def __init__(self, file: Path, window: FakeWindow | None) -> None:
        self.stage, self.window, self.file = Stage(), window, file
        self.applied: list[Settings] = []
        self.machine = Machine(Rules(), Walks(), begin(NOW, Rules()))
        self.books = MemoryHistory(Rules().day_start)
        today = self.today = Today(self.books, Settings())
        self.panel = Panel(
            window,
            self.stage.presenter,
            today,
            file,
            load(file),
            self.applied.append,
            lambda: None,
            PlanBooks(file.with_name("plans.json"), lambda: A_DAY, lambda day: None, self.run),
            look=self.look,
        )
        self.panel.answer = self.answer
        self.ran: list[tuple[str, ...]] = []
        self.asked: list[Mapping[str, object]] = []
        self.reply: dict[str, object] = {"ok": "Noted."}
        self.unreadable = ""

    def run(self, *words: str) -> None:
        """As a command of ours is started."""
        self.ran.append(words)

    def answer(self, request: Mapping[str, object]) -> Mapping[str, object]:
        """As the program answers a request."""
        self.asked.append(request)
        return self.reply

    def look(self, scope: str, day: str, at: Instant) -> Mapping[str, object]:
        """A day gone by."""
        if self.unreadable:
            raise HistoryDamaged(self.unreadable)
        return {"do": "day", "scope": scope, "day": day}

    def figures(self, goal: int) -> None:
        """A goal was chosen today."""
        self.books.keep([GoalRecord(A_DAY, goal)])
        self.today.look(NOW)

    @property
    def card(self) -> dict[str, Any]:
        """The window that was opened last."""
        assert self.window is not None
        return dict(self.window.opened[-1])


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """With windows, and no settings file yet."""
    return Desk(tmp_path / "sitbreak.toml", FakeWindow())


def test_the_status_card_tells_what_is_wrong_as_the_tray_does(desk: Desk) -> None:
    """What tray and card list is one menu: records that wait or a crash are not left out of one of them."""
    desk.stage.notes = [NOT_WRITTEN]
    desk.panel.status(desk.machine, NOW)
    assert desk.stage.notes[0] in [entry["label"] for entry in desk.card["entries"]]


def test_the_status_card_tells_of_a_plan(desk: Desk) -> None:
    """The line about the plans stands behind why no prompt comes yet."""
    desk.panel.said({"event": "plan", "verb": "start", "name": "squats"}, NOW)
    desk.panel.status(desk.machine, NOW)
    assert desk.card["note"].endswith(" Squats, week 1: 5, 0 of 3 this week.")


def test_an_open_card_is_kept_true_until_it_is_closed(desk: Desk) -> None:
    """Each step tells it the present; a closed one is told nothing."""
    assert desk.window is not None
    desk.panel.refresh(desk.machine, NOW)
    desk.panel.status(desk.machine, NOW)
    desk.panel.refresh(desk.machine, NOW)
    desk.panel.said({"event": "closed"}, NOW)
    desk.panel.refresh(desk.machine, NOW)
    assert [message["do"] for message in desk.window.told] == ["status"]


def test_without_a_window_a_notice_says_the_same(tmp_path: Path) -> None:
    """Where no window can be had, or it fails, nothing a person asks for comes to nothing."""
    for window in (None, FakeWindow(failing="No display.")):
        desk = Desk(tmp_path / "sitbreak.toml", window)
        desk.panel.status(desk.machine, NOW)
        assert desk.stage.note(TOLD).title == "Under a minute at the desk"
        desk.panel.settings_window()
        assert str(desk.file) in desk.stage.note(TOLD).body


def test_a_changed_file_is_read_once(desk: Desk) -> None:
    """A file that is right is applied; one that is not keeps what was in force, and says so."""
    desk.file.write_text("[day]\ngoal_minutes = 25\n", encoding="utf-8")
    for _ in range(2):
        desk.panel.refresh(desk.machine, NOW)
    assert [settings.day.goal_minutes for settings in desk.applied] == [25]
    desk.file.write_text("[day]\ngoal_minutes = 'many'\n", encoding="utf-8")
    desk.panel.refresh(desk.machine, NOW)
    assert desk.applied[-1].day.goal_minutes == 25
    assert "day.goal_minutes" in desk.stage.note(TOLD).body


def test_the_settings_window_is_told_what_became_of_a_change(desk: Desk) -> None:
    """A value that is taken comes back as it stands, one that is refused comes with the reason."""
    assert desk.window is not None
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": 30}, NOW)
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": "many"}, NOW)
    taken, refused = desk.window.told
    assert taken == {"do": "value", "key": "day.goal_minutes", "value": 30}
    assert refused["do"] == "error"
    assert load(desk.file).settings.day.goal_minutes == 30


@pytest.mark.parametrize(
    "message", [{}, {"event": "set"}, {"event": "set", "key": "no.such", "value": 1}, {"event": 5}]
)
def test_nonsense_of_a_window_changes_nothing(desk: Desk, message: dict[str, object]) -> None:
    """The file stays away, and the program goes on."""
    assert desk.panel.said(message, NOW) == ""
    assert not desk.file.exists()


# -- days gone by


def test_the_window_asks_for_a_day_and_is_told(desk: Desk) -> None:
    """The answer goes to the window."""
    desk.panel.said({"event": "look", "scope": "week", "day": "2026-03-02"}, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "day", "scope": "week", "day": "2026-03-02"}]


def test_a_correction_is_told_and_the_day_shown_anew(desk: Desk) -> None:
    """As over the control socket, with the sentence it answers."""
    asked = {"from": "2026-03-02T09:00", "to": "2026-03-02T09:10", "class": "AWAY"}
    desk.panel.said({"event": "correct", **asked}, NOW)
    assert desk.asked == [{"do": "correct", **asked}]
    assert desk.window is not None
    assert [message["do"] for message in desk.window.told] == ["noted", "day"]


def test_a_correction_refused_says_why_and_changes_nothing(desk: Desk) -> None:
    """The sentence stands in the window."""
    desk.reply = {"error": "There was input."}
    desk.panel.said({"event": "correct", "from": "x", "to": "y", "class": "BREAK"}, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "noted", "text": "There was input."}]


def test_a_history_that_cannot_be_read_is_said_in_the_window(desk: Desk) -> None:
    """And nothing else happens."""
    desk.unreadable = "The history is damaged."
    desk.panel.said({"event": "look", "scope": "day", "day": ""}, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "noted", "text": "The history is damaged."}]


# -- settings for people


def test_a_preset_sets_all_it_names(desk: Desk) -> None:
    """Both ends of the window, in the file and in the open window."""
    desk.panel.said({"event": "preset", "name": "Gentle"}, NOW)
    assert desk.applied[-1].prompt.earliest_minutes == 45
    assert desk.applied[-1].prompt.latest_minutes == 60
    assert desk.window is not None
    assert [(each["key"], each["value"]) for each in desk.window.told] == [
        ("prompt.earliest_minutes", 45),
        ("prompt.latest_minutes", 60),
    ]


def test_a_preset_that_is_none_changes_nothing(desk: Desk) -> None:
    """The file stays away."""
    desk.panel.said({"event": "preset", "name": "Harsh"}, NOW)
    assert not desk.file.exists()


def test_a_value_refused_is_told_in_a_sentence(desk: Desk) -> None:
    """Without keys and bounds of the file."""
    desk.panel.said({"event": "set", "key": "working_hours.fri", "value": ["9-5"]}, NOW)
    assert desk.window is not None
    (told,) = desk.window.told
    assert str(told["text"]).startswith('I cannot read "9-5". Write 09:00-17:00')


def test_presets_are_drawn_and_told_in_words(desk: Desk) -> None:
    """The same day under each of them, and how many reminders it would have had."""
    desk.panel.settings_window()
    gentle, standard, _ = desk.card["presets"]
    assert gentle["sitting"] == standard["sitting"]
    assert len(gentle["reminders"]) < len(standard["reminders"])
    assert gentle["count"] == "1 reminder"
    assert gentle["drawn"] == "On a made-up day: a reminder at 11:45."
    assert standard["drawn"].startswith("On a made-up day: 4 reminders, at 09:15, ")


def test_help_opens_a_window_with_all_topics(desk: Desk) -> None:
    """Those of `sitbreak help`; without a window a notice says where they are."""
    desk.panel.help()
    assert desk.card["kind"] == "help"
    assert len(desk.card["topics"]) == len(TOPICS)


def test_a_movement_refused_on_the_card_is_turned_off(desk: Desk) -> None:
    """Once, in the settings, where it can be brought back."""
    for _ in range(2):
        desk.panel.never_again("walk-window")
    assert desk.applied[-1].movements.off == ("walk-window",)
    assert len(desk.applied) == 1


def test_after_the_first_window_a_notice_shows_where_it_lives(desk: Desk) -> None:
    """Once, whether its choices were taken or not; other windows end without a word."""
    desk.panel.welcome()
    desk.panel.said({"event": "closed"}, NOW)
    assert desk.stage.note(TOLD).title == "I live here, in the tray"
    shown = len(desk.stage.notifier.shown)
    desk.panel.settings_window()
    desk.panel.said({"event": "closed"}, NOW)
    assert len(desk.stage.notifier.shown) == shown


def test_the_first_window_comes_again_until_it_was_left(desk: Desk) -> None:
    """The next start is told of one that was still open; of one that could not open a notice was shown."""
    desk.panel.welcome()
    assert desk.panel.remembered() == {OPENING: "welcome"}
    desk.panel.said({"event": "closed"}, NOW)
    assert desk.panel.remembered() == {OPENING: ""}
    assert desk.window is not None
    desk.window.failing = "No display."
    desk.panel.welcome()
    assert desk.panel.remembered() == {OPENING: ""}


def test_the_goal_in_the_settings_is_the_one_in_force(desk: Desk) -> None:
    """One chosen elsewhere is shown there and in the first window, and one that is set there holds."""
    desk.figures(goal=25)
    desk.panel.settings_window()
    assert shown_value(desk, "day.goal_minutes") == 25
    desk.panel.welcome()
    assert desk.card["goal_min"] == 25
    assert 25 in desk.card["goals"]
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": 10}, NOW)
    assert desk.asked == [{"do": "goal", "minutes": 10}]


def test_a_goal_in_a_changed_file_holds(desk: Desk) -> None:
    """It is the last that was said."""
    desk.file.write_text("[day]\ngoal_minutes = 40\n", encoding="utf-8")
    desk.panel.refresh(desk.machine, NOW)
    assert desk.asked == [{"do": "goal", "minutes": 40}]


def test_changes_that_wait_for_the_next_start_are_told(desk: Desk) -> None:
    """Each time one is made, and when the window opens; taken back, nothing waits."""
    assert desk.window is not None
    desk.panel.said({"event": "set", "key": "general.language", "value": "de"}, NOW)
    assert desk.window.told[-1] == {"do": "waiting", "keys": ["general.language"]}
    desk.panel.settings_window()
    assert desk.card["waiting"] == ("general.language",)
    desk.panel.said({"event": "reset", "key": "general.language"}, NOW)
    assert desk.window.told[-1] == {"do": "waiting", "keys": []}


def test_a_default_that_does_not_go_with_the_rest_is_refused_in_words(desk: Desk) -> None:
    """The earliest cannot go back to 30 minutes while the latest is 20; no key of the file is named."""
    assert desk.window is not None
    desk.panel.said({"event": "preset", "name": "Frequent"}, NOW)
    desk.panel.said({"event": "set", "key": "prompt.latest_minutes", "value": 25}, NOW)
    desk.panel.said({"event": "reset", "key": "prompt.earliest_minutes"}, NOW)
    told = str(desk.window.told[-1]["text"])
    assert told.startswith('"Remind me at the earliest after" cannot be more than "Remind me at the latest after"')
    assert load(desk.file).settings.prompt.earliest_minutes == 20


def shown_value(desk: Desk, key: str) -> object:
    """What the settings window shows of a setting."""
    return next(each["value"] for each in desk.card["settings"] if each["key"] == key)


def test_the_gallery_shows_all_movements_and_what_is_off(desk: Desk) -> None:
    """Those of the catalogue, in its order."""
    desk.panel.never_again("dyn-calf")
    desk.panel.movements()
    assert desk.card["kind"] == "movements"
    assert [each["id"] for each in desk.card["movements"]] == list(CATALOGUE)
    assert desk.card["off"] == ("dyn-calf",)


def test_what_is_to_be_forgotten_is_asked_of_the_program(desk: Desk) -> None:
    """What came of it goes back; a message without a day forgets nothing."""
    assert desk.window is not None
    desk.panel.said({"event": "forget", "before": None}, NOW)
    desk.panel.said({"event": "forget"}, NOW)
    assert desk.asked == [{"do": "forget", "before": None}, {"do": "forget", "before": ""}]
    assert desk.window.told[0] == {"do": "noted", "text": "Noted."}


def test_a_plan_is_changed_and_the_window_told(desk: Desk) -> None:
    """The whole of it anew."""
    assert desk.window is not None
    desk.panel.plans()
    assert desk.card["kind"] == "plans"
    desk.panel.said({"event": "plan", "verb": "start", "name": "squats"}, NOW)
    (told,) = (dict[str, Any](message) for message in desk.window.told)
    assert [each["name"] for each in told["plans"] if each["running"]] == ["squats"]


def test_a_goal_is_set_as_from_a_terminal(desk: Desk) -> None:
    """Nothing is said where it was taken; what is refused, or no number at all, is told."""
    desk.panel.goal("20")
    assert desk.asked == [{"do": "goal", "minutes": 20}]
    with pytest.raises(KeyError):
        desk.stage.note(TOLD)
    desk.reply = {"error": "0 is no goal."}
    desk.panel.goal("0")
    assert desk.stage.note(TOLD).body == "0 is no goal."


def test_the_apps_that_run_are_told_when_they_are_asked_for(desk: Desk) -> None:
    """By their names, for one setting."""
    desk.panel.said({"event": "apps", "key": "prompt.quiet_apps"}, NOW)
    assert desk.window is not None
    (told,) = desk.window.told
    assert (told["do"], told["key"]) == ("apps", "prompt.quiet_apps")
    names = told["names"]
    assert isinstance(names, list)
    assert any(str(name).startswith(("python", "pytest")) for name in names)

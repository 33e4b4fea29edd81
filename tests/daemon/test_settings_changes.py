"""The settings while the program runs: read again, changed from their window, and true in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitbreak.core.rules import Rules
from sitbreak.daemon.presenter import TOLD
from sitbreak.settings.load import load
from tests.daemon.panel_desk import Desk
from tests.fakes.machine import after
from tests.fakes.ports import FakeWindow

NOW = after(0)
A_DAY = NOW.day(Rules().day_start)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """With windows, and no settings file yet."""
    return Desk(tmp_path / "sitbreak.toml", FakeWindow())


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


def test_the_goal_in_the_settings_is_the_one_in_force(desk: Desk) -> None:
    """One chosen elsewhere is shown there and in the first window, and one that is set there holds."""
    desk.figures(goal=25)
    desk.panel.settings_window()
    assert shown_value(desk, "day.goal_minutes") == 25
    desk.panel.welcome()
    assert desk.card["goal_min"] == 25
    assert 25 in desk.card["goals"]
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": 10}, NOW)
    assert desk.asked[-1] == {"do": "goal", "minutes": 10}


def test_an_open_window_shows_what_was_changed_elsewhere(desk: Desk) -> None:
    """In a terminal or an editor: the settings that differ, and only those."""
    desk.panel.settings_window()
    desk.file.write_text("[prompt]\nsound = true\n[break]\nminutes = 2\n", encoding="utf-8")
    desk.panel.refresh(desk.machine, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "value", "key": "prompt.sound", "value": True}]


def test_what_was_learned_stands_with_its_switch(desk: Desk) -> None:
    """From when on reminders come now, as `doctor` tells it."""
    desk.reply = {"backends": {"prompts from": "They come later, after 35 min."}}
    desk.panel.settings_window()
    told = next(each["help"] for each in desk.card["settings"] if each["key"] == "prompt.adaptive")
    assert told.endswith("and you are told why. They come later, after 35 min.")


def test_an_open_window_takes_the_colours_that_are_chosen_in_it(desk: Desk) -> None:
    """At once; nobody has to open it again to see."""
    desk.panel.said({"event": "set", "key": "look.theme", "value": "high-contrast"}, NOW)
    assert desk.window is not None
    assert desk.window.told[-1] == {"do": "theme", "theme": "contrast"}


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


def test_the_apps_that_run_are_told_when_they_are_asked_for(desk: Desk) -> None:
    """By their names, for one setting."""
    desk.panel.said({"event": "apps", "key": "prompt.quiet_apps"}, NOW)
    assert desk.window is not None
    (told,) = desk.window.told
    assert (told["do"], told["key"]) == ("apps", "prompt.quiet_apps")
    names = told["names"]
    assert isinstance(names, list)
    assert any(str(name).startswith(("python", "pytest")) for name in names)

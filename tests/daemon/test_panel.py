"""The Today window, the settings window and the first window, as the program opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitbreak.core.rules import Rules
from sitbreak.daemon.help_topics import TOPICS
from sitbreak.daemon.menu import NOT_WRITTEN
from sitbreak.daemon.presenter import TOLD
from sitbreak.daemon.side_windows import OPENING
from tests.daemon.panel_desk import Desk
from tests.daemon.stage import CATALOGUE
from tests.fakes.machine import after
from tests.fakes.ports import FakeWindow

NOW = after(0)
A_DAY = NOW.day(Rules().day_start)


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
    desk.panel.said({"event": "look", "scope": "week", "day": "2024-05-06"}, NOW)
    assert desk.window is not None
    (told,) = desk.window.told
    span: Any = told["span"]
    assert (told["do"], span["scope"], span["day"]) == ("span", "week", "2024-05-06")


def test_a_correction_is_told_and_the_day_shown_anew(desk: Desk) -> None:
    """As over the control socket, with the sentence it answers."""
    asked = {"from": "2026-03-02T09:00", "to": "2026-03-02T09:10", "class": "AWAY"}
    desk.panel.said({"event": "correct", **asked}, NOW)
    assert desk.asked == [{"do": "correct", **asked}]
    assert desk.window is not None
    assert [message["do"] for message in desk.window.told] == ["noted", "day"]


def test_what_was_said_is_taken_back_and_the_day_shown_anew(desk: Desk) -> None:
    """The request names the stretch and when it was said."""
    desk.panel.said({"event": "take_back", "start": "x", "at": "y"}, NOW)
    assert desk.asked == [{"do": "take_back", "start": "x", "at": "y"}]
    assert desk.window is not None
    assert [message["do"] for message in desk.window.told] == ["noted", "day"]


def test_a_report_that_no_browser_opens_is_told_in_today_and_in_a_notice(desk: Desk) -> None:
    """With the place of the file."""
    desk.panel.summary()
    desk.report_told("No browser opened the page. It is this file: /x.html")
    assert desk.window is not None
    assert desk.window.told[-1] == {"do": "noted", "text": "No browser opened the page. It is this file: /x.html"}
    assert desk.stage.note(TOLD).body.endswith("/x.html")


def test_a_correction_refused_says_why_and_changes_nothing(desk: Desk) -> None:
    """The sentence stands in the window."""
    desk.reply = {"error": "There was input."}
    desk.panel.said({"event": "correct", "from": "x", "to": "y", "class": "BREAK"}, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "noted", "text": "There was input."}]


def test_a_history_that_cannot_be_read_is_said_in_the_window(desk: Desk) -> None:
    """And nothing else happens."""
    desk.aside.unreadable = "The history is damaged."
    desk.panel.said({"event": "look", "scope": "day", "day": ""}, NOW)
    assert desk.window is not None
    assert desk.window.told == [{"do": "noted", "text": "The history is damaged."}]


def test_an_answer_that_was_overtaken_is_not_shown(desk: Desk) -> None:
    """Four weeks take longer to read than a day: whoever went on to the day is not thrown back."""
    desk.aside.slow = True
    for scope in ("month", "day"):
        desk.panel.said({"event": "look", "scope": scope, "day": ""}, NOW)
    desk.aside.tell()
    assert desk.window is not None
    assert [message["do"] for message in desk.window.told] == ["day"]


def test_help_opens_a_window_with_all_topics(desk: Desk) -> None:
    """Those of `sitbreak help`, and last what works here."""
    desk.reply = {"first_line": "About 5 min at the desk", "backends": {"ports": []}}
    desk.panel.help()
    assert desk.card["kind"] == "help"
    *topics, here = desk.card["topics"]
    assert len(topics) == len(TOPICS)
    assert here == {"title": "What works here", "text": "About 5 min at the desk.\nWhat works here:"}


def test_a_movement_is_tried_in_the_window_of_a_break(desk: Desk) -> None:
    """In a process of its own, as the command does it."""
    desk.panel.said({"event": "try", "movement": "walk-window"}, NOW)
    assert desk.ran == [("movements", "try", "walk-window")]


def test_a_restart_for_changed_settings_leads_back_to_them(desk: Desk) -> None:
    """The next start opens their window."""
    desk.panel.said({"event": "restart"}, NOW)
    assert desk.ran == [("restart",)]
    assert desk.panel.remembered() == {OPENING: "settings"}


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


def test_only_today_is_told_of_the_present(desk: Desk) -> None:
    """Another window in its place is told nothing, and what failed before it does not keep it from its figures."""
    assert desk.window is not None
    desk.panel.status(desk.machine, NOW)
    desk.panel.settings_window()
    desk.panel.refresh(desk.machine, NOW)
    assert desk.window.told == []
    desk.window.failing = "No display."
    desk.panel.welcome()
    desk.window.failing = ""
    desk.panel.status(desk.machine, NOW)
    desk.panel.refresh(desk.machine, NOW)
    assert [each["do"] for each in desk.window.told] == ["status"]


def test_a_computer_is_named_and_the_window_told(desk: Desk) -> None:
    """What came of it, and the list anew; the settings have it as they open, too."""
    assert desk.window is not None
    desk.panel.settings_window()
    assert desk.window.told == []  # nothing is shared
    desk.asked.clear()
    desk.reply = {"ok": "Noted.", "devices": [{"name": "big screen"}]}
    desk.panel.said({"event": "devices", "verb": "name", "name": "big screen"}, NOW)
    assert desk.asked[0] == {"do": "devices", "event": "devices", "verb": "name", "name": "big screen"}
    assert desk.asked[1] == {"do": "devices", "verb": "list"}
    assert [each["do"] for each in desk.window.told] == ["noted", "devices"]
    desk.panel.settings_window()
    assert [each["do"] for each in desk.window.told] == ["noted", "devices", "devices"]


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

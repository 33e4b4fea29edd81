"""The status card, the settings window and the first window, as the program opens them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.core.machine import Machine
from sitbreak.core.rules import Rules
from sitbreak.core.state import begin
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.presenter import TOLD
from sitbreak.daemon.side_windows import Panel
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from tests.daemon.stage import Stage
from tests.fakes.machine import Walks, after
from tests.fakes.ports import FakeWindow

NOW = after(0)


class Desk:
    """A panel, and all it shows things on."""

    def __init__(self, file: Path, window: FakeWindow | None) -> None:
        self.stage, self.window, self.file = Stage(), window, file
        self.applied: list[Settings] = []
        self.machine = Machine(Rules(), Walks(), begin(NOW, Rules()))
        today = Today(MemoryHistory(Rules().day_start), Settings())
        self.panel = Panel(
            window,
            self.stage.presenter,
            today,
            file,
            load(file),
            self.applied.append,
            lambda: None,
            lambda: "Day 2 of 5.",
        )

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
    desk.stage.notes = ["Records wait in memory: see `sitbreak status`"]
    desk.panel.status(desk.machine, NOW)
    assert desk.stage.notes[0] in [entry["label"] for entry in desk.card["entries"]]


def test_the_status_card_tells_of_a_plan(desk: Desk) -> None:
    """The line about the plans stands behind why no prompt comes yet."""
    desk.panel.status(desk.machine, NOW)
    assert desk.card["note"].endswith(" Day 2 of 5.")


def test_an_open_card_is_kept_true_until_it_is_closed(desk: Desk) -> None:
    """Each step tells it the present; a closed one is told nothing."""
    assert desk.window is not None
    desk.panel.refresh(desk.machine, NOW)
    desk.panel.status(desk.machine, NOW)
    desk.panel.refresh(desk.machine, NOW)
    desk.panel.said({"event": "closed"})
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
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": 30})
    desk.panel.said({"event": "set", "key": "day.goal_minutes", "value": "many"})
    taken, refused = desk.window.told
    assert taken == {"do": "value", "key": "day.goal_minutes", "value": 30}
    assert refused["do"] == "error"
    assert load(desk.file).settings.day.goal_minutes == 30


@pytest.mark.parametrize(
    "message", [{}, {"event": "set"}, {"event": "set", "key": "no.such", "value": 1}, {"event": 5}]
)
def test_nonsense_of_a_window_changes_nothing(desk: Desk, message: dict[str, object]) -> None:
    """The file stays away, and the program goes on."""
    assert desk.panel.said(message) == ""
    assert not desk.file.exists()

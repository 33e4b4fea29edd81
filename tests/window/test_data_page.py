"""The history in the settings: saved, brought in and forgotten, and the computers that share it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from sitbreak.window.settings import SettingsWindow
from sitbreak.window.widgets.buttons import SureButton
from sitbreak.window.widgets.drop import dates_of
from tests.window.conftest import OpenScene, Said
from tests.window.some_settings import PEOPLE


def test_the_history_is_forgotten_without_a_terminal(open_scene: OpenScene, said: Said) -> None:
    """Before a day, or all of it, each at the second press; what came of it is told."""
    scene = open_scene(SettingsWindow, {**PEOPLE, "data_page": "Movements"})
    data = scene.page.data
    assert data.isHidden()
    scene.page.show_page("Movements")
    assert not data.isHidden()
    data.before.setDate(QDate(2026, 1, 1))
    for button in (data.forget, data.forget, data.everything, data.everything):
        button.click()
    assert said == [{"event": "forget", "before": "2026-01-01"}, {"event": "forget", "before": None}]
    scene.hear({"do": "noted", "text": "12 records removed for good."})
    assert data.noted.text() == "12 records removed for good."


def test_computers_that_share_a_folder_are_named_and_forgotten(open_scene: OpenScene, said: Said) -> None:
    """This one by its name, another at the second press; nothing of it where nothing is shared."""
    scene = open_scene(SettingsWindow, {**PEOPLE, "data_page": "Movements"})
    scene.page.show_page("Movements")
    computers = scene.page.data.devices
    scene.hear({"do": "devices", "devices": []})
    assert computers.isHidden()
    own = {"id": "a1", "name": "desk", "own": True, "told": "nothing told yet"}
    scene.hear({"do": "devices", "devices": [own, {"id": "b2", "name": "laptop", "own": False, "told": "last seen"}]})
    assert not computers.isHidden()
    computers.name.editingFinished.emit()
    QTest.keyClicks(computers.name, "top")
    computers.name.editingFinished.emit()
    computers.name.editingFinished.emit()
    (forget,) = computers.findChildren(SureButton)
    assert forget.accessibleName() == "Forget its records: laptop"
    forget.click()
    forget.click()
    asked = [(each["verb"], each["name"]) for each in said]
    assert asked == [("name", "desktop"), ("forget", "b2")]


@pytest.mark.parametrize(
    ("language", "written"),
    [("de", "1. Dezember 2026"), ("fr", "1 décembre 2026"), ("ja", "2026年12月1日")],
)
def test_a_date_is_written_as_the_language_does(language: str, written: str) -> None:
    """The month in words: nobody takes it for the day."""
    locale, form = dates_of(language)
    assert locale.toString(QDate(2026, 12, 1), form) == written


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands that a window runs have a history of their own, and none yet."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "home"))


@pytest.mark.usefixtures("own_home")
def test_everything_is_saved_as_a_file(open_scene: OpenScene, qtbot: QtBot, tmp_path: Path) -> None:
    """As the command writes it, which says how it went."""
    data = open_scene(SettingsWindow, PEOPLE).page.data
    data.save_to(str(tmp_path / "all.csv"))
    assert not data.save.isEnabled()
    qtbot.waitUntil(data.save.isEnabled, timeout=20_000)
    assert data.noted.text().startswith("0 records written to ")
    assert (tmp_path / "all.csv").exists()


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize("name", ["all.csv", "aw-buckets-export.json", "nothing.jsonl"])
def test_days_come_in_from_a_file(open_scene: OpenScene, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    """One that sitbreak saved, or an export of ActivityWatch; what came of it is told without a command."""
    data = open_scene(SettingsWindow, PEOPLE).page.data
    events = [{"timestamp": "2026-02-26T09:00:00+00:00", "duration": 900, "data": {"status": "not-afk"}}]
    told = {"all.csv": "0 records added from", "aw-buckets-export.json": "1 stretch on 1 day added from"}
    if name == "all.csv":
        data.save_to(str(tmp_path / name))
        qtbot.waitUntil(data.save.isEnabled, timeout=20_000)
    elif name in told:
        bucket = {"type": "afkstatus", "events": events}
        (tmp_path / name).write_text(json.dumps({"buckets": {"aw-watcher-afk_desk": bucket}}), "utf-8")
    data.bring_in(str(tmp_path / name))
    assert not data.bring.isEnabled()
    qtbot.waitUntil(data.bring.isEnabled, timeout=20_000)
    assert data.noted.text().startswith(told.get(name, "The file could not be read")), data.noted.text()
    assert "`" not in data.noted.text()

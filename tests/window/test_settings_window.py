"""The settings window: pages, search, presets, each kind of control, and what assistive programs do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from sitbreak.window.app_picker import AppsPicker
from sitbreak.window.presets import PresetStrip
from sitbreak.window.settings import SettingsScene
from sitbreak.window.widgets.switch import ChoiceCard, Toggle
from tests.window.conftest import OpenScene, Said, toggle

SETTINGS: list[dict[str, Any]] = [
    {"key": "prompt.earliest", "section": "Prompts", "help": "From here on.", "kind": "number", "value": 35,
     "default": 30, "low": 10, "high": 90, "unit": "min", "label": ""},
    {"key": "prompt.sound", "section": "Prompts", "help": "A sound.", "kind": "bool", "value": False, "default": False},
    {"key": "look.theme", "section": "Look", "help": "Colours.", "kind": "choice", "value": "auto", "default": "auto",
     "choices": ["auto", "light", "dark"]},
    {"key": "quiet.apps", "section": "Look", "help": "Quiet.", "kind": "list", "value": ["obs"], "default": []},
    {"key": "place.name", "section": "Look", "help": "Where.", "kind": "text", "value": "desk", "default": "desk"},
    {"key": "break.volume", "section": "Look", "help": "Loud.", "kind": "number", "value": 0.5, "default": 0.5,
     "low": 0, "high": 1},
]  # fmt: skip


def row(scene: SettingsScene, key: str) -> Any:
    """The row of a setting."""
    return scene.page.rows[key]


def test_every_setting_has_a_row_with_help_bounds_and_a_name(open_scene: OpenScene) -> None:
    """A screen reader hears the name and the help of each."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    assert list(scene.page.rows) == [setting["key"] for setting in SETTINGS]
    box = row(scene, "prompt.earliest").field.widget
    assert box.accessibleName() == "Earliest"
    assert box.accessibleDescription() == "From here on."
    assert (box.minimum(), box.maximum(), box.text()) == (10, 90, "35 min")
    assert row(scene, "break.volume").field.widget.text() == "0.5"


def test_changing_a_setting_says_so(open_scene: OpenScene, said: Said) -> None:
    """Each kind with a value of its own kind."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    number, switch, choice, several, text = (row(scene, setting["key"]).field.widget for setting in SETTINGS[:5])
    assert isinstance(number, QDoubleSpinBox)
    number.setValue(40)
    assert isinstance(switch, Toggle)
    switch.click()
    assert isinstance(choice, QComboBox)
    choice.setCurrentText("dark")
    for edit, typed in ((several, ", zoom"), (text, "top")):
        assert isinstance(edit, QLineEdit)
        QTest.keyClicks(edit, typed)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert [(each["key"], each["value"]) for each in said] == [
        ("prompt.earliest", 40), ("prompt.sound", True), ("look.theme", "dark"), ("quiet.apps", ["obs", "zoom"]),
        ("place.name", "desktop"),
    ]  # fmt: skip


def test_reset_is_there_when_there_is_something_to_reset(open_scene: OpenScene, said: Said) -> None:
    """It names what it does, and goes when it is done."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    changed, same = row(scene, "prompt.earliest"), row(scene, "prompt.sound")
    assert not changed.reset.isHidden()
    assert same.reset.isHidden()
    assert changed.reset.accessibleName() == "Reset Earliest to 30 min"
    changed.reset.click()
    assert said == [{"event": "reset", "key": "prompt.earliest"}]
    assert changed.reset.isHidden()
    assert changed.field.widget.text() == "30 min"


def test_an_error_is_shown_at_its_setting_until_the_next_change(open_scene: OpenScene) -> None:
    """And a value the daemon sets is shown without being said back."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Later than the latest."})
    error = row(scene, "prompt.earliest").error
    assert (error.text(), error.isHidden()) == ("Later than the latest.", False)
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 31})
    assert error.isHidden()
    assert row(scene, "prompt.earliest").field.widget.text() == "31 min"
    scene.hear({"do": "error", "key": "no.such", "text": "x"})


def test_a_broken_file_is_shown_and_never_overwritten(open_scene: OpenScene, said: Said) -> None:
    """The problems are told and nothing can be changed."""
    message = {
        "kind": "settings",
        "settings": SETTINGS,
        "problems": ["prompt.earliest: soon is no number."],
    }
    scene = open_scene(SettingsScene, message)
    assert not any(each.field.widget.isEnabled() or each.reset.isEnabled() for each in scene.page.rows.values())
    QTest.keyClicks(row(scene, "place.name").field.widget, "x")
    row(scene, "prompt.sound").field.widget.click()
    assert said == []


# -- pages, search, presets


HOURS: list[dict[str, Any]] = [
    {"key": f"working_hours.{day.lower()}", "section": "Working hours", "help": day, "label": day, "kind": "list",
     "value": value, "default": []}
    for day, value in (("Sat", ["09:00-12:00"]), ("Sun", []))
]  # fmt: skip
MORE: list[dict[str, Any]] = [
    {"key": "movements.places", "section": "Movements", "help": "Where.", "label": "Where I am", "kind": "set",
     "value": ["office"], "default": ["office"], "choices": ["office", "home"],
     "choice_titles": ["Office, in view of others", "Home"]},
    {"key": "hotkeys.start", "section": "Movements", "help": "A key.", "label": "Key", "kind": "hotkey", "value": "",
     "default": ""},
]  # fmt: skip
PEOPLE = {
    "kind": "settings",
    "settings": [*SETTINGS, *HOURS, *MORE],
    "presets": [{"name": "Gentle", "says": "every 45 to 60 min"}],
}


def shown(scene: SettingsScene) -> list[str]:
    """The keys of the rows on show."""
    return [key for key, each in scene.page.rows.items() if not each.isHidden()]


def test_settings_are_shown_page_by_page(open_scene: OpenScene) -> None:
    """The first to begin with; another by its name at the left."""
    scene = open_scene(SettingsScene, PEOPLE)
    assert shown(scene) == ["prompt.earliest", "prompt.sound"]
    scene.page.navigation.buttons["Movements"].click()
    assert shown(scene) == ["movements.places", "hotkeys.start"]
    assert [name for name, button in scene.page.navigation.buttons.items() if button.isChecked()] == ["Movements"]


def test_the_search_finds_titles_and_help_on_all_pages(open_scene: OpenScene) -> None:
    """Word by word, in any case; empty leads back."""
    scene = open_scene(SettingsScene, PEOPLE)
    scene.page.search.setText("WHERE")
    assert shown(scene) == ["place.name", "movements.places"]
    scene.page.search.setText("no such thing")
    assert shown(scene) == []
    scene.page.search.setText("")
    assert shown(scene) == ["prompt.earliest", "prompt.sound"]


def test_a_preset_is_one_press(open_scene: OpenScene, said: Said) -> None:
    """What it says stands beside it; it is there on its page only."""
    scene = open_scene(SettingsScene, PEOPLE)
    scene.page.presets.buttons[0].click()
    assert said == [{"event": "preset", "name": "Gentle"}]
    scene.page.navigation.buttons["Movements"].click()
    assert scene.page.presets.isHidden()


def test_hours_on_some_days_only_say_that_the_others_are_silent(open_scene: OpenScene) -> None:
    """Filling in Saturday must not silence Sunday without a word."""
    scene = open_scene(SettingsScene, PEOPLE)
    scene.page.navigation.buttons["Working hours"].click()
    assert scene.page.hours.text() == "No reminders on Sun: only the other days have hours."
    scene.hear({"do": "value", "key": "working_hours.sat", "value": []})
    assert scene.page.hours.text().startswith("Reminders come only within these hours")


def test_places_are_ticked_and_keys_are_pressed(open_scene: OpenScene, said: Said) -> None:
    """No list of words to type, no spelling of keys."""
    scene = open_scene(SettingsScene, PEOPLE)
    scene.page.navigation.buttons["Movements"].click()
    home = row(scene, "movements.places").field.widget.findChildren(ChoiceCard)[1]
    assert home.text() == "Home"
    home.click()
    keys = row(scene, "hotkeys.start").field.widget
    QTest.keyClick(keys, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    keys.editingFinished.emit()
    assert [(each["key"], each["value"]) for each in said][:2] == [
        ("movements.places", ["office", "home"]),
        ("hotkeys.start", "ctrl+alt+b"),
    ]


# -- narrow windows


def test_the_history_is_forgotten_without_a_terminal(open_scene: OpenScene, said: Said) -> None:
    """Before a day, or all of it, each at the second press; what came of it is told."""
    scene = open_scene(SettingsScene, {**PEOPLE, "data_page": "Movements"})
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


def test_everything_is_saved_as_a_file(open_scene: OpenScene, qtbot: QtBot, tmp_path: Path) -> None:
    """As the command writes it, which says how it went."""
    data = open_scene(SettingsScene, PEOPLE).page.data
    data.save_to(str(tmp_path / "all.csv"))
    assert not data.save.isEnabled()
    qtbot.waitUntil(data.save.isEnabled, timeout=20_000)
    assert data.noted.text().startswith("0 records written to ")
    assert (tmp_path / "all.csv").exists()


@pytest.mark.parametrize(("width", "drop"), [(860, False), (360, True)])
def test_in_a_narrow_window_the_pages_are_a_drop_down(open_scene: OpenScene, width: int, drop: bool) -> None:
    """It leads to the same pages."""
    page = open_scene(SettingsScene, PEOPLE).page
    page.window().resize(width, 600)
    QApplication.processEvents()
    assert page.navigation.drop.isHidden() is not drop
    page.navigation.drop.activated.emit(page.navigation.drop.findText("Movements"))
    assert page.navigation.buttons["Movements"].isChecked()
    assert page.navigation.drop.currentText() == "Movements"


def test_a_screen_reader_changes_choices_and_pages(open_scene: OpenScene, said: Said) -> None:
    """What is ticked by it is told, a page chosen by it is shown."""
    scene = open_scene(SettingsScene, PEOPLE)
    page = scene.page
    toggle(page.navigation.buttons["Movements"])
    assert shown(scene) == ["movements.places", "hotkeys.start"]
    toggle(page.rows["movements.places"].field.widget.findChildren(ChoiceCard)[1])
    assert said[-1] == {"event": "set", "key": "movements.places", "value": ["office", "home"]}


def test_a_screen_is_picked_from_those_there(open_scene: OpenScene, said: Said) -> None:
    """One, all, or one by its name; a name that is not there now stays as it is."""
    screen = {"key": "break.screens", "section": "Breaks", "help": "Where.", "kind": "screen", "default": "one"}
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": [{**screen, "value": "HDMI-9"}]})
    box = row(scene, "break.screens").field.widget
    shown = [box.itemText(number) for number in range(box.count())]
    there = [each.name() for each in QGuiApplication.screens()]
    assert shown == ["The one with the pointer", "All", *there, "HDMI-9, not there now"]
    assert box.currentData() == "HDMI-9"
    box.setCurrentIndex(1)
    assert said == [{"event": "set", "key": "break.screens", "value": "all"}]


def test_a_narrow_window_puts_controls_below_their_words(open_scene: OpenScene) -> None:
    """Nothing is cut at the width of a small screen."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    scene.window.resize(368, 640)
    QTest.qWait(50)
    content = row(scene, "prompt.earliest").parentWidget()
    assert content.width() <= content.parentWidget().width()


def test_a_preset_is_drawn_and_its_drawing_told(open_scene: OpenScene) -> None:
    """To screen readers with the button, and on its own."""
    drawn = {"name": "Gentle", "says": "every 45 min", "sitting": [[0, 0.4], [0.5, 0.5]], "reminders": [0.3],
             "drawn": "A reminder at 11:45."}  # fmt: skip
    page = open_scene(SettingsScene, {**PEOPLE, "presets": [drawn]}).page
    (button,), (strip,) = page.presets.buttons, page.presets.findChildren(PresetStrip)
    assert button.accessibleDescription() == "Every 45 min. A reminder at 11:45."
    assert strip.accessibleName() == "A reminder at 11:45."
    ink = {strip.grab().toImage().pixelColor(x, 2).name() for x in range(strip.width())}
    assert len(ink) > 1, "the mark of the reminder stands out above the bar"


def test_apps_are_picked_from_those_that_run(open_scene: OpenScene, said: Said) -> None:
    """The list is asked for; those chosen stand first and ticked, also one that does not run; a tick changes them."""
    setting = {"key": "prompt.quiet_apps", "section": "What it notices", "help": "Quiet.", "kind": "apps",
               "value": ["obs"], "default": []}  # fmt: skip
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": [setting]})
    picker = row(scene, "prompt.quiet_apps").field.below
    picker.button.click()
    assert said == [{"event": "apps", "key": "prompt.quiet_apps"}]
    scene.hear({"do": "apps", "key": "prompt.quiet_apps", "names": ["zoom", "Anki"]})
    assert listed_apps(picker) == [("obs", True), ("Anki", False), ("zoom", False)]
    QTest.keyClicks(picker.search, "ZO")
    assert listed_apps(picker) == [("zoom", False)]
    QTest.keyClick(picker.names, Qt.Key.Key_Space)
    assert said[-1] == {"event": "set", "key": "prompt.quiet_apps", "value": ["obs", "zoom"]}
    assert row(scene, "prompt.quiet_apps").field.widget.text() == "obs, zoom"
    picker.button.click()
    assert picker.names.isHidden()


def listed_apps(picker: AppsPicker) -> list[tuple[str, bool]]:
    """The names that are listed, and whether each is ticked."""
    items = [picker.names.item(row) for row in range(picker.names.count())]
    return [(item.text(), item.checkState() is Qt.CheckState.Checked) for item in items if not item.isHidden()]

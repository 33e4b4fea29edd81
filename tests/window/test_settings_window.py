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
from sitbreak.window.look import LIGHT
from sitbreak.window.presets import STRIP_LEAST
from sitbreak.window.settings import SettingsScene
from sitbreak.window.widgets.switch import ChoiceCard, Toggle
from tests.window.conftest import OpenScene, Said, toggle

SETTINGS: list[dict[str, Any]] = [
    {"key": "prompt.earliest", "section": "Prompts", "help": "From here on.", "kind": "number", "value": 35,
     "default": 30, "low": 10, "high": 90, "unit": "minutes", "label": ""},
    {"key": "prompt.latest", "section": "Prompts", "help": "To here.", "kind": "number", "value": 45, "default": 45,
     "low": 10, "high": 90, "unit": "minutes"},
    {"key": "prompt.sound", "section": "Prompts", "help": "A sound.", "kind": "bool", "value": False, "default": False},
    {"key": "look.theme", "section": "Look", "help": "Colours.", "kind": "choice", "value": "auto", "default": "auto",
     "choices": ["auto", "light", "dark"]},
    {"key": "quiet.apps", "section": "Look", "help": "Quiet.", "kind": "list", "value": ["obs"], "default": []},
    {"key": "place.name", "section": "Look", "help": "Where.", "kind": "text", "value": "desk", "default": "desk"},
    {"key": "break.volume", "section": "Look", "help": "Loud.", "kind": "share", "value": 0.5, "default": 0.5,
     "low": 0, "high": 1},
]  # fmt: skip


WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
MOVE = LIGHT.move.lower()


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
    assert box.text() == "35 minutes"
    for _ in range(200):
        box.stepUp()
    assert box.value() == 90
    for _ in range(200):
        box.stepDown()
    assert box.value() == 10
    assert row(scene, "break.volume").field.widget.figure.text() == "50 %"


def test_changing_a_setting_says_so(open_scene: OpenScene, said: Said) -> None:
    """Each kind with a value of its own kind."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    keys = ("prompt.earliest", "prompt.sound", "look.theme", "quiet.apps", "place.name")
    number, switch, choice, several, text = (row(scene, key).field.widget for key in keys)
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
    assert changed.reset.accessibleName() == "Reset Earliest to 30 minutes"
    changed.reset.click()
    assert said == [{"event": "reset", "key": "prompt.earliest"}]
    assert changed.reset.isHidden()
    assert changed.field.widget.text() == "30 minutes"


def test_an_error_is_shown_at_its_setting_until_the_next_change(open_scene: OpenScene) -> None:
    """And a value the daemon sets is shown without being said back."""
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": SETTINGS})
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Later than the latest."})
    error = row(scene, "prompt.earliest").error
    assert (error.text(), error.isHidden()) == ("Later than the latest.", False)
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 31})
    assert error.isHidden()
    assert row(scene, "prompt.earliest").field.widget.text() == "31 minutes"
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
    "presets": [
        {"name": "Gentle", "says": "after 45 to 60 min", "values": {"prompt.earliest": 45, "prompt.latest": 60}},
        {"name": "Standard", "says": "after 30 to 45 min", "values": {"prompt.earliest": 30, "prompt.latest": 45}},
    ],
}


def shown(scene: SettingsScene) -> list[str]:
    """The keys of the rows on show."""
    return [key for key, each in scene.page.rows.items() if not each.isHidden()]


def test_settings_are_shown_page_by_page(open_scene: OpenScene) -> None:
    """The first to begin with; another by its name at the left."""
    scene = open_scene(SettingsScene, PEOPLE)
    assert shown(scene) == ["prompt.earliest", "prompt.latest", "prompt.sound"]
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
    assert shown(scene) == ["prompt.earliest", "prompt.latest", "prompt.sound"]


def test_a_preset_is_one_press(open_scene: OpenScene, said: Said) -> None:
    """What it says stands beside it; it is there on its page only."""
    scene = open_scene(SettingsScene, PEOPLE)
    scene.page.presets.lines["Gentle"].click()
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
    assert shown == ["Where the pointer is", "All screens", *there, "HDMI-9, not there now"]
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
    """As many marks as it says reminders; to screen readers in words."""
    drawn = {"name": "Gentle", "says": "after 45 minutes", "sitting": [[0, 0.4], [0.5, 0.5]], "reminders": [0.3, 0.8],
             "drawn": "A reminder at 11:45.", "values": {"prompt.earliest": 45}}  # fmt: skip
    page = open_scene(SettingsScene, {**PEOPLE, "presets": [drawn]}).page
    line = page.presets.lines["Gentle"]
    assert line.accessibleDescription() == "After 45 minutes. A reminder at 11:45."
    assert line.strip.width() >= STRIP_LEAST
    image, y = line.grab().toImage(), int(line.strip.y()) + 3
    row = [image.pixelColor(x, y).name() for x in range(int(line.strip.left()), int(line.strip.right()))]
    marks = [one for one, before in zip(row[1:], row, strict=False) if one != before and one == MOVE]
    assert len(marks) == 2, "each reminder stands out above the bar"


def in_force(scene: SettingsScene) -> list[str]:
    """The presets that are marked."""
    return [name for name, line in scene.page.presets.lines.items() if line.isChecked() and not line.isHidden()]


def test_the_preset_in_force_is_marked(open_scene: OpenScene) -> None:
    """By the values as they are; where none has them it is the person's own, and says which."""
    scene = open_scene(SettingsScene, PEOPLE)
    assert in_force(scene) == ["own"]
    assert scene.page.presets.own.says == "After 35 to 45 minutes"
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 30})
    assert in_force(scene) == ["Standard"]
    row(scene, "prompt.latest").field.widget.setValue(50)
    assert in_force(scene) == ["own"]
    assert scene.page.presets.own.says == "After 30 to 50 minutes"


def test_the_search_knows_other_words_and_endings(open_scene: OpenScene) -> None:
    """What was found stands below the name of its page; where nothing was, that is said."""
    noisy = {**SETTINGS[2], "synonyms": "noise, mute"}
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": [noisy, *SETTINGS[3:]]})
    for typed in ("noise", "Noises", "MUTED", "Noisé mute"):
        scene.page.search.setText(typed)
        assert shown(scene) == ["prompt.sound"], typed
    headings = [name for name, heading in scene.page.headings.items() if not heading.isHidden()]
    assert headings == ["Prompts"]
    scene.page.search.setText("xylophone")
    assert not scene.page.hint.isHidden()
    scene.page.search.setText("")
    assert scene.page.hint.isHidden()
    assert all(heading.isHidden() for heading in scene.page.headings.values())


def test_the_search_finds_what_can_be_done_with_the_history(open_scene: OpenScene) -> None:
    """It is no setting, and a person who wants to delete or save everything looks for it there."""
    scene = open_scene(SettingsScene, {**PEOPLE, "data_page": "Movements", "data_synonyms": "export, delete"})
    scene.page.search.setText("export")
    assert shown(scene) == []
    assert not scene.page.data.isHidden()


def test_the_keys_lead_from_the_search_to_what_it_found(open_scene: OpenScene) -> None:
    """Down goes there; Escape takes the words away and leaves the window open."""
    scene = open_scene(SettingsScene, PEOPLE)
    QTest.keyClicks(scene.page.search, "theme")
    QTest.keyClick(scene.page.search, Qt.Key.Key_Down)
    assert scene.window.focusWidget() is row(scene, "look.theme").field.widget
    QTest.keyClick(scene.page.search, Qt.Key.Key_Escape)
    assert scene.page.search.text() == ""
    assert scene.window.isVisible()


def test_what_was_refused_is_tried_again_with_the_other_value(open_scene: OpenScene, said: Said) -> None:
    """An earliest after the latest stays in its field, and is taken once the latest is late enough."""
    scene = open_scene(SettingsScene, PEOPLE)
    earliest = row(scene, "prompt.earliest")
    earliest.field.widget.setValue(60)
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Not saved."})
    assert earliest.field.widget.text() == "60 minutes"
    scene.hear({"do": "value", "key": "prompt.latest", "value": 80})
    assert said[-1] == {"event": "set", "key": "prompt.earliest", "value": 60}
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 60})
    assert not earliest.refused
    assert len(said) == 2


def test_too_much_is_said_and_not_cut_to_fewer_digits(open_scene: OpenScene, said: Said) -> None:
    """500 typed where 90 is the most is refused with a reason; it does not become 50."""
    box = row(open_scene(SettingsScene, PEOPLE), "prompt.latest").field.widget
    box.selectAll()
    QTest.keyClicks(box, "500")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert said[-1] == {"event": "set", "key": "prompt.latest", "value": 500}
    assert box.text() == "500 minutes"


def test_the_hours_of_monday_are_those_of_all_working_days(open_scene: OpenScene, said: Said) -> None:
    """With one press, as long as they differ; days that stay silent say so in their fields."""
    days = [{**HOURS[1], "key": f"working_hours.{day}", "label": day, "kind": "hours"} for day in WORKWEEK]
    days[0]["value"] = ["09:00-17:00"]
    scene = open_scene(SettingsScene, {"kind": "settings", "settings": days})
    assert row(scene, "working_hours.tue").field.widget.placeholderText() == "No reminders"
    scene.page.copy.click()
    assert [(each["key"], each["value"]) for each in said] == [
        (f"working_hours.{day}", ["09:00-17:00"]) for day in WORKWEEK[1:]
    ]
    for day in WORKWEEK[1:]:
        scene.hear({"do": "value", "key": f"working_hours.{day}", "value": ["09:00-17:00"]})
    assert scene.page.copy.isHidden()


def test_the_loudness_is_a_share_of_what_there_is(open_scene: OpenScene, said: Said) -> None:
    """In per cent, by keys in steps of five."""
    slider = row(open_scene(SettingsScene, PEOPLE), "break.volume").field.widget
    QTest.keyClick(slider.track, Qt.Key.Key_Right)
    assert slider.figure.text() == "55 %"
    assert said == [{"event": "set", "key": "break.volume", "value": 0.55}]


def test_changes_for_the_next_start_offer_it(open_scene: OpenScene, said: Said) -> None:
    """Nobody has to find out how to start it anew."""
    scene = open_scene(SettingsScene, PEOPLE)
    assert scene.again.isHidden()
    scene.hear({"do": "waiting", "keys": ["general.language"]})
    assert not scene.again.isHidden()
    scene.again.click()
    assert said == [{"event": "restart"}]


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

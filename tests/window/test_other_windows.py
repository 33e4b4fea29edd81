"""The first window, and the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from sitbreak.window import protocol, words
from sitbreak.window.desktop import Desktop
from sitbreak.window.gallery import GalleryScene
from sitbreak.window.help import HelpScene
from sitbreak.window.look import Style
from sitbreak.window.settings import SettingsScene
from sitbreak.window.welcome import WelcomeScene
from sitbreak.window.widgets.switch import ChoiceCard, Toggle
from tests.window.conftest import MakeRequest

PLAIN = Desktop(translucent=False, masks=False, bypass=False)
LOOK = {"theme": "light", "reduced_motion": True}
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

Said = list[dict[str, Any]]
Scene = WelcomeScene | SettingsScene
S = TypeVar("S", WelcomeScene, SettingsScene)
Open = Callable[[type[S], dict[str, Any]], S]


@pytest.fixture
def said() -> Said:
    """What the window told the daemon; leaving is {"event": "left"}."""
    return []


@pytest.fixture
def opened(qtbot: QtBot, said: Said) -> Iterator[Callable[[Any, dict[str, Any]], Any]]:
    """Open a window and wait until it is there."""
    scenes: list[Scene] = []

    def open_(kind: Any, message: dict[str, Any]) -> Any:
        request: Any = protocol.request_of(message)
        scene = kind(
            request, Style(request.look), PLAIN,
            lambda event, **values: said.append({"event": event, **values}), lambda: said.append({"event": "left"}),
        )  # fmt: skip
        scenes.append(scene)
        scene.appear()
        return scene

    yield open_
    for scene in scenes:
        scene.dispose()


def test_the_first_window_starts_with_good_defaults(opened: Open[WelcomeScene], said: Said) -> None:
    """Start takes them as they are."""
    opened(WelcomeScene, {"kind": "welcome", "look": LOOK}).start.click()
    choices = {
        "begin": "prompt",
        "places": ["office"],
        "seated_mode": False,
        "standing_desk": False,
        "goal_min": 20,
        "autostart": True,
    }
    assert said == [{"event": "welcome", "choices": choices}, {"event": "left"}]


def test_the_first_window_takes_other_choices(opened: Open[WelcomeScene], said: Said) -> None:
    """Each by its control; without any place the office is meant."""
    scene = opened(WelcomeScene, {"kind": "welcome", "look": LOOK})
    scene.page.begin["measure"].click()
    scene.page.places["office"].click()
    scene.page.seated.click()
    scene.page.login.click()
    scene.page.goal.segments["30"].click()
    scene.start.click()
    choices = {
        "begin": "measure",
        "places": ["office"],
        "seated_mode": True,
        "standing_desk": False,
        "goal_min": 30,
        "autostart": False,
    }
    assert said[0]["choices"] == choices


def test_the_first_window_shows_the_cautions_and_can_be_skipped(opened: Open[WelcomeScene], said: Said) -> None:
    """Word for word; Skip chooses nothing."""
    from sitbreak.window.widgets.text import Text

    scene = opened(WelcomeScene, {"kind": "welcome", "look": LOOK})
    assert words.CAUTIONS in [text.text() for text in scene.page.findChildren(Text)]
    scene.skip.click()
    assert said == [{"event": "left"}]


def row(scene: SettingsScene, key: str) -> Any:
    """The row of a setting."""
    return scene.page.rows[key]


def test_every_setting_has_a_row_with_help_bounds_and_a_name(opened: Open[SettingsScene]) -> None:
    """A screen reader hears the name and the help of each."""
    scene = opened(SettingsScene, {"kind": "settings", "settings": SETTINGS, "look": LOOK})
    assert list(scene.page.rows) == [setting["key"] for setting in SETTINGS]
    box = row(scene, "prompt.earliest").field.widget
    assert box.accessibleName() == "Earliest"
    assert box.accessibleDescription() == "From here on."
    assert (box.minimum(), box.maximum(), box.text()) == (10, 90, "35 min")
    assert row(scene, "break.volume").field.widget.text() == "0.5"


def test_changing_a_setting_says_so(opened: Open[SettingsScene], said: Said) -> None:
    """Each kind with a value of its own kind."""
    scene = opened(SettingsScene, {"kind": "settings", "settings": SETTINGS, "look": LOOK})
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


def test_reset_is_there_when_there_is_something_to_reset(opened: Open[SettingsScene], said: Said) -> None:
    """It names what it does, and goes when it is done."""
    scene = opened(SettingsScene, {"kind": "settings", "settings": SETTINGS, "look": LOOK})
    changed, same = row(scene, "prompt.earliest"), row(scene, "prompt.sound")
    assert not changed.reset.isHidden()
    assert same.reset.isHidden()
    assert changed.reset.accessibleName() == "Reset Earliest to 30 min"
    changed.reset.click()
    assert said == [{"event": "reset", "key": "prompt.earliest"}]
    assert changed.reset.isHidden()
    assert changed.field.widget.text() == "30 min"


def test_an_error_is_shown_at_its_setting_until_the_next_change(opened: Open[SettingsScene]) -> None:
    """And a value the daemon sets is shown without being said back."""
    scene = opened(SettingsScene, {"kind": "settings", "settings": SETTINGS, "look": LOOK})
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Later than the latest."})
    error = row(scene, "prompt.earliest").error
    assert (error.text(), error.isHidden()) == ("Later than the latest.", False)
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 31})
    assert error.isHidden()
    assert row(scene, "prompt.earliest").field.widget.text() == "31 min"
    scene.hear({"do": "error", "key": "no.such", "text": "x"})


def test_a_broken_file_is_shown_and_never_overwritten(opened: Open[SettingsScene], said: Said) -> None:
    """The problems are told and nothing can be changed."""
    message = {
        "kind": "settings",
        "settings": SETTINGS,
        "problems": ["prompt.earliest: soon is no number."],
        "look": LOOK,
    }
    scene = opened(SettingsScene, message)
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
    "look": LOOK,
}


def shown(scene: SettingsScene) -> list[str]:
    """The keys of the rows on show."""
    return [key for key, each in scene.page.rows.items() if not each.isHidden()]


def test_settings_are_shown_page_by_page(opened: Open[SettingsScene]) -> None:
    """The first to begin with; another by its name at the left."""
    scene = opened(SettingsScene, PEOPLE)
    assert shown(scene) == ["prompt.earliest", "prompt.sound"]
    scene.page.navigation.buttons["Movements"].click()
    assert shown(scene) == ["movements.places", "hotkeys.start"]
    assert [name for name, button in scene.page.navigation.buttons.items() if button.isChecked()] == ["Movements"]


def test_the_search_finds_titles_and_help_on_all_pages(opened: Open[SettingsScene]) -> None:
    """Word by word, in any case; empty leads back."""
    scene = opened(SettingsScene, PEOPLE)
    scene.page.search.setText("WHERE")
    assert shown(scene) == ["place.name", "movements.places"]
    scene.page.search.setText("no such thing")
    assert shown(scene) == []
    scene.page.search.setText("")
    assert shown(scene) == ["prompt.earliest", "prompt.sound"]


def test_a_preset_is_one_press(opened: Open[SettingsScene], said: Said) -> None:
    """What it says stands beside it; it is there on its page only."""
    scene = opened(SettingsScene, PEOPLE)
    scene.page.presets.buttons[0].click()
    assert said == [{"event": "preset", "name": "Gentle"}]
    scene.page.navigation.buttons["Movements"].click()
    assert scene.page.presets.isHidden()


def test_hours_on_some_days_only_say_that_the_others_are_silent(opened: Open[SettingsScene]) -> None:
    """Filling in Saturday must not silence Sunday without a word."""
    scene = opened(SettingsScene, PEOPLE)
    scene.page.navigation.buttons["Working hours"].click()
    assert scene.page.hours.text() == "No reminders on Sun: only the other days have hours."
    scene.hear({"do": "value", "key": "working_hours.sat", "value": []})
    assert scene.page.hours.text().startswith("Reminders come only within these hours")


def test_places_are_ticked_and_keys_are_pressed(opened: Open[SettingsScene], said: Said) -> None:
    """No list of words to type, no spelling of keys."""
    scene = opened(SettingsScene, PEOPLE)
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


# -- help


HELP = {
    "kind": "help",
    "topics": [
        {"title": "Counting", "text": "It sees a desk.\n\n- Seated: input.\n- Away: none."},
        {"title": "Privacy", "text": "Here."},
    ],
    "look": LOOK,
}


def test_help_is_read_topic_by_topic(qtbot: QtBot) -> None:
    """Headings, paragraphs and items; another topic by its name at the left."""
    request = protocol.request_of(HELP)
    assert isinstance(request, protocol.HelpRequest)
    scene = HelpScene(request, Style(request.look), PLAIN, lambda event, **values: None, lambda: None)
    qtbot.addWidget(scene.window)
    scene.appear()
    assert [name for name, topic in scene.page.topics.items() if not topic.isHidden()] == ["Counting"]
    read = [each.text() for each in scene.page.topics["Counting"].findChildren(QLabel)]
    assert read == ["Counting", "It sees a desk.", "\u2022", "Seated: input.", "\u2022", "Away: none."]
    scene.page.navigation.buttons["Privacy"].click()
    assert [name for name, topic in scene.page.topics.items() if not topic.isHidden()] == ["Privacy"]
    scene.dispose()


# -- movements


def test_movements_are_looked_at_and_turned_off_and_on(qtbot: QtBot, request_for: MakeRequest, said: Said) -> None:
    """One at a time, with its steps; the switch says what is off now, and follows what the daemon has."""
    movements = [request_for(movement=each)["movement"] for each in ("walk-march", "dyn-calf")]
    request = protocol.request_of({"kind": "movements", "movements": movements, "off": ["dyn-calf"], "look": LOOK})
    assert isinstance(request, protocol.MovementsRequest)
    scene = GalleryScene(
        request, Style(request.look), PLAIN, lambda event, **values: said.append({"event": event, **values}), print
    )
    qtbot.addWidget(scene.window)
    scene.appear()
    page = scene.page
    assert (page.view.title.text(), page.on.isChecked()) == ("March on the spot", True)
    page.on.click()
    page.navigation.buttons["Calf raises"].click()
    assert (page.view.title.text(), page.on.isChecked()) == ("Calf raises", False)
    page.on.click()
    assert [each["value"] for each in said] == [["dyn-calf", "walk-march"], ["walk-march"]]
    scene.hear({"do": "value", "key": "movements.off", "value": ["dyn-calf"]})
    assert not page.on.isChecked()
    scene.dispose()


# -- narrow windows


@pytest.mark.parametrize(("width", "drop"), [(860, False), (360, True)])
def test_in_a_narrow_window_the_pages_are_a_drop_down(opened: Open[SettingsScene], width: int, drop: bool) -> None:
    """It leads to the same pages."""
    page = opened(SettingsScene, PEOPLE).page
    page.window().resize(width, 600)
    QApplication.processEvents()
    assert page.navigation.drop.isHidden() is not drop
    page.navigation.drop.activated.emit(page.navigation.drop.findText("Movements"))
    assert page.navigation.buttons["Movements"].isChecked()
    assert page.navigation.drop.currentText() == "Movements"

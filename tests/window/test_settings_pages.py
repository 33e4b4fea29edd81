"""The pages of the settings window: one at a time, found by words, presets and hours, and in narrow windows."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sitbreak import language
from sitbreak.daemon import window_contents
from sitbreak.settings.load import Loaded
from sitbreak.settings.model import Settings
from sitbreak.window.look import LIGHT
from sitbreak.window.presets import STRIP_LEAST
from sitbreak.window.settings import SettingsWindow
from sitbreak.window.widgets.text import Text
from tests.window.conftest import OpenScene, Said
from tests.window.some_settings import HOURS, PEOPLE, SETTINGS, row, shown

WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
MOVE = LIGHT.move.lower()
WORDS_WIDE = 260  # pixels


def test_settings_are_shown_page_by_page(open_scene: OpenScene) -> None:
    """The first to begin with; another by its name at the left."""
    scene = open_scene(SettingsWindow, PEOPLE)
    assert shown(scene) == ["prompt.earliest", "prompt.latest", "prompt.sound"]
    scene.page.navigation.buttons["Movements"].click()
    assert shown(scene) == ["movements.places", "hotkeys.start"]
    assert [name for name, button in scene.page.navigation.buttons.items() if button.isChecked()] == ["Movements"]


def test_the_search_finds_titles_and_help_on_all_pages(open_scene: OpenScene) -> None:
    """Word by word, in any case; empty leads back."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.search.setText("WHERE")
    assert shown(scene) == ["place.name", "movements.places"]
    scene.page.search.setText("no such thing")
    assert shown(scene) == []
    scene.page.search.setText("")
    assert shown(scene) == ["prompt.earliest", "prompt.latest", "prompt.sound"]


def test_a_preset_is_one_press(open_scene: OpenScene, said: Said) -> None:
    """What it says stands beside it; it is there on its page only."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.presets.lines["Gentle"].click()
    assert said == [{"event": "preset", "name": "Gentle"}]
    scene.page.navigation.buttons["Movements"].click()
    assert scene.page.presets.isHidden()


def test_hours_on_some_days_only_say_that_the_others_are_silent(open_scene: OpenScene) -> None:
    """Filling in Saturday must not silence Sunday without a word."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.navigation.buttons["Working hours"].click()
    assert scene.page.hours.text() == "No reminders on Sun: only the other days have hours."
    scene.hear({"do": "value", "key": "working_hours.sat", "value": []})
    assert scene.page.hours.text().startswith("Reminders come only within these hours")


@pytest.mark.parametrize(("width", "drop"), [(860, False), (360, True)])
def test_in_a_narrow_window_the_pages_are_a_drop_down(open_scene: OpenScene, width: int, drop: bool) -> None:
    """It leads to the same pages."""
    page = open_scene(SettingsWindow, PEOPLE).page
    page.window().resize(width, 600)
    QApplication.processEvents()
    assert page.navigation.drop.isHidden() is not drop
    page.navigation.drop.activated.emit(page.navigation.drop.findText("Movements"))
    assert page.navigation.buttons["Movements"].isChecked()
    assert page.navigation.drop.currentText() == "Movements"


def test_a_narrow_window_puts_controls_below_their_words(open_scene: OpenScene) -> None:
    """Nothing is cut at the width of a small screen."""
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": SETTINGS})
    scene.resize(368, 640)
    QTest.qWait(50)
    content = row(scene, "prompt.earliest").parentWidget()
    assert content.width() <= content.parentWidget().width()


def test_a_preset_is_drawn_and_its_drawing_told(open_scene: OpenScene) -> None:
    """As many marks as it says reminders; to screen readers in words."""
    drawn = {"name": "Gentle", "says": "after 45 minutes", "sitting": [[0, 0.4], [0.5, 0.5]], "reminders": [0.3, 0.8],
             "drawn": "A reminder at 11:45.", "values": {"prompt.earliest": 45}}  # fmt: skip
    page = open_scene(SettingsWindow, {**PEOPLE, "presets": [drawn]}).page
    line = page.presets.lines["Gentle"]
    assert line.accessibleDescription() == "After 45 minutes. A reminder at 11:45."
    assert line.strip.width() >= STRIP_LEAST
    image, y = line.grab().toImage(), int(line.strip.y()) + 3
    row = [image.pixelColor(x, y).name() for x in range(int(line.strip.left()), int(line.strip.right()))]
    marks = [one for one, before in zip(row[1:], row, strict=False) if one != before and one == MOVE]
    assert len(marks) == 2, "each reminder stands out above the bar"


def in_force(scene: SettingsWindow) -> list[str]:
    """The presets that are marked."""
    return [name for name, line in scene.page.presets.lines.items() if line.isChecked() and not line.isHidden()]


def test_the_preset_in_force_is_marked(open_scene: OpenScene) -> None:
    """By the values as they are; where none has them it is the person's own, and says which."""
    scene = open_scene(SettingsWindow, PEOPLE)
    assert in_force(scene) == ["own"]
    assert scene.page.presets.own.says == "After 35 to 45 minutes"
    scene.hear({"do": "value", "key": "prompt.earliest", "value": 30})
    assert in_force(scene) == ["Standard"]
    row(scene, "prompt.latest").field.widget.setValue(20)
    scene.hear({"do": "error", "key": "prompt.latest", "text": "Not saved."})
    assert in_force(scene) == ["Standard"], "what was refused does not hold"
    scene.hear({"do": "value", "key": "prompt.latest", "value": 50})
    assert in_force(scene) == ["own"]
    assert scene.page.presets.own.says == "After 30 to 50 minutes"


def test_your_own_leads_to_the_figures(open_scene: OpenScene) -> None:
    """There is nothing to choose there but what one sets oneself."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.presets.own.click()
    assert scene.focusWidget() is row(scene, "prompt.earliest").field.widget


def test_the_search_knows_other_words_and_endings(open_scene: OpenScene) -> None:
    """What was found stands below the name of its page; where nothing was, that is said."""
    noisy = {**SETTINGS[2], "synonyms": "noise, mute"}
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": [noisy, *SETTINGS[3:]]})
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
    scene = open_scene(SettingsWindow, {**PEOPLE, "data_page": "Movements", "data_synonyms": "export, delete"})
    scene.page.search.setText("export")
    assert shown(scene) == []
    assert not scene.page.data.isHidden()


def test_the_keys_lead_from_the_search_to_what_it_found(open_scene: OpenScene) -> None:
    """Down goes there; Escape takes the words away and leaves the window open."""
    scene = open_scene(SettingsWindow, PEOPLE)
    QTest.keyClicks(scene.page.search, "theme")
    QTest.keyClick(scene.page.search, Qt.Key.Key_Down)
    assert scene.focusWidget() is row(scene, "look.theme").field.widget
    QTest.keyClick(scene.page.search, Qt.Key.Key_Escape)
    assert scene.page.search.text() == ""
    assert scene.isVisible()


def test_the_hours_of_monday_are_those_of_all_working_days(open_scene: OpenScene, said: Said) -> None:
    """With one press, as long as they differ; days that stay silent say so in their fields."""
    days = [{**HOURS[1], "key": f"working_hours.{day}", "label": day, "kind": "hours"} for day in WORKWEEK]
    days[0]["value"] = ["09:00-17:00"]
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": days})
    assert row(scene, "working_hours.tue").field.widget.placeholderText() == "No reminders"
    scene.page.copy.click()
    assert [(each["key"], each["value"]) for each in said] == [
        (f"working_hours.{day}", ["09:00-17:00"]) for day in WORKWEEK[1:]
    ]
    for day in WORKWEEK[1:]:
        scene.hear({"do": "value", "key": f"working_hours.{day}", "value": ["09:00-17:00"]})
    assert scene.page.copy.isHidden()


def test_what_belongs_together_stands_in_one_box(open_scene: OpenScene) -> None:
    """Below its heading, which a search leaves out; the boxes with nothing on show go."""
    groups = {"prompt.latest": "", "prompt.sound": "How it comes"}
    settings = [{**each, "group": groups.get(each["key"])} for each in SETTINGS]
    page = open_scene(SettingsWindow, {"kind": "settings", "settings": settings}).page
    boxes = [
        page.rows[key].parentWidget() for key in ("prompt.earliest", "prompt.latest", "prompt.sound", "look.theme")
    ]
    assert len({id(box) for box in boxes}) == 4
    assert [(box.heading.isHidden(), box.isHidden()) for box in boxes] == [
        (True, False), (True, False), (False, False), (True, True),
    ]  # fmt: skip
    page.search.setText("sound")
    assert [(box.heading.isHidden(), box.isHidden()) for box in boxes[1:3]] == [(True, True), (True, False)]


@pytest.mark.parametrize("code", sorted(language.LANGUAGES))
def test_words_have_room_beside_their_control(open_scene: OpenScene, code: str) -> None:
    """At the size that it has where the screen allows it; what is long to write has a line of its own."""
    language.choose(code)
    request = window_contents.settings_request(Loaded(Settings()), Path("/tmp/sitbreak.toml"))
    scene = open_scene(SettingsWindow, {"kind": "settings", **asdict(request)})
    language.choose("en")
    scene.resize(SettingsWindow.WIDTH, SettingsWindow.HEIGHT)
    narrow = []
    for name in scene.page.headings:
        scene.page.show_page(name)
        QTest.qWait(20)
        rows = [each for each in scene.page.rows.values() if each.isVisible()]
        narrow += [each.setting.key for each in rows if each.findChild(Text).width() < WORDS_WIDE]
    assert narrow == []
    command = scene.page.rows["programs.on_prompt"]
    assert command.field.widget.width() > command.width() - 10


def test_what_stays_refused_leads_nobody_away(open_scene: OpenScene) -> None:
    """It is tried again with each other change; the page on which that was made stays."""
    scene = open_scene(SettingsWindow, PEOPLE)
    row(scene, "prompt.earliest").field.widget.setValue(60)
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Not saved."})
    scene.page.show_page("Look")
    scene.hear({"do": "value", "key": "place.name", "value": "home"})
    scene.hear({"do": "error", "key": "prompt.earliest", "text": "Not saved."})
    assert not row(scene, "place.name").isHidden()

"""The settings window: each kind of control, what is refused, the history, and what assistive programs do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot

from sitbreak.window.settings import SettingsWindow
from sitbreak.window.settings_row import breakable, folded, matches
from sitbreak.window.widgets.switch import ChoiceCard, Toggle
from sitbreak.window.widgets.text_inputs import AppsPicker
from tests.window.conftest import OpenScene, Said, toggle
from tests.window.some_settings import PEOPLE, SETTINGS, row, shown


def test_every_setting_has_a_row_with_help_bounds_and_a_name(open_scene: OpenScene) -> None:
    """A screen reader hears the name and the help of each."""
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": SETTINGS})
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
    assert row(scene, "break.volume").field.widget.figure.text() == "50%"


def test_changing_a_setting_says_so(open_scene: OpenScene, said: Said) -> None:
    """Each kind with a value of its own kind."""
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": SETTINGS})
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
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": SETTINGS})
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
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": SETTINGS})
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
    scene = open_scene(SettingsWindow, message)
    assert not any(each.field.widget.isEnabled() or each.reset.isEnabled() for each in scene.page.rows.values())
    QTest.keyClicks(row(scene, "place.name").field.widget, "x")
    row(scene, "prompt.sound").field.widget.click()
    assert said == []


def test_places_are_ticked_and_keys_are_pressed(open_scene: OpenScene, said: Said) -> None:
    """No list of words to type, no spelling of keys."""
    scene = open_scene(SettingsWindow, PEOPLE)
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


def test_a_screen_reader_changes_choices_and_pages(open_scene: OpenScene, said: Said) -> None:
    """What is ticked by it is told, a page chosen by it is shown."""
    scene = open_scene(SettingsWindow, PEOPLE)
    page = scene.page
    toggle(page.navigation.buttons["Movements"])
    assert shown(scene) == ["movements.places", "hotkeys.start"]
    toggle(page.rows["movements.places"].field.widget.findChildren(ChoiceCard)[1])
    assert said[-1] == {"event": "set", "key": "movements.places", "value": ["office", "home"]}


def test_a_screen_is_picked_from_those_there(open_scene: OpenScene, said: Said) -> None:
    """One, all, or one by its name; a name that is not there now stays as it is."""
    screen = {"key": "break.screens", "section": "Breaks", "help": "Where.", "kind": "screen", "default": "one"}
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": [{**screen, "value": "HDMI-9"}]})
    box = row(scene, "break.screens").field.widget
    shown = [box.itemText(number) for number in range(box.count())]
    there = [each.name() for each in QGuiApplication.screens()]
    assert shown == ["Where the pointer is", "All screens", *there, "HDMI-9, not there now"]
    assert box.currentData() == "HDMI-9"
    box.setCurrentIndex(1)
    assert said == [{"event": "set", "key": "break.screens", "value": "all"}]


def test_what_was_refused_is_tried_again_with_the_other_value(open_scene: OpenScene, said: Said) -> None:
    """An earliest after the latest stays in its field, and is taken once the latest is late enough."""
    scene = open_scene(SettingsWindow, PEOPLE)
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
    box = row(open_scene(SettingsWindow, PEOPLE), "prompt.latest").field.widget
    box.selectAll()
    QTest.keyClicks(box, "500")
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert said[-1] == {"event": "set", "key": "prompt.latest", "value": 500}
    assert box.text() == "500 minutes"


def test_the_loudness_is_a_share_of_what_there_is(open_scene: OpenScene, said: Said) -> None:
    """In per cent, by keys in steps of five."""
    slider = row(open_scene(SettingsWindow, PEOPLE), "break.volume").field.widget
    QTest.keyClick(slider.track, Qt.Key.Key_Right)
    assert slider.figure.text() == "55%"
    assert said == [{"event": "set", "key": "break.volume", "value": 0.55}]


def test_changes_for_the_next_start_offer_it(open_scene: OpenScene, said: Said) -> None:
    """Nobody has to find out how to start it anew."""
    scene = open_scene(SettingsWindow, PEOPLE)
    assert scene.again.isHidden()
    scene.hear({"do": "waiting", "keys": ["general.language"]})
    assert not scene.again.isHidden()
    scene.again.click()
    assert said == [{"event": "restart"}]


def test_apps_are_picked_from_those_that_run(open_scene: OpenScene, said: Said) -> None:
    """The list is asked for; those chosen stand first and ticked, also one that does not run; a tick changes them."""
    setting = {"key": "prompt.quiet_apps", "section": "What it notices", "help": "Quiet.", "kind": "apps",
               "value": ["obs"], "default": []}  # fmt: skip
    scene = open_scene(SettingsWindow, {"kind": "settings", "settings": [setting]})
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


def test_what_is_being_typed_is_kept_when_the_window_is_closed(open_scene: OpenScene, said: Said) -> None:
    """By Escape or its button, in a field that was not left; it goes once the value was taken."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.show_page("Look")
    edit = row(scene, "place.name").field.widget
    edit.setFocus()
    QTest.keyClicks(edit, "top")
    QTest.keyClick(edit, Qt.Key.Key_Escape)
    assert said == [{"event": "set", "key": "place.name", "value": "desktop"}]
    scene.hear({"do": "value", "key": "place.name", "value": "desktop"})
    assert said[-1] == {"event": "left"}


def test_the_window_stays_where_what_was_typed_last_is_refused(open_scene: OpenScene, said: Said) -> None:
    """With the reason, and the keys in the field; asked once more it goes."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.show_page("Look")
    edit = row(scene, "place.name").field.widget
    edit.setFocus()
    QTest.keyClicks(edit, "top")
    scene.close()
    assert scene.isVisible()
    scene.hear({"do": "error", "key": "place.name", "text": "There is no such place. Not saved."})
    assert {"event": "left"} not in said
    assert scene.focusWidget() is edit
    scene.close()
    assert said[-1] == {"event": "left"}


def test_a_daemon_that_says_nothing_keeps_no_window_open(open_scene: OpenScene, said: Said, qtbot: QtBot) -> None:
    """It closes after a moment."""
    scene = open_scene(SettingsWindow, PEOPLE)
    row(scene, "prompt.sound").field.widget.click()
    scene.close()
    qtbot.waitUntil(lambda: said[-1] == {"event": "left"}, timeout=10_000)


def test_what_is_refused_is_shown_wherever_one_has_gone(open_scene: OpenScene) -> None:
    """Typed, and the next page pressed at once: it leads back to where the reason stands."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.hear({"do": "error", "key": "place.name", "text": "There is no such place. Not saved."})
    assert not row(scene, "place.name").isHidden()


def test_a_field_for_keys_speaks_the_language_of_the_window_and_is_marked(open_scene: OpenScene, german: None) -> None:
    """Qt has words of its own for it, in English; what was refused has its mark there, too."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.show_page("Movements")
    keys = row(scene, "hotkeys.start").field.widget
    (line,) = keys.findChildren(QLineEdit)
    scene.hear({"do": "value", "key": "hotkeys.start", "value": ""})
    QTest.keyClick(keys, Qt.Key.Key_B)
    scene.hear({"do": "error", "key": "hotkeys.start", "text": "Not saved."})
    assert line.property("refused") is True
    QTest.keyClick(keys, Qt.Key.Key_Backspace)
    assert line.placeholderText() == "Tasten drücken"


def test_keys_are_taken_out_and_escape_is_no_shortcut(open_scene: OpenScene, said: Said) -> None:
    """Backspace empties the field; Escape closes the window as everywhere else."""
    scene = open_scene(SettingsWindow, PEOPLE)
    scene.page.show_page("Movements")
    keys = row(scene, "hotkeys.start").field.widget
    scene.hear({"do": "value", "key": "hotkeys.start", "value": "ctrl+alt+b"})
    QTest.keyClick(keys, Qt.Key.Key_Backspace)
    assert said == [{"event": "set", "key": "hotkeys.start", "value": ""}]
    scene.hear({"do": "value", "key": "hotkeys.start", "value": ""})
    QTest.keyClick(keys, Qt.Key.Key_Escape)
    assert said[-1] == {"event": "left"}


def test_a_shown_number_has_its_unit_in_the_form_that_fits(open_scene: OpenScene) -> None:
    """One minute, two minutes: also where the value is only shown, and nobody is told of a change."""
    field = row(open_scene(SettingsWindow, PEOPLE), "prompt.earliest").field
    field.show(1)
    assert field.widget.text() == "1 minute"
    field.show(2)
    assert field.widget.text() == "2 minutes"


def test_a_long_name_in_a_hint_goes_on_in_the_next_line() -> None:
    """In one piece it would widen the page."""
    assert breakable("in SITBREAK_HOME") == "in SITBREAK_\u200bHOME"


def test_the_apostrophe_of_the_keyboard_finds_the_printed_one() -> None:
    """Windows say it with the one, people type the other."""
    assert matches("l'heure", [folded("L\u2019heure")]) == [True]

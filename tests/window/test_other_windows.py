"""The first window, help, and the movements."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from sitbreak.window import words
from sitbreak.window.gallery import GalleryWindow
from sitbreak.window.help import HelpWindow
from sitbreak.window.welcome import WelcomeWindow
from sitbreak.window.widgets.layout import scrolling
from tests.window.conftest import MakeRequest, OpenScene, Said, toggle


def test_the_first_window_starts_with_good_defaults(open_scene: OpenScene, said: Said) -> None:
    """Start takes them as they are."""
    open_scene(WelcomeWindow, {"kind": "welcome"}).start.click()
    choices = {
        "begin": "prompt",
        "places": ["office"],
        "seated_mode": False,
        "standing_desk": False,
        "goal_min": 20,
        "autostart": True,
    }
    assert said == [{"event": "welcome", "choices": choices}, {"event": "left"}]


def test_the_first_window_takes_other_choices(open_scene: OpenScene, said: Said) -> None:
    """Each by its control; without any place the office is meant."""
    scene = open_scene(WelcomeWindow, {"kind": "welcome"})
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


def test_the_first_window_shows_the_cautions_and_can_be_skipped(open_scene: OpenScene, said: Said) -> None:
    """Word for word; Skip chooses nothing."""
    from sitbreak.window.widgets.text import Text

    scene = open_scene(WelcomeWindow, {"kind": "welcome"})
    assert words.CAUTIONS in [text.text() for text in scene.page.findChildren(Text)]
    scene.skip.click()
    assert said == [{"event": "left"}]


# -- help


HELP = {
    "kind": "help",
    "topics": [
        {"title": "Counting", "text": "It sees a desk.\n\n- Seated: input.\n- Away: none."},
        {"title": "Privacy", "text": "Here."},
    ],
}


def test_help_is_read_topic_by_topic(open_scene: OpenScene) -> None:
    """Headings, paragraphs and items; another topic by its name at the left."""
    page = open_scene(HelpWindow, HELP).page
    assert [name for name, topic in page.topics.items() if not topic.isHidden()] == ["Counting"]
    read = [each.text() for each in page.topics["Counting"].findChildren(QLabel)]
    assert read == ["Counting", "It sees a desk.", "\u2022", "Seated: input.", "\u2022", "Away: none."]
    page.navigation.buttons["Privacy"].click()
    assert [name for name, topic in page.topics.items() if not topic.isHidden()] == ["Privacy"]


@pytest.mark.parametrize("width", [360, 720])
def test_the_first_window_fits_a_narrow_screen(open_scene: OpenScene, width: int) -> None:
    """Nothing of it is wider than the window, nothing is on a side that cannot be scrolled to."""
    page = open_scene(WelcomeWindow, {"kind": "welcome"}).page
    page.window().resize(width, 600)
    QApplication.processEvents()
    assert page.width() <= page.parentWidget().width()
    for part in page.findChildren(QAbstractButton):
        assert part.mapTo(page, QPoint(part.width(), 0)).x() <= page.width(), part.accessibleName()
    option = page.begin["measure"]
    assert option.height() >= option.heightForWidth(option.width())


def test_the_first_window_can_be_had_again(open_scene: OpenScene, said: Said) -> None:
    """From the help, which makes place for it."""
    open_scene(HelpWindow, {"kind": "help", "topics": [{"title": "Counting", "text": "All of it."}]}).welcome.click()
    assert said == [{"event": "chosen", "key": "welcome"}]


# -- movements


@pytest.fixture
def gallery(open_scene: OpenScene, request_for: MakeRequest) -> GalleryWindow:
    """Of two movements, the second turned off."""
    movements = [request_for(movement=each)["movement"] for each in ("walk-march", "dyn-calf")]
    scene = open_scene(GalleryWindow, {"kind": "movements", "movements": movements, "off": ["dyn-calf"]})
    assert isinstance(scene, GalleryWindow)
    return scene


def test_a_movement_is_tried_from_the_gallery(gallery: GalleryWindow, said: Said) -> None:
    """The one on show."""
    gallery.page.trial.click()
    assert said == [{"event": "try", "movement": "walk-march"}]


def test_a_list_to_choose_from_opens_below_its_field(gallery: GalleryWindow) -> None:
    """As wide as the field at least, every line whole, the chosen one marked; the keys choose."""
    drop = gallery.page.which
    drop.showPopup()
    popup, view = drop.view().window(), drop.view()
    assert popup.geometry().top() >= drop.mapToGlobal(QPoint(0, drop.height())).y()
    assert popup.width() >= drop.width()
    last = view.visualRect(drop.model().index(drop.count() - 1, 0))
    assert view.viewport().rect().contains(last)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert drop.currentIndex() == 1


def test_movements_are_looked_at_and_turned_off_and_on(gallery: GalleryWindow, said: Said) -> None:
    """One at a time, with its steps; the switch says what is off now, and follows what the daemon has."""
    page = gallery.page
    assert (page.view.title.text(), page.on.isChecked()) == ("March on the spot", True)
    page.on.click()
    page.navigation.buttons["Calf raises"].click()
    assert (page.view.title.text(), page.on.isChecked()) == ("Calf raises", False)
    page.on.click()
    assert [each["value"] for each in said] == [["dyn-calf", "walk-march"], ["walk-march"]]
    gallery.hear({"do": "value", "key": "movements.off", "value": ["dyn-calf"]})
    assert not page.on.isChecked()


def test_a_step_that_wraps_stays_beside_its_seconds(gallery: GalleryWindow) -> None:
    """Steps stand in a column of their own, those of the movement before are gone."""
    for title in list(gallery.page.navigation.buttons)[:2]:
        gallery.page.show_movement(title)
    QApplication.processEvents()
    told = gallery.page.view.steps.findChildren(QLabel)
    steps = gallery.page.shown.steps
    assert [each.text() for each in told[1::2]] == [step.text for step in steps]
    edges = {each.geometry().left() for each in told[1::2]}
    assert len(edges) == 1
    assert min(edges) > max(each.geometry().right() for each in told[::2])


def test_a_favourite_gets_its_star_and_can_be_found_by_it(gallery: GalleryWindow, said: Said) -> None:
    """The star is told to screen readers beside the name; the list shows the favourites alone."""
    page, names = gallery.page, gallery.page.navigation.buttons
    page.which.setCurrentIndex(1)
    assert [name for name, button in names.items() if not button.isHidden()] == []
    page.star.click()
    assert said == [{"event": "set", "key": "movements.favourites", "value": ["walk-march"]}]
    assert names["March on the spot"].accessibleName() == "March on the spot, favourite"
    assert names["Calf raises"].accessibleName() == "Calf raises, off"
    page.which.setCurrentIndex(0)
    page.which.setCurrentIndex(1)
    assert [name for name, button in names.items() if not button.isHidden()] == ["March on the spot"]


def test_a_movement_for_another_place_says_so_and_the_place_can_be_added(gallery: GalleryWindow, said: Said) -> None:
    """It may be on and never come; the only place there is cannot be taken away."""
    page = gallery.page
    page.navigation.buttons["Calf raises"].click()
    told = [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]
    assert "Calves. Place: office, in view of others. Needs: wall." in told
    assert page.here.isChecked()
    assert not page.here.isEnabled()
    page.navigation.buttons["March on the spot"].click()
    told = [each.text() for each in page.findChildren(QLabel) if not each.isHidden()]
    assert "This is not one of your places, so the movement is not suggested." in told
    page.here.click()
    assert said == [{"event": "set", "key": "movements.places", "value": ["office", "quiet"]}]
    assert page.here.isEnabled()


def test_why_a_choice_was_not_kept_is_told_in_the_gallery(gallery: GalleryWindow) -> None:
    """A disk that is full, for example."""
    gallery.hear({"do": "error", "key": "movements.off", "text": "The disk is full."})
    told = [each.text() for each in gallery.page.findChildren(QLabel) if not each.isHidden()]
    assert "The disk is full." in told


def test_a_screen_reader_turns_a_movement_off(gallery: GalleryWindow, said: Said) -> None:
    """The switch of the gallery."""
    toggle(gallery.page.on)
    assert said == [{"event": "set", "key": "movements.off", "value": ["dyn-calf", "walk-march"]}]


def test_what_a_screen_reader_finds_of_a_page_does_not_depend_on_its_length(qtbot: QtBot) -> None:
    """The bar stays among its parts when there is nothing to scroll: Qt would end on a question for one that went."""
    content = QLabel("short")
    area = scrolling(content)
    qtbot.addWidget(area)
    area.resize(200, 100)
    area.show()
    parts = QAccessible.queryAccessibleInterface(area)
    content.setMinimumHeight(1000)
    qtbot.waitUntil(area.verticalScrollBar().isEnabled)
    long = parts.childCount()
    content.setMinimumHeight(10)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isEnabled())
    assert parts.childCount() == long
    assert parts.child(long - 1) is not None


def test_the_first_window_does_not_scroll_for_nothing(open_scene: OpenScene, qtbot: QtBot) -> None:
    """On a screen 800 pixels high it shows all it has."""
    scene = open_scene(WelcomeWindow, {"kind": "welcome"})
    qtbot.waitExposed(scene)
    (area,) = scene.findChildren(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0

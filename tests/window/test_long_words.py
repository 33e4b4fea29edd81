"""Every window with words 40 % longer, and in German: nothing is cut, nothing lies outside, nothing stays English."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QStyle, QStyleOptionComboBox, QWidget

from sitbreak import language
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.records import GapAnswer, GapLabel, SpanClass
from sitbreak.daemon import menu, window_contents
from sitbreak.daemon.backends import Other, Port, what_works
from sitbreak.daemon.past_days import look
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.settings.load import Loaded, apply
from sitbreak.settings.model import Settings
from sitbreak.window.breakapp import BreakApp
from sitbreak.window.gallery import GalleryWindow
from sitbreak.window.help import HelpWindow
from sitbreak.window.look import Style
from sitbreak.window.plans import PlansWindow
from sitbreak.window.protocol import BreakRequest, request_of
from sitbreak.window.settings import SettingsWindow
from sitbreak.window.today import TodayWindow
from sitbreak.window.welcome import WelcomeWindow
from sitbreak.window.widgets.buttons import Button
from sitbreak.window.widgets.drop import DayDrop, Drop
from sitbreak.window.widgets.text import Text
from tests.daemon.states import Morning
from tests.pseudo import MARK, Pseudo
from tests.review.told import MONDAY, NAMES, kept, one_day
from tests.window.conftest import PLAIN, OpenScene

SETTINGS = Settings()
LANGUAGES = ["pseudo", *sorted(code for code in language.LANGUAGES if code != "en")]


def plans_request() -> dict[str, Any]:
    """All plans, one of them running, and one with an entry."""
    file = Path(mkdtemp()) / "plans.json"
    books = PlanBooks(file, lambda: MONDAY, lambda day: None, lambda *words: None)
    for message in ({"verb": "start", "name": "squats"}, {"verb": "log", "name": "squats", "amount": 5}):
        books.do(message, lambda request: {"ok": ""})
    return books.request(SETTINGS)


def today_request() -> Any:
    """A reminder on show, at a desk that goes up, with a plan told of and everything that the list may hold."""
    desk = apply(SETTINGS, {"day.standing_desk": True}).settings
    now = Morning().prompted().status
    entries = menu.menu(now, 14.2, 20.0, desk, [language._(menu.NOT_WRITTEN)])
    return window_contents.status_request(now, 14.2, 20.0, entries, desk)


def told_of_days() -> Iterator[Mapping[str, object]]:
    """The days that Today is told of: one with everything, its week, and four weeks."""
    story = one_day()
    story.correct(24, 5, SpanClass.STANDING).gaps.append(
        GapAnswer(story.spans[4].start, story.spans[4].end, GapLabel.HERE, story.now)
    )
    books = kept(story, *story.gaps)
    for scope in ("month", "week", "day"):
        yield look(books, SETTINGS, NAMES, scope, "", story.now)


def help_request() -> Any:
    """With what works here, as a desktop that lacks something tells it."""
    lacking = Port("tray", (), others=(Other("native", language._("There is no display."), foreign=False),))
    seen = Port("activity", ("xinput2",), (language._("This X server has no XInput 2."),))
    works = what_works(language._("Standing"), {"ports": [asdict(seen), asdict(lacking)]})
    return window_contents.help_request(SETTINGS, works)


def settings_request() -> Any:
    """With a change that waits for the next start, and a file that is not right."""
    loaded = apply(SETTINGS, {"prompt.latest_minutes": -1})
    return window_contents.settings_request(
        Loaded(SETTINGS, loaded.problems), Path("/tmp/sitbreak.toml"), ("tray.colour",)
    )


SCENES: dict[str, tuple[Any, Callable[[], Any]]] = {
    "welcome": (WelcomeWindow, lambda: window_contents.welcome_request(SETTINGS)),
    "settings": (SettingsWindow, settings_request),
    "help": (HelpWindow, help_request),
    "movements": (GalleryWindow, lambda: window_contents.movements_request(load_catalogue().movements, SETTINGS)),
    "plans": (PlansWindow, plans_request),
    "status": (TodayWindow, today_request),
}
PAGED = {"settings": 1, "help": 1, "movements": 12}  # windows with pages, and every which of them is looked at
TOLD: dict[str, Callable[[], Iterable[Mapping[str, object]]]] = {"status": told_of_days}


def shown(open_scene: OpenScene, name: str) -> Iterator[Any]:
    """The window, opened, on each of its pages (of the movements a few), and after each thing it is told besides."""
    kind, request = SCENES[name]
    made = request()
    message = made if isinstance(made, dict) else asdict(made)
    opened = open_scene(kind, {**message, "kind": name, "look": {"theme": "light", "reduced_motion": True}})
    yield opened
    if name in PAGED:
        navigation = opened.page.navigation
        for page in list(navigation.buttons)[:: PAGED[name]]:
            navigation.chosen.emit(page)
            yield opened
    for told in TOLD.get(name, tuple)():
        opened.hear(told)
        yield opened


@pytest.fixture(params=LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """A language, and English again afterwards."""
    if request.param == "pseudo":
        language.use(Pseudo())
    else:
        language.choose(request.param)
    yield str(request.param)
    language.choose("en")


def cut(window: QWidget) -> list[str]:
    """The words in a window that are not whole to be seen."""
    found = []
    for each in window.findChildren(QWidget):
        if not each.isVisible() or not isinstance(each, Text | Button):
            continue
        around = next((view.viewport() for view in window.findChildren(QScrollArea) if view.isAncestorOf(each)), window)
        left = each.mapTo(around, QPoint(0, 0)).x()
        inside = left >= 0 and left + each.width() <= around.width()
        whole = each.width() >= each.sizeHint().width() if isinstance(each, Button) else True
        whole = whole and (not isinstance(each, Text) or each.height() >= each.heightForWidth(each.width()))
        if each.text() and not (inside and whole):
            found.append(each.text())
    for view in window.findChildren(QScrollArea):
        content = view.widget()
        if view.isVisible() and content is not None and content.width() > view.viewport().width():
            found.append(f"a page of {content.width()} pixels in {view.viewport().width()}")
    return [*found, *cut_choices(window)]


def cut_choices(window: QWidget) -> Iterator[str]:
    """The choices and days that are longer than their field; a field as wide as its column has its list for that."""
    for box in (each for each in window.findChildren(Drop) if each.minimumWidth() == each.maximumWidth()):
        option = QStyleOptionComboBox()
        box.initStyleOption(option)
        parts, wanted = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = box.style().subControlRect(parts, option, wanted, box).width()
        for text in map(box.itemText, range(box.count() if box.isVisible() else 0)):
            if box.fontMetrics().horizontalAdvance(text) > room:
                yield text
    for day in window.findChildren(DayDrop):
        if day.isVisible() and day.fontMetrics().horizontalAdvance(day.text()) > day.lineEdit().width() - 4:
            yield day.text()


def cut_in_the_end(window: QWidget) -> list[str]:
    """What is still cut once Qt has put everything in its place."""
    for _ in range(40):
        QTest.qWait(50)
        if not cut(window):
            return []
    return cut(window)


@pytest.mark.parametrize("scene", SCENES)
def test_long_words_fit_in_every_window(open_scene: OpenScene, spoken: str, scene: str) -> None:
    """Labels wrap, buttons grow or go to another line."""
    for opened in shown(open_scene, scene):
        assert cut_in_the_end(opened) == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", ["prompt", "break"])
@pytest.mark.parametrize("movement", ["walk-march", "stat-supineham", "pattern-wallcrawl"])
def test_long_words_fit_on_the_card(spoken: str, kind: str, movement: str) -> None:
    """The card grows with its words; four answers and their lines are whole."""
    wanted = load_catalogue().get(movement)
    assert wanted is not None
    asked = asdict(window_contents.break_request(kind, wanted, timedelta(minutes=38), SETTINGS))
    request = request_of({**asked, "title": language._("Good moment for two minutes?"), "snooze_left": 2})
    assert isinstance(request, BreakRequest)
    app = BreakApp(request, Style(request.look), lambda event, **values: None, lambda: None, PLAIN)
    app.appear()
    QTest.qWait(50)
    assert cut(app.views[0]) == []
    app.dispose()
    app.deleteLater()


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_in_a_window_stays_english(open_scene: OpenScene, scene: str) -> None:
    """What a window says comes through the catalogue, wherever it was made."""
    language.use(Pseudo())
    try:
        for opened in shown(open_scene, scene):
            told = [each.text() for each in opened.findChildren(Text) if each.text() and not each.isHidden()]
            plain = [
                text
                for text in told
                if MARK not in text and any(map(str.islower, text)) and text.lstrip("0123456789 ") not in NAMES_KEPT
            ]
            assert plain == []
    finally:
        language.choose("en")


NAMES_KEPT = {"sitbreak", "min", "s"}  # with a number before it, too

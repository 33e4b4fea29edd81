"""The break card: its answers by mouse and keyboard, its words, its names for screen readers."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from sitbreak import language
from sitbreak.window.breakapp import BreakApp
from sitbreak.window.card_pages import READ_MS, RESULT_MS, ResultLine
from sitbreak.window.protocol import request_of
from sitbreak.window.widgets.buttons import Button
from tests.window.conftest import MakeRequest, Open, Said


def labels(app: BreakApp) -> list[str]:
    """What the controls on show are called, in their order."""
    view = app.views[0]
    row = view.break_row if app.progress.running else view.prompt_row
    return [button.accessibleName() for button in row.buttons]


def test_the_prompt_has_all_answers_in_order(opened: Open) -> None:
    """Start, Longer, Snooze, Not now; the first is where the keyboard begins."""
    app = opened("prompt")
    assert labels(app) == ["Start 2 min", "5 min", "Later", "Not now"]
    assert app.views[0].title.text() == "Good moment for two minutes?"
    assert app.views[0].prompt_row.first().text() == "Start 2 min"


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (Qt.Key.Key_1, {"answer": "start"}),
        (Qt.Key.Key_2, {"answer": "long", "minutes": 5}),
        (Qt.Key.Key_4, {"answer": "not_now"}),
    ],
)
def test_number_keys_answer(opened: Open, said: Said, key: Qt.Key, answer: dict[str, Any]) -> None:
    """1 to 4 press the buttons in their order."""
    QTest.keyClick(opened("prompt").views[0], key)
    assert said[0] == {"event": "answer", **answer}


def test_snooze_asks_for_how_long_in_place(opened: Open, said: Said) -> None:
    """Its minutes take the place of the answers; Back brings those again."""
    app = opened("prompt")
    view = app.views[0]
    QTest.keyClick(view, Qt.Key.Key_3)
    assert labels(app) == ["In 5 min", "In 10 min", "In 15 min", "Back"]
    QTest.keyClick(view, Qt.Key.Key_4)
    assert labels(app)[0] == "Start 2 min"
    QTest.keyClick(view, Qt.Key.Key_3)
    QTest.keyClick(view, Qt.Key.Key_2)
    assert said == [{"event": "answer", "answer": "snooze", "minutes": 10}, {"event": "left"}]


def test_no_snooze_is_offered_when_none_is_left(opened: Open) -> None:
    """After two snoozes in a bout the button is gone."""
    assert labels(opened("prompt", snooze_left=0)) == ["Start 2 min", "5 min", "Not now"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_press_the_focused_button(opened: Open, said: Said, key: Qt.Key) -> None:
    """As people expect of a button."""
    QTest.keyClick(opened("prompt").views[0].prompt_row.first(), key)
    assert said[0] == {"event": "answer", "answer": "start"}


def test_start_turns_the_card_into_the_break_in_place(opened: Open, said: Said) -> None:
    """The same window goes on; the title is the movement now, and the break's controls are there."""
    app = opened("prompt")
    window = app.shells[0]
    QTest.keyClick(app.views[0], Qt.Key.Key_1)
    assert app.shells == [window]
    assert window.isVisible()
    assert app.views[0].title.text() == "Sit-to-stand practice"
    assert labels(app) == ["Easier", "Normal", "Harder", "Done"]
    assert app.progress.length == 120
    assert {"event": "left"} not in said


def test_longer_draws_the_steps_out(opened: Open) -> None:
    """Five minutes of the same movement: every step takes its share."""
    app = opened("prompt")
    QTest.keyClick(app.views[0], Qt.Key.Key_2)
    assert app.progress.length == 300
    assert sum(app.views[0]._performance.lengths) == pytest.approx(300)


def test_the_daemons_break_request_is_adopted(opened: Open, request_for: MakeRequest) -> None:
    """After Start the daemon asks for the break: the card on show is it already."""
    app = opened("prompt")
    assert not app.adopt(request_of(request_for("break")))
    QTest.keyClick(app.views[0], Qt.Key.Key_1)
    assert app.adopt(request_of(request_for("break", elapsed_s=7.0, level="easier")))
    assert app.progress.elapsed >= 7.0
    assert app.views[0].break_row.switch.segments["easier"].isChecked()
    assert not app.adopt(request_of(request_for("break", movement="mob-neck")))


def test_the_level_changes_words_and_figure_at_once(opened: Open, said: Said) -> None:
    """Easier says how, and the daemon is told."""
    app = opened(elapsed_s=20.0)
    view = app.views[0]
    assert "armrests" not in view.next.text()
    QTest.keyClick(view, Qt.Key.Key_1)
    assert said == [{"event": "level", "movement": "pattern-sitstand", "level": "easier"}]
    assert "Push on the armrests" in view.next.text()
    assert app.progress.level == "easier"


def test_the_current_and_the_next_step_are_told(opened: Open) -> None:
    """At 20 s the second step is on, and the third comes next."""
    view = opened(elapsed_s=20.0).views[0]
    assert view.step.text() == "Stand up and sit down slowly, about 6 times."
    assert view.next.text() == "Then: stand and breathe."
    assert view.reason.text() == "Hips, thighs. About 38 min at the desk."
    assert view.note.text() == "Bend less if your knees ask for it. A chair without castors."


def test_after_the_end_the_card_is_soft_and_says_so_once(opened: Open, qtbot: QtBot, said: Said) -> None:
    """No alarm and no lock: stay away as long as you like."""
    view = opened(elapsed_s=125.0).views[0]
    view.refresh()
    assert view.step.text() == "Take as long as you like."
    qtbot.waitUntil(lambda: said == [{"event": "over"}])
    assert view.stage._scene is not None
    assert view.stage._scene.time.startswith("+0:0")


def test_the_result_stays_while_it_is_read(opened: Open, said: Said, qtbot: QtBot) -> None:
    """Under the pointer for as long as it is there, and a little longer; a press puts it away at once."""
    app = opened("break", elapsed_s=30.0)
    app.hear({"do": "result", "line": "2 min 40 s counted."})
    note = app.shells[0].findChildren(ResultLine)[0]
    assert note.stays.interval() == RESULT_MS
    middle = QPointF(note.rect().center())
    QApplication.sendEvent(note, QEnterEvent(middle, middle, middle))
    assert not note.stays.isActive()
    QApplication.sendEvent(note, QEvent(QEvent.Type.Leave))
    assert (note.stays.isActive(), note.stays.interval()) == (True, READ_MS)

    def pressed() -> bool:
        QTest.mouseClick(note, Qt.MouseButton.LeftButton)
        return bool(said)

    qtbot.waitUntil(pressed, timeout=3000)
    assert said[0] == {"event": "left"}


def test_done_says_done_and_waits_for_the_result(opened: Open, said: Said) -> None:
    """The card hides; the one line of the result may still come."""
    app = opened(elapsed_s=60.0)
    QTest.keyClick(app.views[0], Qt.Key.Key_4)
    assert said == [{"event": "done"}]
    assert not app.shells[0].isVisible()
    app.hear({"do": "result", "line": "1 min 4 s hands off, counted."})
    assert app.shells[0].isVisible()


def test_a_focused_break_is_not_ended_by_a_key_meant_for_elsewhere(opened: Open, said: Said) -> None:
    """The keyboard begins at the switch: Space or Enter there change nothing."""
    first = opened(elapsed_s=5.0).views[0].break_row.first()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(first, key)
    assert said == []


def test_escape_puts_a_prompt_away_without_an_answer(opened: Open, said: Said) -> None:
    """It is dismissed, which is no answer."""
    QTest.keyClick(opened("prompt").shells[0], Qt.Key.Key_Escape)
    assert said == [{"event": "left"}]


def test_escape_never_loses_a_break(opened: Open, said: Said) -> None:
    """The card becomes a pill that shows the time; pressing it brings the card back."""
    app = opened(elapsed_s=30.0)
    QTest.keyClick(app.shells[0], Qt.Key.Key_Escape)
    assert not app.shells[0].isVisible()
    assert app._pill is not None
    pill = app._pill.findChild(QAbstractButton)
    assert pill is not None
    assert pill.accessibleName() == "Show the break again. 1 min 30 s left"
    pill.click()
    assert app.shells[0].isVisible()
    assert [each["event"] for each in said] == ["minimised", "restored"]
    assert app.shells[0].focusWidget() is app.views[0].break_row.finish, "who brings it back wants to end it"


def test_help_is_one_press_away_and_leads_back(opened: Open, said: Said) -> None:
    """How to do less or more of this movement with its own cautions; when to see a doctor is one press further."""
    app = opened(movement="walk-march", elapsed_s=30.0)
    app.views[0].help.click()
    shown = [each.text() for each in app.shells[0].findChildren(QWidget) if hasattr(each, "text") and each.isVisible()]
    assert any(text.startswith("Moves: ") and "Easier: " in text and "Harder: " in text for text in shown)
    assert not any(text.startswith("New trouble controlling bladder or bowel") for text in shown)
    assert any("Hold something fixed. Make it smaller or skip it" in text for text in shown)
    doctor, back = (
        next(each for each in app.shells[0].findChildren(Button) if each.text() == text and each.isVisible())
        for text in ("When to see a doctor", "Back")
    )
    doctor.click()
    shown = [each.text() for each in app.shells[0].findChildren(QWidget) if hasattr(each, "text") and each.isVisible()]
    assert any(text.startswith("New trouble controlling bladder or bowel") for text in shown)
    back.click()
    assert app.views[0].isVisible()
    assert said == [{"event": "help"}]


def test_tab_goes_through_every_control_and_no_other(opened: Open, qtbot: QtBot) -> None:
    """In reading order: the answers, then help and hide; then from the beginning."""
    app = opened("prompt")
    app.shells[0].activateWindow()
    qtbot.waitUntil(app.shells[0].isActiveWindow)
    names = []
    for _ in range(7):
        focused = QApplication.focusWidget()
        assert focused is not None
        names.append(focused.accessibleName())
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert names == ["Start 2 min", "5 min", "Later", "Not now", "Help", "Another one", "Minimise"]


@pytest.mark.parametrize("kind", ["prompt", "break"])
def test_everything_has_a_name_and_a_role(opened: Open, kind: str) -> None:
    """A screen reader finds buttons, radio buttons, text and a progress bar, all with words."""
    app = opened(kind, elapsed_s=30.0)
    roles = {QAccessible.Role.PushButton, QAccessible.Role.Button, QAccessible.Role.RadioButton}
    for control in app.shells[0].findChildren(QAbstractButton):
        found = QAccessible.queryAccessibleInterface(control)
        assert found.role() in roles
        assert found.text(QAccessible.Text.Name)
    stage = QAccessible.queryAccessibleInterface(app.views[0].stage)
    assert stage.role() is QAccessible.Role.ProgressBar
    assert stage.text(QAccessible.Text.Name)


@pytest.mark.parametrize("kind", ["prompt", "break"])
@pytest.mark.parametrize("movement", ["stat-supineham", "walk-corridor", "str-curl", "pattern-sitstand"])
@pytest.mark.parametrize("spoken", ["en", "de"])
def test_words_of_any_length_fit(opened: Open, german: None, kind: str, movement: str, spoken: str) -> None:
    """The card grows: no label is cut, no control lies over another or outside."""
    language.choose(spoken)
    app = opened(kind, movement, elapsed_s=30.0, level="harder")
    view = app.views[0]
    row = view.break_row if app.progress.running else view.prompt_row
    ground = view.rect()
    for button in row.buttons:
        corner = button.mapTo(view, QPoint(0, 0))
        assert button.width() >= button.sizeHint().width()
        assert ground.contains(corner)
        assert ground.contains(corner + QPoint(button.width() - 1, button.height() - 1))
    for text in (view.title, view.reason, view.step, view.next, view.note):
        assert text.isHidden() or text.height() >= text.heightForWidth(text.width())
    assert app.shells[0].width() >= 440
    assert app.shells[0].height() >= 300


@pytest.mark.parametrize("movement", ["pattern-wallcrawl", "str-curl", "shift-seat", "pattern-deepsit", "pan-shrug"])
def test_the_card_has_one_size_at_every_step_and_level(opened: Open, german: None, movement: str) -> None:
    """No step's words are cut and the card does not jump when one is longer."""
    sizes = set()
    for elapsed in range(1, 120, 12):
        app = opened(movement=movement, elapsed_s=float(elapsed))
        view = app.views[0]
        for level in view.break_row.switch.segments.values():
            level.click()
            QApplication.processEvents()
            sizes.add((app.shells[0].width(), app.shells[0].height()))
            for text in (view.step, view.next):
                assert text.height() >= text.heightForWidth(text.width())
        app.dispose()
    assert len(sizes) == 1


def test_seated_mode_speaks_of_no_chair_and_no_standing(opened: Open) -> None:
    """Neither in the prompt nor in the break."""
    for kind in ("prompt", "break"):
        view = opened(kind, "sit-reach", elapsed_s=30.0).views[0]
        told = " ".join(text.text() for text in (view.title, view.step, view.next, view.note, view.reason)).lower()
        assert "chair" not in told
        assert "stand" not in told


def test_a_prompt_takes_no_focus_and_the_break_may(opened: Open) -> None:
    """It never steals the keyboard; after Start it may have it."""
    app = opened("prompt", focus=False)
    no_focus = Qt.WindowType.WindowDoesNotAcceptFocus
    assert app.shells[0].windowFlags() & no_focus
    assert app.shells[0].testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    app.views[0].prompt_row.first().click()
    assert not app.shells[0].windowFlags() & no_focus
    assert app.shells[0].isVisible()


def test_the_theme_changes_while_it_is_open(opened: Open) -> None:
    """Light to dark without opening it anew."""
    app = opened(elapsed_s=30.0)
    before = app.shells[0].grab().toImage().pixelColor(220, 290).lightness()
    app.style.use("dark")
    after = app.shells[0].grab().toImage().pixelColor(220, 290).lightness()
    assert before > 200
    assert after < 60


def test_full_screen_fills_the_monitor_with_large_type(opened: Open) -> None:
    """The countdown is 56 pixels high there, and the ring larger than in the card."""
    app = opened(elapsed_s=30.0, look={"style": "fullscreen"})
    assert app.shells[0].isFullScreen()
    assert app.views[0].stage.width() >= 240
    assert app.views[0].title.font().pixelSize() == 32


def test_a_full_screen_prompt_is_a_card_until_it_is_answered(opened: Open) -> None:
    """Nobody is surprised by a full screen they did not ask for."""
    app = opened("prompt", look={"style": "fullscreen"})
    assert not app.shells[0].isFullScreen()
    QTest.keyClick(app.views[0], Qt.Key.Key_1)
    assert app.shells[0].isFullScreen()

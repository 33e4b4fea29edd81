"""The card of somebody whose desk goes up: standing for a while, and sitting again."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.window.conftest import Open, Said
from tests.window.test_break_card import labels


def test_standing_for_a_while_is_beside_the_start(opened: Open, said: Said) -> None:
    """Its minutes take the place of the answers; Back brings those again."""
    app = opened("prompt", desk="down")
    answers = ["Start 2 min", "Stand for a while", "5 min", "Later", "I'm standing already", "Not now"]
    assert labels(app) == answers
    QTest.keyClick(app.views[0], Qt.Key.Key_2)
    assert labels(app) == ["15 min", "20 min", "30 min", "Back"]
    QTest.keyClick(app.views[0], Qt.Key.Key_4)
    assert labels(app) == answers
    QTest.keyClick(app.views[0], Qt.Key.Key_2)
    QTest.keyClick(app.views[0], Qt.Key.Key_3)
    assert said == [{"event": "answer", "answer": "stand", "minutes": 30}, {"event": "left"}]


def test_the_sixth_key_is_the_last_answer(opened: Open, said: Said) -> None:
    """Six answers have six keys."""
    QTest.keyClick(opened("prompt", desk="down").views[0], Qt.Key.Key_6)
    assert said[0] == {"event": "answer", "answer": "not_now"}


def test_who_stands_may_sit_again(opened: Open, said: Said) -> None:
    """It is a word about the desk, and takes the card away."""
    app = opened("prompt", desk="up")
    assert labels(app) == ["Start 2 min", "5 min", "Later", "Sitting again", "Not now"]
    QTest.keyClick(app.views[0], Qt.Key.Key_4)
    assert said == [{"event": "standing_off"}, {"event": "left"}]

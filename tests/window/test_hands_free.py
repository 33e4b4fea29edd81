"""A break for somebody who is not at the screen: steps in large type, told aloud, told to screen readers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from sitbreak.window import sound
from sitbreak.window.breakapp import BreakApp
from sitbreak.window.breakview import STILL_MS
from sitbreak.window.performance import MOVING_MS
from sitbreak.window.widgets.text import Text
from tests.waiting import wait_until
from tests.window.conftest import CATALOGUE, Open
from tests.window.test_stillness_and_sound import tool

STEPS = [step.text for step in CATALOGUE["pattern-sitstand"].steps]


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose programs stand in for the system's: each appends what it was given to the file `heard`."""
    for name in ("spd-say", "pw-play"):
        tool(tmp_path, name, f'for last; do :; done; echo "{name} $last" >> {tmp_path}/heard')
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "home"))
    (tmp_path / "heard").touch()
    return tmp_path


def lines(folder: Path) -> list[str]:
    """What was heard so far; of a sound only its file's name."""
    return [line.replace(str(folder / "home") + "/", "") for line in (folder / "heard").read_text().splitlines()]


def at(app: BreakApp, seconds: float) -> None:
    """The break as it is so many seconds after its start."""
    app.progress.follow(replace(app.request, elapsed_s=seconds))
    app.views[0].refresh()


@pytest.mark.unix("sh")
def test_a_voice_tells_each_step_once(opened: Open, heard: Path) -> None:
    """The first with the movement's name and what to mind; a step is not told again while it lasts."""
    app = opened("break", cues="voice")
    at(app, 0.5)
    wait_until(lambda: len(lines(heard)) == 1, what="the first step")
    at(app, 1)
    at(app, app.views[0]._performance.lengths[0] + 1)
    wait_until(lambda: len(lines(heard)) == 2, what="the second step")
    title, mind = CATALOGUE["pattern-sitstand"].title, " ".join(CATALOGUE["pattern-sitstand"].warnings)
    assert mind
    first, second = (text[0].upper() + text[1:] for text in STEPS[:2])
    assert lines(heard) == [f"spd-say {title}. {mind} {first}.", f"spd-say {second}."]


@pytest.mark.unix("sh")
def test_a_tick_marks_each_step(opened: Open, heard: Path) -> None:
    """Soft, of our own making, and the chime of the end stays what it was."""
    at(opened("break", cues="tick"), 0.5)
    wait_until(lambda: lines(heard), what="the tick")
    assert lines(heard) == ["pw-play tick.wav"]


@pytest.mark.unix("sh")
def test_where_nothing_speaks_a_voice_is_a_tick(opened: Open, heard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody who looks elsewhere is told all the same that the next step has come."""
    (heard / "spd-say").unlink()
    monkeypatch.setenv("PATH", str(heard))
    assert sound.speaker("x") is None
    tool(heard, "pw-play", f'PATH=/usr/bin:/bin; for last; do :; done; echo "pw-play $last" >> {heard}/heard')
    at(opened("break", cues="voice"), 0.5)
    wait_until(lambda: lines(heard), what="the tick")
    assert lines(heard) == ["pw-play tick.wav"]


@pytest.mark.parametrize("case", ["off", "during a call", "a prompt"])
@pytest.mark.unix("sh")
def test_nothing_is_told_where_it_should_not_be(opened: Open, heard: Path, case: str) -> None:
    """Not by default, not once a call began, and not before the break has begun."""
    app = opened("prompt" if case == "a prompt" else "break", cues="off" if case == "off" else "voice")
    if case == "during a call":
        at(app, 0.5)
        wait_until(lambda: lines(heard), what="the first step")
        app.hear({"do": "quiet"})
    before = lines(heard)
    at(app, app.views[0]._performance.lengths[0] + 1)
    assert lines(heard) == before


@pytest.mark.unix("sh")
def test_a_text_cannot_be_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a movement of one's own is called, it is said and not obeyed."""
    tool(tmp_path, "spd-say", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    found = sound.speaker("--help")
    assert found is not None
    assert found[-2:] == ["--", "--help"]
    tool(tmp_path, "powershell", "exit 0")
    assert "--help" not in " ".join(sound.speaker("--help", "win32") or ["--help"])


def test_from_afar_the_step_is_large_and_the_card_as_it_was(opened: Open) -> None:
    """After six seconds without a hand on the card only the step is shown, larger; the pointer brings the rest back."""
    app = opened("break", elapsed_s=1.0)
    view, size = app.views[0], app.shells[0].size()
    assert not view.from_afar.isVisible()
    at(app, 7.5)
    assert view.from_afar.isVisible()
    assert view.from_afar.text() == view.step.text()
    assert view.from_afar.font().pixelSize() > view.step.font().pixelSize()
    assert app.shells[0].size() == size
    QTest.mouseMove(view, QPoint(40, 40))
    QTest.mouseMove(view, QPoint(60, 60))
    wait_until(lambda: pumped(view.from_afar.isVisible), what="the words for reading up close")


@pytest.mark.parametrize("movement", [key for key, each in CATALOGUE.items() if each.cautions])
def test_what_to_mind_stays_when_the_step_is_large(opened: Open, movement: str) -> None:
    """The cautions are there before and during every step, under its large words and not beneath them."""
    app = opened("break", movement, elapsed_s=1.0)
    view = app.views[0]
    shown = drawn(view.note)
    assert shown != blank(view.note)
    assert view.note.text() == " ".join(CATALOGUE[movement].warnings)
    assert view.note.height() >= view.note.heightForWidth(view.note.width())
    for number in range(len(CATALOGUE[movement].steps)):
        at(app, max(6.5, sum(view._performance.lengths[:number]) + 2))
        view._touched_at = 0.0
        view.refresh()
        assert view.from_afar.isVisible()
        assert drawn(view.note) == shown
        assert not view.from_afar.geometry().intersects(view.note.geometry())
        place, text = view.from_afar.contentsRect(), view.from_afar.text()
        room = view.from_afar.fontMetrics().boundingRect(place, int(Qt.TextFlag.TextWordWrap), text)
        assert place.contains(room), text


def test_a_card_with_little_room_says_first_what_to_mind(opened: Open) -> None:
    """On a small screen the cautions take the place of the next step, and no large type does, in the first one."""
    app = opened("break", "pattern-rockback", elapsed_s=1.0)
    view = app.views[0]
    assert view.shrink()
    at(app, 8.0)
    assert view.next.text() == " ".join(CATALOGUE["pattern-rockback"].warnings)
    assert not view.from_afar.isVisible()
    at(app, view._performance.lengths[0] + 1)
    assert view.next.text().startswith("Then: ")


def drawn(text: Text) -> QImage:
    """A text as it is painted."""
    return text.grab().toImage()


def blank(text: Text) -> QImage:
    """The same place with nothing in it."""
    text.veil(True)
    image = drawn(text)
    text.veil(False)
    return image


def pumped(visible: object) -> bool:
    """Whether it has gone, once Qt has had a turn."""
    QTest.qWait(1)
    assert callable(visible)
    return not visible()


def test_a_key_brings_the_words_back(opened: Open) -> None:
    """Whoever uses the keyboard is at the desk."""
    app = opened("break", elapsed_s=7.0)
    app.views[0].refresh()
    assert app.views[0].from_afar.isVisible()
    QTest.keyClick(app.views[0], Qt.Key.Key_Shift)
    assert not app.views[0].from_afar.isVisible()


def test_a_card_that_nobody_sees_and_one_that_is_over_rest(opened: Open) -> None:
    """Minimised to its pill, and after its time, it is drawn twice a second at most."""
    app = opened("break", elapsed_s=30.0, look={"reduced_motion": False})
    view = app.views[0]
    view.refresh()
    assert view._clock.interval() == MOVING_MS
    app.escape()
    view.refresh()
    assert view._clock.interval() == STILL_MS
    app.restore()
    assert view._clock.interval() == MOVING_MS
    at(app, 121)
    assert view._clock.interval() == STILL_MS

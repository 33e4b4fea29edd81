"""The parts of the windows without a widget: colours, words, places, the protocol and the sound."""

from __future__ import annotations

import io
import json
import wave
from array import array

import pytest
from PySide6.QtCore import QPoint, QRect, QSize

from sitbreak.window import message_fields, protocol, sound, words
from sitbreak.window.desktop_capabilities import at_point, beside_card, in_corner
from sitbreak.window.look import CONTRAST, DARK, LIGHT, THEMES, Tokens, contrast
from sitbreak.window.performance import step_at
from tests.window.figures import BY_ID

themes = pytest.mark.parametrize("tokens", THEMES.values(), ids=THEMES.keys())

TEXT_PAIRS = [("ink", "paper"), ("quiet", "paper"), ("ink", "tint"), ("quiet", "tint"), ("on_action", "action")]
SHAPE_PAIRS = [("move", "paper"), ("long", "paper"), ("stand", "paper"), ("action", "paper"), ("quiet", "paper")]


@themes
@pytest.mark.parametrize(("front", "back"), TEXT_PAIRS)
def test_all_text_can_be_read(tokens: Tokens, front: str, back: str) -> None:
    """Every pair of colours that text is set in is at least WCAG AA, 4.5 to 1; 7 in high contrast."""
    least = 7.0 if tokens.strong else 4.5
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= least


@themes
@pytest.mark.parametrize(("front", "back"), SHAPE_PAIRS)
def test_all_shapes_can_be_seen(tokens: Tokens, front: str, back: str) -> None:
    """Rings and marks are at least 3 to 1 against the ground."""
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= 3.0


def test_the_tokens_are_those_of_the_look() -> None:
    """Spot checks of the table: paper, ink, move, long in both themes."""
    assert (LIGHT.paper, LIGHT.ink, LIGHT.move, LIGHT.long) == ("#FBFAF7", "#16262B", "#0E8F6E", "#C7762B")
    assert (DARK.paper, DARK.ink, DARK.move, DARK.long) == ("#12191B", "#E9F0EE", "#5FE0B0", "#F0A35C")
    assert contrast(CONTRAST.ink, CONTRAST.paper) == pytest.approx(21)


def test_contrast_is_that_of_the_standard() -> None:
    """Black on white is 21, a colour on itself 1, #777777 on white 4.48."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#336699", "#336699") == pytest.approx(1)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


FREE = QRect(100, 50, 1000, 700)


@pytest.mark.parametrize(
    ("corner", "place"),
    [("top-left", (116, 66)), ("top-right", (684, 66)), ("bottom-left", (116, 434)), ("bottom-right", (684, 434))],
)
def test_a_card_goes_into_its_corner(corner: str, place: tuple[int, int]) -> None:
    """Sixteen pixels from the edges of the usable area."""
    assert in_corner(FREE, QSize(400, 300), corner) == QPoint(*place)


def test_a_shadow_may_overhang() -> None:
    """The rim around the card does not push it away from the corner."""
    assert in_corner(FREE, QSize(448, 348), "top-left", shadow=24) == QPoint(92, 42)
    assert in_corner(FREE, QSize(448, 348), "bottom-right", shadow=24) == QPoint(660, 410)


def test_a_card_larger_than_the_screen_keeps_its_top_left_corner_in_view() -> None:
    """Its title and first answers can be reached."""
    assert in_corner(FREE, QSize(2000, 2000), "bottom-right") == QPoint(100, 50)
    assert in_corner(FREE, QSize(990, 690), "bottom-right") == QPoint(105, 55)


def test_today_comes_up_as_near_to_the_icon_as_the_free_area_lets_it() -> None:
    """In the corner beside it, or below the middle of it; larger than the area, its top left stays in view."""
    assert at_point(FREE, QSize(400, 300), QPoint(1090, 760)) == QPoint(684, 434)
    assert at_point(FREE, QSize(400, 300), QPoint(600, 40)) == QPoint(400, 66)
    assert at_point(FREE, QSize(2000, 2000), QPoint(1090, 760)) == QPoint(116, 66)


@pytest.mark.parametrize(
    ("corner", "left"),
    [("bottom-right", (100, 50, 528, 700)), ("top-left", (572, 50, 528, 700)), ("", (100, 50, 1000, 700))],
)
def test_beside_a_card_is_what_the_card_leaves(corner: str, left: tuple[int, int, int, int]) -> None:
    """Its width and the room at its sides; all of a small area, as the card stays on top."""
    assert beside_card(FREE, corner) == QRect(*left)
    small = QRect(0, 0, 900, 700)
    assert beside_card(small, corner) == small


def break_request(**changes: object) -> dict[str, object]:
    """A request as the daemon sends it."""
    wanted = ("id", "title", "areas", "type", "steps", "easier", "harder", "cautions", "seated_mode")
    movement = {key: BY_ID["pattern-sitstand"][key] for key in wanted}
    return {"kind": "break", "movement": movement, **changes}


def test_a_request_survives_the_wire() -> None:
    """What goes out as JSON comes back as the same request."""
    request = protocol.request_of(break_request(look={"theme": "dark"}))
    again = protocol.request_of(message_fields.parse(message_fields.line(protocol.message_of(request))))
    assert again == request
    assert isinstance(again, protocol.BreakRequest)
    assert again.movement.steps[0] == protocol.StepText(10, "sit at the front edge, feet under knees")


@pytest.mark.parametrize(
    "message",
    [
        {}, {"kind": "party"}, {"kind": "break"}, break_request(movement={"id": "x"}), break_request(look="dark"),
        {"kind": "settings", "settings": [1]}, {"kind": "settings", "settings": "all"},
        {"kind": "status", "entries": [{}]},
        break_request(movement={"id": "x", "title": "X", "steps": []}),
    ],
)  # fmt: skip
def test_a_bad_request_is_refused_with_a_reason(message: dict[str, object]) -> None:
    """Nothing half-read is ever shown."""
    with pytest.raises(message_fields.BadMessage, match=r"\w"):
        protocol.request_of(message)


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "3"])
def test_a_bad_line_is_refused(text: str) -> None:
    """A line is one JSON object."""
    with pytest.raises(message_fields.BadMessage):
        message_fields.parse(text)


def test_unknown_fields_are_passed_over() -> None:
    """An older window opens for a newer daemon."""
    assert (
        protocol.request_of({"kind": "welcome", "invented_later": 1, "look": {"sparkle": True}})
        == protocol.WelcomeRequest()
    )


def test_the_care_texts_are_word_for_word() -> None:
    """The sentences about care are not ours to shorten."""
    assert words.CAUTIONS == (
        "These are ordinary movements, not medical care. Ask a professional first if you are pregnant, recovering from "
        "surgery or an injury, have osteoporosis, a heart or balance problem, or numbness or weakness in a leg."
    )
    assert words.URGENT == (
        "New trouble controlling bladder or bowel, numbness around the genitals or inner thighs, new or growing leg "
        "weakness, or back pain after a serious fall: seek urgent care. Fever, feeling very unwell, unexplained weight "
        "loss or a history of cancer with new back pain: see a doctor soon."
    )


@pytest.mark.parametrize(
    ("seconds", "shown"), [(120, "2:00"), (119.2, "2:00"), (61, "1:01"), (0.1, "0:01"), (0, "0:00"), (-5, "0:00")]
)
def test_the_clock_rounds_up(seconds: float, shown: str) -> None:
    """As on a kitchen timer: 0:00 is the end."""
    assert words.clock(seconds) == shown


def test_steps_follow_each_other() -> None:
    """Each begins where the one before ended; the last one stays."""
    lengths = [10.0, 50.0, 60.0]
    assert [step_at(lengths, at).number for at in (0, 9.9, 10, 59.9, 60, 500)] == [0, 0, 1, 1, 2, 2]
    assert step_at(lengths, 15).into == 5


def test_the_chime_is_soft_and_ends_in_silence() -> None:
    """A mono file of a second and a half that never clips, begins and ends near zero, and follows the volume."""
    with wave.open(io.BytesIO(sound.wav(sound.CHIME, 1.0))) as file:
        samples = array("h", file.readframes(file.getnframes()))
        assert file.getnframes() / file.getframerate() == pytest.approx(1.5)
    loudest = max(abs(sample) for sample in samples)
    assert 4000 < loudest < 20000
    assert abs(samples[0]) < 400
    assert max(abs(sample) for sample in samples[-100:]) < 60
    quiet = array("h", sound.wav(sound.CHIME, 0.1)[44:])
    assert max(abs(sample) for sample in quiet) == pytest.approx(loudest / 10, rel=0.02)
    assert not any(array("h", sound.wav(sound.CHIME, 0.0)[44:]))


def test_a_line_is_a_line() -> None:
    """Text with line ends in it does not break the protocol."""
    sent = message_fields.line({"event": "complaint", "text": "a\nb é"})
    assert sent.count("\n") == 1
    assert json.loads(sent)["text"] == "a\nb é"

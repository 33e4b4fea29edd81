"""What of a text can be shown on a terminal."""

from __future__ import annotations

import pytest

from sitbreak.core.text import one_line, printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Café 北京 🙂", "Café 北京 🙂"),
        ("\x1b]0;pwned\x07", "?]0;pwned?"),
        ("a\x9b31mb", "a?31mb"),  # the one-byte form of ESC [
        ("two\nlines\r", "two?lines?"),
        ("half \ud83d", "half ?"),
        ("exe\u202egnp", "exe?gnp"),  # read from right to left from there on
        ("a\u2028b", "a?b"),
        ("\x7f\x00", "??"),
    ],
)
def test_what_cannot_be_shown_becomes_a_question_mark(text: str, shown: str) -> None:
    """Letters of all languages stay; whatever a terminal obeys does not."""
    assert printable(text) == shown
    assert one_line(text) == (text == shown)

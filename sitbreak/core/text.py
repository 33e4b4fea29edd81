"""Text from outside on its way to a terminal, a log or a notification: one line of characters that can be shown.

An escape sequence in a file, or in what another program calls itself, could move the cursor, set a title or worse.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Control characters (C0 with the line breaks, DEL, C1), halves of characters, other line breaks, and marks that turn
# the direction of writing around.
UNSHOWABLE = r"\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069"
ONE_LINE = rf"[^{UNSHOWABLE}]+"  # a pattern for the whole of a text
_UNSHOWABLE = re.compile(f"[{UNSHOWABLE}]")


class NotDone(Exception):
    """What was asked for cannot be done; `sentences` say for people what, why, and what to do."""

    exit_code = 2  # of a command that ends with it

    @property
    def sentences(self) -> tuple[str, ...]:
        """What it was raised with."""
        return tuple(map(str, self.args))


def one_line(text: str) -> bool:
    """Whether it can be shown as it is."""
    return _UNSHOWABLE.search(text) is None


def printable(text: str) -> str:
    """The text with a question mark in the place of what cannot be shown; the same where all can."""
    return _UNSHOWABLE.sub("?", text)


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known word most like `word`, or None when none is as like as `likeness` (0 to 1)."""
    import difflib  # nobody needs it until somebody mistypes

    return next(iter(difflib.get_close_matches(word, list(known), n=1, cutoff=likeness)), None)


def escaped(text: str) -> str:
    """The text as mark-up that reads the same."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Sentence(str):
    """What the core says to people, as a record: English as a text, and what another language is made from.

    `pattern` holds the places of the `values` by name; whoever shows it looks the pattern up (sitbreak.language.said).
    """

    __slots__ = ("pattern", "values")
    pattern: str
    values: Mapping[str, object]

    def __new__(cls, pattern: str, **values: object) -> Sentence:
        """The pattern with its values filled in."""
        made = super().__new__(cls, pattern.format(**values) if values else pattern)
        made.pattern, made.values = pattern, values
        return made

"""A language nobody speaks: every text 40 % longer and marked as written from right to left, so that a test sees it."""

from __future__ import annotations

import gettext
import math
import re

MARK = "\u200f"  # right-to-left mark: not to be seen, and turns what stands beside it
FILLER = "wörtlich "  # with a letter above the usual height, and a place to break the line
PLACE = re.compile(r"\{[^{}]*\}")


def longer(text: str) -> str:
    """The text with its places, its blanks at the edges and its line breaks, 40 % longer."""
    body = text.strip()
    if not re.search(r"[A-Za-z]{2}", PLACE.sub("", body)):
        return text
    more = math.ceil(0.4 * len(PLACE.sub("", body)))
    filled = f"{MARK}{body} {(FILLER * (more // len(FILLER) + 1))[:more].strip()}{MARK}"
    return text.replace(body, filled, 1)


class Pseudo(gettext.NullTranslations):
    """The catalogue of that language."""

    def gettext(self, message: str) -> str:
        """See NullTranslations."""
        return longer(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """See NullTranslations."""
        return longer(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """See NullTranslations."""
        return longer(message)

"""The one way in which commands print: what stands in files of others, or was typed, is shown and never obeyed.

Tables, the demo and the summary are laid out by rich; they print cells made with `printable`.
"""

from __future__ import annotations

import json
import sys
from typing import IO

from sitbreak.core.text import printable


def say(*texts: object, to: IO[str] | None = None, end: str = "\n", flush: bool = False) -> None:
    """Prints texts below each other, to stdout unless `to` is given; what a terminal obeys becomes a question mark."""
    lines = "\n".join(map(str, texts)).split("\n")
    print("\n".join(printable(line.replace("\t", " ")) for line in lines), file=to, end=end, flush=flush)


def complain(sentence: object) -> None:
    """Prints what is wrong, to stderr."""
    say(f"sitbreak: {sentence}", to=sys.stderr)


def say_json(value: object) -> None:
    """Prints JSON values for programs and people: letters of all languages stay, what a terminal obeys is escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    safe = (each if each == "\n" or printable(each) == each else _escaped(each) for each in text)
    print("".join(safe))


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if ord(character) > 0x7F else f"\\u{ord(character):04x}"

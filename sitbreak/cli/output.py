"""The one way in which commands print: what stands in files of others, or was typed, is shown and never obeyed.

Paragraphs are wrapped to the terminal. Tables, the demo and the summary are laid out by rich, in cells made printable.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import IO

from sitbreak.core.text import NotDone, printable
from sitbreak.language import FULL_WIDTH

WIDEST = 100  # columns; longer lines are hard to read
NARROWEST = 30
# What stays together on a line: a word, or one character of Japanese or Chinese with the marks that open and close it.
WIDE = r"\u3001-\u30ff\u3400-\u9fff\uff00-\uffef"
OPENING = r"[\u300c\u300e\uff08\u201c]"
SMALL = r"\u30fc\u3083\u3085\u3087\u3063\u30e3\u30e5\u30e7\u30c3"  # kana that belong to the one before
CLOSING = rf"[{''.join(FULL_WIDTH)}\u300f\u201d\u3001\uff0c\uff1a\uff1b\u30fb\u2026{SMALL}]"
PIECE = rf"{OPENING}*(?:[{WIDE}]|[^ {WIDE}]+){CLOSING}* *"

# A sentence that begins with the program's name, in Portuguese after its article, in Japanese without a space behind.
NAMED = re.compile(r"(O )?sitbreak(?![\w.-])", re.ASCII)


def say(*texts: object, to: IO[str] | None = None, end: str = "\n", flush: bool = False) -> None:
    """Prints texts below each other, to stdout unless `to` is given; what a terminal obeys becomes a question mark."""
    lines = "\n".join(map(str, texts)).split("\n")
    print("\n".join(printable(line.replace("\t", " ")) for line in lines), file=to, end=end, flush=flush)


def complain(problem: object) -> None:
    """Prints what is wrong, to stderr, each sentence under the name of the program, once."""
    for sentence in problem.sentences if isinstance(problem, NotDone) else (str(problem),):
        say(sentence if NAMED.match(sentence) else f"sitbreak: {sentence}", to=sys.stderr)


def say_json(value: object) -> None:
    """Prints JSON values for programs and people: letters of all languages stay, what a terminal obeys is escaped."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    safe = (each if each == "\n" or printable(each) == each else _escaped(each) for each in text)
    print("".join(safe))


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if ord(character) > 0x7F else f"\\u{ord(character):04x}"


def width() -> int:
    """The columns to fill: those of the terminal (80 where there is none), up to 100."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, columns: int | None = None) -> str:
    """The text with each line wrapped on its own; a list line ("- ", or indented) keeps its indent."""
    room = width() if columns is None else columns
    return "\n".join(_line(line, room) for line in text.splitlines())


def _line(line: str, room: int) -> str:
    if len(line) <= room and line.isascii():
        return line.rstrip()
    from rich.cells import cell_len

    start = len(line) - len(line.lstrip())
    hang = " " * (start + 2) if line.lstrip().startswith("- ") else " " * start
    lines = [line[:start]]
    for piece in re.findall(PIECE, line):
        if lines[-1].strip() and cell_len((lines[-1] + piece).rstrip()) > room:
            lines.append(hang)
        lines[-1] += piece
    return "\n".join(each.rstrip() for each in lines)


def show_table(out: IO[str], title: str, rows: Iterable[Sequence[str]]) -> None:
    """A heading, then the rows in columns; the last column takes the room that is left and wraps."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, highlight=False, width=width())
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 2), show_header=False)
    cells, left = [list(map(printable, row)) for row in rows], console.width
    count = max(map(len, cells), default=0)
    for place in range(count - 1):
        wide = min(console.width // 3, max(cell_len(row[place]) for row in cells))
        table.add_column(overflow="fold", width=wide)
        left -= wide + 4
    table.add_column(overflow="fold")
    for row in cells:
        row[count - 1 :] = [wrapped(each, left) for each in row[count - 1 :]]
        table.add_row(*map(Text, row))
    console.print(Text(title, style="bold"))
    console.print(table)
    console.print()

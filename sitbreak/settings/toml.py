"""A TOML file as it is: its tables, or where it is damaged. Commands that need no settings read their language so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from sitbreak.language import SYSTEM, _
from sitbreak.settings.files import read_regular


class Unreadable(Exception):
    """The file as a whole cannot be read; the message is one sentence that says where it is damaged."""


def read_toml(path: Path) -> dict[str, object]:
    """The tables of a TOML file. Raises FileNotFoundError when there is none, else Unreadable."""
    try:
        return parse_toml(read_regular(path), str(path))
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(_unopened(path, error)) from error


def parse_toml(content: bytes, name: str) -> dict[str, object]:
    """The tables in `content`; `name` is what errors call it. Raises Unreadable."""
    remedy = _("correct it there, or move the file away for the defaults.")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise Unreadable(
            _(
                "{name} is not UTF-8 text at line {line}, column {column}: {remedy}",
                name=name,
                line=line,
                column=column,
                remedy=remedy,
            )
        ) from error
    except RecursionError as error:
        raise Unreadable(
            _("{name} is damaged (lists within lists, too deep): {remedy}", name=name, remedy=remedy)
        ) from error
    except tomllib.TOMLDecodeError as error:
        what, place = _located(str(error), content)
        raise Unreadable(
            _("{name} is damaged{place} ({what}): {remedy}", name=name, place=place, what=what, remedy=remedy)
        ) from error
    except ValueError as error:  # int() refuses thousands of digits
        raise Unreadable(
            _("{name} is damaged (a number is far too long): {remedy}", name=name, remedy=remedy)
        ) from error


def _located(message: str, content: bytes) -> tuple[str, str]:
    """What the parser found, and where, from its own words."""
    match = re.search(r"\(at (line \d+, column \d+|end of document)\)", message)
    what = re.sub(r"\s*\(at [^)]*\)$", "", message).rstrip(".")
    if match is None:
        return what, ""
    if match[1] == "end of document":
        lines = content.decode("utf-8-sig").split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    else:
        line, column = map(int, re.findall(r"\d+", match[1]))
    return what, " " + _("at line {line}, column {column}", line=line, column=column)


def _unopened(path: Path, error: OSError) -> str:
    reason = error.strerror or str(error)
    return _(
        "{path} cannot be read ({reason}): allow reading it, or move it away for the defaults.",
        path=path,
        reason=reason,
    )


def language_in(path: Path) -> str:
    """The language that a settings file asks for, whatever else is wrong with it."""
    try:
        table = read_toml(path).get("general")
    except (FileNotFoundError, Unreadable):
        return SYSTEM
    return str(table.get("language", SYSTEM)) if isinstance(table, dict) else SYSTEM

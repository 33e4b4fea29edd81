"""The catalogue of movements: the built-in file, and the person's own ones, checked item by item and field by field.

An own item that is wrong is left out and reported; everything else works on.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from sitbreak.core.movements import AREAS, CAUTIONS, LENGTH_SECONDS, PLACES, TYPES, Movement, Step
from sitbreak.core.text import ONE_LINE, one_line, printable
from sitbreak.settings.files import read_regular

# The articles behind the product, by the number that `source` carries: a person reads these lines, never a number.
ARTICLES = {
    "000": "an article on pandiculation and slow patterned movement",
    "001": "an article on movement patterns, walking and breaking up sitting",
    "002": "an article on glutes, hamstrings, pulls, and dynamic before static stretches",
    "003": "an article on few, slow, fluent repetitions with gradual increase",
    "004": "an article on stretches, push-ups and squats",
}
REQUIRED = ("id", "title", "areas", "type", "place", "ends_sitting", "easier", "harder", "steps")
OPTIONAL = ("needs", "seated_mode", "cautions", "source")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The movements that can be used, built-in ones first, and one sentence for each own one that cannot."""

    movements: tuple[Movement, ...]
    problems: tuple[str, ...] = ()

    def get(self, movement: str) -> Movement | None:
        """The movement with this id, or None."""
        return next((each for each in self.movements if each.id == movement), None)

    def nearest(self, movement: str) -> str | None:
        """The id most like this one, or None when none is."""
        return next(iter(difflib.get_close_matches(movement, [each.id for each in self.movements], n=1)), None)


class CatalogueDamaged(Exception):
    """The built-in file is missing or damaged, which only a new installation mends; the message says so."""


class _Wrong(Exception):
    """What is wrong with an item: the field, then a sentence part that says what to do."""


def built_in_file() -> Traversable:
    """The file shipped with the program: inside the package when installed, under config/ in a checkout."""
    installed = files("sitbreak") / "config" / "movements.json"
    return installed if installed.is_file() else Path(__file__).parents[2] / "config" / "movements.json"


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The built-in movements and those of the files `*.json` in the folder `own`. Raises CatalogueDamaged."""
    built_in, problems = _read(built_in_file(), "the built-in movements", {})
    if problems or not built_in:
        why = problems[0] if problems else "It is empty."
        raise CatalogueDamaged(f"{why} The installation is damaged; install sitbreak again.")
    found, problems = list(built_in), []
    for file in sorted(own.glob("*.json")) if own is not None and own.is_dir() else []:
        more, wrong = _read(file, str(file), {each.id: each for each in found})
        found += [replace(each, own=True) for each in more]
        problems += wrong
    return Catalogue(tuple(found), tuple(problems))


def source_line(source: str) -> str:
    """`source` for people: articles by what they are about, papers as they are; remarks after a dash are dropped."""
    parts = [part.strip() for part in source.split(" - ")[0].split(";")]
    line = "; ".join(re.sub(r"^00\d\b", lambda match: ARTICLES.get(match[0], "an article"), part) for part in parts)
    line = line.replace(", regressed", ", made easier")
    return line[:1].upper() + line[1:]


def _read(file: Traversable, name: str, taken: Mapping[str, Movement]) -> tuple[list[Movement], list[str]]:
    """The good items of a file, and a sentence for each bad one. `taken`: the ids that are in use already."""
    try:
        content = read_regular(file) if isinstance(file, Path) else file.read_bytes()
        raw = json.loads(content.decode("utf-8-sig"))
    except OSError as error:
        return [], [f"{name} cannot be read ({error.strerror}): allow reading it; the other movements work."]
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        return [], [f"{name} is damaged at {place} ({error.msg}): correct it there; the other movements work."]
    except (UnicodeDecodeError, RecursionError, ValueError):
        return [], [f"{name} is not JSON text in UTF-8: save it as that; the other movements work."]
    items = raw if isinstance(raw, list) else [raw]
    found: dict[str, Movement] = {}
    problems: list[str] = []
    for number, item in enumerate(items, 1):
        try:
            movement = read_item(item, {*taken, *found})
            found[movement.id] = movement
        except _Wrong as error:
            problems.append(f"{name}, {_called(number, item)}: {error}; it is left out until then.")
    return list(found.values()), problems


def _called(number: int, item: object) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return f"item {number} ({printable(name)})" if isinstance(name, str) and name else f"item {number}"


def read_item(item: object, taken: set[str]) -> Movement:
    """One movement from its JSON form. Raises _Wrong, which names the field and what to do."""
    if not isinstance(item, dict):
        raise _Wrong(f"{_shown(item)} is not a movement; write {{ ... }} with the fields {', '.join(REQUIRED)}")
    _check_names(item)
    name = _text(item, "id", r"[a-z0-9]+(-[a-z0-9]+)*", "lower-case letters and digits with single dashes between")
    if name in taken:
        raise _Wrong(f"id: another movement is called {name} already; choose another id")
    return Movement(
        id=name,
        title=_text(item, "title"),
        areas=_words(item, "areas", AREAS, least=1),
        type=_word(item, "type", TYPES),
        place=_word(item, "place", PLACES),
        ends_sitting=_switch(item, "ends_sitting"),
        easier=_text(item, "easier"),
        harder=_text(item, "harder"),
        steps=_steps(item),
        needs=_needs(item),
        seated_mode=_switch(item, "seated_mode", default=False),
        cautions=_words(item, "cautions", tuple(CAUTIONS), least=0),
        source=source_line(_text(item, "source")) if "source" in item else "Your own",
    )


def _check_names(item: Mapping[str, object]) -> None:
    for field in item:
        if field not in REQUIRED + OPTIONAL:
            close = difflib.get_close_matches(field, REQUIRED + OPTIONAL, n=1)
            hint = f"did you mean {close[0]}?" if close else f"the fields are {', '.join(REQUIRED + OPTIONAL)}"
            raise _Wrong(f"{field}: there is no such field; {hint}")
    missing = [field for field in REQUIRED if field not in item]
    if missing:
        raise _Wrong(f"{', '.join(missing)}: missing; add {'it' if len(missing) == 1 else 'them'}")


def _text(item: Mapping[str, object], field: str, pattern: str = ONE_LINE, wanted: str = "one line of text") -> str:
    raw = item[field]
    if not isinstance(raw, str) or len(raw) > 200 or not raw.strip() or not re.fullmatch(pattern, raw):
        raise _Wrong(f"{field}: {_shown(raw)} is not allowed; write {wanted}, up to 200 characters")
    return raw


def _switch(item: Mapping[str, object], field: str, default: bool | None = None) -> bool:
    raw = item.get(field, default)
    if not isinstance(raw, bool):
        raise _Wrong(f"{field}: {_shown(raw)} is not allowed; write true or false")
    return raw


def _word(item: Mapping[str, object], field: str, allowed: Sequence[str]) -> str:
    raw = item[field]
    if not isinstance(raw, str) or raw not in allowed:
        raise _Wrong(f"{field}: {_shown(raw)} is not allowed; write one of {', '.join(allowed)}")
    return raw


def _words(item: Mapping[str, object], field: str, allowed: Sequence[str], least: int) -> tuple[str, ...]:
    raw = item.get(field, [])
    good = (
        isinstance(raw, list) and len(raw) >= least and all(isinstance(each, str) and each in allowed for each in raw)
    )
    if not good or not isinstance(raw, list):
        raise _Wrong(f"{field}: {_shown(raw)} is not allowed; write a list of any of {', '.join(allowed)}")
    return tuple(dict.fromkeys(raw))


def _needs(item: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    raw = item.get("needs", [])
    if not isinstance(raw, list) or not all(_is_group(group) for group in raw):
        raise _Wrong(
            f'needs: {_shown(raw)} is not allowed; write groups such as [["desk", "wall"], ["chair"]], '
            "one thing of each is needed"
        )
    return tuple(tuple(group) for group in raw)


def _is_group(raw: object) -> bool:
    if not isinstance(raw, list) or not raw:
        return False
    return all(isinstance(each, str) and each.strip() and one_line(each) for each in raw)


def _steps(item: Mapping[str, object]) -> tuple[Step, ...]:
    raw = item["steps"]
    if not isinstance(raw, list) or not raw:
        raise _Wrong(f'steps: {_shown(raw)} is not allowed; write a list such as [{{"s": 120, "text": "walk"}}]')
    steps = tuple(_each_step(raw))
    total = sum(step.seconds for step in steps)
    if total != LENGTH_SECONDS:
        raise _Wrong(f"steps: they last {total} s in all; make them {LENGTH_SECONDS} s")
    return steps


def _each_step(raw: Sequence[object]) -> Iterator[Step]:
    for number, each in enumerate(raw, 1):
        if not isinstance(each, dict) or set(each) != {"s", "text"}:
            raise _Wrong(f'steps: number {number} needs exactly the fields "s" (whole seconds) and "text"')
        seconds = each["s"]
        if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= LENGTH_SECONDS:
            raise _Wrong(f"steps: s of number {number} is {_shown(seconds)}; write whole seconds from 1 to 120")
        yield Step(seconds, _text(each, "text"))


def _shown(raw: object) -> str:
    text = printable(json.dumps(raw, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else text[:57] + "..."

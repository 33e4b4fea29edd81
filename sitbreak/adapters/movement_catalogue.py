"""The catalogue of movements: the built-in file, and the person's own ones, checked item by item and field by field.

An own item that is wrong is left out and reported; everything else works on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sitbreak.core.frozen import frozen
from sitbreak.core.movements import AREAS, CAUTIONS, LENGTH_SECONDS, PLACES, TYPES, Movement, Step
from sitbreak.core.text import ONE_LINE, NotDone, nearest, one_line, printable
from sitbreak.language import N_, _, begun, clauses, paragraph
from sitbreak.settings.files import read_regular

# The articles behind the product, by the number that `source` carries: a person reads these lines, never a number.
ARTICLES = {
    "000": N_("an article on pandiculation and slow patterned movement"),
    "001": N_("an article on movement patterns, walking and breaking up sitting"),
    "002": N_("an article on glutes, hamstrings, pulls, and dynamic before static stretches"),
    "003": N_("an article on few, slow, fluent repetitions with gradual increase"),
    "004": N_("an article on stretches, push-ups and squats"),
}
REQUIRED = ("id", "title", "areas", "type", "place", "ends_sitting", "easier", "harder", "steps")
OPTIONAL = ("needs", "seated_mode", "cautions", "source")


@frozen
class Catalogue:
    """The movements that can be used, built-in ones first, and one sentence for each own one that cannot."""

    movements: tuple[Movement, ...]
    problems: tuple[str, ...] = ()

    def get(self, movement: str) -> Movement | None:
        """The movement with this id, or None."""
        return next((each for each in self.movements if each.id == movement), None)

    def known(self, movement: str) -> Movement:
        """The movement with this id. Raises NotDone, which names the one that is most like it."""
        found = self.get(movement)
        if found is not None:
            return found
        if near := nearest(movement, (each.id for each in self.movements)):
            raise NotDone(_('There is no movement "{name}"; did you mean {near}?', name=movement, near=near))
        raise NotDone(
            _('There is no movement "{name}"; `sitbreak movements list --all` shows them all.', name=movement)
        )


class CatalogueDamaged(NotDone):
    """The built-in file is missing or damaged, which only a new installation mends; the message says so."""


class _Wrong(Exception):
    """What is wrong with an item: the field, then a sentence part that says what to do."""


def built_in_file() -> Path:
    """The file shipped with the program: inside the package when installed, under config/ in a checkout."""
    places = [folder / "config" / "movements.json" for folder in Path(__file__).parents[1:3]]
    return next((place for place in places if place.is_file()), places[-1])


def load_catalogue(own: Path | None = None) -> Catalogue:
    """The built-in movements and those of the files `*.json` in the folder `own`. Raises CatalogueDamaged."""
    built_in, problems = _read(built_in_file(), _("the built-in movements"), {})
    if problems or not built_in:
        why = problems[0] if problems else _("It is empty.")
        raise CatalogueDamaged(_("{why} The installation is damaged; install sitbreak again.", why=why))
    found, problems = [_spoken(each) for each in built_in], []
    for file in sorted(own.glob("*.json")) if own is not None and own.is_dir() else []:
        more, wrong = _read(file, str(file), {each.id: each for each in found})
        found += [replace(each, own=True) for each in more]
        problems += wrong
    return Catalogue(tuple(found), tuple(problems))


def _spoken(movement: Movement) -> Movement:
    """A built-in movement in the language chosen."""
    steps = tuple(Step(step.seconds, _(step.text)) for step in movement.steps)
    title, easier, harder = map(_, (movement.title, movement.easier, movement.harder))
    return replace(movement, title=title, easier=easier, harder=harder, steps=steps)


def source_parts(source: str) -> list[tuple[str, str]]:
    """The parts of a `source`: the article that a number stands for, if any, and what else is told."""
    parts = [part.strip().replace(", regressed", ", made easier") for part in source.split(" - ")[0].split(";")]
    found = [re.match(r"(00\d\b)?\s*(.*)", part) for part in parts]
    return [(ARTICLES.get(each[1], N_("an article")) if each[1] else "", each[2]) for each in found if each]


def source_line(source: str) -> str:
    """`source` for people: articles by what they are about, papers as they are; remarks after a dash are dropped."""
    line = clauses(paragraph(*map(_, part)) for part in source_parts(source))
    return begun(line)


def _read(file: Path, name: str, taken: Mapping[str, Movement]) -> tuple[list[Movement], list[str]]:
    """The good items of a file, and a sentence for each bad one. `taken`: the ids that are in use already."""
    try:
        content = read_regular(file)
        raw = json.loads(content.decode("utf-8-sig"))
    except (OSError, RecursionError, ValueError) as error:
        return [], [_unread(name, error)]
    items = raw if isinstance(raw, list) else [raw]
    found: dict[str, Movement] = {}
    problems: list[str] = []
    for number, item in enumerate(items, 1):
        try:
            movement = read_item(item, {*taken, *found})
            found[movement.id] = movement
        except _Wrong as error:
            problems.append(
                _(
                    "{name}, {called}: {error}; it is left out until then.",
                    name=name,
                    called=_called(number, item),
                    error=error,
                )
            )
    return list(found.values()), problems


def _unread(name: str, error: Exception) -> str:
    """Why a file as a whole cannot be read, and what to do."""
    match error:
        case OSError():
            why = error.strerror
            return _("{name} cannot be read ({why}): allow reading it; the other movements work.", name=name, why=why)
        case json.JSONDecodeError():
            place = _("line {line}, column {column}", line=error.lineno, column=error.colno)
            text = N_("{name} is damaged at {place} ({why}): correct it there; the other movements work.")
            return _(text, name=name, place=place, why=error.msg)
        case _other:
            return _("{name} is not JSON text in UTF-8: save it as that; the other movements work.", name=name)


def _called(number: int, item: object) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return (
        _("item {number} ({name})", number=number, name=printable(name))
        if isinstance(name, str) and name
        else _("item {number}", number=number)
    )


def read_item(item: object, taken: set[str]) -> Movement:
    """One movement from its JSON form. Raises _Wrong, which names the field and what to do."""
    if not isinstance(item, dict):
        raise _Wrong(
            _(
                "{item} is not a movement; write {{ ... }} with the fields {list}",
                item=_shown(item),
                list=", ".join(REQUIRED),
            )
        )
    _check_names(item)
    name = _text(item, "id", r"[a-z0-9]+(-[a-z0-9]+)*", _("lower-case letters and digits with single dashes between"))
    if name in taken:
        raise _Wrong(_("id: another movement is called {name} already; choose another id", name=name))
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
        source=source_line(_text(item, "source")) if "source" in item else _("A movement of your own"),
    )


def _check_names(item: Mapping[str, object]) -> None:
    for field in item:
        if field not in REQUIRED + OPTIONAL:
            if near := nearest(field, REQUIRED + OPTIONAL):
                raise _Wrong(_("{field}: there is no such field; did you mean {near}?", field=field, near=near))
            known = ", ".join(REQUIRED + OPTIONAL)
            raise _Wrong(_("{field}: there is no such field; the fields are {fields}", field=field, fields=known))
    missing = [field for field in REQUIRED if field not in item]
    if missing:
        raise _Wrong(_("{list}: missing; please add", list=", ".join(missing)))


def _text(item: Mapping[str, object], field: str, pattern: str = ONE_LINE, wanted: str = N_("one line of text")) -> str:
    raw = item[field]
    if not isinstance(raw, str) or len(raw) > 200 or not raw.strip() or not re.fullmatch(pattern, raw):
        raise _Wrong(
            _(
                "{field}: {raw} is not allowed; write {wanted}, up to 200 characters",
                field=field,
                raw=_shown(raw),
                wanted=wanted,
            )
        )
    return raw


def _switch(item: Mapping[str, object], field: str, default: bool | None = None) -> bool:
    raw = item.get(field, default)
    if not isinstance(raw, bool):
        raise _Wrong(_("{field}: {raw} is not allowed; write true or false", field=field, raw=_shown(raw)))
    return raw


def _word(item: Mapping[str, object], field: str, allowed: Sequence[str]) -> str:
    raw = item[field]
    if not isinstance(raw, str) or raw not in allowed:
        raise _Wrong(
            _(
                "{field}: {raw} is not allowed; write one of {list}",
                field=field,
                raw=_shown(raw),
                list=", ".join(allowed),
            )
        )
    return raw


def _words(item: Mapping[str, object], field: str, allowed: Sequence[str], least: int) -> tuple[str, ...]:
    raw = item.get(field, [])
    good = (
        isinstance(raw, list) and len(raw) >= least and all(isinstance(each, str) and each in allowed for each in raw)
    )
    if not good or not isinstance(raw, list):
        raise _Wrong(
            _(
                "{field}: {raw} is not allowed; write a list of any of {list}",
                field=field,
                raw=_shown(raw),
                list=", ".join(allowed),
            )
        )
    return tuple(dict.fromkeys(raw))


def _needs(item: Mapping[str, object]) -> tuple[tuple[str, ...], ...]:
    raw = item.get("needs", [])
    if not isinstance(raw, list) or not all(_is_group(group) for group in raw):
        raise _Wrong(
            _(
                'needs: {raw} is not allowed; write groups such as [["desk", "wall"], ["chair"]], one thing of each '
                "is needed",
                raw=_shown(raw),
            )
        )
    return tuple(tuple(group) for group in raw)


def _is_group(raw: object) -> bool:
    if not isinstance(raw, list) or not raw:
        return False
    return all(isinstance(each, str) and each.strip() and one_line(each) for each in raw)


def _steps(item: Mapping[str, object]) -> tuple[Step, ...]:
    raw = item["steps"]
    if not isinstance(raw, list) or not raw:
        raise _Wrong(
            _('steps: {raw} is not allowed; write a list such as [{{"s": 120, "text": "walk"}}]', raw=_shown(raw))
        )
    steps = tuple(_each_step(raw))
    total = sum(step.seconds for step in steps)
    if total != LENGTH_SECONDS:
        raise _Wrong(
            _(
                "steps: they last {total} s in all; make them {length_seconds} s",
                total=total,
                length_seconds=LENGTH_SECONDS,
            )
        )
    return steps


def _each_step(raw: Sequence[object]) -> Iterator[Step]:
    for number, each in enumerate(raw, 1):
        if not isinstance(each, dict) or set(each) != {"s", "text"}:
            raise _Wrong(
                _('steps: number {number} needs exactly the fields "s" (whole seconds) and "text"', number=number)
            )
        seconds = each["s"]
        if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= LENGTH_SECONDS:
            raise _Wrong(
                _(
                    "steps: s of number {number} is {seconds}; write whole seconds from 1 to 120",
                    number=number,
                    seconds=_shown(seconds),
                )
            )
        yield Step(seconds, _text(each, "text"))


def _shown(raw: object) -> str:
    text = printable(json.dumps(raw, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else text[:57] + "..."

"""Collect every text for people, bring each language's catalogue up to date with them, and compile it.

    python packaging/translations.py [CODE ...]     (`make translations ARGS="fr nl"`; a CODE is a language to begin)

Writes sitbreak/locale/sitbreak.pot and, for each folder beside it, LC_MESSAGES/sitbreak.po and .mo. What was translated
stays; a text that changed loses its translation. The compiled files are kept with the sources, so that a checkout, a
wheel and a bare `python -m sitbreak` speak every language without a compiler or a build step.
"""

from __future__ import annotations

import ast
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from sitbreak.adapters.movement_catalogue import source_parts

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "sitbreak" / "locale"
TEMPLATE = LOCALE / "sitbreak.pot"
MOVEMENTS = ROOT / "config" / "movements.json"
# The functions whose arguments are texts, and how many of them; pgettext's first is the context.
MARKS = {"_": 1, "N_": 1, "Sentence": 1, "ngettext": 2, "pgettext": 2}
WHEN = datetime(2026, 1, 1, tzinfo=UTC)  # the same each time: a file changes only when a text does


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the sources: one form or two (singular, plural), its context, and where it stands."""

    forms: tuple[str, ...]
    place: str
    context: str | None = None


def mark_of(node: ast.Call) -> str:
    """The mark that a call is, or the empty string."""
    name = node.func.id if isinstance(node.func, ast.Name) else ""
    return name if name in MARKS else ""


def of_module(file: Path) -> Iterator[Text]:
    """The marked texts of a Python file. Raises SystemExit for a mark on something that is no plain text."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not (mark := mark_of(node)):
            continue
        given = node.args[: MARKS[mark]]
        found = [each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        place = file.relative_to(ROOT).as_posix()
        if len(found) == MARKS[mark]:
            context = found.pop(0) if mark == "pgettext" else None
            yield Text(tuple(found), place, context)
        elif mark not in ("_", "Sentence"):
            raise SystemExit(f"{place}:{node.lineno}: {mark} takes plain texts.")


def of_sections(file: Path) -> Iterator[Text]:
    """What each table of the settings file is for: its docstring."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef) and (told := ast.get_docstring(node)):
            yield Text((told,), file.relative_to(ROOT).as_posix())


def of_page(file: Path) -> Iterator[Text]:
    """The texts of a page of the report."""
    options = {"trimmed": "true", "silent": "false"}
    with file.open("rb") as page:
        for _line, function, forms, _comments in babel_extract(page, list(MARKS), [], options):
            found = [each for each in ((forms,) if isinstance(forms, str) else forms or ()) if isinstance(each, str)]
            if found and function in MARKS:
                context = found.pop(0) if function == "pgettext" else None
                yield Text(tuple(found), file.relative_to(ROOT).as_posix(), context)


def of_movements() -> Iterator[Text]:
    """The texts of the built-in movements."""
    for each in json.loads(MOVEMENTS.read_text("utf-8")):
        steps = [step["text"] for step in each["steps"]]
        things = [*each["areas"], *(thing for group in each["needs"] for thing in group)]
        sources = [rest for _, rest in source_parts(each["source"]) if rest]
        for text in (each["title"], each["easier"], each["harder"], *steps, *things, *sources):
            yield Text((text,), f"config/movements.json:{each['id']}")


def texts() -> Iterator[Text]:
    """Every text for people."""
    for file in sorted((ROOT / "sitbreak").rglob("*.py")):
        yield from of_module(file)
    for file in sorted((ROOT / "sitbreak").rglob("*.j2")):
        yield from of_page(file)
    yield from of_sections(ROOT / "sitbreak" / "settings" / "sections.py")
    yield from of_movements()


def template() -> Catalog:
    """The catalogue of all texts, without translations."""
    found = empty()
    for text in texts():
        forms = text.forms if len(text.forms) > 1 else text.forms[0]
        entry = found.add(forms, locations=[(text.place, 0)], context=text.context)
        entry.flags.discard("python-format")  # "12 % of ..." is no such format
        if any("{" in form for form in text.forms):
            entry.flags.add("python-brace-format")
    return found


def written(catalogue: Catalog) -> bytes:
    """The catalogue as a .po file; only the template says where texts stand, so that moving one changes no language."""
    out, places = io.BytesIO(), catalogue.locale is None
    write_po(out, catalogue, width=100, no_location=not places, include_lineno=False, ignore_obsolete=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def languages() -> dict[str, Path]:
    """The file of each language."""
    return {file.parents[1].name: file for file in sorted(LOCALE.glob("*/LC_MESSAGES/sitbreak.po"))}


def read(code: str, file: Path) -> Catalog:
    """The catalogue of a language as it stands; an empty one for a language that is only begun."""
    if not file.exists():
        file.parent.mkdir(parents=True)
        return empty(code)
    with file.open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def empty(code: str | None = None) -> Catalog:
    """A catalogue without texts."""
    found = Catalog(
        locale=code, project="sitbreak", version="1", creation_date=WHEN, revision_date=WHEN, fuzzy=False,
        msgid_bugs_address="none", last_translator="sitbreak authors", language_team="sitbreak", charset="utf-8",
    )  # fmt: skip
    found.header_comment = "# The texts of sitbreak; docs/translating.md tells how a language is added."
    return found


def lacking(catalogue: Catalog) -> list[str]:
    """The texts that are not translated, or not in every form."""
    return [str(each.id) for each in catalogue if each.id and not all(forms(each.string))]


def forms(strings: object) -> tuple[str, ...]:
    """A text or its forms as a tuple; at least one, which is empty where there is none."""
    return tuple(map(str, strings)) if isinstance(strings, list | tuple) and strings else (str(strings or ""),)


def main(begun: Sequence[str]) -> int:
    """Writes all files, those of the languages `begun` too; says how many texts each lacks. Returns 0."""
    all_texts = template()
    TEMPLATE.write_bytes(written(all_texts))
    new = {code: LOCALE / code / "LC_MESSAGES" / "sitbreak.po" for code in begun}
    for code, file in {**new, **languages()}.items():
        catalogue = read(code, file)
        catalogue.update(all_texts, no_fuzzy_matching=True, update_header_comment=False, update_creation_date=False)
        file.write_bytes(written(catalogue))
        file.with_suffix(".mo").write_bytes(compiled(catalogue))
        sys.stdout.write(f"{code}: {len(catalogue)} texts, {len(lacking(catalogue))} not translated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

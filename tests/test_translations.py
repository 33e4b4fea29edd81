"""The catalogues: every text in every language, every form of it, every place to fill in; and all files in step."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog, Message
from rich.cells import cell_len

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.movements import CAUTIONS, EVERYWHERE
from sitbreak.language import FOLDER, LANGUAGES
from sitbreak.review.words import LABELS
from sitbreak.window import words

ROOT = Path(__file__).parents[1]
PLACE = re.compile(r"(?<!\{)\{[^{}]*\}(?!\})|%\(\w+\)[rsd]|%s")
LINE = 29  # columns of the list of movements, in letters neither wide nor narrow
RENEW = "`make translations` brings the files in step"
# What a promise of health would need to say: heals, cures, treats, prevents, soothes.
HEALTH = {
    "de": r"\b(heil|kurier|therapie|vorbeug(t|en|end)|verhinder)",
    "es": r"\b(cura[nr]?\b|sana[nr]?\b|previen|prevenir|alivia)",
    "fr": r"\b(guéri|soign|prévien|prévenir|soulag)",
    "it": r"\b(guari|curare|previen|prevenire|allevia)",
    "ja": r"治|予防|防ぐ|癒",
    "nl": r"\b(genee?z|geneest|voorkom(t|en)\b|verlicht(t|en)?\b)",
    "pl": r"\b(lecz[yą]|leczy|zapobieg|uzdr[ao]w|łagodzi)",
    "pt_BR": r"\b(cura[mr]?\b|previn|prevenir|previne|alivia)",
    "zh_CN": r"治疗(?!师)|治愈|预防|缓解",
}


@cache
def tool() -> ModuleType:
    """packaging/translations.py, which is no package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["translations"] = found  # its dataclasses look their module up
    spec.loader.exec_module(found)
    return found


@cache
def template() -> Catalog:
    """All texts as they stand in the sources now."""
    made = tool().template()
    assert isinstance(made, Catalog)
    return made


@cache
def catalogue(code: str) -> Catalog:
    """A language as it stands in its file."""
    read = tool().read(code, tool().languages()[code])
    assert isinstance(read, Catalog)
    return read


def messages(code: str) -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Each text of a language with its English forms and its own."""
    for each in catalogue(code):
        if each.id:
            yield each, tool().forms(each.id), tool().forms(each.string)


CODES = sorted(code for code in LANGUAGES if code != "en")
in_every_language = pytest.mark.parametrize("code", CODES)


def test_the_languages_offered_are_those_with_a_catalogue() -> None:
    """A file alone is not found in the settings, an entry alone speaks English."""
    assert sorted(tool().languages()) == CODES


def test_the_template_is_what_the_sources_say() -> None:
    """A translator who starts from it misses nothing."""
    kept = tool().read("en", FOLDER / "sitbreak.pot")
    found, written = (sorted(str(each.id) for each in catalogue) for catalogue in (template(), kept))
    assert (sorted(set(found) - set(written)), sorted(set(written) - set(found))) == ([], []), RENEW


@in_every_language
def test_nothing_is_missing(code: str) -> None:
    """Every text is there, none that has gone, and every form a number needs."""
    texts = {(tool().forms(each.id), each.context) for each in template() if each.id}
    known = {(english, each.context) for each, english, _ in messages(code)}
    assert (sorted(english for english, _ in texts - known), sorted(english for english, _ in known - texts)) == (
        [],
        [],
    )
    count = catalogue(code).num_plurals
    assert [
        english[0]
        for _, english, own in messages(code)
        if not all(own) or len(own) != (count if len(english) > 1 else 1)
    ] == []


@in_every_language
def test_every_place_is_filled_in(code: str) -> None:
    """A translation has the places of its text, with the same names and formats; a form for one may name no number."""
    wrong = []
    for _, english, own in messages(code):
        wanted = set(PLACE.findall(english[-1]))
        for form in filter(None, own):
            lacking = wanted ^ set(PLACE.findall(form))
            if lacking - ({"{count}"} if len(own) > 1 else set()):
                wrong.append(f"{form!r}: {sorted(lacking)}")
    assert wrong == []


@in_every_language
def test_commands_stay_as_they_are_typed(code: str) -> None:
    """What stands in backquotes is typed: command and setting are the same in every language."""
    typed = re.compile(r"`(sitbreak [a-z]+(?: [a-z]+)?)|\b([a-z]+\.[a-z]+_[a-z_]+)\b")
    wrong = [
        form
        for _, english, own in messages(code)
        for form in own
        if sorted(typed.findall(english[-1])) != sorted(typed.findall(form))
    ]
    assert wrong == []


@in_every_language
def test_lines_and_edges_are_kept(code: str) -> None:
    """Line breaks, blanks at the edges and the dash of a list are layout; a mark alone is not."""
    wrong = [
        form
        for _, english, own in messages(code)
        if any(map(str.isalpha, english[-1]))
        for form in own
        if english[-1].count("\n") != form.count("\n")
        or (english[-1][:1] == " ", english[-1][-1:] == " ") != (form[:1] == " ", form[-1:] == " ")
        or english[-1].startswith("- ") != form.startswith("- ")
    ]
    assert wrong == []


@in_every_language
def test_no_text_is_doubled_or_half_lost(code: str) -> None:
    """A merge of two people's work may leave a line of one text in another, which then is far too long or too short."""
    lengths = {
        english[-1]: len(own[-1]) / len(english[-1]) for _, english, own in messages(code) if len(english[-1]) > 60
    }
    usual = median(lengths.values())
    assert [text for text, length in lengths.items() if not 0.4 < length / usual < 2.6] == []


@in_every_language
def test_the_compiled_file_is_in_step(code: str) -> None:
    """A checkout speaks what its .po file says."""
    file = tool().languages()[code]
    in_step = tool().compiled(catalogue(code)) == file.with_suffix(".mo").read_bytes()
    assert in_step, RENEW


@in_every_language
def test_no_text_promises_health(code: str) -> None:
    """None of the words that a promise would need (spec 3.3)."""
    promise = re.compile(HEALTH[code], re.IGNORECASE)
    assert [form for *_, own in messages(code) for form in own if promise.search(form)] == []


@in_every_language
def test_the_name_of_a_movement_fits_the_list_and_is_that_of_one(code: str) -> None:
    """The list cuts what is longer; two movements of one name could not be told apart there."""
    names = {movement.title for movement in load_catalogue().movements}
    own = [form for _, english, (form, *_) in messages(code) if english[0] in names]
    assert [name for name in own if cell_len(name) > LINE] == []
    assert sorted(set(own)) == sorted(own)
    assert len(own) == len(names)


@in_every_language
def test_answers_beside_each_other_differ(code: str) -> None:
    """Up and standing at a raised desk are one word in some languages: then nobody could tell two buttons apart."""
    own = {english[0]: forms[0].casefold() for _, english, forms in messages(code)}
    for answers in ([text for key, text in words.WORDS.items() if key.startswith("was.")], LABELS.values()):
        assert len({own[text] for text in answers}) == len(list(answers))


@in_every_language
def test_each_caution_is_put_back_into_english(code: str) -> None:
    """docs/cautions.md has the translation as it stands, and beside it what it says, word for word."""
    page = (ROOT / "docs" / "cautions.md").read_text("utf-8")
    row = re.compile(rf"^\| {code} \| (.*) \| (.+) \|$", re.MULTILINE)
    there = {part.partition("\n")[0]: row.findall(part) for part in page.split("\n## ")[1:]}
    cautions = {*(each.pattern for each in (*CAUTIONS.values(), EVERYWHERE)), words.CAUTIONS, words.URGENT}
    assert set(there) == cautions
    own = {english[0]: forms[0] for _, english, forms in messages(code) if english[0] in cautions}
    assert {text: [said for said, _ in rows] for text, rows in there.items()} == {
        text: [form] for text, form in own.items()
    }

"""Choosing the language: by the setting, by the desktop, and English where nothing fits."""

from __future__ import annotations

import gettext
from collections.abc import Iterator

import pytest

from sitbreak import language
from sitbreak.core.text import Sentence


class Shouting(gettext.NullTranslations):
    """A catalogue that puts the values of one text in another order, and shouts the rest."""

    def gettext(self, message: str) -> str:
        """See NullTranslations."""
        return {"{low} to {high}": "{high} FROM {low}", "broken {low}": "BROKEN {lo}"}.get(message, message.upper())

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """See NullTranslations."""
        return "{count} OF THEM"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    language.choose("en")


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_AT.UTF-8"}, "de"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "de_DE@euro"}, "de"),
        ({"LANGUAGE": "en:de", "LANG": "de_DE.UTF-8"}, "en"),
        ({"LANGUAGE": "tlh:de", "LANG": "de_DE.UTF-8"}, "de"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "tlh_KX.UTF-8"}, "en"),
        ({"LANGUAGE": "tlh:en", "LANG": "C"}, "en"),
        ({}, "en"),
    ],
)
def test_the_desktop_says_which_language(variables: dict[str, str], code: str) -> None:
    """Region, encoding and unknown languages are seen through; LANGUAGE comes first, LC_ALL before LANG."""
    assert language.choose(language.SYSTEM, variables) == code


def test_the_setting_wins_over_the_desktop() -> None:
    """Who sets a language gets it; one that is not there means the desktop's."""
    assert language.choose("de", {"LANG": "en_GB.UTF-8"}) == "de"
    assert language.choose("tlh", {"LANG": "de_DE.UTF-8"}) == "de"
    assert language._("Quit") == "Beenden"


@pytest.mark.parametrize(
    ("code", "half", "colon", "brackets"),
    [
        ("en", "2.5 MB", "seat: empty", "a (b)"),
        ("de", "2,5 MB", "seat: empty", "a (b)"),
        ("fr", "2,5\u00a0Mo", "seat\u00a0: empty", "a (b)"),
        ("zh_CN", "2.5 MB", "seat\uff1aempty", "a\uff08b\uff09"),
    ],
)
def test_numbers_colons_and_brackets_are_those_of_the_language(code: str, half: str, colon: str, brackets: str) -> None:
    """A number with a fraction is written as the language does wherever it is filled in; whole ones stay."""
    language.choose(code)
    assert language._("{megabytes:.1f} MB", megabytes=2.5) == half
    assert language.numeral(2.0) == "2"
    assert language.named("seat", "empty") == colon
    assert (language.aside("a", "b"), language.aside("a", "")) == (brackets, "a")


def test_nothing_stays_nothing() -> None:
    """gettext would answer an empty text with the header of its catalogue."""
    language.choose("de", {})
    assert language._("") == ""


def test_values_stand_where_the_translation_wants_them() -> None:
    """A translation has its own order of words."""
    language.use(Shouting())
    assert language._("{low} to {high}", low=1, high=2) == "2 FROM 1"
    assert language.ngettext("{count} day", "{count} days", 3) == "3 OF THEM"


def test_a_slip_in_a_translation_falls_back_to_english() -> None:
    """A place that is not there is no reason to say nothing."""
    language.use(Shouting())
    assert language._("broken {low}", low=1) == "broken 1"


def test_what_the_core_says_is_translated_at_the_edge() -> None:
    """A sentence is its English text, and knows what another language needs, also inside an error."""
    told = Sentence("{low} to {high}", low=1, high=Sentence("two"))
    assert told == "1 to two"
    language.use(Shouting())
    assert language.said(told) == language.said(ValueError(told)) == "TWO FROM 1"
    assert language.said("as it is") == "as it is"


def test_a_name_of_a_machine_begins_a_sentence_as_it_is() -> None:
    """There is no Org.freedesktop.ScreenSaver; words with a hyphen are words."""
    assert language.sentence("org.freedesktop.ScreenSaver does not run") == "org.freedesktop.ScreenSaver does not run."
    assert language.sentence("lock-logind: it is not there") == "lock-logind: it is not there."
    assert language.sentence("est-ce que") == "Est-ce que."
    assert language.sentence("seated: 5 min") == "Seated: 5 min."


def test_sentences_follow_each_other_as_the_language_writes_them() -> None:
    """With a blank between, which a full-width stop brings along; an empty one leaves none behind."""
    assert language.paragraph("One.", "", "Two.", "") == "One. Two."
    assert language.paragraph("一。", "二。", "Three.", "四。") == "一。二。Three. 四。"
    assert language.paragraph("", "") == ""

"""The language in which people are spoken to: gettext, with English as the text in the source.

`_` translates where a sentence is made; `N_` marks one that stands in a table and is translated where it is used.
Values go in by name, so that a translation may put them in its own order: `_("{low} to {high}", low=1, high=2)`.
`make translations` collects all texts (docs/translating.md) with Babel. It is not needed here: 27 ms and 36 MB for the
names of months and a decimal sign, which are texts like any other.
"""

from __future__ import annotations

import gettext
import locale
import os
import re
import string
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitbreak.core.text import Sentence

DOMAIN = "sitbreak"
FOLDER = Path(__file__).parent / "locale"
SYSTEM = "system"  # as the desktop is set
FULL_WIDTH = ("\u3002", "\uff01", "\uff1f", "\uff09", "\u300d")  # marks of Japanese and Chinese, with room of their own
# How the names of machines begin, which stay as they are: org.freedesktop.ScreenSaver, lock-logind:
A_MACHINES = re.compile(r"[a-z]+(\.\w|(-\w+)+:)")
# Each language by its own name; all but English have a catalogue in locale/.
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "it": "Italiano",
    "pt_BR": "Português (Brasil)",
    "nl": "Nederlands",
    "pl": "Polski",
    "ja": "日本語",
    "zh_CN": "简体中文",
}


class _Spoken:
    """The language of this process."""

    def __init__(self) -> None:
        self.code = "en"
        self.catalogue = gettext.NullTranslations()


_spoken = _Spoken()


def _(text: str, /, **values: object) -> str:
    """The text in the language chosen, with its values filled in; English where there is no translation."""
    return (
        _filled(_spoken.catalogue.gettext(text), text, values) if text else ""
    )  # gettext's answer to "" is its header


def N_(text: str, /) -> str:
    """The text as it is: it is only marked, and translated where it is used."""
    return text


def pgettext(context: str, text: str, /, **values: object) -> str:
    """As `_`, for a word that means several things: `context` says which."""
    return _filled(_spoken.catalogue.pgettext(context, text), text, values)


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The form of the text that fits a number, which it may name as {count}."""
    english = one if count == 1 else many
    return _filled(_spoken.catalogue.ngettext(one, many, count), english, {"count": count, **values})


def comma_list(texts: Iterable[str]) -> str:
    """Texts one after the other, with the mark that stands between the items of a list."""
    return _(", ").join(texts)


def clauses(texts: Iterable[str]) -> str:
    """As `comma_list`, for texts that are nearly sentences."""
    return _("; ").join(texts)


def named(name: str, text: object) -> str:
    """A text behind its name: "activity: nothing sees it"."""
    return _("{name}: {text}", name=name, text=text)


def aside(text: str, more: object) -> str:
    """A text with more about it in brackets, where there is more."""
    return _("{text} ({more})", text=text, more=more) if more else text


def numeral(value: float, form: str = "g") -> str:
    """A number with the decimal sign of the language: "2.5"; `form` is that of format()."""
    return format(value, form).replace(".", pgettext("the sign before decimals", "."))


def begun(text: str) -> str:
    """The text with a capital letter first, but of a machine's name; the others stay, for nouns have theirs."""
    return text if A_MACHINES.match(text) else f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """The text as a sentence of its own: a capital letter first and its stop at the end, once; empty stays empty."""
    told = begun(text).strip()
    return told if not told or told.endswith(("?", ".", "!", *FULL_WIDTH[:3])) else _("{clause}.", clause=told)


def clause(text: str) -> str:
    """A sentence without its stop, to go on with."""
    return text.rstrip(f".{FULL_WIDTH[0]}")


def paragraph(*texts: str) -> str:
    """Sentences one after the other, empty ones left out; a blank stands between two, but at no full-width mark."""
    told = ""
    for text in filter(None, texts):
        told += text if not told or told.endswith(FULL_WIDTH) or text.startswith("\uff08") else f" {text}"
    return told


def after_colon(text: str) -> str:
    """The text as it goes on behind a colon."""
    if pgettext("whether a sentence begins with a small letter after a colon: yes or no", "yes") != "yes":
        return text
    return f"{text[:1].lower()}{text[1:]}"


def said(text: object) -> str:
    """What the core says, or an error that carries it, in the language chosen; any other text as it is."""
    if isinstance(text, Exception):
        text = text.args[0] if len(text.args) == 1 else str(text)
    if isinstance(text, Sentence):
        return _(text.pattern, **{name: said(value) if isinstance(value, Sentence) else value
                                  for name, value in text.values.items()})  # fmt: skip
    return str(text)


class _Places(string.Formatter):
    """Fills in values; of numbers those with a fraction as the language writes them."""

    def format_field(self, value: object, format_spec: str) -> str:
        """See string.Formatter."""
        return numeral(value, format_spec) if isinstance(value, float) else format(value, format_spec)


_places = _Places()


def _filled(text: str, english: str, values: Mapping[str, object]) -> str:
    if not values:
        return text
    try:
        return _places.vformat(text, (), values)
    except (KeyError, IndexError, ValueError):  # a translation with a slip is no reason to say nothing
        return _places.vformat(english, (), values)


def choose(wanted: str = SYSTEM, variables: Mapping[str, str] | None = None) -> str:
    """Makes a language (or that of the system, by the environment `variables`) the one of this process; its code."""
    _spoken.code = wanted if wanted in LANGUAGES else _first(_of_system(os.environ if variables is None else variables))
    _spoken.catalogue = gettext.translation(DOMAIN, FOLDER, [_spoken.code], fallback=True)
    return _spoken.code


def in_every_language(text: str) -> dict[str, str]:
    """A text in each language that has it, by the code of the language."""
    spoken = {code: gettext.translation(DOMAIN, FOLDER, [code], fallback=True).gettext(text) for code in LANGUAGES}
    return {code: own for code, own in spoken.items() if code == "en" or own != text}


def code() -> str:
    """The language of this process, as HTML names it."""
    return _spoken.code.replace("_", "-")


def use(catalogue: gettext.NullTranslations) -> None:
    """Makes this catalogue the one of this process."""
    _spoken.catalogue = catalogue


def _first(names: Iterator[str]) -> str:
    """The first of these locales that is spoken here, or whose language is; English when none is."""
    for name in names:
        plain = name.partition(".")[0].partition("@")[0].replace("-", "_")
        base = plain.partition("_")[0]
        if plain in LANGUAGES or base in ("C", "POSIX"):
            return plain if plain in LANGUAGES else "en"
        near = [code for code in LANGUAGES if base and code.partition("_")[0] == base]
        if near:
            return near[0]
    return "en"


def _of_system(variables: Mapping[str, str]) -> Iterator[str]:
    """The locales that the person wants, the best first: gettext's variables, else what Windows or macOS is set to."""
    yield from filter(None, variables.get("LANGUAGE", "").split(":"))
    told = next(filter(None, (variables.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    if told is not None:
        yield told
    elif sys.platform == "win32":
        import ctypes

        yield locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    elif sys.platform == "darwin":
        command = ["/usr/bin/defaults", "read", "-g", "AppleLanguages"]
        import subprocess  # on macOS only

        found = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        yield from (line.strip(' ",') for line in found.splitlines()[1:-1])

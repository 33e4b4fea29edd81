"""Kinds of setting: what each allows, how it is read from TOML or from a command line, and how it is written."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import field
from datetime import time
from typing import Any

from sitbreak.core.frozen import frozen
from sitbreak.core.text import ONE_LINE
from sitbreak.language import N_, _, comma_list, paragraph
from sitbreak.settings.written_values import clock_time, read_range, with_unit, words_of, write_range

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NotAllowed(ValueError):
    """The value is not one of those the kind allows."""


class SettingKind(ABC):
    """A kind of value. `allowed` is said in errors and docs after "allowed:"."""

    __slots__ = ()

    @property
    @abstractmethod
    def allowed(self) -> str:
        """What may stand there, in words."""

    @abstractmethod
    def read(self, raw: object) -> object:
        """The value behind a TOML or JSON value; raises NotAllowed."""

    def parse(self, text: str) -> object:
        """The raw value a person means by `text` on a command line; raises NotAllowed."""
        return text

    def plain(self, value: object) -> object:
        """The TOML and JSON form of a value; `read` takes it back."""
        return value


@frozen
class SwitchKind(SettingKind):
    """On or off."""

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        return _("true or false")

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, bool):
            raise NotAllowed(str(raw))
        return raw

    def parse(self, text: str) -> object:
        """See SettingKind; on, off, yes and no will do as well."""
        words = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}
        if text.strip().lower() not in words:
            raise NotAllowed(text)
        return words[text.strip().lower()]


@frozen
class Number(SettingKind):
    """A number from `low` to `high`, both included; `whole` if it has no fraction."""

    low: float
    high: float
    unit: str = ""
    whole: bool = False

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        text = N_("a whole number from {low:g} to {high}") if self.whole else N_("a number from {low:g} to {high}")
        return _(text, low=self.low, high=with_unit(self.high, self.unit))

    def read(self, raw: object) -> object:
        """See SettingKind; numbers are kept as they were written, so 30 stays 30."""
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not self.low <= raw <= self.high:
            raise NotAllowed(str(raw))
        if not self.whole:
            return float(raw)
        if raw != int(raw):
            raise NotAllowed(str(raw))
        return int(raw)

    def parse(self, text: str) -> object:
        """See SettingKind."""
        try:
            return int(text) if re.fullmatch(r"\s*[+-]?\d{1,15}\s*", text) else float(text)
        except ValueError:
            raise NotAllowed(text) from None

    def plain(self, value: object) -> object:
        """See SettingKind; a whole number is written without a fraction."""
        return int(value) if isinstance(value, float) and value.is_integer() else value


@frozen
class OneOf(SettingKind):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        *first, last = (f'"{word}"' for word in self.words)
        return _("{first} or {last}", first=comma_list(first), last=last)

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, str) or raw not in self.words:
            raise NotAllowed(str(raw))
        return raw


@frozen
class TextKind(SettingKind):
    """A word or a name, put in words by `wanted` and checked by `pattern`."""

    wanted: str
    pattern: str = rf"(?={ONE_LINE}\Z).{{1,100}}"

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        return _(self.wanted)

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, str) or not re.fullmatch(self.pattern, raw):
            raise NotAllowed(str(raw))
        return raw


@frozen
class Shortcut(SettingKind):
    """A keyboard shortcut, such as "ctrl+alt+b"; empty for none. Kept in lower case with the modifiers in order."""

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        return _('"" for none, or ctrl, alt, shift or super with a letter, a digit or f1 to f12, such as "ctrl+alt+b"')

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if raw == "":
            return ""
        *modifiers, key = str(raw).lower().replace(" ", "").split("+")
        order = ("ctrl", "alt", "shift", "super")
        distinct = len(set(modifiers)) == len(modifiers) and set(modifiers) <= set(order)
        # Shift with a letter alone would swallow a capital, wherever it is typed.
        strong = bool(set(modifiers) - {"shift"})
        if not (isinstance(raw, str) and distinct and strong and re.fullmatch("[a-z0-9]|f([1-9]|1[0-2])", key)):
            raise NotAllowed(str(raw))
        return "+".join([*(name for name in order if name in modifiers), key])


@frozen
class ClockTime(SettingKind):
    """A time of day from `low` to `high` ("HH:MM"); `optional` if "" stands for none."""

    low: str = "00:00"
    high: str = "23:59"
    optional: bool = False

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        text = (
            N_('a time from "{low}" to "{high}", or "" for none')
            if self.optional
            else N_('a time from "{low}" to "{high}"')
        )
        return _(text, low=self.low, high=self.high)

    def read(self, raw: object) -> object:
        """See SettingKind; TOML's own local times are taken too."""
        if raw == "" and self.optional:
            return None
        text = raw.strftime("%H:%M") if isinstance(raw, time) else raw
        match = re.fullmatch(r"(\d{1,2}):(\d{2})", text) if isinstance(text, str) else None
        if match is None:
            raise NotAllowed(str(raw))
        try:
            found = clock_time(match[1], match[2])
        except ValueError:
            raise NotAllowed(str(raw)) from None
        if not time.fromisoformat(self.low) <= found <= time.fromisoformat(self.high):
            raise NotAllowed(str(raw))
        return found

    def plain(self, value: object) -> object:
        """See SettingKind."""
        return value.strftime("%H:%M") if isinstance(value, time) else ""


@frozen
class CommandLine(SettingKind):
    """A command with its arguments, as it is typed; started without a shell. Empty: none."""

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        return _('a command such as "notify-phone --quiet", or "" for none')

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, str) or (raw and not re.fullmatch(ONE_LINE, raw)):
            raise NotAllowed(str(raw))
        try:
            words_of(raw)
        except ValueError:  # a quotation mark without its second
            raise NotAllowed(raw) from None
        return raw


@frozen
class Hours(SettingKind):
    """Ranges of local time, such as "09:00-17:30"."""

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        return _('a list of ranges such as ["09:00-12:30", "13:00-17:30"]; one may cross midnight')

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
            raise NotAllowed(str(raw))
        try:
            return tuple(read_range(item) for item in raw)
        except ValueError as error:
            raise NotAllowed(str(error)) from None

    def parse(self, text: str) -> object:
        """See SettingKind; ranges with commas between."""
        return split_list(text)

    def plain(self, value: object) -> object:
        """See SettingKind."""
        return [write_range(item) for item in value] if isinstance(value, tuple) else []


@frozen
class Several(SettingKind):
    """A list of `least` to `most` different values of one kind."""

    item: SettingKind
    most: int = 100
    least: int = 0

    @property
    def allowed(self) -> str:
        """See SettingKind."""
        count = (
            _("up to {most}", most=self.most)
            if self.least == 0
            else _("{least} to {most}", least=self.least, most=self.most)
        )
        return _("a list of {count}, each {item}", count=count, item=self.item.allowed)

    def read(self, raw: object) -> object:
        """See SettingKind."""
        if not isinstance(raw, list | tuple) or not self.least <= len(raw) <= self.most:
            raise NotAllowed(str(raw))
        found = tuple(self.item.read(each) for each in raw)
        if len(set(found)) != len(found):
            raise NotAllowed(_("twice the same"))
        return found

    def parse(self, text: str) -> object:
        """See SettingKind; values with commas between."""
        return [self.item.parse(each) for each in split_list(text)]

    def plain(self, value: object) -> object:
        """See SettingKind."""
        return [self.item.plain(each) for each in value] if isinstance(value, Sequence) else []


def split_list(text: str) -> list[str]:
    """The parts of a list typed on a command line, with or without brackets and quotes."""
    inner = text.strip().removeprefix("[").removesuffix("]")
    return [part.strip().strip("\"'") for part in inner.split(",") if part.strip()]


FROM_NEXT_START = N_("A change holds from the next start on.")


@frozen
class Setting:
    """One setting: `section` and `name` as in the file, and what is known about it."""

    section: str
    name: str
    default: object
    kind: SettingKind
    text: str
    from_next_start: bool = False  # a running program goes on with the value that it started with

    @property
    def key(self) -> str:
        """Its full name, such as "prompt.earliest_minutes"."""
        return f"{self.section}.{self.name}"

    @property
    def meaning(self) -> str:
        """What its title leaves open, in a sentence or two; empty where that is nothing."""
        return paragraph(_(self.text), _(FROM_NEXT_START) if self.from_next_start else "")

    @property
    def default_plain(self) -> object:
        """The default as it stands in the file."""
        return self.kind.plain(self.default)

    @property
    def unit(self) -> str:
        """Its unit, empty when it has none."""
        return self.kind.unit if isinstance(self.kind, Number) else ""


def setting(default: object, kind: SettingKind, meaning: str, *, from_next_start: bool = False) -> Any:
    """A dataclass field that is a setting; `default` as the value, not as its TOML form."""
    known = {"kind": kind, "text": meaning, "from_next_start": from_next_start}
    return field(default=default, metadata=known)

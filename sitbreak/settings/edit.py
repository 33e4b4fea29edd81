"""Changing keys in the user's settings file: comments and order stay, a broken file is never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError

from sitbreak.core.text import NotDone
from sitbreak.language import N_, _, paragraph
from sitbreak.settings.files import read_regular, write_atomically
from sitbreak.settings.load import Loaded, apply_values, flat, load
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.toml import parse_toml

HEADER = N_("# Your sitbreak settings. `sitbreak config default` shows every key with its default.\n")


class EditRefused(NotDone):
    """The file was left as it is; a sentence for each reason."""

    def __str__(self) -> str:
        return paragraph(*self.sentences)


def set_keys(path: Path, values: Mapping[str, object]) -> Settings:
    """Writes plain values for known keys and returns the settings then in force.

    Raises EditRefused when the file is broken, a value is not allowed, or the file cannot be written.
    """
    document = _open(path)
    for key, raw in _checked(values).items():
        known = SETTINGS[key]
        if known.section not in document:
            document[known.section] = tomlkit.table()
        table = document[known.section]
        if isinstance(table, MutableMapping):  # always so: `_open` refuses anything else
            table[known.name] = raw
    return _finish(path, document)


def reset_key(path: Path, key: str) -> Settings:
    """Takes a known key out of the file, so that its default applies, and returns the settings then in force.

    Raises EditRefused as `set_keys` does.
    """
    known = SETTINGS[key]
    document = _open(path)
    table = document.get(known.section)
    if not isinstance(table, MutableMapping) or known.name not in table:
        return load(path).settings
    del table[known.name]
    return _finish(path, document)


def _open(path: Path) -> tomlkit.TOMLDocument:
    """The file as an editable document; a new one when there is none. Raises EditRefused when it has a problem."""
    _refuse_if_wrong(load(path), _("Correct the file first; it was left as it is."))
    try:
        return tomlkit.parse(read_regular(path).decode("utf-8-sig"))
    except FileNotFoundError:
        return tomlkit.parse(HEADER)
    except (OSError, TOMLKitError) as error:
        raise EditRefused(
            _("{path} cannot be edited ({error}); it was left as it is.", path=path, error=error)
        ) from error


def _checked(values: Mapping[str, object]) -> dict[str, object]:
    """The plain values in their tidiest form. Raises EditRefused with every problem."""
    found: dict[str, object] = {}
    for key, raw in values.items():
        problems = apply_values(Settings(), {key: raw}, Settings(), together=False)[1]
        if problems:
            raise EditRefused(*(str(each) for each in problems))
        known = SETTINGS[key]
        found[key] = known.kind.plain(known.kind.read(raw))
    return found


def _finish(path: Path, document: tomlkit.TOMLDocument) -> Settings:
    """Checks what would be written, with the real reader, and writes it."""
    text = tomlkit.dumps(document)
    settings, problems = apply_values(Settings(), flat(parse_toml(text.encode(), str(path))), Settings())
    _refuse_if_wrong(Loaded(settings, tuple(problems), path), _("Nothing was changed."))
    try:
        write_atomically(path, text)
    except OSError as error:
        raise EditRefused(
            _("{path} cannot be written ({strerror}); nothing was changed.", path=path, strerror=error.strerror)
        ) from error
    return settings


def _refuse_if_wrong(loaded: Loaded, ending: str) -> None:
    if loaded.problems:
        raise EditRefused(*(str(problem) for problem in loaded.problems), ending)

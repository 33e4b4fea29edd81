"""What every way of starting at login has in common, and the ways that are a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.files import make_parents, read_regular, write_atomically


class AutostartFailed(Exception):
    """The entry could not be read or written; the message is one sentence for people."""


class AutostartEntry(Protocol):
    """One way of starting at login."""

    NAME: ClassVar[str]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here."""
        ...

    @property
    def where(self) -> str:
        """Where the entry is, for people."""
        ...

    def command(self) -> str | None:
        """What it starts, as it is written there; None when it is off."""
        ...

    def written(self, command: Sequence[str]) -> str:
        """How `command` is written there."""
        ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Has `command` started at each login; the same again changes nothing. Raises AutostartFailed."""
        ...

    def turn_off(self) -> None:
        """Starts nothing any more; nothing happens when it is off. Raises AutostartFailed."""
        ...


def check(command: Sequence[str]) -> None:
    """Refuses what no entry can hold. Raises AutostartFailed."""
    if any(character in argument for argument in command for character in "\n\r\0"):
        raise AutostartFailed("The path of this program has a line break in it; install it somewhere else first.")


def read_file(path: Path) -> str | None:
    """The text of an entry; None when there is none. Raises AutostartFailed."""
    try:
        return read_regular(path).decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise AutostartFailed(f"The entry {path} cannot be read ({error}); remove it and try again.") from error


def write_file(path: Path, text: str) -> None:
    """Puts an entry in place, whole or not at all. Raises AutostartFailed."""
    try:
        make_parents(path)
        write_atomically(path, text)
    except OSError as error:
        raise AutostartFailed(f"The entry {path} could not be written ({_why(error)}); nothing was changed.") from error


def remove_file(path: Path) -> None:
    """Takes an entry away. Raises AutostartFailed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AutostartFailed(f"The entry {path} could not be removed ({_why(error)}); it is still on.") from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

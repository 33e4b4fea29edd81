"""Where a failure ends. What strangers' code may raise becomes a value here, and nowhere else is everything caught."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sitbreak.core.frozen import frozen

T = TypeVar("T")


@frozen
class Failure:
    """What something failed of; as text it is the error's own words, or its name where it has none."""

    error: Exception

    def __str__(self) -> str:
        return str(self.error) or type(self.error).__name__


def attempt(do: Callable[[], T]) -> T | Failure:
    """What `do` returns, or what it failed of, whatever that is; only what ends the program passes through."""
    try:
        return do()
    except Exception as error:  # noqa: BLE001 - the one place
        return Failure(error)

"""Messages as lines of JSON, and what a field of one must be. Pure Python."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Message = Mapping[str, object]


class BadMessage(ValueError):
    """A line is no message of this protocol; the text says what is wrong with it."""


def line(message: Message) -> str:
    """A message as one line of JSON, with the line end."""
    return json.dumps(message, ensure_ascii=True, separators=(",", ":")) + "\n"


def parse(text: str) -> dict[str, object]:
    """A line as a message; raises BadMessage."""
    try:
        found = json.loads(text)
    except ValueError as error:
        raise BadMessage(f"not JSON: {error}") from error
    if not isinstance(found, dict):
        raise BadMessage("not an object")
    return found


def mapping(value: object, name: str) -> Message:
    """The object that a field must be; raises BadMessage."""
    if not isinstance(value, Mapping):
        raise BadMessage(f"{name}: an object is needed")
    return value


def listed(value: object, name: str) -> Sequence[object]:
    """The list that a field must be; raises BadMessage."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BadMessage(f"{name}: a list is needed")
    return value

"""What a sensor's message says: a number or a word, alone or in a field of JSON; anything else is not understood."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from sitbreak.core.event_messages import is_number
from sitbreak.core.events import Sensor
from sitbreak.language import N_, _

OCCUPIED = frozenset({"occupied", "on", "true", "yes", "1", "detected", "present", "home"})
EMPTY = frozenset({"empty", "off", "false", "no", "0", "clear", "absent", "not_home", "vacant", "free"})
SILENT = frozenset({"unavailable", "unknown", "offline", "none", "null", ""})
# The fields that such messages usually have.
FIELDS = {Sensor.SEAT: ("occupancy", "presence", "occupied", "state"), Sensor.DESK: ("height", "state")}
MOST_CM = 300.0
SHOWN = 40  # characters of what was not understood
NOT_UNDERSTOOD = {
    Sensor.SEAT: N_("{said} is neither occupied nor empty"),
    Sensor.DESK: N_("{said} is no height in cm"),
}


class SenselessReading(ValueError):
    """A message makes no sense; the text says why, for people."""


def value_of(payload: bytes, sensor: Sensor, field: str) -> object:
    """The value in a message: of a field of its JSON (dots go deeper), of the usual field, or the message itself.

    Raises SenselessReading.
    """
    text = payload.decode(errors="replace").strip()
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        value = text
    if not isinstance(value, dict):
        if field:
            raise SenselessReading(_("it has no field {field}", field=field))
        return value
    usual = (name for name in FIELDS[sensor] if name in value)
    wanted = field or next(usual, FIELDS[sensor][0])
    for name in wanted.split("."):
        if not isinstance(value, dict) or name not in value:
            raise SenselessReading(_("it has no field {field}", field=wanted))
        value = value[name]
    return value


def says(value: object, sensor: Sensor, above_cm: float) -> bool | None:
    """Occupied, or higher than `above_cm`; None: it says that it cannot be heard. Raises SenselessReading."""
    word = "" if value is None else str(value).strip().casefold()
    if word in SILENT:
        return None
    read: Callable[[str], bool | None] = _occupied if sensor is Sensor.SEAT else lambda text: _above(text, above_cm)
    found = read(word)
    if found is None:
        raise SenselessReading(_(NOT_UNDERSTOOD[sensor], said=repr(str(value)[:SHOWN])))
    return found


def _occupied(word: str) -> bool | None:
    return True if word in OCCUPIED else False if word in EMPTY else None


def _above(word: str, above_cm: float) -> bool | None:
    try:
        height = float(word.removesuffix("cm").strip())
    except ValueError:
        return None
    return height > above_cm if is_number(height) and 0 < height <= MOST_CM else None

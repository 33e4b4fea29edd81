"""Numbers with their units, in words that agree with them."""

from __future__ import annotations

from sitbreak.language import ngettext


def with_unit(number: float, unit: str) -> str:
    """A number and its unit: "1 minute", "40 seconds", "2 times", or the number alone."""
    count, shown = int(number) if float(number).is_integer() else 2, f"{number:.6g}"
    match unit:
        case "minutes":
            return ngettext("{number} minute", "{number} minutes", count, number=shown)
        case "seconds":
            return ngettext("{number} second", "{number} seconds", count, number=shown)
        case "times":
            return ngettext("{number} time", "{number} times", count, number=shown)
        case _:
            return shown

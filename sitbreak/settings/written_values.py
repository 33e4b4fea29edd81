"""Values as people write them: a range of local time ("09:00-17:30"), a number with its unit, a command line."""

from __future__ import annotations

import re
import shlex
import sys
from datetime import time

from sitbreak.language import _, ngettext, numeral

Range = tuple[time, time]
_RANGE = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


def clock_time(hours: str, minutes: str) -> time:
    """The time of day of a reading such as "17" and "30". Raises ValueError."""
    return time(int(hours), int(minutes))


def read_range(text: str) -> Range:
    """The range written as "09:00-17:30"; an end of 24:00 is midnight. Raises ValueError."""
    match = _RANGE.fullmatch(text.strip())
    if match is None:
        raise ValueError(_("{text} is not a range such as 09:00-17:30", text=text))
    start = clock_time(match[1], match[2])
    end = time() if (match[3], match[4]) == ("24", "00") else clock_time(match[3], match[4])
    # For the core equal ends span a whole day; only 00:00-24:00 is sure to mean that.
    if start == end and not (match[3] == "24" and start == time()):
        raise ValueError(_("{text} is empty", text=text))
    return start, end


def is_range(text: str) -> bool:
    """Whether it can be read as a range."""
    try:
        read_range(text)
    except ValueError:
        return False
    return True


def write_range(pair: Range) -> str:
    """The range as it is written in the file."""
    start, end = pair
    last = "24:00" if start == end else end.strftime("%H:%M")
    return f"{start.strftime('%H:%M')}-{last}"


def with_unit(value: float, unit: str) -> str:
    """A number and its unit: "1 minute", "40 seconds", "2 times", or the number alone."""
    count, shown = int(value) if float(value).is_integer() else 2, numeral(value, ".6g")
    match unit:
        case "minutes":
            return ngettext("{number} minute", "{number} minutes", count, number=shown)
        case "seconds":
            return ngettext("{number} second", "{number} seconds", count, number=shown)
        case "times":
            return ngettext("{number} time", "{number} times", count, number=shown)
        case "repetitions":
            return ngettext("{number} repetition", "{number} repetitions", count, number=shown)
        case "sessions":
            return ngettext("{number} session", "{number} sessions", count, number=shown)
        case _:
            return shown


def words_of(command: str, platform: str = sys.platform) -> list[str]:
    """A command line of the user's, word by word. Raises ValueError for a quotation mark without its second.

    As a shell reads it; on Windows a backslash is part of a path and quotes nothing.
    """
    reader = shlex.shlex(command, posix=True)
    reader.whitespace_split, reader.commenters = True, ""
    if platform == "win32":
        reader.escape = ""
    return list(reader)

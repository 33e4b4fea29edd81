"""How an Instant is stored: book-axis microseconds, UTC microseconds since 1970, and "+02:00 Europe/Berlin".

The offset stands beside the zone's name so that the local time stays what it was, should a zone's rules be changed or
unknown on another machine.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sitbreak.core.timeline import EPOCH, MICROSECOND, Instant


def to_micros(duration: timedelta) -> int:
    """A duration in whole microseconds."""
    return duration // MICROSECOND


def from_micros(micros: int) -> timedelta:
    """The duration of so many microseconds."""
    return timedelta(0, 0, micros)


def utc_micros(moment: datetime) -> int:
    """Microseconds since 1970, UTC, of an aware datetime."""
    return (moment - EPOCH) // MICROSECOND


@lru_cache(maxsize=256)
def offset_text(offset: timedelta) -> str:
    """An offset from UTC as "+05:45", with seconds where it has some."""
    sign = "-" if offset < timedelta(0) else "+"
    whole = abs(offset) // timedelta(seconds=1)
    text = f"{sign}{whole // 3600:02}:{whole // 60 % 60:02}"
    return f"{text}:{whole % 60:02}" if whole % 60 else text


def _offset(text: str) -> timedelta:
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    size = timedelta(hours=hours, minutes=minutes, seconds=seconds[0] if seconds else 0)
    return -size if text.startswith("-") else size


def zone_text(instant: Instant) -> str:
    """The offset then in force, and the zone's IANA name if it has one."""
    offset = instant.local.utcoffset()
    text = offset_text(timedelta(0) if offset is None else offset)
    key = zone_key(instant)
    return text if key is None else f"{text} {key}"


def zone_key(instant: Instant) -> str | None:
    """The IANA name of its zone; None for a fixed offset."""
    return instant.zone.key if isinstance(instant.zone, ZoneInfo) else None


@lru_cache(maxsize=1024)
def zone_of(text: str) -> tzinfo:
    """The zone that `zone_text` wrote; the fixed offset where this machine does not know the name.

    Raises ValueError for any other text.
    """
    offset, _, key = text.partition(" ")
    if key:
        try:
            return ZoneInfo(key)
        except (ZoneInfoNotFoundError, OSError):
            pass  # an unknown name: the offset below is still right
    size = _offset(offset)
    return UTC if size == timedelta(0) else timezone(size)


def instant_row(instant: Instant) -> tuple[int, int, str]:
    """The three column values of an instant."""
    return to_micros(instant.elapsed), utc_micros(instant.utc), zone_text(instant)


def instant_of(elapsed: int, utc: int, zone: str) -> Instant:
    """The instant of three column values."""
    return Instant(timedelta(0, 0, elapsed), EPOCH + timedelta(0, 0, utc), zone_of(zone))

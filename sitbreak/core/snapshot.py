"""The machine's memory as plain JSON values and back, driven by the dataclasses' own types.

Durations become whole microseconds, instants [microseconds, ISO time in UTC, zone name]; enums their value.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sitbreak.core.timeline import MICROSECOND, Instant

S = TypeVar("S")
MOST = 2**57  # microseconds of 4,500 years: with room to calculate
FIRST_YEAR, LAST_YEAR = 1900, 2900
FindZone = Callable[[str], tzinfo]
PLAIN = {bool: (bool,), int: (int,), float: (float, int), str: (str,)}  # what JSON may hold for each


def encode(value: Any) -> Any:
    """`value` (dataclasses, enums, durations, containers of them) as JSON values."""
    if isinstance(value, Instant):
        return [value.elapsed // MICROSECOND, value.utc.isoformat(), zone_name(value.zone)]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, timedelta):
        return value // MICROSECOND
    if is_dataclass(value):
        return {f.name: encode(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {encode(k): encode(v) for k, v in value.items()}
    if isinstance(value, frozenset):
        return sorted(encode(v) for v in value)
    if isinstance(value, list | tuple):
        return [encode(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def decode(kind: type[S], raw: Any, zone: FindZone) -> S:
    """The `kind` that `encode` made `raw` of. `zone` finds a zone by name. Raises ValueError when it does not fit."""
    try:
        result: S = _decode(kind, raw, zone)
    except (KeyError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise ValueError(f"not a snapshot of {kind.__name__}: {error!r}") from error
    return result


def _decode(kind: Any, raw: Any, zone: FindZone) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return None if raw is None else _decode(next(a for a in args if a is not type(None)), raw, zone)
    if kind is Instant:
        utc = datetime.fromisoformat(raw[1])
        if utc.tzinfo is None or not FIRST_YEAR <= utc.year <= LAST_YEAR:
            raise ValueError(f"{raw[1]!r} is no moment of these centuries")
        return Instant(_duration(raw[0]), utc, zone(raw[2]))
    if kind is timedelta:
        return _duration(raw)
    if kind is date:
        return date.fromisoformat(raw)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(**{n: _decode(h, raw[n], zone) for n, h in _hints(kind).items() if n in raw})
    if origin is dict:
        return {_decode(args[0], k, zone): _decode(args[1], v, zone) for k, v in raw.items()}
    if origin in (list, frozenset, tuple):
        return origin(_decode(args[0], v, zone) for v in raw)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(raw)
    if kind in PLAIN and type(raw) not in PLAIN[kind]:
        raise ValueError(f"{raw!r} is no {kind.__name__}")
    return raw


def _duration(raw: Any) -> timedelta:
    if type(raw) is not int or abs(raw) > MOST:
        raise ValueError(f"{raw!r} is no duration that could be meant")
    return raw * MICROSECOND


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def zone_name(zone: tzinfo) -> str:
    """The name a zone is kept under: its IANA key, or its offset from UTC in seconds."""
    key = getattr(zone, "key", None)
    if isinstance(key, str):
        return key
    offset = zone.utcoffset(None)
    return "UTC" if not offset else f"{offset.total_seconds():+.0f}"


def zone_of(name: str, iana: FindZone) -> tzinfo:
    """The zone kept under `name`; `iana` finds the ones with a key."""
    if name == "UTC":
        return UTC
    if name[:1] in "+-":
        return timezone(timedelta(seconds=int(name)))
    return iana(name)

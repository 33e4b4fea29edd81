"""Classes of plain values: `@frozen` in the place of `@dataclass(frozen=True, slots=True)`.

The library writes and compiles eight methods anew for each class. There are some 240 of them, most are loaded whenever
the program starts, and that was a quarter of its start (110 ms) and 2 MB. Here only `__init__` is written for each, and
not before the class has its first object, which most never have; the other methods are the same for all. That nothing
is assigned later, mypy sees to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, cast, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type[T]) -> type[T]:
    """Makes a dataclass with slots that compares and hashes by its values; `replace`, `fields` and `match` know it."""
    made: Any = dataclass(slots=True, eq=False, repr=False, init=False)(cls)

    def first(one: Any, *values: object, **named: object) -> None:
        made.__init__ = _init(made)  # from here on
        made.__init__(one, *values, **named)

    made._values = _reader(tuple(each.name for each in fields(made)))
    made.__init__, made.__eq__, made.__hash__ = first, _equal, _hash
    if made.__repr__ is object.__repr__:
        made.__repr__ = _shown
    return cast(type[T], made)


def _init(cls: Any) -> Any:
    """What takes a value for each field, in their order or by name, and knows their defaults."""
    known: dict[str, object] = {}
    takes, sets = ["self"], ["pass"]
    for each in fields(cls):
        name, value = each.name, each.name
        if each.default_factory is not MISSING:
            known[f"_{name}"], known[f"_{name}_made"] = MISSING, each.default_factory
            value = f"_{name}_made() if {name} is _{name} else {name}"
        elif each.default is not MISSING:
            known[f"_{name}"] = each.default
        takes.append(f"{name}=_{name}" if f"_{name}" in known else name)
        sets.append(f"self.{name} = {value}")
    exec(f"def __init__({', '.join(takes)}): {'; '.join(sets)}", known)  # as the library itself does
    made: Any = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _reader(names: tuple[str, ...]) -> Callable[[object], object]:
    """What reads all values of an object of the class at once."""
    return staticmethod(attrgetter(*names) if names else lambda one: ())


def _equal(one: Any, other: Any) -> Any:
    if one.__class__ is not other.__class__:
        return NotImplemented
    return one._values(one) == one._values(other)


def _hash(one: Any) -> int:
    return hash((one.__class__, one._values(one)))


def _shown(one: Any) -> str:
    told = ", ".join(f"{each.name}={getattr(one, each.name)!r}" for each in fields(one))
    return f"{type(one).__qualname__}({told})"

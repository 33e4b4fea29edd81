"""Classes of plain values: they do all that a frozen dataclass with slots does, short of refusing at run time."""

from __future__ import annotations

import copy
import pickle
from dataclasses import asdict, field, fields, replace

import pytest

from sitbreak.core.frozen import frozen


@frozen
class Place:
    """Two values, one with a default."""

    name: str
    floor: int = 0


@frozen
class Room(Place):
    """One value more."""

    door: str = ""


@frozen
class Shelf:
    """A value that is made for each object."""

    books: list[str] = field(default_factory=list)


@frozen
class Nothing:
    """No values at all."""


@frozen
class Nowhere:
    """No values either."""


@frozen
class Named:
    """Says itself how it is shown."""

    name: str

    def __repr__(self) -> str:
        """In brackets."""
        return f"<{self.name}>"


def test_equal_values_are_equal_and_found_in_a_set() -> None:
    """By value, not by identity."""
    assert Place("hall", 1) == Place("hall", 1)
    assert Place("hall", 1) != Place("hall", 2)
    assert len({Place("hall"), Place("hall"), Place("yard")}) == 2
    assert Nothing() == Nothing()
    assert len({Nothing(), Nothing()}) == 1


def test_another_class_with_the_same_values_is_not_equal() -> None:
    """Nor is a subclass, nor what is no such class."""
    assert Place("hall") != Room("hall")
    others: list[object] = [Nothing(), Nowhere(), Place("hall"), ("hall", 0)]
    assert len(set(others)) == 4


def test_it_is_shown_with_its_values() -> None:
    """By name, those of a class above it too; a class may say it differently."""
    assert repr(Room("hall", 1, "left")) == "Room(name='hall', floor=1, door='left')"
    assert repr(Nothing()) == "Nothing()"
    assert repr(Named("hall")) == "<hall>"


def test_the_tools_of_dataclasses_know_it() -> None:
    """Made anew with a change, told as a dict, matched by position."""
    assert replace(Place("hall"), floor=3) == Place("hall", 3)
    assert asdict(Room("hall", 1, "left")) == {"name": "hall", "floor": 1, "door": "left"}
    assert [each.name for each in fields(Room)] == ["name", "floor", "door"]
    match Place("hall", 2):
        case Place(name, floor):
            assert (name, floor) == ("hall", 2)


def test_it_is_small_and_can_be_copied() -> None:
    """It has slots and no dict, and a copy of any kind is equal."""
    room = Room("hall", 1, "left")
    assert not hasattr(room, "__dict__")
    assert copy.deepcopy(room) == room == pickle.loads(pickle.dumps(room))


def test_values_are_given_in_order_or_by_name_and_a_default_is_made_anew() -> None:
    """As with any dataclass: what has no default is asked for, and no two objects share a list."""
    assert Room("hall", door="oak") == Room(door="oak", floor=0, name="hall")
    with pytest.raises(TypeError, match="name"):
        Room()  # type: ignore[call-arg]
    assert Shelf().books is not Shelf().books
    assert Shelf(["one"]).books == ["one"]


def test_a_class_below_may_begin_in_its_own_way() -> None:
    """Its own beginning stays its own, whichever of the two has its first object first."""

    class Attic(Place):
        def __init__(self) -> None:
            super().__init__("attic", 3)

    assert (Attic().floor, Attic().name) == (3, "attic")
    assert Place("hall").floor == 0

"""A menu as the bus sees it: numbered entries with properties, and how two menus differ."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.tray.library import pystray

if TYPE_CHECKING:
    from dbus_fast import Variant

ROOT = 0


@dataclass(slots=True)
class Tree:
    """A menu with its entries numbered from the top, after `base`: entry number -> properties, children, item."""

    base: int
    properties: dict[int, dict[str, Variant]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    items: dict[int, Any] = field(default_factory=dict)

    @property
    def shape(self) -> list[tuple[list[int], str, tuple[str, ...]]]:
        """All that makes another menu of it when it changes: order, nesting, keys, and which properties there are."""
        return [
            ([child - self.base for child in children], self._key(number), tuple(sorted(self.properties[number])))
            for number, children in self.children.items()
        ]

    @property
    def last(self) -> int:
        """The highest number in use."""
        return max(self.children)

    def _key(self, number: int) -> str:
        return getattr(self.items.get(number), "key", "")


def tree_of(menu: Iterable[Any], base: int) -> Tree:
    """Numbers the items of a pystray menu, the first as `base` + 1."""
    from dbus_fast import Variant

    tree = Tree(base, {ROOT: {"children-display": Variant("s", "submenu")}}, {ROOT: []})
    numbers = itertools.count(base + 1)

    def add(items: Iterable[Any], parent: int) -> None:
        for item in items:
            number = next(numbers)
            tree.children[parent].append(number)
            tree.children[number] = []
            tree.items[number] = item
            tree.properties[number] = _properties(item)
            add(item.submenu or (), number)

    add(menu, ROOT)
    return tree


def _properties(item: Any) -> dict[str, Variant]:
    from dbus_fast import Variant

    if item is pystray().Menu.SEPARATOR:
        return {"type": Variant("s", "separator"), "visible": Variant("b", True)}
    told = {
        "label": Variant("s", item.text.replace("_", "__")),  # a single one would mark an access key
        "enabled": Variant("b", bool(item.enabled)),
        "visible": Variant("b", True),
    }
    if item.checked is not None:
        told["toggle-type"] = Variant("s", "radio" if item.radio else "checkmark")
        told["toggle-state"] = Variant("i", int(bool(item.checked)))
    if item.submenu:
        told["children-display"] = Variant("s", "submenu")
    return told


def _separator() -> Any:
    from sitbreak.adapters.tray.library import pystray

    return pystray().Menu.SEPARATOR


def changes(old: Tree, new: Tree) -> list[list[Any]]:
    """What became different: [number, {property: new value}] of each entry that changed."""
    changed: list[list[Any]] = []
    for number, properties in new.properties.items():
        before = old.properties[number]
        different = {name: value for name, value in properties.items() if before[name] != value}
        if different:
            changed.append([number, different])
    return changed

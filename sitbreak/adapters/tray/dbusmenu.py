"""The tray menu over D-Bus (com.canonical.dbusmenu): the tree of its entries, what changed, and the calls of the host.

Entries keep their numbers while the structure stays the same, so that a changed label reaches a menu that is open
without closing it. A new structure gets new numbers: a late click on an entry that is gone then hits nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.bus.exported import BAD_ARGUMENTS, CallRefused, Exported, Method
from sitbreak.ports import SEPARATOR, MenuEntry

if TYPE_CHECKING:
    from dbus_fast import Variant
    from dbus_fast.aio import MessageBus


ROOT = 0


@dataclass(slots=True)
class Tree:
    """A menu with its entries numbered from the top, after `base`: entry number -> properties, children, entry."""

    base: int
    properties: dict[int, dict[str, Variant]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    entries: dict[int, MenuEntry] = field(default_factory=dict)

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
        return self.entries[number].key if number in self.entries else ""


def tree_of(menu: Iterable[MenuEntry], base: int) -> Tree:
    """Numbers the entries of a menu, the first as `base` + 1."""
    from dbus_fast import Variant

    tree = Tree(base, {ROOT: {"children-display": Variant("s", "submenu")}}, {ROOT: []})
    numbers = itertools.count(base + 1)

    def add(entries: Iterable[MenuEntry], parent: int) -> None:
        for entry in entries:
            number = next(numbers)
            tree.children[parent].append(number)
            tree.children[number] = []
            tree.entries[number] = entry
            tree.properties[number] = _properties(entry)
            add(entry.children, number)

    add(menu, ROOT)
    return tree


def _properties(entry: MenuEntry) -> dict[str, Variant]:
    from dbus_fast import Variant

    if entry.label == SEPARATOR:
        return {"type": Variant("s", "separator"), "visible": Variant("b", True)}
    told = {
        "label": Variant("s", entry.label.replace("_", "__")),  # a single one would mark an access key
        "enabled": Variant("b", entry.enabled and bool(entry.key or entry.children)),
        "visible": Variant("b", True),
    }
    if entry.checked is not None:
        told["toggle-type"] = Variant("s", "checkmark")
        told["toggle-state"] = Variant("i", int(entry.checked))
    if entry.children:
        told["children-display"] = Variant("s", "submenu")
    return told


def changes(old: Tree, new: Tree) -> list[list[Any]]:
    """What became different: [number, {property: new value}] of each entry that changed."""
    changed: list[list[Any]] = []
    for number, properties in new.properties.items():
        before = old.properties[number]
        different = {name: value for name, value in properties.items() if before[name] != value}
        if different:
            changed.append([number, different])
    return changed


PATH = "/MenuBar"
INTERFACE = "com.canonical.dbusmenu"
VERSION = 3
XML = f"""<node><interface name="{INTERFACE}">
<property name="Version" type="u" access="read"/><property name="TextDirection" type="s" access="read"/>
<property name="Status" type="s" access="read"/><property name="IconThemePath" type="as" access="read"/>
<method name="GetLayout"><arg type="i" direction="in"/><arg type="i" direction="in"/><arg type="as" direction="in"/>
<arg type="u" direction="out"/><arg type="(ia{{sv}}av)" direction="out"/></method>
<method name="GetGroupProperties"><arg type="ai" direction="in"/><arg type="as" direction="in"/>
<arg type="a(ia{{sv}})" direction="out"/></method>
<method name="GetProperty"><arg type="i" direction="in"/><arg type="s" direction="in"/>
<arg type="v" direction="out"/></method>
<method name="Event"><arg type="i" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="in"/>
<arg type="u" direction="in"/></method>
<method name="EventGroup"><arg type="a(isvu)" direction="in"/><arg type="ai" direction="out"/></method>
<method name="AboutToShow"><arg type="i" direction="in"/><arg type="b" direction="out"/></method>
<method name="AboutToShowGroup"><arg type="ai" direction="in"/><arg type="ai" direction="out"/>
<arg type="ai" direction="out"/></method>
<signal name="LayoutUpdated"><arg type="u"/><arg type="i"/></signal>
<signal name="ItemsPropertiesUpdated"><arg type="a(ia{{sv}})"/><arg type="a(ias)"/></signal>
</interface></node>"""


class DBusMenu:
    """The menu object. `chosen(key)` is called on the bus loop with the key of the entry that was chosen."""

    def __init__(self, chosen: Callable[[str], None]) -> None:
        self._chosen = chosen
        self._revision = 1
        self._tree = tree_of((), ROOT)
        self.object = Exported(PATH, INTERFACE, self._own_properties, self._methods(), XML)

    def update(self, menu: Sequence[MenuEntry], bus: MessageBus | None) -> None:
        """Shows `menu` from now on and tells those who display it what is different."""
        old, new = self._tree, tree_of(menu, self._tree.base)
        if new.shape == old.shape:
            self._tree = new
            changed = changes(old, new)
            if bus is not None and changed:
                self.object.signal(bus, "ItemsPropertiesUpdated", "a(ia{sv})a(ias)", [changed, []])
            return
        self._tree = tree_of(menu, old.last)
        self._revision += 1
        if bus is not None:
            self.object.signal(bus, "LayoutUpdated", "ui", [self._revision, ROOT])

    def _methods(self) -> MappingProxyType[str, Method]:
        return MappingProxyType(
            {
                "GetLayout": Method("iias", "u(ia{sv}av)", self._get_layout),
                "GetGroupProperties": Method("aias", "a(ia{sv})", self._get_group_properties),
                "GetProperty": Method("is", "v", self._get_property),
                "Event": Method("isvu", "", self._event),
                "EventGroup": Method("a(isvu)", "ai", self._event_group),
                "AboutToShow": Method("i", "b", lambda number: [False]),
                "AboutToShowGroup": Method("ai", "aiai", lambda numbers: [[], []]),
            }
        )

    def _own_properties(self) -> dict[str, Variant]:
        from dbus_fast import Variant

        return {
            "Version": Variant("u", VERSION),
            "TextDirection": Variant("s", "ltr"),
            "Status": Variant("s", "normal"),
            "IconThemePath": Variant("as", []),
        }

    def _get_layout(self, parent: int, depth: int, names: list[str]) -> list[Any]:
        if parent not in self._tree.children:
            raise CallRefused(BAD_ARGUMENTS, f"there is no menu entry {parent} any more")
        return [self._revision, self._layout(parent, depth, names)]

    def _layout(self, number: int, depth: int, names: list[str]) -> list[Any]:
        from dbus_fast import Variant

        below = self._tree.children[number] if depth != 0 else []
        children = [Variant("(ia{sv}av)", self._layout(child, depth - 1, names)) for child in below]
        return [number, self._told(number, names), children]

    def _told(self, number: int, names: list[str]) -> dict[str, Variant]:
        return {name: value for name, value in self._tree.properties[number].items() if not names or name in names}

    def _get_group_properties(self, numbers: list[int], names: list[str]) -> list[Any]:
        known = [number for number in numbers or self._tree.properties if number in self._tree.properties]
        return [[[number, self._told(number, names)] for number in known]]

    def _get_property(self, number: int, name: str) -> list[Any]:
        try:
            return [self._tree.properties[number][name]]
        except KeyError:
            raise CallRefused(BAD_ARGUMENTS, f"menu entry {number} has no {name}") from None

    def _event(self, number: int, kind: str, *_: Any) -> Sequence[Any]:
        entry = self._tree.entries.get(number)
        if kind == "clicked" and entry is not None and entry.enabled and entry.key and not entry.children:
            self._chosen(entry.key)
        return ()

    def _event_group(self, events: list[list[Any]]) -> list[Any]:
        for event in events:
            self._event(*event)
        return [[number for number, *_ in events if number not in self._tree.children]]

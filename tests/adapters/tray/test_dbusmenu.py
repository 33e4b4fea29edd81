"""The tray menu on the bus, and the item beside it."""

from __future__ import annotations

from typing import Any

import pytest
from dbus_fast import Message, Variant

from sitbreak.adapters.bus.exported import PROPERTIES
from sitbreak.adapters.tray.dbusmenu import INTERFACE, PATH, DBusMenu
from sitbreak.adapters.tray.sni_item import Item, TrayLook, packed
from sitbreak.ports import MenuEntry

ENTRIES = (
    MenuEntry("About 20 min"),
    MenuEntry("-"),
    MenuEntry("Start", "start", default=True),
    MenuEntry("Pause", children=(MenuEntry("30_min", "pause-30"),)),
    MenuEntry("Desk is up", "stand", checked=True),
    MenuEntry("Walk this call", "walk", enabled=False),
)


class Wire:
    """Stands in for a connection: keeps the signals that are sent."""

    def __init__(self) -> None:
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        """Keeps it."""
        self.sent.append(message)


def ask(menu: DBusMenu, member: str, signature: str = "", *body: Any, interface: str = INTERFACE) -> Message:
    """The menu's reply to a call."""
    call = Message(
        destination=":1.1",
        path=PATH,
        interface=interface,
        member=member,
        signature=signature,
        body=list(body),
        serial=1,
    )
    reply = menu.object.answer(call)
    assert reply is not None
    return reply


def layout(menu: DBusMenu) -> list[Any]:
    """The whole layout: entry number, properties, children."""
    return list(ask(menu, "GetLayout", "iias", 0, -1, []).body[1])


def shown(entries: tuple[MenuEntry, ...], chosen: list[str]) -> tuple[DBusMenu, Any]:
    """A menu with these entries, and the connection its signals go to."""
    wire: Any = Wire()
    menu = DBusMenu(chosen.append)
    menu.update(entries, wire)
    wire.sent.clear()
    return menu, wire


def numbers(menu: DBusMenu) -> dict[str, int]:
    """The entry numbers by label."""
    known = ask(menu, "GetGroupProperties", "aias", [], ["label"]).body[0]
    return {properties["label"].value: number for number, properties in known if "label" in properties}


def test_the_layout_tells_everything() -> None:
    """Labels, separators, submenus, checkmarks and disabled entries are told in the protocol's words."""
    menu, _ = shown(ENTRIES, [])
    told = [child.value for child in layout(menu)[2]]
    assert [entry[1].get("label", Variant("s", "-")).value for entry in told] == [e.label for e in ENTRIES]
    assert told[0][1]["enabled"].value is False
    assert told[1][1]["type"].value == "separator"
    assert told[3][1]["children-display"].value == "submenu"
    assert told[3][2][0].value[1]["label"].value == "30__min"
    assert told[4][1]["toggle-state"].value == 1
    assert told[5][1]["enabled"].value is False


def test_a_new_label_keeps_the_numbers() -> None:
    """Only what changed is sent, as properties of the same entry: an open menu stays open."""
    menu, wire = shown(ENTRIES, [])
    before = numbers(menu)
    menu.update((MenuEntry("About 21 min"), *ENTRIES[1:]), wire)
    assert [(message.member, message.body) for message in wire.sent] == [
        ("ItemsPropertiesUpdated", [[[before["About 20 min"], {"label": Variant("s", "About 21 min")}]], []])
    ]
    assert numbers(menu)["Start"] == before["Start"]


def test_nothing_new_sends_nothing() -> None:
    """The same entries again are not a change."""
    menu, wire = shown(ENTRIES, [])
    menu.update(ENTRIES, wire)
    assert wire.sent == []


@pytest.mark.parametrize("entries", [ENTRIES[:-1], (ENTRIES[2], *ENTRIES[1:]), (*ENTRIES, MenuEntry("Quit", "quit"))])
def test_another_structure_gets_new_numbers(entries: tuple[MenuEntry, ...]) -> None:
    """Entries that come, go or mean something else make a new layout, and no number is used for two things."""
    menu, wire = shown(ENTRIES, [])
    before = set(numbers(menu).values())
    menu.update(entries, wire)
    assert [message.member for message in wire.sent] == ["LayoutUpdated"]
    assert before.isdisjoint(numbers(menu).values())


def test_a_click_calls_the_entry() -> None:
    """The key of the entry reaches `chosen`, for entries of a submenu too, singly and in groups."""
    chosen: list[str] = []
    menu, _ = shown(ENTRIES, chosen)
    number = numbers(menu)
    ask(menu, "Event", "isvu", number["Start"], "clicked", Variant("i", 0), 0)
    ask(menu, "EventGroup", "a(isvu)", [[number["30__min"], "clicked", Variant("i", 0), 0]])
    assert chosen == ["start", "pause-30"]


def test_late_and_idle_clicks_hit_nothing() -> None:
    """Clicks on entries that are gone, disabled or mere labels, and hovering, choose nothing."""
    chosen: list[str] = []
    menu, wire = shown(ENTRIES, chosen)
    number = numbers(menu)
    for label in ("Walk this call", "About 20 min", "Pause"):
        ask(menu, "Event", "isvu", number[label], "clicked", Variant("i", 0), 0)
    ask(menu, "Event", "isvu", number["Start"], "hovered", Variant("i", 0), 0)
    menu.update(ENTRIES[3:], wire)
    ask(menu, "Event", "isvu", number["Start"], "clicked", Variant("i", 0), 0)
    assert chosen == []


def test_wrong_calls_are_refused_by_name() -> None:
    """Unknown methods, wrong arguments and entries that are gone get a D-Bus error, not a crash."""
    menu, _ = shown(ENTRIES, [])
    errors = [
        ask(menu, "Dance").error_name,
        ask(menu, "Event", "s", "clicked").error_name,
        ask(menu, "GetLayout", "iias", 9999, -1, []).error_name,
        ask(menu, "GetProperty", "is", 9999, "label").error_name,
        ask(menu, "Get", "ss", INTERFACE, "Nothing", interface=PROPERTIES).error_name,
        ask(menu, "Set", "ssv", INTERFACE, "Version", Variant("u", 1), interface=PROPERTIES).error_name,
    ]
    assert [str(error).rsplit(".", 1)[-1] for error in errors] == [
        "UnknownMethod", "InvalidArgs", "InvalidArgs", "InvalidArgs", "UnknownProperty", "PropertyReadOnly",
    ]  # fmt: skip


def item_property(item: Item, name: str) -> Any:
    """A property of the tray item as a host reads it."""
    call = Message(
        destination=":1.1",
        path=item.object.path,
        interface=PROPERTIES,
        member="Get",
        signature="ss",
        body=[item.object.interface, name],
        serial=1,
    )
    reply = item.object.answer(call)
    assert reply is not None
    return reply.body[0].value


def test_the_tooltip_has_a_title_and_escaped_lines() -> None:
    """The first line is the title; the rest cannot be taken for mark-up."""
    item = Item(TrayLook("sitbreak", "20 min\n< 30 & more"), lambda x, y: None)
    assert item_property(item, "ToolTip") == ["", [], "20 min", "&lt; 30 &amp; more"]
    assert item_property(item, "Title") == "20 min"


def test_pixels_are_sent_alpha_first() -> None:
    """The protocol wants ARGB in network byte order."""
    assert packed(1, bytes((1, 2, 3, 4))) == (1, 1, bytes((4, 1, 2, 3)))


def test_a_left_click_activates() -> None:
    """Activate and SecondaryActivate call the default; ContextMenu and Scroll do nothing."""
    seen: list[str] = []
    item = Item(TrayLook("sitbreak"), lambda x, y: seen.append("activated"))
    for member in ("Activate", "SecondaryActivate", "ContextMenu"):
        message = Message(
            destination=":1.1",
            path=item.object.path,
            interface=item.object.interface,
            member=member,
            signature="ii",
            body=[0, 0],
            serial=1,
        )
        item.object.answer(message)
    assert seen == ["activated", "activated"]

"""The tray item on the bus (org.kde.StatusNotifierItem): its icon, tooltip, and what a click on it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sitbreak.adapters.bus.exported import Exported, Method
from sitbreak.adapters.tray.dbusmenu import PATH as MENU_PATH
from sitbreak.core.text import escaped

if TYPE_CHECKING:
    from dbus_fast import Variant
    from dbus_fast.aio import MessageBus

PATH = "/StatusNotifierItem"
INTERFACE = "org.kde.StatusNotifierItem"
_STRINGS = ("Category", "Id", "Title", "Status", "IconName", "IconThemePath", "OverlayIconName", "AttentionIconName")
_PICTURES = ("IconPixmap", "OverlayIconPixmap", "AttentionIconPixmap")


def _xml() -> str:
    types = {**dict.fromkeys((*_STRINGS, "AttentionMovieName"), "s"), **dict.fromkeys(_PICTURES, "a(iiay)")}
    types |= {"WindowId": "i", "ToolTip": "(sa(iiay)ss)", "ItemIsMenu": "b", "Menu": "o"}
    properties = "".join(f'<property name="{name}" type="{type_}" access="read"/>' for name, type_ in types.items())
    position = '<arg type="i" direction="in"/><arg type="i" direction="in"/>'
    methods = "".join(
        f'<method name="{name}">{position}</method>' for name in ("Activate", "SecondaryActivate", "ContextMenu")
    )
    scroll = '<method name="Scroll"><arg type="i" direction="in"/><arg type="s" direction="in"/></method>'
    signals = "".join(f'<signal name="{name}"/>' for name in ("NewTitle", "NewIcon", "NewToolTip"))
    status = '<signal name="NewStatus"><arg type="s"/></signal>'
    return f'<node><interface name="{INTERFACE}">{properties}{methods}{scroll}{signals}{status}</interface></node>'


@dataclass(slots=True)
class TrayLook:
    """What the item shows: `pictures` are its icon in several sizes, as the bus wants them."""

    name: str
    title: str = ""
    pictures: tuple[tuple[int, int, bytes], ...] = ()
    opens_menu: bool = True  # a click opens the menu, since there is no default entry


def packed(size: int, pixels: bytes) -> tuple[int, int, bytes]:
    """A square picture as the protocol wants it: width, height, and pixels with alpha first, not last as ours."""
    turned = bytearray(len(pixels))
    for channel in range(4):
        turned[(channel + 1) % 4 :: 4] = pixels[channel::4]
    return size, size, bytes(turned)


class Item:
    """The item object. `activated(x, y)` is called on the bus loop on a left or middle click, with the icon's place."""

    def __init__(self, look: TrayLook, activated: Callable[[int, int], None]) -> None:
        self.look = look
        self._activated = activated
        click = Method("ii", "", self._click)
        ignored = Method("ii", "", lambda x, y: ())
        self.object = Exported(
            PATH,
            INTERFACE,
            self._properties,
            {
                "Activate": click,
                "SecondaryActivate": click,
                "ContextMenu": ignored,
                "Scroll": Method("is", "", lambda delta, orientation: ()),
            },
            _xml(),
        )

    def tell(self, bus: MessageBus, *changed: str) -> None:
        """Sends the signals that make hosts read again: NewIcon, NewTitle, NewToolTip, or ItemIsMenu as it is now."""
        for signal in changed:
            if signal == "ItemIsMenu":
                self.object.changed(bus, signal)
            else:
                self.object.signal(bus, signal)

    def _click(self, x: int, y: int) -> Sequence[Any]:
        self._activated(x, y)
        return ()

    def _properties(self) -> dict[str, Variant]:
        from dbus_fast import Variant

        look = self.look
        strings = {
            "Category": "ApplicationStatus",
            "Id": look.name,
            "Title": look.title.partition("\n")[0] or look.name,
            "Status": "Active",
        }
        properties = {name: Variant("s", strings.get(name, "")) for name in (*_STRINGS, "AttentionMovieName")}
        properties |= {name: Variant("a(iiay)", []) for name in _PICTURES}
        properties["IconPixmap"] = Variant("a(iiay)", [list(picture) for picture in look.pictures])
        properties["WindowId"] = Variant("i", 0)
        properties["ToolTip"] = Variant("(sa(iiay)ss)", self._tooltip())
        properties["ItemIsMenu"] = Variant("b", look.opens_menu)
        properties["Menu"] = Variant("o", MENU_PATH)
        return properties

    def _tooltip(self) -> list[Any]:
        """The first line is the title; the rest may hold mark-up by the protocol, so it is escaped."""
        title, _, rest = self.look.title.partition("\n")
        return ["", [], title or self.look.name, escaped(rest)]

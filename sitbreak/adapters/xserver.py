"""A connection to an X server that gets the input of the whole desktop, which XWayland does not."""

from __future__ import annotations

import os
import socket
from contextlib import closing
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sitbreak.language import _

if TYPE_CHECKING:
    from Xlib.display import Display


# What python-xlib would load at each connection, where the server has it, and nothing of ours asks for: 0.3 MB.
UNUSED = frozenset(
    {"Composite", "DAMAGE", "DPMS", "NV-CONTROL", "SECURITY", "SHAPE", "X-Resource", "XFIXES", "XINERAMA"}
)


class XUnusable(Exception):
    """There is no such X server; the message is one sentence for people."""


def opened(name: str | None = None) -> Display:
    """The display `name`, else $DISPLAY; raises what python-xlib raises, and OSError.

    A server of this machine is sought at its own socket first: where that is closed python-xlib would go on to a TCP
    port, and leave both sockets open.
    """
    from Xlib import ext
    from Xlib.display import Display

    library: Any = ext
    library.__extensions__ = [each for each in library.__extensions__ if each[0] not in UNUSED]
    host, _colon, number = (os.environ.get("DISPLAY", "") if name is None else name).rpartition(":")
    number = number.partition(".")[0]
    if host in ("", "unix") and number.isdecimal():
        path = f"/tmp/.X11-unix/X{number}"
        with closing(socket.socket(socket.AF_UNIX)) as tried:
            tried.connect(path if os.path.exists(path) else f"\0{path}")
    return Display(name)


def connected(name: str | None = None) -> Display:
    """The display `name`, else $DISPLAY, with XInput 2; raises XUnusable, also for XWayland."""
    from Xlib.error import ConnectionClosedError, DisplayError, XauthError
    from Xlib.ext import xinput

    _event_numbers_by_connection()
    try:
        display = opened(name)
        if not display.has_extension(xinput.extname):
            refused = _("This X server has no XInput 2.")
        elif _is_xwayland(display):
            refused = _("This X server is XWayland, where an X program gets the input of X programs only.")
        else:
            return display
    except (DisplayError, XauthError, ConnectionClosedError, OSError) as error:
        raise XUnusable(_("The X server cannot be reached: {why}.", why=_why(error))) from error
    display.close()
    raise XUnusable(refused)


def _why(error: Exception) -> str:
    """The server's own words, which python-xlib leaves as bytes (no place, no right), or the error's."""
    words = getattr(error, "msg", None)
    return words.decode("ascii", "replace").strip().rstrip(".") if isinstance(words, bytes) else str(error)


def _is_xwayland(display: Display) -> bool:
    """By the names of its devices, and of its outputs: on a headless seat it has no device."""
    server: Any = display
    names = [device.name for device in server.xinput_query_device(0).devices]
    if display.has_extension("RANDR"):
        found = server.screen().root.xrandr_get_screen_resources_current()
        names += [server.xrandr_get_output_info(each, found.config_timestamp).name for each in found.outputs]
    return any("xwayland" in name.lower() for name in names)


def _event_numbers_by_connection() -> None:
    """python-xlib keeps the numbers of extension events for the whole process, but each X server has its own.

    Without this the second server of a process (the X server was replaced) cannot be connected to at all.
    """
    from Xlib.protocol import display, event

    numbers = cached_property(lambda connection: event.event_class.copy())
    numbers.__set_name__(display.Display, "event_classes")
    library: Any = display.Display
    library.event_classes = numbers

"""Which programs a desktop test needs, and which of them this machine lacks."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

X_DESK = ("Xvfb", "dbus-daemon", "import", "openbox", "setpriv", "xdotool")
"""What every X desktop is made of; also what a test needs that says no more than `desktop`."""

GNOME = ("dbus-daemon", "dbusmock", "dconf-service", "gjs", "gnome-shell", "gsettings", "setpriv")
"""What a GNOME without a screen is made of."""

FIXTURES = {
    "desk_factory": X_DESK,
    "full_desk": ("xfce4-notifyd", "xfce4-panel", "xfconfd"),
    "sway": ("dbus-daemon", "setpriv", "sway", "swaymsg"),
    "sway_with_x": ("Xwayland", "dbus-daemon", "setpriv", "sway", "swaymsg", "xdotool", "xhost"),
    "gnome": GNOME,
    "gnome_with_x": ("Xwayland", *GNOME),
    "mocked_system_bus": ("dbus-daemon", "dbusmock", "setpriv"),
}
"""What the shared fixtures start."""

# Where distributions put programs that are not meant to be typed, and the system Python's packages.
PLACES = (
    *(
        "libexec",
        "libexec/*",
        "lib/*/xfce4/xfconf",
        "lib/*/xfce4/notifyd",
        "lib/*/libexec",
        "lib/mate-*",
        "lib/xfce4/*",
        "lib/at-spi2-core",
        "lib/wine",
    ),
    "lib/python3/dist-packages",
    *("lib/node_modules/axe-core", "local/lib/node_modules/axe-core"),
    "share/glib-2.0/schemas",
    "share/plasma/shells",
    "share/gnome-shell/extensions",
)


def programs(fixtures: Collection[str], named: Iterable[str]) -> set[str]:
    """What a test needs that uses these fixtures and names these programs in its `desktop` mark."""
    known = {program for fixture in FIXTURES.keys() & set(fixtures) for program in FIXTURES[fixture]}
    return known | set(named) or set(X_DESK)


def missing(needed: Iterable[str]) -> set[str]:
    """Those of `needed` that are not here; all of them where there is no X or Wayland to begin with."""
    if not sys.platform.startswith("linux"):
        return set(needed)
    return {program for program in needed if shutil.which(program) is None and hidden(program) is None}


def hidden(program: str) -> Path | None:
    """The path of a program that is kept out of PATH, or None."""
    found = (path for place in PLACES for path in Path("/usr").glob(f"{place}/{program}"))
    return next(found, None)

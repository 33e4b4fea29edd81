"""Which sort of login session this is, and why a source for another sort must not be used in it."""

from __future__ import annotations

from sitbreak.ports import Env, NotViable

DESKTOPS_WITHOUT_X = ("win32", "darwin", "cygwin")


def is_wayland(env: Env) -> bool:
    """Whether the session is a Wayland one; a DISPLAY beside it is then XWayland."""
    if env.platform in DESKTOPS_WITHOUT_X:
        return False
    return env.variables.get("XDG_SESSION_TYPE", "") == "wayland" or bool(env.variables.get("WAYLAND_DISPLAY"))


def x11_reason(env: Env) -> NotViable | None:
    """Why an X source cannot work here; None in an X11 session."""
    if env.platform in DESKTOPS_WITHOUT_X:
        return NotViable("this system has no X server")
    if is_wayland(env):
        return NotViable("under Wayland an X program only sees input to other X programs")
    if not env.variables.get("DISPLAY"):
        return NotViable("DISPLAY is not set", "start it from within the desktop session")
    return None


def wayland_reason(env: Env) -> NotViable | None:
    """Why a Wayland source cannot work here; None in a Wayland session."""
    if is_wayland(env):
        return None
    return NotViable("this is not a Wayland session")

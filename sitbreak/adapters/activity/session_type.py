"""Which input can be asked for in this login session. What the display really is shows when it is asked.

XDG_SESSION_TYPE may be left over from where the session was started (a console, a VNC server, a nested one), so it
refuses nothing: an X server says itself that it is XWayland, and no compositor answers where there is none.
"""

from __future__ import annotations

from sitbreak.ports import Env, NotViable

DESKTOPS_WITHOUT_X = ("win32", "darwin", "cygwin")


def x11_reason(env: Env) -> NotViable | None:
    """Why there is no X server to ask; None where there may be one."""
    if env.platform in DESKTOPS_WITHOUT_X:
        return NotViable("this system has no X server")
    if not env.variables.get("DISPLAY"):
        return NotViable("DISPLAY is not set", "start it from within the desktop session")
    return None


def wayland_reason(env: Env) -> NotViable | None:
    """Why there is no compositor to ask; None where there may be one."""
    named = env.variables.get("XDG_SESSION_TYPE", "") == "wayland" or env.variables.get("WAYLAND_DISPLAY")
    if named and env.platform not in DESKTOPS_WITHOUT_X:
        return None
    return NotViable("this is not a Wayland session")

"""Where shortcuts cannot be had, and what to do there."""

from __future__ import annotations

import importlib.util
import logging

from sitbreak.language import N_, _
from sitbreak.ports import Env, NotViable

log = logging.getLogger(__name__)
BIND = N_(
    "In the keyboard settings of your desktop, bind keys to `sitbreak break`, `sitbreak answer snooze`, "
    "`sitbreak answer not-now` or `sitbreak pause 60`."
)


class HotkeysUnavailable(Exception):
    """Shortcuts cannot be had here after all; the message is one sentence for people."""


def x11_reason(env: Env) -> NotViable | None:
    """Why there is no X server to ask for shortcuts; None where there may be one, which tells if it is XWayland."""
    reason = env.no_x11()
    if reason is not None and not env.no_wayland():
        return NotViable(_("Wayland lets no program listen for shortcuts of its own."), _(BIND))
    return reason


def missing(module: str) -> NotViable | None:
    """Says that a Python package is not there; None when it is."""
    if importlib.util.find_spec(module) is None:
        return NotViable(_("The Python package that brings {module} is not installed.", module=module), _(BIND))
    return None


def tell_taken(combination: str) -> None:
    """Logs that the system did not grant a combination."""
    log.warning(
        "%s is taken by another program, or not on this keyboard; the other shortcuts work, and the settings "
        "can name another (hotkeys).",
        combination,
    )

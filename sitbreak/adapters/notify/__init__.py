"""Notifications: the desktop's own first, then simpler ways, so that a prompt is never lost without a word."""

from sitbreak.adapters.notify.chain import NotifierChain
from sitbreak.adapters.notify.desktop_notifier import DesktopNotes
from sitbreak.adapters.notify.freedesktop import FreedesktopNotes
from sitbreak.adapters.notify.plain_notes import OsascriptNotes, PlyerNotes, TerminalNotes

__all__ = [
    "CANDIDATES",
    "DesktopNotes",
    "FreedesktopNotes",
    "NotifierChain",
    "OsascriptNotes",
    "PlyerNotes",
    "TerminalNotes",
]

# In the order they are tried. All are built alike: (chosen, dismissed, thread, icon). None of them shows nothing and
# calls that delivered.
CANDIDATES = (FreedesktopNotes, DesktopNotes, OsascriptNotes, PlyerNotes, TerminalNotes)

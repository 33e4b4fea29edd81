"""The break window: a card or full screen in a child process, a countdown in the terminal, or nothing."""

from sitbreak.adapters.breakwindow.null import NullWindow
from sitbreak.adapters.breakwindow.qt_child import QtWindow
from sitbreak.adapters.breakwindow.terminal import TerminalWindow

__all__ = ["CANDIDATES", "NullWindow", "QtWindow", "TerminalWindow"]

CANDIDATES = (QtWindow, TerminalWindow, NullWindow)  # in the order they are tried

"""The break window: a card or full screen in a child process, or a countdown in the terminal."""

from sitbreak.adapters.breakwindow.qt_child import QtWindow
from sitbreak.adapters.breakwindow.terminal import TerminalWindow

__all__ = ["QtWindow", "TerminalWindow"]

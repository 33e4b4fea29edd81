"""A window that goes full screen, back and again, one step for each line it is sent, and closes at the end."""

from __future__ import annotations

import sys
from threading import Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget


class Steps(QObject):
    """Brings lines from the reading thread to the window's."""

    line = Signal(str)


def main() -> None:
    """Shows the window until the input ends."""
    app = QApplication(["film"])
    app.setDesktopFileName("org.example.Film")
    window = QWidget()
    steps = Steps()
    steps.line.connect(lambda word: window.showFullScreen() if word == "full" else window.showNormal())
    window.show()

    def read() -> None:
        for line in sys.stdin:
            steps.line.emit(line.strip())

    Thread(target=read, daemon=True).start()
    app.exec()


if __name__ == "__main__":
    main()

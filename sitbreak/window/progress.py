"""How far a break is, for whatever shows it."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer

from sitbreak.window.protocol import BreakRequest


class Progress:
    """How far the break is: runs on from the request's elapsed time; shared by the views of several monitors."""

    def __init__(self, request: BreakRequest) -> None:
        """Starts at the request's elapsed time, unless it is still a prompt."""
        self.request, self.length = request, request.length_s
        self.running = request.kind != "prompt"
        self.level = request.level
        self._base, self._timer = request.elapsed_s, QElapsedTimer()
        self._timer.start()

    def begin(self, length: float) -> None:
        """The break begins now and takes `length` seconds."""
        self.length, self.running, self._base = length, True, 0.0
        self._timer.restart()

    def follow(self, request: BreakRequest) -> None:
        """Keeps to what the daemon says of the break: its length, how far it is, its level."""
        self.length, self.level, self._base = request.length_s, request.level, request.elapsed_s
        self._timer.restart()

    @property
    def elapsed(self) -> float:
        """Seconds since the break began; before it begins, seconds the prompt has been on show (its preview)."""
        return self._base + self._timer.elapsed() / 1000.0

    @property
    def left(self) -> float:
        """Seconds left; below zero after the end."""
        return self.length - self.elapsed if self.running else self.length

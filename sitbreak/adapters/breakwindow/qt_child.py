"""The break window as a child process with Qt: a crash, a hang or 58 MB stay out of the daemon.

A prepared process puts the card on the screen in a fraction of the time of a new one, but holds as much memory as an
open window (tests/bench/bench_window.py measures both). So none is kept all day: {"do": "prepare"} makes one, to be
sent when a prompt is put on show, since an answer is then likely.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import platform
import re
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.breakwindow.child import COMMAND, Child, Message
from sitbreak.language import N_, _, paragraph
from sitbreak.ports import Env, NotViable, Viable, WindowFailed
from sitbreak.settings.installation import FROZEN, how_to_get

QT = "PySide6-Essentials"
SHOWN_WITHIN_S = 5.0
LINGER_S = 0.25  # a close is put off this long: Start withdraws the prompt and opens the break in the same card
# What PySide6's libraries and its X and Wayland plug-ins ask for, as packages that bring the rest with them.
LIBRARIES = (
    *("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libxcb-cursor0", "libxcb-icccm4"),
    *("libxcb-keysyms1", "libxcb-shape0", "libxkbcommon-x11-0", "libwayland-cursor0"),
)
# The oldest glibc that PySide6 6.11 runs on, by processor (the tags of its wheels); with musl it does not.
GLIBC = {"x86_64": (2, 34), "aarch64": (2, 39)}


def installed() -> bool:
    """Whether Qt's widgets are here; looked up without loading them."""
    return any(any(place.glob("QtWidgets*")) for place in _places())


def _places() -> list[Path]:
    spec = importlib.util.find_spec("PySide6")
    return [Path(place) for place in (spec.submodule_search_locations if spec is not None else None) or ()]


def unserved(machine: str, libc: tuple[str, str]) -> str:
    """Why there is no ready-made Qt for a Linux like this, as a sentence; empty where there is one.

    `libc`: its name and version, as `platform.libc_ver` tells them; musl, on Alpine say, has no name there.
    """
    needed = GLIBC.get(machine)
    if needed is None:
        why = _("the processor {machine}", machine=machine)
    elif libc[0] != "glibc":
        why = _("a system without glibc, such as Alpine")
    elif tuple(int(part) for part in libc[1].split(".")[:2]) < needed:
        version = ".".join(map(str, needed))
        why = _(
            "glibc {libc} on {machine}; it wants {version} or newer", libc=libc[1], machine=machine, version=version
        )
    else:
        return ""
    return _("PySide6 is not made for {why}: a break is then a notification, and all else works.", why=why)


def remedy() -> str:
    """What brings Qt to the Python that runs this, as a sentence."""
    if not FROZEN and sys.platform == "linux" and (why := unserved(platform.machine(), platform.libc_ver())):
        return why
    return how_to_get(QT)


def aborts_here() -> bool:
    """PySide6 6.12 ends Python 3.11 after seconds (it miscounts references to None)."""
    return sys.version_info < (3, 12) and any(version >= (6, 12) for place in _places() for version in versions(place))


def versions(place: Path) -> Iterator[tuple[int, ...]]:
    """The versions of PySide6 that the names of the folders beside it tell."""
    for folder in place.parent.glob("*.dist-info"):
        if found := re.fullmatch(r"pyside6_essentials-(\d+)\.(\d+).*", folder.name.casefold()):
            yield tuple(map(int, found.groups()))


def living(variables: Mapping[str, str]) -> dict[str, str]:
    """The variables without the name of a compositor that is gone, where there is an X server to use instead."""
    named, folder = variables.get("WAYLAND_DISPLAY", ""), variables.get("XDG_RUNTIME_DIR", "")
    gone = bool(named and variables.get("DISPLAY")) and not os.path.exists(os.path.join(folder, named))
    return {name: value for name, value in variables.items() if name != "WAYLAND_DISPLAY" or not gone}


def takes_keyboard(variables: Mapping[str, str]) -> bool:
    """Whether a window nobody asked for gets the keyboard: under Wayland, where there is no XWayland to go through."""
    there = living(variables)
    platform = there.get("QT_QPA_PLATFORM", "")
    return platform.startswith("wayland") or (
        not platform and bool(there.get("WAYLAND_DISPLAY")) and not there.get("DISPLAY")
    )


class QtWindow:
    """Opens windows in a child process; `said` is called from that child's listening thread."""

    NAME: ClassVar[str] = "qt"

    def __init__(
        self,
        said: Callable[[Message], None],
        variables: Mapping[str, str] | None = None,
        command: Sequence[str] = COMMAND,
        shown_within_s: float = SHOWN_WITHIN_S,
    ) -> None:
        """`variables`: the environment of the child, ours unless given; `command`: what to start."""
        self._tell_daemon, self._command, self._limit = said, tuple(command), shown_within_s
        self._variables = dict(os.environ) if variables is None else dict(variables)
        self._lock = threading.RLock()
        self._child: Child | None = None
        self._warm: Child | None = None
        self._closing: threading.Timer | None = None
        self.trouble = ""  # why it did not open when it was last tried; empty when it did
        self.steals_focus = takes_keyboard(self._variables)

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Needs PySide6 and, on Linux and the BSDs, a display."""
        if not installed():
            return NotViable(_("The break window needs PySide6, which is not installed."), remedy())
        if aborts_here():
            return NotViable(
                _("This PySide6 does not get on with Python 3.11."),
                _("{remedy} It brings one that does.", remedy=remedy()),
            )
        if env.platform in ("win32", "darwin"):
            return Viable()
        if living(env.variables).get("WAYLAND_DISPLAY"):
            limits = [_("on Wayland the desktop decides where the card appears")]
            if takes_keyboard(env.variables):
                limits.append(_("without XWayland a card would take the keyboard, so reminders are notifications"))
            return Viable(tuple(limits))
        if env.variables.get("DISPLAY"):
            return Viable()
        return NotViable(_("There is no display."), _("Start sitbreak from the desktop, or use the terminal."))

    def open(self, request: Message) -> None:
        """Opens it, or has the window that is open show this instead.

        Returns when it is on the screen; raises WindowFailed when it ends first, or is not there within some seconds.
        """
        with self._lock:
            self._stay()
            child, fresh = self._at_hand(request)
            self._child = child
        if child.show(request, self._limit):
            self.trouble = ""
            return
        with self._lock:
            self._child = None if self._child is child else self._child
        if fresh or not child.said_goodbye:  # one that was just leaving is no failure: the next is a new one
            self.trouble = self._why(child.give_up())
            raise WindowFailed(self.trouble)
        self.open(request)

    def trial(self) -> None:
        """Starts a process and ends it, showing nothing; raises WindowFailed when it cannot show anything here."""
        child = self._start(("--warm",), {})
        child.end(self._limit)
        if not child.said_goodbye:
            raise WindowFailed(self._why(child.last_words()))

    def _why(self, reason: str) -> str:
        text = (
            N_("The break window did not open ({reason}); notifications go on as before.")
            if reason
            else N_("The break window did not open; notifications go on as before.")
        )
        told = _(text, reason=reason)
        if "cannot open shared object" in reason or "platform plugin" in reason:
            lacking = _("On a bare Debian or Ubuntu: apt install {packages}.", packages=" ".join(LIBRARIES))
            return paragraph(told, lacking)
        return told

    def _at_hand(self, request: Message) -> tuple[Child, bool]:
        """The window that is open, the one that was prepared, or a new one; and whether it is new."""
        if self._child is not None and self._child.alive:
            return self._child, False
        warm, self._warm = self._warm, None
        if warm is not None and warm.alive and not self._outside_wayland(request):
            return warm, False
        if warm is not None:
            warm.give_up()
        return self._start((), request), True

    def _start(self, options: Sequence[str], request: Message) -> Child:
        variables = living(self._variables)
        if self._outside_wayland(request):
            variables["QT_QPA_PLATFORM"] = "xcb"
        try:
            return Child(self._heard, variables, (*self._command, *options))
        except OSError as error:
            raise WindowFailed(
                _("The break window could not be started ({error}); notifications go on.", error=error)
            ) from error

    def _outside_wayland(self, request: Message) -> bool:
        """Under Wayland a window cannot refuse the focus; a prompt that must not take it goes through XWayland."""
        if request.get("kind") != "prompt" or request.get("focus", True) or "QT_QPA_PLATFORM" in self._variables:
            return False
        variables = living(self._variables)
        return bool(variables.get("WAYLAND_DISPLAY") and variables.get("DISPLAY"))

    def _heard(self, message: Message) -> None:
        self._tell_daemon(message)

    def tell(self, message: Message) -> None:
        """Sends the open window a message. {"do": "prepare"} gets a process ready, so that `open` is quick."""
        if message.get("do") == "prepare":
            self.prepare()
            return
        with self._lock:
            child = self._child
        if child is not None and child.alive:
            child.write(message)

    def prepare(self) -> None:
        """Gets a hidden process ready, unless one is at hand already."""
        with self._lock:
            if any(child is not None and child.alive for child in (self._child, self._warm)):
                return
            with contextlib.suppress(WindowFailed):  # `open` will say so, if it comes to that
                self._warm = self._start(("--warm",), {})

    def _stay(self) -> None:
        """Takes back a close that has not happened yet."""
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def close(self, at_once: bool = False) -> None:
        """Closes it, a quarter of a second later: what is opened before then appears in its place."""
        if at_once:
            with self._lock:
                self._stay()
            self._close_now()
            return
        with self._lock:
            self._stay()
            if not any(child is not None and child.alive for child in (self._child, self._warm)):
                return
            self._closing = threading.Timer(LINGER_S, self._close_now)
            self._closing.daemon = True
            self._closing.start()

    def _close_now(self) -> None:
        with self._lock:
            children = [child for child in (self._child, self._warm) if child is not None]
            self._child = self._warm = self._closing = None
        for child in children:
            child.end()

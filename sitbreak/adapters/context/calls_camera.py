"""Camera in use on Linux: a process of ours has a video device open for more than a moment.

inotify tells, through the C library, which devices are opened and closed.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.context.probe import PipeProbe, Wiring
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable

# linux/inotify.h
OPEN = 0x020
CLOSE = 0x008 | 0x010  # after writing, and after reading only
CREATE_OR_DELETE = 0x100 | 0x200 | 0x040 | 0x080  # also moved from and to
NONBLOCK = getattr(os, "O_NONBLOCK", 0)  # no such thing on Windows, where the module is read and never used
CLOEXEC = getattr(os, "O_CLOEXEC", 0)


class Inotify:
    """One inotify descriptor. Raises OSError where the system refuses."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None, use_errno=True)
        self._fd = self._checked(self._library.inotify_init1(NONBLOCK | CLOEXEC))

    def fileno(self) -> int:
        """The descriptor to wait for."""
        return self._fd

    def watch(self, path: Path, mask: int) -> None:
        """Reports the events of `mask` on this path from now on."""
        self._checked(self._library.inotify_add_watch(self._fd, os.fsencode(path), ctypes.c_uint32(mask)))

    def drain(self) -> None:
        """Takes what was reported; what it was does not matter, only that there was something."""
        try:
            while os.read(self._fd, 65536):
                pass
        except BlockingIOError:
            return  # all taken

    def close(self) -> None:
        """Gives the descriptor back."""
        os.close(self._fd)

    def _checked(self, result: int) -> int:
        if result < 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
        return result


SETTLE_S = 2.0  # programs that list cameras hold each open for tenths of a second
KEEPERS = frozenset({"wireplumber", "pipewire-media-"})  # session services that keep devices open without using them


class Camera(PipeProbe):
    """Watches video devices. `folder` and `settle_s` are for tests."""

    NAME: ClassVar[str] = "camera-devices"
    SIGNAL: ClassVar[Signal] = Signal.CALL

    def __init__(self, wiring: Wiring, folder: Path = Path("/dev"), settle_s: float = SETTLE_S) -> None:
        super().__init__(wiring)
        self._folder = folder
        self._settle_s = settle_s

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux; cameras may be plugged in later."""
        return env.only_on("linux") or Viable()

    def attempt(self) -> None:
        """Looks at the devices, then again whenever one was opened, closed, plugged in or out."""
        while not self.worker.ending.is_set():
            with closing(Inotify()) as watch:
                watch.watch(self._folder, CREATE_OR_DELETE)
                devices = self._devices()
                for device in devices:
                    watch.watch(device, OPEN | CLOSE)
                self._listen(watch, devices)

    def _listen(self, watch: Inotify, devices: set[Path]) -> None:
        """Returns when the devices are no longer these."""
        while not self.worker.ending.is_set() and self._devices() == devices:
            self.hold(sorted(self._users(devices)))
            self.worker.works()
            if self.pipe.wait(watch.fileno()):
                self._settle(watch)

    def _settle(self, watch: Inotify) -> None:
        watch.drain()
        self.pipe.wait(watch.fileno(), self._settle_s)
        watch.drain()

    def _devices(self) -> set[Path]:
        return set(self._folder.glob("video[0-9]*"))

    def _users(self, devices: set[Path]) -> set[str]:
        wanted = {str(device) for device in devices}
        return {name for pid, name in _processes() if wanted and name not in KEEPERS and _opens(pid, wanted)}


def _processes() -> Iterator[tuple[str, str]]:
    """Process number and program name of every process."""
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                yield pid, Path(f"/proc/{pid}/comm").read_text(errors="replace").strip()
            except OSError:
                continue  # it has ended meanwhile


def _opens(pid: str, wanted: set[str]) -> bool:
    """Whether this process has one of these files open; those of other users cannot be looked into."""
    try:
        return any(_target(f"/proc/{pid}/fd/{number}") in wanted for number in os.listdir(f"/proc/{pid}/fd"))
    except OSError:
        return False


def _target(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""  # closed meanwhile

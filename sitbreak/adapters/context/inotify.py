"""inotify through the C library: which files of a folder are opened and closed, as edges instead of polling."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

# linux/inotify.h
OPEN = 0x020
CLOSE = 0x008 | 0x010  # after writing, and after reading only
CREATE_OR_DELETE = 0x100 | 0x200 | 0x040 | 0x080  # also moved from and to
NONBLOCK = os.O_NONBLOCK
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

"""The names of the programs that this user runs, on Linux, Windows and macOS; nothing else of them is read."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

COMM = 15  # characters that Linux keeps of a program's name


class LinuxPrograms:
    """From /proc. A program's name is read when it is new and once more after, as a name settles soon after a start.

    `user`: whose programs, by number; ours unless given. `only`: the names to look for; unless given all.
    """

    def __init__(
        self, folder: Path = Path("/proc"), user: int | None = None, only: Collection[str] | None = None
    ) -> None:
        self._folder = folder
        self._user = os.getuid() if user is None else user
        self._only = only
        self._new: dict[str, str] = {}
        self._settled: dict[str, str] = {}

    def __call__(self) -> set[str]:
        """The names, each cut to 15 characters; of `only`, none that has ended and that nobody has asked about yet."""
        present = {name for name in os.listdir(self._folder) if name.isdigit()}
        for pid in self._settled.keys() - present:
            del self._settled[pid]
        fresh = {pid: self._name(pid) for pid in present - self._settled.keys()}
        self._settled.update({pid: name for pid, name in fresh.items() if self._new.get(pid) == name})
        self._new = fresh
        running = {pid: name for pid, name in {**self._settled, **fresh}.items() if name}
        return {name for pid, name in running.items() if self._only is None or self._alive(pid)}

    def _alive(self, pid: str) -> bool:
        told = self._read(pid)
        return bool(told) and "\nState:\tZ" not in told

    def _name(self, pid: str) -> str:
        """Empty unless it is a program of the user's, and one to look for."""
        if self._only is not None and self._read(pid, "comm").rstrip("\n") not in self._only:
            return ""  # one line is read in a third of the time of all
        found = dict(line.partition(":\t")[::2] for line in self._read(pid).splitlines())
        mine = found.get("Uid", "").split()[:1] == [str(self._user)]  # the first is the real one
        program = "VmSize" in found  # a thread of the kernel has no memory of its own
        return found["Name"] if mine and program else ""

    def _read(self, pid: str, what: str = "status") -> str:
        """What the system tells of a process; nothing of one that has ended."""
        try:
            with open(f"{self._folder}/{pid}/{what}", encoding="utf-8", errors="replace") as told:
                return told.read()
        except OSError:
            return ""


class ProcessEntry(ctypes.Structure):
    """PROCESSENTRY32W, with types of fixed size so that its layout is the same wherever it is checked."""

    _fields_ = [  # ctypes asks for this form
        ("size", ctypes.c_uint32),
        ("usage", ctypes.c_uint32),
        ("process", ctypes.c_uint32),
        ("heap", ctypes.c_size_t),
        ("module", ctypes.c_uint32),
        ("threads", ctypes.c_uint32),
        ("parent", ctypes.c_uint32),
        ("priority", ctypes.c_int32),
        ("flags", ctypes.c_uint32),
        ("program", ctypes.c_uint16 * 260),
    ]

    @property
    def name(self) -> str:
        """The file name of the program."""
        return bytes(self.program).decode("utf-16-le", "replace").partition("\0")[0]


SNAPSHOT_OF_PROCESSES = 0x2
INVALID_HANDLE = ctypes.c_void_p(-1).value


class WindowsPrograms:
    """From a tool help snapshot. `kernel32` is the library, or what stands in for it."""

    def __init__(self, kernel32: Any = None) -> None:
        self._kernel32 = ctypes.WinDLL("kernel32") if kernel32 is None else kernel32  # type: ignore[attr-defined]
        self._kernel32.CreateToolhelp32Snapshot.restype = ctypes.c_void_p

    def __call__(self) -> set[str]:
        """The names, such as "zoom.exe". Raises OSError."""
        handle = self._kernel32.CreateToolhelp32Snapshot(SNAPSHOT_OF_PROCESSES, 0)
        if handle in (None, INVALID_HANDLE):
            raise OSError("Windows does not list its programs")
        snapshot = ctypes.c_void_p(handle)
        try:
            return set(self._names(snapshot))
        finally:
            self._kernel32.CloseHandle(snapshot)

    def _names(self, snapshot: ctypes.c_void_p) -> Iterator[str]:
        entry = ProcessEntry(size=ctypes.sizeof(ProcessEntry))
        more = self._kernel32.Process32FirstW(snapshot, ctypes.byref(entry))
        ours = self._session(os.getpid())
        while more:
            if self._session(entry.process) == ours:
                yield entry.name
            more = self._kernel32.Process32NextW(snapshot, ctypes.byref(entry))

    def _session(self, process: int) -> int:
        """The login session of a process; another user's programs run in another."""
        session = ctypes.c_uint32()
        return session.value if self._kernel32.ProcessIdToSessionId(process, ctypes.byref(session)) else -1


OF_USER = 4  # PROC_UID_ONLY
NAME_BYTES = 64


class MacPrograms:
    """From libproc. `library` is libSystem, or what stands in for it."""

    def __init__(self, library: Any = None) -> None:
        self._library = ctypes.CDLL("/usr/lib/libSystem.dylib") if library is None else library

    def __call__(self) -> set[str]:
        """The names, each cut to 32 characters. Raises OSError."""
        needed = self._library.proc_listpids(OF_USER, os.getuid(), None, 0)
        if needed <= 0:
            raise OSError("macOS does not list its programs")
        pids = (ctypes.c_int32 * (needed // 4 + 32))()  # room for some that start in between
        filled = self._library.proc_listpids(OF_USER, os.getuid(), pids, ctypes.sizeof(pids))
        return {name for pid in pids[: filled // 4] if pid and (name := self._name(pid))}

    def _name(self, pid: int) -> str:
        buffer = ctypes.create_string_buffer(NAME_BYTES)
        length = self._library.proc_name(pid, buffer, NAME_BYTES)
        return buffer.raw[: max(0, length)].decode("utf-8", "replace")


def programs_of(platform: str) -> Callable[[], set[str]] | None:
    """What lists the programs on this system; None on others."""
    makers: dict[str, Callable[[], Callable[[], set[str]]]] = {
        "linux": LinuxPrograms,
        "win32": WindowsPrograms,
        "darwin": MacPrograms,
    }
    maker = makers.get(platform)
    return maker() if maker is not None and platform == sys.platform else None


def same_program(wanted: str, running: str) -> bool:
    """Whether a program of this name is the wanted one: case and ".exe" are ignored, and what Linux cuts off."""
    wanted, running = (name.casefold().removesuffix(".exe") for name in (wanted, running))
    return wanted == running or (len(running) == COMM and wanted.startswith(running))

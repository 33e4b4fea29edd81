"""The shared folder: reading journals of others as far as they are whole, and appending to our own.

Nothing else in the folder is touched. However much lies in it, a bounded part is looked at and kept in memory.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import IO

from sitbreak.core.frozen import frozen
from sitbreak.language import N_, _
from sitbreak.settings.files import open_regular, read_regular, write_atomically

DEVICE = re.compile(r"[0-9a-f]{12}")
# Also what such programs make of two versions: "2026-11 (conflicted copy …).jsonl", "2026-11.sync-conflict-….jsonl".
JOURNAL = re.compile(r"\d{4}-\d{2}\b.*\.jsonl")
MOST_NAMES = 20_000  # that are looked at in a folder
MOST_DEVICES = 64
MOST_AT_ONCE = 1_000_000  # bytes of a journal
LONGEST_LINE = 64 * 1024  # bytes
LOOKED_BACK = 256  # bytes before where we stopped, to know the file again
CARD = "device.json"
MOST_CARD = 64 * 1024
LONGEST_NAME = 60


class FolderTrouble(Exception):
    """The folder cannot be used now; the message says why, for people."""


@frozen
class Card:
    """What `device.json` says. `mark`: the run that wrote it; `ahead`: seconds that others' clocks are ahead of its."""

    device: str
    name: str
    mark: str = ""
    forgotten: tuple[str, ...] = ()
    ahead: Mapping[str, float] = field(default_factory=dict)


@frozen
class Chunk:
    """Whole lines of a journal, in their order, with where each begins; `first` of the file if it was read anew.

    `dropped`: a line too long to be one ended here.
    """

    lines: tuple[tuple[str, int], ...]
    first: str
    end: int
    dropped: bool = False


class SharedFolder:
    """One folder. Every method raises FolderTrouble."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def check(self) -> None:
        """Whether it is there; it is never made, for it may be a disk that is not mounted."""
        if not self.path.is_dir():
            raise FolderTrouble(
                _("The folder {path} (sync.folder) is not there; what is to be told to others waits.", path=self.path)
            )

    def devices(self) -> list[str]:
        """The devices that have a folder here."""
        names = (each.name for each in self._entries(self.path) if DEVICE.fullmatch(each.name) and _is_folder(each))
        return sorted(names)[:MOST_DEVICES]

    def journals(self, device: str) -> list[str]:
        """The names of a device's journals, conflict copies among them."""
        return sorted(
            each.name for each in self._entries(self.path / device) if JOURNAL.fullmatch(each.name) and _is_file(each)
        )

    def _entries(self, folder: Path) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as found:
                for _, entry in zip(range(MOST_NAMES), found, strict=False):
                    yield entry
        except OSError as error:
            raise _trouble(folder, UNREAD, error) from error

    # -- cards

    def card(self, device: str) -> Card | None:
        """What the device says of itself; None where it says nothing, or nothing that can be understood."""
        try:
            found = json.loads(read_regular(self.path / device / CARD, MOST_CARD))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _trouble(self.path / device, UNREAD, error) from error
        except (ValueError, RecursionError):
            return None
        return _card(device, found) if isinstance(found, dict) else None

    def write_card(self, card: Card) -> None:
        """Writes our own."""
        said = {"kind": "sitbreak-device", "version": 1, "device": card.device, "name": card.name, "mark": card.mark}
        said |= {"forgotten": list(card.forgotten), "ahead": dict(card.ahead)}
        folder = self.path / card.device
        try:
            folder.mkdir(exist_ok=True)
            write_atomically(folder / CARD, json.dumps(said, ensure_ascii=False, indent=1) + "\n")
        except OSError as error:
            raise _trouble(folder, UNWRITTEN, error) from error

    # -- journals

    def read(self, device: str, journal: str, since: Sequence[int]) -> Chunk:
        """What came after `since` (as `place` told it; empty: from the beginning); from the beginning again where the
        file is another one by now.
        """
        try:
            with os.fdopen(open_regular(self.path / device / journal, os.O_RDONLY), "rb") as file:
                start = since[0] if since and _same(file, since) else 0
                file.seek(start)
                found = file.read(MOST_AT_ONCE)
        except OSError as error:
            raise _trouble(self.path / device / journal, UNREAD, error) from error
        whole = found.rfind(b"\n") + 1
        dropped = not whole and len(found) > LONGEST_LINE
        lines, at = [], start
        for raw in found[:whole].splitlines(keepends=True):
            if len(raw) <= LONGEST_LINE:
                lines.append((raw.decode("utf-8", "replace").strip(), at))
            else:
                dropped = True
            at += len(raw)
        first = lines.pop(0)[0] if start == 0 and lines else ""
        return Chunk(tuple(lines), first, start + (len(found) if dropped and not whole else whole), dropped)

    def place(self, device: str, journal: str, end: int) -> list[int]:
        """Where reading stopped, with what the file is known by again."""
        try:
            with os.fdopen(open_regular(self.path / device / journal, os.O_RDONLY), "rb") as file:
                return [end, _before(file, end)]
        except OSError as error:
            raise _trouble(self.path / device / journal, UNREAD, error) from error

    def append(self, device: str, journal: str, first: str, lines: Iterable[str]) -> list[int]:
        """Appends to our own journal, whole or not at all; `first` is how it begins. Returns where it ends now."""
        folder = self.path / device
        try:
            folder.mkdir(exist_ok=True)
            with os.fdopen(open_regular(folder / journal, os.O_RDWR | os.O_CREAT | os.O_APPEND), "r+b", 0) as file:
                size = file.seek(0, os.SEEK_END)
                torn = bool(size) and _bytes(file, size - 1, size) != b"\n"
                begun = ("\n" if torn else "") if size else first + "\n"
                try:
                    rest = (begun + "".join(f"{each}\n" for each in lines)).encode("utf-8", "replace")
                    while rest:  # not through a buffer, which would write on after the file was put right
                        rest = rest[os.write(file.fileno(), rest) :]
                    os.fsync(file.fileno())
                except OSError:
                    os.ftruncate(file.fileno(), size)
                    raise
                end = file.seek(0, os.SEEK_END)
                return [end, _before(file, end)]
        except OSError as error:
            raise _trouble(folder, UNWRITTEN, error) from error

    def known(self, device: str, journal: str, place: Sequence[int]) -> bool:
        """Whether the file ends where it is said to, and with the same."""
        try:
            with os.fdopen(open_regular(self.path / device / journal, os.O_RDONLY), "rb") as file:
                return file.seek(0, os.SEEK_END) == place[0] and _same(file, place)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _trouble(self.path / device / journal, UNREAD, error) from error

    def remove(self, device: str) -> None:
        """Takes the journals and the card of a device that is forgotten out of the folder."""
        for name in [*self.journals(device), CARD]:
            try:
                (self.path / device / name).unlink(missing_ok=True)
            except OSError as error:
                raise _trouble(self.path / device, UNCLEARED, error) from error
        try:
            (self.path / device).rmdir()
        except OSError:
            return  # something else lies in it


UNREAD = N_("{path} (sync.folder) cannot be read ({why}); what is to be told to others waits.")
UNWRITTEN = N_("{path} (sync.folder) cannot be written ({why}); what is to be told to others waits.")
UNCLEARED = N_("{path} (sync.folder) cannot be cleared ({why}); what is to be told to others waits.")


def _trouble(path: Path, text: str, error: OSError) -> FolderTrouble:
    return FolderTrouble(_(text, path=path, why=(error.strerror or str(error)).lower()))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file(follow_symlinks=False)
    except OSError:
        return False


def _bytes(file: IO[bytes], start: int, end: int) -> bytes:
    file.seek(start)
    return file.read(end - start)


def _before(file: IO[bytes], end: int) -> int:
    return zlib.crc32(_bytes(file, max(0, end - LOOKED_BACK), end))


def _same(file: IO[bytes], place: Sequence[int]) -> bool:
    end, known = place
    return os.fstat(file.fileno()).st_size >= end and _before(file, end) == known


def _card(device: str, found: Mapping[str, object]) -> Card | None:
    """The card in a JSON object; None for one of another device."""
    if found.get("device") != device:
        return None
    name, forgotten, ahead = str(found.get("name", "")), found.get("forgotten"), found.get("ahead")
    return Card(
        device,
        "".join(each for each in name if each.isprintable())[:LONGEST_NAME].strip() or device,
        str(found.get("mark", "")),
        tuple(each for each in forgotten if isinstance(each, str) and DEVICE.fullmatch(each))
        if isinstance(forgotten, list)
        else (),
        {key: float(value) for key, value in ahead.items() if isinstance(value, int | float)}
        if isinstance(ahead, dict)
        else {},
    )

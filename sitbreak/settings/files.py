"""Reading and writing small files safely."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from pathlib import Path

from sitbreak.language import _

# Settings, plans and movements are written by hand or by us: a thousandth of this is usual.
MOST = 2_000_000  # bytes
# Without it, opening a FIFO that nobody writes to waits for ever. Windows has no such files.
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def read_regular(path: Path, most: int = MOST, tail: bool = False) -> bytes:
    """The bytes of a regular file of at most `most` bytes; with `tail` the last `most` bytes of one of any length.

    Raises OSError, with a reason for people in `strerror`; it never waits for what a FIFO or a device may bring.
    """
    with os.fdopen(open_regular(path, os.O_RDONLY), "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if tail:
            file.seek(max(0, size - most))
        found = file.read(most + 1)
    if len(found) > most and not tail:
        raise OSError(errno.EFBIG, _("it has more than {most} MB", most=most // 1000000), str(path))
    return found[:most]


def open_regular(path: Path, flags: int) -> int:
    """A descriptor of a regular file, opened as `flags` of os.open say (made 0600 with O_CREAT). Raises OSError."""
    descriptor = os.open(path, flags | _AT_ONCE | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, _("it is not a regular file"), str(path))
    return descriptor


def make_parents(path: Path) -> None:
    """Makes the folders above a file that are missing, each open to this user only. Raises OSError."""
    for each in (*reversed(path.parent.parents), path.parent):
        if not each.exists():  # 0700 for each, as the XDG base directory specification asks
            each.mkdir(mode=0o700, exist_ok=True)


def write_atomically(path: Path, content: str | bytes) -> None:
    """Replaces a file in one step, so that a reader sees the old or the new one; links are followed. Raises OSError."""
    try:
        target = path.resolve()
        looped = target.is_symlink()  # from Python 3.13 on such links are left as they are
    except RuntimeError:  # how it told of links that lead back to themselves before
        looped = True
    if looped:
        raise OSError(errno.ELOOP, _("it is a link to itself"), str(path))
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o600
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)

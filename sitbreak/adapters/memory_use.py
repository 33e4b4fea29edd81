"""What a program that runs all day does to hold little memory; each part was measured on Linux with Python 3.11."""

from __future__ import annotations

import ctypes
import gc
import sys

SETTLED_S = 20.0  # after the start; what that needed can be given back then
ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h


def without_tls() -> None:
    """Loads asyncio without OpenSSL, which it needs for connections that the daemon never makes: 1 MB.

    Whoever wants TLS later gets it: only asyncio goes without.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # what "import ssl" then raises, asyncio is prepared for
    import asyncio  # noqa: F401  # for later

    del sys.modules["ssl"]


def one_arena() -> None:
    """Has all threads take from one heap; glibc gives each its own, of which most stays empty: 0.6 MB."""
    library = _glibc()
    if library is not None:
        library.mallopt(ARENA_MAX, 1)


def give_back() -> None:
    """Gives the system back what is not in use any more; after the start that is 0.5 MB. Takes some 50 ms."""
    gc.collect()
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "malloc_trim") else None

"""What a program that runs all day does to hold little memory; each part was measured on Linux with Python 3.11."""

from __future__ import annotations

import ctypes
import gc
import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

SETTLED_S = 20.0  # after the start; what that needed can be given back then
ARENA_MAX = -8  # M_ARENA_MAX of glibc's malloc.h
LEAN = ("asyncio", "hashlib", "hmac", "apscheduler.schedulers.background")


def load_lean() -> None:
    """Loads libraries without what the daemon never uses of them: 3 MB and 25 ms.

    asyncio and hashlib bring OpenSSL, for connections that it never makes; APScheduler asks what is installed for its
    plug-ins, which is read as e-mail. Whoever wants these later gets them: only those loaded here go without. A release
    that cannot do without is loaded whole.
    """
    if "asyncio" in sys.modules or "ssl" in sys.modules:
        return
    stand_ins = {name: module for name, module in _stand_ins().items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    try:
        for name in LEAN:
            import_module(name)
    except (ImportError, AttributeError):
        pass  # whoever uses it imports it anew
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


def _stand_ins() -> dict[str, Any]:
    """What is found in place of a module; None says that there is none, which the libraries are prepared for."""
    metadata: Any = ModuleType("importlib.metadata")
    metadata.version, metadata.entry_points = (lambda package: "0"), (lambda group: ())
    own_hashes = find_spec("_md5") is not None  # some distributions have only those of OpenSSL
    return {"ssl": None, "importlib.metadata": metadata, **({"_hashlib": None} if own_hashes else {})}


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

"""pystray, imported when first needed and without what its import does on Linux: pick, import and start a toolkit."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib import import_module
from typing import Any

CHOICE = "PYSTRAY_BACKEND"


@lru_cache(maxsize=1)
def pystray() -> Any:
    """The pystray module; raises ImportError where it is missing.

    On Linux its own back-ends are of no use to us and some fail with errors of their own while they are imported (no
    display, no GTK). Its "dummy" never does, so that is named for the length of the import, and only for that.
    """
    if sys.platform in ("win32", "darwin"):
        return import_module("pystray")
    before = os.environ.get(CHOICE)
    os.environ[CHOICE] = "dummy"
    try:
        return import_module("pystray")
    finally:
        if before is None:
            del os.environ[CHOICE]
        else:
            os.environ[CHOICE] = before

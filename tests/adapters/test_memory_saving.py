"""How little memory is held: libraries without what is not used of them, which is there for whoever wants it."""

from __future__ import annotations

import subprocess
import sys

CHECK = """
import sys
from sitbreak.adapters.memory_saving import give_back, load_lean, one_arena
load_lean()
one_arena()
give_back()
import asyncio
import multiprocessing.connection, hashlib, hmac, apscheduler.schedulers.background
assert not {"_ssl", "_hashlib", "email", "importlib.metadata"} & set(sys.modules)
assert hmac.digest(b"key", b"", "md5").hex().startswith("63530468a04e386459855da0063b6596")
assert asyncio.run(asyncio.sleep(0, "works")) == "works"
import ssl, importlib.metadata
assert importlib.metadata.version("APScheduler") > "3"
assert ssl.create_default_context()
load_lean()
assert sys.modules["ssl"] is ssl
"""


# What only a window, a broker, a request or another system needs; each is a tenth of a megabyte to two.
ON_USE = (
    *(
        "ssl",
        "statistics",
        "decimal",
        "secrets",
        "ctypes.wintypes",
        "PIL",
        "jinja2",
        "paho",
        "desktop_notifier",
        "pynput",
    ),
    *(
        "pystray",
        "plyer",
        "rich",
        "tomlkit",
        "http",
        "email",
        "zipfile",
        "sitbreak.window",
        "sitbreak.daemon.window_contents",
    ),
    *("sitbreak.daemon.help_topics", "sitbreak.review.build", "sitbreak.adapters.mqtt.one_connection"),
    *("sitbreak.adapters.autostart", "sitbreak.adapters.context.macos", "sitbreak.adapters.context.windows"),
)
LOADED = f"""
import sys
from sitbreak.adapters.memory_saving import load_lean
load_lean()
import sitbreak.daemon.bootstrap
from sitbreak.adapters import context
context.candidates("linux")
print([name for name in {ON_USE!r} if name in sys.modules])
"""


def test_what_only_some_need_is_loaded_on_use() -> None:
    """A library that one import at the head of a file brings in is held all day by everybody."""
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_libraries_go_without_what_others_still_get() -> None:
    """In a process of its own, as it is the order in which modules are loaded that counts."""
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.returncode == 0

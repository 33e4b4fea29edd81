"""How little memory is held: asyncio without OpenSSL, which is there for whoever wants it."""

from __future__ import annotations

import subprocess
import sys

CHECK = """
import sys
from sitbreak.adapters.memory_use import give_back, one_arena, without_tls
without_tls()
one_arena()
give_back()
import asyncio
assert "_ssl" not in sys.modules
assert asyncio.run(asyncio.sleep(0, "works")) == "works"
import ssl
assert ssl.create_default_context()
without_tls()
assert sys.modules["ssl"] is ssl
"""


def test_asyncio_goes_without_tls_and_others_have_it() -> None:
    """In a process of its own, as it is the order in which modules are loaded that counts."""
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.returncode == 0

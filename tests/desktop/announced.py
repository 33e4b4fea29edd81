"""Prints what programs announce to a screen reader, a line each, as it comes, until it is ended.

Run by the system's Python, which has the accessibility bindings: /usr/bin/python3 announced.py
"""

from __future__ import annotations

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402

listener = Atspi.EventListener.new(lambda event: print(event.any_data, flush=True))
listener.register("object:announcement")
print("listening", flush=True)
Atspi.event_main()

"""Prints what a screen reader finds in the program named on the command line: a role and a name a line, in order.

Run by the system's Python, which has the accessibility bindings: /usr/bin/python3 read_aloud.py python sitbreak
With `--press NAME` before the programs, what has this name is pressed as well, as assistive programs do.
"""

from __future__ import annotations

import sys

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # type: ignore[import-not-found]  # noqa: E402

arguments = sys.argv[1:]
pressed = arguments[1] if arguments[:1] == ["--press"] else None
programs = arguments[2:] if pressed is not None else arguments


def walk(item: Atspi.Accessible) -> None:
    """Prints an item that is on show and all below it; what goes away while it is read is passed over."""
    try:
        read(item)
    except GLib.Error as error:
        print(f"gone: {error.message}", file=sys.stderr)


def read(item: Atspi.Accessible) -> None:
    """The item itself, then what is below it."""
    states = item.get_state_set()
    if not states.contains(Atspi.StateType.SHOWING):
        return
    focusable = "*" if states.contains(Atspi.StateType.FOCUSABLE) else ""
    print(f"{item.get_role_name()}{focusable}: {item.get_name()}")
    if pressed is not None and focusable and item.get_name() == pressed:
        item.get_action_iface().do_action(0)
    for number in range(item.get_child_count()):
        child = item.get_child_at_index(number)
        if child is not None:
            walk(child)


Atspi.init()
desktop = Atspi.get_desktop(0)
for number in range(desktop.get_child_count()):
    program = desktop.get_child_at_index(number)
    if program is not None and program.get_name() in programs:
        for part in range(program.get_child_count()):
            walk(program.get_child_at_index(part))

"""The command that starts this very program, as a list of arguments, and how each place wants it written."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

# Desktop Entry Specification, "The Exec key": an argument with any of these must be quoted.
RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")


def program_command(executable: str = sys.executable, platform: str = sys.platform) -> list[str]:
    """What to start: the `sitbreak` beside this Python, else one on the path, else this Python with -m sitbreak.

    On Windows it is pythonw, which opens no console.
    """
    python = Path(executable)
    if platform == "win32":
        quiet = python.with_name("pythonw.exe")
        return [str(quiet if quiet.is_file() else python), "-m", "sitbreak", "run"]
    script = python.with_name("sitbreak")
    if script.is_file():
        return [str(script), "run"]
    found = shutil.which("sitbreak")
    return [found, "run"] if found else [str(python), "-m", "sitbreak", "run"]


def desktop_exec(command: Sequence[str]) -> str:
    """For the Exec key of a desktop entry: quoted, percent signs doubled, then escaped as any string value is."""
    return " ".join(map(_desktop_argument, _through_env(command, "%="))).replace("%", "%%")


def _through_env(command: Sequence[str], refused: str) -> list[str]:
    """Started by env(1) where the reader refuses a program whose path has one of these characters, but no argument."""
    return ["/usr/bin/env", *command] if set(command[0]) & set(refused) else list(command)


def _desktop_argument(argument: str) -> str:
    if argument and not RESERVED & set(argument):
        return argument
    quoted = "".join("\\" + character if character in '"`$\\' else character for character in argument)
    return '"' + quoted.replace("\\", "\\\\") + '"'


def systemd_exec(command: Sequence[str]) -> str:
    """For ExecStart: C-like quoting; `%` begins a specifier everywhere, `$` a variable in all but the program."""
    program, *rest = (_systemd_argument(argument) for argument in _through_env(command, "\"'\\"))
    return " ".join([program, *(argument.replace("$", "$$") for argument in rest)])


def _systemd_argument(argument: str) -> str:
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if not argument or set(argument) & set(" \t\"'\\;") else escaped


def windows_command_line(command: Sequence[str]) -> str:
    """One line as CreateProcess takes it apart (the rules of the Microsoft C runtime)."""
    from subprocess import list2cmdline

    program, *rest = command
    return " ".join([f'"{program}"', *([list2cmdline(rest)] if rest else [])])

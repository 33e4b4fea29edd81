"""What every way of starting at login has in common: the command, how each place wants it written, and the files."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import ClassVar, Protocol

from sitbreak.core.text import NotDone
from sitbreak.language import N_, _, in_every_language
from sitbreak.ports import Env, NotViable, Viable
from sitbreak.settings.files import make_parents, read_regular, write_atomically
from sitbreak.settings.installation import FROZEN, self_command

# Desktop Entry Specification, "The Exec key": an argument with any of these must be quoted.
RESERVED = set(" \t\n\"'\\><~|&;$*?#()`")


def program_command(
    executable: str = sys.executable, platform: str = sys.platform, frozen: bool = FROZEN, image: str = ""
) -> list[str]:
    """What to start: the `sitbreak` beside this Python, else one on the path, else this Python with -m sitbreak.

    On Windows it is the one whose name ends in w, which opens no console. `frozen`: there is no Python beside it;
    `image` is then the AppImage it was started from ($APPIMAGE unless given), whose inside is elsewhere the next time;
    the inside of a Flatpak ($FLATPAK_ID) is nowhere outside of it.
    """
    program = Path(executable)
    if platform == "win32":
        quiet = program.with_name(f"{program.stem}w.exe")
        return self_command("run", executable=str(quiet if quiet.is_file() else program), frozen=frozen)
    if frozen:
        if flatpak := os.environ.get("FLATPAK_ID"):
            return ["flatpak", "run", flatpak, "run"]
        image = image or os.environ.get("APPIMAGE", "")
        return self_command("run", executable=image if os.path.isabs(image) else executable, frozen=True)
    script = program.with_name("sitbreak")
    if script.is_file():
        return [str(script), "run"]
    found = shutil.which("sitbreak")
    return [found, "run"] if found else self_command("run", executable=executable, frozen=False)


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


# What people read of an entry, in every language: the desktop shows and searches it in its own.
TOLD: Mapping[str, str] = {
    "GenericName": N_("Break reminder"),
    "Comment": N_("Reminds you at a good moment to move for two minutes"),
    "Keywords": N_("break;sitting;reminder;movement;stretching;"),
}


def desktop_entry(command: Sequence[str], *more: str) -> str:
    """The entry that starts `command`: what those for the login and for the menu have in common, and `more` lines."""
    told = [
        f"{key}={text}" if code == "en" else f"{key}[{code}]={own}"
        for key, text in TOLD.items()
        for code, own in in_every_language(text).items()
    ]
    lines = ["[Desktop Entry]", "Type=Application", "Version=1.4", "Name=sitbreak", *told]
    # A desktop passes over an entry whose TryExec is gone, that of a package taken out, say.
    lines += ["TryExec=" + command[0].replace("\\", "\\\\"), f"Exec={desktop_exec(command)}", "Icon=sitbreak"]
    lines += ["Terminal=false", "Categories=Utility;"]
    return "\n".join([*lines, "StartupNotify=false", *more]) + "\n"


class AutostartFailed(NotDone):
    """The entry could not be read or written."""

    exit_code = 1


class AutostartEntry(Protocol):
    """One way of starting at login."""

    NAME: ClassVar[str]

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Whether it can work here."""
        ...

    @property
    def where(self) -> str:
        """Where the entry is, for people."""
        ...

    def command(self) -> str | None:
        """What it starts, as it is written there; None when it is off."""
        ...

    def written(self, command: Sequence[str]) -> str:
        """How `command` is written there."""
        ...

    def turn_on(self, command: Sequence[str]) -> None:
        """Has `command` started at each login; the same again changes nothing. Raises AutostartFailed."""
        ...

    def turn_off(self) -> None:
        """Starts nothing any more; nothing happens when it is off. Raises AutostartFailed."""
        ...


def check(command: Sequence[str]) -> None:
    """Refuses what no entry can hold. Raises AutostartFailed."""
    if any(character in argument for argument in command for character in "\n\r\0"):
        raise AutostartFailed(_("The path of this program has a line break in it; install it somewhere else first."))


def read_file(path: Path) -> str | None:
    """The text of an entry; None when there is none. Raises AutostartFailed."""
    try:
        return read_regular(path).decode()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise AutostartFailed(
            _("The entry {path} cannot be read ({error}); remove it and try again.", path=path, error=error)
        ) from error


def write_file(path: Path, content: str | bytes) -> None:
    """Puts an entry, or a file that belongs to it, in place, whole or not at all. Raises AutostartFailed."""
    try:
        make_parents(path)
        write_atomically(path, content)
    except OSError as error:
        raise AutostartFailed(
            _("The entry {path} could not be written ({why}); nothing was changed.", path=path, why=_why(error))
        ) from error


def remove_file(path: Path) -> None:
    """Takes an entry away. Raises AutostartFailed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise AutostartFailed(
            _("The entry {path} could not be removed ({why}); it is still on.", path=path, why=_why(error))
        ) from error


def _why(error: OSError) -> str:
    return (error.strerror or str(error)).lower()

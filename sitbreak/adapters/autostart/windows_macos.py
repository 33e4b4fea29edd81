"""What other systems start at login: a value under the Run key of Windows, a launchd agent on macOS.

The first was tried under Wine (the tests have a stand-in for its registry); the second is written to Apple's
documentation and was not run there yet.
"""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar
from xml.parsers.expat import ExpatError

from sitbreak.adapters.autostart.entry import (
    AutostartFailed,
    check,
    read_file,
    remove_file,
    windows_command_line,
    write_file,
)
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
# Where the Task Manager notes that the user switched an entry off: a binary value whose first byte is odd.
APPROVED = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
VALUE = "sitbreak"


class RunKey:
    """Implements Entry. `winreg` is the module of that name, or a stand-in."""

    NAME: ClassVar[str] = "run key"

    def __init__(self, env: Env, winreg: Any = None) -> None:
        if winreg is None:
            import winreg
        self._winreg = winreg

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on Windows."""
        return env.only_on("win32") or Viable()

    @property
    def where(self) -> str:
        """The key and the value in it."""
        return rf"HKEY_CURRENT_USER\{KEY}\{VALUE}"

    def command(self) -> str | None:
        """The command line; None when there is none, or the Task Manager has switched it off."""
        found = self._read(KEY)
        approved = self._read(APPROVED)
        switched_off = isinstance(approved, bytes) and bool(approved) and approved[0] % 2 == 1
        return None if found is None or switched_off else str(found)

    def written(self, command: Sequence[str]) -> str:
        """The command line."""
        return windows_command_line(command)

    def turn_on(self, command: Sequence[str]) -> None:
        """Writes the value, and takes back a switch-off. Raises AutostartFailed."""
        check(command)
        if self.command() == self.written(command):
            return
        self._delete(APPROVED)
        reg = self._winreg
        try:
            with reg.CreateKeyEx(reg.HKEY_CURRENT_USER, KEY, 0, reg.KEY_SET_VALUE) as key:
                reg.SetValueEx(key, VALUE, 0, reg.REG_SZ, self.written(command))
        except OSError as error:
            raise AutostartFailed(
                _("The Run key could not be written ({error}); nothing was changed.", error=error)
            ) from error

    def turn_off(self) -> None:
        """Removes the value. Raises AutostartFailed."""
        self._delete(KEY)
        self._delete(APPROVED)

    def _read(self, path: str) -> object:
        reg = self._winreg
        try:
            with reg.OpenKey(reg.HKEY_CURRENT_USER, path, 0, reg.KEY_QUERY_VALUE) as key:
                value: object = reg.QueryValueEx(key, VALUE)[0]
                return value
        except FileNotFoundError:
            return None
        except OSError as error:
            raise AutostartFailed(_("The Run key could not be read ({error}).", error=error)) from error

    def _delete(self, path: str) -> None:
        reg = self._winreg
        try:
            with reg.OpenKey(reg.HKEY_CURRENT_USER, path, 0, reg.KEY_SET_VALUE) as key:
                reg.DeleteValue(key, VALUE)
        except FileNotFoundError:
            return
        except OSError as error:
            raise AutostartFailed(
                _("The Run key could not be changed ({error}); it is as it was.", error=error)
            ) from error


LABEL = "sitbreak"


class LaunchAgent:
    """Implements Entry."""

    NAME: ClassVar[str] = "launchd"

    def __init__(self, env: Env) -> None:
        self.path = Path(env.variables.get("HOME", "~")).expanduser() / "Library" / "LaunchAgents" / f"{LABEL}.plist"

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on macOS."""
        return env.only_on("darwin") or Viable()

    @property
    def where(self) -> str:
        """The agent's file."""
        return str(self.path)

    def command(self) -> str | None:
        """The arguments, as a shell would read them; None when there is no agent."""
        text = read_file(self.path)
        if text is None:
            return None
        try:
            arguments = plistlib.loads(text.encode()).get("ProgramArguments", [])
        except (plistlib.InvalidFileException, ExpatError, ValueError, AttributeError) as error:
            raise AutostartFailed(
                _("The entry {path} makes no sense; remove it and try again.", path=self.path)
            ) from error
        return shlex.join(map(str, arguments)) if arguments else None

    def written(self, command: Sequence[str]) -> str:
        """As a shell would read it."""
        return shlex.join(command)

    def turn_on(self, command: Sequence[str]) -> None:
        """Writes the agent. Raises AutostartFailed."""
        check(command)
        if self.command() != self.written(command):
            write_file(self.path, agent(command))

    def turn_off(self) -> None:
        """Removes the agent. Raises AutostartFailed."""
        remove_file(self.path)


def agent(command: Sequence[str]) -> str:
    """The property list of the agent: at login, and again after a crash, but not after an exit status."""
    keys: dict[str, object] = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": {"Crashed": True},
        "ThrottleInterval": 30,
        "LimitLoadToSessionType": "Aqua",
        "ProcessType": "Interactive",
    }
    return plistlib.dumps(keys, sort_keys=False).decode()

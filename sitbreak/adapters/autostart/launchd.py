"""A launchd agent, which macOS starts at login. Written to Apple's documentation; not run on a Mac yet."""

from __future__ import annotations

import plistlib
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar
from xml.parsers.expat import ExpatError

from sitbreak.adapters.autostart.entry import AutostartFailed, check, read_file, remove_file, write_file
from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable

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

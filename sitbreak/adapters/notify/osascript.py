"""Notifications of macOS without an application bundle: `osascript`, which the system signs. No buttons, no answers."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify.first_answer import Chosen, Dismissed
from sitbreak.language import _
from sitbreak.ports import Env, Note, NotifyFailed, NotViable, Viable

LIMIT_S = 1.8  # the port promises two seconds
# The texts are its arguments, so nothing in them is read as a program.
SCRIPT = "on run texts\ndisplay notification (item 2 of texts) with title (item 1 of texts)\nend run"
COMMAND = ("/usr/bin/osascript", "-e", SCRIPT, "--")


class OsascriptNotes:
    """Notes without answers. `command` stands in for osascript in tests."""

    NAME: ClassVar[str] = "osascript"
    ANSWERS: ClassVar[bool] = False

    def __init__(
        self,
        chosen: Chosen,
        dismissed: Dismissed,
        thread: BusThread | None = None,
        icon: Path | None = None,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._command = command

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works on macOS."""
        limit = _("notifications without buttons; answer in the tray or with `sitbreak`")
        return env.only_on("darwin") or Viable((limit,))

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed within two seconds when that cannot be done."""
        quiet = subprocess.DEVNULL
        try:
            subprocess.run(
                [*self._command, note.title, note.body],
                stdin=quiet, stdout=quiet, stderr=quiet, timeout=LIMIT_S, check=True,
            )  # fmt: skip
        except (OSError, subprocess.SubprocessError) as error:
            raise NotifyFailed(_("osascript could not show the notification ({error}).", error=error)) from error

    def withdraw(self, tag: str) -> None:
        """Nothing: such a note cannot be taken back."""

    def close(self) -> None:
        """Nothing is held."""

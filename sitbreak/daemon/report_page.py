"""The report in the browser, made and opened in a process of its own; where none opens it, the person is told."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Sequence

from sitbreak.language import _
from sitbreak.settings.installation import apart, self_command

MADE_WITHIN_S = 120.0
COMMAND = tuple(self_command("report", "--open"))


def open_report(told: Callable[[str], None], command: Sequence[str] = COMMAND) -> threading.Thread:
    """Begins, and returns at once; `told` is called on the thread returned, with a sentence, if nothing opens."""

    def run() -> None:
        trouble = _trouble(command)
        if trouble:
            told(trouble)

    thread = threading.Thread(target=run, name="report", daemon=True)
    thread.start()
    return thread


def _trouble(command: Sequence[str]) -> str:
    """Why no page is to be seen, and where it is; empty when a browser took it."""
    quiet = subprocess.DEVNULL
    try:
        done = subprocess.run(
            command, stdin=quiet, capture_output=True, text=True, check=False, timeout=MADE_WITHIN_S, **apart()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return _("The report could not be made ({error}).", error=error)
    said = str(done.stderr).strip()
    if done.returncode or not said:
        return said
    return _("No browser opened the page. It is this file: {file}", file=done.stdout.strip())

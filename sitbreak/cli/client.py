"""Talks to the running program over its control socket."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from queue import Empty, SimpleQueue
from threading import Thread

from sitbreak.cli.output import complain, say
from sitbreak.language import N_, _
from sitbreak.settings.files import read_regular
from sitbreak.settings.paths import FolderUnusable, check_folder, find_paths

FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
ANSWER_WITHIN = 3.0  # seconds
SILENT = N_("sitbreak runs and does not answer; please try again, `sitbreak doctor` may tell why.")
LONG = {"import": 65.0, "forget": 65.0}  # a file of years takes a while


class NotRunning(Exception):
    """No program answers; the message says what to do."""


Answer = SimpleQueue[dict[str, object] | NotRunning]


def ask(request: Mapping[str, object], within_s: float = ANSWER_WITHIN) -> dict[str, object]:
    """The program's answer to a request. Raises NotRunning when none comes in that time (longer for an import)."""
    answer: Answer = SimpleQueue()
    Thread(target=_ask, args=(request, answer), name="client", daemon=True).start()  # greeting may hang, too
    try:
        found = answer.get(timeout=LONG.get(str(request.get("do")), within_s))
    except Empty:
        raise NotRunning(_(SILENT)) from None
    if isinstance(found, NotRunning):
        raise found
    return found


def _ask(request: Mapping[str, object], answer: Answer) -> None:
    """The client's thread."""
    try:
        answer.put(_talk(request))
    except NotRunning as error:
        answer.put(error)


def _talk(request: Mapping[str, object]) -> dict[str, object]:
    paths = find_paths()
    try:
        if paths.runtime_dir.exists():
            check_folder(paths.runtime_dir)
        key = read_regular(paths.key_file)
        with Client(paths.address, FAMILY, authkey=key) as connection:
            connection.send_bytes(json.dumps(request).encode())
            reply = json.loads(connection.recv_bytes())
    except FolderUnusable as error:
        raise NotRunning(str(error)) from error
    except (FileNotFoundError, ConnectionError) as error:
        raise NotRunning(_("sitbreak is not running; `sitbreak run` starts it.")) from error
    except (OSError, EOFError, AuthenticationError, ValueError) as error:
        raise NotRunning(
            _("sitbreak could not be reached ({error}); `sitbreak run` starts it.", error=error)
        ) from error
    return reply if isinstance(reply, dict) else {"error": _("sitbreak gave an answer that makes no sense.")}


def answered(request: Mapping[str, object], within_s: float = ANSWER_WITHIN) -> dict[str, object] | None:
    """The answer; None once it was said that it is a refusal, or that nobody answers."""
    try:
        reply = ask(request, within_s)
    except NotRunning as error:
        reply = {"error": str(error)}
    if "error" in reply:
        complain(reply["error"])
        return None
    return reply


def told(reply: Mapping[str, object]) -> int:
    """Prints an answer's sentence; the exit code is 1 when it is a refusal."""
    if "error" in reply:
        complain(reply["error"])
        return 1
    say(reply.get("ok", "Done."))
    return 0


def send(request: Mapping[str, object]) -> int:
    """Asks and prints the answer's sentence; the exit code is 1 when it is a refusal or nobody answers."""
    try:
        return told(ask(request))
    except NotRunning as error:
        complain(error)
        return 1

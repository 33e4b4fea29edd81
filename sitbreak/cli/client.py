"""Talks to the running program over its control socket, or does without it what a file allows; prints the answer."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from queue import Empty, SimpleQueue
from threading import Thread

from sitbreak.cli.output import complain, say, say_json, wrapped
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _, pgettext
from sitbreak.settings.files import read_regular
from sitbreak.settings.paths import FolderUnusable, check_folder, find_paths

FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
ANSWER_WITHIN = 3.0  # seconds
SILENT = N_("sitbreak runs and does not answer; please try again, `sitbreak doctor` may tell why.")
LONG = {"import": 65.0, "forget": 65.0}  # a file of years takes a while


class NotRunning(NotDone):
    """No program answers."""

    exit_code = 1


class NotReached(NotRunning):
    """One may be running, and gave no answer."""


Answer = SimpleQueue[dict[str, object] | NotRunning]


def ask(request: Mapping[str, object], within_s: float = ANSWER_WITHIN) -> dict[str, object]:
    """The program's answer to a request. Raises NotRunning when none comes in that time (longer for an import)."""
    answer: Answer = SimpleQueue()
    Thread(target=_ask, args=(request, answer), name="client", daemon=True).start()  # greeting may hang, too
    try:
        found = answer.get(timeout=LONG.get(str(request.get("do")), within_s))
    except Empty:
        raise NotReached(_(SILENT)) from None
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
        raise NotReached(
            _("sitbreak could not be reached ({error}); `sitbreak run` starts it.", error=error)
        ) from error
    return reply if isinstance(reply, dict) else {"error": _("sitbreak gave an answer that makes no sense.")}


def change(request: Mapping[str, object]) -> dict[str, object]:
    """Has the running program do it; where none runs it is done here, with the file in hand. Raises NotDone."""
    try:
        return ask(request)
    except NotRunning:
        from sitbreak.cli.books import change_here  # a shortcut's command is quick where the program runs

        return change_here(request)


def settings_written() -> None:
    """A program at work goes by the settings file from here on; if it cannot say so now, the person is told."""
    try:
        taken = "error" not in ask({"do": "reload"})
    except NotRunning as error:
        taken = not isinstance(error, NotReached)
    if not taken:
        complain(_("The program that runs did not answer; it goes by the change when it next looks at the file."))


def tell(reply: Mapping[str, object], as_json: bool = False) -> int:
    """Prints an answer; the exit code is 0, 1 for what cannot be done now, 2 for what was not understood."""
    if as_json:
        say_json(reply)
    elif "error" in reply:
        complain(reply["error"])
    else:
        say(wrapped(str(reply.get("ok", _("Done.")))))
    return (2 if reply.get("bad") else 1) if "error" in reply else 0


def confirmed(question: str, yes: bool) -> bool:
    """Whether the person agrees; without a terminal only `yes` counts. Raises NotDone where nobody can be asked."""
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NotDone(_("This asks first, and there is no terminal to ask on; add --yes if you mean it."))
    say(f"{question} {_('[y/N]')} ", end="", to=sys.stderr, flush=True)
    agreeing = pgettext("what may be typed for yes, with commas between", "y, yes").split(", ")
    return sys.stdin.readline().strip().lower() in ("y", "yes", *agreeing)

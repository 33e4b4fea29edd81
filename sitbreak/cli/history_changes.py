"""What the commands that change the history share: through the running program, or with the file in their own hands."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history import HistoryTooNew, SqliteHistory
from sitbreak.cli.client import NotRunning, ask
from sitbreak.cli.open_history import NotDone
from sitbreak.cli.output import complain, say, say_json
from sitbreak.cli.table import wrapped
from sitbreak.daemon.history_changes import UPKEEP, Upkeep
from sitbreak.daemon.not_running import said
from sitbreak.daemon.single_instance import AlreadyRunning, hold
from sitbreak.language import N_, _, pgettext
from sitbreak.settings.load import load
from sitbreak.settings.paths import FolderUnusable, find_paths, make_folders

NOT_BEGUN = N_("sitbreak has not run here yet, so there is nothing to add to; `sitbreak run` starts it.")


def change(request: Mapping[str, object]) -> dict[str, object]:
    """Has the running program do it, or does it here when none runs. Raises NotDone."""
    try:
        return ask(request)
    except NotRunning as error:
        return change_here(request, str(error))


def change_here(request: Mapping[str, object], silence: str) -> dict[str, object]:
    """Does it with the file in hand; `silence` is why no program did. Raises NotDone."""
    with _own(silence, to_begin=request.get("do") in UPKEEP) as upkeep:
        return said(upkeep, request)


@contextmanager
def _own(silence: str, to_begin: bool) -> Iterator[Upkeep]:
    """The history under the lock of the program; `silence` is said when the lock is held and nobody answers.

    `to_begin`: whether one is begun where there is none.
    """
    paths = find_paths()
    try:
        make_folders(paths)
        if not to_begin and not paths.history_file.exists():
            raise NotDone(_(NOT_BEGUN))
        with ExitStack() as held:
            for lock in hold(paths):
                held.callback(lock.release)
            settings = load(paths.config_file).settings
            at = SystemClock().now()
            history = SqliteHistory(paths.history_file, at.utc, settings.day.start)
            try:
                for notice in history.notices:
                    complain(notice)
                yield Upkeep(history, settings, at, paths=paths)
            finally:
                history.close()
    except AlreadyRunning as error:
        raise NotDone(_("{error} It does not answer ({silence})", error=error, silence=silence)) from error
    except (FolderUnusable, HistoryTooNew) as error:
        raise NotDone(str(error)) from error


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

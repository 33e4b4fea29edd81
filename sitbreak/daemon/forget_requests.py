"""Forgetting: what a person has removed for good, from the history and from whatever else tells of their days."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from sitbreak.core.events import Present
from sitbreak.core.timeline import Instant
from sitbreak.daemon.loop import Loop
from sitbreak.language import _, aside, ngettext, paragraph
from sitbreak.settings.paths import Paths

if TYPE_CHECKING:
    from sitbreak.daemon.history_changes import Reply, Request, Upkeep


def answer(upkeep: Upkeep, request: Request) -> Reply:
    """`before`: an ISO date, or None for everything. Raises HistoryUnwritable."""
    if "before" not in request:  # a word left out shall not cost a history
        return bad(_("before: say the first day to keep, or null for none at all."))
    before = request["before"]
    try:
        day = None if before is None else date.fromisoformat(str(before))
    except ValueError:
        return bad(
            _("before: {before!r} is no date such as {isoformat}.", before=before, isoformat=upkeep.today.isoformat())
        )
    if day is not None and day > upkeep.today:
        return bad(_("{isoformat} is still to come; say today or an earlier day.", isoformat=day.isoformat()))
    if day is None and upkeep.loop is not None and upkeep.loop.machine.occupied:
        return {"error": _("A prompt or a break is on show; please ask again when it is over.")}
    if upkeep.loop is not None:
        upkeep.loop.apply(Present(), upkeep.at)  # closes what reaches back into the time to be forgotten
        upkeep.loop.checkpoint(upkeep.at)
    gone = upkeep.history.forget(day)
    left = _remove_traces(upkeep.paths, everything=day is None) if upkeep.paths is not None else []
    if left:
        return {"error": _("The history is cleared, but {left} could not be: remove it by hand.", left=left[0])}
    if day is None and upkeep.loop is not None:
        _begin_anew(upkeep.loop, upkeep.at)
    upkeep.changed()
    removed = ngettext("{count} record removed for good", "{count} records removed for good", gone.records)
    copies = ngettext("{count} copy of the history", "{count} copies of the history", len(gone.copies))
    first = (
        _("{removed}, and {copies}.", removed=removed, copies=copies)
        if gone.copies
        else _("{removed}.", removed=removed)
    )
    others = _("Reports, plans and the log are emptied, too.") if day is None else _("So are the reports.")
    ok = paragraph(first, others, _("Settings and your own movements are as they were."))
    return {"ok": ok, "records": gone.records, "copies": [str(copy) for copy in gone.copies]}


def _remove_traces(paths: Paths, everything: bool) -> list[str]:
    """Removes what else tells of the days; the log is open and so is emptied. Returns what could not be."""
    left = []
    for file in paths.traces() if everything else paths.pages():
        try:
            if file == paths.log_file:
                os.truncate(file, 0)
            else:
                file.unlink(missing_ok=True)
        except OSError as error:
            left.append(aside(str(file), reason_of(error)))
    return left


def _begin_anew(loop: Loop, at: Instant) -> None:
    """A machine without memory, told what goes on around it now."""
    loop.machine, around = loop.machine.begin_anew(at)
    for event in around:
        loop.apply(event, at)


def bad(sentence: str) -> Reply:
    """The answer to a request that was unclear."""
    return {"error": sentence, "bad": True}


def reason_of(error: OSError | UnicodeDecodeError) -> str:
    """Why a file could not be read or written, for people."""
    if isinstance(error, UnicodeDecodeError):
        return _("it is no text in UTF-8")
    return (error.strerror or str(error)).lower()

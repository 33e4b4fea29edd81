"""Changes to the books that a person asks for: baseline, goal, import, forget.

The same functions serve the running program, on its loop's thread, and a command that opens the history itself while
nothing runs. Each answers {"ok": sentence, ...} or {"error": sentence}; "bad" beside it says the request was unclear.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sitbreak.adapters.history import HistoryDamaged, HistoryUnwritable, SqliteHistory
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.core.baseline_goal import FIRM, PROVISIONAL
from sitbreak.core.frozen import frozen
from sitbreak.core.records import GOALS, BaselineRecord, Fact, GapLabel, GoalRecord
from sitbreak.core.timeline import Instant
from sitbreak.daemon import baseline_goal, device_requests, forget_requests, said_of_days
from sitbreak.daemon.forget_requests import reason_of
from sitbreak.daemon.loop import Loop
from sitbreak.language import _, ngettext, paragraph, said
from sitbreak.ports import History
from sitbreak.settings.files import open_regular
from sitbreak.settings.model import GOAL, Settings
from sitbreak.settings.paths import Paths

if TYPE_CHECKING:
    from sitbreak.adapters.history.transfer import ImportResult

Request = Mapping[str, object]
Reply = dict[str, object]
MOST_IMPORTED = 100_000_000  # bytes; about ten years
REFUSALS_SHOWN = 5
ASIDE = "aside"  # in a reply: what to do on another thread; it returns what the loop's thread then answers


def _nothing() -> None:
    """Nobody has to be told."""


@frozen
class Upkeep:
    """What a change needs. `loop` is None when no program runs; `changed` tells a running one to work by new facts."""

    history: SqliteHistory
    settings: Settings
    at: Instant
    loop: Loop | None = None
    changed: Callable[[], None] = _nothing
    backends: Callable[[], Mapping[str, object]] = dict  # what a running program uses, for `doctor`
    paths: Paths | None = None  # where else something may tell of the days

    @property
    def today(self) -> date:
        """The present logical day."""
        return self.at.day(self.settings.day.start)

    @property
    def books(self) -> History:
        """The books of the body, to be read."""
        return BodyHistory(self.history, self.history.path, self.settings.day.start)

    def keep(self, *facts: Fact) -> None:
        """Stores facts and tells the program."""
        self.history.keep(facts)
        self.changed()


def answer(upkeep: Upkeep, request: Request) -> Reply:
    """Does what `request["do"]` names, one of UPKEEP; a history that cannot be written is an answer, too."""
    try:
        return UPKEEP[str(request.get("do"))](upkeep, request)
    except (HistoryUnwritable, HistoryDamaged) as error:
        return {"error": str(error)}


# -- the baseline


def _baseline(upkeep: Upkeep, request: Request) -> Reply:
    """`verb`: start, redo, stop, or days (with `first` and `last`, past days to compare with)."""
    records = upkeep.books.facts(upkeep.today, upkeep.today).baselines
    latest = records[-1] if records else None
    verb = request.get("verb")
    if verb == "stop":
        return _stop(upkeep, latest)
    if verb == "days":
        return _past_days(upkeep, request, latest)
    if verb not in ("start", "redo"):
        return _bad(_("verb: {verb!r} is not known; allowed: start, redo, stop, days.", verb=verb))
    found = baseline_goal.measured(upkeep.books, upkeep.settings, upkeep.today)
    if verb == "start" and found is not None and found.running:
        return {"ok": baseline_goal.baseline_words(found)}
    if verb == "start" and found is not None and found.usual is not None:
        return {
            "error": _("There is a baseline already; `sitbreak baseline redo` measures anew, and `status` shows it.")
        }
    if latest is not None and baseline_goal.is_open(latest) and latest.first < upkeep.today:
        upkeep.history.keep([replace(latest, last=upkeep.today - timedelta(days=1))])
    upkeep.keep(BaselineRecord(upkeep.today))
    return {"ok": _words(upkeep)}


def _past_days(upkeep: Upkeep, request: Request, latest: BaselineRecord | None) -> Reply:
    """Days that are over, and are in the books already, as the baseline."""
    try:
        first, last = (date.fromisoformat(str(request.get(name))) for name in ("first", "last"))
    except ValueError:
        return _bad(_("first, last: two dates such as 2026-03-02 are needed."))
    if not first <= last < upkeep.today:
        return _bad(_("{first} to {last}: the first day comes first, and both are over.", first=first, last=last))
    if latest is not None and baseline_goal.is_open(latest):
        return {"error": _("Your usual days are being measured now; `sitbreak baseline stop` ends that first.")}
    record = BaselineRecord(first, last)
    valid = baseline_goal.valid_days(upkeep.books, upkeep.settings, record, upkeep.today)
    if valid < PROVISIONAL:
        return {
            "error": _(
                "{first} to {last}: {valid} valid workdays, and {provisional} are needed (2 desk hours each).",
                first=first,
                last=last,
                valid=valid,
                provisional=PROVISIONAL,
            )
        }
    upkeep.keep(replace(record, firm=valid >= FIRM))
    return {"ok": _words(upkeep)}


def _stop(upkeep: Upkeep, latest: BaselineRecord | None) -> Reply:
    if latest is None or not baseline_goal.is_open(latest):
        return {"error": _("No baseline is being measured, so there is nothing to stop.")}
    complete = baseline_goal.complete(upkeep.books, upkeep.settings, upkeep.today)
    upkeep.keep(complete if complete is not None else replace(latest, last=upkeep.today))
    return {"ok": paragraph(_words(upkeep), _("Prompts come again from now on."))}


def _words(upkeep: Upkeep) -> str:
    return baseline_goal.baseline_words(baseline_goal.measured(upkeep.books, upkeep.settings, upkeep.today))


# -- the goal


def _goal(upkeep: Upkeep, request: Request) -> Reply:
    """`minutes`: the new goal, or "next" for the next rung of the ladder."""
    wanted = request.get("minutes")
    here = baseline_goal.goal(upkeep.books, upkeep.settings, upkeep.today)
    if wanted == "next":
        if here.above is None:
            return {
                "error": _(
                    "{minutes} min is the top of the ladder; `sitbreak goal set 75` takes any figure.",
                    minutes=here.minutes,
                )
            }
        upkeep.keep(GoalRecord(upkeep.today, here.above, by_user=False))
    elif isinstance(wanted, int) and not isinstance(wanted, bool) and wanted in GOALS:
        upkeep.keep(GoalRecord(upkeep.today, wanted))
    else:
        return _bad(
            _(
                "minutes: {wanted!r} is no goal; allowed: a whole number from {goals} to {goals2}, or next.",
                wanted=wanted,
                goals=GOALS[0],
                goals2=GOALS[-1],
            )
        )
    found = baseline_goal.goal(upkeep.books, upkeep.settings, upkeep.today)
    _into_settings(upkeep, found.minutes)
    return {"ok": baseline_goal.goal_words(found, upkeep.settings.movements.seated_mode)}


def _into_settings(upkeep: Upkeep, minutes: int) -> None:
    """The settings say the same, wherever the goal was chosen; a file that cannot be changed stays as it is."""
    if upkeep.paths is not None and upkeep.settings.day.goal_minutes != minutes:
        from sitbreak.settings import edit  # the TOML writer is loaded only when something is written

        with suppress(edit.EditRefused):
            edit.set_keys(upkeep.paths.config_file, {GOAL: minutes})


# -- answers


def _answers(upkeep: Upkeep, request: Request) -> Reply:
    """`starts`: when the gaps began, ISO times with a zone; `label`: what is said of them now, "skip" takes it back."""
    starts, label = request.get("starts"), request.get("label")
    if not isinstance(label, str) or label not in {each.value for each in GapLabel}:
        return _bad(_("label: {label!r} is not allowed; allowed: {list}.", label=label, list=", ".join(GapLabel)))
    if not isinstance(starts, list):
        return _bad(_("starts: {starts!r} is not allowed; allowed: a list of times.", starts=starts))
    known = {each.start.utc.isoformat(): each for each in upkeep.history.answers()}
    missing = [each for each in starts if not isinstance(each, str) or each not in known]
    if missing:
        return _bad(_("starts: no answer is kept about a gap that began at {missing!r}.", missing=missing[0]))
    changed = [replace(known[each], label=GapLabel(label), at=upkeep.at) for each in starts]
    upkeep.keep(*changed)
    if label == GapLabel.SKIP:
        done = ngettext(
            "{count} answer taken back; nothing is learned from it.",
            "{count} answers taken back; nothing is learned from it.",
            len(changed),
        )
    else:
        done = ngettext(
            "{count} answer changed to {label}.", "{count} answers changed to {label}.", len(changed), label=label
        )
    walks = _("A walk noted with it stays.") if any(known[each].label is GapLabel.WALKED for each in starts) else ""
    return {"ok": paragraph(done, walks), "changed": len(changed)}


def _take_back(upkeep: Upkeep, request: Request) -> Reply:
    """`start`, `at`: of which stretch and when something was said that is to hold no more, ISO times with a zone."""
    facts = tuple(said_of_days.without(upkeep.history, str(request.get("start")), str(request.get("at")), upkeep.at))
    if not facts:
        return _bad(_("That was said on another computer, or is taken back already; nothing was changed."))
    upkeep.keep(*facts)
    return {"ok": _("Taken back. The stretch is again as it was before.")}


# -- import


def _import(upkeep: Upkeep, request: Request) -> Reply:
    """`file`: the absolute path of an export. A program at work has it done aside, so that its loop goes on."""
    file = Path(str(request.get("file")))
    loop = upkeep.loop
    if loop is None:
        return _bring_in(upkeep.history, file)
    loop.checkpoint(upkeep.at)
    if not upkeep.history.days():  # nothing here ties the axis of the machine at work to that of the file
        return {"error": _("sitbreak has only just begun its books; please import again in a few minutes.")}
    return {ASIDE: partial(_import_aside, upkeep, loop, file)}


def _import_aside(upkeep: Upkeep, loop: Loop, file: Path) -> Callable[[], Reply]:
    """Brings the file in through a connection of its own; what it returns tells the program at work."""
    books = SqliteHistory(upkeep.history.path, upkeep.at.utc, upkeep.settings.day.start)
    try:
        reply = _bring_in(books, file)
    finally:
        books.close()

    def tell() -> Reply:
        if "added" in reply:
            loop.machine.number_prompts_after(upkeep.history.ends()[1])  # no two prompts share a number
            upkeep.changed()
        return reply

    return tell


def _bring_in(history: SqliteHistory, file: Path) -> Reply:
    from sitbreak.adapters.history.transfer import import_

    try:
        with os.fdopen(open_regular(file, os.O_RDONLY), encoding="utf-8", newline="") as lines:
            if os.fstat(lines.fileno()).st_size > MOST_IMPORTED:
                return _bad(
                    _(
                        "{file} is larger than {most_imported} MB; export and import a year at a time.",
                        file=file,
                        most_imported=MOST_IMPORTED // 10**6,
                    )
                )
            result = import_(history, lines)
    except (OSError, UnicodeDecodeError) as error:
        return _bad(
            _(
                "{file} could not be read ({reason}); nothing was imported.",
                file=file,
                reason=reason_of(error),
            )
        )
    except (HistoryUnwritable, HistoryDamaged) as error:
        return {"error": _("{error} Please import again: what came in by then is left as it is.", error=error)}
    if result.refused:
        return _bad(_refusals(file, result))
    added = ngettext("{count} record added from {file}.", "{count} records added from {file}.", result.added, file=file)
    same = _("{number} were here already.", number=result.same) if result.same else ""
    return {"ok": paragraph(added, same), "added": result.added, "same": result.same}


def _refusals(file: Path, result: ImportResult) -> str:
    shown = [said(refusal.why) for refusal in result.refused[:REFUSALS_SHOWN]]
    more = len(result.refused) - REFUSALS_SHOWN
    rest = _("And {number} more.", number=more) if more > 0 else ""
    return _("Nothing was imported from {file}: {reasons}", file=file, reasons=paragraph(*shown, rest))


def _devices(upkeep: Upkeep, request: Request) -> Reply:
    """See device_requests."""
    reply = device_requests.answer(upkeep.history.path, request)
    upkeep.changed()
    return reply


def _doctor(upkeep: Upkeep, request: Request) -> Reply:
    """What the program at work uses: port by port, as JSON values."""
    return {"ok": _("At work."), "backends": dict(upkeep.backends())}


def _bad(sentence: str) -> Reply:
    return {"error": sentence, "bad": True}


UPKEEP: dict[str, Callable[[Upkeep, Request], Reply]] = {
    "answers": _answers,
    "take_back": _take_back,
    "baseline": _baseline,
    "goal": _goal,
    "import": _import,
    "forget": forget_requests.answer,
    "devices": _devices,
    "doctor": _doctor,
}

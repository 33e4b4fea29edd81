"""Where plans and their logs are kept: one small JSON file in the settings folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path

from sitbreak.core.frozen import frozen
from sitbreak.core.plans import LEVEL_NAMES, MOST, PLANS, Plan, PlanEntry, Position, position, short_line
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _, aside, ngettext, numeral, paragraph, said
from sitbreak.settings.files import read_regular, write_atomically
from sitbreak.settings.written_values import with_unit

FORMAT = 1
UNITS = {"minutes": N_("minutes"), "repetitions": N_("repetitions"), "sessions": N_("sessions")}


class PlansUnusable(NotDone):
    """The file cannot be read or written; the message says what is wrong and what to do. It is never overwritten."""


class PlanRefused(NotDone):
    """What was asked of a plan cannot be done; the message says why."""


@frozen
class Kept:
    """One person's plan: the day it was started, None when it is not running, and everything logged, oldest first."""

    started: date | None = None
    log: tuple[PlanEntry, ...] = field(default=())


def read_plans(file: Path) -> dict[str, Kept]:
    """Every plan by name, those never started too. Raises PlansUnusable."""
    empty = {plan.name: Kept() for plan in PLANS}
    try:
        raw = json.loads(read_regular(file).decode("utf-8-sig"))
    except FileNotFoundError:
        return empty
    except OSError as error:
        raise PlansUnusable(
            _("{file} cannot be read ({strerror}): allow reading it.", file=file, strerror=error.strerror)
        ) from error
    except (ValueError, RecursionError) as error:
        raise PlansUnusable(_("{file} is damaged: correct it, or move it away to begin anew.", file=file)) from error
    return empty | _plans(file, raw)


def write_plans(file: Path, plans: Mapping[str, Kept]) -> None:
    """Replaces the file in one step. Raises PlansUnusable."""
    raw = {
        name: {
            "started": kept.started.isoformat() if kept.started else None,
            "log": [[each.day.isoformat(), each.amount] for each in kept.log],
        }
        for name, kept in plans.items()
    }
    try:
        write_atomically(file, json.dumps({"format": FORMAT, "plans": raw}, indent=1) + "\n")
    except OSError as error:
        raise PlansUnusable(
            _("{file} cannot be written ({strerror}): nothing was kept.", file=file, strerror=error.strerror)
        ) from error


def plan_line(file: Path, today: date) -> str:
    """One sentence for each plan that is running, in one line; empty when none is.

    A file that cannot be read is told in the same place: the line is then the sentence of PlansUnusable.
    """
    try:
        plans = read_plans(file)
    except PlansUnusable as error:
        return str(error)
    running = ((each, plans[each.name]) for each in PLANS)
    return paragraph(*(said(short_line(each, here(each, kept, today))) for each, kept in running if kept.started))


def week_words(ladder: Plan, now: Position) -> str:
    """What this week asks for, what was done of it, and how it came to this rung."""
    rung = now.rung
    if ladder.unit == "sessions":
        asked = with_unit(rung.times, ladder.unit)
    else:
        each = with_unit(rung.amount, ladder.unit)
        asked = ngettext("{each} on {count} day", "{each} on {count} days", rung.times, each=each)
    asked = aside(asked, said(LEVEL_NAMES[rung.level]) if rung.level != "shown" else "")
    done = _("So far {done} of {target}.", done=numeral(now.done), target=with_unit(now.target, ladder.unit))
    back = _("One step back after a thin week; that is how it is meant.") if now.went_back else ""
    top = _("You are at the top; staying there is plenty.") if now.complete else ""
    told = _("Week {week}: {asked}.", week=now.week, asked=asked)
    return paragraph(told, done, back, top)


def here(ladder: Plan, kept: Kept, today: date) -> Position:
    """Where someone stands in a plan; one that is not running is looked at as if it began today."""
    return position(ladder, today if kept.started is None else kept.started, kept.log, today)


def start(file: Path, ladder: Plan, today: date) -> None:
    """Starts a plan, or starts it anew. Raises PlansUnusable."""
    plans = read_plans(file)
    write_plans(file, plans | {ladder.name: replace(plans[ladder.name], started=today)})


def stop(file: Path, ladder: Plan) -> None:
    """Ends a plan; what was logged is kept. Raises PlansUnusable, and PlanRefused when it is not running."""
    plans = read_plans(file)
    write_plans(file, plans | {ladder.name: replace(_running(plans, ladder), started=None)})


def log(file: Path, ladder: Plan, today: date, day: date, amount: float | None = None) -> PlanEntry:
    """Enters what was done on a day, in the plan's unit; without an amount what the week asks for.

    Raises PlansUnusable, and PlanRefused for a plan that is not running, a day before it and an amount that is none.
    """
    plans = read_plans(file)
    kept, most = _running(plans, ladder), MOST[ladder.unit]
    if kept.started is not None and day < kept.started:
        raise PlanRefused(
            _("{plan} began on {day}; log that day or a later one.", plan=said(ladder.title), day=kept.started)
        )
    entry = PlanEntry(day, here(ladder, kept, today).rung.amount if amount is None else amount)
    if not 0 < entry.amount <= most:
        raise PlanRefused(
            _(
                "That is not an amount; say a number of {unit} above 0, up to {most}.",
                unit=_(UNITS[ladder.unit]),
                most=most,
            )
        )
    write_plans(file, plans | {ladder.name: with_entry(kept, entry)})
    return entry


def take_back(file: Path, ladder: Plan) -> PlanEntry:
    """Takes out the last entry of a plan. Raises PlansUnusable, and PlanRefused where nothing is logged."""
    plans = read_plans(file)
    kept = plans[ladder.name]
    if not kept.log:
        raise PlanRefused(_("Nothing is logged in {plan}.", plan=said(ladder.title)))
    write_plans(file, plans | {ladder.name: replace(kept, log=kept.log[:-1])})
    return kept.log[-1]


def _running(plans: Mapping[str, Kept], ladder: Plan) -> Kept:
    kept = plans[ladder.name]
    if kept.started is None:
        raise PlanRefused(_("{plan} is not running; start it first.", plan=said(ladder.title)))
    return kept


def with_entry(kept: Kept, entry: PlanEntry) -> Kept:
    """The plan with one more entry, in order of days."""
    return replace(kept, log=tuple(sorted((*kept.log, entry), key=lambda each: each.day)))


def _plans(file: Path, raw: object) -> dict[str, Kept]:
    try:
        if not isinstance(raw, dict) or raw.get("format") != FORMAT:
            raise TypeError("format")
        return {str(name): _kept(item) for name, item in raw["plans"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PlansUnusable(
            _("{file} is not a plans file: correct it, or move it away to begin anew.", file=file)
        ) from error


def _kept(item: Mapping[str, object]) -> Kept:
    started, log = item["started"], item["log"]
    if not isinstance(log, list):
        raise TypeError("log")
    entries = tuple(PlanEntry(date.fromisoformat(day), float(amount)) for day, amount in log)
    return Kept(date.fromisoformat(str(started)) if started is not None else None, entries)

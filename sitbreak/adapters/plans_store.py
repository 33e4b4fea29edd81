"""Where plans and their logs are kept: one small JSON file in the settings folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sitbreak.core.plans import PLANS, PlanEntry, position, short_line
from sitbreak.language import _, said
from sitbreak.settings.files import read_regular, write_atomically

FORMAT = 1


class PlansUnusable(Exception):
    """The file cannot be read or written; the message says what is wrong and what to do. It is never overwritten."""


@dataclass(frozen=True, slots=True)
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
    return " ".join(
        said(short_line(each, position(each, kept.started, kept.log, today))) for each, kept in running if kept.started
    )


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

"""The answer of a replay: spans, prompts and days as plain JSON values (spec 6)."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.accounting import days
from sitbreak.core.corrections import overlay
from sitbreak.core.records import Evidence, PromptRecord, Span
from sitbreak.replay.player import Played

SECOND = timedelta(seconds=1)


def answer(played: Played) -> dict[str, object]:
    """Exactly the object of spec 6."""
    facts = played.facts
    return {
        "spans": spans(overlay(facts.spans, facts.corrections)),
        "prompts": [_prompt(record) for record in facts.prompts],
        "days": [day.figures() for day in days(facts, played.rules.day_start)],
    }


def spans(booked: list[Span]) -> list[dict[str, object]]:
    """The spans with equal neighbours merged: those of one class and strength, their evidence taken together."""
    found: list[dict[str, object]] = []
    evidence: set[Evidence] = set()
    for span in booked:
        strength = span.strength.value if span.strength else None
        last = found[-1] if found else None
        if last and (last["class"], last["strength"]) == (span.kind.value, strength):
            evidence |= span.evidence
        else:
            evidence = set(span.evidence)
            last = {"start_s": span.start.elapsed / SECOND, "class": span.kind.value, "strength": strength}
            found.append(last)
        last["end_s"] = span.end.elapsed / SECOND
        last["evidence"] = sorted(e.value for e in evidence)
    order = ("start_s", "end_s", "class", "strength", "evidence")
    return [{key: row[key] for key in order} for row in found]


def _prompt(record: PromptRecord) -> dict[str, object]:
    return {
        "shown_s": record.shown.elapsed / SECOND,
        "reason": record.reason.value,
        "outcome": record.outcome.value if record.outcome else None,
        "movement": record.movement,
    }

"""How it stands with the body now, read off the books of all its devices, for the machine of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sitbreak.core.bouts import bouts
from sitbreak.core.classify import SITTING
from sitbreak.core.events import BodySeen
from sitbreak.core.merging import merged
from sitbreak.core.records import Outcome, PromptRecord
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.core.uniting import DeviceBooks

WITHIN = timedelta(days=1)


def body_now(books: Sequence[DeviceBooks], own: str, at: Instant, rules: Rules) -> BodySeen | None:
    """What `own` has to know at `at`, on its axis; None where no other device saw anybody within a day."""
    whole = merged(books, rules)
    there = [stay.end.utc for stay in whole.stays if stay.devices - {own} and at.utc - stay.end.utc < WITHIN]
    present = [span for span in whole.facts.spans if span.kind in SITTING]
    if not there or not present:
        return None
    until = present[-1].end.utc
    last = bouts(whole.facts.spans)[-1:]
    sits = last and last[0].start.utc + last[0].duration == until
    bout = last[0].start.utc if sits else None
    others = [prompt for each in books if each.device != own for prompt in each.facts.prompts]
    again = None if bout is None else _again(others, bout, rules)
    return BodySeen(
        _here(at, until),
        None if bout is None else _here(at, bout),
        _here(at, max(there)),
        None if again is None else _here(at, again),
    )


def _here(at: Instant, utc: datetime) -> Instant:
    """The moment on the axis that `at` is on."""
    return at.plus(utc - at.utc)


def _again(prompts: Iterable[PromptRecord], since: datetime, rules: Rules) -> datetime | None:
    """When a prompt may come after those that other devices showed in this bout; a snooze says so itself."""
    found = []
    for prompt in prompts:
        if prompt.shown.utc < since or prompt.outcome is Outcome.SNOOZED:
            continue
        closed = prompt.shown.utc + rules.unanswered if prompt.closed is None else prompt.closed.utc
        declined = prompt.outcome is Outcome.DECLINED
        found.append(closed + (rules.declined_after if declined else rules.return_after))
    return max(found, default=None)

"""Adapting `earliest` to the person: one figure for the whole day, slowly, and always with its reason (spec 2.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sitbreak.core.frozen import frozen
from sitbreak.core.records import FOLLOWED, Outcome, PromptRecord, Reason
from sitbreak.core.text import Sentence

RUNGS = tuple(timedelta(minutes=minutes) for minutes in (30, 35, 40))
LATEST = timedelta(minutes=45)
LEARNING = timedelta(days=14)  # nothing moves before, and no older prompt is looked at
STEP = timedelta(days=7)  # at most one move in each
LEAST = 10  # prompts to judge by; fewer are chance
SELDOM = 0.25  # taken less often than this: later
OFTEN = 0.5  # taken at least this often: earlier
# Those that came for the first time in a bout, in the window that `earliest` opens. A prompt that came back, or was
# held by a call, says nothing about the moment chosen.
FIRST = frozenset({Reason.LULL, Reason.LATEST})
REFUSED = frozenset({Outcome.NOT_TAKEN, Outcome.SNOOZED, Outcome.DECLINED, Outcome.IGNORED})


@frozen
class Adapted:
    """The earliest in force, why (a sentence or two for people), and the day it last moved (None: never)."""

    earliest: timedelta
    reason: str
    changed_on: date | None = None


@frozen
class Adapting:
    """What must be kept beside the history: the figure the person set, and since when it has been theirs."""

    base: timedelta
    since: date


def adapting(kept: Adapting | None, base: timedelta, today: date, first: date | None) -> Adapting:
    """What to keep now: `kept` while the person's figure is `base` as before, else a new beginning today.

    Without anything kept it begins on `first`, the first day of the history, or today where there is none.
    """
    if kept is not None and kept.base == base:
        return kept
    begin = today if kept is not None or first is None else first
    return Adapting(base, begin)


def earliest_for(
    prompts: Sequence[PromptRecord],
    today: date,
    current: timedelta,
    enabled: bool,
    since: date,
    latest: timedelta = LATEST,
) -> Adapted:
    """The earliest in force on `today`; the same history always gives the same answer.

    `current` is the figure the person set, in force from `since` on. The rule is played through from there:

    * It is looked at 14 days after `since`, then every 7 days, at the start of the day: at most one step a week.
    * Looked at are the prompts of the 14 days before, but none from before the last step: those came under another
      figure. They count when they were the first of their bout (a lull, or the latest moment), seen, and answered or
      ignored: taken, stretched or answered by standing for a while on one side; begun but not taken, snoozed, declined
      and ignored on the other. One that the person left, or that could not be shown, counts on neither.
    * With 10 or more of these: taken less than a quarter of the time, one step later among 30, 35 and 40 min; taken at
      least half of the time, one step earlier, but only after 14 whole days at the present figure, so that it
      does not swing back and forth. Nothing else moves it.
    * Only rungs before `latest` are used, and a figure of the person's own that is none of them stays as it is.

    Switched off, or once the person sets a figure, theirs is in force at once.
    """
    own = _minutes(current)
    rungs = [rung for rung in RUNGS if rung < latest]
    if not enabled:
        return Adapted(current, Sentence("It is as you set it, {minutes}; adapting is off.", minutes=own))
    if current not in rungs:
        return Adapted(current, Sentence("{minutes} is a figure of your own, so it stays.", minutes=own))
    found = Adapted(current, Sentence("It is as you set it, {minutes}: nothing speaks for a change.", minutes=own))
    if today < since + LEARNING:
        return Adapted(
            current, Sentence("It is as you set it, {minutes}; the first two weeks only teach.", minutes=own)
        )
    look = since + LEARNING
    while look <= today:
        found = _looked(found, prompts, look, since, rungs)
        look += STEP
    return found


def _looked(
    found: Adapted, prompts: Sequence[PromptRecord], look: date, since: date, rungs: list[timedelta]
) -> Adapted:
    """What one weekly look makes of the figure in force."""
    begun = since if found.changed_on is None else found.changed_on
    first = max(look - LEARNING, begun)
    looked_at = [prompt for prompt in prompts if first <= prompt.day < look and _counts(prompt)]
    taken = sum(prompt.outcome in FOLLOWED for prompt in looked_at)
    if len(looked_at) < LEAST:
        return found
    place, share = rungs.index(found.earliest), taken / len(looked_at)
    if share < SELDOM and place + 1 < len(rungs):
        target = rungs[place + 1]
    elif share >= OFTEN and place > 0 and look - begun >= LEARNING:
        target = rungs[place - 1]
    else:
        return found
    return Adapted(target, _why(found.earliest, target, taken, len(looked_at), (look - first).days), look)


def _counts(prompt: PromptRecord) -> bool:
    return prompt.reason in FIRST and (prompt.outcome in FOLLOWED or prompt.outcome in REFUSED)


def _why(before: timedelta, after: timedelta, taken: int, shown: int, days: int) -> str:
    values = {
        "taken": taken if taken else Sentence("none"),
        "shown": shown,
        "days": days,
        "after": _minutes(after),
        "before": _minutes(before),
    }
    if after > before:
        return Sentence(
            "You took {taken} of {shown} prompts in {days} days, so they now come later, after {after} instead of "
            '{before}: they may suit you better. "Learn when I take breaks" in Settings goes back to your '
            "own figure.",
            **values,
        )
    return Sentence(
        "You took {taken} of {shown} prompts in {days} days, so they now come earlier, after {after} instead of "
        '{before}: they seem to suit you. "Learn when I take breaks" in Settings goes back to your own figure.',
        **values,
    )


def _minutes(duration: timedelta) -> str:
    return Sentence("{minutes:g} min", minutes=duration / timedelta(minutes=1))

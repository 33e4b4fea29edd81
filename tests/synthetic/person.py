"""A person who reacts to prompts, for synthetic days: takes some of them, and fewer each week."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sitbreak.core.effects import ShowPrompt
from sitbreak.core.timeline import Instant
from sitbreak.replay.simulated_world import Reply
from tests.synthetic.plan import Plan

FADING = 0.98  # spec 5: of what was taken a week before
# What becomes of a prompt that is not taken: part of the guess, and without a source.
NOT_TAKEN = {"none": 0.60, "snooze": 0.25, "not_now": 0.15}
SNOOZES = (5.0, 10.0, 15.0)
LONG_SHARE = 0.15  # of the breaks, taken as the longer one
START, LONG = (125.0, 230.0), (305.0, 420.0)  # seconds away from the desk
REACTION = (3.0, 25.0)  # seconds until the answer


class Person:
    """Answers each prompt of a day by chance; the same seed and prompt number give the same answer.

    `share`: of the prompts taken in the first week, 0 to 1. `week`: weeks since then. Somebody about to get up anyway
    leaves the prompt unanswered.
    """

    def __init__(self, plan: Plan, seed: int, share: float, week: int = 0) -> None:
        self._plan = plan
        self._seed = seed
        self._share = share * FADING**week

    def __call__(self, prompt: ShowPrompt, at: Instant) -> Reply:
        """The reaction to a prompt shown at `at`."""
        draw = Random(f"prompt {self._seed} {prompt.number}")
        after = round(draw.uniform(*REACTION))
        wish = draw.random()
        if not self._plan.at_desk(at.elapsed.total_seconds() + after):
            return _reply("none", after)
        if wish < self._share:
            long = draw.random() < LONG_SHARE
            return _reply("long" if long else "start", after, draw.uniform(*(LONG if long else START)))
        answer = draw.choices(list(NOT_TAKEN), list(NOT_TAKEN.values()))[0]
        if answer == "snooze" and not prompt.snooze_left:
            answer = "none"
        return _reply(answer, after, minutes=draw.choice(SNOOZES))


def _reply(answer: str, after: int, away: float = 0.0, minutes: float = SNOOZES[0]) -> Reply:
    return Reply(answer, timedelta(seconds=after), timedelta(seconds=round(away)), minutes)

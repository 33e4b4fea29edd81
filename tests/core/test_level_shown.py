"""A prompt and its break come at the level that the person chose for the movement, and the status knows the last."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.effects import BreakBegan, ShowPrompt
from sitbreak.core.events import Answer, LevelChosen, PromptAnswered
from tests.fakes.machine import KEY, after, machine_at


def test_the_level_is_that_of_the_movement() -> None:
    """Chosen once in a break window, it holds for prompts and breaks from then on."""
    machine = machine_at()
    machine.handle(LevelChosen("walk", "easier"), after(1))
    shown = [
        effect
        for tenth in range(10, 460)
        for effect in machine.handle(KEY, after(tenth / 10))
        if isinstance(effect, ShowPrompt)
    ]
    assert [(prompt.movement, prompt.level) for prompt in shown] == [("walk", "easier")]
    now = machine.status(after(46))
    assert (now.last_shown, now.last_reason) == (after(45), "latest")
    began = machine.handle(PromptAnswered(Answer.START, timedelta(0)), after(46))
    assert [effect.level for effect in began if isinstance(effect, BreakBegan)] == ["easier"]
    assert [(each.movement, each.level) for each in machine.memory().past] == [("walk", "easier")]

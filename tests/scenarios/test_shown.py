"""What a prompt says when it is put on show: all of it, for whatever shows it has nothing else to go by."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.effects import ShowPrompt
from sitbreak.core.records import Reason
from tests.scenarios.telling import Told, tell


def shown(told: Told) -> list[ShowPrompt]:
    """The prompts as they were put on show."""
    return [effect for _, effect in told.played.happened if isinstance(effect, ShowPrompt)]


def test_a_prompt_says_which_it_is_why_it_comes_and_what_to_do() -> None:
    """Number, reason, movement and the sitting so far agree with what is kept of it."""
    told = tell("0:00-46:00 key \n 46:00 end")
    (prompt,), (kept,) = shown(told), told.played.facts.prompts
    assert (prompt.number, prompt.reason, prompt.movement) == (kept.number, kept.reason, kept.movement)
    assert prompt.reason is Reason.LATEST
    assert prompt.bout == kept.bout == timedelta(minutes=45)
    assert (prompt.snooze_left, prompt.brief, prompt.silent, prompt.level) == (2, False, False, "shown")


def test_each_snooze_leaves_one_fewer() -> None:
    """Two at the most in a sitting; the third prompt offers none."""
    told = tell("""
        0:00-70:00 key
        45:10 answer snooze 5
        55:20 answer snooze 5
        70:00 end
    """)
    assert [prompt.snooze_left for prompt in shown(told)] == [2, 1, 0]
    assert [prompt.number for prompt in shown(told)] == [1, 2, 3]


def test_after_not_now_a_shorter_one_is_offered() -> None:
    """Only then."""
    told = tell("0:00-90:00 key \n 45:10 answer not_now \n 90:00 end")
    assert [prompt.brief for prompt in shown(told)] == [False, True]


def test_full_screen_takes_the_sound_away() -> None:
    """And nothing else."""
    told = tell("0:00-46:00 key \n 10:00 fullscreen_on \n 46:00 end")
    assert [prompt.silent for prompt in shown(told)] == [True]

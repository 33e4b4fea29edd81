"""What is known of the person the estimate is about: the habit that their answers tell of, read from the history."""

from __future__ import annotations

from sitbreak.core.awayshare import Habit
from sitbreak.core.gap_habit import learn, told_by, with_desk
from sitbreak.ports import History


def habit_of(history: History, standing_desk: bool) -> Habit:
    """The habit learned from the answers so far; `standing_desk`: theirs goes up. Raises what the history raises."""
    habit = learn(told_by(history.answers()))
    return with_desk(habit, history.outcomes()) if standing_desk else habit

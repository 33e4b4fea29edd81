"""What is told of other devices: the bout goes on across them, and what is said there holds here."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sitbreak.core.effects import AskAboutGap, Record, ShowPrompt, WithdrawPrompt, WithdrawQuestion
from sitbreak.core.events import Answer, BodySeen, PauseRequested, PromptAnswered, ResumeRequested, SaidElsewhere
from sitbreak.core.records import Outcome, PromptRecord, Span
from sitbreak.core.timeline import Instant
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE


def ago(morning: Morning, minutes: float) -> Instant:
    """The moment so many minutes ago."""
    return morning.at.plus(-minutes * MINUTE)


def seen(morning: Morning, bout: float | None = None, elsewhere: float = 0, again: float | None = None) -> Morning:
    """The books of all devices are read now: minutes ago that the bout began, and that somebody was seen elsewhere."""
    return morning.tell(
        BodySeen(
            morning.at,
            None if bout is None else ago(morning, bout),
            ago(morning, elsewhere),
            None if again is None else ago(morning, again),
        )
    )


def prompts(morning: Morning) -> int:
    """How many prompts were shown."""
    return sum(isinstance(effect, ShowPrompt) for effect in morning.effects)


def test_the_bout_goes_on_across_devices() -> None:
    """Forty minutes at the laptop and six at this desk: the prompt comes, and tells of the whole stretch."""
    morning = seen(Morning().type(1), bout=41, elsewhere=1.5).type(5)
    (shown,) = [effect for effect in morning.effects if isinstance(effect, ShowPrompt)]
    assert shown.bout > 44 * MINUTE


def test_a_break_elsewhere_begins_the_bout_anew() -> None:
    """Twenty minutes of typing here, two walked by the laptop's prompt, and back: no prompt for half an hour."""
    morning = seen(Morning().type(20).wait(3).type(1), bout=1, elsewhere=4).type(25)
    assert prompts(morning) == 0


def test_books_that_do_not_know_of_this_bout_change_nothing() -> None:
    """The laptop's last word is from before a break that was just taken here."""
    morning = Morning().type(20).wait(30)
    old = morning.at
    morning.type(1)
    morning.tell(BodySeen(old, old.plus(-50 * MINUTE), old))
    assert prompts(morning.type(10)) == 0


def test_a_beginning_that_moves_by_seconds_is_the_same_one() -> None:
    """Clocks that drift against each other do not open the window anew, nor give a snooze back."""
    morning = seen(Morning().type(1), bout=46, elsewhere=2).type(1)
    assert prompts(morning) == 1
    morning.tell(PromptAnswered(Answer.SNOOZE, 5 * MINUTE))
    window = morning.machine.memory().prompting.window
    seen(morning, bout=47.2, elsewhere=4)
    assert morning.machine.memory().prompting.window == window
    assert morning.machine.memory().prompting.snoozes == 1


def test_no_prompt_comes_where_the_last_input_was_not() -> None:
    """The person went to the laptop: here the prompt waits until they type here again."""
    morning = Morning().type(44.9).wait(0.05)
    seen(morning, bout=44.95, elsewhere=0.02)
    assert prompts(morning.wait(2)) == 0
    assert prompts(morning.type(0.1)) == 1


def test_a_prompt_on_show_is_taken_off_when_they_went_on_elsewhere() -> None:
    """It is settled as left, and the other device asks in its turn."""
    morning = Morning().type(45.1)
    morning.wait(0.5)
    seen(morning, bout=45.6, elsewhere=0)
    assert isinstance(next(e for e in reversed(morning.effects) if not isinstance(e, Record)), WithdrawPrompt)
    (last,) = [e.fact for e in morning.effects if isinstance(e, Record) and isinstance(e.fact, PromptRecord)][-1:]
    assert last.outcome is Outcome.LEFT


def test_a_prompt_shown_elsewhere_is_not_shown_again_at_once() -> None:
    """Ignored at the laptop three minutes ago: here it may come seven minutes from now."""
    morning = seen(Morning().type(1), bout=50, elsewhere=1.5, again=-7)
    assert prompts(morning.type(6)) == 0
    assert prompts(morning.type(7)) == 1


@pytest.mark.parametrize(("answer", "minutes"), [(Answer.SNOOZE, 15), (Answer.NOT_NOW, 30), (Answer.START, 15)])
def test_an_answer_elsewhere_holds_here(answer: Answer, minutes: float) -> None:
    """Put off or declined at the laptop, and the bout told before or after: here nothing comes before that."""
    morning = Morning().type(1)
    morning.tell(SaidElsewhere(PromptAnswered(answer, 15 * MINUTE), morning.at))
    seen(morning, bout=46, elsewhere=1.5)
    assert prompts(morning.type(minutes - 1)) == 0
    assert prompts(morning.type(7)) == 1


def test_a_prompt_on_show_goes_when_it_is_answered_elsewhere() -> None:
    """Both were on show; one answer is enough."""
    morning = Morning().type(45.1)
    morning.tell(SaidElsewhere(PromptAnswered(Answer.NOT_NOW), morning.at))
    assert morning.machine.memory().prompting.visible is None


def test_an_answer_of_long_ago_takes_nothing_off() -> None:
    """This program was not running when it was said."""
    morning = Morning().type(45.1)
    morning.tell(SaidElsewhere(PromptAnswered(Answer.SNOOZE, 5 * MINUTE), ago(morning, 20)))
    assert morning.machine.memory().prompting.visible is not None


def test_a_pause_elsewhere_is_a_pause_here_until_the_same_moment() -> None:
    """An hour from when it was said; one that is over by now is none; resuming there resumes here."""
    morning = Morning().type(1)
    morning.tell(SaidElsewhere(PauseRequested(60 * MINUTE), ago(morning, 10)))
    assert morning.machine.memory().context.paused_until == morning.at.elapsed + 50 * MINUTE
    morning.tell(SaidElsewhere(ResumeRequested(), morning.at))
    assert not morning.machine.memory().context.paused
    morning.tell(SaidElsewhere(PauseRequested(5 * MINUTE), ago(morning, 10)))
    assert not morning.machine.memory().context.paused


def test_the_last_word_about_a_pause_holds_in_whatever_order_it_comes() -> None:
    """A pause that was ended here comes once more, late; one that was said after it holds."""
    morning = Morning().type(10)
    pause = SaidElsewhere(PauseRequested(60 * MINUTE), ago(morning, 5))
    morning.tell(pause)
    morning.tell(ResumeRequested())
    morning.tell(pause)
    morning.tell(SaidElsewhere(PauseRequested(60 * MINUTE), ago(morning, 1)))
    assert not morning.machine.memory().context.paused
    morning.type(1).tell(SaidElsewhere(PauseRequested(60 * MINUTE), ago(morning, 0.5)))
    assert morning.machine.memory().context.paused


def test_a_word_said_here_comes_after_one_of_a_clock_that_is_ahead() -> None:
    """Resumed here, and told so that the others take it for the later word; what came before it changes nothing."""
    morning = Morning().type(10)
    ahead = SaidElsewhere(PauseRequested(60 * MINUTE), ago(morning, -1))
    morning.tell(ahead)
    told = morning.machine.word_at(morning.at)
    assert told.utc > ahead.at.utc
    morning.tell(ResumeRequested())
    morning.tell(ahead)
    assert not morning.machine.memory().context.paused
    morning.type(5)
    assert morning.machine.word_at(morning.at) == morning.at


def test_books_that_are_older_than_what_is_known_move_nothing_back() -> None:
    """The broker says that somebody is there now; the folder, which knows of some minutes ago, changes nothing."""
    morning = Morning().type(10).wait(1)
    there = ago(morning, 0.1)
    morning.tell(BodySeen(there, elsewhere=there))
    seen(morning, bout=40, elsewhere=3)
    assert morning.machine.memory().elsewhere == there.elapsed


def test_nobody_is_asked_about_a_gap_that_was_spent_at_another_device() -> None:
    """Forty minutes without input here, of which the laptop knows."""
    morning = Morning().type(5).wait(40)
    seen(morning, bout=40, elsewhere=0.5)
    morning.type(1)
    assert not any(isinstance(effect, AskAboutGap) for effect in morning.effects)


def test_nothing_of_it_enters_the_books() -> None:
    """The spans of this machine are those of a machine that was told nothing."""
    told, alone = Morning(), Morning()
    for morning in (told, alone):
        morning.type(20).wait(7).type(5)
        if morning is told:
            seen(morning, bout=50, elsewhere=3, again=-5)
            morning.tell(SaidElsewhere(PauseRequested(timedelta(minutes=30)), morning.at))
        morning.wait(12).type(3)
    spans = [[e.fact for e in m.effects if isinstance(e, Record) and isinstance(e.fact, Span)] for m in (told, alone)]
    assert spans[0] == spans[1]


def test_the_offer_to_lower_a_desk_that_was_left_is_taken_off() -> None:
    """They stood for a while here, and go on at another computer."""
    morning = Morning().prompted().tell(PromptAnswered(Answer.STAND, 20 * MINUTE)).type(20.5)
    assert WithdrawQuestion() not in morning.effects
    there = morning.at.plus(MINUTE)
    morning.wait(1).tell(BodySeen(there, elsewhere=there))
    assert WithdrawQuestion() in morning.effects

"""What seldom happens in a day and must be right all the same: each of these was once free to change unnoticed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.accounting import days
from sitbreak.core.away_share import Told, learn
from sitbreak.core.effects import AskAboutGap, ShowPrompt
from sitbreak.core.estimate import ANSWERED, estimates
from sitbreak.core.events import (
    BreakRequested,
    Declared,
    InputKind,
    Locked,
    Signal,
    SignalChanged,
    Started,
    Stopped,
    UpAnswered,
)
from sitbreak.core.human_input import Beat, Inputs
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Break, revive
from sitbreak.core.movements import Movement, Wishes, areas_served, choose
from sitbreak.core.prompt_states import Hold, Window
from sitbreak.core.reboot import Boot
from sitbreak.core.records import BreakRecord, Evidence, GapLabel, Outcome, PromptRecord, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, WallMap
from tests.core.test_movements import CATALOGUE, Done
from tests.core.test_what_is_kept import Morning
from tests.fakes.machine import KEY, MINUTE, SECOND, TICK, Walks, after, machine_at
from tests.review.made import Story, day

DAY_START = time(4)


# -- restarts


def test_a_lock_over_a_restart_is_one_lock() -> None:
    """Told anew before the program watches again, within a minute: the chair was empty throughout, one absence."""
    morning = Morning()
    morning.types(0, 10)
    morning.tell(10, Locked())
    morning.tell(20, TICK)
    morning.machine = Machine(morning.machine.rules, Walks(), revive(morning.machine.memory()))
    for minute, event in ((20, Stopped()), (20.5, Locked()), (20.6, Started())):
        morning.tell(minute, event)
    (lock,) = [s for s in morning.machine.memory().presence.stretches if s.what is Evidence.LOCK]
    assert (lock.start, lock.end) == (after(10).elapsed, None)


def test_time_not_watched_in_a_meeting_is_asked_about_for_two_minutes() -> None:
    """The program was off for half an hour of a declared meeting: one question, which goes by itself."""
    morning = Morning()
    morning.types(0, 10)
    morning.tell(10, Declared(Signal.MEETING, True))
    morning.tell(20, Stopped())
    morning.tell(50, Started())
    assert len([effect for effect in morning.said if isinstance(effect, AskAboutGap)]) == 1
    morning.tell(53, TICK)
    assert morning.machine.memory().question is None


def test_a_meeting_with_an_end_is_evidence_until_then() -> None:
    """From the end on hands off is hands off."""
    morning = Morning()
    morning.types(0, 10)
    morning.tell(10, Declared(Signal.MEETING, True, after(40)))
    morning.tell(60, TICK)
    assert not morning.machine.status(after(60)).evidence
    assert morning.machine.memory().presence.last == after(40).elapsed


# -- prompts


def test_a_break_begun_elsewhere_answers_the_prompt_on_show() -> None:
    """Begun from the menu while a prompt asks: the prompt is taken, not left."""
    morning = Morning()
    shown = morning.prompt()
    begun = morning.prompted_at() + 0.1
    morning.tell(begun, BreakRequested(2 * MINUTE))
    morning.tell(begun + 4, KEY)
    morning.tell(begun + 4.5, KEY)
    (first, *_) = [fact for fact in morning.facts(BreakRecord) if isinstance(fact, BreakRecord)]
    prompts = [fact for fact in morning.facts(PromptRecord) if isinstance(fact, PromptRecord)]
    assert first.prompt == shown.number
    assert prompts[-1].outcome is Outcome.TAKEN
    assert Outcome.LEFT not in {prompt.outcome for prompt in prompts}


def test_a_presentation_over_its_limit_holds_nobody_who_comes_back() -> None:
    """The limit passed at an empty chair; the first input shows the prompt though the presentation goes on."""
    morning = Morning()
    morning.tell(0, SignalChanged(Signal.PRESENTING, True))
    morning.types(0, 74)
    morning.tell(76.5, TICK)
    assert not [effect for effect in morning.said if isinstance(effect, ShowPrompt)]
    morning.tell(76.6, KEY)
    assert len([effect for effect in morning.said if isinstance(effect, ShowPrompt)]) == 1


def test_a_window_without_length_needs_the_later_lull() -> None:
    """With one moment for both ends the lull is that of the end; nothing is divided by its length."""
    rules = replace(Rules(), earliest=30 * MINUTE, latest=30 * MINUTE)
    window = Window.back(10 * MINUTE, rules)
    moment, _ = window.moment(12 * MINUTE, rules, ZERO)
    assert moment == 12 * MINUTE + rules.lull_at_latest


def test_a_movement_begun_is_remembered_at_its_level() -> None:
    """Where none was chosen, that is the level shown."""
    morning = Morning()
    morning.tell(1, BreakRequested(2 * MINUTE))
    assert [each.level for each in morning.machine.memory().past] == ["shown"]


def test_what_was_asked_is_dated_by_the_clock_of_then() -> None:
    """The clock was set while "were you up?" was open, and the memory tidied: the break is where the gap began."""
    morning = Morning()
    morning.prompt()
    left = morning.prompted_at()
    back = A_MORNING.plus((left + 6) * MINUTE)
    morning.said += morning.machine.handle(KEY, back)
    later = replace(back.plus(10 * SECOND), utc=back.utc + timedelta(hours=1, seconds=10))
    morning.said += morning.machine.handle(KEY, later)
    morning.machine.memory()
    morning.said += morning.machine.handle(UpAnswered(True), later.plus(5 * SECOND))
    (taken,) = [fact for fact in morning.facts(BreakRecord) if isinstance(fact, BreakRecord)]
    assert taken.accepted.utc - A_MORNING.utc == taken.accepted.elapsed - A_MORNING.elapsed


# -- clocks


def test_readings_between_steps_leave_the_walls_as_they_are() -> None:
    """Whatever the steady clock says, only a step or a zone makes an anchor."""
    wall_map = WallMap()
    for minutes in (60, 90, 120):
        wall_map.observe(after(minutes))
    assert wall_map.version == 1


def test_a_step_over_the_boundary_is_a_cut() -> None:
    """Within the hour the wall clock went from the evening past four: from there on it is another day."""
    evening = replace(A_MORNING, utc=A_MORNING.utc.replace(hour=20))
    wall_map = WallMap()
    wall_map.observe(evening)
    wall_map.observe(replace(evening.plus(10 * MINUTE), utc=evening.utc + timedelta(hours=12)))
    start = evening.elapsed
    assert wall_map.cuts(start, start + 30 * MINUTE, DAY_START) == [start + 10 * MINUTE]


def test_a_step_out_of_the_working_hours_holds_at_once() -> None:
    """The clock is set to the evening: the hours are over from that moment on."""
    hours = dict.fromkeys(range(7), ((time(0), time(18)),))
    machine = machine_at(rules=Rules(working_hours=hours))
    machine.handle(KEY, after(1))
    assert Hold.OFF_HOURS not in machine.status(after(1)).holds
    late = replace(after(2), utc=after(2).utc.replace(hour=20))
    machine.handle(KEY, late)
    assert Hold.OFF_HOURS in machine.status(late).holds


def test_small_adjustments_after_a_start_do_not_add_up() -> None:
    """A clock that is adjusted by less than a minute, twice, was never wrong by more."""
    boot = Boot(ZERO)
    for _ in range(2):
        boot.stepped(40 * SECOND)
    assert boot.step == ZERO


# -- what is no person, and what is learned


@pytest.mark.parametrize(("silent", "beats"), [(5, True), (6, False)])
def test_a_beat_is_over_after_more_than_five_intervals(silent: int, beats: bool) -> None:
    """Up to four beats may go unseen."""
    rules = Rules()
    beat = Beat(InputKind.MOTION, ZERO, 30 * MINUTE, 30)
    assert (Inputs(beat=beat).beats((30 + silent) * MINUTE, rules) is not None) is beats


def test_what_was_said_of_a_gap_leaves_less_to_the_habit() -> None:
    """An answered gap depends, for the same doubt, less on how often this person is up than an unanswered one."""
    habit = learn([Told(600, 1.0), Told(900, 0.0)])

    def pulled(story: Story) -> float:
        found = estimates(story.sit(60).facts(), habit)[day("2026-03-02")]
        (share,) = found.shares.values()
        return found.pull[0] / (share * (1 - share))

    silent = pulled(Story("2026-03-02T09:00").sit(60).unseen(25))
    told = pulled(Story("2026-03-02T09:00").sit(60).unseen(25).say(GapLabel.HERE))
    assert told == pytest.approx(ANSWERED * silent)


# -- books


def test_the_breaks_of_a_day_are_with_it() -> None:
    """And those of another day with that one."""
    story = Story("2026-03-02T09:00").sit(30)
    at = story.spans[0].start
    told = BreakRecord(at, date(2026, 3, 2), 2 * MINUTE, "walk", None)
    (summary,) = days(replace(story.facts(), breaks=(told,)))
    assert summary.breaks == (told,)


def test_a_walk_counts_nothing_where_a_correction_left_no_room() -> None:
    """All unobserved time of the day was said to be sitting: a walk logged before has no time left to have been in."""
    story = Story("2026-03-02T09:00").sit(30).unseen(30, Evidence.NOT_RUNNING).sit(30).walk(10)
    (before,) = days(story.facts())
    (after_it,) = days(story.correct(60, 30, SpanClass.SEATED).facts())
    assert (before.declared, after_it.declared) == (10, 0)


# -- movements


def test_areas_count_from_one() -> None:
    """A movement done once served each of its areas once."""
    today = date(2026, 3, 9)
    assert areas_served(CATALOGUE, [("mob-neck", today)], today, today)["neck"] == 1


def test_with_two_movements_they_take_turns() -> None:
    """Of two that fit the one done last waits."""
    two = [each for each in CATALOGUE if each.is_walk][:2]
    chosen = choose(two, [Done(two[0].id), Done(two[1].id), Done(two[0].id)], Wishes())
    assert chosen is two[1]


def test_what_is_no_walk_serves_the_area_that_waited_longest() -> None:
    """After a walk: not what was done longest ago itself, where something else served its area since."""
    plain = [each for each in CATALOGUE if not each.is_walk and len(each.areas) == 1 and each.place == "office"]
    first, again, other = _of_areas(plain)
    walk = next(each for each in CATALOGUE if each.is_walk)
    past = [Done(first.id), Done(other.id), Done(again.id), *[Done(f"gone-{n}") for n in range(5)], Done(walk.id)]
    catalogue = [replace(first, needs=()), replace(other, needs=()), again, walk]
    chosen = choose(catalogue, past, Wishes(off=frozenset({again.id, walk.id})))
    assert chosen.id == other.id


def _of_areas(movements: list[Movement]) -> tuple[Movement, Movement, Movement]:
    """Two movements of one area, and one of another."""
    for first in movements:
        alike = [each for each in movements if each.areas == first.areas and each is not first]
        others = [each for each in movements if each.areas != first.areas]
        if alike and others:
            return first, alike[0], others[0]
    raise AssertionError("the catalogue has no such three")


@pytest.mark.parametrize(
    "broken",
    [
        {"brk": Break(after(99).elapsed, 2 * MINUTE, "walk")},
        {"brk": Break(after(1).elapsed, ZERO, "walk")},
        {"brk": Break(after(1).elapsed, 2 * MINUTE, "walk", credited=-MINUTE)},
        {"next_number": 0},
        {"anchors": []},
    ],
    ids=["a break to come", "no length", "less than no credit", "no number", "no wall"],
)
def test_a_memory_that_makes_no_sense_is_none(broken: dict[str, object]) -> None:
    """Each of these alone is enough."""
    morning = Morning()
    morning.types(0, 10)
    memory = morning.machine.memory()
    assert memory.consistent()
    assert not replace(memory, **broken).consistent()  # type: ignore[arg-type]

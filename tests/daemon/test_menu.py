"""The tray menu by states: what it offers, and that every key of it means something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from sitbreak.core.events import (
    Answer,
    BreakRequested,
    PauseRequested,
    PromptAnswered,
    Signal,
    SignalChanged,
    StandingDeclared,
)
from sitbreak.core.rules import Rules
from sitbreak.daemon.commands import GOAL, event_of_key
from sitbreak.daemon.menu import NOT_WRITTEN, menu
from sitbreak.ports import MenuEntry
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from tests.daemon.states import STATES, Morning, came_back
from tests.fakes.machine import MINUTE

GOES_UP = apply(Settings(), {"day.standing_desk": True}).settings
PROGRAM = {"today", "summary", "movements", "plans", "settings", "help", "quit"}  # keys the program itself answers
BY_STATE = {
    "resting": ["Start a break", "Longer break"],
    "shown": ["Start the break", "Longer break", "Later", "Not now"],
    "called": ["Start a break", "Longer break", "Walk this call"],
    "on a break": ["End the break", "Start another break"],
    "asking": ["Start a break", "Longer break", "Yes, I was up", "No, I was at my desk"],
    "gap": ["Start a break", "Longer break", "Where were you?"],
    "paused": ["Start a break", "Longer break"],
}


def entries(morning: Morning, *notes: str) -> tuple[MenuEntry, ...]:
    """The menu of this moment."""
    return menu(morning.status, 12.4, 20.0, Settings(), notes)


def flat(found: tuple[MenuEntry, ...]) -> Iterator[MenuEntry]:
    """Every entry, those of submenus too."""
    for entry in found:
        yield entry
        yield from flat(entry.children)


def named(found: tuple[MenuEntry, ...], label: str) -> MenuEntry:
    """The entry of that label."""
    (entry,) = [entry for entry in flat(found) if entry.label == label]
    return entry


@pytest.mark.parametrize("name", STATES)
def test_every_key_of_every_menu_is_understood(name: str) -> None:
    """By the table of commands or by the program; and what has neither key nor children is only text or a rule."""
    for entry in flat(entries(STATES[name].live())):
        if entry.key:
            assert entry.key in PROGRAM or entry.key.startswith(GOAL) or event_of_key(entry.key, Rules()) is not None
        elif not entry.children:
            assert entry.label == "-" or not entry.enabled


def test_the_goal_is_ticked_among_others() -> None:
    """Also one that is none of the usual ones; a day without a goal has none ticked."""
    (goal,) = [each for each in menu(STATES["resting"].live().status, 5, 25, Settings()) if each.label == "Goal"]
    assert [(each.label, each.checked) for each in goal.children][2:4] == [
        ("20 min a day", False),
        ("25 min a day", True),
    ]
    (none,) = [each for each in menu(STATES["resting"].live().status, 5, 0, Settings()) if each.label == "Goal"]
    assert not any(each.checked for each in none.children)


@pytest.mark.parametrize("name", STATES)
def test_the_first_lines_say_how_it_stands(name: str) -> None:
    """First the present, which is text; then the day, which opens the card and is the default."""
    first, second, rule = entries(STATES[name].live())[:3]
    assert STATES[name].words in first.label
    assert not first.enabled
    assert (second.label, second.key, second.default) == ("Today 12 of 20 min out of the chair", "today", True)
    assert rule.label == "-"


@pytest.mark.parametrize("name", BY_STATE)
def test_what_can_be_done_now_stands_next(name: str) -> None:
    """Up to the second rule: the prompt's answers, or a break, and whatever question is open."""
    labels = [entry.label for entry in entries(STATES[name].live())[3:]]
    assert labels[: labels.index("-")] == BY_STATE[name]


def test_every_state_ends_in_the_same_six_lines() -> None:
    """They are where the hand looks for them."""
    for told in STATES.values():
        assert [entry.key for entry in entries(told.live())][-6:] == [
            "summary",
            "movements",
            "plans",
            "settings",
            "help",
            "quit",
        ]


def test_no_two_rules_stand_side_by_side() -> None:
    """Nor does one stand at an end."""
    for told in STATES.values():
        labels = [entry.label for entry in entries(told.live())]
        assert labels[0] != "-" != labels[-1]
        assert all(pair != ("-", "-") for pair in pairwise(labels))


def test_snooze_offers_the_lengths_of_the_settings() -> None:
    """And is grey when none is left."""
    snooze = named(entries(STATES["shown"].live()), "Later")
    assert [(child.label, child.key) for child in snooze.children] == [
        ("In 5 min", "snooze:5"), ("In 10 min", "snooze:10"), ("In 15 min", "snooze:15"),
    ]  # fmt: skip
    assert snooze.enabled
    morning = Morning().prompted()
    morning.machine.memory().prompting.snoozes = 2
    assert not named(entries(morning), "Later").enabled


@pytest.mark.parametrize("name", ["resting", "shown"])
def test_a_longer_break_is_as_long_as_one_likes(name: str) -> None:
    """Also as long as the settings say, in its place among the others."""
    settings = apply(Settings(), {"break.long_minutes": 7.5}).settings
    longer = named(menu(STATES[name].live().status, 0, 0, settings), "Longer break")
    assert [child.label for child in longer.children] == [
        f"{each} min" for each in ("5", "7.5", "10", "15", "20", "30")
    ]
    assert event_of_key(longer.children[2].key, Rules()) == BreakRequested(10 * MINUTE)


def test_a_break_can_be_ended_or_begun_anew() -> None:
    """Both entries reach the machine."""
    found = entries(STATES["on a break"].live())
    assert [named(found, label).key for label in ("End the break", "Start another break")] == ["break_done", "break"]


def test_a_call_can_be_walked() -> None:
    """Only while there is one."""
    walking = named(entries(STATES["called"].live()), "Walk this call")
    assert (walking.key, walking.enabled) == ("walk_call", True)
    assert "Walk this call" not in [entry.label for entry in flat(entries(STATES["resting"].live()))]


def test_a_pause_has_six_lengths_and_gives_way_to_resume() -> None:
    """One of them has no end of its own. While paused the one thing to do is to resume."""
    pause = named(entries(STATES["resting"].live()), "Pause")
    lengths = ["pause:30", "pause:60", "pause:120", "pause:240", "pause:tomorrow", "pause_open"]
    assert [child.key for child in pause.children] == lengths
    assert event_of_key("pause_open", Rules()) == PauseRequested(None)
    paused = entries(STATES["paused"].live())
    assert named(paused, "Resume").key == "resume"
    assert "Pause" not in [entry.label for entry in paused]


def test_toggles_show_what_is_said_and_turn_it_round() -> None:
    """Standing is checked while it lasts, and choosing it again ends it."""
    raised = named(entries(Morning()), "Standing at the desk")
    assert (raised.checked, raised.key) == (
        False, "standing:on",
    )  # fmt: skip
    raised = named(entries(Morning().tell(StandingDeclared(True))), "Standing at the desk")
    assert (raised.checked, raised.key) == (True, "standing:off")
    meeting = named(entries(STATES["meeting"].live()), "Meeting at this desk")
    assert (meeting.checked, meeting.key) == (True, "meeting:off")


def test_a_gap_can_be_answered_in_six_ways() -> None:
    """Walked has minutes, and each of them reaches the machine."""
    gap = named(entries(STATES["gap"].live()), "Where were you?")
    assert [child.label for child in gap.children] == [
        "Here, at my desk",
        "Walked",
        "Stood",
        "Lunch, sitting",
        "Sitting elsewhere",
        "I'd rather not say",
    ]
    assert [child.key for child in gap.children[1].children][:2] == ["gap:walked-5", "gap:walked-10"]


def test_the_small_question_can_be_answered_in_three_ways() -> None:
    """Where notifications cannot be had, the menu has it."""
    small = named(entries(STATES["small question"].live()), "Were you up just now?")
    assert [(child.label, child.key) for child in small.children] == [
        ("Up", "gap:up"),
        ("Part of it", "gap:part"),
        ("At my desk", "gap:here"),
    ]


def test_a_desk_that_goes_up_adds_two_answers() -> None:
    """And only to a prompt; they reach the machine."""
    found = menu(STATES["shown"].live().status, 0.0, 20.0, GOES_UP)
    stand = named(found, "Stand for a while")
    assert [(child.label, child.key) for child in stand.children] == [
        ("15 min", "stand:15"),
        ("20 min", "stand:20"),
        ("30 min", "stand:30"),
    ]
    assert event_of_key("stand:30", Rules()) == PromptAnswered(Answer.STAND, 30 * MINUTE)
    assert named(found, "I'm standing already").key == "standing_already"
    assert event_of_key("standing_already", Rules()) == PromptAnswered(Answer.STANDING)


def test_who_stands_is_offered_to_sit() -> None:
    """To a prompt that came while standing."""
    found = menu(STATES["shown while standing"].live().status, 0.0, 20.0, GOES_UP)
    assert named(found, "Sitting again").key == "standing:off"
    assert not {"Stand for a while", "I'm standing already"} & {entry.label for entry in found}


def test_the_estimate_of_today_is_a_line_of_its_own() -> None:
    """Once there is one, below the minutes out of the chair."""
    found = menu(STATES["resting"].live().status, 0.0, 20.0, Settings(), sitting="Desk sitting today about 5 h.")
    assert (found[2].label, found[2].enabled) == ("Desk sitting today about 5 h.", False)


def test_the_question_is_gone_when_it_is_answered() -> None:
    """One answer, and the menu is as before."""
    morning = came_back()
    event = event_of_key("up:yes", Rules())
    assert event is not None
    morning.tell(event)
    assert "Yes, I was up" not in [entry.label for entry in entries(morning)]


def test_a_history_that_cannot_be_written_is_told() -> None:
    """In one grey line that says where to read more."""
    found = entries(Morning(), NOT_WRITTEN)
    assert named(found, NOT_WRITTEN).enabled is False
    assert NOT_WRITTEN not in [entry.label for entry in entries(Morning())]


def test_a_call_that_only_began_is_no_hold_yet_but_can_be_walked() -> None:
    """The signal alone brings the entry."""
    morning = Morning().tell(SignalChanged(Signal.CALL, True))
    assert named(entries(morning), "Walk this call").enabled

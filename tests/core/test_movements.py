"""Choosing the next movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.movements import (
    CALL_WALK,
    CAUTIONS,
    PLACES,
    PLAIN_SEATED,
    PLAIN_WALK,
    Chooser,
    Movement,
    Wishes,
    choose,
    fits,
)
from sitbreak.core.timeline import ZERO, Instant

CATALOGUE = load_catalogue().movements
THINGS = sorted({thing for each in CATALOGUE for group in each.needs for thing in group})
AT = Instant(ZERO, datetime(2026, 3, 2, 9, tzinfo=UTC))
EVERYTHING = Wishes(places=frozenset(PLACES), needs=frozenset(THINGS))
SEATED = Wishes(seated_mode=True)


@dataclass(frozen=True)
class Done:
    """A movement suggested before."""

    movement: str
    at: Instant = AT
    level: str = "shown"


def suggest(count: int, wishes: Wishes, seed: int = 0, kept: int = 60) -> list[Movement]:
    """`count` suggestions in a row, with a memory as long as the machine's."""
    found: list[Movement] = []
    for _ in range(count):
        past = [Done(each.id) for each in found[-kept:]]
        found.append(choose(CATALOGUE, past, wishes, seed))
    return found


wishes_of_any_kind = st.builds(
    Wishes,
    places=st.frozensets(st.sampled_from(PLACES)),
    needs=st.frozensets(st.sampled_from(THINGS)),
    go_easy_on=st.frozensets(st.sampled_from(sorted(CAUTIONS))),
    off=st.frozensets(st.sampled_from([each.id for each in CATALOGUE])),
    seated_mode=st.booleans(),
    favourites=st.frozensets(st.sampled_from([each.id for each in CATALOGUE])),
)


@given(wishes_of_any_kind, st.lists(st.sampled_from([*(each.id for each in CATALOGUE), "gone"]), max_size=12))
def test_there_is_always_a_movement_and_it_never_strains_what_is_to_be_spared(wishes: Wishes, past: list[str]) -> None:
    """Whatever the wishes: one movement, none with a spared caution, no sitting one unless in seated mode."""
    chosen = choose(CATALOGUE, [Done(each) for each in past], wishes)
    assert not wishes.go_easy_on.intersection(chosen.cautions)
    assert chosen.seated_mode == wishes.seated_mode
    assert chosen.ends_sitting is not wishes.seated_mode
    assert chosen.id != CALL_WALK
    if any(fits(each, wishes) for each in CATALOGUE):
        assert fits(chosen, wishes)


@pytest.mark.parametrize("wishes", [Wishes(), EVERYTHING, SEATED], ids=["office", "everything", "seated"])
def test_none_of_the_last_five_comes_again(wishes: Wishes) -> None:
    """Any six in a row differ."""
    found = [each.id for each in suggest(300, wishes)]
    assert all(len(set(found[begin : begin + 6])) == 6 for begin in range(len(found) - 5))


@pytest.mark.parametrize("wishes", [Wishes(), EVERYTHING], ids=["office", "everything"])
def test_half_of_them_are_walks_and_the_first_is_one(wishes: Wishes) -> None:
    """Walks and others take turns."""
    found = suggest(300, wishes)
    assert [each.is_walk for each in found] == [True, False] * 150


@pytest.mark.parametrize(("wishes", "count"), [(Wishes(), 200), (EVERYTHING, 1000), (SEATED, 60)])
def test_everything_that_fits_has_its_turn(wishes: Wishes, count: int) -> None:
    """Nothing that fits is left out for good."""
    assert {each.id for each in suggest(count, wishes)} == {each.id for each in CATALOGUE if fits(each, wishes)}


@pytest.mark.parametrize("favourite", [each.id for each in CATALOGUE if fits(each, Wishes())])
def test_a_favourite_comes_more_often(favourite: str) -> None:
    """Each that fits in an office, walk or not: half as often again at least, about twice as often at most."""
    often = [_count(favourite, wishes) for wishes in (Wishes(), Wishes(favourites=frozenset({favourite})))]
    assert 1.4 < often[1] / often[0] < 2.4


def _count(movement: str, wishes: Wishes) -> int:
    return sum(each.id == movement for each in suggest(300, wishes))


def test_favourites_leave_the_others_their_turn() -> None:
    """Also where a person likes many."""
    wishes = replace(EVERYTHING, favourites=frozenset(each.id for each in CATALOGUE[::2]))
    assert {each.id for each in suggest(1000, wishes)} == {each.id for each in CATALOGUE if fits(each, wishes)}


def test_a_favourite_that_does_not_fit_or_is_off_never_comes() -> None:
    """The star asks for more of it, not for what a person is to be spared."""
    steep = frozenset({"walk-stairs", "pattern-crawl"})
    wishes = Wishes(off=frozenset({"walk-stairs"}), favourites=steep)
    assert not steep.intersection(each.id for each in suggest(200, wishes))


def test_among_the_others_the_area_that_waited_longest_is_served() -> None:
    """With a choice of two, the one for the area not served lately wins."""
    back, neck = _one("back-one", "back"), _one("neck-one", "neck")
    older = [Done("neck-one"), Done("back-one"), *[Done(f"walk-{number}") for number in range(5)]]
    walks = [replace(_one(f"walk-{number}", "whole body"), type="walk") for number in range(5)]
    assert choose([back, neck, *walks], older, Wishes()) is neck
    assert choose([back, neck, *walks], [older[1], older[0], *older[2:]], Wishes()) is back


def test_the_same_past_and_seed_give_the_same_choice() -> None:
    """It can be replayed; another seed gives another order."""
    first = [each.id for each in suggest(40, Wishes(), seed=1)]
    assert first == [each.id for each in suggest(40, Wishes(), seed=1)]
    assert first != [each.id for each in suggest(40, Wishes(), seed=2)]


def test_with_few_that_fit_they_come_round_sooner_but_not_twice_running() -> None:
    """Three movements take turns."""
    some = [_one(name, "back") for name in ("a", "b", "c")]
    past: list[Done] = []
    for _ in range(12):
        chosen = choose(some, past, Wishes())
        assert chosen.id not in [each.movement for each in past[-2:]]
        past.append(Done(chosen.id))


def test_wishes_that_leave_nothing_give_way() -> None:
    """First places and things, then what was turned off; what is to be spared never."""
    nowhere, all_off = Wishes(places=frozenset({"home"}), needs=frozenset()), frozenset(each.id for each in CATALOGUE)
    here = choose(CATALOGUE, [], nowhere)
    assert here.place == "office"
    assert not here.needs
    assert choose(CATALOGUE, [], replace(nowhere, off=frozenset({here.id}))).id not in (here.id, PLAIN_WALK.id)
    assert choose(CATALOGUE, [], Wishes(off=all_off)) in CATALOGUE
    assert not choose(CATALOGUE, [], Wishes(go_easy_on=frozenset(CAUTIONS))).cautions


def test_an_empty_catalogue_still_gives_a_walk_or_a_seated_movement() -> None:
    """A prompt never fails for want of a movement."""
    assert choose([], [], Wishes()) is PLAIN_WALK
    assert choose([], [], SEATED) is PLAIN_SEATED


def test_the_chooser_answers_what_the_machine_asks() -> None:
    """A next movement, the walk a break begins with, and whether one is done sitting or lying."""
    chooser, seated = Chooser(CATALOGUE, Wishes()), Chooser(CATALOGUE, SEATED)
    assert chooser.get(chooser.choose([])) is not None
    assert chooser.first_walk() == "walk-corridor"
    assert seated.first_walk() == "sit-reach"
    assert chooser.stretch("stat-figure4")
    assert not chooser.stretch("walk-corridor")
    assert not chooser.stretch("unknown")


def test_a_catalogue_without_walks_begins_with_what_there_is() -> None:
    """A break that was asked for always has a movement."""
    still = [each for each in CATALOGUE if not each.is_walk]
    chooser = Chooser(still, EVERYTHING)
    assert chooser.first_walk() in {each.id for each in still}


def _one(name: str, *areas: str) -> Movement:
    walk: Sequence[Movement] = CATALOGUE[:1]
    return replace(walk[0], id=name, areas=areas, type="mobility", needs=())

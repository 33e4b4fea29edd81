"""Which computer is which, what it is called, and which is forgotten."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.core.records import Facts
from sitbreak.daemon.device_requests import answer
from tests.fakes.household import START, Computer, minutes_of, replicate, replicate_all, sat


@pytest.mark.unix("symbolic links")
def test_two_computers_with_one_identity_part(tmp_path: Path, two: tuple[Computer, Computer]) -> None:
    """A disk was copied: one of the two takes a new identity and says so; nobody's minutes count twice."""
    desk, _ = two
    desk.history.backup(tmp_path / "copied.db")
    (tmp_path / "twin").mkdir()
    (tmp_path / "copied.db").rename(tmp_path / "twin" / "history.db")
    with closing(Computer(tmp_path / "twin", "twin")) as twin:
        twin.mark = "another run"
        twin.folder.rmdir()
        os.symlink(desk.folder, twin.folder)
        first = twin.exchange()  # it has the same marks, so it takes the folder for its own
        told = desk.exchange()
        assert not first.sentences
        assert "copied" in told.sentences[0]
        assert desk.id != twin.id
        desk.settle()
        twin.settle()
        assert minutes_of(desk) == minutes_of(twin) == 120
        twin.keep(Facts(spans=(sat(130, 140),)))
        twin.settle()
        desk.settle()
        assert minutes_of(desk) == 130
        assert not desk.exchange().sentences


def test_a_computer_is_forgotten_by_all(two: tuple[Computer, Computer]) -> None:
    """Its records go here, out of the folder and on the others, even if they come once more; it itself goes on anew."""
    desk, laptop = two
    former = laptop.id
    reply = answer(desk.file, {"verb": "forget", "name": "laptop"})
    assert reply["records"] == 1
    assert minutes_of(desk) == 60
    desk.exchange()
    assert not (desk.folder / former).exists()
    replicate(laptop, desk)  # an old copy comes back, its card not yet
    (desk.folder / former / "device.json").unlink()
    desk.exchange()
    assert not (desk.folder / former).exists()
    replicate(laptop, desk)
    desk.settle()
    assert minutes_of(desk) == 60
    replicate(desk, laptop)
    told = laptop.exchange()
    assert "forgotten" in told.sentences[0]
    assert laptop.id != former
    laptop.settle()
    assert minutes_of(laptop) == 120  # its own books are its own
    replicate(laptop, desk)
    desk.settle()
    assert minutes_of(desk) == 60


def test_forgetting_on_one_computer_is_forgetting_on_all(two: tuple[Computer, Computer]) -> None:
    """What is removed from a history is removed where it was told; what is left is told anew."""
    desk, laptop = two
    former = desk.id
    desk.keep(Facts(spans=(replace(sat(2880, 2890), day=START.date() + timedelta(days=2)),)))
    replicate_all([desk, laptop])
    desk.history.forget(START.date() + timedelta(days=1))
    desk.settle()
    replicate(desk, laptop)
    laptop.settle()
    assert not (laptop.folder / former).exists()
    assert minutes_of(laptop) == 70


def test_a_name_is_told_to_the_others(two: tuple[Computer, Computer]) -> None:
    """`devices name` shows on all of them."""
    desk, laptop = two
    assert answer(desk.file, {"verb": "name", "name": "big screen"}) == {"ok": "This computer is called big screen."}
    replicate_all([desk, laptop])
    assert [each.name for each in laptop.known()] == ["laptop", "big screen"]
    known = answer(laptop.file, {"verb": "list"})["devices"]
    assert [(each["name"], each["own"]) for each in known] == [("laptop", True), ("big screen", False)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("request_", "said"),
    [
        ({"verb": "name", "name": ""}, "up to 60"),
        ({"verb": "name", "name": "a\x1b[2J"}, "up to 60"),
        ({"verb": "forget", "name": "desk"}, "is this computer"),
        ({"verb": "forget", "name": "phone"}, "none of your other devices (laptop)"),
        ({"verb": "sell", "name": "laptop"}, "allowed: name, forget"),
    ],
)
def test_what_is_unclear_changes_nothing(
    two: tuple[Computer, Computer], request_: dict[str, object], said: str
) -> None:
    """One sentence says what is possible."""
    desk, _ = two
    reply = answer(desk.file, request_)
    assert said in str(reply["error"])
    assert [each.name for each in desk.known()] == ["desk", "laptop"]

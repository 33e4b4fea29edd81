"""What reaches the machine of one computer of the person's present at another: the bout, prompts, answers, pauses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.core.device_books import DeviceBooks
from sitbreak.core.events import (
    ActivityObserved,
    Answer,
    BodySeen,
    Event,
    InputKind,
    PauseRequested,
    PromptAnswered,
    ResumeRequested,
    SaidElsewhere,
)
from sitbreak.core.machine import Machine
from sitbreak.core.merging import body_now
from sitbreak.core.records import Evidence, Facts, Outcome, PromptRecord, Reason, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant
from sitbreak.daemon.sharing import Sharing
from sitbreak.settings.model import Settings
from sitbreak.settings.sections import Sync
from tests.daemon.states import Morning
from tests.fakes.broker import no_broker
from tests.fakes.household import DAY_START, MINUTE, START, Computer, at, sat


def now_with(laptop: Facts, desk: Facts | None = None, minutes: float = 100) -> BodySeen | None:
    """What the desk computer has to know at that minute."""
    here = Facts(spans=(sat(0, 40),)) if desk is None else desk
    return body_now([DeviceBooks("desk", here), DeviceBooks("laptop", laptop)], "desk", at(minutes), Rules())


def prompt(minutes: float, outcome: Outcome | None, closed: float | None = None) -> PromptRecord:
    """One that the laptop showed."""
    end = None if closed is None else at(closed)
    return PromptRecord(1, at(minutes), START.date(), Reason.LULL, "walk", 45 * MINUTE, outcome, end)


def test_the_bout_began_at_the_other_device() -> None:
    """Forty minutes here and sixty there, a minute between: one bout since the beginning, last seen there."""
    assert now_with(Facts(spans=(sat(41, 100),))) == BodySeen(at(100), at(0), at(100))


def test_a_break_there_began_it_anew() -> None:
    """After it the bout is a new one."""
    broke = Span(at(60), at(63), SpanClass.BREAK, None, frozenset({Evidence.ACCEPTED}), START.date())
    assert now_with(Facts(spans=(sat(41, 60), broke, sat(63, 100)))) == BodySeen(at(100), at(63), at(100))


@pytest.mark.parametrize(
    ("shown", "again"),
    [
        (prompt(85, Outcome.IGNORED, 87), 97),
        (prompt(85, Outcome.DECLINED, 86), 116),
        (prompt(99, None), 111),
        (prompt(85, Outcome.SNOOZED, 86), None),
    ],
)
def test_a_prompt_there_says_when_one_may_come_here(shown: PromptRecord, again: float | None) -> None:
    """After its time-out, its refusal, or while it is still on show; a snooze tells of itself."""
    found = now_with(Facts(spans=(sat(41, 100),), prompts=(shown,)))
    assert found is not None
    assert found.again == (None if again is None else at(again))


def test_a_device_that_was_silent_for_a_day_says_nothing() -> None:
    """Nor does one that never saw anybody."""
    assert now_with(Facts(spans=(sat(41, 60),)), minutes=60 + 24 * 60) is None
    assert now_with(Facts()) is None


def test_clocks_of_machines_need_not_agree() -> None:
    """The answer is on the axis of the machine that asks."""
    moved = replace(sat(41, 100), start=Instant(5 * MINUTE, at(41).utc), end=Instant(64 * MINUTE, at(100).utc))
    assert now_with(Facts(spans=(moved,))) == BodySeen(at(100), at(0), at(100))


def asked() -> Machine:
    """A machine with a prompt on show."""
    return Morning().type(45.1).machine


class Running:
    """A computer whose program shares through one folder with another's."""

    def __init__(self, computer: Computer, folder: Path) -> None:
        self.computer, self.posted, self.told = computer, list[Event](), list[str]()
        self.changes = 0
        self.sharing = Sharing(
            computer.file, DAY_START, lambda: at(100), self._changed, self.told.append, self.posted.append, no_broker()
        )
        self.sharing._folder = str(folder)

    def _changed(self) -> None:
        self.changes += 1

    def said(self) -> list[Event]:
        """What came in since the last look, without how it stands with the body."""
        self.posted.clear()
        self.sharing.look()
        return [event for event in self.posted if not isinstance(event, BodySeen)]


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Running, Running]]:
    """Two of them, and one folder."""
    folder = tmp_path / "folder"
    folder.mkdir()
    with (
        closing(Computer(tmp_path / "desk", "desk")) as desk,
        closing(Computer(tmp_path / "laptop", "laptop")) as other,
    ):
        desk.keep(Facts(spans=(sat(0, 40),)))
        other.keep(Facts(spans=(sat(41, 100),)))
        found = Running(desk, folder), Running(other, folder)
        for each in (*found, *found):
            each.sharing.look()
        yield found


def test_what_is_told_comes_in_and_is_told_to_the_machine(running: tuple[Running, Running]) -> None:
    """The figures change, and the machine knows of the bout."""
    desk, laptop = running
    assert desk.changes == laptop.changes == 1
    assert desk.posted[-1] == BodySeen(at(100), at(0), at(100))
    assert laptop.posted[-1] == BodySeen(at(100), at(0), at(40))


@pytest.mark.parametrize(
    "event",
    [
        PromptAnswered(Answer.SNOOZE, 15 * MINUTE),
        PauseRequested(60 * MINUTE),
        PauseRequested(None, tomorrow=True),
        PauseRequested(None),
        ResumeRequested(),
    ],
)
def test_what_is_said_to_one_reaches_the_other_once(running: tuple[Running, Running], event: Event) -> None:
    """With the moment it was said at."""
    desk, laptop = running
    laptop.sharing.note(event, at(99), asked())
    laptop.sharing.look()
    assert desk.said() == [SaidElsewhere(event, at(99))]  # type: ignore[arg-type]
    assert desk.said() == []
    assert laptop.said() == []


def test_somebody_seen_at_another_device_is_not_here(running: tuple[Running, Running]) -> None:
    """As it is told over a broker: of the last day, and not of the future."""
    desk, _ = running
    desk.posted.clear()
    for moment in (at(99), at(-24 * 60), at(104)):
        desk.sharing.hear((moment.utc, {"do": "present"}))
    assert desk.posted == [BodySeen(at(99), elsewhere=at(99))]


def test_nothing_else_is_told(running: tuple[Running, Running]) -> None:
    """Input, signals and corrections are not passed on as events, nor an answer to nothing."""
    desk, laptop = running
    laptop.sharing.note(ActivityObserved(InputKind.KEY), at(99), asked())
    laptop.sharing.note(PromptAnswered(Answer.NOT_NOW), at(99), Morning().machine)  # there is nothing to answer
    laptop.sharing.look()
    assert desk.said() == []


def test_what_is_said_while_the_folder_is_gone_waits(tmp_path: Path, running: tuple[Running, Running]) -> None:
    """It is told once the folder is back; meanwhile one sentence says what is wrong."""
    desk, laptop = running
    (tmp_path / "folder").rename(tmp_path / "away")
    laptop.sharing.note(ResumeRequested(), at(99), asked())
    laptop.sharing.look()
    assert "is not there" in laptop.sharing.trouble
    (tmp_path / "away").rename(tmp_path / "folder")
    laptop.sharing.look()
    assert laptop.sharing.trouble == ""
    assert desk.said() == [SaidElsewhere(ResumeRequested(), at(99))]


def test_nothing_is_shared_without_a_folder(running: tuple[Running, Running], tmp_path: Path) -> None:
    """Turned off, rows of ours are noted for nobody, and the folder is left as it is."""
    desk, _ = running
    desk.sharing._folder = ""
    desk.sharing.look()
    before = {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*.json*")}
    desk.computer.keep(Facts(spans=(sat(200, 210),)))
    desk.sharing.look()
    assert {path: path.read_bytes() for path in (tmp_path / "folder").rglob("*.json*")} == before


def test_the_thread_ends_with_the_program(running: tuple[Running, Running], tmp_path: Path) -> None:
    """It looks at once when it is turned on, and does not keep the program from ending."""
    _, laptop = running
    laptop.computer.keep(Facts(spans=(sat(110, 120),)))
    laptop.sharing.use(replace(Settings(), sync=Sync(folder=str(tmp_path / "folder"))))
    laptop.sharing.close()
    assert laptop.sharing._thread is not None
    assert not laptop.sharing._thread.is_alive()

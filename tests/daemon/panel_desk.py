"""A panel with all it shows things on, for tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.records import GoalRecord
from sitbreak.core.rules import Rules
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.history_aside import AtOnce
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.daemon.side_windows import Panel
from sitbreak.ports import History
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from tests.daemon.stage import Stage
from tests.fakes.machine import Walks, after
from tests.fakes.ports import FakeWindow

T = TypeVar("T")
NOW = after(0)
A_DAY = NOW.day(Rules().day_start)


class HeldBack(AtOnce):
    """Reads at once, and tells it then unless the answers are held back."""

    def __init__(self, books: History) -> None:
        super().__init__(books)
        self.slow, self.unreadable = False, ""
        self.answers: list[Callable[[], None]] = []

    def read(
        self, part: str, work: Callable[[History], T], then: Callable[[T], None], failed: Callable[[str], None] = print
    ) -> None:
        """See Aside."""
        if self.unreadable:
            failed(self.unreadable)
            return
        super().read(part, work, lambda found: self.answers.append(partial(then, found)), failed)
        if not self.slow:
            self.tell()

    def tell(self) -> None:
        """The answers come, the last one first."""
        while self.answers:
            self.answers.pop()()


class Desk:
    """A panel, and all it shows things on."""

    def __init__(self, file: Path, window: FakeWindow | None) -> None:
        self.stage, self.window, self.file = Stage(), window, file
        self.applied: list[Settings] = []
        self.machine = Machine(Rules(), Walks(), begin(NOW, Rules()))
        self.books = MemoryHistory(Rules().day_start)
        today = self.today = Today(self.books, Settings())
        self.aside = HeldBack(self.books)
        self.panel = Panel(
            window,
            self.stage.presenter,
            today,
            file,
            load(file),
            self.applied.append,
            lambda: None,
            PlanBooks(file.with_name("plans.json"), lambda: A_DAY, lambda day: None, self.run),
            aside=self.aside,
            run=self.run,
            open_report=self.open_report,
        )
        self.panel.answer = self.answer
        self.ran: list[tuple[str, ...]] = []
        self.asked: list[Mapping[str, object]] = []
        self.reply: dict[str, object] = {"ok": "Noted."}
        self.report_told: Callable[[str], None]

    def run(self, *words: str) -> None:
        """As a command of ours is started."""
        self.ran.append(words)

    def open_report(self, told: Callable[[str], None]) -> None:
        """As the report is made, which takes a while."""
        self.report_told = told

    def answer(self, request: Mapping[str, object]) -> Mapping[str, object]:
        """As the program answers a request."""
        self.asked.append(request)
        return self.reply

    def figures(self, goal: int) -> None:
        """A goal was chosen today."""
        self.books.keep([GoalRecord(A_DAY, goal)])
        self.today.look(NOW)

    @property
    def card(self) -> dict[str, Any]:
        """The window that was opened last."""
        assert self.window is not None
        return dict(self.window.opened[-1])

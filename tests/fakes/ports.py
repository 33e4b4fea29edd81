"""Stand-ins for the ports that remember what they were asked, and fail when told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import ClassVar

from sitbreak.adapters.history import HistoryUnwritable
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.core.effects import Effect
from sitbreak.core.machine import Machine
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome, Span
from sitbreak.core.timeline import Instant
from sitbreak.ports import Note, NotifyFailed, TrayView, WindowFailed


def methods(port: type) -> list[str]:
    """What a port can be asked for, off its Protocol: a method added later is tried as well."""
    return [name for name, each in vars(port).items() if callable(each) and not name.startswith("_")]


class FakeNotifier:
    """Notifications that can be read; `failing` is why they cannot be shown."""

    NAME: ClassVar[str] = "fake notifier"

    def __init__(self, failing: str = "") -> None:
        self.failing = failing
        self.shown: list[Note] = []
        self.on_show: dict[str, Note] = {}

    def show(self, note: Note) -> None:
        """Puts it on show."""
        if self.failing:
            raise NotifyFailed(self.failing)
        self.shown.append(note)
        self.on_show[note.tag] = note

    def withdraw(self, tag: str) -> None:
        """Takes it off."""
        self.on_show.pop(tag, None)

    def close(self) -> None:
        """Takes everything off."""
        self.on_show.clear()


class FakeWindow:
    """A break window that can be read; `failing` is why it does not open."""

    NAME: ClassVar[str] = "fake window"

    def __init__(self, failing: str = "", steals_focus: bool = False) -> None:
        self.failing, self.steals_focus = failing, steals_focus
        self.opened: list[Mapping[str, object]] = []
        self.told: list[Mapping[str, object]] = []
        self.on_show: Mapping[str, object] | None = None

    def open(self, request: Mapping[str, object]) -> None:
        """Opens it."""
        if self.failing:
            raise WindowFailed(self.failing)
        self.opened.append(request)
        self.on_show = request

    def tell(self, message: Mapping[str, object]) -> None:
        """Notes the message."""
        self.told.append(message)

    def close(self, at_once: bool = False) -> None:
        """Closes it."""
        self.on_show = None


class FakeTray:
    """A tray that can be read."""

    NAME: ClassVar[str] = "fake tray"

    def __init__(self) -> None:
        self.views: list[TrayView] = []
        self.place: tuple[int, int] | None = None

    @property
    def view(self) -> TrayView:
        """What it shows."""
        return self.views[-1]

    def show(self, view: TrayView) -> None:
        """Shows this view from now on."""
        self.views.append(view)

    def run(self) -> None:
        """Returns at once: no test needs the main thread."""

    def close(self) -> None:
        """Nothing to take away."""


class FakePerformer:
    """Remembers what the loop had performed. `on` is called with each effect, to react as a channel would."""

    def __init__(self, on: Callable[[Effect, Instant], None] | None = None) -> None:
        self.performed: list[tuple[Instant, Effect]] = []
        self.refreshed: list[Instant] = []
        self.times_kept = 0
        self._on = on

    def perform(self, effect: Effect, at: Instant) -> None:
        """Carries out one effect."""
        self.performed.append((at, effect))
        if self._on is not None:
            self._on(effect, at)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings tray and status up to date."""
        self.refreshed.append(at)

    def kept(self) -> None:
        """Facts were kept."""
        self.times_kept += 1


class FakeHistory:
    """A history in memory that remembers each `keep`. `trouble` is why it cannot be written, `refusing` why never."""

    NAME: ClassVar[str] = "fake history"

    def __init__(self) -> None:
        self.memory = MemoryHistory()
        self.keeps: list[tuple[Fact, ...]] = []
        self.tried: list[tuple[Fact, ...]] = []
        self.trouble = ""
        self.unreadable: Exception | None = None
        self.refusing: Exception | None = None
        self.refusing_all: Exception | None = None

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Stores them, or fails as it was told to; what it refuses is a batch with spans in it."""
        given = tuple(facts)
        self.tried.append(given)
        if self.refusing_all is not None:
            raise self.refusing_all
        if self.trouble:
            raise HistoryUnwritable(self.trouble)
        if self.refusing is not None and any(isinstance(fact, Span) for fact in given):
            raise self.refusing
        self.memory.keep(given, snapshot)
        self.keeps.append(given)

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps."""
        return self.memory.answers()

    def outcomes(self) -> list[Outcome]:
        """What became of the latest answered prompts."""
        return self.memory.outcomes()

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot."""
        return self.memory.snapshot()

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of those days."""
        if self.unreadable is not None:
            raise self.unreadable
        return self.memory.facts(first, last, margin_days=margin_days)

    def days(self) -> list[date]:
        """The days that have spans."""
        return self.memory.days()

    def close(self) -> None:
        """Nothing to let go of."""

"""What the loop performs through: the presenter, and what is kept up to date beside it, each part for itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from sitbreak.core.effects import Effect, MovementRefused
from sitbreak.core.machine import Machine
from sitbreak.core.timeline import Instant
from sitbreak.daemon.daily_line import Evening
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.side_windows import Panel
from sitbreak.daemon.subscribers import Outlets
from sitbreak.language import N_


class NewDay:
    """Has `began` called once for each logical day: in the first moment of it that somebody looks.

    `seen`: when it last ran, so that a day that began while the computer was off is begun at the first look.
    """

    def __init__(self, day_start: time, seen: Instant | None, began: Callable[[Instant], None]) -> None:
        self._start, self._began = day_start, began
        self._day: date | None = seen.day(day_start) if seen else None

    def look(self, at: Instant) -> None:
        """A clock that is set back begins no day; the next one comes as the clock then shows."""
        before, self._day = self._day, at.day(self._start)
        if before is not None and self._day > before:
            self._began(at)


class Performer:
    """What the loop performs through: the presenter, and the day kept up to date beside it."""

    def __init__(
        self,
        presenter: Presenter,
        today: Today,
        panel: Panel,
        new_day: NewDay,
        evening: Evening,
        isolation: Isolation,
        outlets: Outlets | None = None,
    ) -> None:
        self._outlets = outlets
        self._isolation = isolation
        self._presenter = presenter
        self._evening = evening
        self._today = today
        self._panel = panel
        self._new_day = new_day

    @property
    def moving(self) -> bool:
        """Whether somebody looks at what changes from one moment to the next: a countdown, Today, a watched status."""
        return (
            self._presenter.resting is not None
            or self._panel.shows_status
            or bool(self._outlets and self._outlets.watched)
        )

    def kept(self) -> None:
        """Facts were kept."""
        self._today.changed()

    def perform(self, effect: Effect, at: Instant) -> None:
        """Carries out one effect."""
        self._today.look(at)
        if self._outlets is not None:
            self._outlets.perform(effect)
        if isinstance(effect, MovementRefused):
            self._panel.never_again(effect.movement)
        else:
            self._presenter.perform(effect, at)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings everything on show up to date, each part for itself."""
        for part, do in (
            (N_("the figures of today"), lambda: self._today.look(at)),
            (N_("the tray"), lambda: self._presenter.refresh(machine, at)),
            (N_("the settings and the windows"), lambda: self._panel.refresh(machine, at)),
            (N_("the line about the day"), lambda: self._tell_of_the_day(machine, at)),
            (N_("the appointments"), lambda: self._new_day.look(at)),
            (N_("other programs"), lambda: self._outlets.refresh(at) if self._outlets is not None else None),
        ):
            self._isolation.run(part, do, at, None)

    def _tell_of_the_day(self, machine: Machine, at: Instant) -> None:
        if not machine.rules.observe_only:  # while usual days are measured, nothing is to be compared yet
            self._evening.look(machine.status(at), at)

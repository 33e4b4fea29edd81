"""What the loop performs through: the presenter, and what is kept up to date beside it, each part for itself."""

from __future__ import annotations

import logging

from sitbreak.core.effects import Effect, MovementRefused, SensorDoubted
from sitbreak.core.machine import Machine
from sitbreak.core.timeline import Instant
from sitbreak.daemon.daily_line import Evening
from sitbreak.daemon.day_change import Calendar
from sitbreak.daemon.day_figures import Today
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.presenter import Presenter
from sitbreak.daemon.side_windows import Panel
from sitbreak.daemon.subscribers import Outlets
from sitbreak.language import N_

log = logging.getLogger(__name__)


def _log(effect: SensorDoubted) -> None:
    if effect.why is None:
        log.info("the %s sensor counts again", effect.sensor)
    else:
        log.warning("the %s sensor does not count any more (%s); the rules decide", effect.sensor, effect.why)


class Performer:
    """What the loop performs through: the presenter, and the day kept up to date beside it."""

    def __init__(
        self,
        presenter: Presenter,
        today: Today,
        panel: Panel,
        calendar: Calendar,
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
        self._calendar = calendar
        self._wall_map = -1

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
        elif isinstance(effect, SensorDoubted):
            _log(effect)
        else:
            self._presenter.perform(effect, at)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings everything on show up to date, each part for itself; re-arms appointments when the clock was set."""
        for part, do in (
            (N_("the figures of today"), lambda: self._today.look(at)),
            (N_("the tray"), lambda: self._presenter.refresh(machine, at)),
            (N_("the settings and the windows"), lambda: self._panel.refresh(machine, at)),
            (N_("the line about the day"), lambda: self._tell_of_the_day(machine, at)),
            (N_("the appointments"), lambda: self._appoint(machine)),
            (N_("other programs"), lambda: self._outlets.refresh(at) if self._outlets is not None else None),
        ):
            self._isolation.run(part, do, at, None)

    def _tell_of_the_day(self, machine: Machine, at: Instant) -> None:
        if not machine.rules.observe_only:  # while usual days are measured, nothing is to be compared yet
            self._evening.look(machine.status(at), at)

    def _appoint(self, machine: Machine) -> None:
        wall_map = machine.clock_changes
        if wall_map != self._wall_map:
            self._calendar.rearm()
            self._wall_map = wall_map

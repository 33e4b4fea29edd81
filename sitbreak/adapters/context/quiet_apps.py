"""Apps during which the user wants no prompts: whether one of the programs this user runs is one of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from sitbreak.adapters.context.probe import SlowProbe, Wiring
from sitbreak.adapters.running_programs import programs_of, same_program
from sitbreak.core.events import Signal
from sitbreak.ports import Env, NotViable, Viable


class QuietApps(SlowProbe):
    """Looks at the names of the running programs; not at all while the list is empty. `programs` is for tests."""

    NAME: ClassVar[str] = "quiet-apps"
    SIGNAL: ClassVar[Signal] = Signal.QUIET_APP

    def __init__(self, wiring: Wiring, programs: Callable[[], set[str]] | None = None) -> None:
        super().__init__(wiring)
        self._programs = programs

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Linux, Windows and macOS."""
        return env.only_on("linux", "win32", "darwin") or Viable()

    def _begin(self) -> None:
        if self.wiring.options.quiet_apps:
            super()._begin()

    def _end(self) -> None:
        if self.wiring.options.quiet_apps:
            super()._end()

    def look(self) -> Sequence[str]:
        """The apps of the list that run, as the list names them."""
        if self._programs is None:
            self._programs = programs_of(self.wiring.env.platform)
        running = self._programs() if self._programs is not None else set()
        return [app for app in self.wiring.options.quiet_apps if any(same_program(app, name) for name in running)]

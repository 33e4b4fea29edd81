"""The shortcuts in force: made anew when the settings change, and a sentence where they cannot be had."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from sitbreak.adapters.choose import choose
from sitbreak.adapters.hotkeys.pynput_hotkeys import PynputHotkeys
from sitbreak.adapters.hotkeys.xgrab import GrabbedHotkeys
from sitbreak.ports import Choice, Env

log = logging.getLogger(__name__)
Backend = GrabbedHotkeys | PynputHotkeys
CANDIDATES: tuple[type[Backend], ...] = (GrabbedHotkeys, PynputHotkeys)


class Hotkeys:
    """Calls `chosen(key)`, on a thread of its own, for each shortcut pressed. Nothing is listened to until `use`."""

    def __init__(self, env: Env, chosen: Callable[[str], None]) -> None:
        self._env = env
        self._chosen = chosen
        self._bindings: dict[str, str] = {}
        self._backend: Backend | None = None
        self.trouble = ""  # why there are none although some are set, and what to do; for notices and `doctor`

    def use(self, bindings: Mapping[str, str]) -> None:
        """From now on these: what `chosen` is called with, by combination ("ctrl+alt+b"). None of them: no listening.

        Where the system forbids it, `trouble` says so, and the log does once.
        """
        if dict(bindings) == self._bindings:
            return
        self.close()
        self._bindings = dict(bindings)
        if not bindings:
            return
        found = self._choose()
        self._backend = found.backend
        if found.backend is None:
            self.trouble = _why(found)
            log.warning("shortcuts do not work here: %s", self.trouble)
        else:
            log.info("shortcuts through %s", found.backend.NAME)

    def close(self) -> None:
        """Lets go of them."""
        self.trouble, self._bindings = "", {}
        if self._backend is not None:
            self._backend.close()
            self._backend = None

    def _choose(self) -> Choice[Backend]:
        return choose("hotkeys", CANDIDATES, self._env, build=self._started)

    def _started(self, candidate: type[Backend]) -> Backend:
        made = candidate(self._bindings, self._chosen)
        made.start()
        return made


def _why(choice: Choice[Backend]) -> str:
    """The sentence of the refusal that names a remedy, else of the first one."""
    reasons = list(choice.refused.values())
    told = next((reason for reason in reasons if reason.remedy), reasons[0])
    return f"{told.reason} {told.remedy}".strip()

"""Keyboard shortcuts that work in every app. Off until the user sets one (`hotkeys` in the settings).

The X server, or Windows, is asked for the chosen combinations, so that no other key ever reaches this program. Under
Wayland, and on macOS, the user binds a command instead.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from sitbreak.adapters.choose import AGAIN_S, choose, until_next
from sitbreak.adapters.hotkeys.registered import RegisteredHotkeys
from sitbreak.adapters.hotkeys.viability import HotkeysUnavailable
from sitbreak.adapters.hotkeys.xgrab import GrabbedHotkeys
from sitbreak.language import N_, _, paragraph
from sitbreak.ports import Choice, Env

__all__ = ["CANDIDATES", "GrabbedHotkeys", "Hotkeys", "HotkeysUnavailable", "RegisteredHotkeys"]


log = logging.getLogger(__name__)
Backend = GrabbedHotkeys | RegisteredHotkeys
CANDIDATES: tuple[type[Backend], ...] = (GrabbedHotkeys, RegisteredHotkeys)
JOIN_S = 2.0
NONE_SET = N_("No shortcut is set, so none is listened to.")


class Hotkeys:
    """Calls `chosen(key)`, on a thread of its own, for each shortcut pressed. Nothing is listened to until `use`.

    `again_s`: the seconds between looks while there is no way to have them, of which the last repeats.
    """

    def __init__(self, env: Env, chosen: Callable[[str], None], again_s: Sequence[float] = AGAIN_S) -> None:
        self._env = env
        self._chosen = chosen
        self._again_s = again_s
        self._bindings: dict[str, str] = {}
        self._ending = threading.Event()
        self._keeping: threading.Thread | None = None
        self.looked = threading.Event()  # the first look is over
        self.looked.set()
        self.choice: Choice[Backend] = Choice("shortcuts", limits=(_(NONE_SET),))  # of the last look
        self.trouble = ""  # why there are none although some are set, and what to do; for notices and `doctor`

    def use(self, bindings: Mapping[str, str]) -> None:
        """From now on these: what `chosen` is called with, by combination ("ctrl+alt+b"). None of them: no listening.

        Returns at once. Where the system forbids it, `trouble` says so, and the log does once.
        """
        if dict(bindings) == self._bindings:
            return
        self.close()
        self._bindings = dict(bindings)
        if bindings:
            self._ending, self.looked = threading.Event(), threading.Event()
            given = (dict(bindings), self._ending, self.looked)
            self._keeping = threading.Thread(target=self._keep, args=given, name="hotkeys-keeper", daemon=True)
            self._keeping.start()

    def close(self) -> None:
        """Lets go of them; what hangs is left behind."""
        self._ending.set()
        if self._keeping is not None:
            self._keeping.join(JOIN_S)
        self._keeping = None
        self.trouble, self._bindings, self.choice = "", {}, Choice("shortcuts", limits=(_(NONE_SET),))

    def _keep(self, bindings: dict[str, str], ending: threading.Event, looked: threading.Event) -> None:
        """Has the shortcuts listened for until `ending`; another look when that cannot be done or has ended."""
        looks = 0
        while not ending.is_set():
            found = self._choose(bindings)
            if not ending.is_set():
                self.choice = found
            if found.backend is None:
                self._missed(_why(found), ending)
            else:
                log.info("shortcuts through %s", found.backend.NAME)
                self.trouble = ""
                looked.set()
                while found.backend.alive and not ending.wait(self._again_s[-1]):
                    pass
                found.backend.close()
                looks = 0
            looked.set()
            ending.wait(until_next(looks, self._again_s))
            looks += 1

    def _missed(self, why: str, ending: threading.Event) -> None:
        if not self.trouble:
            log.warning("shortcuts do not work here: %s", why)
        if not ending.is_set():
            self.trouble = why

    def _choose(self, bindings: Mapping[str, str]) -> Choice[Backend]:
        return choose_hotkeys(self._env, bindings, self._chosen, start=True)


def choose_hotkeys(
    env: Env, bindings: Mapping[str, str], chosen: Callable[[str], None], *, start: bool
) -> Choice[Backend]:
    """What listens for these shortcuts here, begun with `start`; nothing does where none is set."""

    def built(candidate: type[Backend]) -> Backend:
        made = candidate(bindings, chosen)
        if start:
            made.start()
        return made

    if not bindings:
        return Choice("shortcuts", limits=(_(NONE_SET),))
    return choose("shortcuts", CANDIDATES, env, build=built)


def _why(choice: Choice[Backend]) -> str:
    """The sentence of the refusal that names a remedy, else of the first one that was tried, else of the first."""
    reasons = list(choice.refused.values())
    told = next((reason for reason in reasons if reason.remedy or reason.tried), reasons[0])
    return paragraph(told.reason, told.remedy)

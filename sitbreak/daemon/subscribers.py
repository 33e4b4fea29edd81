"""What other programs are told as it happens: commands of the user's own, the session bus, who watches the status."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping

from sitbreak.adapters.programs.bus_service import BusService
from sitbreak.adapters.programs.hooks import Hooks
from sitbreak.core import effects as fx
from sitbreak.core.spans import as_minutes
from sitbreak.core.timeline import Instant
from sitbreak.daemon.mqtt_link import MqttLink
from sitbreak.language import _
from sitbreak.settings.sections import Programs

Told = Mapping[str, object]

WATCHED_S = 25.0  # how long a watcher waits for a change before it is answered anyway
WATCHERS = 4  # at the same time: each holds a connection of the control socket
# What moves by itself from one moment to the next; a change of these alone is no news.
MOVING = frozenset(
    {"at", "idle", "opens_in", "closes_in", "shown_for", "break_left", "standing_left", "pause_left", "progress"}
)
COUNTING_DOWN = frozenset({"first_line", "why"})  # by the second in a break


def facts_of(effect: fx.Effect) -> tuple[str, dict[str, str]] | None:
    """The event that an effect is to other programs, and its facts as variables; None for what concerns none."""
    match effect:
        case fx.ShowPrompt():
            facts = {"SITTING_MINUTES": f"{as_minutes(effect.bout):.0f}", "REASON": effect.reason.value}
            return "on_prompt", {**facts, "MOVEMENT": effect.movement}
        case fx.BreakBegan():
            facts = {"SITTING_MINUTES": f"{as_minutes(effect.bout):.0f}", "MOVEMENT": effect.movement}
            return "on_break", {**facts, "LENGTH_SECONDS": f"{effect.length.total_seconds():.0f}"}
        case fx.LeftTheDesk(length, movement):
            return "on_lock_advice", {"LENGTH_SECONDS": f"{length.total_seconds():.0f}", "MOVEMENT": movement}
        case fx.BreakEnded():
            credited = {"CREDITED_SECONDS": f"{effect.credited.total_seconds():.0f}"}
            return "on_back", {**credited, "OUTCOME": effect.outcome.value}
    return None


class Outlets:
    """Told of effects and of the present on the loop's thread. `status` makes the present in plain values."""

    status: Callable[[Instant], Told]

    def __init__(
        self,
        settings: Programs,
        hooks: Hooks,
        service: BusService,
        link: MqttLink,
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` has the present told soon; it is called from any thread."""
        self._wake = wake
        self._settings, self._hooks, self._service, self._link = settings, hooks, service, link
        self._changed = threading.Condition()
        self._told: Told = {}
        self._version = self._looks = 0
        self._watchers = 0

    def use(self, settings: Programs) -> None:
        """From now on by these settings."""
        self._settings = settings
        self._service.turn(on=settings.bus_service)

    @property
    def watched(self) -> bool:
        """Whether somebody waits for news of the status."""
        return self._watchers > 0

    def perform(self, effect: fx.Effect) -> None:
        """Starts the command that the settings have for this."""
        found = facts_of(effect)
        if found is None:
            return
        event, facts = found
        variables = {f"SITBREAK_{name}": value for name, value in {"EVENT": event, **facts}.items()}
        self._hooks.run(f"programs.{event}", getattr(self._settings, event), variables)

    def refresh(self, at: Instant) -> None:
        """Tells the present to the session bus, the MQTT broker and those who watch, if there are any."""
        if not self._service.on and not self._watchers and not self._link.on:
            return
        told = self.status(at)
        if self._service.on:
            self._service.show({**told, "json": json.dumps(news(told))})
        if self._link.on:
            self._link.show(told)
        with self._changed:
            if news(told) != news(self._told):
                self._version += 1
            self._told = told
            self._looks += 1
            self._changed.notify_all()

    def answering(self, answer: Callable[[Told], Told]) -> Callable[[Told], Told]:
        """`answer`, and beside it {"do": "watch", "since": a version}; called on the threads of clients."""
        return lambda request: self._watch(request) if request.get("do") == "watch" else answer(request)

    def _watch(self, request: Told, limit_s: float = WATCHED_S) -> Told:
        """The status with its version, once that is another than `since`; the same after the limit."""
        with self._changed:
            if self._watchers >= WATCHERS:
                return {
                    "error": _(
                        "{watchers} programs watch the status already; ask for it now and then instead.",
                        watchers=WATCHERS,
                    )
                }
            self._watchers += 1
            try:
                known = request.get("since")
                before = self._looks if known is None else -1  # what was told to a watcher long ago is not the present
                self._wake()
                self._changed.wait_for(lambda: self._looks != before and self._version != known, limit_s)
                return {**self._told, "version": self._version}
            finally:
                self._watchers -= 1


def news(told: Told) -> dict[str, object]:
    """What is worth telling: sitting (seconds) by the minute."""
    sitting = told.get("sitting")
    minutes = sitting // 60 * 60 if isinstance(sitting, (int, float)) else None
    moving = MOVING if told.get("break_left") is None else MOVING | COUNTING_DOWN
    return {**{name: value for name, value in told.items() if name not in moving}, "sitting": minutes}

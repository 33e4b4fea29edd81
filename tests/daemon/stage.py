"""A presenter on a stage: everything it shows things on, in reach."""

from __future__ import annotations

from collections.abc import Mapping

from sitbreak.adapters.clock import A_MORNING
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core import effects as fx
from sitbreak.core.events import (
    Event,
)
from sitbreak.core.records import Reason
from sitbreak.daemon.presenter import Channels, Presenter
from sitbreak.ports import Note
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from tests.fakes.machine import MINUTE
from tests.fakes.ports import FakeNotifier, FakeTray, FakeWindow

CATALOGUE = {each.id: each for each in load_catalogue().movements}
MOVEMENT = next(iter(CATALOGUE.values()))
PROMPTED = fx.ShowPrompt(7, Reason.LULL, MOVEMENT.id, 38 * MINUTE, 2)
BEGAN = fx.BreakBegan(A_MORNING, 2 * MINUTE, MOVEMENT.id, 38 * MINUTE)


class Stage:
    """A presenter and all it shows things on."""

    def __init__(self, window: FakeWindow | None = None, **settings: object) -> None:
        loaded = apply(Settings(), {key.replace("__", "."): value for key, value in settings.items()})
        assert loaded.problems == ()
        self.notifier, self.tray, self.window = FakeNotifier(), FakeTray(), window
        self.posted: list[Event] = []
        self.notes: list[str] = []
        channels = Channels(self.notifier, self.tray, window)
        self.presenter = Presenter(
            channels, CATALOGUE, loaded.settings, self.posted.append, lambda: (14.2, 20.0), lambda: self.notes
        )

    def perform(self, *effects: fx.Effect) -> None:
        """Carries them out."""
        for effect in effects:
            self.presenter.perform(effect, A_MORNING)

    def heard(self, message: Mapping[str, object]) -> Event | None:
        """What comes of a message of the break window."""
        found: list[Event] = []
        self.presenter.window_said(message, found.append)
        return found[0] if found else None

    def note(self, tag: str) -> Note:
        """The notification on show under that tag."""
        return self.notifier.on_show[tag]

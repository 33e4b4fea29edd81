"""Whatever a channel raises, in whichever of its methods: a prompt is shown elsewhere or told as failed, never lost."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest

from sitbreak.adapters.clock import A_MORNING, SystemClock
from sitbreak.core import effects as fx
from sitbreak.core.events import Event, PromptDelivered, PromptFailed
from sitbreak.core.records import Outcome
from sitbreak.daemon.display_thread import StageThread
from sitbreak.daemon.isolation import Isolation
from sitbreak.daemon.presenter import Channels, Media, Presenter
from sitbreak.ports import BreakWindow, Notifier, Tray
from sitbreak.settings.model import Settings
from tests.daemon.stage import BEGAN, CATALOGUE, PROMPTED, Stage
from tests.daemon.states import Morning
from tests.fakes.machine import MINUTE
from tests.fakes.ports import FakeNotifier, FakeTray, FakeWindow, methods
from tests.waiting import wait_until

PORTS: dict[str, type] = {"notifier": Notifier, "window": BreakWindow, "tray": Tray, "media": Media}
METHODS = [f"{part}.{name}" for part, port in PORTS.items() for name in methods(port)]
EFFECTS: list[fx.Effect] = [
    PROMPTED,
    fx.WithdrawPrompt(PROMPTED.number),
    fx.AskWereYouUp(3 * MINUTE),
    fx.WithdrawQuestion(),
    BEGAN,
    fx.CountdownEnded(quiet=False),
    fx.BreakEnded(Outcome.TAKEN, 2 * MINUTE),
    fx.AskStillStanding(40 * MINUTE),
    fx.AskAboutGap(A_MORNING, A_MORNING.plus(30 * MINUTE)),
    fx.Refused("No snooze is left."),
]


class Failing:
    """A channel of which one method raises what no port promises."""

    NAME: ClassVar[str] = "failing"

    def __init__(self, real: object, broken: str) -> None:
        self._real, self._broken = real, broken

    def __getattr__(self, name: str) -> Any:
        if name == self._broken:
            raise RuntimeError(f"{name} failed in a way of its own")
        return getattr(self._real, name, lambda *given, **named: None)


@pytest.mark.parametrize("method", METHODS)
def test_a_channel_that_raises_anything_loses_no_prompt(method: str) -> None:
    """Every effect is tried, the machine hears of each prompt, and the stage goes on."""
    part, _, name = method.partition(".")
    real = {"notifier": FakeNotifier(), "window": FakeWindow(), "tray": FakeTray(), "media": None}
    channels: dict[str, Any] = {each: Failing(real[each], name if each == part else "") for each in real}
    posted: list[Event] = []
    isolation = Isolation()
    stage = StageThread(isolation, SystemClock().now)
    presenter = Presenter(Channels(**channels), CATALOGUE, Settings(), posted.append, lambda: (0.0, 20.0), stage=stage)
    for effect in EFFECTS:
        presenter.perform(effect, A_MORNING)
        presenter.refresh(Morning().machine, A_MORNING)
    presenter.open_card()
    done: list[str] = []
    stage.do("the end", lambda: done.append("done"))
    wait_until(lambda: done, 10.0, "everything to be tried")
    told = [event for event in posted if isinstance(event, PromptDelivered | PromptFailed)]
    assert len(told) == 1
    assert isinstance(told[0], PromptDelivered)  # one channel of two is left
    stage.close()


def test_with_no_channel_left_a_prompt_is_told_as_failed() -> None:
    """Undelivered, and tried again later; never taken for ignored."""
    posted: list[Event] = []
    channels: dict[str, Any] = {"notifier": Failing(None, "show"), "window": Failing(None, "open")}
    stage = StageThread(Isolation(), SystemClock().now)
    presenter = Presenter(
        Channels(tray=FakeTray(), **channels), CATALOGUE, Settings(), posted.append, lambda: (0, 20), stage=stage
    )
    presenter.perform(PROMPTED, A_MORNING)
    stage.close()
    assert [type(event) for event in posted] == [PromptFailed]


def test_where_a_card_would_take_the_keyboard_the_note_comes_first() -> None:
    """Whatever the settings wish: a window that nobody asked for disturbs no typing while there is another way."""
    window = FakeWindow(steals_focus=True)
    stage = Stage(window, prompt__channel="card")
    stage.perform(PROMPTED)
    assert stage.posted == [PromptDelivered(7, "fake notifier")]
    stage.notifier.failing = "No notification daemon."
    stage.perform(PROMPTED)
    assert stage.posted[-1] == PromptDelivered(7, "fake window")

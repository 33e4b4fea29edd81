"""A machine brought into each state that people meet, by what happens on a morning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.effects import Effect, ShowPrompt
from sitbreak.core.events import (
    Answer,
    BreakRequested,
    Declared,
    Event,
    Locked,
    PauseRequested,
    PromptAnswered,
    PromptDismissed,
    Signal,
    SignalChanged,
    SourceLost,
    StandingDeclared,
    Tick,
)
from sitbreak.core.status import Status
from sitbreak.core.timeline import Instant
from tests.fakes.machine import KEY, MINUTE, machine_at


class Morning:
    """A machine and the moment it has come to."""

    def __init__(self) -> None:
        self.machine = machine_at()
        self.at: Instant = A_MORNING
        self.effects: list[Effect] = []

    def tell(self, event: Event) -> Morning:
        """Something happens now."""
        self.effects += self.machine.handle(event, self.at)
        return self

    def wait(self, minutes: float) -> Morning:
        """Time goes by with nobody at the keyboard."""
        self.at = self.at.plus(minutes * MINUTE)
        return self.tell(Tick())

    def type(self, minutes: float) -> Morning:
        """A key every six seconds, too often for a lull."""
        for _ in range(round(minutes * 10)):
            self.at = self.at.plus(0.1 * MINUTE)
            self.tell(KEY)
        return self

    def prompted(self) -> Morning:
        """A prompt has just come on show."""
        self.effects.clear()
        while not any(isinstance(effect, ShowPrompt) for effect in self.effects):
            self.type(1)
        return self

    @property
    def status(self) -> Status:
        """The present."""
        return self.machine.status(self.at)


@dataclass(frozen=True)
class Told:
    """How to come into a state, the glyph that shows it, and words that must be among those about it."""

    live: Callable[[], Morning]
    glyph: str
    words: str


def ignored(times: int) -> Morning:
    """So many prompts came and nothing was answered while typing went on."""
    morning = Morning()
    for _ in range(times):
        morning.prompted().type(3)
    return morning


def came_back() -> Morning:
    """The person left the prompt for three minutes and is back."""
    return Morning().prompted().wait(1.9).tell(Tick()).wait(1.1).tell(KEY)


def after_a_gap() -> Morning:
    """Back from 40 minutes nobody knows about."""
    return Morning().type(10).wait(40).tell(KEY)


STATES: dict[str, Told] = {
    "resting": Told(lambda: Morning().type(10), "sitting", "next reminder in 20 min at the earliest"),
    "seeking": Told(lambda: Morning().type(32), "sitting", "waiting for a pause in your typing"),
    "closed": Told(lambda: Morning().prompted().tell(PromptDismissed(0)), "due", "you closed the reminder"),
    "shown": Told(lambda: Morning().prompted(), "due", "a reminder is on screen"),
    "called": Told(
        lambda: Morning().type(20).tell(SignalChanged(Signal.CALL, True, "Zoom")).type(30),
        "withheld", "a reminder waits: microphone or camera in use (Zoom)",
    ),
    "due": Told(
        lambda: Morning().type(30).tell(SignalChanged(Signal.DND, True)).type(2).wait(2)
        .tell(SignalChanged(Signal.DND, False)),
        "due", "the reminder comes when you are back",
    ),
    "leaving": Told(lambda: Morning().prompted().wait(2.5), "sitting", "you may be up"),
    "asking": Told(came_back, "sitting", "were you up just now?"),
    "on a break": Told(lambda: Morning().type(5).tell(BreakRequested()).wait(0.5), "break", "1 min 30 s to go"),
    "away longer": Told(lambda: Morning().type(5).tell(BreakRequested()).wait(3), "break", "as long as you like"),
    "quiet": Told(lambda: ignored(2), "due", "no more reminders until you have been up"),
    "standing": Told(lambda: Morning().type(5).tell(StandingDeclared(True)).type(1), "standing", "again in 39 min"),
    "shown while standing": Told(
        lambda: Morning().tell(StandingDeclared(True)).type(30).tell(StandingDeclared(True)).prompted(),
        "due", "a reminder is on screen",
    ),
    "paused": Told(lambda: Morning().type(5).tell(PauseRequested()), "paused", "paused until you resume"),
    "paused for": Told(
        lambda: Morning().type(5).tell(PauseRequested(timedelta(minutes=30))),
        "paused", "paused for 30 min more",
    ),
    "blind": Told(lambda: Morning().tell(SourceLost("The server is gone.")), "blind", "counting: The server is gone"),
    "away": Told(lambda: Morning().type(5).wait(8), "sitting", "you seem to be away"),
    "gap": Told(after_a_gap, "sitting", "next reminder in 30 min at the earliest"),
    "small question": Told(
        lambda: Morning().type(10).wait(15).tell(KEY).wait(0.5), "sitting", "next reminder in 29 min at the earliest"
    ),
    "declined": Told(
        lambda: Morning().prompted().tell(PromptAnswered(Answer.NOT_NOW)),
        "sitting",
        "next reminder in 30 min at the earliest",
    ),
    "locked": Told(
        lambda: Morning().type(31).tell(Locked()).tell(Tick()), "withheld", "a reminder waits: the screen is locked"
    ),
    "meeting": Told(
        lambda: Morning().type(10).tell(Declared(Signal.MEETING, True)).type(30), "withheld", "you said meeting"
    ),
    "film": Told(
        lambda: Morning().type(31).tell(SignalChanged(Signal.PRESENTING, True)).type(1),
        "withheld", "a presentation or film in full screen",
    ),
}  # fmt: skip

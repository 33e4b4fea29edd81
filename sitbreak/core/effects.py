"""Outputs of the core: what the shell around it is to show, withdraw, ask or keep."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.events import Sensor
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Fact, Outcome, Reason
from sitbreak.core.sensor_words import Distrust
from sitbreak.core.timeline import Instant


@frozen
class ShowPrompt:
    """Put a prompt on show. `brief`: the shorter offer after "not now"; `silent`: without sound."""

    number: int
    reason: Reason
    movement: str
    bout: timedelta
    snooze_left: int
    brief: bool = False
    silent: bool = False
    level: str = "shown"


@frozen
class PromptSoon:
    """In half a minute, or at the next lull, a prompt comes: say so quietly, for whoever wants that."""


@frozen
class PromptChanged:
    """The prompt on show suggests another movement now; it was asked for on the card, so only the card shows it."""

    prompt: ShowPrompt


@frozen
class MovementRefused:
    """The person wants this movement never again: the settings are to turn it off."""

    movement: str


@frozen
class WithdrawPrompt:
    """Take the prompt off every channel."""

    number: int


@frozen
class BreakBegan:
    """Open the break window, or count down in a notification."""

    accepted: Instant
    length: timedelta
    movement: str
    bout: timedelta
    silent: bool = False
    level: str = "shown"
    suggested: bool = False  # the movement is our choice: another may take its place


@frozen
class BreakChanged:
    """The break under way has another movement; `rest`: what is left of it."""

    rest: BreakBegan


@frozen
class LeftTheDesk:
    """A break that leads away from the desk has really begun: the hands are off; for whoever locks the screen then."""

    length: timedelta
    movement: str


@frozen
class CountdownEnded:
    """The countdown is over: a soft chime (not in a call), the person may stay away longer."""

    quiet: bool = False


@frozen
class BreakEnded:
    """The break is over and booked: say what was credited."""

    outcome: Outcome
    credited: timedelta
    prompt: int | None = None


@frozen
class AskWereYouUp:
    """Offer one tap: "Were you up? 3 min: yes / no"."""

    away: timedelta


@frozen
class AskAboutGap:
    """Ask what an unobserved gap was; `small`: whether somebody was up in one that may have been sitting."""

    start: Instant
    end: Instant
    small: bool = False


@frozen
class AskStillStanding:
    """The time somebody said they stand is over: ask whether the desk is still raised.

    `stood`: for how long they have been standing. `chosen`: it was as long as they chose, so lowering it is offered.
    `measured`: a sensor tells of the desk, so nothing has to be answered.
    """

    stood: timedelta
    chosen: bool = False
    measured: bool = False


@frozen
class WithdrawQuestion:
    """Take the open question away."""


@frozen
class SensorDoubted:
    """A sensor lost its word (why), or has it again (None): one line in the log."""

    sensor: Sensor
    why: Distrust | None


@frozen
class Record:
    """Keep this fact; one with the same key (a span's start, a prompt's number) replaces the former."""

    fact: Fact


@frozen
class Refused:
    """What the user asked for cannot be done now; one sentence for people."""

    why: str


Effect = (
    ShowPrompt
    | PromptSoon
    | PromptChanged
    | MovementRefused
    | WithdrawPrompt
    | BreakBegan
    | BreakChanged
    | LeftTheDesk
    | CountdownEnded
    | BreakEnded
    | AskWereYouUp
    | AskAboutGap
    | AskStillStanding
    | WithdrawQuestion
    | SensorDoubted
    | Record
    | Refused
)

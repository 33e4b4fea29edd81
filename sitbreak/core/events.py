"""Inputs of the core: what sources, probes, session, channels and the user report; the instant comes beside them."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sitbreak.core.frozen import frozen
from sitbreak.core.records import GapLabel, Span, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import Instant


class InputKind(StrEnum):
    """What sort of input it was; never which key, nor where the pointer was."""

    KEY = "key"
    CLICK = "click"
    WHEEL = "wheel"
    MOTION = "motion"
    UNKNOWN = "unknown"  # the source cannot tell kinds apart


@frozen
class ActivityObserved:
    """There was an input."""

    kind: InputKind


@frozen
class SourceLost:
    """The activity source cannot be read any more; `reason` for people."""

    reason: str = ""


@frozen
class SourceBack:
    """The activity source can be read again."""


@frozen
class Locked:
    """The login session was locked, or switched away from."""


@frozen
class Unlocked:
    """The login session is back in front of its user."""


@frozen
class Slept:
    """The machine went to sleep."""


@frozen
class Woke:
    """The machine woke up."""


@frozen
class Stopped:
    """The program stopped observing here: a kill, a quit, or a gap in its own wake-ups."""


@frozen
class Started:
    """The program observes from here on."""


class Signal(StrEnum):
    """Context that is evidence of presence, or holds or mutes a prompt (spec 1.1, 2.1)."""

    CALL = "call"  # microphone or camera in use
    MEDIA = "media"  # an inhibitor of screen blanking that began while we watched
    FULLSCREEN = "fullscreen"
    PRESENTING = "presenting"
    SHARING = "sharing"
    DND = "dnd"
    QUIET_APP = "quiet_app"
    OFF_HOURS = "off_hours"  # outside the working hours
    MEETING = "meeting"  # declared by the user, as is the next
    READING = "reading"


@frozen
class SignalChanged:
    """A context signal went on or off; `holder` names the app behind it, for "held: microphone in use (Zoom)"."""

    signal: Signal
    on: bool
    holder: str = ""


@frozen
class Declared:
    """The user said "meeting at this desk" or "reading": on or off, with an optional end."""

    signal: Signal
    on: bool
    until: Instant | None = None


@frozen
class StandingDeclared:
    """The user said "desk raised" (on), for `length` or until they are asked, or "lowered" (off)."""

    on: bool
    length: timedelta | None = None


class Sensor(StrEnum):
    """What in the room knows more than a keyboard does (spec 1.1)."""

    SEAT = "seat"
    DESK = "desk"


@frozen
class SensorRead:
    """A sensor says that the seat is occupied, or the desk raised (`on`), or not; None: it cannot be heard any more."""

    sensor: Sensor
    on: bool | None


@frozen
class SensorDropped:
    """The settings ask for this sensor no longer: nothing it said counts, and nothing is named."""

    sensor: Sensor


class Answer(StrEnum):
    """What the user may answer to a prompt (spec 2.2)."""

    START = "start"
    LONG = "long"
    SNOOZE = "snooze"
    NOT_NOW = "not_now"
    STAND = "stand"  # for a while: the desk is raised now
    STANDING = "standing"  # already: the desk was raised without a word


@frozen
class PromptAnswered:
    """The user answered the prompt on show; `length`: in how long it comes again (SNOOZE), or how long they STAND."""

    answer: Answer
    length: timedelta = timedelta(minutes=10)


@frozen
class PromptDelivered:
    """A channel put the prompt on show."""

    number: int
    channel: str = ""


@frozen
class PromptFailed:
    """Every channel failed to show the prompt; `reason` for people."""

    number: int
    reason: str = ""


@frozen
class PromptDismissed:
    """The prompt was closed without an answer. It stays in the tray for its two minutes; closing is no answer."""

    number: int


@frozen
class BreakRequested:
    """The user starts a break unprompted. `movement` empty: let the machine choose."""

    length: timedelta = timedelta(minutes=2)
    movement: str = ""


@frozen
class BreakDone:
    """The person says that their break is over, whatever the countdown says."""


@frozen
class LevelChosen:
    """In the break window: easier, shown or harder. Clicks in our own window are not input."""

    movement: str
    level: str


@frozen
class AnotherAsked:
    """On the card: another movement than the one suggested; `never`: that one not again. It is not input."""

    never: bool = False


@frozen
class UpAnswered:
    """The answer to "were you up?"."""

    yes: bool


@frozen
class GapAnswered:
    """The answer to "what was this gap?"; `minutes` only for walked."""

    label: GapLabel
    minutes: float = 0.0


@frozen
class CorrectionRequested:
    """The user corrects a stretch of the past; `booked` are the spans kept there so far."""

    start: Instant
    end: Instant
    kind: SpanClass
    booked: tuple[Span, ...] = ()


@frozen
class WalkLogged:
    """The user logs minutes walked, today or on an earlier day."""

    minutes: float
    source: str = "log"


@frozen
class PauseRequested:
    """No prompts for `length`, or until the next logical day begins, or (neither) until resumed. The books go on."""

    length: timedelta | None = None
    tomorrow: bool = False


@frozen
class RulesChanged:
    """The settings changed."""

    rules: Rules


@frozen
class ResumeRequested:
    """Prompts may come again."""


@frozen
class Present:
    """The user is known to be here: they opened a menu, asked for the status, or the log says so.

    `last`: the books end at this moment. It counts as presence (spec 6), but brings no prompt.
    """

    last: bool = False


@frozen
class BodySeen:
    """How it stands with the body by the books of all devices, which go up to `until`; instants on this axis."""

    until: Instant
    bout: Instant | None = None  # where its sitting bout began, if it sits
    elsewhere: Instant | None = None  # when it was last seen at another device
    again: Instant | None = None  # a prompt was shown elsewhere: no other one before this


@frozen
class SaidElsewhere:
    """The person said this to another device then: an answer, a pause or its end."""

    said: PromptAnswered | PauseRequested | ResumeRequested
    at: Instant


@frozen
class Tick:
    """Nothing happened; time went on."""


Event = (
    ActivityObserved
    | SourceLost
    | SourceBack
    | Locked
    | Unlocked
    | Slept
    | Woke
    | Stopped
    | Started
    | SignalChanged
    | Declared
    | StandingDeclared
    | SensorRead
    | SensorDropped
    | PromptAnswered
    | PromptDelivered
    | PromptFailed
    | PromptDismissed
    | BreakRequested
    | BreakDone
    | LevelChosen
    | AnotherAsked
    | UpAnswered
    | GapAnswered
    | CorrectionRequested
    | WalkLogged
    | PauseRequested
    | ResumeRequested
    | RulesChanged
    | Present
    | BodySeen
    | SaidElsewhere
    | Tick
)

# What a person says to the program. Saying it is presence, too; what is clicked on our own card and window is not.
SAID = (
    PromptAnswered,
    BreakRequested,
    BreakDone,
    UpAnswered,
    GapAnswered,
    CorrectionRequested,
    WalkLogged,
    PauseRequested,
    ResumeRequested,
    Declared,
    StandingDeclared,
    Present,
)
# What needs nobody at the desk: said while nobody watches, it is no presence.
UNATTENDED = (GapAnswered, CorrectionRequested, WalkLogged, PauseRequested, ResumeRequested)

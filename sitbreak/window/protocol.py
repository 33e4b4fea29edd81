"""What is said between the daemon and a window: one JSON object a line. Pure Python, shared by both sides.

To the window: first a request (`kind`: those of KINDS), then (`do`):
  close, theme {theme}, result {line}, level {level}, status {a status request's fields}, error {key, text},
  value {key, value}, apps {key, names}, waiting {keys}, quiet (no chime: a call); those of the Today window stand in
  day_protocol.py. Another request may come too: it is shown instead of the former.
From the window (`event`):
  shown; answer {answer: start|long|stand|snooze|not_now|standing, minutes}; standing_off; another; never_again;
  level {movement, level}; over (the time is up); done; help; minimised; restored; chosen {key}; welcome {choices};
  set {key, value}; reset {key}; apps {key}; preset {name}; restart; try {movement: id};
  forget {before: ISO date, or null for all}; plan {verb, name, amount, day}; complaint {text};
  closed (always last, unless it died).
The adapter adds `gone {reason}` for a window that ended without `closed`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, field, fields
from typing import TypeVar

from sitbreak.core.frozen import frozen
from sitbreak.window.message_fields import BadMessage, Message, listed, mapping

BREAK_KINDS = ("prompt", "break", "guide", "rest")
KINDS = (*BREAK_KINDS, "status", "welcome", "settings", "help", "movements", "plans")
T = TypeVar("T")


@frozen
class LookMessage:
    """How windows look: `theme` system, light, dark or contrast; `style` card or fullscreen.

    `corner`: top-left, top-right, bottom-left, bottom-right. `monitor`: for full screen "all", or a monitor's name;
    empty: the one with the pointer. `scale`: 1.0 to 3.0 on top of the system's. `reduced_motion`: None for
    what the system says.
    """

    theme: str = "system"
    style: str = "card"
    corner: str = "bottom-right"
    monitor: str = ""
    scale: float = 1.0
    reduced_motion: bool | None = None


LOOKS = {each.name for each in fields(LookMessage)}


@frozen
class StepText:
    """One step of a movement: seconds and what to do."""

    s: float
    text: str


@frozen
class MovementMessage:
    """What the window needs of a movement; the catalogue's fields. `figure`: id of the figure, if not its own."""

    id: str
    title: str
    steps: tuple[StepText, ...]
    areas: tuple[str, ...] = ()
    type: str = "walk"
    easier: str = ""
    harder: str = ""
    source: str = ""  # where the idea comes from, for people
    cautions: tuple[str, ...] = ()
    seated_mode: bool = False
    figure: str = ""
    place: str = ""  # office, quiet or home
    needs: str = ""  # the things it takes, as a text


@frozen
class BreakRequest:
    """A prompt, a break, or a longer guide (home movement, rest). Lengths in seconds.

    `focus`: whether the window may take the keyboard. `snooze_left`: how often snooze may still be chosen in this bout.
    `desk`: where one that goes up is, down (standing, for `stand_min` or already, is an answer) or up; empty: none.
    `chime`, `volume` (0 to 1): the soft sound at the end. `cues`: off, tick or voice at each step.
    """

    movement: MovementMessage
    kind: str = "break"
    length_s: float = 120.0
    long_s: float = 300.0
    elapsed_s: float = 0.0
    bout: str = ""  # how long they sat, or stood, in a sentence
    level: str = "shown"
    snooze_left: int = 2
    snooze_min: tuple[float, ...] = (5, 10, 15)
    desk: str = ""
    stand_min: tuple[float, ...] = (15, 20, 30)
    focus: bool = True
    title: str = ""  # what a prompt asks
    why: str = ""
    chime: bool = True
    volume: float = 0.5
    cues: str = "off"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class EntryMessage:
    """A line of the tray's menu, as a button of the Today window; label "-": a rule, no key: a plain line."""

    label: str
    key: str = ""
    enabled: bool = True
    checked: bool | None = None
    children: tuple[EntryMessage, ...] = ()


@frozen
class StatusRequest:
    """The present in the Today window. Minutes; `note`: why there is no prompt now, or when the next may come.

    `icon`: where the tray's icon is, x and y, if that is known; `card`: the corner in which a break is on show.
    """

    confirmed_min: float = 0.0
    goal_min: float = 0.0
    sitting_min: float = 0.0
    glyph: str = "sitting"
    title: str = ""
    note: str = ""
    seated_mode: bool = False
    entries: tuple[EntryMessage, ...] = ()
    icon: tuple[int, ...] = ()
    card: str = ""
    kind: str = "status"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class WelcomeRequest:
    """The first window, with what is chosen to begin with."""

    begin: str = "prompt"  # or "measure"
    places: tuple[str, ...] = ("office",)
    seated_mode: bool = False
    standing_desk: bool = False
    goal_min: int = 20
    goals: tuple[int, ...] = (15, 20, 30)
    autostart: bool = True
    kind: str = "welcome"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class SettingMessage:
    """One setting as shown; `low`, `high` bound a number.

    `kind`: bool, number, share (0 to 1), choice, text, time, line (long text), folder, file, list (of texts), set (of
    choices), hours, screen, apps, movements (ids, chosen in the gallery) or hotkey. `unit`: minutes, seconds or times.
    `synonyms`: what else people may search it by.
    """

    key: str
    help: str
    kind: str
    value: object
    default: object
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    section: str = ""
    label: str = ""
    choice_titles: tuple[str, ...] = ()  # how the choices read, in their order
    group: str | None = None  # the heading of the group that begins here, empty for none; None: it goes on
    synonyms: str = ""


@frozen
class PresetMessage:
    """A few settings at once: its name, its `values` by key, what it says, and how it is called.

    A drawing of a day: `sitting`, where each stretch begins and its length, and `reminders`, all as shares of the day;
    `count` is how many reminders those are, `drawn` the same in words.
    """

    name: str
    says: str
    title: str = ""
    values: Mapping[str, float] = field(default_factory=dict)
    sitting: Sequence[Sequence[float]] = ()
    reminders: Sequence[float] = ()
    count: str = ""
    drawn: str = ""


@frozen
class SettingsRequest:
    """The settings window. With `problems` (sentences about a broken file) nothing can be changed.

    `data_page`: where the history is given out and removed, `data_synonyms`: what else people may search that by.
    `waiting`: keys of changes that hold from the next start on.
    """

    settings: tuple[SettingMessage, ...] = ()
    problems: tuple[str, ...] = ()
    path: str = ""
    presets: tuple[PresetMessage, ...] = ()
    data_page: str = ""
    data_synonyms: str = ""
    waiting: tuple[str, ...] = ()
    kind: str = "settings"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class TopicMessage:
    """A topic of the help: paragraphs, and lines that begin with "- "."""

    title: str
    text: str


@frozen
class HelpRequest:
    """The help window."""

    topics: tuple[TopicMessage, ...] = ()
    kind: str = "help"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class MovementsRequest:
    """The gallery of movements: ids of those never suggested and of the favourites, and the places a person is in."""

    movements: tuple[MovementMessage, ...] = ()
    off: tuple[str, ...] = ()
    favourites: tuple[str, ...] = ()
    places: tuple[str, ...] = ("office",)
    kind: str = "movements"
    look: LookMessage = field(default_factory=LookMessage)


@frozen
class PlanMessage:
    """A plan. `amount` is what is logged by default, at most `most`; `told`: where one that is running stands."""

    name: str
    title: str
    meaning: str
    source: str
    unit: str
    most: int = 1
    amount: float = 1
    running: bool = False
    told: str = ""
    logged: str = ""  # the last entries, newest first
    guided: bool = False


@frozen
class PlansRequest:
    """The Plans window. `rests`: names and texts of ways to lie down; `told`: what came of the last press.

    `measured`: whether there is a baseline, no, now or yes.
    """

    plans: tuple[PlanMessage, ...] = ()
    rests: Sequence[Sequence[str]] = ()
    rest_note: str = ""
    usual: str = ""
    measured: str = "no"
    told: str = ""
    seated_mode: bool = False
    kind: str = "plans"
    look: LookMessage = field(default_factory=LookMessage)


Listed = SettingsRequest | HelpRequest | MovementsRequest | PlansRequest
Request = BreakRequest | StatusRequest | WelcomeRequest | Listed


def message_of(request: Request) -> dict[str, object]:
    """A request as the message that `request_of` reads."""
    return asdict(request)


def request_of(message: Message) -> Request:
    """The request in a message; raises BadMessage with the field that is missing or of the wrong kind."""
    kind = message.get("kind")
    try:
        if kind in BREAK_KINDS:
            return filled(BreakRequest, message, movement=_movement(mapping(message.get("movement"), "movement")))
        if kind == "status":
            return filled(StatusRequest, message, entries=_entries(message.get("entries", ())))
        if kind == "welcome":
            return filled(WelcomeRequest, message)
        if kind == "movements":
            shown = listed(message["movements"], "movements")
            return filled(MovementsRequest, message, movements=tuple(_movement(mapping(m, "movements")) for m in shown))
        if kind == "help":
            return filled(HelpRequest, message, topics=_each(TopicMessage, message, "topics"))
        if kind == "plans":
            return filled(PlansRequest, message, plans=_each(PlanMessage, message, "plans"))
        if kind == "settings":
            rows, presets = _each(SettingMessage, message, "settings"), _each(PresetMessage, message, "presets")
            return filled(SettingsRequest, message, settings=rows, presets=presets)
    except (TypeError, KeyError) as error:
        raise BadMessage(f"{kind}: {error}") from error
    raise BadMessage(f"unknown kind {kind!r}")


def _each(made: type[T], message: Message, name: str) -> tuple[T, ...]:
    """The objects in a list of a message; none where there is no such list."""
    return tuple(filled(made, mapping(each, name)) for each in listed(message.get(name, ()), name))


def filled(made: type[T], message: Message, **ready: object) -> T:
    """An instance of a dataclass from the fields of a message that it knows; lists become tuples."""
    names = {each.name for each in fields(made)}  # type: ignore[arg-type]
    values: dict[str, object] = {k: tuple(v) if isinstance(v, list) else v for k, v in message.items() if k in names}
    if "look" in names:
        values["look"] = _look(mapping(message.get("look", {}), "look"))
    return made(**{**values, **ready})


def _look(message: Message) -> LookMessage:
    known = {name: value for name, value in message.items() if name in LOOKS}
    return LookMessage(**known)  # type: ignore[arg-type]


def _movement(message: Message) -> MovementMessage:
    steps = tuple(StepText(**mapping(step, "steps")) for step in listed(message["steps"], "steps"))  # type: ignore[arg-type]
    if not steps:
        raise BadMessage("steps: at least one is needed")
    return filled(MovementMessage, message, steps=steps)


def _entries(rows: object) -> tuple[EntryMessage, ...]:
    entries = (mapping(row, "entries") for row in listed(rows, "entries"))
    return tuple(filled(EntryMessage, row, children=_entries(row.get("children", ()))) for row in entries)

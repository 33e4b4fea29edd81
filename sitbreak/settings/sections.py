"""The tables of the settings file: each key with its default, kind (unit, bounds or choices) and a sentence.

Durations take fractions, so that a whole cycle can be lived through in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from sitbreak.core.movements import CAUTIONS, Wishes
from sitbreak.language import LANGUAGES, N_, SYSTEM
from sitbreak.settings.kinds import (
    WEEKDAYS,
    ClockTime,
    CommandLine,
    Hours,
    Number,
    OneOf,
    Several,
    Shortcut,
    SwitchKind,
    TextKind,
    setting,
)
from sitbreak.settings.time_ranges import Range

FOUR = time(4)
MINUTES = Number(0.02, 240, "minutes")
SECONDS = Number(0.1, 300, "seconds")
SWITCH = SwitchKind()
MOVEMENT_IDS = Several(TextKind(N_("the id of a movement"), "[a-z0-9][a-z0-9-]{0,60}"), most=1000)
FOLDER = TextKind(
    N_('an absolute path such as "~/Sync/sitbreak", or "" for none'), r"|(~|/|[A-Za-z]:[\\/]|\\\\).{0,400}"
)
FILE = TextKind(N_('an absolute path such as "~/sitbreak.pem", or "" for none'), FOLDER.pattern)
APPS = Several(TextKind(N_('an app name, such as "zoom"')))


@dataclass(frozen=True, slots=True)
class Prompt:
    """When a prompt comes, and what an answer to it means."""

    earliest_minutes: float = setting(30.0, MINUTES, N_("After this much sitting it waits for a lull in your work."))
    latest_minutes: float = setting(45.0, MINUTES, N_("After this much sitting it comes without waiting any longer."))
    lull_at_earliest_seconds: float = setting(
        40.0, SECONDS, N_("How long your hands rest for a lull, at the earliest.")
    )
    lull_at_latest_seconds: float = setting(10.0, SECONDS, N_("The same near the latest; in between it falls evenly."))
    snooze_minutes: tuple[float, ...] = setting(
        (5.0, 10.0, 15.0), Several(Number(0.02, 120, "minutes"), most=5, least=1), N_("By how much it can be put off.")
    )
    snoozes_per_bout: int = setting(2, Number(0, 10, whole=True), N_("How often in one stretch of sitting."))
    return_after_minutes: float = setting(
        10.0, MINUTES, N_("After no answer, or a break not taken, the reminder may come again this much later.")
    )
    declined_after_minutes: float = setting(30.0, MINUTES, N_('The same after "not now".'))
    return_window_minutes: float = setting(5.0, MINUTES, N_("How long a reminder that comes back looks for a lull."))
    unanswered_minutes: float = setting(2.0, MINUTES, N_("A reminder without an answer is withdrawn after this."))
    held_limit_minutes: float = setting(
        30.0,
        Number(0, 240, "minutes"),
        N_(
            "A presentation or do-not-disturb holds a reminder at most this much past the latest; then it comes "
            "silently."
        ),
    )
    sound: bool = setting(False, SWITCH, N_("Whether a reminder makes a sound."))
    channel: str = setting(
        "auto",
        OneOf(("auto", "notification", "card")),
        N_("How a reminder appears; auto takes what works on this desktop."),
    )
    heads_up: bool = setting(False, SWITCH, N_("A quiet word half a minute before the latest moment."))
    adaptive: bool = setting(
        True,
        SWITCH,
        N_("After two weeks the earliest may move by 5 minutes, at most once a week, and you are told why."),
    )
    through_silent_gaps: bool = setting(
        False,
        SWITCH,
        N_(
            "Whether a stretch goes on through 5 to 20 min without input, which may be reading; it reminds "
            "earlier then."
        ),
    )
    quiet_apps: tuple[str, ...] = setting(
        (), APPS, N_("While you run one of these apps, in front or not, a reminder is held.")
    )
    ignored_apps: tuple[str, ...] = setting(
        (), APPS, N_("Calls and media of these apps are no evidence that you are here.")
    )


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Prompts come within these hours only. With no hours on any day they come at all times."""

    mon: tuple[Range, ...] = setting((), Hours(), N_("Monday."))
    tue: tuple[Range, ...] = setting((), Hours(), N_("Tuesday."))
    wed: tuple[Range, ...] = setting((), Hours(), N_("Wednesday."))
    thu: tuple[Range, ...] = setting((), Hours(), N_("Thursday."))
    fri: tuple[Range, ...] = setting((), Hours(), N_("Friday."))
    sat: tuple[Range, ...] = setting((), Hours(), N_("Saturday."))
    sun: tuple[Range, ...] = setting((), Hours(), N_("Sunday."))

    @property
    def by_weekday(self) -> Mapping[int, tuple[Range, ...]] | None:
        """The ranges of each day that has any, Monday 0; None when no hours are set."""
        found = {number: getattr(self, name) for number, name in enumerate(WEEKDAYS) if getattr(self, name)}
        return found if found else None

    @property
    def weekdays(self) -> frozenset[int] | None:
        """The days that have hours, Monday 0; None when no hours are set."""
        found = self.by_weekday
        return None if found is None else frozenset(found)


@dataclass(frozen=True, slots=True)
class BreakSettings:
    """The break itself."""

    minutes: float = setting(2.0, Number(0.02, 60, "minutes"), N_("How long a break is."))
    long_minutes: float = setting(5.0, Number(0.02, 60, "minutes"), N_("How long a longer one is."))
    chime: bool = setting(True, SWITCH, N_("A soft chime when the time is over (never during a call)."))
    chime_volume: float = setting(0.5, Number(0, 1), N_("How loud the chime is."))
    cues: str = setting(
        "off",
        OneOf(("off", "tick", "voice")),
        N_("What tells each step while you look elsewhere (never during a call)."),
    )
    pause_media: bool = setting(False, SWITCH, N_("Pause the music or film while the break lasts."))
    window: str = setting("card", OneOf(("card", "fullscreen", "notification")), N_("How the break is shown."))
    screens: str = setting(
        "one",
        TextKind(N_('"one", "all", or the name of a screen, such as "HDMI-1"')),
        N_("On which screens a break is shown; a reminder is shown on one."),
    )
    corner: str = setting(
        "bottom-right", OneOf(("top-left", "top-right", "bottom-left", "bottom-right")), N_("Where the card appears.")
    )
    reduced_motion: str = setting(
        "auto", OneOf(("auto", "on", "off")), N_("Still pictures instead of a moving figure.")
    )


@dataclass(frozen=True, slots=True)
class MovementsSettings:
    """Which movements are suggested."""

    places: tuple[str, ...] = setting(
        ("office",),
        Several(OneOf(("office", "quiet", "home")), least=1),
        N_("Where you are: office (in view of others), quiet (a little conspicuous), home (floor or private room)."),
    )
    needs_at_hand: tuple[str, ...] = setting(
        ("chair", "desk", "wall", N_("door frame"), "floor", "stairs", N_("low step")),
        Several(TextKind(N_('a thing, such as "chair", "stairs", "towel" or "scarf"'), "[a-z][a-z -]{0,30}")),
        N_("What you have at hand; a movement that needs anything else is not suggested."),
    )
    go_easy_on: tuple[str, ...] = setting(
        (),
        Several(OneOf(tuple(CAUTIONS))),
        N_("What you want to spare; movements with such a caution are not suggested."),
    )
    off: tuple[str, ...] = setting(
        (),
        MOVEMENT_IDS,
        N_("Movements that are never suggested."),
    )
    favourites: tuple[str, ...] = setting(
        (), MOVEMENT_IDS, N_("Movements that are suggested about twice as often as others, where they fit.")
    )
    seated_mode: bool = setting(False, SWITCH, N_("Only movements that need no standing up."))

    @property
    def wishes(self) -> Wishes:
        """The same as the core reads it when it chooses a movement."""
        return Wishes(
            places=frozenset(self.places),
            needs=frozenset(self.needs_at_hand),
            go_easy_on=frozenset(self.go_easy_on),
            off=frozenset(self.off),
            seated_mode=self.seated_mode,
            favourites=frozenset(self.favourites),
        )


@dataclass(frozen=True, slots=True)
class Day:
    """The day and its goal."""

    start: time = setting(  # noqa: RUF009 - a time is immutable
        FOUR,
        ClockTime(high="12:00"),
        N_("When a day begins; the hours before belong to the day before."),
        from_next_start=True,
    )
    goal_minutes: int = setting(
        10, Number(1, 480, "minutes", whole=True), N_("Minutes out of the chair that you aim for in a day.")
    )
    standing_desk: bool = setting(
        False, SWITCH, N_("Whether your desk goes up: a reminder then offers to stand for a while.")
    )
    small_question: bool = setting(
        True,
        SWITCH,
        N_("At most one short question a day, about a few minutes without input: the estimate learns from it."),
    )
    goal_ladder: bool = setting(True, SWITCH, N_("Offer the next goal (10, 20, 40, 60) after 3 good days out of 5."))


@dataclass(frozen=True, slots=True)
class Activity:
    """How input is noticed: that there was some and when, never what."""

    source: str = setting(
        "auto",
        OneOf(("auto", "xinput2", "wayland_idle", "mutter", "pynput", "windows", "macos", "terminals")),
        N_("Where activity is read from; auto takes what works here."),
        from_next_start=True,
    )
    poll_seconds: float = setting(5.0, Number(0.05, 30, "seconds"), N_("How often it is read."), from_next_start=True)


@dataclass(frozen=True, slots=True)
class ContextSettings:
    """What is looked at besides input."""

    calls: bool = setting(True, SWITCH, N_("Notice calls and screen sharing (microphone, camera or screen in use)."))
    media: bool = setting(True, SWITCH, N_("Notice films and music that keep the screen awake."))
    fullscreen: bool = setting(True, SWITCH, N_("Notice full-screen apps and presentations."))
    dnd: bool = setting(True, SWITCH, N_("Notice do-not-disturb."))


@dataclass(frozen=True, slots=True)
class Programs:
    """What other programs are told, and what they may ask; all of it off unless you want it."""

    bus_service: bool = setting(
        False, SWITCH, N_("Answer programs on the session bus (io.github.sitbreak.Sitbreak1): status, breaks, pauses.")
    )
    on_prompt: str = setting("", CommandLine(), N_("A command to start when a reminder comes; no shell, 10 s at most."))
    on_break: str = setting("", CommandLine(), N_("A command to start when a break begins."))
    on_back: str = setting("", CommandLine(), N_("A command to start when a break is over and booked."))


@dataclass(frozen=True, slots=True)
class Sync:
    """One body at several computers: a folder that another program keeps the same on all of them (docs/together.md)."""

    folder: str = setting("", FOLDER, N_("The folder; empty: this computer alone."))


@dataclass(frozen=True, slots=True)
class Mqtt:
    """An MQTT broker, for Home Assistant and the like. All that is told there stands in docs/together.md."""

    broker: str = setting(
        "",
        TextKind(N_('a host such as "homeassistant.local", or "" for none'), r"[A-Za-z0-9._:-]{0,253}"),
        N_("The host of your MQTT broker; empty: no connection is made."),
    )
    port: int = setting(
        0, Number(0, 65535, whole=True), N_("Its port; 0 is the usual one, 8883 with TLS and 1883 without.")
    )
    tls: bool = setting(
        True, SWITCH, N_("Encrypt the connection; without it the network can read all, the password too.")
    )
    ca_file: str = setting("", FILE, N_("The certificate of its CA (PEM); empty: those this computer trusts."))
    certificate_file: str = setting("", FILE, N_("Your own certificate (PEM), where the broker asks for one."))
    key_file: str = setting(
        "", FILE, N_("The key of that certificate, unless it is in the same file; without a passphrase.")
    )
    user: str = setting(
        "", TextKind(N_('a name, or "" for none'), r"(?=[^\x00-\x1f\x7f]*\Z).{0,100}"), N_("Your user there.")
    )
    password_file: str = setting(
        "",
        FILE,
        N_(
            "A file with the password alone in it; SITBREAK_MQTT_PASSWORD or a keyring (service sitbreak-mqtt) will do."
        ),
    )


@dataclass(frozen=True, slots=True)
class TraySettings:
    """The icon in the panel."""

    enabled: bool = setting(True, SWITCH, N_("Show the icon."), from_next_start=True)
    panel: str = setting(
        "auto", OneOf(("auto", "light", "dark")), N_("The colour of your panel."), from_next_start=True
    )


@dataclass(frozen=True, slots=True)
class HotkeysSettings:
    """Shortcuts that work in every app, where the desktop allows that. Empty: none."""

    start: str = setting("", Shortcut(), N_("Start a break."))
    snooze: str = setting("", Shortcut(), N_("Put off the reminder on screen for 10 minutes."))
    not_now: str = setting("", Shortcut(), N_("Answer the reminder on screen with not now."))
    pause: str = setting("", Shortcut(), N_("No reminders for an hour, or resume them."))


@dataclass(frozen=True, slots=True)
class LookSettings:
    """Colours."""

    theme: str = setting("auto", OneOf(("auto", "light", "dark", "high-contrast")), N_("Light, dark or high contrast."))


@dataclass(frozen=True, slots=True)
class Report:
    """What you are told about a day and a week."""

    daily: bool = setting(True, SWITCH, N_("A line about the day, once a day."))
    summary_at: time | None = setting(  # noqa: RUF009 - a time is immutable
        None,
        ClockTime(optional=True),
        N_("When it is shown. With no time set: at the end of your working hours; without those, the next day."),
    )
    weekly_on: str = setting("fri", OneOf(("never", *WEEKDAYS)), N_("On which day a line about the week is added."))


@dataclass(frozen=True, slots=True)
class General:
    """The program itself."""

    autostart: bool = setting(False, SWITCH, N_("Start when you log in."))
    language: str = setting(
        SYSTEM, OneOf((SYSTEM, *LANGUAGES)), N_("The language it speaks; system takes that of your desktop."),
        from_next_start=True,
    )  # fmt: skip
    log: str = setting("info", OneOf(("warning", "info", "debug")), N_("How much the log file tells."))

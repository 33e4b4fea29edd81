"""The tables of the settings file: each key with its default, kind (unit, bounds or choices) and a sentence.

Durations take fractions, so that a whole cycle can be lived through in seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from sitbreak.core.frozen import frozen
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
from sitbreak.settings.written_values import Range

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


@frozen
class Prompt:
    """When a prompt comes, and what an answer to it means."""

    earliest_minutes: float = setting(30.0, MINUTES, N_("From then on it waits for a pause in your work."))
    latest_minutes: float = setting(45.0, MINUTES, N_("Then it comes, pause or not."))
    lull_at_earliest_seconds: float = setting(
        40.0, SECONDS, N_("When a reminder may come, it waits until your hands have rested this long.")
    )
    lull_at_latest_seconds: float = setting(
        10.0, SECONDS, N_("Shortly before the latest moment; in between it falls evenly.")
    )
    snooze_minutes: tuple[float, ...] = setting(
        (5.0, 10.0, 15.0),
        Several(Number(0.02, 120, "minutes"), most=5, least=1),
        N_("The choices under Later, with commas between."),
    )
    snoozes_per_bout: int = setting(
        2, Number(0, 10, "times", whole=True), N_("After that, Later is not offered until you have had a break.")
    )
    return_after_minutes: float = setting(
        10.0, MINUTES, N_("Also after a break that was begun and not taken. A wait that has begun stays as it is.")
    )
    declined_after_minutes: float = setting(30.0, MINUTES, N_("A wait that has begun stays as it is."))
    return_window_minutes: float = setting(5.0, MINUTES, N_("After that it comes, pause or not."))
    unanswered_minutes: float = setting(2.0, MINUTES, N_("When nobody answers it."))
    held_limit_minutes: float = setting(
        30.0,
        Number(0, 240, "minutes"),
        N_(
            "A presentation or do-not-disturb holds a reminder at most this much past the latest; then it comes "
            "silently."
        ),
    )
    sound: bool = setting(False, SWITCH, N_("Each time a reminder comes."))
    channel: str = setting(
        "auto",
        OneOf(("auto", "notification", "card")),
        N_("Automatic takes whatever works on this desktop."),
    )
    heads_up: bool = setting(False, SWITCH, N_("A quiet notice, so that you can finish a thought."))
    adaptive: bool = setting(
        True,
        SWITCH,
        N_("After two weeks the earliest may move by 5 minutes, at most once a week, and you are told why."),
    )
    through_silent_gaps: bool = setting(
        False,
        SWITCH,
        N_(
            "A stretch goes on through 5 to 20 minutes without input, which may be reading. Reminders come earlier "
            "then."
        ),
    )
    quiet_apps: tuple[str, ...] = setting(
        (), APPS, N_("In front or not. Names with commas between, or chosen from what runs.")
    )
    ignored_apps: tuple[str, ...] = setting(
        (), APPS, N_("Their calls, films and music do not count as a sign that you are here.")
    )


@frozen
class WorkingHours:
    """Prompts come within these hours only. With no hours on any day they come at all times."""

    mon: tuple[Range, ...] = setting((), Hours(), "")
    tue: tuple[Range, ...] = setting((), Hours(), "")
    wed: tuple[Range, ...] = setting((), Hours(), "")
    thu: tuple[Range, ...] = setting((), Hours(), "")
    fri: tuple[Range, ...] = setting((), Hours(), "")
    sat: tuple[Range, ...] = setting((), Hours(), "")
    sun: tuple[Range, ...] = setting((), Hours(), "")

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


@frozen
class BreakSettings:
    """The break itself."""

    minutes: float = setting(2.0, Number(0.02, 60, "minutes"), "")
    long_minutes: float = setting(5.0, Number(0.02, 60, "minutes"), N_("The second answer to a reminder."))
    chime: bool = setting(True, SWITCH, N_("Soft, and never during a call."))
    chime_volume: float = setting(0.5, Number(0, 1), "")
    cues: str = setting(
        "off",
        OneOf(("off", "tick", "voice")),
        N_("For when you look elsewhere; never during a call."),
    )
    pause_media: bool = setting(False, SWITCH, N_("They go on when the break is over."))
    window: str = setting(
        "card", OneOf(("card", "fullscreen", "notification")), N_("A card leaves you the rest of the screen.")
    )
    screens: str = setting(
        "one",
        TextKind(N_('"one", "all", or the name of a screen, such as "HDMI-1"')),
        N_("A reminder is shown on one screen."),
    )
    corner: str = setting("bottom-right", OneOf(("top-left", "top-right", "bottom-left", "bottom-right")), "")
    reduced_motion: str = setting(
        "auto", OneOf(("auto", "on", "off")), N_("Automatic follows what your desktop says about animations.")
    )


@frozen
class MovementsSettings:
    """Which movements are suggested."""

    places: tuple[str, ...] = setting(
        ("office",),
        Several(OneOf(("office", "quiet", "home")), least=1),
        N_("Movements that fit none of these places are not suggested."),
    )
    needs_at_hand: tuple[str, ...] = setting(
        ("chair", "desk", "wall", N_("door frame"), "floor", "stairs", N_("low step")),
        Several(TextKind(N_('a thing, such as "chair", "stairs", "towel" or "scarf"'), "[a-z][a-z -]{0,30}")),
        N_("A movement that needs anything else is not suggested."),
    )
    go_easy_on: tuple[str, ...] = setting(
        (),
        Several(OneOf(tuple(CAUTIONS))),
        N_("Movements with such a caution are not suggested."),
    )
    off: tuple[str, ...] = setting(
        (),
        MOVEMENT_IDS,
        "",
    )
    favourites: tuple[str, ...] = setting((), MOVEMENT_IDS, N_("About twice as often as others, where they fit."))
    seated_mode: bool = setting(False, SWITCH, N_("Then only movements that are done sitting are suggested."))

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


@frozen
class Day:
    """The day and its goal."""

    start: time = setting(
        FOUR,
        ClockTime(high="12:00"),
        N_("The hours before belong to the day before."),
        from_next_start=True,
    )
    goal_minutes: int = setting(
        10,
        Number(1, 480, "minutes", whole=True),
        N_("How many minutes of breaks you want to reach. Today shows how far you are."),
    )
    standing_desk: bool = setting(False, SWITCH, N_("A reminder then offers to stand for a while."))
    small_question: bool = setting(
        True,
        SWITCH,
        N_("About a few minutes without input, at most once a day; the estimate learns from the answer."),
    )
    goal_ladder: bool = setting(True, SWITCH, N_("After 3 good days out of 5: 20, then 40, then 60 minutes."))


@frozen
class Activity:
    """How input is noticed: that there was some and when, never what."""

    source: str = setting(
        "auto",
        OneOf(("auto", "xinput2", "wayland_idle", "mutter", "pynput", "windows", "macos", "terminals")),
        N_("Automatic takes whatever works on this desktop."),
        from_next_start=True,
    )
    poll_seconds: float = setting(5.0, Number(0.05, 30, "seconds"), "", from_next_start=True)


@frozen
class ContextSettings:
    """What is looked at besides input."""

    calls: bool = setting(True, SWITCH, N_("Reminders wait while the microphone, the camera or the screen is in use."))
    media: bool = setting(True, SWITCH, N_("A film that keeps the screen awake counts as sitting."))
    fullscreen: bool = setting(True, SWITCH, N_("Reminders wait while one is shown."))
    dnd: bool = setting(True, SWITCH, N_("Reminders wait while it is on."))


@frozen
class Programs:
    """What other programs are told, and what they may ask; all of it off unless you want it."""

    bus_service: bool = setting(
        False, SWITCH, N_("Status, breaks and pauses for panels and scripts (io.github.sitbreak.Sitbreak1).")
    )
    on_prompt: str = setting("", CommandLine(), N_("Started without a shell; 10 seconds at most."))
    on_break: str = setting("", CommandLine(), "")
    on_lock_advice: str = setting("", CommandLine(), N_("It may lock the screen, if you want that."))
    on_back: str = setting("", CommandLine(), "")


@frozen
class Sync:
    """One body at several computers: a folder that another program keeps the same on all of them (docs/together.md)."""

    folder: str = setting(
        "", FOLDER, N_("Another program keeps it the same on all of them. Left empty: this computer alone.")
    )


@frozen
class Mqtt:
    """An MQTT broker, for Home Assistant and the like. All that is told there stands in docs/together.md."""

    broker: str = setting(
        "",
        TextKind(N_('a host such as "homeassistant.local", or "" for none'), r"[A-Za-z0-9._:-]{0,253}"),
        N_("Its host, for Home Assistant and the like. Left empty: no connection is made."),
    )
    port: int = setting(0, Number(0, 65535, whole=True), N_("0 is the usual one: 8883 with encryption, 1883 without."))
    tls: bool = setting(True, SWITCH, N_("Without it the network can read everything, the password too."))
    ca_file: str = setting("", FILE, N_("A PEM file. Left empty: those that this computer trusts."))
    certificate_file: str = setting("", FILE, N_("A PEM file, where the broker asks for one."))
    key_file: str = setting("", FILE, N_("Unless it is in the same file; without a passphrase."))
    user: str = setting("", TextKind(N_('a name, or "" for none'), r"(?=[^\x00-\x1f\x7f]*\Z).{0,100}"), "")
    password_file: str = setting(
        "",
        FILE,
        N_("The password alone is in it. SITBREAK_MQTT_PASSWORD or a keyring (service sitbreak-mqtt) will do, too."),
    )
    home_assistant: bool = setting(True, SWITCH, N_("How it stands, buttons for answers, and a switch for pausing."))


@frozen
class TraySettings:
    """The icon in the panel."""

    enabled: bool = setting(
        True, SWITCH, N_("Without it, the entry in the menu of your desktop opens Today."), from_next_start=True
    )
    panel: str = setting(
        "auto", OneOf(("auto", "light", "dark")), N_("So that the icon stands out."), from_next_start=True
    )


@frozen
class HotkeysSettings:
    """Shortcuts that work in every app, where the desktop allows that. Empty: none."""

    start: str = setting("", Shortcut(), N_("Shortcuts work in every app, where the desktop allows that. Empty: none."))
    snooze: str = setting("", Shortcut(), N_("Puts the reminder on screen off for 10 minutes."))
    not_now: str = setting("", Shortcut(), "")
    pause: str = setting("", Shortcut(), N_("Pressed again, reminders resume."))


@frozen
class LookSettings:
    """Colours."""

    theme: str = setting(
        "auto", OneOf(("auto", "light", "dark", "high-contrast")), N_("Automatic follows your desktop.")
    )


@frozen
class Report:
    """What you are told about a day and a week."""

    daily: bool = setting(True, SWITCH, N_("One line, once a day."))
    summary_at: time | None = setting(
        None,
        ClockTime(optional=True),
        N_("A time such as 17:30. Left empty: at the end of your working hours, or else the next day."),
    )
    weekly_on: str = setting("fri", OneOf(("never", *WEEKDAYS)), N_("Added to the line of that day."))


@frozen
class General:
    """The program itself."""

    autostart: bool = setting(False, SWITCH, "")
    language: str = setting(
        SYSTEM, OneOf((SYSTEM, *LANGUAGES)), "",
        from_next_start=True,
    )  # fmt: skip
    log: str = setting("info", OneOf(("warning", "info", "debug")), N_("It never tells what you type or see."))

"""All settings together: what holds now, the rules the core works by, and every key with what is known of it.

Loading, validation, `config/sitbreak.toml`, the documentation and `sitbreak config` are derived from the tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

from sitbreak.core.frozen import frozen
from sitbreak.core.rules import Rules
from sitbreak.settings.kinds import Setting
from sitbreak.settings.room import Sensors
from sitbreak.settings.sections import (
    Activity,
    BreakSettings,
    ContextSettings,
    Day,
    General,
    HotkeysSettings,
    LookSettings,
    MovementsSettings,
    Mqtt,
    Programs,
    Prompt,
    Report,
    Sync,
    TraySettings,
    WorkingHours,
)


@frozen
class Settings:
    """All settings. Each field is a table of the file; `break_` is written `[break]`."""

    prompt: Prompt = Prompt()
    working_hours: WorkingHours = WorkingHours()
    break_: BreakSettings = BreakSettings()
    movements: MovementsSettings = MovementsSettings()
    day: Day = Day()
    activity: Activity = Activity()
    context: ContextSettings = ContextSettings()
    tray: TraySettings = TraySettings()
    hotkeys: HotkeysSettings = HotkeysSettings()
    look: LookSettings = LookSettings()
    report: Report = Report()
    programs: Programs = Programs()
    sync: Sync = Sync()
    mqtt: Mqtt = Mqtt()
    sensors: Sensors = Sensors()
    general: General = General()

    def get(self, key: str) -> object:
        """The value of a key such as "break.minutes"; raises KeyError for an unknown one."""
        found = SETTINGS[key]
        return getattr(getattr(self, attribute(found.section)), found.name)

    def in_force(self, started: Settings) -> Settings:
        """What a program that began with `started` works by when these are the settings now."""
        found = self
        for known in SETTINGS.values():
            if known.from_next_start:
                table, kept = attribute(known.section), started.get(known.key)
                found = replace(found, **{table: replace(getattr(found, table), **{known.name: kept})})
        return found

    def waiting(self, started: Settings) -> tuple[str, ...]:
        """The keys of which the program that began with `started` still holds another value."""
        later = (known.key for known in SETTINGS.values() if known.from_next_start)
        return tuple(key for key in later if self.get(key) != started.get(key))

    @property
    def raises_desk(self) -> bool:
        """Whether the desk goes up, for somebody who can stand."""
        return self.day.standing_desk and not self.movements.seated_mode

    def rules(self) -> Rules:
        """The numbers the core works by."""
        prompt, rest = self.prompt, self.break_
        return Rules(
            earliest=timedelta(minutes=prompt.earliest_minutes),
            latest=timedelta(minutes=prompt.latest_minutes),
            lull_at_earliest=timedelta(seconds=prompt.lull_at_earliest_seconds),
            lull_at_latest=timedelta(seconds=prompt.lull_at_latest_seconds),
            held_limit=timedelta(minutes=prompt.held_limit_minutes),
            break_length=timedelta(minutes=rest.minutes),
            long_length=timedelta(minutes=rest.long_minutes),
            return_after=timedelta(minutes=prompt.return_after_minutes),
            declined_after=timedelta(minutes=prompt.declined_after_minutes),
            return_window=timedelta(minutes=prompt.return_window_minutes),
            unanswered=timedelta(minutes=prompt.unanswered_minutes),
            snoozes=prompt.snoozes_per_bout,
            day_start=self.day.start,
            working_hours=self.working_hours.by_weekday,
            seated_mode=self.movements.seated_mode,
            adaptive=prompt.adaptive,
            through_silent_gaps=prompt.through_silent_gaps,
            small_question=self.day.small_question,
            heads_up=prompt.heads_up,
        )


def attribute(section: str) -> str:
    """The field of Settings that holds a section."""
    return "break_" if section == "break" else section


def _sections() -> Iterator[tuple[str, type[Any]]]:
    for each in fields(Settings):
        yield each.name.removesuffix("_"), type(each.default)


def _settings() -> Iterator[Setting]:
    for section, table in _sections():
        for each in fields(table):
            yield Setting(section, each.name, each.default, **each.metadata)


SECTIONS: dict[str, type[Any]] = dict(_sections())
SETTINGS: dict[str, Setting] = {each.key: each for each in _settings()}
GOAL = "day.goal_minutes"  # the one setting that the history has from day to day, too

"""Writes the event log of a run, for `sitbreak replay`: whole seconds, one input a second at the most, kinds only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from sitbreak.core import events as e
from sitbreak.core.event_messages import message_of
from sitbreak.core.rules import Rules
from sitbreak.core.snapshot import zone_name
from sitbreak.core.timeline import Instant, WallMap
from sitbreak.settings.model import SETTINGS, Settings

PLAIN: dict[type, str] = {
    e.Locked: "lock",
    e.Unlocked: "unlock",
    e.Slept: "sleep",
    e.Woke: "wake",
    e.SourceLost: "source_lost",
    e.SourceBack: "source_back",
    e.Stopped: "kill",
    e.Started: "run",
}
LOGGED = {e.Signal.CALL, e.Signal.MEDIA, e.Signal.FULLSCREEN, e.Signal.PRESENTING, e.Signal.SHARING, e.Signal.DND}


EARLIEST = "prompt.earliest_minutes"
# The settings that a day depends on. Names of apps and the like are nobody's business.
RULING = tuple(
    key
    for key in SETTINGS
    if key.startswith("working_hours.")
    or key in ("day.start", "movements.seated_mode", "break.minutes", "break.long_minutes", "prompt.snoozes_per_bout")
    or (key.startswith("prompt.") and key.endswith(("_minutes", "_seconds")))
)


def ruling(settings: Settings, rules: Rules) -> dict[str, object]:
    """The settings in force that differ from the defaults and that a day depends on; the earliest as adapted."""
    found = {key: SETTINGS[key].kind.plain(settings.get(key)) for key in RULING}
    found[EARLIEST] = rules.earliest / timedelta(minutes=1)
    return {key: value for key, value in found.items() if value != SETTINGS[key].default_plain}


class Recorder:
    """Appends to a file, line by line, so that a crash leaves a log that can be replayed."""

    def __init__(self, path: Path, start: Instant, settings: Mapping[str, object] | None = None) -> None:
        """`start`: where the books of this run begin; `settings`: those of `ruling`. Raises OSError."""
        self._file = path.open("w", encoding="utf-8")
        path.chmod(0o600)
        self._start = start
        self._wall_map = WallMap()
        self._last = self._last_input = -1
        self._until = 0
        self._begin(start, {} if settings is None else settings)

    def note(self, event: e.Event, at: Instant) -> None:
        """Notes an event, if the log has a word for it."""
        t = max(self._last, round(at.since(self._start).total_seconds()), 0)
        self._until = max(self._until, t)
        self._clock(at, t)
        line = _line(event, at, t)
        if isinstance(event, e.ActivityObserved):
            if t == self._last_input:
                return
            self._last_input = t
        if line is not None:
            self._write({"t": t, **line})

    def close(self) -> None:
        """Ends the log where the run was last observed."""
        self._write({"t": self._until, "do": "end"})
        self._file.close()

    def _begin(self, at: Instant, settings: Mapping[str, object]) -> None:
        self._wall_map.observe(at)
        start = at.local.isoformat(timespec="seconds")
        chosen = {"settings": dict(settings)} if settings else {}
        self._write({"replay": 1, "start": start, "tz": zone_name(at.zone), **chosen}, header=True)

    def _clock(self, at: Instant, t: int) -> None:
        """A step of the wall clock, or a new zone, since the last event."""
        expected = self._wall_map.at(at.elapsed)
        if at.zone != expected.zone:
            self._write({"t": t, "do": "zone", "tz": zone_name(at.zone)})
        step = round((at.utc - expected.utc).total_seconds())
        if step:
            self._write({"t": t, "do": "clock_step", "seconds": step})
        self._wall_map.observe(at)

    def _write(self, line: dict[str, object], header: bool = False) -> None:
        if not header:
            self._last = int(str(line["t"]))
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def _line(event: e.Event, at: Instant, t: int) -> dict[str, object] | None:
    """The line for an event; None when the log has no word for it."""
    if type(event) in PLAIN:
        return {"do": PLAIN[type(event)]}
    match event:
        case e.ActivityObserved(kind):
            return {"do": "input", "kind": kind.value}
        case e.SignalChanged(signal, on) if signal in LOGGED:
            return {"do": f"{signal.value}_{_state(on)}"}
        case e.Present() | e.LevelChosen():
            return None  # what was done with them is seen in the input, or on the screen alone
        case e.Declared(signal, on):  # an end declared beforehand is a line of its own once it has come
            return message_of(e.Declared(signal, on), _untold)
        case _:
            return message_of(event, lambda moment: _ago(moment, at, t))


def _untold(moment: Instant) -> object:
    raise AssertionError("it has no end")


def _ago(moment: Instant, at: Instant, t: int) -> int:
    return max(0, t - round(at.since(moment).total_seconds()))


def _state(on: bool) -> str:
    return "on" if on else "off"

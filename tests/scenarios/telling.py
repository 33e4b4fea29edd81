"""Tells a day in lines, plays it with the real catalogue, and holds its whole outcome to the lines expected.

    tell('''
        0:00-45:00 key
        45:10 answer start
        48:00-60:00 key
    ''').gives('''
        0:00-45:10 SEATED
        45:00 prompt latest -> taken
        45:10 break 2:00 -> 2:50
        45:10-48:00 BREAK
        48:00-60:00 SEATED
    ''')

Both what is missing and what is too much fail, with the day's transcript beside it. A span expected with evidence, as
in `SEATED [input media]`, is held to that evidence too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core import effects as fx
from sitbreak.core.movements import Chooser
from sitbreak.core.spans import overlay
from sitbreak.replay import player
from sitbreak.replay.log import read
from sitbreak.replay.player import Played, play
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from tests.scenarios.lines import clock, events, log_text

MONDAY = "2026-03-02T09:00:00+01:00"


@cache
def catalogue() -> tuple[Any, ...]:
    """The built-in movements, read once."""
    return tuple(load_catalogue().movements)


@dataclass(frozen=True)
class Told:
    """A day that was played."""

    played: Played

    @property
    def answer(self) -> dict[str, Any]:
        """The answer of spec 6."""
        return player.answer(self.played)

    def gives(self, expected: str) -> Told:
        """Asserts the whole outcome, each thing in a line of its own, in any order."""
        wanted = Counter(" ".join(line.split("#")[0].split()) for line in expected.splitlines())
        del wanted[""]
        got = Counter(line if line in wanted else _bare(line) for _, line in self.outcome())
        assert got == wanted, self._difference(wanted, got)
        return self

    def figures(self, index: int = 0, **wanted: object) -> Told:
        """Asserts figures of the day with this index, numbers to a tenth of a minute."""
        day = self.answer["days"][index]
        got = {name: _rounded(day[name]) for name in wanted}
        assert got == {name: _rounded(value) for name, value in wanted.items()}, self.transcript()
        return self

    def outcome(self) -> list[tuple[float, str]]:
        """Everything that came of the day, in order of time."""
        return sorted([*self._spans(), *self._prompts(), *self._questions(), *self._said()], key=lambda row: row[0])

    def transcript(self) -> str:
        """The outcome as text."""
        return "\n".join(line for _, line in self.outcome())

    def _spans(self) -> Iterator[tuple[float, str]]:
        facts = self.played.facts
        for span in player.spans(overlay(facts.spans, facts.corrections)):
            start, end = float(str(span["start_s"])), float(str(span["end_s"]))
            strength = f" {span['strength']}" if span["strength"] else ""
            evidence = " ".join(str(span["evidence"]).strip("[]").replace("'", "").split(", "))
            yield start, f"{clock(start)}-{clock(end)} {span['class']}{strength} [{evidence}]"

    def _prompts(self) -> Iterator[tuple[float, str]]:
        for prompt in self.answer["prompts"]:
            yield (
                prompt["shown_s"],
                f"{clock(prompt['shown_s'])} prompt {prompt['reason']} -> {prompt['outcome'] or 'open'}",
            )

    def _questions(self) -> Iterator[tuple[float, str]]:
        for at, effect in self.played.happened:
            when = at.elapsed.total_seconds()
            match effect:
                case fx.AskWereYouUp(away):
                    yield when, f"{clock(when)} asked up {clock(away.total_seconds())}"
                case fx.AskAboutGap(start, end, small):
                    gap = f"{clock(start.elapsed.total_seconds())}-{clock(end.elapsed.total_seconds())}"
                    yield when, f"{clock(when)} asked {'small ' if small else ''}gap {gap}"
                case fx.AskStillStanding(stood, chosen, measured):
                    question = "told to lower" if measured else "asked lower" if chosen else "asked standing"
                    yield when, f"{clock(when)} {question} {clock(stood.total_seconds())}"
                case fx.SensorDoubted(sensor, why):
                    yield when, f"{clock(when)} {sensor} {'agrees' if why is None else why}"
                case fx.Refused():
                    yield when, f"{clock(when)} refused"

    def _said(self) -> Iterator[tuple[float, str]]:
        facts = self.played.facts
        for rest in facts.breaks:
            when, came = rest.accepted.elapsed.total_seconds(), clock(rest.credited.total_seconds())
            kind = "stretch" if rest.seated else "break"
            yield when, f"{clock(when)} {kind} {clock(rest.length.total_seconds())} -> {came}"
        for walk in facts.movement:
            when = walk.at.elapsed.total_seconds()
            yield when, f"{clock(when)} walked {walk.minutes:g} {'counted' if walk.counted else 'noted'}"
        for gap in facts.gaps:
            when = gap.at.elapsed.total_seconds()
            yield when, f"{clock(when)} labelled {gap.label.value}"

    def _difference(self, wanted: Counter[str], got: Counter[str]) -> str:
        missing = "\n".join(f"  - {line}" for line in (wanted - got).elements())
        extra = "\n".join(f"  + {line}" for line in (got - wanted).elements())
        return f"\nmissing:\n{missing}\nextra:\n{extra}\nthe day:\n{self.transcript()}"


def tell(story: str, start: str = MONDAY, tz: str = "Europe/Berlin", poll: float = 5, **settings: object) -> Told:
    """Plays the story; a setting `prompt__earliest_minutes=20` is `prompt.earliest_minutes`."""
    named = {name.replace("__", "."): value for name, value in settings.items()}
    header: dict[str, object] = {"start": start, "tz": tz, "poll_seconds": poll, "settings": named}
    log = read(log_text(header, events(story)))
    loaded = apply(Settings(), log.settings)
    assert not loaded.problems, loaded.problems
    chosen = loaded.settings
    return Told(play(log, chosen.rules(), Chooser(catalogue(), chosen.movements.wishes)))


def _bare(line: str) -> str:
    return line.split(" [")[0]


def _rounded(value: object) -> object:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    return round(value, 1) if isinstance(value, int | float) else value

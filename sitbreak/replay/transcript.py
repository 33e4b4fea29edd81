"""A replay as a story: one line per change of state, prompt and answer, then the day's figures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sitbreak.core import effects as fx
from sitbreak.core.accounting import DaySummary, days
from sitbreak.core.records import Span, SpanClass
from sitbreak.core.spans import overlay
from sitbreak.core.timeline import Instant
from sitbreak.replay.player import Played, joined

SPANS = {
    SpanClass.SEATED: "seated (estimated)",
    SpanClass.STANDING: "standing",
    SpanClass.BREAK: "break, confirmed",
    SpanClass.AWAY: "away",
    SpanClass.UNOBSERVED: "not observed",
}


def transcript(played: Played) -> Iterator[str]:
    """The lines, in order of time."""
    facts = played.facts
    told = [(span.start, _span(span)) for span in joined(overlay(facts.spans, facts.corrections))]
    told += [(at, line) for at, effect in played.happened if (line := say(effect))]
    told += [(record.closed, f"prompt {record.outcome}") for record in facts.prompts if record.closed]
    for at, line in sorted(told, key=lambda each: each[0].elapsed):
        yield f"{stamp(at)}  {line}"
    for day in days(facts, played.rules.day_start):
        yield ""
        yield from figures(day)


def stamp(at: Instant) -> str:
    """The local time of a line."""
    local: datetime = at.local
    return f"{local:%H:%M:%S}"


def say(effect: object) -> str:
    """An effect in words; empty for what a story leaves out."""
    match effect:
        case fx.ShowPrompt(_, reason, movement, bout):
            return f"prompt ({reason}) after {_length(bout)}: {movement}"
        case fx.BreakBegan(_, length, movement):
            return f"break of {_length(length)} begins: {movement}"
        case fx.BreakEnded(outcome, credited):
            return f"break over: {outcome}, {_length(credited)} counted"
        case fx.AskWereYouUp(away):
            return f"were you up? {_length(away)}"
        case fx.AskAboutGap(start, end):
            return f"what was this gap? {stamp(start)} to {stamp(end)}"
        case fx.AskStillStanding(stood):
            return f"is the desk still raised? {_length(stood)}"
        case fx.SensorDoubted(sensor, why):
            return f"the {sensor} sensor {'has its word again' if why is None else f'lost its word ({why})'}"
        case fx.Refused(why):
            return f"refused: {why}"
        case _:
            return ""


def figures(day: DaySummary) -> Iterator[str]:
    """The day's figures in four lines."""
    yield f"{day.day}: {day.reduced:.1f} min out of the chair, confirmed (breaks {day.moved:.1f}, standing " + (
        f"{day.standing:.1f}, walks {day.declared:.1f})"
    )
    (n30, min30), (n60, min60) = day.prolonged(), day.prolonged(timedelta(minutes=60))
    longest = f"{day.longest:.1f} min" if day.longest is not None else "none"
    yield f"  estimated desk sitting {day.seated:.1f} min; longest stretch {longest}; " + (
        f"{n30} of 30 min or more ({min30:.1f} min), {n60} of 60 or more ({min60:.1f} min)"
    )
    yield f"  away {day.away_strong:.1f} min (sure) and {day.away_weak:.1f} min (not sure); " + (
        f"not observed {day.unobserved:.1f} min"
    )


def _span(span: Span) -> str:
    evidence = ", ".join(sorted(e.value.replace("_", " ") for e in span.evidence))
    strength = f", {span.strength}" if span.strength else ""
    return f"{SPANS[span.kind]}{strength} [{evidence}]"


def _length(duration: timedelta) -> str:
    minutes, seconds = divmod(round(duration.total_seconds()), 60)
    return f"{minutes}:{seconds:02d} min"

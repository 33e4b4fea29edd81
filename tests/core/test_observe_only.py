"""While usual days are measured the books go on and no prompt begins (spec 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from sitbreak.adapters.clock import A_MORNING
from sitbreak.core.effects import Record, ShowPrompt
from sitbreak.core.events import ActivityObserved, Event, InputKind, RulesChanged, SignalChanged
from sitbreak.core.events import Signal as S
from sitbreak.core.machine import Machine
from sitbreak.core.memory import Suggested, begin
from sitbreak.core.records import Outcome, PromptRecord, SpanClass
from sitbreak.core.rules import Rules

OBSERVING = Rules(observe_only=True)
KEY = ActivityObserved(InputKind.KEY)
MINUTE = timedelta(minutes=1)


class _Walks:
    def choose(self, past: Sequence[Suggested]) -> str:
        return "walk"

    def short_walk(self) -> str:
        return "walk"

    def stretch(self, movement: str) -> bool:
        return False


def machine(rules: Rules) -> Machine:
    """One that begins to watch in the morning."""
    return Machine(rules, _Walks(), begin(A_MORNING, rules))


def play(at: Machine, first: int, last: int, event: Event = KEY) -> list[int]:
    """An event each minute; returns the minutes at which a prompt was shown."""
    found = []
    for minute in range(first, last):
        effects = at.handle(event, A_MORNING.plus(minute * MINUTE))
        found += [minute for effect in effects if isinstance(effect, ShowPrompt)]
    return found


def test_hours_at_the_desk_bring_no_prompt() -> None:
    """Four hours of typing: no prompt, no deadline for one, and a seated span of four hours."""
    observing = machine(OBSERVING)
    assert play(observing, 0, 240) == []
    assert observing.next_deadline() is None
    (span,) = observing.checkpoint(A_MORNING.plus(240 * MINUTE))
    assert (span.kind, span.duration) == (SpanClass.SEATED, 239 * MINUTE)


def test_the_same_hours_would_bring_prompts_otherwise() -> None:
    """Without it the first prompt comes inside the window."""
    assert 30 <= play(machine(Rules()), 0, 60)[0] <= 45


def test_begun_in_the_open_window_it_holds_back_what_was_coming() -> None:
    """Measuring begins at minute 31, while a lull is sought: nothing comes; ended, it comes."""
    at = machine(Rules())
    assert play(at, 0, 31) == []
    at.handle(RulesChanged(OBSERVING), A_MORNING.plus(31 * MINUTE))
    assert play(at, 32, 120) == []
    at.handle(RulesChanged(replace(OBSERVING, observe_only=False)), A_MORNING.plus(120 * MINUTE))
    assert play(at, 121, 123)


def test_a_hold_that_ends_brings_nothing_either() -> None:
    """A call holds a due prompt; measuring begins; the call ends: still nothing."""
    at = machine(Rules())
    play(at, 0, 20)
    at.handle(SignalChanged(S.CALL, True), A_MORNING.plus(20 * MINUTE))
    assert play(at, 21, 50) == []
    at.handle(RulesChanged(OBSERVING), A_MORNING.plus(50 * MINUTE))
    assert not _shown(at.handle(SignalChanged(S.CALL, False), A_MORNING.plus(51 * MINUTE)))
    assert play(at, 52, 100) == []


def test_a_prompt_on_show_is_still_settled() -> None:
    """Measuring begins while a reminder is on screen: it gets its outcome, and none follows."""
    at = machine(Rules())
    shown = next(minute for minute in range(46) if play(at, minute, minute + 1))
    at.handle(RulesChanged(OBSERVING), A_MORNING.plus(shown * MINUTE + MINUTE))
    later = range(shown + 2, 120)
    effects = [effect for minute in later for effect in at.handle(KEY, A_MORNING.plus(minute * MINUTE))]
    outcomes = [e.fact.outcome for e in effects if isinstance(e, Record) and isinstance(e.fact, PromptRecord)]
    assert set(outcomes) == {Outcome.LEFT}  # also once "were you up just now?" has stayed unanswered
    assert not _shown(effects)


def _shown(effects: Sequence[object]) -> bool:
    return any(isinstance(effect, ShowPrompt) for effect in effects)

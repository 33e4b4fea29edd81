"""What the user says to the program: answers, toggles, commands. Saying something is presence, too (spec 1.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sitbreak.core.corrections import allowed
from sitbreak.core.effects import Record, Refused, WithdrawQuestion
from sitbreak.core.events import (
    AnotherAsked,
    Answer,
    BreakDone,
    BreakRequested,
    CorrectionRequested,
    Declared,
    Event,
    GapAnswered,
    LevelChosen,
    PauseRequested,
    Present,
    PromptAnswered,
    ResumeRequested,
    Signal,
    StandingDeclared,
    UpAnswered,
    WalkLogged,
)
from sitbreak.core.records import Correction, GapAnswer, GapLabel, Span, SpanClass, Strength
from sitbreak.core.text import Sentence

if TYPE_CHECKING:
    from sitbreak.core.machine import Machine


SAID = (
    PromptAnswered,
    BreakRequested,
    BreakDone,
    LevelChosen,
    AnotherAsked,
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

# What a correction says of a silent gap, for the estimate to learn from (spec 8.3).
MEANT = {
    SpanClass.SEATED: GapLabel.HERE,
    SpanClass.STANDING: GapLabel.UP,
    SpanClass.BREAK: GapLabel.UP,
    SpanClass.AWAY: GapLabel.UP,
    SpanClass.UNOBSERVED: GapLabel.SKIP,
}


def route(machine: Machine, event: Event, now: timedelta) -> None:
    """Notes the presence, then does what was said."""
    desk = machine.desk
    if isinstance(event, LevelChosen):  # a click in our own break window is not input
        machine.state.levels[event.movement] = event.level
        if machine.state.brk and machine.state.brk.movement == event.movement:
            machine.state.brk.level = event.level
        return
    if isinstance(event, AnotherAsked):
        desk.suggest_another(event.never, now)
        return
    if isinstance(event, UNATTENDED) and not machine.state.running:
        _do(machine, event, now)
        return
    shown = desk.prompting.visible() is not None
    last = isinstance(event, Present) and event.last
    answering = shown and (last or isinstance(event, PromptAnswered | BreakRequested))
    since = now if last else machine.state.presence.inputs.certain(now, desk.rules)
    desk.present(since, now, answering)
    _do(machine, event, now)
    if not last:  # after what was said, which may have made the prompt needless
        desk.show_due(now)


def _do(machine: Machine, event: Event, now: timedelta) -> None:
    desk = machine.desk
    match event:
        case PromptAnswered():
            _prompt(machine, event, now)
        case BreakRequested(length, movement):
            desk.settle_break(now)  # one that runs ends here, each within its own limit
            desk.begin_break(length, movement, now)
        case BreakDone():
            desk.settle_break(now)
        case UpAnswered(yes):
            desk.answer_up(yes, now)
        case GapAnswered(label, minutes):
            question = desk.questions.answer(label, minutes)
            if question and label is GapLabel.HERE:
                desk.was_here(question.end.elapsed)
            elif question and label is GapLabel.UP:
                desk.was_up()
        case CorrectionRequested():
            _correct(machine, event, now)
        case WalkLogged(minutes, source):
            desk.questions.walked(minutes, source)
        case StandingDeclared(on):
            desk.presence.stand(on, now)
            desk.new_bout()
        case Declared(signal, on, until):
            machine.signal(signal, on, now)
            if signal is Signal.MEETING:
                machine.state.context.meeting_until = until.elapsed if on and until else None
        case PauseRequested(length, tomorrow):
            machine.pause(None if length is None else now + length, tomorrow, now)
        case ResumeRequested():
            machine.state.context.resume()


def _prompt(machine: Machine, event: PromptAnswered, now: timedelta) -> None:
    desk = machine.desk
    if not desk.prompting.answerable(now) or machine.state.brk is not None:
        return
    if desk.prompting.visible() is None:
        desk.out.append(WithdrawQuestion())
    if event.answer in (Answer.START, Answer.LONG):
        long = event.answer is Answer.LONG
        desk.begin_break(desk.rules.long_length if long else desk.rules.break_length, "", now, answering=True)
        return
    if event.answer is Answer.STANDING:
        desk.close_prompt(desk.prompting.standing(now))
        desk.presence.stand(True, now)
        desk.new_bout()
        return
    closed = desk.prompting.postpone(event.answer, event.snooze, now)
    if closed is None:
        desk.out.append(Refused(Sentence("No snooze is left for this sitting; start the break, or choose not now.")))
    desk.close_prompt(closed)


def _correct(machine: Machine, event: CorrectionRequested, now: timedelta) -> None:
    correction = Correction(event.start, event.end, event.kind, machine.state.seen)
    why = allowed([*event.booked, *machine.desk.ledger.fresh], correction)
    if why:
        machine.desk.out.append(Refused(why))
        return
    machine.desk.out.append(Record(correction))
    for span in (*event.booked, *machine.desk.ledger.fresh):
        if span.strength is Strength.WEAK and _inside(span, correction):  # a gap that may have been sitting: an answer
            machine.desk.out.append(Record(GapAnswer(span.start, span.end, MEANT[event.kind], correction.at)))


def _inside(span: Span, correction: Correction) -> bool:
    return correction.start.elapsed <= span.start.elapsed and span.end.elapsed <= correction.end.elapsed

"""What follows from presence: gaps that close, breaks that are settled, prompts that are shown and closed.

The machine routes events here; every method takes the present as a steady-clock duration and adds to `out`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from sitbreak.core.breaks import Break
from sitbreak.core.common import Common
from sitbreak.core.effects import (
    AskWereYouUp,
    BreakBegan,
    BreakEnded,
    MovementRefused,
    PromptChanged,
    Record,
    ShowPrompt,
    WithdrawPrompt,
    WithdrawQuestion,
)
from sitbreak.core.holds import Hold
from sitbreak.core.presence import ClosedGap, Presence
from sitbreak.core.prompt_states import State
from sitbreak.core.prompting import Closed, Prompting, Shown, Surroundings
from sitbreak.core.questions import Questions
from sitbreak.core.reboot import Boot, put_right
from sitbreak.core.records import BreakRecord, Evidence, GapAnswer, GapLabel, Outcome, PromptRecord, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.state import PAST_KEPT, MachineState, Suggested
from sitbreak.core.timeline import ZERO

# States in which one more input, soon after the last, changes nothing but the time of the last input.
ORDINARY = frozenset({State.RESTING, State.SEEKING, State.HELD, State.QUIET, State.ASKING})


class MovementChooser(Protocol):
    """Chooses movements (spec 3.1); deterministic in what was suggested before."""

    def choose(self, past: Sequence[Suggested]) -> str:
        """The id of the movement to suggest next."""
        ...

    def first_walk(self) -> str:
        """The id of the walk a self-started break begins with."""
        ...

    def short_walk(self) -> str:
        """The id of what the shorter offer after "not now" suggests."""
        ...

    def stretch(self, movement: str) -> bool:
        """Whether it is seated or lying, and so earns no confirmed minutes."""
        ...


class Desk(Common):
    """Presence, prompt and break of one person, with the ledger they write to."""

    def __init__(self, rules: Rules, movements: MovementChooser, state: MachineState) -> None:
        super().__init__(rules, state)
        self.movements = movements
        self.presence = Presence(rules, self.ledger, state.presence)
        self.prompting = Prompting(rules, state.prompting)
        self.questions = Questions(self)

    def adopt(self, rules: Rules) -> None:
        """Works by new rules from now on."""
        self.rules = self.presence.rules = rules
        self.prompting.adopt(rules)

    def surroundings(self, now: timedelta) -> Surroundings:
        """What the prompt needs to know of the present."""
        evidence = self.presence.counting(now)
        locked = self.presence.locked_since() is not None
        holds = self.state.context.holds(Evidence.CALL in evidence, locked)
        return Surroundings(now, self.state.presence.last_input, bool(evidence), holds)

    # -- presence

    def present(self, since: timedelta, now: timedelta, answering: bool = False, motion: bool = False) -> None:
        """There was real input; `answering`: it is the answer to the prompt on show, so nobody left."""
        if self.state.brk is None and self.prompting.state.state in ORDINARY and self.presence.extend_typing(now):
            return
        own = self.prompting.state.state in (State.SHOWN, State.LEAVING)
        brk, before = self.state.brk, self.state.presence.last
        standing = self.state.presence.standing_until is not None
        quiet_since, silence = self.presence.break_silence(since)
        quiet = silence.ended(self.wall_map.at(quiet_since), since, motion)
        if quiet is not None:
            self.out.append(Record(quiet))
        closed = self.presence.input(since, now, brk, own)
        self.after_gap(closed, now, answering)
        self.questions.returned(None if standing else quiet, closed, now)
        off = closed.gap.watched if closed else ZERO
        if brk and self.state.brk is brk and brk.returned(max(since, before), now, off, self.rules):
            self.settle_break(now)

    def show_due(self, now: timedelta) -> None:
        """Somebody is there: shows the prompt that waited for it (2.1.4)."""
        if self.prompting.state.state is State.DUE and self.prompting.input(self.surroundings(now)):
            self.show(now)

    def after_gap(self, closed: ClosedGap | None, now: timedelta, answering: bool = False) -> None:
        """Presence ended a gap (None: there was none): what it means for break, prompt, bout and questions."""
        brk, boot = self.state.brk, self.state.boot
        if closed and boot and boot.gap is None and closed.gap.end > boot.at:
            boot.gap = closed
        if closed and brk:
            brk.credited += closed.credited
            brk.hands_off = max(brk.hands_off, closed.gap.watched)
        if not answering:
            self._returned(closed, now)
        if closed and closed.ended_bout:
            goes_on = self.rules.through_silent_gaps and closed.silent
            before = self.prompting.state.bout_start
            self.state.before_gap = None if closed.credited else before  # a break ends it, whatever is said of the rest
            self.state.carried = before if goes_on else None
        self.new_bout()
        if closed:
            self.questions.gap_closed(closed, now)
        if closed and closed.credited and brk and brk.prompt is not None and self.prompting.state.shown:
            self._record(Closed(self.prompting.state.shown, Outcome.TAKEN, now))  # whatever comes, it was taken
        if brk and now > brk.ends:
            self.settle_break(now)

    def new_bout(self) -> None:
        """Tells the prompt when the bout began; a prompt on show when the person stands up is left behind."""
        start, state = self.state.presence.bout_start, self.state
        if start is None:
            state.carried = None
        start = start if state.carried is None else state.carried
        if start != self.prompting.state.bout_start:
            if self.prompting.visible() and start is None:
                self.close_prompt(self.prompting.back(askable=False, now=self.state.seen.elapsed))
            self.prompting.new_bout(start)

    def was_here(self, gap_end: timedelta) -> None:
        """Somebody says they sat through the gap that ended then: if it was the last one, the stretch goes on."""
        if self.state.presence.bout_start == gap_end and self.state.before_gap is not None:
            self.state.carried = self.state.before_gap
            self.new_bout()

    def was_up(self) -> None:
        """Somebody says they were up in the last silent gap: the stretch begins after it."""
        self.state.carried = None
        self.new_bout()

    def _returned(self, closed: ClosedGap | None, now: timedelta) -> None:
        """Whether the person had left the prompt unanswered."""
        if self.prompting.state.state not in (State.SHOWN, State.LEAVING):
            return
        if closed is None or not self._left(closed):
            self.close_prompt(self.prompting.stayed())
            return
        askable = all(p.kind is not SpanClass.UNOBSERVED for p in closed.pieces)
        visible = self.prompting.visible()
        left = self.prompting.back(askable, closed.gap.end)
        if visible:
            self.out.append(WithdrawPrompt(visible.number))
        shown = self.prompting.state.shown
        if left:
            self._record(left)
        elif shown:
            self.state.asked_gap = closed
            self.out.append(AskWereYouUp(closed.gap.length))
            self._record(Closed(shown, Outcome.LEFT, closed.gap.end))  # unless they say yes

    def _left(self, closed: ClosedGap) -> bool:
        """Whether they left the prompt: hands off since it was shown for longer than usual, or the bout ended."""
        shown = self.prompting.state.shown
        since = max(closed.gap.start, shown.at) if shown else closed.gap.start
        return closed.ended_bout or closed.gap.end - since >= self.presence.leaving(since)

    def check_boot(self, boot: Boot, now: timedelta) -> None:
        """Puts right what was booked of the time the machine was off, once its wall clock was set."""
        if boot.gap is None or not boot.mistaken:
            self.state.boot = None if boot.over(now) else boot
            return
        fact = put_right(boot, self.wall_map, now, self.rules.day_start)
        if fact is not None:
            self.out.append(Record(fact))
        if boot.step > ZERO and not boot.gap.ended_bout:
            self.presence.sit_anew(boot.gap.gap.end)
            self.new_bout()
        self.state.boot = None

    # -- prompts

    def show(self, now: timedelta) -> None:
        """Puts the due prompt on show and records it."""
        s = self.prompting.state
        due, brief = s.due, bool(s.window and s.window.brief)
        if due is None:
            return
        movement = self.movements.short_walk() if brief else self.movements.choose(self.state.past)
        bout = now - s.bout_start if s.bout_start is not None else ZERO
        shown = Shown(self.state.next_number, now, due, movement, bout)
        if not self.prompting.show(shown):
            return
        self.state.next_number += 1
        if self.state.question and self.state.question.small:
            self.questions.drop()
        at = self.wall_map.at(now)
        self.state.last_shown, self.state.last_reason = at, due.value
        self.suggested(movement, now)
        silent = self.state.context.muted()
        left = self.rules.snoozes - s.snoozes
        level = self.state.levels.get(movement, "shown")
        self.out.append(ShowPrompt(shown.number, due, movement, bout, left, brief, silent, level))
        self.out.append(Record(self._prompt_record(shown)))

    def suggest_another(self, never: bool, now: timedelta) -> None:
        """Puts another movement in the place of the one on show; `never`: that one is not to come again."""
        shown, s = self.prompting.visible(), self.prompting.state
        if shown is None:
            return
        if never:
            self.out.append(MovementRefused(shown.movement))
        shown.movement = self.movements.choose(self.state.past)
        self.suggested(shown.movement, now)
        left, level = self.rules.snoozes - s.snoozes, self.state.levels.get(shown.movement, "shown")
        again = ShowPrompt(shown.number, shown.reason, shown.movement, shown.bout, left, silent=True, level=level)
        self.out += [PromptChanged(again), Record(self._prompt_record(shown))]

    def suggested(self, movement: str, now: timedelta) -> None:
        """Remembers that a movement was suggested or begun."""
        level = self.state.levels.get(movement, "shown")
        self.state.past = [*self.state.past, Suggested(movement, self.wall_map.at(now), level)][-PAST_KEPT:]

    def close_prompt(self, closed: Closed | None) -> None:
        """Takes a prompt that reached its outcome off every channel and records it."""
        if closed:
            self.out.append(WithdrawPrompt(closed.shown.number))
            self._record(closed)

    def _record(self, closed: Closed) -> None:
        self.out.append(Record(self._prompt_record(closed.shown, closed)))

    def _prompt_record(self, shown: Shown, closed: Closed | None = None) -> PromptRecord:
        at = self.wall_map.at(shown.at)
        record = PromptRecord(shown.number, at, at.day(self.rules.day_start), shown.reason, shown.movement, shown.bout)
        if closed is None:
            return record
        end = self.wall_map.at(closed.at)
        return PromptRecord(
            record.number, at, record.day, shown.reason, shown.movement, shown.bout, closed.outcome, end
        )

    def answer_up(self, yes: bool, now: timedelta) -> None:
        """The answer to "were you up?", from which the estimate learns, too."""
        gap = self.state.asked_gap
        if gap is not None and self.prompting.state.state is State.ASKING:
            start, end = self.wall_map.at(gap.gap.start), self.wall_map.at(gap.gap.end)
            label = GapLabel.UP if yes else GapLabel.HERE
            self.out.append(Record(GapAnswer(start, end, label, self.state.seen)))
        self.settle_question(yes, now)

    def settle_question(self, yes: bool, now: timedelta) -> None:
        """ "Were you up?" was answered, or is gone (no)."""
        gap, self.state.asked_gap = self.state.asked_gap, None
        outcome = Outcome.TAKEN if yes else Outcome.LEFT
        closed = self.prompting.settle_question(outcome, now)
        if closed is None:
            return
        if yes and gap:
            self._book_as_break(gap, closed)
        self.out.append(WithdrawQuestion())
        self._record(closed)

    def _book_as_break(self, gap: ClosedGap, closed: Closed) -> None:
        length = self.rules.break_length
        again = self.presence.rebook_as_break(gap, 2 * length)
        start = self.wall_map.at(gap.gap.start)
        day = start.day(self.rules.day_start)
        movement, number = closed.shown.movement, closed.shown.number
        self.out.append(Record(BreakRecord(start, day, length, movement, number, again.credited)))
        self.was_up()

    # -- breaks

    def begin_break(self, length: timedelta, movement: str, now: timedelta, answering: bool = False) -> None:
        """A break is accepted: evidence no longer counts, hands-off time does."""
        prompt, left = self.prompting.accept(now, answering)
        self.state.asked_gap = None
        if left:
            self.out.append(WithdrawQuestion())
            self._record(left)
        if prompt:
            self.out.append(WithdrawPrompt(prompt.number))
            movement = movement if movement else prompt.movement
        else:
            movement = movement if movement else self.movements.first_walk()
            self.suggested(movement, now)
        stretch = self.movements.stretch(movement) and not self.rules.seated_mode
        level = self.state.levels.get(movement, "shown")
        brk = Break(now, length, movement, prompt.number if prompt else None, stretch, level=level)
        bout = now - self.state.presence.bout_start if self.state.presence.bout_start is not None else ZERO
        self.state.brk, self.state.bout_at_break = brk, self.state.presence.bout_start
        quiet = bool({Hold.CALL, Hold.SHARING} & self.surroundings(now).holds)
        self.presence.disarm()
        self.out.append(BreakBegan(self.wall_map.at(now), length, movement, bout, quiet, level))
        self.out.append(Record(self._break_record(brk)))

    def settle_break(self, now: timedelta) -> None:
        """The person is back from a break, or asks for another: what it came to. Without a break nothing happens."""
        brk = self.state.brk
        if brk is None:
            return
        if brk.credited > ZERO:
            outcome, ended = Outcome.TAKEN, now
        else:
            stretched = brk.stretch and brk.hands_off >= brk.shortest
            outcome, ended = Outcome.STRETCHED if stretched else Outcome.NOT_TAKEN, min(brk.ends, now)
        closed = self.prompting.settle_break(outcome, ended, self.state.bout_at_break)
        self.state.brk = None
        self.out.append(Record(self._break_record(brk)))
        self.out.append(BreakEnded(outcome, brk.credited, brk.prompt))
        if closed:
            self._record(closed)

    def _break_record(self, brk: Break) -> BreakRecord:
        at = self.wall_map.at(brk.accepted)
        day = at.day(self.rules.day_start)
        return BreakRecord(at, day, brk.length, brk.movement, brk.prompt, brk.credited, brk.stretch, brk.level)

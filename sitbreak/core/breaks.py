"""A break from its acceptance to the return: when it is over, and what came of it (spec 1.1, 2.2)."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.context import Context
from sitbreak.core.effects import (
    BreakBegan,
    BreakChanged,
    BreakEnded,
    CountdownEnded,
    LeftTheDesk,
    MovementRefused,
    Record,
)
from sitbreak.core.events import AnotherAsked, Answer, BreakDone, BreakRequested, LevelChosen, PromptAnswered, Signal
from sitbreak.core.memory import Break
from sitbreak.core.prompt import Prompting
from sitbreak.core.prompt_states import Hold
from sitbreak.core.records import BreakRecord, Evidence, Outcome
from sitbreak.core.shared_state import Common, PresenceSeen, Told
from sitbreak.core.timeline import ZERO, Instant


class Breaks:
    """The subject of the break under way; there is one at the most."""

    def __init__(self, common: Common, booking: Booking, context: Context, prompt: Prompting) -> None:
        self._common = common
        self._booking = booking
        self._context = context
        self._prompt = prompt

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        rules = self._common.rules
        match event:
            case PresenceSeen():
                self._presence_seen(event, now)
            case BreakRequested(length, movement):
                self._settle(now)  # one that runs ends here, each within its own limit
                self._begin(length, movement, now)
            case PromptAnswered(Answer.START | Answer.LONG) if self._prompt.answerable(now):
                length = rules.break_length if event.answer is Answer.START else rules.long_length
                self._begin(length, "", now, answering=True)
            case AnotherAsked(never):
                self._change(never, now)
            case BreakDone():
                self._settle(now)
            case LevelChosen(movement, level):
                self._common.memory.levels[movement] = level
                brk = self._common.memory.brk
                if brk and brk.movement == movement:
                    brk.level = level

    def deadline(self) -> timedelta | None:
        """See Subject: the end of the countdown, and before it that somebody has left."""
        brk = self._common.memory.brk
        chime = brk.ends if brk and not brk.chimed else None
        return min((due for due in (chime, self._leaves()) if due is not None), default=None)

    def _leaves(self) -> timedelta | None:
        """When the hands will have been off for so long that they left the desk; None: it was told, or cannot be."""
        memory, brk = self._common.memory, self._common.memory.brk
        if brk is None or brk.left or memory.blind or self._common.movements.stretch(brk.movement):
            return None
        off = max(brk.accepted, memory.presence.last_input)
        return off + self._common.rules.left_after if off <= brk.ends else None

    def expire(self, now: timedelta) -> None:
        """See Subject: the countdown is over; whoever sits in a call then is back."""
        memory, brk, leaves = self._common.memory, self._common.memory.brk, self._leaves()
        if brk and leaves is not None and now >= leaves:
            brk.left = True
            if not memory.presence.open(Evidence.LOCK):
                self._common.out.append(LeftTheDesk(brk.length, brk.movement))
        if brk is None or brk.chimed or now < brk.ends:
            return
        brk.chimed = True
        self._common.out.append(CountdownEnded(quiet=Signal.CALL in memory.context.signals))
        if self._booking.counting(now):
            self._booking.settle(now)
            self._settle(now)

    def on_show(self, at: Instant) -> BreakBegan | None:
        """The rest of the break under way, counted down from `at`; None when there is none, or it is over."""
        memory, brk = self._common.memory, self._common.memory.brk
        if brk is None or brk.ends <= at.elapsed:
            return None
        quiet = Signal.CALL in memory.context.signals
        return BreakBegan(at, brk.ends - at.elapsed, brk.movement, self._sat(brk), quiet, brk.level, not brk.chosen)

    def _change(self, never: bool, now: timedelta) -> None:
        """Another movement for the rest of the break; `never`: the present one is not to come again."""
        common, brk = self._common, self._common.memory.brk
        if brk is None or now >= brk.ends:
            return
        if never:
            common.out.append(MovementRefused(brk.movement))
        brk.movement, brk.chosen = common.movements.choose(common.memory.past), False
        common.suggested(brk.movement, now)
        brk.stretch = common.movements.stretch(brk.movement) and not common.rules.seated_mode
        brk.level = common.memory.level(brk.movement)
        rest = self.on_show(common.wall_map.at(now))
        common.out += [*([BreakChanged(rest)] if rest else []), Record(self._record(brk))]

    def _begin(self, length: timedelta, movement: str, now: timedelta, answering: bool = False) -> None:
        """A break is accepted: evidence no longer counts, hands-off time does."""
        common, memory, rules = self._common, self._common.memory, self._common.rules
        prompt, chosen = self._prompt.accept(now, answering), bool(movement)
        if prompt:
            movement = movement if movement else prompt.movement
        else:
            movement = movement if movement else common.movements.choose(memory.past)
            common.suggested(movement, now)
        stretch = common.movements.stretch(movement) and not rules.seated_mode
        level = memory.level(movement)
        brk = Break(now, length, movement, prompt.number if prompt else None, chosen, stretch, level=level)
        memory.brk, memory.bout_at_break = brk, memory.prompting.bout_start
        quiet = bool({Hold.CALL, Hold.SHARING} & self._context.around(now).holds)
        self._booking.disarm()
        at = common.wall_map.at(now)
        common.out.append(BreakBegan(at, length, movement, self._sat(brk), quiet, level, not chosen))
        common.out.append(Record(self._record(brk)))

    def _presence_seen(self, seen: PresenceSeen, now: timedelta) -> None:
        """The gap claims its credit; the break is over after its countdown, or once real input goes on."""
        brk, gap = self._common.memory.brk, seen.gap
        if brk is None:
            return
        if gap:
            brk.credited += gap.credited
            brk.hands_off = max(brk.hands_off, gap.gap.watched)
            if gap.credited and brk.prompt is not None:
                self._prompt.ending.note(Outcome.TAKEN, now)  # whatever comes, it was taken
        off = gap.gap.watched if gap else ZERO
        back = seen.since is not None and brk.returned(seen.since, now, off, self._common.rules)
        if now > brk.ends or back:
            self._settle(now)

    def _settle(self, now: timedelta) -> None:
        """The person is back from a break, or asks for another: what it came to. Without a break nothing happens."""
        memory, out, brk = self._common.memory, self._common.out, self._common.memory.brk
        if brk is None:
            return
        if brk.credited > ZERO:
            outcome, ended = Outcome.TAKEN, now
        else:
            stretched = brk.stretch and brk.hands_off >= brk.shortest
            outcome, ended = Outcome.STRETCHED if stretched else Outcome.NOT_TAKEN, min(brk.ends, now)
        memory.brk = None
        out.append(Record(self._record(brk)))
        out.append(BreakEnded(outcome, brk.credited, brk.prompt))
        self._prompt.break_settled(outcome, ended, memory.bout_at_break)

    def _sat(self, brk: Break) -> timedelta:
        """How long they had been sitting when the break began."""
        memory = self._common.memory
        start = None if memory.prompting.standing else memory.bout_at_break
        return ZERO if start is None else brk.accepted - start

    def _record(self, brk: Break) -> BreakRecord:
        at = self._common.wall_map.at(brk.accepted)
        day = at.day(self._common.rules.day_start)
        return BreakRecord(at, day, brk.length, brk.movement, brk.prompt, brk.credited, brk.stretch, brk.level)

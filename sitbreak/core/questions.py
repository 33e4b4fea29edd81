"""What is asked about a gap, and what is told of the past: answers, walks, corrections (spec 1.1, 2.2, 8.3)."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.booking import Booking
from sitbreak.core.classify import ClosedGap, Piece
from sitbreak.core.context import Context
from sitbreak.core.effects import AskAboutGap, AskWereYouUp, Record, Refused, WithdrawQuestion
from sitbreak.core.events import CorrectionRequested, GapAnswered, Locked, Unlocked, UpAnswered, WalkLogged
from sitbreak.core.memory import DayTally, GapQuestion
from sitbreak.core.prompt import Prompting
from sitbreak.core.prompt_states import Shown, State
from sitbreak.core.records import (
    BreakRecord,
    Correction,
    DeclaredMovement,
    GapAnswer,
    GapLabel,
    SpanClass,
    Strength,
)
from sitbreak.core.shared_state import Common, PresenceSeen, Told
from sitbreak.core.spans import allowed, within
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import ZERO

SMALL_ANSWERS = (GapLabel.UP, GapLabel.PART, GapLabel.HERE, GapLabel.SKIP)
BUSY = frozenset({State.SHOWN, State.LEAVING, State.ASKING, State.ON_BREAK, State.DUE})
WALKED_ANSWERS = Sentence("That question takes up, part or here; a walk is noted by itself.")
# What a correction says of a silent gap, for the estimate to learn from (spec 8.3).
MEANT = {
    SpanClass.SEATED: GapLabel.HERE,
    SpanClass.STANDING: GapLabel.UP,
    SpanClass.BREAK: GapLabel.UP,
    SpanClass.AWAY: GapLabel.UP,
    SpanClass.UNOBSERVED: GapLabel.SKIP,
}


class Questions:
    """The subject that asks about gaps, one question at a time, and keeps what is told of the past."""

    def __init__(self, common: Common, booking: Booking, context: Context, prompt: Prompting) -> None:
        self._common = common
        self._booking = booking
        self._context = context
        self._prompt = prompt

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        match event:
            case PresenceSeen(gap):
                if gap:
                    self._gap_closed(gap, now)
                if event.since is not None:
                    self._returned(event, now)
            case UpAnswered(yes):
                self._up_answered(yes, now)
            case GapAnswered(label, minutes):
                self._answered(label, minutes)
            case WalkLogged(minutes, source):
                walked = timedelta(minutes=minutes)
                self._book_walk(walked, ZERO < walked <= self._room(), source)
            case CorrectionRequested():
                self._correct(event)
            case Locked():
                self._locked()
            case Unlocked():
                self._unlocked()

    def deadline(self) -> timedelta | None:
        """See Subject: when the open question is taken away, or the small one may be asked."""
        memory, opened = self._common.memory, self._common.rules.question_open
        up = memory.prompting.asked + opened if self._asking_up and memory.prompting.asked is not None else None
        if memory.question is not None:
            gap: timedelta | None = memory.question.asked + opened
        else:
            gap = memory.asking.due(memory.presence.last_input)
        return min((due for due in (up, gap) if due is not None), default=None)

    def expire(self, now: timedelta) -> None:
        """See Subject: takes a question away that nobody answered; asks the small one, unless anything holds it."""
        memory, rules, asked = self._common.memory, self._common.rules, self._common.memory.prompting.asked
        if self._asking_up and asked is not None and now >= asked + rules.question_open:
            self._settle_up(yes=False, now=now)
        question = memory.question
        if question is not None and now >= question.asked + rules.question_open:
            if question.small:
                memory.asking.passed_over()
            self._common.drop_question()
        due = memory.asking.due(memory.presence.last_input)
        if memory.asking.pending is not None and due is not None and now >= due:
            self._ask_small(now)

    # -- asking

    def _gap_closed(self, closed: ClosedGap, now: timedelta) -> None:
        """Room for walks logged by hand, and perhaps the long question."""
        common, memory = self._common, self._common.memory
        start, end = common.day(closed.gap.start), common.day(closed.gap.end)
        if end != memory.tally.day:
            memory.tally = DayTally(end)
        unobserved = [piece for piece in closed.pieces if piece.kind is SpanClass.UNOBSERVED]
        if start == end:
            memory.tally.unobserved += sum((p.end - p.start for p in unobserved), ZERO)
        for piece in unobserved:
            self._ask_long(piece, now)

    def _ask_long(self, piece: Piece, now: timedelta) -> None:
        """Asks about an unobserved gap of 20 min to 3 h within a day; one question at a time."""
        common, rules = self._common, self._common.rules
        fits = rules.gap_question_least <= piece.end - piece.start <= rules.gap_question_most
        fits = fits and not self._elsewhere(piece.start)
        if fits and common.day(piece.start) == common.day(piece.end) and not self._asking_up:
            self._ask(piece.start, piece.end, now, small=False)

    def _elsewhere(self, since: timedelta) -> bool:
        """Whether the person was at another device in the gap that began then."""
        elsewhere = self._common.memory.elsewhere
        return elsewhere is not None and elsewhere > since

    def _returned(self, seen: PresenceSeen, now: timedelta) -> None:
        """Real input, after a silence (None: hardly any) and the gap it closed: a small question may come of it."""
        memory, rules, quiet = self._common.memory, self._common.rules, seen.quiet
        memory.asking.here(self._common.day(now), now)
        resting = memory.brk is not None and now <= memory.brk.ends
        if quiet is None or seen.gap is None or not rules.small_question or resting:
            return
        begun = quiet.start.elapsed
        if seen.gap.silent and self._common.day(begun) == memory.asking.day and not self._elsewhere(begun):
            memory.asking.returned(quiet, rules.habit, rules.seed)

    def _ask_small(self, now: timedelta) -> None:
        memory, around = self._common.memory, self._context.around(now)
        pending, memory.asking.pending = memory.asking.pending, None
        held = around.holds or around.evidence or memory.question is not None or memory.prompting.state in BUSY
        if pending is None or held or not self._common.rules.small_question:
            return
        memory.asking.asked_on = memory.asking.day
        self._ask(pending.start, pending.end, now, small=True)

    def _ask(self, start: timedelta, end: timedelta, now: timedelta, small: bool) -> None:
        begun, over = self._common.wall_map.at(start), self._common.wall_map.at(end)
        self._common.memory.question = GapQuestion(begun, over, now, small)
        self._common.out.append(AskAboutGap(begun, over, small))

    def _locked(self) -> None:
        """Nothing is asked over a lock: the key that brought somebody back may have been the one that locks."""
        memory = self._common.memory
        memory.asked_before_lock = memory.asked_before_lock or self._asking_up or memory.question is not None
        if memory.asked_before_lock:
            self._common.out.append(WithdrawQuestion())

    def _unlocked(self) -> None:
        """What was open before the lock, and is still, is asked again."""
        memory = self._common.memory
        behind, memory.asked_before_lock = memory.asked_before_lock, False
        gap, question = memory.asked_gap, memory.question
        if behind and self._asking_up and gap is not None:
            self._common.out.append(AskWereYouUp(gap.gap.length))
        elif behind and question is not None:
            self._common.out.append(AskAboutGap(question.start, question.end, question.small))

    # -- "were you up?"

    @property
    def _asking_up(self) -> bool:
        return self._common.memory.prompting.state is State.ASKING

    def _up_answered(self, yes: bool, now: timedelta) -> None:
        """The estimate learns from the answer, too."""
        gap, common = self._common.memory.asked_gap, self._common
        if gap is not None and self._asking_up:
            start, end = common.wall_map.at(gap.gap.start), common.wall_map.at(gap.gap.end)
            label = GapLabel.UP if yes else GapLabel.HERE
            common.out.append(Record(GapAnswer(start, end, label, common.memory.seen)))
        self._settle_up(yes, now)

    def _settle_up(self, yes: bool, now: timedelta) -> None:
        """It was answered, or is gone (no)."""
        memory, shown = self._common.memory, self._common.memory.prompting.shown
        gap, memory.asked_gap = memory.asked_gap, None
        if not self._asking_up or shown is None:
            return
        if yes and gap:
            self._book_as_break(gap, shown)
        self._common.out.append(WithdrawQuestion())
        self._prompt.ending.question_settled(yes, now)

    def _book_as_break(self, gap: ClosedGap, shown: Shown) -> None:
        common, length = self._common, self._common.rules.break_length
        again = self._booking.rebook_as_break(gap, 2 * length)
        start = common.wall_map.at(gap.gap.start)
        day = start.day(common.rules.day_start)
        common.out.append(Record(BreakRecord(start, day, length, shown.movement, shown.number, again.credited)))
        self._prompt.was_up()

    # -- what is told of the past

    def _answered(self, label: GapLabel, minutes: float) -> None:
        """Keeps the answer to the open question; it may say where the stretch under way began."""
        common, memory = self._common, self._common.memory
        question = memory.question
        if question is None:
            common.out.append(Refused(Sentence("There is no open question about a gap; Today changes the past.")))
            return
        if question.small and label not in SMALL_ANSWERS:
            common.out.append(Refused(WALKED_ANSWERS))
            return
        common.drop_question()
        common.out.append(Record(GapAnswer(question.start, question.end, label, memory.seen)))
        if question.small:
            memory.asking.answered()
        if label is GapLabel.WALKED:
            room = min(question.end.since(question.start), common.rules.walked_most, self._room())
            walked = min(timedelta(minutes=minutes), room)
            if walked > ZERO:
                self._book_walk(walked, True, "gap")
        elif label is GapLabel.HERE:
            self._prompt.was_here(question.end.elapsed)
        elif label is GapLabel.UP:
            self._prompt.was_up()

    def _room(self) -> timedelta:
        """For walks: they count as far as unobserved time of the day has room for them."""
        tally, memory = self._common.memory.tally, self._common.memory
        today = memory.seen.day(self._common.rules.day_start)
        return tally.unobserved - tally.walked if tally.day == today else ZERO

    def _book_walk(self, walked: timedelta, counted: bool, source: str) -> None:
        memory = self._common.memory
        if counted:
            memory.tally.walked += walked
        day = memory.seen.day(self._common.rules.day_start)
        minutes = walked / timedelta(minutes=1)
        self._common.out.append(Record(DeclaredMovement(memory.seen, day, minutes, counted, source)))

    def _correct(self, event: CorrectionRequested) -> None:
        """Keeps the correction, if the books have room for it; of a whole silent gap it is an answer, too."""
        common, spans = self._common, [*event.booked, *self._common.ledger.fresh]
        correction = Correction(event.start, event.end, event.kind, common.memory.seen)
        why = allowed(spans, correction)
        if why:
            common.out.append(Refused(why))
            return
        common.out.append(Record(correction))
        for span in spans:
            if span.strength is Strength.WEAK and within(span, correction):
                answer = GapAnswer(span.start, span.end, MEANT[event.kind], correction.at)
                common.out.append(Record(answer))

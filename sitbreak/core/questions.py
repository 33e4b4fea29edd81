"""Questions about silent gaps: the long one about an unobserved gap, and the small one a day (spec 1.1, 8.3)."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.classify import Piece
from sitbreak.core.common import Common
from sitbreak.core.effects import AskAboutGap, Record, Refused, WithdrawQuestion
from sitbreak.core.presence import ClosedGap
from sitbreak.core.prompt_states import State
from sitbreak.core.prompting import Surroundings
from sitbreak.core.records import DeclaredMovement, GapAnswer, GapLabel, Quiet, SpanClass
from sitbreak.core.state import DayTally, GapQuestion
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import ZERO

SMALL_ANSWERS = (GapLabel.UP, GapLabel.PART, GapLabel.HERE, GapLabel.SKIP)
BUSY = frozenset({State.SHOWN, State.LEAVING, State.ASKING, State.ON_BREAK, State.DUE})
WALKED_ANSWERS = Sentence("That question takes up, part or here; a walk is noted by itself.")


class Questions:
    """Asks, and keeps what is answered."""

    def __init__(self, common: Common) -> None:
        self._common = common

    # -- what happened

    def gap_closed(self, closed: ClosedGap, now: timedelta) -> None:
        """Presence ended a gap: room for walks logged by hand, and perhaps the long question."""
        common, state = self._common, self._common.state
        start, end = common.day(closed.gap.start), common.day(closed.gap.end)
        if end != state.tally.day:
            state.tally = DayTally(end)
        unobserved = [piece for piece in closed.pieces if piece.kind is SpanClass.UNOBSERVED]
        if start == end:
            state.tally.unobserved += sum((p.end - p.start for p in unobserved), ZERO)
        for piece in unobserved:
            self._ask_long(piece, now)

    def _ask_long(self, piece: Piece, now: timedelta) -> None:
        """Asks about an unobserved gap of 20 min to 3 h within a day; one question at a time."""
        common, rules = self._common, self._common.rules
        start, end = common.wall_map.at(piece.start), common.wall_map.at(piece.end)
        fits = rules.gap_question_least <= piece.end - piece.start <= rules.gap_question_most
        same_day = start.day(rules.day_start) == end.day(rules.day_start)
        if fits and same_day and common.state.prompting.state is not State.ASKING:
            common.state.question = GapQuestion(start, end, now)
            common.out.append(AskAboutGap(start, end))

    def returned(self, quiet: Quiet | None, closed: ClosedGap | None, now: timedelta) -> None:
        """Real input, after a silence (None: hardly any) and the gap it closed: a small question may come of it."""
        asking, rules, state = self._common.state.asking, self._common.rules, self._common.state
        asking.here(self._common.day(now), now)
        if quiet is None or closed is None or not rules.small_question or state.brk is not None:
            return
        if closed.silent and self._common.day(quiet.start.elapsed) == asking.day:
            asking.returned(quiet, rules.habit, rules.seed)

    # -- time

    def deadline(self) -> timedelta | None:
        """The next moment at which `expire` has something to do, if nothing else happens."""
        state = self._common.state
        if state.question is not None:
            return state.question.asked + self._common.rules.question_open
        return state.asking.due(state.presence.last_input)

    def expire(self, around: Surroundings) -> None:
        """Takes a question away that nobody answered; asks the small one at its lull, unless anything holds it."""
        state, now = self._common.state, around.now
        asking, question = state.asking, state.question
        if question is not None and now >= question.asked + self._common.rules.question_open:
            if question.small:
                asking.passed_over()
            self.drop()
        due = asking.due(state.presence.last_input)
        if asking.pending is None or due is None or now < due:
            return
        pending, asking.pending = asking.pending, None
        held = around.holds or around.evidence or state.question is not None or state.prompting.state in BUSY
        if held or not self._common.rules.small_question:
            return
        asking.asked_on = asking.day
        start, end = self._common.wall_map.at(pending.start), self._common.wall_map.at(pending.end)
        state.question = GapQuestion(start, end, now, small=True)
        self._common.out.append(AskAboutGap(start, end, small=True))

    def drop(self) -> None:
        """Takes the open question away."""
        if self._common.state.question is not None:
            self._common.state.question = None
            self._common.out.append(WithdrawQuestion())

    # -- what is said

    def answer(self, label: GapLabel, minutes: float) -> GapQuestion | None:
        """Keeps the answer to the open question, and returns that question; None when it was none."""
        common, state = self._common, self._common.state
        question = state.question
        if question is None:
            common.out.append(Refused(Sentence("There is no open question about a gap; Today changes the past.")))
            return None
        if question.small and label not in SMALL_ANSWERS:
            common.out.append(Refused(WALKED_ANSWERS))
            return None
        self.drop()
        common.out.append(Record(GapAnswer(question.start, question.end, label, state.seen)))
        if question.small:
            state.asking.answered()
        if label is GapLabel.WALKED:
            room = min(question.end.since(question.start), common.rules.walked_most, self._room())
            walked = min(timedelta(minutes=minutes), room)
            if walked > ZERO:
                self._book_walk(walked, True, "gap")
        return question

    def walked(self, minutes: float, source: str) -> None:
        """A walk logged by hand; it counts as far as unobserved time of the day has room for it."""
        walked = timedelta(minutes=minutes)
        self._book_walk(walked, ZERO < walked <= self._room(), source)

    def _room(self) -> timedelta:
        tally, state = self._common.state.tally, self._common.state
        today = state.seen.day(self._common.rules.day_start)
        return tally.unobserved - tally.walked if tally.day == today else ZERO

    def _book_walk(self, walked: timedelta, counted: bool, source: str) -> None:
        state = self._common.state
        if counted:
            state.tally.walked += walked
        day = state.seen.day(self._common.rules.day_start)
        minutes = walked / timedelta(minutes=1)
        self._common.out.append(Record(DeclaredMovement(state.seen, day, minutes, counted, source)))

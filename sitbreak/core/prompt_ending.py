"""How a prompt ends (spec 2.2): its outcome on record, and what became of one that nobody answered."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.classify import ClosedGap
from sitbreak.core.effects import AskWereYouUp, Record, WithdrawPrompt
from sitbreak.core.prompt_states import Shown, State, Trigger, Window
from sitbreak.core.records import Outcome, PromptRecord, SpanClass
from sitbreak.core.shared_state import Common


class PromptEnding:
    """The part of the prompt that finds out what became of it, and keeps that."""

    def __init__(self, common: Common) -> None:
        self._common = common
        self._state = common.memory.prompting

    # -- records

    def withdraw(self, shown: Shown) -> None:
        """Takes it off every channel."""
        self._common.out.append(WithdrawPrompt(shown.number))

    def close(self, outcome: Outcome, at: timedelta) -> None:
        """The prompt reached its outcome at this moment."""
        self.note(outcome, at)
        self._state.shown = self._state.due = None

    def note(self, outcome: Outcome, at: timedelta) -> None:
        """Records what became of the prompt that is alive, as it looks now."""
        if self._state.shown is not None:
            self._common.out.append(Record(self.record(self._state.shown, outcome, at)))

    def record(self, shown: Shown, outcome: Outcome | None = None, closed: timedelta | None = None) -> PromptRecord:
        """What is kept of a prompt; `closed`: when it reached its outcome."""
        wall_map, at = self._common.wall_map, self._common.wall_map.at(shown.at)
        day, end = at.day(self._common.rules.day_start), None if closed is None else wall_map.at(closed)
        return PromptRecord(shown.number, at, day, shown.reason, shown.movement, shown.bout, outcome, end)

    # -- no answer

    def left_behind(self, now: timedelta) -> None:
        """The person stands up or sits down, or is asked or answers elsewhere: a prompt on show is over."""
        if shown := self._state.visible:
            self.withdraw(shown)
            self._state.fire(Trigger.LOST)
            self.close(Outcome.LEFT, now)

    def returned(self, gap: ClosedGap | None, now: timedelta) -> None:
        """Somebody is here while an answer is waited for: had they left, or do they ignore it?"""
        s, shown = self._state, self._state.shown
        if gap is None or shown is None or not self._left(gap, shown):
            if s.state is State.LEAVING and shown is not None:
                self.withdraw(shown)
                self.ignored()
            return
        if s.visible:
            self.withdraw(shown)
        if any(p.kind is SpanClass.UNOBSERVED for p in gap.pieces):  # so long that there is nothing to ask
            s.fire(Trigger.LOST)
            self.close(Outcome.LEFT, gap.gap.end)
            return
        s.fire(Trigger.BACK)
        s.asked, self._common.memory.asked_gap = gap.gap.end, gap
        self._common.out.append(AskWereYouUp(gap.gap.length))
        self.note(Outcome.LEFT, gap.gap.end)  # unless they say yes

    def _left(self, gap: ClosedGap, shown: Shown) -> bool:
        """Whether they left the prompt: hands off since it was shown for longer than usual, or the bout ended.

        Longer than usual (2.2) is a minute, or twice the usual pause of the hour before.
        """
        rules, since = self._common.rules, max(gap.gap.start, shown.at)
        usual = self._common.memory.presence.usual_pause(since, rules.usual_within)
        return gap.ended_bout or gap.gap.end - since >= max(rules.empty_chair, 2 * usual)

    def ignored(self) -> None:
        """Input went on after the two minutes."""
        if self._state.shown:
            withdrawn = self._state.shown.at + self._common.rules.unanswered
            self._unanswered(Trigger.STAYED, Outcome.IGNORED, withdrawn, withdrawn)

    def _unanswered(self, trigger: Trigger, outcome: Outcome, since: timedelta, now: timedelta) -> None:
        """Ignored or left while the bout goes on: back ten minutes after `since`, the second time in the tray only."""
        s, rules = self._state, self._common.rules
        s.unanswered += 1
        if s.unanswered > 1:
            s.fire(Trigger.TWICE)
        else:
            s.fire(trigger)
            s.window = Window.back(since + rules.return_after, rules)
        self.close(outcome, now)

    def question_settled(self, yes: bool, now: timedelta) -> None:
        """ "Were you up?" was answered, or is gone (no); left in the same bout: back ten minutes after the return."""
        s = self._state
        asked, s.asked = s.asked, None
        if not yes and asked is not None and s.bout_start is not None and s.bout_start < asked:
            self._unanswered(Trigger.SETTLED, Outcome.LEFT, asked, now)
            return
        s.fire(Trigger.SETTLED)
        self.close(Outcome.TAKEN if yes else Outcome.LEFT, now)

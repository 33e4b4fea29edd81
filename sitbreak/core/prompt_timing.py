"""When a prompt comes (spec 2.1): the window of a bout, the lull or the last moment in it, and what holds it back."""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.context import Context, Surroundings
from sitbreak.core.prompt_states import LIMITED, Hold, State, Trigger, Window
from sitbreak.core.records import Reason
from sitbreak.core.shared_state import Common

BEFORE_SHOWN = frozenset({State.RESTING, State.SEEKING, State.HELD, State.DUE})


class PromptTiming:
    """The part of the prompt that knows nothing of answers: it says when one is to be shown, prompt.py shows it."""

    def __init__(self, common: Common, context: Context) -> None:
        self._common = common
        self._context = context
        self._state = common.memory.prompting

    def new_bout(self, start: timedelta | None, standing: bool) -> None:
        """A bout begins at `start`; None: no prompt may come."""
        s = self._state
        s.bout_start, s.standing = start, standing
        s.window = self._first_window()
        s.snoozes = s.unanswered = 0
        s.due = None
        s.fire(Trigger.BOUT)

    def rules_changed(self) -> None:
        """The first window of the bout under way goes by the new rules, too."""
        s = self._state
        first = s.window is not None and s.window.cause is None
        if first:
            s.window = self._first_window()
            if s.state in BEFORE_SHOWN:  # the new window may not be open yet
                s.due = None
                s.fire(Trigger.BOUT)

    def _first_window(self) -> Window | None:
        clock_start = self._state.clock_start(self._common.rules)
        return None if clock_start is None else Window.first(clock_start, self._common.rules)

    def not_before(self, moment: timedelta | None) -> None:
        """No prompt before that moment; one that would come later anyway is left as it is."""
        s = self._state
        if moment is None or s.window is None or s.state not in BEFORE_SHOWN or moment <= s.window.opens:
            return
        s.window, s.due = Window.back(moment, self._common.rules), None
        s.fire(Trigger.BOUT)

    # -- time

    def deadline(self) -> timedelta | None:
        """The next moment at which `advance` or `announce` has something to do, if nothing else happens."""
        s = self._state
        if self._silenced() or s.window is None:
            return None
        if s.state is State.RESTING:
            return s.window.opens
        clock_start = s.clock_start(self._common.rules)
        if s.state is State.SEEKING and clock_start is not None:
            moment, _ = s.window.moment(self._common.memory.presence.last_input, self._common.rules, clock_start)
            soon = self._announcement()
            return moment if soon is None else min(moment, soon)
        if s.state is State.HELD and self._context.around(self._common.memory.seen.elapsed).holds <= LIMITED:
            return s.window.closes + self._common.rules.held_limit
        return None

    def advance(self, around: Surroundings) -> bool:
        """Opens the window, finds the lull or the limit; True when a prompt is to be shown now."""
        s, rules = self._state, self._common.rules
        if self._silenced() or s.window is None:
            return False
        if s.state is State.RESTING and around.now >= s.window.opens:
            s.fire(Trigger.OPEN)
            self.holds_changed(around)
        clock_start = s.clock_start(rules)
        if s.state is State.SEEKING and clock_start is not None:
            moment, reason = s.window.moment(around.last_input, rules, clock_start)
            if around.now >= moment:
                return self._ready(reason, around)
        limited = s.state is State.HELD and around.holds <= LIMITED
        if limited and around.now >= s.window.closes + rules.held_limit:
            return self._ready(Reason.HELD_LIMIT, around)
        return False

    def announce(self, now: timedelta) -> bool:
        """Whether to say now that the latest moment is near; once for each, and for whoever wants it."""
        soon, window = self._announcement(), self._state.window
        if soon is None or window is None or not soon <= now < window.closes:
            return False
        self._state.announced = window.closes
        return True

    def _announcement(self) -> timedelta | None:
        """When the latest moment is to be announced; None when it is not, or was."""
        s, rules = self._state, self._common.rules
        if not rules.heads_up or s.state is not State.SEEKING or s.window is None or s.window.cause is not None:
            return None
        return None if s.announced == s.window.closes else s.window.closes - rules.heads_up_before

    def _ready(self, reason: Reason, around: Surroundings) -> bool:
        """Due now: shown at once unless the chair may be empty (2.1.4)."""
        self._state.fire(Trigger.READY)
        self._state.due = reason
        return around.here and (around.evidence or around.now - around.last_input < self._common.rules.empty_chair)

    def _silenced(self) -> bool:
        """While usual days are measured no prompt begins; one that is on show already is still settled."""
        return self._common.rules.observe_only and self._state.state in BEFORE_SHOWN

    # -- what else brings it, or holds it back

    def somebody_came(self, around: Surroundings) -> bool:
        """Real input; True when a prompt that waited for somebody is to be shown now."""
        if self._silenced() or self._state.state is not State.DUE:
            return False
        return not around.holds or self._past_limit(around)

    def holds_changed(self, around: Surroundings, lull_after_lock: bool = False) -> bool:
        """Holds began or ended; True when a prompt is to be shown now. `lull_after_lock`: unlocked after a minute."""
        s = self._state
        before, s.held_by = s.held_by, around.holds
        if around.holds:
            if not self._past_limit(around):
                s.fire(Trigger.BLOCK)
            return False
        if lull_after_lock and s.state in (State.HELD, State.SEEKING):
            return self._freed(Reason.UNLOCK, around)
        if s.state is not State.HELD:
            return False
        if before == {Hold.LOCK}:
            s.fire(Trigger.UNBLOCK)
            return False
        return self._freed(Reason.HELD_END, around)

    def _past_limit(self, around: Surroundings) -> bool:
        """What holds may hold no longer."""
        return self._state.due is Reason.HELD_LIMIT and around.holds <= LIMITED

    def _freed(self, reason: Reason, around: Surroundings) -> bool:
        self._state.fire(Trigger.FREE)
        self._state.due = reason
        recent = around.now - around.last_input <= self._common.rules.empty_chair
        return around.here and recent and not self._silenced()

"""The prompt machine: when a prompt comes, and what each answer means (spec 2.1, 2.2). States in prompt_states.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.events import Answer
from sitbreak.core.holds import LIMITED, Hold
from sitbreak.core.prompt_states import TRANSITIONS, State, Trigger
from sitbreak.core.prompt_window import Window
from sitbreak.core.records import Outcome, Reason
from sitbreak.core.rules import Rules

BEFORE_SHOWN = frozenset({State.RESTING, State.SEEKING, State.HELD, State.DUE})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the prompt needs to know of the present. Steady-clock times."""

    now: timedelta
    last_input: timedelta
    evidence: bool  # presence evidence counts
    holds: frozenset[Hold]


@dataclass(slots=True)
class Shown:
    """The prompt that is alive: its number, since when, and why."""

    number: int
    at: timedelta
    reason: Reason
    movement: str
    bout: timedelta
    dismissed: bool = False  # the person closed it; until its two minutes are over it waits in the tray


@dataclass(frozen=True, slots=True)
class Closed:
    """A prompt reached its outcome at this moment."""

    shown: Shown
    outcome: Outcome
    at: timedelta


@dataclass(slots=True)
class PromptState:
    """What the prompt machine remembers."""

    state: State = State.RESTING
    window: Window | None = None
    due: Reason | None = None
    shown: Shown | None = None
    snoozes: int = 0
    unanswered: int = 0  # prompts of this bout that were ignored or left
    held_by: frozenset[Hold] = frozenset()
    announced: timedelta | None = None  # the latest moment that was announced
    asked: timedelta | None = None  # when "were you up?" was asked
    bout_start: timedelta | None = None


class Prompting:
    """Moves `state`; the machine around it shows, records and books."""

    def __init__(self, rules: Rules, state: PromptState) -> None:
        self.rules = rules
        self.state = state

    def adopt(self, rules: Rules) -> None:
        """Works by new rules from now on; the first window of the bout under way is theirs, too."""
        self.rules = rules
        first = self.state.window is not None and self.state.window.cause is None
        if first and self.state.bout_start is not None:
            self.state.window = Window.first(self.state.bout_start, rules)
            if self.state.state in BEFORE_SHOWN:  # the new window may not be open yet
                self.state.due = None
                self.fire(Trigger.BOUT)

    def fire(self, trigger: Trigger) -> bool:
        """Takes the transition; False, and nothing changed, when the table has none."""
        target = TRANSITIONS.get((self.state.state, trigger))
        if target is None:
            return False
        self.state.state = target
        return True

    # -- time

    def deadline(self, around: Surroundings) -> timedelta | None:
        """The next moment at which `due_now` or a time-out has something to do, if nothing else happens."""
        s = self.state
        if self._silenced():
            return None
        if s.state is State.RESTING:
            return s.window.opens if s.window else None
        if s.state is State.SEEKING and s.window and s.bout_start is not None:
            moment = s.window.moment(around.last_input, self.rules, s.bout_start)[0]
            soon = self._announcement()
            return moment if soon is None else min(moment, soon)
        if s.state is State.HELD and s.window and around.holds <= LIMITED:
            return s.window.closes + self.rules.held_limit
        if s.state is State.SHOWN and s.shown:
            return s.shown.at + self.rules.unanswered
        if s.state is State.ASKING and s.asked is not None:
            return s.asked + self.rules.question_open
        return None

    def advance(self, around: Surroundings) -> bool:
        """Opens the window, finds the lull or the limit; True when a prompt is to be shown now."""
        s = self.state
        if self._silenced():
            return False
        if s.state is State.RESTING and s.window and around.now >= s.window.opens:
            self.fire(Trigger.OPEN)
            self.holds_changed(around)
        if s.state is State.SEEKING and s.window and s.bout_start is not None:
            moment, reason = s.window.moment(around.last_input, self.rules, s.bout_start)
            if around.now >= moment:
                return self._ready(reason, around)
        limited = s.state is State.HELD and s.window and around.holds <= LIMITED
        if limited and s.window and around.now >= s.window.closes + self.rules.held_limit:
            return self._ready(Reason.HELD_LIMIT, around)
        return False

    def announce(self, now: timedelta) -> bool:
        """Whether to say now that the latest moment is near; once for each, and for whoever wants it."""
        soon, window = self._announcement(), self.state.window
        if soon is None or window is None or not soon <= now < window.closes:
            return False
        self.state.announced = window.closes
        return True

    def _announcement(self) -> timedelta | None:
        """When the latest moment is to be announced; None when it is not, or was."""
        s = self.state
        if not self.rules.heads_up or s.state is not State.SEEKING or s.window is None or s.window.cause is not None:
            return None
        return None if s.announced == s.window.closes else s.window.closes - self.rules.heads_up_before

    def _ready(self, reason: Reason, around: Surroundings) -> bool:
        """Due now: shown at once unless the chair may be empty (2.1.4)."""
        self.fire(Trigger.READY)
        self.state.due = reason
        return self._recent(around) or around.evidence

    def _recent(self, around: Surroundings) -> bool:
        return around.now - around.last_input < self.rules.empty_chair

    def input(self, around: Surroundings) -> bool:
        """Real input; True when a due prompt is to be shown now."""
        if self._silenced():
            return False
        return self.state.state is State.DUE and not (around.holds and not self._past_limit(around))

    def _silenced(self) -> bool:
        """While usual days are measured no prompt begins; one that is on show already is still settled."""
        return self.rules.observe_only and self.state.state in BEFORE_SHOWN

    def _past_limit(self, around: Surroundings) -> bool:
        """What holds may hold no longer."""
        return self.state.due is Reason.HELD_LIMIT and around.holds <= LIMITED

    def holds_changed(self, around: Surroundings, lull_after_lock: bool = False) -> bool:
        """Holds began or ended; True when a prompt is to be shown now. `lull_after_lock`: unlocked after a minute."""
        s = self.state
        before, s.held_by = s.held_by, around.holds
        if around.holds:
            if not self._past_limit(around):
                self.fire(Trigger.BLOCK)
            return False
        if lull_after_lock and s.state in (State.HELD, State.SEEKING):
            return self._freed(Reason.UNLOCK, around)
        if s.state is not State.HELD:
            return False
        if before == {Hold.LOCK}:
            self.fire(Trigger.UNBLOCK)
            return False
        return self._freed(Reason.HELD_END, around)

    def _freed(self, reason: Reason, around: Surroundings) -> bool:
        self.fire(Trigger.FREE)
        self.state.due = reason
        return not self._silenced() and around.now - around.last_input <= self.rules.empty_chair

    # -- the bout

    def new_bout(self, start: timedelta | None) -> None:
        """A bout begins at `start`; None: the person stands, and no prompt may come."""
        s = self.state
        if start == s.bout_start:
            return
        s.bout_start = start
        s.window = Window.first(start, self.rules) if start is not None else None
        s.snoozes = s.unanswered = 0
        s.due = None
        self.fire(Trigger.BOUT)

    # -- showing and answering

    def show(self, shown: Shown) -> bool:
        """The due prompt is put on show."""
        if not self.fire(Trigger.SHOW):
            return False
        self.state.shown = shown
        return True

    def visible(self) -> Shown | None:
        """The prompt on show, unanswered."""
        return self.state.shown if self.state.state is State.SHOWN else None

    def answerable(self, now: timedelta) -> bool:
        """Whether an answer is still one: the prompt is on show, or was just taken off because somebody came back."""
        s = self.state
        late = s.state is State.ASKING and s.shown is not None and now <= s.shown.at + self.rules.unanswered
        return s.state is State.SHOWN or late

    def postpone(self, answer: Answer, snooze: timedelta, now: timedelta) -> Closed | None:
        """Snooze or not now; None when it cannot be (nothing on show, no snooze left)."""
        snoozing = answer is Answer.SNOOZE
        if not self.answerable(now) or (snoozing and self.state.snoozes >= self.rules.snoozes):
            return None
        self.fire(Trigger.POSTPONE)
        self.state.asked = None
        if snoozing:
            self.state.snoozes += 1
            self.state.window = Window.back(now + snooze, self.rules, Reason.SNOOZE)
            return self._close(Outcome.SNOOZED, now)
        self.state.window = Window.back(now + self.rules.declined_after, self.rules, brief=True)
        return self._close(Outcome.DECLINED, now)

    def standing(self, now: timedelta) -> Closed | None:
        """The person says that they stand already: an answer, after which no prompt comes until they sit."""
        if not self.answerable(now):
            return None
        self.fire(Trigger.POSTPONE)
        self.state.asked = None
        return self._close(Outcome.STANDING, now)

    def failed(self, now: timedelta) -> Closed | None:
        """No channel could show it: undelivered, tried again after ten minutes."""
        if self.state.state is not State.SHOWN:
            return None
        self.fire(Trigger.POSTPONE)
        return self._close_and_return(Outcome.UNDELIVERED, now)

    def timeout(self, around: Surroundings) -> Closed | None:
        """Two minutes without an answer; with presence evidence that is an answer too."""
        if self.fire(Trigger.TIMEOUT) and around.evidence:
            return self.stayed()
        return None

    def stayed(self) -> Closed | None:
        """Input went on after the two minutes: ignored."""
        if self.state.state is not State.LEAVING or self.state.shown is None:
            return None
        withdrawn = self.state.shown.at + self.rules.unanswered
        return self._unanswered(Trigger.STAYED, Outcome.IGNORED, withdrawn, withdrawn)

    def _unanswered(self, trigger: Trigger, outcome: Outcome, since: timedelta, now: timedelta) -> Closed:
        """Ignored or left while the bout goes on: back ten minutes after `since`, the second time in the tray only."""
        self.state.unanswered += 1
        if self.state.unanswered > 1:
            self.fire(Trigger.TWICE)
        else:
            self.fire(trigger)
            self.state.window = Window.back(since + self.rules.return_after, self.rules)
        return self._close(outcome, now)

    def back(self, askable: bool, now: timedelta) -> Closed | None:
        """Back after a minute or more hands off, unanswered; not `askable`: it is settled as left."""
        if self.state.state not in (State.SHOWN, State.LEAVING):
            return None
        if askable:
            self.fire(Trigger.BACK)
            self.state.asked = now
            return None
        self.fire(Trigger.LOST)
        return self._close(Outcome.LEFT, now)

    def settle_question(self, outcome: Outcome, now: timedelta) -> Closed | None:
        """ "Were you up?" was answered or is gone; left in the same bout: back ten minutes after the return."""
        if self.state.state is not State.ASKING or self.state.asked is None:
            return None
        asked, self.state.asked = self.state.asked, None
        if outcome is Outcome.LEFT and self.state.bout_start is not None and self.state.bout_start < asked:
            return self._unanswered(Trigger.SETTLED, outcome, asked, now)
        self.fire(Trigger.SETTLED)
        return self._close(outcome, now)

    def accept(self, now: timedelta, answering: bool = False) -> tuple[Shown | None, Closed | None]:
        """A break begins: returns the prompt it answers, or else a prompt it leaves behind as left."""
        state = self.state.state
        if not self.fire(Trigger.ACCEPT):
            return None, None
        self.state.asked = None
        if state is State.SHOWN or answering:
            return self.state.shown, None
        return None, self._close(Outcome.LEFT, now) if self.state.shown else None

    def settle_break(self, outcome: Outcome, ended: timedelta, bout_at_start: timedelta | None) -> Closed | None:
        """The break is settled; one that a prompt asked for and the bout outlived brings another ten minutes later.

        A self-started break leaves the window as it was: only what ends the bout moves it.
        """
        if not self.fire(Trigger.SETTLED):
            return None
        same_bout = self.state.bout_start is not None and self.state.bout_start == bout_at_start
        if same_bout and self.state.shown:
            self.state.window = Window.back(ended + self.rules.return_after, self.rules)
        return self._close(outcome, ended) if self.state.shown else None

    def drop(self, outcome: Outcome, now: timedelta) -> Closed | None:
        """The prompt on show is withdrawn because of something else the user said."""
        if self.state.state is not State.SHOWN:
            return None
        self.fire(Trigger.POSTPONE)
        self.state.window = Window.back(now + self.rules.declined_after, self.rules, brief=True)
        return self._close(outcome, now)

    def _close_and_return(self, outcome: Outcome, at: timedelta) -> Closed:
        self.state.window = Window.back(at + self.rules.return_after, self.rules)
        return self._close(outcome, at)

    def _close(self, outcome: Outcome, at: timedelta) -> Closed:
        shown, self.state.shown = self.state.shown, None
        assert shown is not None  # states that close a prompt have one
        self.state.due = None
        return Closed(shown, outcome, at)

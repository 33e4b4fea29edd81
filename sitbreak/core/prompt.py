"""The prompt, shown and answered (spec 2.2), here or at another device of the person (spec 2.6).

When it comes: prompt_timing.py; how it ends: prompt_ending.py; its states: prompt_states.py. The bout is that of the
body as far as other devices told of it, a prompt comes only where the last input was, and what is answered or put off
elsewhere holds here, too.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.context import Context
from sitbreak.core.effects import (
    MovementRefused,
    PromptChanged,
    PromptSoon,
    Record,
    Refused,
    ShowPrompt,
    WithdrawQuestion,
)
from sitbreak.core.events import (
    AnotherAsked,
    Answer,
    BodySeen,
    PauseRequested,
    PromptAnswered,
    PromptDismissed,
    PromptFailed,
    RulesChanged,
    SaidElsewhere,
    StandingDeclared,
)
from sitbreak.core.presence import Presence
from sitbreak.core.prompt_ending import PromptEnding
from sitbreak.core.prompt_states import Shown, State, Trigger, Window
from sitbreak.core.prompt_timing import BEFORE_SHOWN, PromptTiming
from sitbreak.core.records import Outcome, Reason
from sitbreak.core.shared_state import Common, LockEnded, PresenceSeen, Told
from sitbreak.core.text import Sentence
from sitbreak.core.timeline import ZERO, Instant

NO_SNOOZE = Sentence("No snooze is left for this sitting; start the break, or choose not now.")
BEGINS_A_BREAK = frozenset({Answer.START, Answer.LONG})
SAME_BOUT = timedelta(minutes=1)  # a beginning that moves by less is the same one, read off another clock


class Prompting:
    """The subject that shows a prompt and takes its answer."""

    def __init__(self, common: Common, presence: Presence, context: Context) -> None:
        self._common = common
        self._state = common.memory.prompting
        self._presence = presence
        self._context = context
        self._timing = PromptTiming(common, context)
        self.ending = PromptEnding(common)
        self._came = False  # whether somebody came just now: a prompt that waited for them is shown (2.1.4)
        self._follow_bout()

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        match event:
            case PresenceSeen():
                self._presence_seen(event, now)
            case LockEnded(lasted):
                long = lasted >= self._common.rules.strong_length
                if self._timing.holds_changed(self._context.around(now), lull_after_lock=long):
                    self._show(now)
            case PromptAnswered(answer, length):
                self._answered(answer, length, now)
            case AnotherAsked(never):
                self._suggest_another(never, now)
            case StandingDeclared(True):
                self._stands(now)
            case StandingDeclared():
                self._follow_bout()
            case PauseRequested() if self._state.visible:
                self._answered(Answer.NOT_NOW, ZERO, now)
            case PromptFailed(number):
                self._failed(number, now)
            case PromptDismissed() if shown := self._state.visible:
                shown.dismissed = True
            case RulesChanged():
                self._timing.rules_changed()
            case BodySeen():
                self._seen_elsewhere(event, now)
            case SaidElsewhere(PromptAnswered(answer, length), at):
                self._answered_elsewhere(answer, length, at.elapsed, now)

    def deadline(self) -> timedelta | None:
        """See Subject: when it may come, or is taken away unanswered."""
        shown = self._state.visible
        return shown.at + self._common.rules.unanswered if shown else self._timing.deadline()

    def expire(self, now: timedelta) -> None:
        """See Subject."""
        self.look(now)  # what begins to hold at this very moment holds the prompt that is due at it
        due, around, s = self.deadline(), self._context.around(now), self._state
        if due is None or due > now:
            return
        if s.visible:
            self.ending.withdraw(s.visible)
            s.fire(Trigger.TIMEOUT)
            if around.evidence:
                self.ending.ignored()
        elif self._timing.advance(around):
            self._show(now)
        elif self._timing.announce(now):
            self._common.out.append(PromptSoon())

    # -- what goes on around it

    def look(self, now: timedelta) -> None:
        """Sees who came, where the bout began, and what began or ceased to hold a prompt; after every event."""
        came, self._came = self._came, False
        if came and self._timing.somebody_came(self._context.around(now)):
            self._show(now)
        self._follow_bout()
        self._timing.not_before(self._common.memory.put_off)
        if not self._common.memory.running:  # a restart: what holds is not known yet
            return
        around = self._context.around(now)
        if around.holds != self._state.held_by and self._timing.holds_changed(around):
            self._show(now)

    def _presence_seen(self, seen: PresenceSeen, now: timedelta) -> None:
        memory, gap = self._common.memory, seen.gap
        self._came |= seen.since is not None and not seen.last
        if not seen.answering and self._state.state in (State.SHOWN, State.LEAVING):
            self.ending.returned(gap, now)
        if gap and gap.ended_bout:
            goes_on = self._common.rules.through_silent_gaps and gap.silent
            before = None if self._state.standing else self._state.bout_start
            memory.before_gap = None if gap.credited else before  # a break ends it, whatever is said of the rest
            memory.carried = before if goes_on else None
        self._follow_bout()

    def _follow_bout(self) -> None:
        """Works by the bout there is; a prompt on show when the person stands up, or sits down, is left behind."""
        memory, s = self._common.memory, self._state
        standing = memory.presence.bout_start is None
        if standing:
            memory.carried = None
        sitting = memory.presence.bout_start if memory.carried is None else memory.carried
        start = memory.presence.standing_from if standing else sitting
        if (start, standing) == (s.bout_start, s.standing):
            return
        if standing or s.standing:
            self.ending.left_behind(memory.seen.elapsed)
        self._timing.new_bout(start, standing)

    def _stands(self, now: timedelta) -> None:
        """The person just said that they stand (again): no prompt follows on its heels."""
        self._follow_bout()
        self._timing.not_before(now + self._common.rules.return_after)

    def was_here(self, gap_end: timedelta) -> None:
        """Somebody says they sat through the gap that ended then: if it was the last one, the stretch goes on."""
        memory = self._common.memory
        if memory.presence.bout_start == gap_end and memory.before_gap is not None:
            memory.carried = memory.before_gap
            self._follow_bout()

    def was_up(self) -> None:
        """Somebody says they were up in the last silent gap: the stretch begins after it."""
        self._common.memory.carried = None
        self._follow_bout()

    # -- showing

    def _show(self, now: timedelta) -> None:
        """Puts the due prompt on show and records it."""
        s, memory, common = self._state, self._common.memory, self._common
        due, brief = s.due, bool(s.window and s.window.brief)
        if due is None or not s.fire(Trigger.SHOW):
            return
        movement = self._common.movements.short_walk() if brief else self._common.movements.choose(memory.past)
        bout = now - s.bout_start if s.bout_start is not None else ZERO
        s.shown = Shown(memory.next_number, now, Reason.STANDING if s.standing else due, movement, bout)
        memory.next_number += 1
        if memory.question and memory.question.small:
            common.drop_question()
        memory.last_shown, memory.last_reason = common.wall_map.at(now), s.shown.reason.value
        common.suggested(movement, now)
        common.out.append(self._offer(s.shown, brief, silent=self._context.muted()))
        common.out.append(Record(self.ending.record(s.shown)))

    def _offer(self, shown: Shown, brief: bool, silent: bool) -> ShowPrompt:
        left = self._common.rules.snoozes - self._state.snoozes
        level = self._common.memory.level(shown.movement)
        return ShowPrompt(shown.number, shown.reason, shown.movement, shown.bout, left, brief, silent, level)

    def on_show(self, at: Instant) -> ShowPrompt | None:
        """The prompt that waits for its answer at `at`, without sound; None when it was closed, or there is none."""
        shown, window = self._state.visible, self._state.window
        if shown is None or shown.dismissed or at.elapsed - shown.at >= self._common.rules.unanswered:
            return None
        return self._offer(shown, bool(window and window.brief), silent=True)

    def _suggest_another(self, never: bool, now: timedelta) -> None:
        """Puts another movement in the place of the one on show; `never`: that one is not to come again."""
        shown, out = self._state.visible, self._common.out
        if shown is None:
            return
        if never:
            out.append(MovementRefused(shown.movement))
        shown.movement = self._common.movements.choose(self._common.memory.past)
        self._common.suggested(shown.movement, now)
        out += [PromptChanged(self._offer(shown, brief=False, silent=True)), Record(self.ending.record(shown))]

    # -- answers

    def answerable(self, now: timedelta) -> bool:
        """Whether an answer is still one: the prompt is on show, or was just taken off because somebody came back."""
        s = self._state
        late = s.state is State.ASKING and s.shown is not None and now <= s.shown.at + self._common.rules.unanswered
        return s.state is State.SHOWN or late

    def _answered(self, answer: Answer, length: timedelta, now: timedelta) -> None:
        """Later, not now, or standing; with START and LONG breaks.py goes on."""
        s, rules = self._state, self._common.rules
        if not self.answerable(now) or s.shown is None:
            return
        if s.state is State.ASKING:
            self._common.out.append(WithdrawQuestion())
        if answer in BEGINS_A_BREAK:
            return
        if answer is Answer.SNOOZE and s.snoozes >= rules.snoozes:
            self._common.out.append(Refused(NO_SNOOZE))
            return
        s.fire(Trigger.POSTPONE)
        s.asked = None
        self.ending.withdraw(s.shown)
        if answer is Answer.SNOOZE:
            s.snoozes += 1
            s.window = Window.back(now + length, rules, Reason.SNOOZE)
            self.ending.close(Outcome.SNOOZED, now)
        elif answer is Answer.NOT_NOW:
            s.window = Window.back(now + rules.declined_after, rules, brief=True)
            self.ending.close(Outcome.DECLINED, now)
        else:
            chosen = answer is Answer.STAND
            self.ending.close(Outcome.RAISED if chosen else Outcome.STANDING, now)
            self._presence.stand(True, now, length if chosen else None)
            self._stands(now)

    def _failed(self, number: int, now: timedelta) -> None:
        """No channel could show it: undelivered, tried again after ten minutes."""
        s, rules = self._state, self._common.rules
        if s.visible is None or s.visible.number != number:
            return
        self.ending.withdraw(s.visible)
        s.fire(Trigger.POSTPONE)
        s.window = Window.back(now + rules.return_after, rules)
        self.ending.close(Outcome.UNDELIVERED, now)

    # -- breaks

    def accept(self, now: timedelta, answering: bool) -> Shown | None:
        """A break begins: returns the prompt it answers, if any; another one that waited is left behind."""
        s, before = self._state, self._state.state
        self._common.memory.asked_gap = None
        if not s.fire(Trigger.ACCEPT):
            return None
        s.asked = None
        if s.shown is None:
            return None
        if before is State.SHOWN or answering:
            self.ending.withdraw(s.shown)
            return s.shown
        self._common.out.append(WithdrawQuestion())
        self.ending.close(Outcome.LEFT, now)
        return None

    def break_settled(self, outcome: Outcome, ended: timedelta, bout_at_start: timedelta | None) -> None:
        """The break is over; one that a prompt asked for and the bout outlived brings another ten minutes later.

        A self-started break leaves the window as it was: only what ends the bout moves it.
        """
        s, rules = self._state, self._common.rules
        if not s.fire(Trigger.SETTLED) or s.shown is None:
            return
        if s.bout_start is not None and s.bout_start == bout_at_start:
            s.window = Window.back(ended + rules.return_after, rules)
        self.ending.close(outcome, ended)

    # -- other devices

    def _seen_elsewhere(self, seen: BodySeen, now: timedelta) -> None:
        """How it stands with the body by the books of all devices; it is no presence here."""
        memory, s = self._common.memory, self._state
        presence = memory.presence
        if seen.elsewhere is not None:
            known = memory.elsewhere or seen.elsewhere.elapsed  # what came another way may be later than the books
            memory.elsewhere = min(max(known, seen.elsewhere.elapsed), now)
            if s.visible and memory.elsewhere > max(s.visible.at, presence.last_input):
                self.ending.left_behind(now)  # they went on at another device, where it comes in its turn
        if seen.again is not None:
            self._put_off(seen.again.elapsed)
        if seen.bout is None or presence.bout_start is None or memory.brk is not None:
            return
        if seen.until.elapsed < presence.bout_start or s.state not in BEFORE_SHOWN | {State.QUIET}:
            return  # those books do not know yet of the bout that began here
        if s.bout_start is None or abs(seen.bout.elapsed - s.bout_start) >= SAME_BOUT:
            memory.carried = seen.bout.elapsed

    def _answered_elsewhere(self, answer: Answer, length: timedelta, at: timedelta, now: timedelta) -> None:
        rules = self._common.rules
        after = {Answer.SNOOZE: length, Answer.STAND: length, Answer.NOT_NOW: rules.declined_after}
        moment = at + after.get(answer, rules.long_length + rules.return_after)
        if moment > now:
            self._put_off(moment)
            self.ending.left_behind(now)

    def _put_off(self, moment: timedelta) -> None:
        former = self._common.memory.put_off
        self._common.memory.put_off = moment if former is None else max(former, moment)

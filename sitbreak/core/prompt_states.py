"""The prompt's states and every transition between them (spec 2). What is not in the table changes nothing.

Theory of operation. One prompt at the most is ever alive. A *window* says when the next one may come: it opens, and
while it is open the first lull fires; when it closes, typing no longer matters. What holds a prompt, an empty chair and
the answers move it between the states below; the bout's end brings it back to RESTING with a window half an hour off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sitbreak.core.frozen import frozen
from sitbreak.core.records import Reason
from sitbreak.core.rules import Rules


class State(StrEnum):
    """Where the prompt is."""

    RESTING = "resting"  # No prompt may come yet: the window has not opened, or the person stands.
    SEEKING = "seeking"  # The window is open; the next lull, or its end, makes the prompt due.
    HELD = "held"  # The window is open, but a call, a meeting, a lock, a pause... keeps the prompt back.
    DUE = "due"  # The prompt is due, but nobody may be in the chair: it comes with the first input.
    SHOWN = "shown"  # The prompt is on show and unanswered.
    LEAVING = "leaving"  # Two minutes passed unanswered; the next presence tells "ignored" from "left".
    ASKING = "asking"  # They left and came back: "were you up?" is on show.
    ON_BREAK = "on_break"  # A break was accepted and is not settled yet.
    QUIET = "quiet"  # Ignored or left twice in this bout: the tray shows "due", nothing else comes.


class Trigger(StrEnum):
    """What moves it."""

    BOUT = "bout"  # a new bout begins, the person stands, or the bout has another window
    OPEN = "open"  # the window opens
    BLOCK = "block"  # something begins to hold
    FREE = "free"  # the last hold ended
    UNBLOCK = "unblock"  # a lock under a minute ended: no lull, seeking goes on
    READY = "ready"  # a lull, the window's end, or the limit of a hold
    SHOW = "show"  # it is put on show
    ACCEPT = "accept"  # a break is accepted or self-started
    POSTPONE = "postpone"  # snooze or not now, or every channel failed
    TIMEOUT = "timeout"  # two minutes without an answer
    STAYED = "stayed"  # input went on
    TWICE = "twice"  # ignored or left, for the second time in the bout
    BACK = "back"  # back after a minute or more, the gap may have been a break
    LOST = "lost"  # back after so long that there is nothing to ask
    SETTLED = "settled"  # the question was answered or is gone, or the break was settled


S, T = State, Trigger

TRANSITIONS: dict[tuple[State, Trigger], State] = {
    (S.RESTING, T.BOUT): S.RESTING,
    (S.RESTING, T.OPEN): S.SEEKING,
    (S.RESTING, T.ACCEPT): S.ON_BREAK,
    (S.SEEKING, T.BOUT): S.RESTING,
    (S.SEEKING, T.BLOCK): S.HELD,
    (S.SEEKING, T.READY): S.DUE,
    (S.SEEKING, T.FREE): S.DUE,
    (S.SEEKING, T.ACCEPT): S.ON_BREAK,
    (S.HELD, T.BOUT): S.RESTING,
    (S.HELD, T.FREE): S.DUE,
    (S.HELD, T.UNBLOCK): S.SEEKING,
    (S.HELD, T.READY): S.DUE,
    (S.HELD, T.ACCEPT): S.ON_BREAK,
    (S.DUE, T.BOUT): S.RESTING,
    (S.DUE, T.BLOCK): S.HELD,
    (S.DUE, T.SHOW): S.SHOWN,
    (S.DUE, T.ACCEPT): S.ON_BREAK,
    (S.SHOWN, T.ACCEPT): S.ON_BREAK,
    (S.SHOWN, T.POSTPONE): S.RESTING,
    (S.SHOWN, T.TIMEOUT): S.LEAVING,
    (S.SHOWN, T.BACK): S.ASKING,
    (S.SHOWN, T.LOST): S.RESTING,
    (S.LEAVING, T.STAYED): S.RESTING,
    (S.LEAVING, T.TWICE): S.QUIET,
    (S.LEAVING, T.BACK): S.ASKING,
    (S.LEAVING, T.LOST): S.RESTING,
    (S.LEAVING, T.ACCEPT): S.ON_BREAK,
    (S.ASKING, T.BOUT): S.ASKING,
    (S.ASKING, T.SETTLED): S.RESTING,
    (S.ASKING, T.TWICE): S.QUIET,
    (S.ASKING, T.POSTPONE): S.RESTING,
    (S.ASKING, T.ACCEPT): S.ON_BREAK,
    (S.ON_BREAK, T.BOUT): S.ON_BREAK,
    (S.ON_BREAK, T.SETTLED): S.RESTING,
    (S.QUIET, T.BOUT): S.RESTING,
    (S.QUIET, T.ACCEPT): S.ON_BREAK,
}


class Hold(StrEnum):
    """A reason to keep a prompt back."""

    CALL = "call"
    SHARING = "sharing"
    PRESENTATION = "presentation"
    DND = "dnd"
    MEETING = "meeting"
    LOCK = "lock"
    OFF_HOURS = "off_hours"
    PAUSE = "pause"
    QUIET_APP = "quiet_app"


LIMITED = frozenset({Hold.PRESENTATION, Hold.DND})  # these may hold it for a limited time only (spec 2.1.5)


@frozen
class Window:
    """Opens and closes at these moments of the steady clock; `cause` is set for one a prompt comes back in."""

    opens: timedelta
    closes: timedelta
    cause: Reason | None = None
    brief: bool = False  # the shorter offer after "not now"

    @classmethod
    def first(cls, clock_start: timedelta, rules: Rules) -> Window:
        """The window of a new bout."""
        return cls(clock_start + rules.earliest, clock_start + rules.latest)

    @classmethod
    def back(cls, opens: timedelta, rules: Rules, cause: Reason = Reason.RETURN, brief: bool = False) -> Window:
        """The five minutes in which a prompt that comes back seeks its lull."""
        return cls(opens, opens + rules.return_window, cause, brief)

    def moment(self, last_input: timedelta, rules: Rules, clock_start: timedelta) -> tuple[timedelta, Reason]:
        """When the prompt becomes due if no input follows `last_input`, and why; the clock goes from `clock_start`.

        The lull needed depends on the bout alone (2.1): `lull_at_earliest` once it is `earliest` long, falling evenly
        to `lull_at_latest` at `latest`, and that from then on.
        """
        meet = _lull(last_input, rules, clock_start)
        if meet >= self.closes or self.closes <= self.opens:
            return self.closes, self.cause or Reason.LATEST
        return max(meet, self.opens), self.cause or Reason.LULL


def _lull(last_input: timedelta, rules: Rules, clock_start: timedelta) -> timedelta:
    """The moment at which the hands have rested long enough."""
    earliest, latest = clock_start + rules.earliest, clock_start + rules.latest
    shortest = last_input + rules.lull_at_latest
    if latest <= earliest or shortest >= latest:
        return shortest
    fall = (rules.lull_at_earliest - rules.lull_at_latest) / (latest - earliest)
    return earliest + (last_input - earliest + rules.lull_at_earliest) / (1 + fall)


@dataclass(slots=True)
class Shown:
    """The prompt that is alive: its number, since when, and why."""

    number: int
    at: timedelta
    reason: Reason
    movement: str
    bout: timedelta
    dismissed: bool = False  # the person closed it; until its two minutes are over it waits in the tray


@dataclass(slots=True)
class PromptState:
    """What the prompt remembers."""

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
    standing: bool = False  # the bout is one of standing

    def clock_start(self, rules: Rules) -> timedelta | None:
        """Where the prompt's clock goes from: the limit of standing is to it what the earliest moment is to sitting."""
        if self.bout_start is None or not self.standing:
            return self.bout_start
        return self.bout_start + rules.standing_limit - rules.earliest

    def fire(self, trigger: Trigger) -> bool:
        """Takes the transition; False, and nothing changed, when the table has none."""
        target = TRANSITIONS.get((self.state, trigger))
        if target is None:
            return False
        self.state = target
        return True

    @property
    def visible(self) -> Shown | None:
        """The prompt on show, unanswered."""
        return self.shown if self.state is State.SHOWN else None

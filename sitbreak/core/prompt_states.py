"""The prompt's states and every transition between them (spec 2). What is not in the table changes nothing.

Theory of operation. One prompt at the most is ever alive. A *window* says when the next one may come: it opens, and
while it is open the first lull fires; when it closes, typing no longer matters. What holds a prompt, an empty chair and
the answers move it between the states below; the bout's end brings it back to RESTING with a window half an hour off.
"""

from __future__ import annotations

from enum import StrEnum


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

"""What is told of the person's other devices: how it stands with the body, and what was said there (spec 2.6).

The bout is that of the body as far as it is known, a prompt comes only where the last input was, and what is answered,
put off or paused there holds here, too. Nothing of it enters the books of this machine.
"""

from __future__ import annotations

from datetime import timedelta

from sitbreak.core.events import Answer, BodySeen, PromptAnswered, SaidElsewhere
from sitbreak.core.prompt import Prompting
from sitbreak.core.prompt_states import State
from sitbreak.core.prompt_timing import BEFORE_SHOWN
from sitbreak.core.shared_state import Common, Told

SAME_BOUT = timedelta(minutes=1)  # a beginning that moves by less is the same one, read off another clock
MAY_MOVE = BEFORE_SHOWN | {State.QUIET}


class Elsewhere:
    """The subject that takes in what other devices tell; it is no presence here."""

    def __init__(self, common: Common, prompt: Prompting) -> None:
        self._common = common
        self._prompt = prompt

    def handle(self, event: Told, now: timedelta) -> None:
        """See Subject."""
        match event:
            case BodySeen():
                self._seen(event, now)
            case SaidElsewhere(PromptAnswered(answer, length), at):
                self._answered(answer, length, at.elapsed, now)

    def deadline(self) -> timedelta | None:
        """See Subject: never, of itself."""
        return None

    def expire(self, now: timedelta) -> None:
        """See Subject."""

    def _seen(self, event: BodySeen, now: timedelta) -> None:
        memory = self._common.memory
        presence, prompting = memory.presence, memory.prompting
        if event.elsewhere is not None:
            known = memory.elsewhere or event.elsewhere.elapsed  # what came another way may be later than the books
            memory.elsewhere = min(max(known, event.elsewhere.elapsed), now)
            if prompting.visible and memory.elsewhere > max(prompting.visible.at, presence.last_input):
                self._prompt.ending.left_behind(now)  # they went on at another device, where it comes in its turn
        if event.again is not None:
            self._put_off(event.again.elapsed)
        if event.bout is None or presence.bout_start is None or memory.brk is not None:
            return
        if event.until.elapsed < presence.bout_start or prompting.state not in MAY_MOVE:
            return  # those books do not know yet of the bout that began here
        begun = prompting.bout_start
        if begun is None or abs(event.bout.elapsed - begun) >= SAME_BOUT:
            memory.carried = event.bout.elapsed

    def _answered(self, answer: Answer, length: timedelta, at: timedelta, now: timedelta) -> None:
        rules = self._common.rules
        after = {Answer.SNOOZE: length, Answer.STAND: length, Answer.NOT_NOW: rules.declined_after}
        moment = at + after.get(answer, rules.long_length + rules.return_after)
        if moment > now:
            self._put_off(moment)
            self._prompt.ending.left_behind(now)

    def _put_off(self, moment: timedelta) -> None:
        former = self._common.memory.put_off
        self._common.memory.put_off = moment if former is None else max(former, moment)

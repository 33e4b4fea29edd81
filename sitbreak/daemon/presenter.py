"""Carries out what the machine says: prompts, questions and breaks on the first channel that works, and the tray.

Everything happens on the stage: its public methods return at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Protocol

from sitbreak.adapters.tray import NullTray
from sitbreak.adapters.tray.glyph import STEPS
from sitbreak.core import effects as fx
from sitbreak.core.event_messages import NotUnderstood, event_of
from sitbreak.core.events import BreakDone, Event, PromptDelivered, PromptDismissed, PromptFailed, Signal
from sitbreak.core.machine import Machine
from sitbreak.core.movements import PLAIN_WALK, Movement
from sitbreak.core.status import Status
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon import notification_texts, words
from sitbreak.daemon.display_thread import Inline, Stage
from sitbreak.daemon.menu import menu
from sitbreak.daemon.notification_texts import PROMPT, QUESTION, Resting
from sitbreak.language import N_, _, paragraph
from sitbreak.ports import Action, BreakWindow, MenuEntry, Note, Notifier, NotifyFailed, Tray, TrayView, WindowFailed
from sitbreak.settings.model import Settings

log = logging.getLogger(__name__)

ON_CARD = {"minimised": False, "restored": True, "closed": False, "gone": False}  # what the window says of its card
BREAK, TOLD, DAY = "break", "told", "day"
Figures = Callable[[], tuple[float, float]]  # confirmed minutes today, and the goal


class Media(Protocol):
    """Players of music and films."""

    def pause(self) -> None:
        """Pauses those that play."""

    def resume(self) -> None:
        """Lets those go on that were paused."""

    def close(self) -> None:
        """Resumes, and lets go."""


@dataclass(slots=True)
class Channels:
    """Where things can be shown. `window` and `tray` may be missing; `notifier` may fail every time."""

    notifier: Notifier
    tray: Tray
    window: BreakWindow | None = None
    media: Media | None = None


class Presenter:
    """Performs effects. `post` hands back what came of it; `figures` tells the day so far."""

    def __init__(
        self,
        channels: Channels,
        movements: Mapping[str, Movement],
        settings: Settings,
        post: Callable[[Event], None],
        figures: Figures,
        notes: Callable[[], Sequence[str]] = tuple,
        stage: Stage | None = None,
        sitting: Callable[[], str] = str,
    ) -> None:
        """`notes` are lines for the menu about what is wrong; `sitting` says the estimate of today in a line."""
        self.channels = channels
        self.stage: Stage = Inline() if stage is None else stage
        self.settings = settings
        self._movements = movements
        self._post = post
        self._figures = figures
        self._notes = notes
        self._sitting = sitting
        self._prompt: fx.ShowPrompt | None = None
        self.on_card = False  # whether a card with the prompt or the break is on the screen
        self._on_card_alone = False  # whether the prompt is gone from the screen once its card is
        self.resting: Resting | None = None  # the break on show
        self._shown: tuple[TrayView, bool] | None = None  # the present that is on show

    def perform(self, effect: fx.Effect, at: Instant) -> None:
        """Carries out one effect; a prompt that nothing shows is told as failed, whatever the reason."""
        failed = partial(self._prompt_failed, effect) if isinstance(effect, fx.ShowPrompt) else None
        self.stage.do(f"showing {type(effect).__name__}", partial(self._perform, effect), failed)

    def _prompt_failed(self, prompt: fx.ShowPrompt, reason: str) -> None:
        log.warning("a prompt could not be shown: %s", reason)
        self._post(PromptFailed(prompt.number, reason))

    def _perform(self, effect: fx.Effect) -> None:
        match effect:
            case fx.ShowPrompt():
                self._show_prompt(effect)
            case fx.PromptSoon():
                self._note(notification_texts.soon(self.settings.break_.minutes == notification_texts.TWO))
            case fx.PromptChanged(prompt):
                self._change_prompt(prompt)
            case fx.WithdrawPrompt():
                self._withdraw_prompt()
            case fx.BreakBegan():
                self._begin(effect)
            case fx.BreakChanged(rest):
                self._show_break(rest)
            case fx.CountdownEnded(quiet):
                self._countdown_over(quiet)
            case fx.BreakEnded(outcome, credited):
                self._tell_result(words.result(outcome, credited, *self._figures()))
            case fx.AskWereYouUp(away):
                self._note(notification_texts.were_you_up(away, self.settings.movements.seated_mode))
            case fx.AskAboutGap(start, end, small):
                ask = notification_texts.about_silence if small else notification_texts.about_gap
                self._note(ask(start, end, self.settings.movements.seated_mode))
            case fx.AskStillStanding():
                self._note(notification_texts.still_standing(effect))
            case fx.WithdrawQuestion():
                self.channels.notifier.withdraw(QUESTION)
            case fx.Refused(why):
                log.info("refused: %s", why)

    def refresh(self, machine: Machine, at: Instant) -> None:
        """Brings the tray and a countdown in a notification up to date; what is on show already wakes no thread."""
        now = machine.status(at)
        tip = words.tooltip(now, *self._figures())
        view = TrayView(words.glyph(now), round(words.progress(now) * STEPS) / STEPS, tip, self.entries(now))
        calling = bool({Signal.CALL, Signal.SHARING} & now.signals)
        if self.resting is not None or self._shown != (view, calling):
            self.stage.latest(N_("the tray"), partial(self._show_present, view, at, calling))

    def entries(self, now: Status) -> tuple[MenuEntry, ...]:
        """The menu of the present, for tray and status card."""
        return menu(now, *self._figures(), self.settings, self._notes(), self._sitting())

    def _show_present(self, view: TrayView, at: Instant, calling: bool) -> None:
        self.channels.tray.show(view)
        resting, window = self.resting, self.channels.window
        if resting and resting.in_window and calling and not resting.hushed and window:
            resting.hushed = True
            window.tell({"do": "quiet"})  # its chime must not ring into a call that began in the break
        if resting and not resting.in_window and not resting.done:
            self._count_down(resting, at)
        self._shown = view, calling

    # -- prompts

    def _show_prompt(self, prompt: fx.ShowPrompt) -> None:
        self._prompt = prompt
        shows = [self._prompt_note, self._prompt_card]
        if self.settings.prompt.channel == "card" and not (self.channels.window and self.channels.window.steals_focus):
            shows.reverse()
        failures = []
        for show in shows:
            name, why = self.stage.tried(N_("a prompt's channel"), partial(show, prompt), (NotifyFailed, WindowFailed))
            if name is not None:
                self._on_card_alone = show == self._prompt_card
                self._post(PromptDelivered(prompt.number, name))
                return
            failures.append(why)
        self._prompt_failed(prompt, paragraph(*failures))

    def _prompt_note(self, prompt: fx.ShowPrompt) -> str:
        default = "card" if self.channels.window else "start"
        self.channels.notifier.show(
            notification_texts.prompt(prompt, self.movement(prompt.movement), self.settings, default)
        )
        window = self.channels.window
        if window:  # an answer is likely now: get the break window ready
            self.stage.do(N_("the break window"), lambda: window.tell({"do": "prepare"}))
        return self.channels.notifier.NAME

    def _prompt_card(self, prompt: fx.ShowPrompt, focus: bool = False) -> str:
        if self.channels.window is None:
            raise WindowFailed(_("There is no break window here; `sitbreak doctor` says why."))
        request = self._request("prompt", prompt.movement, prompt.bout, prompt.level, prompt)
        self.channels.window.open({**request, "focus": focus})  # unasked for, it takes no focus
        self.on_card = True
        return self.channels.window.NAME

    def open_card(self) -> None:
        """The notification's default action: the card, which has all answers."""
        self.stage.do(N_("the break card"), self._open_card)

    def _open_card(self) -> None:
        if self._prompt is None:
            return
        try:
            self._prompt_card(self._prompt, focus=True)
        except WindowFailed as failure:
            log.warning("the card could not be shown: %s", failure)

    def _change_prompt(self, prompt: fx.ShowPrompt) -> None:
        """Only the card has the other movement; a note with the former one would start what it does not say."""
        self._prompt, self._on_card_alone = prompt, True
        self.channels.notifier.withdraw(PROMPT)
        self._open_card()

    def _withdraw_prompt(self) -> None:
        self._prompt, self.on_card = None, False
        self.channels.notifier.withdraw(PROMPT)
        if self.channels.window:
            self.channels.window.close()

    # -- breaks

    def _begin(self, began: fx.BreakBegan) -> None:
        self.stage.tried(N_("the question"), partial(self.channels.notifier.withdraw, QUESTION))
        if self.channels.media and self.settings.break_.pause_media:
            self.stage.tried(N_("the media players"), self.channels.media.pause)
        self._show_break(began)

    def _show_break(self, began: fx.BreakBegan) -> None:
        """In the window, else counted down in a notification."""
        self.resting = Resting(self.movement(began.movement), began.accepted, began.length, in_window=False)
        window = self.channels.window
        if window is None or self.settings.break_.window == "notification":
            return
        request = self._request("break", began.movement, began.bout, began.level, None, began.length, began.suggested)
        if began.silent:
            request |= {"chime": False, "cues": "off"}
        why = self.stage.tried(N_("the break window"), lambda: window.open(request), (WindowFailed,))[1]
        self.resting.in_window = not why
        self.on_card = not why and self.settings.break_.window == "card"
        if why:
            log.warning("the break window did not open, counting down in a notification: %s", why)

    def make_room(self) -> None:
        """Today was asked for: the card of a break makes itself small where else one would lie over the other."""
        window = self.channels.window
        if self.resting and window:
            self.stage.do(N_("the break window"), lambda: window.tell({"do": "aside"}))

    def window_said(self, message: Mapping[str, object], then: Callable[[Event], None]) -> None:
        """Takes what the break window says; `then` is told the event that it stands for, if any."""

        self.on_card = ON_CARD.get(str(message.get("event")), self.on_card)

        def hear() -> None:
            if (event := self._heard(message)) is not None:
                then(event)

        self.stage.do(N_("the break window"), hear)

    def _heard(self, message: Mapping[str, object]) -> Event | None:
        match message.get("event"):
            case "answer" | "level" | "another" | "never_again" | "standing_off":
                return self._answered(message)
            case "done" if self.resting:
                self.resting.done = True
                return BreakDone()
            case "closed" | "gone":
                if self.resting:  # the break goes on in a notification, nothing is lost
                    self.resting.in_window = False
                elif self._prompt is not None and self._on_card_alone:  # put away without an answer
                    return PromptDismissed(self._prompt.number)
        return None

    def _answered(self, message: Mapping[str, object]) -> Event | None:
        try:
            return event_of({**message, "do": message["event"]})
        except NotUnderstood as error:
            log.warning("the break window said what is not understood: %s", error)
            return None

    def _count_down(self, resting: Resting, at: Instant) -> None:
        """Shows each step as it comes, and the time left."""
        left = resting.left(at)
        if left <= ZERO:
            return
        step = resting.step(at)
        if step != resting.said:
            resting.said = step
            title = _("{title}, {exactly} left", title=resting.movement.title, exactly=words.exactly(left))
            self._note(Note(BREAK, title, step, silent=True))

    def _countdown_over(self, quiet: bool) -> None:
        if self.resting and not self.resting.in_window and not self.resting.done:
            silent = quiet or not self.settings.break_.chime
            body = _("Take as long as you like; up to twice the time counts.")
            self._note(Note(BREAK, _("That was the break"), body, silent=silent))

    def _tell_result(self, line: str) -> None:
        resting, self.resting = self.resting, None
        if self.channels.media:
            self.stage.tried(N_("the media players"), self.channels.media.resume)
        if resting and resting.in_window and self.channels.window:
            self.channels.window.tell({"do": "result", "line": line})
        else:
            self._note(Note(BREAK, _("Back at the desk"), line, silent=True))

    # -- notices

    def tell(self, title: str, body: str, actions: tuple[Action, ...] = (), default: str = "", key: str = TOLD) -> None:
        """Shows a notice of the program itself, where notices can be shown; it takes the place of one of that key."""
        note = Note(key, title, body, actions, default, silent=True, lasting=True)
        self.stage.do(N_("a notice"), partial(self._note, note))

    def _note(self, note: Note) -> None:
        try:
            self.channels.notifier.show(note)
        except NotifyFailed as failure:
            log.info("not shown (%s): %s", failure, note.title)

    def close(self) -> None:
        """Takes everything off, and lets paused music go on; for the thread that closes the program."""
        if self.channels.media:
            self.channels.media.close()
        if self.channels.window:
            self.channels.window.close(at_once=True)
        self.channels.notifier.close()

    # -- what windows are told

    @property
    def has_tray(self) -> bool:
        """Whether there is an icon to look at."""
        return not isinstance(self.channels.tray, NullTray)

    @property
    def movements(self) -> list[Movement]:
        """All of the catalogue, in its order."""
        return list(self._movements.values())

    def movement(self, movement: str) -> Movement:
        """The movement with this id; a few steps when there is none."""
        return self._movements.get(movement, PLAIN_WALK)

    def _request(
        self,
        kind: str,
        movement: str,
        bout: timedelta,
        level: str,
        prompt: fx.ShowPrompt | None = None,
        length: timedelta | None = None,
        suggested: bool = False,
    ) -> dict[str, object]:
        from sitbreak.daemon.window_contents import break_request as ask

        wanted = self.movement(movement)
        return asdict(ask(kind, wanted, bout, self.settings, prompt, length, level, suggested))

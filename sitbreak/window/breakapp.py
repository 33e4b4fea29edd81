"""A prompt or a break on the screen: its windows, what the person does in them, what the daemon says meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QGuiApplication, QScreen

from sitbreak.language import paragraph, sentence
from sitbreak.window.breakview import BreakView
from sitbreak.window.card_frame import Shell, monitors, spacious
from sitbreak.window.card_pages import HelpPage, Pill, ResultLine
from sitbreak.window.channel import Leave, Say
from sitbreak.window.desktop_capabilities import Desktop, free_of
from sitbreak.window.look import Style
from sitbreak.window.message_fields import Message
from sitbreak.window.performance import Progress
from sitbreak.window.protocol import BreakRequest, Request
from sitbreak.window.sound import CHIME, TICK, play
from sitbreak.window.sound import say as say_aloud

LEAST = 300  # the least height of the card
CARD_RING, SMALL_RING = 192, 136
ROOMY = (480, 380)  # logical pixels of width and height from which the card has its full size
RESULT_WITHIN_MS = 15_000  # how long after Done the line about the break is waited for


class BreakApp(QObject):
    """Runs one prompt or break. `say(event, **values)` tells the daemon; `leave()` ends the process."""

    def __init__(
        self, request: BreakRequest, style: Style, say: Say, leave: Leave, desktop: Desktop | None = None
    ) -> None:
        """Builds the windows; `appear` shows them. `desktop`: this one, unless given."""
        super().__init__()
        self.request, self.style, self.say, self.leave = request, style, say, leave
        self.desktop = Desktop.here() if desktop is None else desktop
        self.progress = Progress(request)
        self.large = request.look.style == "fullscreen" and self.progress.running
        self.shells: list[Shell] = []
        self.views: list[BreakView] = []
        self._pill: Shell | None = None
        self._over = self._quiet = False
        self._step = -1  # the last step that was told
        self._open()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._plugged)
            application.screenRemoved.connect(self._plugged)

    def _open(self) -> None:
        named = self.request.look.monitor
        if self.large:
            for screen in monitors(named):
                self._cover(screen)
            return
        self._cover()
        if self.progress.running:
            self._card_everywhere()

    def _card_everywhere(self) -> None:
        """A card of its own on each other monitor, where all are to show the break."""
        if self.request.look.monitor == "all":
            first = self.desktop.screen("all")
            for screen in (each for each in QGuiApplication.screens() if each is not first):
                self._cover(card_on=screen)

    def _cover(self, screen: QScreen | None = None, card_on: QScreen | None = None) -> Shell:
        """A window over this monitor, or a card: on that one, or where the person is."""
        focus = self.request.focus and card_on is None
        shell = Shell(self.style, self.desktop, "sitbreak", focus, screen, card_on)
        view = BreakView(self.style, self.progress, self._ring(screen), screen is not None and spacious(screen))
        shell.put(view, least=LEAST)
        shell.escape = self.escape
        shell.closing = self._closed
        self._connect(shell, view)
        self.shells.append(shell)
        self.views.append(view)
        return shell

    def _plugged(self) -> None:
        """A monitor came or went during a full-screen break: a new one is covered too, and one window always stays."""
        if not self.large:
            return
        there, named = QGuiApplication.screens(), self.request.look.monitor
        on_show = any(shell.isVisible() for shell in self.shells)
        left = [(shell, view) for shell, view in zip(self.shells, self.views, strict=True) if shell.full not in there]
        covered = [shell.full for shell in self.shells if shell.full in there]
        for screen in monitors(named) if named == "all" or not covered else []:
            if screen not in covered:
                shell = self._cover(screen)
                if on_show:
                    shell.appear()
        for shell, view in left:
            self.shells.remove(shell)
            self.views.remove(view)
            shell.closing = nothing
            shell.close()

    def _ring(self, screen: QScreen | None) -> int:
        """The side of the ring: half a monitor's height on full screen, smaller in the card where room is scarce."""
        if screen is not None and spacious(screen):
            size = screen.size()
            return max(144, min(640, size.height() // 2, size.width() // 3))
        free = free_of(self.desktop.screen(self.request.look.monitor))
        return CARD_RING if free.height() >= ROOMY[1] and free.width() >= ROOMY[0] else SMALL_RING

    def _connect(self, shell: Shell, view: BreakView) -> None:
        view.answered.connect(self._answered)
        view.levelled.connect(self._levelled)
        view.finished.connect(self._done)
        view.over.connect(self._ended)
        view.hidden.connect(self.escape)
        view.grown.connect(shell.fit)
        view.helped.connect(lambda: self._help(shell, view))
        view.another.connect(lambda: self.say("another"))
        view.step_begun.connect(self._tell_step)

    def appear(self) -> None:
        """Puts the windows on the screen, the first control in focus."""
        for shell in self.shells:
            shell.appear()
        view = self.views[0]
        row = view.break_row if self.progress.running else view.prompt_row
        row.first().setFocus(Qt.FocusReason.OtherFocusReason if self.request.focus else Qt.FocusReason.MouseFocusReason)

    def _answered(self, answer: str, minutes: float) -> None:
        if answer == "standing_off":  # what is said of the desk, and no answer
            self.say(answer)
        else:
            self.say("answer", answer=answer, **({"minutes": minutes} if minutes else {}))
        if answer in ("start", "long"):
            self._begin(self.request.length_s if answer == "start" else self.request.long_s)
        else:
            self.leave()

    def _begin(self, length: float) -> None:
        self.progress.begin(length)
        if self.request.look.style == "fullscreen":
            self._fill()
            return
        for shell, view in zip(self.shells, self.views, strict=True):
            view.begin()
            shell.take_focus()
        self._card_everywhere()
        for shell in self.shells[1:]:
            shell.appear()

    def _fill(self) -> None:
        """From the card prompt to the full-screen break."""
        former, self.shells, self.views = self.shells, [], []
        self.large = True
        self._open()
        self.appear()
        for shell in former:
            shell.closing = nothing
            shell.close()

    def _levelled(self, level: str) -> None:
        self.say("level", movement=self.request.movement.id, level=level)
        for view in self.views:
            if view is not self.sender():
                view.follow_level()

    def _done(self) -> None:
        self.say("done")
        for shell in self.shells:
            shell.hide()
        QTimer.singleShot(RESULT_WITHIN_MS, self._nothing_came)

    def _nothing_came(self) -> None:
        if not any(shell.isVisible() for shell in self.shells):
            self.leave()

    def adopt(self, request: Request) -> bool:
        """Goes on as the break the daemon asks for, if it is the one that was begun here; False otherwise."""
        if not isinstance(request, BreakRequest) or request.kind == "prompt" or not self.progress.running:
            return False
        if request.movement.id != self.request.movement.id or not self.views:
            return False
        self.progress.follow(request)
        for view in self.views:
            view.follow_level()
        return True

    def dispose(self) -> None:
        """Takes its windows away; something else is shown instead."""
        self.large = False  # no monitor is covered any more
        for shell in (*self.shells, *([self._pill] if self._pill is not None else [])):
            shell.closing = nothing
            shell.close()

    def _ended(self) -> None:
        if self._over:
            return
        self._over = True
        self.say("over")
        self._cue(self.style.words("over_rest" if self.request.kind == "rest" else "over"), tick=False)
        if self.request.chime and not self._quiet:
            play(CHIME, self.request.volume)

    def _tell_step(self, number: int, text: str) -> None:
        """Each step once, however many monitors show it: to screen readers, and aloud where that is wanted."""
        if number == self._step:
            return
        first, self._step = self._step < 0, number
        for view in self.views[:1]:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(view.step, text))
        movement = self.request.movement
        before = [sentence(movement.title), *movement.cautions] if first else []
        self._cue(paragraph(*before, text))

    def _cue(self, text: str, tick: bool = True) -> None:
        """What the settings want at a step: a voice, or (where nothing speaks, too) a tick; nothing during a call."""
        cues = "off" if self._quiet else self.request.cues
        if cues == "off" or (cues == "voice" and say_aloud(text)):
            return
        if tick:
            play(TICK, self.request.volume)

    def _help(self, shell: Shell, view: BreakView) -> None:
        self.say("help")
        movement, large = self.request.movement, shell.full is not None and spacious(shell.full)
        page = HelpPage(self.style, movement, large, self.request.why, view.changeable)

        def back() -> None:
            shell.put(view, least=LEAST)
            view.help.setFocus(Qt.FocusReason.OtherFocusReason)

        page.left.connect(back)
        page.never.connect(lambda: self.say("never_again"))
        shell.put(page, least=LEAST)
        page.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def escape(self) -> None:
        """Escape on the prompt puts it away, which is no answer; during the break the card becomes a pill."""
        if not self.progress.running:
            self.leave()
            return
        for shell in self.shells:
            shell.hide()
        small = self._small()
        small.appear()
        for pill in small.findChildren(Pill):
            pill.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say("minimised")

    def _small(self) -> Shell:
        if self._pill is None:
            self._pill = Shell(self.style, self.desktop, "sitbreak", focus=True)
            pill = Pill(self.style, self.progress)
            pill.clicked.connect(self.restore)
            self._pill.put(pill, width=pill.sizeHint().width())
            self._pill.escape = self.restore
            self._pill.closing = self._closed
        return self._pill

    def restore(self) -> None:
        """From the pill back to the card, with the keyboard on Done."""
        if self._pill is not None:
            self._pill.hide()
        for shell in self.shells:
            shell.appear()
        self.views[0].break_row.finish.setFocus(Qt.FocusReason.OtherFocusReason)
        self.say("restored")

    def _closed(self) -> None:
        self.leave()

    def hear(self, message: Message) -> None:
        """A message of the daemon: result, level, quiet (no chime: a call), aside (Today was asked for)."""
        if message.get("do") == "quiet":
            self._quiet = True
        if message.get("do") == "aside" and not Desktop.places_windows() and any(s.isVisible() for s in self.shells):
            self.escape()
        elif message.get("do") == "result":
            self._result(str(message.get("line", "")))
        elif message.get("do") == "level" and message.get("level") in ("easier", "shown", "harder"):
            self.progress.level = str(message["level"])
            for view in self.views:
                view.follow_level()

    def _result(self, line: str) -> None:
        """The one line at the end, in the corner, then nothing; it takes no focus."""
        shell = Shell(self.style, self.desktop, "sitbreak", focus=False)
        page = ResultLine(self.style, line)
        page.gone.connect(self.leave)
        shell.put(page)
        shell.escape = self.leave
        shell.appear()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(page.text, line))
        self.dispose()
        self.shells, self.views, self._pill = [shell], [], None


def nothing() -> None:
    """Stands in where nothing is to be done."""

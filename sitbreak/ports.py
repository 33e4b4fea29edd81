"""The ports: what the daemon needs from the world, one Protocol each. Adapters implement them, fakes stand in.

Every backend has a NAME, a classmethod `viable(env)` and `close()`. Backends never read a clock: what needs the time
is given a `Clock`. What they notice they `post`; the loop stamps it (or takes the instant they give).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from importlib.util import find_spec
from typing import ClassVar, Generic, Protocol, TypeVar, runtime_checkable

from sitbreak.core.events import Event, InputKind
from sitbreak.core.frozen import frozen
from sitbreak.core.merging import Stay
from sitbreak.core.records import Fact, Facts, GapAnswer, Outcome
from sitbreak.core.text import NotDone, Sentence
from sitbreak.core.timeline import Instant

B = TypeVar("B", covariant=True)
Post = Callable[[Event], None]


SYSTEMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}
DESKTOPS_WITHOUT_X = ("win32", "darwin", "cygwin")


@frozen
class Env:
    """What a backend may look at to find out whether it can work here.

    XDG_SESSION_TYPE may be left over from where the session was started (a console, a VNC server, a nested one), so it
    refuses nothing: an X server says itself that it is XWayland, and no compositor answers where there is none.
    """

    platform: str  # sys.platform
    variables: Mapping[str, str]  # os.environ

    @property
    def desktops(self) -> frozenset[str]:
        """What the desktop calls itself, in small letters: one name, or several where one is made of another."""
        return frozenset(filter(None, self.variables.get("XDG_CURRENT_DESKTOP", "").casefold().split(":")))

    @property
    def display(self) -> str:
        """The displays of the session and the key to them, which tell it from another; empty where there is none."""
        displays = [self.variables.get("WAYLAND_DISPLAY"), self.variables.get("DISPLAY")]
        return " ".join(filter(None, [*displays, self.variables.get("XAUTHORITY")])) if any(displays) else ""

    @property
    def in_terminal(self) -> bool:
        """Whether this is a login without a display on Linux: over ssh, or on a console."""
        told = self.variables
        login = told.get("SSH_TTY") or told.get("XDG_SESSION_TYPE") == "tty" or told.get("TERM") == "linux"
        return self.platform == "linux" and bool(login) and not self.display

    def only_on(self, *platforms: str) -> NotViable | None:
        """Says that something is for these systems only; None where this is one of them."""
        if self.platform in platforms:
            return None
        systems = ", ".join(SYSTEMS[platform] for platform in platforms)
        return NotViable(Sentence("It is for {systems} only.", systems=systems), foreign=True)

    @property
    def without_x(self) -> bool:
        """Whether this is a system that knows no X server."""
        return self.platform in DESKTOPS_WITHOUT_X

    def no_x11(self) -> NotViable | None:
        """Why there is no X server to ask; None where there may be one."""
        if self.without_x:
            return NotViable(Sentence("This system has no X server."), foreign=True)
        if not self.variables.get("DISPLAY"):
            return NotViable(Sentence("DISPLAY is not set."), Sentence("Start it from within the desktop session."))
        return None

    def no_wayland(self) -> NotViable | None:
        """Why there is no compositor to ask; None where there may be one."""
        named = self.variables.get("XDG_SESSION_TYPE", "") == "wayland" or self.variables.get("WAYLAND_DISPLAY")
        return None if named and not self.without_x else NotViable(Sentence("This is not a Wayland session."))

    def no_bus(self) -> NotViable | None:
        """Why nothing can be asked over D-Bus; None where it can be tried."""
        if not self.platform.startswith(("linux", "freebsd")):
            return NotViable(Sentence("This system has no D-Bus."), foreign=True)
        if find_spec("dbus_fast") is None:
            return NotViable(Sentence("dbus-fast is not installed."), Sentence("Install dbus-fast."))
        return None


@frozen
class Viable:
    """It can work here; `limits` are sentences for `doctor`, such as "cannot tell clicks from motion"."""

    limits: tuple[str, ...] = ()


@frozen
class NotViable:
    """It cannot work here: why, and what the user could do (both sentences; `remedy` may be empty).

    `tried`: it should work and was begun, which failed; it may work later. `foreign`: it is for another system.
    """

    reason: str
    remedy: str = ""
    tried: bool = False
    foreign: bool = False


class Clock(Protocol):
    """Reads the steady clock and the wall clock."""

    def now(self) -> Instant:
        """The present instant."""
        ...


@frozen
class Observed:
    """One input and when it was."""

    kind: InputKind
    at: Instant


class SourceUnreadable(Exception):
    """The activity source cannot be read (any more); the message is one sentence for people."""


class ActivitySource(Protocol):
    """Tells when there was input, and of what kind if it can."""

    NAME: ClassVar[str]

    def poll(self) -> Sequence[Observed]:
        """The inputs since the last poll, oldest first; it may thin them to a few a poll.

        Raises SourceUnreadable when it cannot see; polling again later may work.
        """
        ...

    def close(self) -> None:
        """Lets go of every connection and thread."""
        ...


class Watcher(Protocol):
    """Watches the session and what goes on in it: posts Locked, Unlocked, Slept, Woke or SignalChanged on each edge."""

    NAME: ClassVar[str]

    def start(self, post: Post) -> None:
        """Begins to watch; posts the present state first where it is not the usual one (unlocked, nothing on)."""
        ...

    def close(self) -> None:
        """Stops watching."""
        ...


@frozen
class Action:
    """A button: what `chosen` is called with, and its label."""

    key: str
    label: str


@frozen
class Note:
    """A notification. `default` is the action of a click on it; `tag` identifies it, a new one with it replaces it.

    `lasting`: worth keeping in the desktop's history.
    """

    tag: str
    title: str
    body: str
    actions: tuple[Action, ...] = ()
    default: str = ""
    silent: bool = False
    lasting: bool = False


class NotifyFailed(Exception):
    """The notification could not be shown; the message is one sentence for people."""


class Notifier(Protocol):
    """Shows notifications. `chosen(tag, key)` and `dismissed(tag)` are called from its own thread."""

    NAME: ClassVar[str]

    def show(self, note: Note) -> None:
        """Puts it on show; raises NotifyFailed when that cannot be done, within two seconds."""
        ...

    def withdraw(self, tag: str) -> None:
        """Takes it off; nothing happens when it is gone already."""
        ...

    def close(self) -> None:
        """Withdraws everything and lets go."""
        ...


SEPARATOR = "-"


@frozen
class MenuEntry:
    """A line of the tray menu. `key` is what `chosen` is called with; empty: a label. A `label` SEPARATOR is a rule."""

    label: str
    key: str = ""
    enabled: bool = True
    checked: bool | None = None
    default: bool = False
    children: tuple[MenuEntry, ...] = ()


@frozen
class TrayView:
    """What the tray shows. `glyph`: sitting, due, break, paused, withheld, blind, standing; `progress` 0 to 1."""

    glyph: str
    progress: float
    tooltip: str
    menu: tuple[MenuEntry, ...] = ()


class Tray(Protocol):
    """The tray icon. `chosen(key)` is called from its own thread."""

    NAME: ClassVar[str]

    @property
    def place(self) -> tuple[int, int] | None:
        """Where the icon was when it was last clicked, if the panel told.

        x, y from the desktop's top left, in the screen's pixels or in the panel's scaled ones.
        """
        ...

    def show(self, view: TrayView) -> None:
        """Shows this view from now on; cheap when nothing changed."""
        ...

    def run(self) -> None:
        """Owns the calling thread (the main one) until `close`."""
        ...

    def close(self) -> None:
        """Takes the icon away and makes `run` return; callable from any thread."""
        ...


class WindowFailed(Exception):
    """The break window could not be opened; the message is one sentence for people."""


class BreakWindow(Protocol):
    """A window in a child process. `said(message)` is called with each line it answers, from its own thread."""

    NAME: ClassVar[str]
    steals_focus: bool  # whether one that comes by itself would take the keyboard here

    def open(self, request: Mapping[str, object]) -> None:
        """Opens it; raises WindowFailed when that cannot be done. A window that dies says {"event": "gone"}."""
        ...

    def tell(self, message: Mapping[str, object]) -> None:
        """Sends the open window a message; nothing happens when there is none."""
        ...

    def close(self, at_once: bool = False) -> None:
        """Closes it; `at_once` for the end of the program: whatever does not close by then is ended."""
        ...


class HistoryDamaged(NotDone):
    """The history file cannot be read; the message says where it was set aside."""


class History(Protocol):
    """Keeps facts and the machine's snapshot. Every `keep` is one transaction."""

    NAME: ClassVar[str]

    def keep(self, facts: Iterable[Fact], snapshot: Mapping[str, object] | None = None) -> None:
        """Stores facts (replacing those with the same key) and, in the same transaction, the snapshot."""
        ...

    def snapshot(self) -> Mapping[str, object] | None:
        """The last snapshot kept, or None."""
        ...

    def facts(self, first: date, last: date, *, margin_days: int = 0) -> Facts:
        """The facts of the logical days first to last, both included; baselines and goals always in full.

        `margin_days`: so many more days of spans at either end, for bouts that cross the range.
        """
        ...

    def days(self) -> list[date]:
        """The logical days that have spans, ascending."""
        ...

    def answers(self) -> list[GapAnswer]:
        """What was said about gaps, of all days, in order of the gaps."""
        ...

    def outcomes(self) -> list[Outcome]:
        """What became of the latest prompts that were answered, the latest first; 200 of them at most."""
        ...

    def close(self) -> None:
        """Closes the file."""
        ...


@runtime_checkable
class Whereabouts(Protocol):
    """A history of several devices, which also tells at which of them somebody was."""

    def stays(self, first: date, last: date) -> Mapping[date, Sequence[Stay]]:
        """Where somebody was on each logical day, in order of time, by the devices' names; empty with one device."""
        ...


@frozen
class Choice(Generic[B]):
    """What serves a port (nothing: empty) and with which limits, and why the others do not: what `doctor` prints.

    `spare`: the names of those that would work too.
    """

    port: str
    backends: tuple[B, ...] = ()
    limits: tuple[str, ...] = ()
    refused: Mapping[str, NotViable] = field(default_factory=dict)
    spare: tuple[str, ...] = ()

    @property
    def backend(self) -> B | None:
        """The one that serves the port, where one does; the first where several do."""
        return self.backends[0] if self.backends else None

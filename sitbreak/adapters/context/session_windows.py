"""Lock and sleep on Windows: a hidden window that is told of locks, switched sessions and sleep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, NamedTuple, Protocol

from sitbreak.adapters.context.edges import Session
from sitbreak.adapters.context.probe import ThreadProbe, Wiring
from sitbreak.adapters.hidden_window import HiddenWindow
from sitbreak.ports import Env, NotViable, Viable

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
LOCK, SWITCH, SLEEP = "the lock", "another session", "sleep"


class Meaning(NamedTuple):
    """What a window message says: which state, and whether it began or ended."""

    state: str
    on: bool


class MessageSource(Protocol):
    """A hidden window: `run` passes on each message until `stop`."""

    def run(self, received: Callable[[int, int], None], ready: Callable[[], None]) -> None:
        """Owns the calling thread; raises OSError when the window cannot be made."""
        ...

    def stop(self) -> None:
        """Makes `run` return; from any thread."""
        ...


class _Told(ThreadProbe):
    """A state told by window messages. `messages` stands in for the hidden window in tests."""

    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]]  # by message and its first parameter

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """On Windows."""
        return env.only_on("win32") or Viable()

    def __init__(self, wiring: Wiring, messages: MessageSource | None = None) -> None:
        super().__init__(wiring)
        self._messages = HiddenWindow(self.NAME, sessions=True) if messages is None else messages
        self._on: set[str] = set()

    def attempt(self) -> None:
        """Listens to the window; raises OSError when it cannot be made."""
        self._on.clear()
        self._messages.run(self._received, self.worker.works)

    def wake(self) -> None:
        """Ends the window."""
        self._messages.stop()

    def _received(self, message: int, code: int) -> None:
        said = self.MEANINGS.get((message, code))
        if said is not None:
            (self._on.add if said.on else self._on.discard)(said.state)
            self.hold(sorted(self._on))


class WindowsLock(_Told):
    """The session is locked, or another one is in front (WinUser.h: WTS_SESSION_LOCK and the like)."""

    NAME: ClassVar[str] = "lock-windows"
    SIGNAL: ClassVar[Session] = Session.LOCK
    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]] = {
        (WM_WTSSESSION_CHANGE, 7): Meaning(LOCK, True),
        (WM_WTSSESSION_CHANGE, 8): Meaning(LOCK, False),
        (WM_WTSSESSION_CHANGE, 2): Meaning(SWITCH, True),  # console disconnect
        (WM_WTSSESSION_CHANGE, 1): Meaning(SWITCH, False),
        (WM_WTSSESSION_CHANGE, 4): Meaning(SWITCH, True),  # remote disconnect
        (WM_WTSSESSION_CHANGE, 3): Meaning(SWITCH, False),
    }


class WindowsSleep(_Told):
    """The machine is about to sleep, or has woken up (WinUser.h: PBT_APMSUSPEND and the like)."""

    NAME: ClassVar[str] = "sleep-windows"
    SIGNAL: ClassVar[Session] = Session.SLEEP
    MEANINGS: ClassVar[Mapping[tuple[int, int], Meaning]] = {
        (WM_POWERBROADCAST, 0x04): Meaning(SLEEP, True),
        (WM_POWERBROADCAST, 0x07): Meaning(SLEEP, False),
        (WM_POWERBROADCAST, 0x12): Meaning(SLEEP, False),
    }

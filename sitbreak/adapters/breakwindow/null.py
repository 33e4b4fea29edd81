"""No break window: for tests, and where prompts and countdowns are notifications only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from sitbreak.language import _
from sitbreak.ports import Env, NotViable, Viable, WindowFailed

Message = Mapping[str, object]


class NullWindow:
    """Opens nothing, and keeps what it was asked; `answer` does what a person would do in the window."""

    NAME: ClassVar[str] = "none"
    steals_focus = False

    def __init__(self, said: Callable[[Message], None]) -> None:
        """`said` is called with what `answer` is given."""
        self._said = said
        self.request: Message | None = None
        self.told: list[Message] = []

    @classmethod
    def viable(cls, env: Env) -> Viable | NotViable:
        """Works everywhere."""
        return Viable((_("no window; breaks are counted down in notifications"),))

    def open(self, request: Message) -> None:
        """Keeps the request; raises WindowFailed for one without a kind."""
        if not isinstance(request.get("kind"), str):
            raise WindowFailed(_("The window was asked for nothing in particular; nothing is lost."))
        self.request, self.told = request, []

    def tell(self, message: Message) -> None:
        """Keeps the message while a request is open; `close` ends it."""
        if self.request is None:
            return
        self.told.append(message)
        if message.get("do") == "close":
            self.close()

    def answer(self, message: Message) -> None:
        """Acts as if the window had said this."""
        self._said(message)

    def close(self, at_once: bool = False) -> None:
        """Forgets the request."""
        if self.request is not None:
            self.request = None
            self._said({"event": "closed"})

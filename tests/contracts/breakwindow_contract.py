"""What every break window must do; each implementation runs this suite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest

from sitbreak.adapters.choose import Backend
from sitbreak.ports import BreakWindow, Env, NotViable, Viable, WindowFailed
from tests.waiting import wait_until

Message = Mapping[str, object]
Said = Callable[[Message], None]

REQUEST: dict[str, Any] = {
    "kind": "break",
    "movement": {
        "id": "walk-corridor",
        "title": "Corridor loop",
        "areas": ["whole body"],
        "type": "walk",
        "steps": [{"s": 60, "text": "walk away"}, {"s": 60, "text": "walk back"}],
    },
    "length_s": 120,
    "elapsed_s": 30,
    "bout": "About 38 min at the desk.",
    "chime": False,
}


class BreakWindowContract:
    """Subclasses say how the window is made."""

    def make(self, said: Said) -> BreakWindow:
        """A window that is not open yet."""
        raise NotImplementedError

    def kind(self) -> type[Backend]:
        """The class, for what it says of itself."""
        raise NotImplementedError

    @contextmanager
    def made(self) -> Iterator[tuple[BreakWindow, list[Message]]]:
        """A window and what it said, closed at the end."""
        heard: list[Message] = []
        window = self.make(heard.append)
        try:
            yield window, heard
        finally:
            window.close()

    def test_it_opens_and_closes_and_says_that_it_closed(self) -> None:
        """`closed` comes once, as the last word."""
        with self.made() as (window, heard):
            window.open(REQUEST)
            window.close()
            wait_until(lambda: {"event": "closed"} in heard, what="closed")
        assert heard.count({"event": "closed"}) == 1
        assert not any(message.get("event") == "gone" for message in heard)

    def test_telling_and_closing_without_an_open_window_does_nothing(self) -> None:
        """Neither before the first nor after the last; nothing is raised and nothing said."""
        with self.made() as (window, heard):
            window.tell({"do": "result", "line": "2 min, counted."})
            window.close()
        assert heard == []

    def test_it_can_be_told_and_opened_again(self) -> None:
        """A second request takes the place of the first; messages reach the open window."""
        with self.made() as (window, heard):
            window.open(REQUEST)
            window.tell({"do": "level", "level": "easier"})
            window.open({**REQUEST, "elapsed_s": 60})
            window.tell({"do": "close"})
            wait_until(lambda: {"event": "closed"} in heard, what="closed")
            window.open(REQUEST)

    def test_a_request_that_makes_no_sense_is_refused(self) -> None:
        """With a sentence for people; a good one afterwards opens."""
        with self.made() as (window, _):
            with pytest.raises(WindowFailed, match=r"\w+ \w+"):
                window.open({})
            window.open(REQUEST)

    def test_it_says_whether_it_can_work(self) -> None:
        """Viable, or a reason in words; never an exception."""
        kind = self.kind()
        for platform in ("linux", "win32", "darwin", "freebsd14"):
            found = kind.viable(Env(platform, {}))
            assert isinstance(found, Viable | NotViable)
            assert isinstance(found, Viable) or found.reason.endswith(".")
        assert kind.NAME

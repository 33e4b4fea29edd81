"""The break in the terminal."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import pytest

from sitbreak.adapters.breakwindow import TerminalWindow
from sitbreak.adapters.choose import Backend
from sitbreak.ports import BreakWindow, WindowFailed
from tests.contracts.breakwindow_contract import REQUEST, BreakWindowContract
from tests.waiting import wait_until

Message = Mapping[str, object]
QUICK = 0.001


class TestTerminalWindow(BreakWindowContract):
    """The contract, in a terminal."""

    def make(self, said: Callable[[Message], None]) -> BreakWindow:
        """One that writes to nowhere, its seconds as long as seconds are."""
        return TerminalWindow(said, io.StringIO())

    def kind(self) -> type[Backend]:
        """The class."""
        return TerminalWindow


def test_the_terminal_counts_down_step_by_step() -> None:
    """Each step is named when it begins, the time left in one line, and the end is soft."""
    heard: list[Message] = []
    stream = io.StringIO()
    window = TerminalWindow(heard.append, stream, QUICK)
    window.open({**REQUEST, "elapsed_s": 0})
    wait_until(lambda: {"event": "over"} in heard, what="the end")
    written = stream.getvalue()
    assert written.index("Corridor loop") < written.index("walk away") < written.index("1:00 left")
    assert written.index("1:00 left") < written.index("0:01 left") < written.index("Take as long as you like.")
    assert written.count("walk back") == 1
    window.tell({"do": "result", "line": "2 min, counted."})
    assert stream.getvalue().endswith("2 min, counted.\n")
    window.close()


def test_a_break_already_under_way_is_joined() -> None:
    """The step that is on is named, and the count begins where the break is."""
    stream = io.StringIO()
    window = TerminalWindow(lambda message: None, stream)
    window.open({**REQUEST, "elapsed_s": 90})
    wait_until(lambda: "0:30 left" in stream.getvalue(), what="the count")
    window.close()
    assert "walk back" in stream.getvalue()


def test_a_prompt_in_the_terminal_says_how_to_answer() -> None:
    """Nothing is counted down before there is an answer."""
    stream = io.StringIO()
    window = TerminalWindow(lambda message: None, stream)
    window.open({**REQUEST, "kind": "prompt"})
    window.close()
    assert "sitbreak answer start" in stream.getvalue()
    assert "left" not in stream.getvalue()


def test_control_characters_stay_out_of_the_terminal() -> None:
    """A movement of a person's own cannot steer it."""
    stream = io.StringIO()
    window = TerminalWindow(lambda message: None, stream)
    window.open({**REQUEST, "kind": "prompt", "movement": {**REQUEST["movement"], "title": "a\x1b[2Jb"}})
    window.close()
    assert "\x1b" not in stream.getvalue()


def test_a_terminal_that_is_gone_is_told() -> None:
    """A closed stream is a window that failed, not a crash."""
    stream = io.StringIO()
    stream.close()
    window = TerminalWindow(lambda message: None, stream)
    with pytest.raises(WindowFailed, match="terminal"):
        window.open(REQUEST)


def test_settings_do_not_go_into_a_terminal() -> None:
    """The sentence names the command that does it."""
    with pytest.raises(WindowFailed, match="sitbreak config"):
        TerminalWindow(lambda message: None, io.StringIO()).open({"kind": "settings"})

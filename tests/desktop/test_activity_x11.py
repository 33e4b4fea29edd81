"""Activity on a real X server, with XTEST for hands: XInput 2 and pynput."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from Xlib import X
from Xlib.display import Display

from sitbreak.adapters.activity.pynput_source import PynputSource
from sitbreak.adapters.activity.xinput2 import XInput2Source
from sitbreak.core.events import InputKind
from sitbreak.ports import ActivitySource, SourceUnreadable
from tests.contracts.activity_contract import FAR_X, FAR_Y, ActivityContract, ActivityHands, RealTime
from tests.desktop.children import Children, end
from tests.desktop.desk import private_env, read_line

pytestmark = [
    pytest.mark.desktop("Xvfb", "xdotool", "xset"),
    # python-xlib leaves the socket of a refused connection, and pynput those of a dead one, to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
INPUTS = {
    InputKind.KEY: ("key", "q"),
    InputKind.CLICK: ("click", "1"),
    InputKind.WHEEL: ("click", "5"),
    InputKind.MOTION: ("mousemove_relative", str(FAR_X), str(FAR_Y)),
}


class XServer(RealTime):
    """An X server without a window manager; it can be killed and started again with the same number."""

    def __init__(self, children: Children, backend: type[XInput2Source | PynputSource]) -> None:
        super().__init__()
        self.children = children
        self.backend = backend
        self.env = private_env(children.folder)
        # A number of our own: one that the server picks could be picked by another as soon as ours is dead.
        self.env["DISPLAY"] = f":{1000 + os.getpid() % 30000}"
        self.server = self._start()

    def source(self) -> ActivitySource:
        """A source on this display."""
        return self.backend(self.clock)

    def act(self, kind: InputKind) -> None:
        """Uses xdotool. The pointer stops at the edge of the screen, and is first moved back without an event."""
        if kind is InputKind.MOTION:
            self.run("xdotool", "mousemove", "5", "5")
        self.run("xdotool", *INPUTS[kind])

    def reset_idle(self) -> None:
        """Resets the idle counter as players do."""
        self.run("xset", "s", "reset")

    def kill(self) -> bool:
        """Kills the server."""
        end(self.server)
        return True

    def revive(self) -> bool:
        """Starts it again."""
        self.server = self._start()
        return True

    def run(self, *command: str) -> None:
        """Runs a program on this display."""
        subprocess.run(command, env=self.env, check=True, timeout=20)

    def _start(self) -> subprocess.Popen[bytes]:
        ours, theirs = os.pipe()
        options = ("-screen", "0", "4000x3000x24", "-nolisten", "tcp", "-ac", "-noreset", "-displayfd", str(theirs))
        child = self.children.start(["Xvfb", self.env["DISPLAY"], *options], self.env, pass_fds=(theirs,))
        os.close(theirs)
        read_line(ours, 15.0)
        os.close(ours)
        return child


@contextmanager
def x_server(backend: type[XInput2Source | PynputSource]) -> Iterator[XServer]:
    """A server, with $DISPLAY pointing to it: pynput cannot be told otherwise."""
    children = Children()
    with children.stopped_on_error(), pytest.MonkeyPatch.context() as patch:
        server = XServer(children, backend)
        patch.setenv("DISPLAY", server.env["DISPLAY"])
        yield server
    children.stop()
    gc.collect()  # so that what the libraries left open is reported here, where it is known, and not in another test


class TestXInput2(ActivityContract):
    """XInput 2 keeps the contract."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A real server."""
        with x_server(XInput2Source) as server:
            yield server

    def test_a_grab_hides_nothing(self) -> None:
        """Keys and clicks are seen while another program has grabbed both: a menu, a game, a screen lock."""
        with self.watched() as (machine, source):
            greedy = Display(os.environ["DISPLAY"])
            root = greedy.screen().root
            root.grab_keyboard(True, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
            root.grab_pointer(True, 0, X.GrabModeAsync, X.GrabModeAsync, 0, 0, X.CurrentTime)
            greedy.sync()
            seen = self.after(machine, source, InputKind.KEY, InputKind.CLICK)
            greedy.close()
            assert {each.kind for each in seen} == {InputKind.KEY, InputKind.CLICK}

    def test_a_reset_does_not_prolong_motion(self) -> None:
        """A bump of the desk followed by a player's reset stays one moment of motion."""
        with self.watched() as (machine, source):
            machine.act(InputKind.MOTION)
            machine.let_pass(timedelta(seconds=0.5))
            machine.reset_idle()
            assert len(source.poll()) == 1

    def test_a_frozen_server_is_unreadable(self) -> None:
        """A server that does not answer holds a poll for two seconds at most, and closing still works."""
        with x_server(XInput2Source) as server:
            source = server.source()
            server.act(InputKind.KEY)
            os.kill(server.server.pid, signal.SIGSTOP)
            try:
                start = server.clock.now()
                with pytest.raises(SourceUnreadable, match="cannot be reached any more"):
                    source.poll()
                assert server.clock.now().since(start) < timedelta(seconds=6)
                source.close()
            finally:
                os.kill(server.server.pid, signal.SIGCONT)


class TestPynput(ActivityContract):
    """pynput keeps the contract."""

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A real server."""
        with x_server(PynputSource) as server:
            yield server


def test_no_server_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a server both sources refuse with a sentence and nothing else."""
    monkeypatch.setenv("DISPLAY", ":6070")
    for backend in (XInput2Source, PynputSource):
        with pytest.raises(SourceUnreadable, match=r"\.$"):
            backend(RealTime().clock)
    gc.collect()

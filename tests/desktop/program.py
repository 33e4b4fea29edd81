"""The program as a user runs it: a process on a desk, with a folder of its own and a window of seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from tests.desktop.desk import Desk
from tests.waiting import wait_until

CHECKOUT = Path(__file__).parents[2]

# A whole cycle in seconds: the prompt is sought from 6 s on, and comes at 40 s whatever happens.
SECONDS_LONG = """
[prompt]
earliest_minutes = 0.1
latest_minutes = 0.7
lull_at_earliest_seconds = 3
lull_at_latest_seconds = 2
return_after_minutes = 0.1
[break]
minutes = 0.5
window = "notification"
[activity]
poll_seconds = 0.25
"""


OF_THE_CHECKOUT = (sys.executable, "-m", "sitbreak")


class Place(Protocol):
    """A desktop on which programs run."""

    env: dict[str, str]

    def start(self, *command: str, extra_env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        """Starts one there."""
        ...

    def type_key(self) -> None:
        """Presses a key and lets it go."""
        ...


P = TypeVar("P", bound=Place)


class ProgramOn(Generic[P]):
    """`sitbreak run` on a desk; `home` is its SITBREAK_HOME, `command` what is called sitbreak."""

    def __init__(
        self, desk: P, home: Path, settings: str = SECONDS_LONG, command: Sequence[str] = OF_THE_CHECKOUT
    ) -> None:
        self.desk = desk
        self.command = tuple(command)
        self.home = home
        home.mkdir(exist_ok=True)
        if settings:
            (home / "sitbreak.toml").write_text(settings, encoding="utf-8")
        self.env = {**desk.env, "SITBREAK_HOME": str(home)}
        if self.command == OF_THE_CHECKOUT:
            self.env["PYTHONPATH"] = str(CHECKOUT)
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self, *options: str, under: Sequence[str] = ()) -> subprocess.Popen[bytes]:
        """Starts it, `under` another program where one is given, and waits for nothing."""
        command = (*under, *self.command, "run", *options)
        self.process = self.desk.start(*command, extra_env=self.env)
        return self.process

    def start(self, *options: str) -> None:
        """Starts it and waits until it answers."""
        process = self.begin(*options)

        def answers() -> bool:
            assert process.poll() is None, f"it ended with {process.returncode}"
            return bool(self.ask("status", "--json")["running"])

        wait_until(answers, 20.0, "the program to answer")

    def cli(self, *words: str) -> subprocess.CompletedProcess[str]:
        """One command, as typed in a terminal on this desk."""
        command = [*self.command, *words]
        return subprocess.run(command, env=self.env, cwd=self.home, capture_output=True, text=True, timeout=30)

    def ask(self, *words: str) -> Any:
        """What a command with --json prints."""
        return json.loads(self.cli(*words).stdout)

    def status(self) -> Any:
        """The status as the program tells it."""
        return self.ask("status", "--json")

    def kill(self) -> None:
        """kill -9."""
        assert self.process is not None
        os.kill(self.process.pid, 9)
        self.process.wait(10)

    def type_until(self, state: str, limit_s: float) -> Any:
        """Types, several times a second however slow it answers, until the prompt is in `state`; the status then."""
        with typing(self.desk):
            return wait_until(lambda: (now := self.status())["state"] == state and now, limit_s, f"the state {state}")


@contextmanager
def typing(desk: Place) -> Iterator[None]:
    """Somebody types there within the block, with pauses of a fifth of a second."""
    over = threading.Event()

    def type_on() -> None:
        while not over.wait(0.2):
            desk.type_key()

    hands = threading.Thread(target=type_on, daemon=True)
    hands.start()
    try:
        yield
    finally:
        over.set()
        hands.join()


Program = ProgramOn[Desk]

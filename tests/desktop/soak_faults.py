"""The long runs with faults: kills under input, hostile messages, partners that come and go, a fast life for long.

`make soak ARGS="-k kills"` runs one; KILLS, MESSAGES and MINUTES in the environment say how many.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sitbreak.settings.paths import Paths, find_paths
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.held import held
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = [pytest.mark.desktop, pytest.mark.soak]

KILLS = int(os.environ.get("KILLS", "300"))
MESSAGES = int(os.environ.get("MESSAGES", "10000"))
MINUTES = float(os.environ.get("MINUTES", "30"))
FAST = """
[prompt]
earliest_minutes = 0.05
latest_minutes = 0.1
lull_at_earliest_seconds = 1
lull_at_latest_seconds = 0.5
return_after_minutes = 0.05
declined_after_minutes = 0.05
unanswered_minutes = 0.05
[break]
minutes = 0.05
window = "{window}"
[activity]
poll_seconds = 0.25
"""


def _paths(program: Program) -> Paths:
    return find_paths({"SITBREAK_HOME": str(program.home)})


def _spans(program: Program) -> dict[str, Any]:
    """The kept spans by their beginning, but for the last one, which is still open."""
    lines = program.cli("export", "--format", "jsonl").stdout.splitlines()[1:]
    spans = [row for row in map(json.loads, lines) if row["kind"] == "span"]
    return {row["start"]: row for row in spans[:-1]}


def test_kills_under_input_lose_no_older_span(desk: Desk, tmp_path: Path) -> None:
    """Whatever it was doing when it was killed: everything older is there again, and it starts again."""
    program, random = Program(desk, tmp_path / "home", FAST.format(window="notification")), Random(1)
    known: dict[str, Any] = {}
    for number in range(KILLS):
        program.start()
        for _ in range(random.randrange(1, 12)):
            desk.xdotool("key", "a")
        if random.random() < 0.3:
            program.cli("break", "1")
        program.kill()
        found = _spans(program)
        assert {start: found.get(start) for start in known} == known, f"kill {number}"
        known = found


def _hostile(random: Random) -> bytes:
    """What no client of ours would say."""
    kind = random.randrange(6)
    if kind == 0:
        return random.randbytes(random.randrange(1, 400))
    if kind == 1:
        return json.dumps(
            {"do": random.choice(["status", "import", "forget", "key", "correct", "break", 7, None])}
        ).encode()
    if kind == 2:
        return b"[" * random.randrange(1, 50_000)
    if kind == 3:
        return json.dumps({"do": "key", "key": "".join(map(chr, random.choices(range(1, 0xD800), k=20)))}).encode()
    if kind == 4:
        return b'{"do": "break", "minutes": ' + str(random.choice([1e308, -1, "NaN", "9" * 5000])).encode() + b"}"
    return json.dumps({"do": "log_walk", "minutes": 1, "source": "\udcff"}, ensure_ascii=True).encode()


def test_hostile_messages_end_nothing(desk: Desk, tmp_path: Path) -> None:
    """With the key and without, whole and in pieces; afterwards it answers as before."""
    program, random = Program(desk, tmp_path / "home", FAST.format(window="notification")), Random(2)
    program.start()
    paths = _paths(program)
    key = paths.key_file.read_bytes()
    for _ in range(MESSAGES):
        authkey = key if random.random() < 0.95 else b"guessed"
        with (
            suppress(OSError, EOFError, AuthenticationError),  # turned away
            Client(paths.address, "AF_UNIX", authkey=authkey) as client,
        ):
            client.send_bytes(_hostile(random))
            if random.random() < 0.8 and client.poll(5.0):
                client.recv_bytes()
    assert program.status()["running"]
    assert program.cli("stop").returncode == 0


@pytest.mark.parametrize("window", ["notification", "card"])
def test_a_fast_life_grows_nothing(desk_factory: DeskFactory, tmp_path: Path, window: str) -> None:
    """Prompts, answers, breaks, menus and settings for half an hour: memory, descriptors, threads, children stay."""
    desk = desk_factory(panel="xfce", notifier="dunst")
    program, random = Program(desk, tmp_path / "home", FAST.format(window=window)), Random(3)
    litter = tmp_path / "tmp"
    litter.mkdir()
    program.env["TMPDIR"] = str(litter)
    program.start()
    assert program.process is not None
    pid = program.process.pid
    rounds = round(MINUTES * 60 / 2.5)
    warm: dict[str, int] = {}
    for number in range(rounds):
        live(program, random)
        if number == max(10, rounds // 10):
            warm = held(pid)
    now = held(pid)
    print(f"{window}: {rounds} rounds, {warm} -> {now}, shown {program.status()['last_prompt']!r}")
    assert now["kB"] <= warm["kB"] * 1.15 + 2000
    assert now["descriptors"] <= warm["descriptors"] + 8
    assert now["threads"] <= warm["threads"] + 4
    wait_until(lambda: held(pid)["children"] <= 2, 90.0, "the windows to be gone")
    assert list(litter.iterdir()) == []


def live(program: Program, random: Random) -> None:
    """Some seconds of somebody's day."""
    program.desk.xdotool("key", "--repeat", "4", "--delay", "120", "a")
    state = program.status()["state"]
    if state == "shown":
        words = random.choice([["start"], ["long"], ["snooze", "0.1"], ["not-now"], []])
        program.cli("answer", *words) if words else None
    elif random.random() < 0.2:
        program.cli("break", "0.05")
    elif random.random() < 0.1:
        program.cli("config", "set", "prompt.sound", random.choice(["true", "false"]))

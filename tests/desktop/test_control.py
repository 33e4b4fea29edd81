"""One program per user, and its control socket, on a real desktop."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from sitbreak.daemon.single_instance import RUNNING
from sitbreak.settings.paths import find_paths
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Program:
    """The program, put on a desk and not started yet."""
    return Program(desk, tmp_path / "home")


def start_another(program: Program) -> subprocess.Popen[str]:
    """`sitbreak run` on the same home, its words in a pipe."""
    command = [sys.executable, "-m", "sitbreak", "run"]
    return subprocess.Popen(
        command, env=program.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def test_a_second_run_says_so_and_leaves_the_first_alone(program: Program) -> None:
    """It ends with 1 and one sentence, and the first goes on."""
    program.start()
    second = program.cli("run")
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == f"{RUNNING}\n"
    opened = program.cli("run", "--window")
    assert (opened.returncode, opened.stdout) == (0, "The Today window opens.\n")
    assert program.status()["running"]


def test_of_two_started_at_once_one_runs(program: Program) -> None:
    """The other ends with 1, and there is one who answers."""
    both = [start_another(program), start_another(program)]
    try:
        wait_until(lambda: any(one.poll() is not None for one in both), 20.0, "one of them to give way")
        (left,) = [one for one in both if one.poll() is not None]
        assert left.returncode == 1
        assert "already running" in left.communicate()[1]
        wait_until(lambda: program.ask("status", "--json")["running"], 20.0, "the other to answer")
        assert program.cli("stop").returncode == 0
        (stayed,) = [one for one in both if one is not left]
        stayed.communicate(timeout=20)
        assert stayed.returncode == 0
    finally:
        for one in both:
            if one.poll() is None:
                one.kill()
                one.communicate()


def test_stop_ends_it_and_leaves_the_way_free(program: Program) -> None:
    """It ends with 0, the socket is gone, and the next start works."""
    program.start()
    assert program.process is not None
    assert program.cli("stop").returncode == 0
    assert program.process.wait(20) == 0
    assert program.ask("status", "--json") == {"running": False}
    program.start()
    assert program.status()["running"]


def test_after_a_kill_the_next_start_takes_over(program: Program) -> None:
    """A lock file, a key and a socket that were left behind hinder nobody."""
    program.start()
    program.kill()
    assert program.cli("status").returncode == 1
    program.start()
    assert program.status()["running"]


def test_nobody_else_can_read_what_it_keeps(program: Program) -> None:
    """The home is 0700, key and history 0600."""
    program.home.chmod(0o700)
    program.start()
    for name in ("control.key", "history.db"):
        assert stat.S_IMODE((program.home / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(program.home.stat().st_mode) == 0o700


def test_bad_requests_do_not_end_it(program: Program) -> None:
    """Garbage, unknown words and fields out of bounds: each is answered, and the program lives."""
    program.start()
    paths = find_paths({"SITBREAK_HOME": str(program.home)})
    requests = [b"garbage", b"[]", b'{"do": "explode"}', b'{"do": "key", "key": "pause:1e400"}',
                b'{"do": "correct", "from": "0001-01-01T00:00", "to": "x", "class": "SEATED"}']  # fmt: skip
    for request in requests:
        with Client(paths.address, authkey=paths.key_file.read_bytes()) as connection:
            connection.send_bytes(request)
            assert connection.poll(5.0)
            assert "error" in json.loads(connection.recv_bytes())
    assert program.status()["running"]


def test_a_recorded_run_can_be_replayed(program: Program) -> None:
    """`run --record`, a few keys, `stop`, `replay`: the log is whole and private."""
    log = program.home / "day.jsonl"
    program.start("--record", str(log))
    for seconds in (1, 2, 3):  # the log knows whole seconds only
        wait_until(lambda: program.status()["sitting"] > seconds, 10.0, "a second to pass")  # noqa: B023
        program.desk.xdotool("key", "a")
        wait_until(lambda: program.status()["idle"] < 1, 10.0, "the key to be seen")
    assert program.process is not None
    program.cli("stop")
    program.process.wait(20)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert lines[0]["settings"]["break.minutes"] == 0.5
    assert lines[-1]["do"] == "end"
    assert {line["do"] for line in lines[1:]} <= {"input", "end", "dnd_on", "dnd_off"}
    done = program.cli("replay", str(log), "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["spans"]

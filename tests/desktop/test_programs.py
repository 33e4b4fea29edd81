"""Other programs: the service on the session bus, the status watched, and a command at a reminder, all for real."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

import pytest

from sitbreak.adapters.programs.bus_service import NAME, PATH, PROPERTIES, REFUSED
from sitbreak.daemon.subscribers import MOVING
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(desk: Desk, tmp_path: Path) -> Program:
    """The program, running with its service on."""
    found = Program(desk, tmp_path / "home")
    assert found.cli("config", "set", "programs.bus_service", "on").returncode == 0
    found.start()
    wait_until(lambda: desk.bus.owned(NAME), what="the service")
    return found


def busctl(program: Program, *words: str) -> subprocess.CompletedProcess[str]:
    """What `busctl --user` says."""
    command = ["busctl", f"--address={program.desk.bus.address}", *words]
    return subprocess.run(command, env=program.desk.env, capture_output=True, text=True, check=False, timeout=20)


def value(program: Program, name: str) -> object:
    """A property."""
    return json.loads(busctl(program, "--json=short", "get-property", NAME, PATH, NAME, name).stdout)["data"]


@pytest.mark.desktop("busctl")
def test_the_service_tells_and_takes(program: Program) -> None:
    """Introspection, properties equal to the status, methods that act, and a refusal with its sentence."""
    listed = busctl(program, "introspect", NAME, PATH).stdout
    assert all(name in listed for name in (*PROPERTIES, "Snooze", "SetStanding"))
    wait_until(lambda: value(program, "State") == "resting", what="the present")
    assert value(program, "GoalMinutes") == 10
    paused = busctl(program, "call", NAME, PATH, NAME, "Pause", "d", "30")
    assert paused.returncode == 0, paused.stderr
    wait_until(lambda: value(program, "Paused") is True, what="the pause")
    assert program.status()["paused"] is True
    told = json.loads(str(value(program, "Json")))
    assert told["paused"] is True
    assert program.ask("status", "--json").keys() - told.keys() <= {"running", *MOVING}
    for method, said in (("WereUp", ("b", "true")), ("Gap", ("s", "here"))):
        unasked = busctl(program, "call", NAME, PATH, NAME, method, *said)
        assert "changes the past" in unasked.stderr
    refused = busctl(program, "call", NAME, PATH, NAME, "Start")
    assert refused.returncode != 0
    assert "No prompt is on show" in refused.stderr
    assert REFUSED.endswith("Refused")
    answer = busctl(program, "--json=short", "call", NAME, PATH, NAME, "Status").stdout
    whole = json.loads(json.loads(answer)["data"][0])
    assert whole["paused"] is True


@pytest.mark.desktop("busctl")
def test_a_bus_that_was_asked_to_be_left_is_left(program: Program) -> None:
    """Turned off, the name is free and nothing answers; turned on again it is back, without a restart."""
    assert program.cli("config", "set", "programs.bus_service", "off").returncode == 0
    wait_until(lambda: not program.desk.bus.owned(NAME), what="the name to be free")
    assert program.cli("config", "set", "programs.bus_service", "on").returncode == 0
    wait_until(lambda: program.desk.bus.owned(NAME), what="the service again")


def test_whatever_listens_on_the_bus_shares_one_connection(program: Program) -> None:
    """Tray, notes, what goes on around and the service: each further connection would be held all day."""
    place, bus = ("org.freedesktop.DBus", "/org/freedesktop/DBus"), program.desk.bus

    def told(member: str, name: str) -> object:
        return bus.call(*place, "org.freedesktop.DBus", member, "s", [name])[0]

    def rules() -> dict[str, list[str]]:
        return dict(bus.call(*place, "org.freedesktop.DBus.Debug.Stats", "GetAllMatchRules")[0])

    wait_until(lambda: "org.kde.StatusNotifierWatcher" in str(rules()), what="the tray")
    ours = told("GetConnectionUnixProcessID", NAME)
    listening = [name for name, wished in rules().items() if wished]  # not whoever asks this
    listeners = [name for name in listening if told("GetConnectionUnixProcessID", name) == ours]
    assert listeners == [told("GetNameOwner", NAME)]


@pytest.mark.desktop("dbus-monitor")
def test_a_change_is_signalled(program: Program, tmp_path: Path) -> None:
    """Who listens need not ask."""
    heard = tmp_path / "heard"
    with heard.open("w") as out:
        rule = f"type='signal',interface='org.freedesktop.DBus.Properties',path='{PATH}'"
        monitor = subprocess.Popen(["dbus-monitor", "--session", rule], env=program.desk.env, stdout=out)
    try:
        wait_until(lambda: heard.stat().st_size > 0, what="the monitor")
        program.cli("pause", "30")
        wait_until(lambda: '"Paused"' in heard.read_text(), what="the signal")
    finally:
        monitor.kill()
        monitor.wait()


def test_the_status_is_watched(program: Program) -> None:
    """A line at once, and one at a change, by a program that never asks twice."""
    command = [sys.executable, "-m", "sitbreak", "status", "--watch"]
    watching = subprocess.Popen(command, env=program.env, stdout=subprocess.PIPE, text=True)
    assert watching.stdout is not None
    try:
        first = json.loads(watching.stdout.readline())
        assert (first["running"], first["paused"]) == (True, False)
        program.cli("pause", "30")
        following = iter(watching.stdout.readline, "")
        before = list(takewhile(lambda line: not json.loads(line)["paused"], following))
        assert len(before) < 5
    finally:
        watching.kill()
        watching.wait()
        watching.stdout.close()


def test_a_command_runs_at_a_break(program: Program, tmp_path: Path) -> None:
    """With the facts of the break, as the settings say, without a restart."""
    hook = tmp_path / "hook"
    hook.write_text(
        f'#!/bin/sh\nenv | grep ^SITBREAK_ > "{tmp_path}/said.part"\nmv "{tmp_path}/said.part" "{tmp_path}/said"\n'
    )
    hook.chmod(0o755)
    assert program.cli("config", "set", "programs.on_break", str(hook)).returncode == 0
    assert program.cli("config", "get", "programs.on_break").stdout.strip().strip('"') == str(hook)

    def told() -> bool:
        program.cli("break", "1")
        return (tmp_path / "said").exists()

    wait_until(told, what="the command")
    facts = dict(line.split("=", 1) for line in (tmp_path / "said").read_text().splitlines())
    assert facts["SITBREAK_EVENT"] == "on_break"
    assert facts["SITBREAK_LENGTH_SECONDS"] == "60"


def test_a_command_with_half_a_quotation_is_refused(program: Program) -> None:
    """One sentence, and nothing is changed."""
    refused = program.cli("config", "set", "programs.on_prompt", "say 'hello")
    assert refused.returncode == 2
    assert "programs.on_prompt" in refused.stderr

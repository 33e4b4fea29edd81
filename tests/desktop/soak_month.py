"""Thirty days of work in five minutes: what the whole program holds of the system does not grow."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import CHECKOUT

pytestmark = [pytest.mark.desktop, pytest.mark.soak]

DAYS = 30
# What may be more late than early, beside a twentieth.
SLACK = {"kB": 0, "descriptors": 4, "threads": 2, "children": 1, "rules": 4, "files": 2}
SETTINGS = """
[activity]
poll_seconds = 30
[break]
window = "notification"
"""
BUS = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.Debug.Stats")


def match_rules(desk: Desk) -> int:
    """How many messages are asked for on the session bus, by everybody."""
    (rules,) = desk.bus.call(*BUS, "GetAllMatchRules")
    return sum(map(len, rules.values()))


def test_a_month_grows_nothing(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """Some 300 reminders answered in every way, menus and windows, thirty nights: what is held stays as it was."""
    desk = desk_factory(panel="xfce", notifier="dunst")
    home, litter = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    litter.mkdir()
    (home / "sitbreak.toml").write_text(SETTINGS, "utf-8")
    env = {**desk.env, "SITBREAK_HOME": str(home), "TMPDIR": str(litter), "PYTHONPATH": str(CHECKOUT), "TZ": "UTC"}
    command = [sys.executable, "-m", "tests.desktop.simulated_month"]
    with subprocess.Popen(command, env={**env, "DAYS": str(DAYS)}, cwd=CHECKOUT, stdout=subprocess.PIPE) as program:
        assert program.stdout is not None
        days = []
        for line in program.stdout:
            days.append({**json.loads(line), "rules": match_rules(desk), "files": len(list(home.rglob("*")))})
            print(days[-1])
    assert program.returncode == 0
    assert len(days) == DAYS
    assert sum(day["prompts"] for day in days) >= 5 * DAYS
    early, late = days[3:10], days[-7:]  # by day 3 every part was in use; a week has its ups and downs
    for what, slack in SLACK.items():
        before, now = (max(day[what] for day in week) for week in (early, late))
        assert now <= before * 1.05 + slack, f"{what}: {before} in the first week, {now} in the last"
    assert os.listdir(litter) == []

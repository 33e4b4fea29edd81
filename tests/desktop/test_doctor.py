"""`sitbreak doctor` on a real desktop: what it says is what is there."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


def ports_on(desk: Desk) -> dict[str, dict[str, Any]]:
    """What doctor says of each port; that it leaves with 0 is checked by `run`."""
    found = json.loads(desk.run(sys.executable, "-m", "sitbreak", "doctor", "--json"))
    return {port["name"]: port for port in found["ports"]}


def test_with_dunst_and_no_panel(desk_factory: DeskFactory) -> None:
    """Input by XInput 2; dunst without buttons; no tray to show an icon in."""
    ports = ports_on(desk_factory(notifier="dunst"))
    assert ports["activity"]["used"] == ["xinput2"]
    assert ports["notifications"]["used"] == ["freedesktop"]
    assert "dunst; it shows no buttons" in ports["notifications"]["notes"][0]
    assert "No panel takes StatusNotifier icons" in ports["tray"]["notes"][0]


def test_what_the_running_program_uses_counts(desk: Desk, tmp_path: Path) -> None:
    """A program that cannot see input is told as blind and its choices as they are, though this command could see."""
    program = Program(desk, tmp_path / "home")
    display, program.env["DISPLAY"] = program.env["DISPLAY"], ":6072"
    program.start()
    program.env["DISPLAY"] = display
    found = json.loads(program.cli("doctor", "--json").stdout)
    ports = {port["name"]: port for port in found["ports"]}
    assert found["sees_activity"] is False
    assert ports["activity"]["used"] == []
    assert "cannot be reached" in {each["name"]: each["reason"] for each in ports["activity"]["others"]}["xinput2"]
    assert any("no panel has taken the icon" in limit for limit in ports["tray"]["limits"])
    program.cli("stop")


def test_a_window_that_does_not_start_is_told_while_the_program_runs(desk: Desk, tmp_path: Path) -> None:
    """Its process is tried, though the program has shown no window yet; one that starts is told without limits."""
    program = Program(desk, tmp_path / "home")
    program.start()
    window = {port["name"]: port for port in program.ask("doctor", "--json")["ports"]}["break window"]
    assert (window["used"], window["limits"]) == (["qt"], [])
    program.env["QT_QPA_PLATFORM"] = "nonsense"
    window = {port["name"]: port for port in program.ask("doctor", "--json")["ports"]}["break window"]
    assert any("did not open" in limit for limit in window["limits"])
    program.cli("stop")


def test_with_a_panel_and_a_service_with_buttons(full_desk: Desk) -> None:
    """A panel with a tray, and Xfce's notifications, which show buttons."""
    ports = ports_on(full_desk)
    assert ports["tray"]["notes"] == ["A panel with a tray is running."]
    assert "it shows buttons" in ports["notifications"]["notes"][0]


def test_a_session_type_that_is_left_over_blinds_nobody(desk_factory: DeskFactory) -> None:
    """A VNC server started from a Wayland session says "wayland" and has only a DISPLAY: input is seen through it."""
    assert ports_on(desk_factory(extra_env={"XDG_SESSION_TYPE": "wayland"}))["activity"]["used"] == ["xinput2"]


def test_what_waits_for_a_service_is_not_called_used(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """On a desk with dunst alone its do-not-disturb is used; that of other services is told with what it waits for."""
    program = Program(desk_factory(notifier="dunst"), tmp_path / "home")
    program.start()
    found = json.loads(program.cli("doctor", "--json").stdout)
    port = {port["name"]: port for port in found["ports"]}["context: dnd"]
    reasons = {other["name"]: other["reason"] for other in port["others"]}
    assert port["used"] == ["dnd-dunst"]
    assert reasons["dnd-plasma"] == "Notifications are shown by dunst now."
    assert reasons["dnd-swaync"] == "org.erikreider.swaync.cc is not running; it is noticed when it comes."
    program.cli("stop")


def test_without_a_notification_service_that_is_told_where_people_look(desk: Desk, tmp_path: Path) -> None:
    """The reminder comes as a card, and the status says why; nothing is wrong before one was tried."""
    program = Program(desk, tmp_path / "home")
    program.start()
    assert program.status()["trouble"] == ""
    program.type_until("shown", 60.0)
    wait_until(lambda: "Nothing here shows notifications" in program.status()["trouble"], 10.0, "the reason")
    desk.wait_for_window("sitbreak|Break")
    program.cli("stop")

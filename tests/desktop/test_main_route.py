"""The main job on a real desktop: type, be prompted at a lull, press a button, get up, and find it in the books."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop


@pytest.fixture
def program(full_desk: Desk, tmp_path: Path) -> Program:
    """The program, running on a desk with a panel and notifications."""
    program = Program(full_desk, tmp_path / "home")
    program.start()
    return program


def take_a_break(program: Program) -> None:
    """From the first key press to the return after a break, with the mouse on the notification's button."""
    assert program.type_until("seeking", 20.0)["last_shown"] is None  # not while typing
    wait_until(lambda: program.status()["state"] == "shown", 10.0, "a prompt at the lull")
    press_start(program.desk)
    wait_until(lambda: program.status()["break_left"] is not None, 10.0, "the break")
    wait_until(lambda: program.status()["break_left"] <= -8, 50.0, "the end of the countdown, and a little longer")
    program.desk.xdotool("key", "a")
    wait_until(lambda: program.status()["break_left"] is None, 10.0, "the break to be settled")


def press_start(desk: Desk) -> None:
    """Clicks the first button of the notification in the upper right corner, and leaves the mouse alone."""
    note = desk.wait_for_window("xfce4-notifyd")
    place = dict(line.split("=") for line in desk.xdotool("getwindowgeometry", "--shell", note).split() if "=" in line)
    x, y = int(place["X"]), int(place["Y"])
    desk.xdotool("mousemove", str(x + 60), str(y + int(place["HEIGHT"]) - 32), "click", "1")


def test_a_break_taken_at_a_lull_is_in_the_books_and_survives_a_kill(program: Program) -> None:
    """Typing holds the prompt back, a lull brings it, and the break is still there after kill -9."""
    take_a_break(program)
    (day,) = program.ask("summary", "--json")["days"]
    assert [(prompt["reason"], prompt["outcome"]) for prompt in day["prompts"]] == [("lull", "taken")]
    assert 38 / 60 <= day["M"] <= 60 / 60  # the 38 s hands off that were waited for, at most twice the half minute
    label = f"Today {int(day['M'])} of 10 min out of the chair"  # complete minutes, as in the summary
    wait_until(lambda: label in menu_labels(program.desk), 5.0, "the tray's label")
    program.kill()
    assert program.ask("summary", "--json")["days"][0]["M"] == pytest.approx(day["M"])
    program.start()
    assert program.status()["confirmed_minutes"] == pytest.approx(day["M"])


def menu_labels(desk: Desk) -> str:
    """The labels of the tray menu, as the panel reads them."""
    watcher = "org.kde.StatusNotifierWatcher"
    properties = "org.freedesktop.DBus.Properties"
    items = desk.bus.call(
        watcher, "/StatusNotifierWatcher", properties, "Get", "ss", [watcher, "RegisteredStatusNotifierItems"]
    )[0].value
    owner, _, _ = items[0].partition("/")
    layout = desk.bus.call(owner, "/MenuBar", "com.canonical.dbusmenu", "GetLayout", "iias", [0, -1, ["label"]])
    return " ".join(child.value[1]["label"].value for child in layout[1][2] if "label" in child.value[1])

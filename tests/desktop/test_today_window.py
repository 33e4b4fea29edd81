"""Today of the running program, and what it leads to, by way of a screen reader: read, and put right."""

from __future__ import annotations

import zlib
from datetime import timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history.formats import write_jsonl
from sitbreak.core.timeline import DAY_START
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.desktop.screen import Screen
from tests.desktop.test_today_placed import framed
from tests.review.made import Story
from tests.review.told import one_day
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop
READER = str(Path(__file__).with_name("read_aloud.py"))


def told(desk: Desk, press: str = "") -> str:
    """What the window says; `press`: a name that is pressed meanwhile."""
    wanted = ("--press", press) if press else ()
    return desk.run("/usr/bin/python3", READER, *wanted, "sitbreak", "__main__.py", limit_s=60)


@pytest.fixture
def reading_desk(desk_factory: DeskFactory) -> Desk:
    """A desk with a screen reader's bus."""
    return desk_factory(accessibility=True, extra_env={"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"})


def test_yesterday_is_read_and_put_right(reading_desk: Desk, tmp_path: Path) -> None:
    """Figures as in the summary; a stretch that was not sure is sitting after one press, as before after another."""
    program = Program(reading_desk, tmp_path / "home")
    yesterday = SystemClock().now().day(DAY_START) - timedelta(days=1)
    facts, file = one_day(Story(f"{yesterday}T09:00")).facts(), tmp_path / "yesterday.jsonl"
    with file.open("w", encoding="utf-8") as out:
        write_jsonl([*facts.spans, *facts.prompts, *facts.breaks, *facts.movement], out)
    assert program.cli("import", str(file)).returncode == 0
    program.start()
    assert program.cli("today").returncode == 0
    reading_desk.wait_for_window("Today")
    wait_until(lambda: "Earlier" in told(reading_desk), 30.0, "the window to be readable")
    told(reading_desk, press="Earlier")
    wait_until(lambda: "10:59 to 11:44" in told(reading_desk), 20.0, "yesterday")
    found = told(reading_desk)
    (before,) = program.ask("summary", "--day", yesterday.isoformat(), "--json")["days"]
    assert f"{int(before['C'])} of 10 min" in found
    told(reading_desk, press="11:00 to 11:44: Sitting")
    wait_until(lambda: "is noted as sat" in told(reading_desk), 20.0, "the answer")
    (after,) = program.ask("summary", "--day", yesterday.isoformat(), "--json")["days"]
    assert after["S"] == pytest.approx(before["S"] + 44, abs=0.1)
    wait_until(lambda: "11:00 to 11:44: sat: Take it back" in told(reading_desk), 20.0, "what was said")
    told(reading_desk, press="11:00 to 11:44: sat: Take it back")
    wait_until(lambda: "Taken back" in told(reading_desk), 20.0, "that it is taken back")
    (again,) = program.ask("summary", "--day", yesterday.isoformat(), "--json")["days"]
    assert again["S"] == pytest.approx(before["S"], abs=0.1)


def test_a_plan_is_begun_and_a_movement_gets_its_star(reading_desk: Desk, tmp_path: Path) -> None:
    """From Today on, pressed as a screen reader presses: what each window says is in the files afterwards."""
    program = Program(reading_desk, tmp_path / "home")
    program.start()
    opened_from_today(program, "Plans")
    wait_until(lambda: "Push-ups: Begin" in told(reading_desk), 30.0, "the plans to be readable")
    told(reading_desk, press="Push-ups: Begin")
    wait_until(lambda: "Push-ups: Log it" in told(reading_desk), 20.0, "the plan to run")
    assert [each["name"] for each in program.ask("plan", "status", "--json")] == ["push-ups"]
    opened_from_today(program, "Movements")
    wait_until(lambda: "Favourite, comes more often" in told(reading_desk), 30.0, "the movements to be readable")
    told(reading_desk, press="Water trip")
    told(reading_desk, press="Favourite, comes more often")
    wait_until(lambda: "Water trip, favourite" in told(reading_desk), 20.0, "the star")
    assert "walk-water" in program.cli("config", "get", "movements.favourites").stdout


def test_no_line_moves_under_the_hand(desk_factory: DeskFactory, tmp_path: Path) -> None:
    """A break begins and the list has other lines: they are shown once the pointer has left the window."""
    desk = desk_factory(size="1280x900")
    program, screen = Program(desk, tmp_path / "home"), Screen(desk, tmp_path)
    program.start()
    assert program.cli("today").returncode == 0
    left, top, right, bottom = framed(desk, desk.wait_for_window("^Today$"))

    def lines() -> int:
        """A sum of the lower half of the list, of which nothing but its place changes."""
        return zlib.crc32(screen.shot(top + 400, bottom - 60).crop((left + 40, 0, left + 320, 1000)).tobytes())

    def rests() -> bool:
        seen.append(lines())
        return len(seen) > 3 and len(set(seen[-3:])) == 1

    seen: list[int] = []
    for step in (400, 404):
        desk.xdotool("mousemove", str(right - 40), str(top + step))
    wait_until(rests, what="the window to be drawn")
    before = lines()
    assert program.cli("break").returncode == 0
    assert program.cli("break").returncode == 0  # the second answer comes after the window was told of the first
    assert lines() == before
    desk.xdotool("mousemove", "2", "2")
    wait_until(lambda: lines() != before, what="the lines of a break")


def opened_from_today(program: Program, window: str) -> None:
    """Opens Today, and this one from there."""
    assert program.cli("today").returncode == 0
    program.desk.wait_for_window("^Today$")
    wait_until(lambda: f"{window}\n" in told(program.desk), 30.0, "Today to be readable")
    told(program.desk, press=window)
    program.desk.wait_for_window(f"^{window}$")

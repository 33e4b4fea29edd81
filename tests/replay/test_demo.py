"""The demo: a made-up day in a terminal, or line by line in a pipe."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from rich.console import Console
from rich.live import Live

from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.cli import main, recorded_day
from sitbreak.core.machine import Machine
from sitbreak.core.records import Facts, Outcome, Reason
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.replay.player import Look, play_log
from sitbreak.replay.terminal_view import DemoFrame, DemoPace, Screen, picture

DAY = recorded_day.demo_day()
LENGTH = timedelta(seconds=DAY.end)
BEGIN = Instant(ZERO, DAY.start, DAY.zone)
FRAME = DemoFrame("A made-up Monday", BEGIN, LENGTH, {})


def played(history: MemoryHistory, look: Look | None = None) -> Facts:
    """The books of the demo's day."""
    return play_log(DAY, history, look=look).facts


def drawn(console: Console, every: int = 400) -> list[str]:
    """The pictures of the demo's day, one in `every` steps of the loop."""
    history, found, steps = MemoryHistory(), [], iter(range(10**6))

    def look(machine: Machine, at: Instant) -> None:
        if next(steps) % every == 0:
            history.keep(machine.checkpoint(at))
            with console.capture() as captured:
                console.print(picture(FRAME, history, machine, at))
            found.append(captured.get())

    played(history, look)
    return found


def screen(width: int = 80, **more: bool) -> Console:
    """A terminal nobody sees."""
    return Console(file=io.StringIO(), force_terminal=True, width=width, height=30, **more)  # type: ignore[arg-type]


def test_in_a_pipe_the_day_is_told_line_by_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Reminders, what became of them, and the summary; no control sequences, no waiting, the same each time."""
    assert main(["demo"]) == 0
    told = capsys.readouterr().out
    assert re.search(r"^\d\d:\d\d  [A-Z][^:]+: taken \(.*3\d min", told, re.MULTILINE)
    assert re.search(r"^\d\d:\d\d  [A-Z][^:]+: later", told, re.MULTILINE)
    assert "Out of the chair, you confirmed" in told
    assert told.rstrip().endswith(recorded_day.CLOSING)
    assert "\x1b" not in told
    assert main(["demo", "--fast"]) == 0
    assert capsys.readouterr().out == told


def test_the_day_shows_what_there_is_to_show() -> None:
    """Prompts at a lull, after a call and after a snooze; taken, put off and left."""
    prompts = played(MemoryHistory()).prompts
    assert {prompt.reason for prompt in prompts} >= {Reason.LULL, Reason.HELD_END, Reason.SNOOZE}
    assert {prompt.outcome for prompt in prompts} >= {Outcome.TAKEN, Outcome.SNOOZED, Outcome.LEFT}


@pytest.mark.parametrize("words", [["--seconds", "soon"], ["--seconds", "-1"], ["--seconds", "nan"]])
def test_what_is_no_number_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """In one sentence, with exit code 2."""
    with pytest.raises(SystemExit) as stopped:
        main(["demo", *words])
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("sitbreak: Argument --")


def test_looking_on_changes_nothing() -> None:
    """The books of a day that is drawn are those of the same day left alone."""
    history, pace = MemoryHistory(), DemoPace(SystemClock(), 0.0, LENGTH)
    with Live(console=screen(), auto_refresh=False) as live:
        looked = played(history, Screen(live, history, FRAME, pace).look)
    assert looked == played(MemoryHistory())


def test_a_picture_fits_into_80_columns_and_keeps_its_height() -> None:
    """From the first to the last picture; the strip grows from one end of the day to the other."""
    pictures = [picture.splitlines() for picture in drawn(screen(no_color=True))]
    plain = [[re.sub(r"\x1b\[[0-9;]*m", "", line) for line in each] for each in pictures]
    assert max(len(line) for each in plain for line in each) <= 80
    assert {len(each) for each in plain} == {22}
    strips = [len(each[5].rstrip()) for each in plain]
    assert strips == sorted(strips)
    assert strips[0] < 10
    assert strips[-1] > 70


def test_without_colour_nothing_is_lost() -> None:
    """With NO_COLOR there is no colour, and the same words."""
    colourful, without = drawn(screen(color_system="standard"), 2000), drawn(screen(no_color=True), 2000)  # type: ignore[arg-type]
    assert any(re.search(r"\x1b\[(1;)?3\dm", each) for each in colourful)
    assert not any(re.search(r"\x1b\[(1;)?3\dm", each) for each in without)
    assert [re.sub(r"\x1b\[[0-9;]*m", "", each) for each in colourful] == [
        re.sub(r"\x1b\[[0-9;]*m", "", each) for each in without
    ]


def test_a_day_takes_as_long_as_it_is_given() -> None:
    """It stands still at each prompt, and is at its end when the seconds are over."""
    clock = SystemClock()
    begun = clock.now()
    pace = DemoPace(clock, 0.2, LENGTH, [LENGTH / 4, LENGTH / 2])
    pace.reach(LENGTH / 2)
    half = clock.now().since(begun)
    pace.reach(LENGTH)
    assert half >= timedelta(seconds=0.099)
    assert clock.now().since(begun) >= timedelta(seconds=0.199)

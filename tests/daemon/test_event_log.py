"""The event log of a run: what it may tell, and that a replay of it books what the run booked."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sitbreak.adapters.clock import SimulatedClock
from sitbreak.core import events as e
from sitbreak.core.effects import Effect, ShowPrompt
from sitbreak.core.event_messages import SENSED
from sitbreak.core.machine import Machine
from sitbreak.core.memory import begin
from sitbreak.core.records import Facts, GapLabel, SpanClass
from sitbreak.core.rules import Rules
from sitbreak.core.timeline import ZERO, Instant
from sitbreak.daemon.event_log import Recorder, ruling
from sitbreak.daemon.loop import Loop
from sitbreak.replay.log import FIELDS, read
from sitbreak.replay.player import play
from sitbreak.replay.player import spans as told
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings
from tests.fakes.machine import KEY, SECOND, ScriptedFeed, Walks
from tests.fakes.ports import FakeHistory, FakePerformer

BERLIN = ZoneInfo("Europe/Berlin")
START = Instant(ZERO, datetime(2026, 3, 2, 8, 0, tzinfo=UTC), BERLIN)
FIVE = 5 * SECOND


class Recorded:
    """A run of the program from a script, recorded."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.clock = SimulatedClock(START)
        self.feed = ScriptedFeed(self.clock)
        self.history = FakeHistory()
        self.recorder = Recorder(file, START)
        machine = Machine(Rules(), Walks(), begin(START, Rules()))
        performer = FakePerformer(self._shown)
        self.loop = Loop(
            machine, self.clock, self.feed, self.history, performer, FIVE, recorder=self.recorder.note, strict=True
        )
        self.answers: list[e.Event] = []

    def _shown(self, effect: Effect, at: Instant) -> None:
        """A person who answers a prompt two or three seconds later, on the full second, as the log tells time."""
        if isinstance(effect, ShowPrompt) and self.answers:
            self.feed.plan(at.elapsed // SECOND + 3, self.answers.pop(0))

    def run_for(self, seconds: float) -> Facts:
        """Plays the script; what was booked."""
        while self.clock.now().elapsed < seconds * SECOND:
            self.loop.step()
        self.loop.apply(e.Present(last=True), self.clock.now())
        self.loop.checkpoint(self.clock.now())
        self.recorder.close()
        days = self.history.days()
        return self.history.facts(days[0], days[-1])

    @property
    def lines(self) -> list[dict[str, object]]:
        """The log."""
        return [json.loads(line) for line in self.file.read_text("utf-8").splitlines()]


@pytest.fixture
def run(tmp_path: Path) -> Recorded:
    """A run that begins at nine in Berlin."""
    return Recorded(tmp_path / "day.jsonl")


def replayed(run: Recorded) -> Facts:
    """What a replay of the log books."""
    return play(read(run.file.read_text("utf-8").splitlines()), Rules(), Walks()).facts


# -- what it tells


@pytest.mark.unix("file modes")
def test_the_log_is_private_and_names_the_place(run: Recorded) -> None:
    """0600; the first line says when and in which zone, the last where it ends."""
    run.feed.plan(1, KEY)
    run.run_for(10)
    assert stat.S_IMODE(run.file.stat().st_mode) == 0o600
    assert run.lines[0] == {"replay": 1, "start": "2026-03-02T09:00:00+01:00", "tz": "Europe/Berlin"}
    assert run.lines[-1] == {"t": 10, "do": "end"}


def test_fast_typing_becomes_one_input_a_second(run: Recorded) -> None:
    """Whole seconds, and nothing but the kind."""
    for tenth in range(100):
        run.feed.plan(1 + tenth / 10, KEY)
    run.run_for(20)
    inputs = [line for line in run.lines if line.get("do") == "input"]
    assert inputs == [{"t": second, "do": "input", "kind": "key"} for second in range(1, 12)]
    assert all(isinstance(line["t"], int) for line in run.lines[1:])


def test_kinds_are_told_and_nothing_else(run: Recorded) -> None:
    """No holder of a call, no reason, no name of anything."""
    run.feed.plan(1, e.ActivityObserved(e.InputKind.CLICK))
    run.feed.plan(2, e.SignalChanged(e.Signal.CALL, True, "Zoom"))
    run.feed.plan(3, e.SourceLost("/dev/input/event7 is gone"))
    run.feed.plan(4, e.SourceBack())
    run.run_for(10)
    text = run.file.read_text("utf-8")
    assert "Zoom" not in text
    assert "/dev" not in text
    assert [line["do"] for line in run.lines[1:]] == ["input", "call_on", "source_lost", "source_back", "end"]


def test_what_the_log_has_no_word_for_is_left_out(run: Recorded) -> None:
    """Ticks, deliveries, apps on the quiet list and working hours."""
    run.feed.plan(1, e.PromptDelivered(1, "card"))
    run.feed.plan(2, e.SignalChanged(e.Signal.QUIET_APP, True, "OBS"))
    run.feed.plan(3, e.SignalChanged(e.Signal.OFF_HOURS, True))
    run.feed.plan(4, e.LevelChosen("march", "easier"))
    run.run_for(10)
    assert len(run.lines) == 2


EVENTS: list[e.Event] = [
    *SENSED.values(),
    KEY, e.Locked(), e.Unlocked(), e.Slept(), e.Woke(), e.SourceLost("x"), e.SourceBack(), e.Stopped(), e.Started(),
    *(e.SignalChanged(signal, on) for signal in (
        e.Signal.CALL, e.Signal.MEDIA, e.Signal.FULLSCREEN, e.Signal.PRESENTING, e.Signal.SHARING, e.Signal.DND,
    ) for on in (True, False)),
    e.Declared(e.Signal.MEETING, True), e.Declared(e.Signal.READING, False), e.StandingDeclared(True),
    *(e.PromptAnswered(answer) for answer in e.Answer), e.UpAnswered(True), e.BreakRequested(),
    e.BreakRequested(timedelta(minutes=5), "walk-talk"), *(e.GapAnswered(label, 5.0) for label in GapLabel),
    e.GapAnswered(GapLabel.STOOD), e.WalkLogged(12.5), e.PauseRequested(), e.PauseRequested(600 * SECOND),
    e.ResumeRequested(), e.CorrectionRequested(START, START.plus(SECOND), SpanClass.STANDING),
]  # fmt: skip


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_every_line_that_is_written_can_be_read(tmp_path: Path, event: e.Event) -> None:
    """Whatever happens, the log is one that a replay takes."""
    recorder = Recorder(tmp_path / "log.jsonl", START)
    recorder.note(KEY, START)
    recorder.note(event, START.plus(5 * SECOND))
    recorder.close()
    log = read((tmp_path / "log.jsonl").read_text("utf-8").splitlines())
    assert [line.do in FIELDS for line in log.lines] == [True] * len(log.lines)
    assert len(log.lines) == 3


def test_a_log_of_a_run_that_was_killed_can_be_replayed(run: Recorded) -> None:
    """Every line is on the disk as soon as it happened."""
    run.feed.plan_typing(0, 60, 10)
    while run.clock.now().elapsed < 60 * SECOND:
        run.loop.step()
    log = read(run.file.read_text("utf-8").splitlines())
    assert log.end == 60.0
    run.recorder.close()


def test_steps_of_the_wall_clock_and_new_zones_are_lines(run: Recorded) -> None:
    """Signed seconds, and the name of the zone."""
    run.feed.plan(1, KEY)
    run.loop.step()
    run.clock.step(timedelta(hours=-1))
    run.feed.plan(6, KEY)
    run.loop.step()
    run.clock.set_zone(ZoneInfo("Asia/Tokyo"))
    run.feed.plan(11, KEY)
    run.run_for(15)
    found = [line for line in run.lines if line.get("do") in ("clock_step", "zone")]
    assert found == [{"t": 6, "do": "clock_step", "seconds": -3600}, {"t": 11, "do": "zone", "tz": "Asia/Tokyo"}]


# -- what a replay makes of it


def plain_morning(run: Recorded) -> None:
    """Typing, a lunch with the screen locked, typing."""
    run.feed.plan_typing(5, 1500, 20)
    run.feed.plan(1510, e.Locked())
    run.feed.plan(2400, e.Unlocked())
    run.feed.plan_typing(2405, 3300, 15)


def breaks_and_answers(run: Recorded) -> None:
    """A prompt snoozed, the next taken, a break begun unprompted."""
    run.answers = [e.PromptAnswered(e.Answer.SNOOZE, timedelta(minutes=5)), e.PromptAnswered(e.Answer.START)]
    run.feed.plan_typing(5, 2910, 15)
    run.feed.plan_typing(3200, 4000, 20)
    run.feed.plan(4001, e.BreakRequested(timedelta(minutes=5)))
    run.feed.plan_typing(4200, 4400, 20)


def calls_and_films(run: Recorded) -> None:
    """Evidence of presence, a declared meeting, standing, and a long gap that is answered."""
    run.feed.plan_typing(5, 300, 20)
    run.feed.plan(310, e.SignalChanged(e.Signal.CALL, True, "Zoom"))
    run.feed.plan(1400, e.SignalChanged(e.Signal.CALL, False))
    run.feed.plan_typing(1405, 1600, 20)
    run.feed.plan(1605, e.StandingDeclared(True))
    run.feed.plan_typing(1610, 2000, 20)
    run.feed.plan(2005, e.StandingDeclared(False))
    run.feed.plan_typing(4000, 4100, 20)
    run.feed.plan(4105, e.GapAnswered(GapLabel.WALKED, 10.0))
    run.feed.plan_typing(4110, 4200, 20)


def sleep_and_blindness(run: Recorded) -> None:
    """The lid is shut, the source is lost and found, nobody watches for a while, prompts are paused."""
    run.feed.plan_typing(5, 600, 20)
    run.feed.plan(610, e.Slept())
    run.feed.plan(1500, e.Woke())
    run.feed.plan_typing(1505, 1800, 20)
    run.feed.plan(1805, e.SourceLost("gone"))
    run.feed.plan(2300, e.SourceBack())
    run.feed.plan_typing(2305, 2500, 20)
    run.feed.plan(2505, e.PauseRequested(495 * SECOND))
    run.feed.plan(2600, e.Stopped())
    run.feed.plan(3500, e.Started())
    run.feed.plan_typing(3505, 3600, 20)


def corrected(run: Recorded) -> None:
    """A stretch of the past is corrected, and a walk logged."""
    plain_morning(run)

    def correct(at: Instant) -> None:
        run.loop.checkpoint(at)
        booked = run.history.facts(START.local.date(), START.local.date()).spans
        edges = (START.plus(1600 * SECOND), START.plus(2000 * SECOND))
        run.loop.apply(e.CorrectionRequested(*edges, SpanClass.BREAK, booked), at)

    run.feed.plan_call(3310, correct)
    run.feed.plan(3320, e.WalkLogged(15.0))


@pytest.mark.parametrize(
    "day", [plain_morning, breaks_and_answers, calls_and_films, sleep_and_blindness, corrected],
    ids=lambda day: day.__name__,
)  # fmt: skip
def test_a_replay_books_what_the_run_booked(run: Recorded, day: Callable[[Recorded], None]) -> None:
    """Spans, prompts with their outcomes, breaks, answers and corrections are the same."""
    day(run)
    live = run.run_for(4500)
    again = replayed(run)
    assert told(list(again.spans)) == told(list(live.spans))
    assert [(p.shown.elapsed, p.reason, p.outcome) for p in again.prompts] == [
        (p.shown.elapsed, p.reason, p.outcome) for p in live.prompts
    ]
    assert [b.credited for b in again.breaks] == [b.credited for b in live.breaks]
    assert [(g.label, g.start.elapsed) for g in again.gaps] == [(g.label, g.start.elapsed) for g in live.gaps]
    assert [(m.minutes, m.counted) for m in again.movement] == [(m.minutes, m.counted) for m in live.movement]
    assert [(c.start.elapsed, c.end.elapsed) for c in again.corrections] == [
        (c.start.elapsed, c.end.elapsed) for c in live.corrections
    ]


def test_the_settings_a_day_depends_on_are_in_the_first_line(tmp_path: Path) -> None:
    """Those that differ from the defaults, the earliest as it is in force, and no name of an app."""
    wanted: dict[str, object] = {
        "prompt.latest_minutes": 40,
        "break.minutes": 3,
        "prompt.quiet_apps": ["obs"],
        "working_hours.mon": ["09:00-17:00"],
    }
    settings = apply(Settings(), wanted).settings
    rules = replace(settings.rules(), earliest=timedelta(minutes=35))
    Recorder(tmp_path / "log.jsonl", START, ruling(settings, rules)).close()
    text = (tmp_path / "log.jsonl").read_text("utf-8")
    found = json.loads(text.splitlines()[0])["settings"]
    assert "obs" not in text
    assert {"prompt.earliest_minutes": 35, "prompt.latest_minutes": 40, "break.minutes": 3}.items() <= found.items()
    assert "working_hours.mon" in found
    again = apply(Settings(), read(text.splitlines()).settings)
    assert (again.problems, again.settings.rules()) == ((), rules)


def test_usual_settings_need_no_words(tmp_path: Path) -> None:
    """The first line of a run with the defaults has none."""
    assert ruling(Settings(), Rules()) == {}


def test_something_happened_on_those_days(run: Recorded) -> None:
    """The comparison above is not one of empty days."""
    breaks_and_answers(run)
    live = run.run_for(4500)
    assert [prompt.outcome for prompt in live.prompts] == ["snoozed", "taken"]
    assert len(live.breaks) == 2
    assert SpanClass.BREAK in {span.kind for span in live.spans}

"""Journals with everything that can be wrong with their lines: nothing is lost, or counted twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from sitbreak.adapters.history.formats import journal_header
from sitbreak.adapters.history.memory import all_of
from sitbreak.core.device_books import TOLERANCE
from sitbreak.core.records import Evidence, Facts, Span, SpanClass, Strength
from sitbreak.daemon.device_requests import answer
from sitbreak.review import chart_geometry, figures
from sitbreak.review.build import Books, Terms, render, review
from sitbreak.review.strip import told_places
from tests.fakes.household import MINUTE, START, Computer, at, minutes_of, replicate, sat


def test_two_computers_have_the_books_of_one_body(two: tuple[Computer, Computer]) -> None:
    """Both say two hours, in one stretch; the own records of each stay their own."""
    desk, laptop = two
    assert minutes_of(desk) == minutes_of(laptop) == 120
    assert desk.facts() == laptop.facts()
    assert [(each.name, each.own) for each in desk.known()] == [("desk", True), ("laptop", False)]
    assert list(all_of(desk.history.facts(START.date(), START.date()))) == [sat(0, 60)]
    assert [span.duration for span in desk.facts().spans] == [120 * MINUTE]


def test_a_journal_is_an_export_that_only_grows(two: tuple[Computer, Computer]) -> None:
    """One record a line after the header; a record that goes on is a line more, with a higher number."""
    desk, _ = two
    (journal,) = desk.journals()
    assert journal.name == "2026-11.jsonl"
    before = journal.read_text()
    desk.keep(Facts(spans=(sat(0, 61),)))
    desk.exchange()
    after = journal.read_text()
    assert after.startswith(before)
    lines = [json.loads(line) for line in after.splitlines()]
    assert lines[0] == {"kind": "sitbreak-history", "version": 1, "device": desk.id}
    assert [line["kind"] for line in lines[1:]] == ["span", "span"]
    assert lines[1]["n"] < lines[2]["n"]


def test_journals_of_many_months_are_all_read(two: tuple[Computer, Computer]) -> None:
    """Those that hold nothing new take nothing from what a pass may read."""
    desk, laptop = two
    for month in range(1, 15):
        day = START.date().replace(year=2025 + month // 13, month=(month - 1) % 12 + 1)
        desk.keep(Facts(spans=(dated(sat(0, 60), day),)))
    desk.settle()
    assert len(desk.journals()) == 15
    replicate(desk, laptop)
    laptop.settle()
    assert len(laptop.body.days()) == 15


def dated(span: Span, day: date) -> Span:
    """The same on another day."""
    by = (day - START.date()).days * 24 * 60 * MINUTE
    return replace(span, start=span.start.plus(by), end=span.end.plus(by), day=day)


def test_a_torn_last_line_waits(two: tuple[Computer, Computer]) -> None:
    """Half a line is no record; once the rest is there it is read."""
    desk, laptop = two
    desk.keep(Facts(spans=(sat(0, 60), sat(130, 140))))
    desk.exchange()
    whole = desk.journals()[0].stat().st_size
    replicate(desk, laptop, whole - 20)
    laptop.settle()
    assert minutes_of(laptop) == 120
    replicate(desk, laptop)
    laptop.settle()
    assert minutes_of(laptop) == 130
    assert not laptop.known()[1].apart


@pytest.mark.parametrize(
    "name",
    [
        "2026-11 (conflicted copy 2026-11-02 101010).jsonl",
        "2026-11 (desk's conflicted copy 2026-11-02).jsonl",
        "2026-11.sync-conflict-20261102-101010-ABCDEFG.jsonl",
        "2026-11-DESKTOP.jsonl",
        "2026-11 (1).jsonl",
    ],
)
def test_a_conflict_copy_is_more_lines_of_the_same_computer(two: tuple[Computer, Computer], name: str) -> None:
    """What is in it counts, and what is in both counts once."""
    desk, laptop = two
    desk.keep(Facts(spans=(sat(130, 140),)))
    desk.exchange()
    (laptop.folder / desk.id / name).write_bytes(desk.journals()[0].read_bytes())
    laptop.settle()
    assert minutes_of(laptop) == 130


def test_hostile_lines_are_kept_apart_and_the_rest_is_read(two: tuple[Computer, Computer]) -> None:
    """No JSON, no record, nothing that can be, a line without end: counted, with one sentence, and passed over."""
    desk, laptop = two
    journal = laptop.folder / desk.id / "2026-11.jsonl"
    good = journal.read_text().splitlines()[1]
    hostile = ["{", "[" * 50_000, '{"n": 7}', good.replace('"n":', '"m":'), good.replace("span", "spam"), "\x00\x1b[2J"]
    hostile += ["x" * 2_000_000, json.dumps({**json.loads(good), "end_us": -1}), '{"n": 1e99, "kind": "goal"}']
    desk.keep(Facts(spans=(sat(130, 140),)))
    desk.exchange()
    last = desk.journals()[0].read_text().splitlines()[-1]
    journal.write_text(journal.read_text() + "\n".join([*hostile, last]) + "\n")
    laptop.settle()
    assert minutes_of(laptop) == 130
    device = laptop.known()[1]
    assert device.apart >= len(hostile)
    assert device.why.startswith("2026-11.jsonl: ")


def test_a_journal_of_a_newer_version_waits_in_its_file(two: tuple[Computer, Computer]) -> None:
    """It is named, and what was read before stays; once a newer program can read it, nothing is said any more."""
    desk, laptop = two
    newer, journal = (
        journal_header(desk.id).replace('"version": 1', '"version": 2'),
        laptop.folder / desk.id / "2026-12.jsonl",
    )
    journal.write_text(newer + "\n")
    laptop.settle()
    assert "version 2" in laptop.known()[1].why
    assert minutes_of(laptop) == 120
    journal.write_text(journal_header(desk.id) + "\n")
    laptop.settle()
    assert laptop.known()[1].why == ""


def test_the_journal_of_another_is_not_taken_for_ones_own(two: tuple[Computer, Computer]) -> None:
    """A file that says it is another device's is left aside."""
    desk, laptop = two
    (laptop.folder / desk.id / "2026-10.jsonl").write_text(journal_header("0" * 12) + "\n")
    laptop.settle()
    assert "another device" in laptop.known()[1].why


def test_lines_from_the_future_wait_for_their_time_and_the_clock_is_named(two: tuple[Computer, Computer]) -> None:
    """A clock ten minutes ahead: its lines come in ten minutes later; the other computer learns of it, too."""
    desk, laptop = two
    laptop.now = START + 130 * MINUTE
    desk.now = START + 140 * MINUTE
    desk.keep(Facts(spans=(sat(130, 140),)))
    desk.settle()
    replicate(desk, laptop)
    laptop.settle()
    assert minutes_of(laptop) == 120
    known = laptop.known()[1]
    assert timedelta(seconds=known.ahead) == 10 * MINUTE > TOLERANCE
    assert known.astray == {START.date()}
    laptop.exchange()
    replicate(laptop, desk)
    desk.settle()
    assert desk.known()[1].ahead == -600
    laptop.now += 9 * MINUTE
    laptop.settle()
    assert minutes_of(laptop) == 130


def test_a_computer_that_is_astray_takes_no_minute_of_another(two: tuple[Computer, Computer]) -> None:
    """What it saw counts where nobody else knows anything, and a break of another stays whole."""
    desk, laptop = two
    laptop.now, desk.now = START + 130 * MINUTE, START + 135 * MINUTE
    broke = Span(at(120), at(124), SpanClass.BREAK, None, frozenset({Evidence.ACCEPTED}), START.date())
    laptop.keep(Facts(spans=(broke, sat(124, 130))))
    desk.keep(Facts(spans=(sat(122, 135),)))
    desk.settle()
    replicate(desk, laptop)
    laptop.settle()
    laptop.now += 10 * MINUTE
    laptop.settle()
    moved = [span.duration for span in laptop.facts().spans if span.kind is SpanClass.BREAK]
    assert sum(moved, timedelta(0)) == 4 * MINUTE
    assert minutes_of(laptop) == 120 + 11


def test_a_day_tells_at_which_computers_it_was_spent(two: tuple[Computer, Computer]) -> None:
    """An hour at each; a computer that knows of no other one tells nothing of it."""
    desk, laptop = two
    day = START.date()
    view = Books(desk.body, day, Terms(today=day)).view(day)
    assert view.summary is not None
    assert figures.day(view, view.summary)[-1] == ("At these computers", "desk 1 h, laptop 1 h")
    page = render(review(desk.body, day, Terms(today=day)))
    assert "<dt>At these computers</dt><dd>desk 1 h, laptop 1 h</dd>" in page
    answer(laptop.file, {"verb": "forget", "name": "desk"})
    assert laptop.body.stays(day, day) == {}


def test_each_stretch_says_at_which_computer_it_was(two: tuple[Computer, Computer]) -> None:
    """One that went on from one to the other says for how long at each; a stretch at one of them names it."""
    desk, laptop = two
    day = START.date()
    away = Span(at(120), at(130), SpanClass.AWAY, Strength.STRONG, frozenset({Evidence.LOCK}), day)
    laptop.now = desk.now = START + 170 * MINUTE
    laptop.keep(Facts(spans=(away, sat(130, 160))))
    laptop.settle()
    replicate(laptop, desk)
    desk.settle()
    view = Books(desk.body, day, Terms(today=day)).view(day)
    assert view.strip is not None
    told = [(round(piece.start), told_places(piece.at)) for piece in view.strip.pieces]
    assert told == [(0, "desk 1 h, laptop 1 h"), (120, ""), (130, "laptop")]
    assert chart_geometry.day_chart(view.strip).blocks[2].says.endswith("30 min, laptop")
    page = render(review(desk.body, day, Terms(today=day)))
    assert '<th scope="col">Computer</th>' in page
    assert "<td>laptop</td>" in page

"""What holds for the books of a body with several devices, tried on days nobody wrote."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from sitbreak.core.accounting import days
from sitbreak.core.device_books import DeviceBooks, placed
from sitbreak.core.human_input import LEAST_SILENCE
from sitbreak.core.merging import BodyBooks, merged
from sitbreak.core.records import Facts, Span, SpanClass
from sitbreak.core.spans import overlay
from sitbreak.core.timeline import ZERO
from tests.fakes.day import DAYS, PAUSES, STARTS, Row
from tests.properties.laws import RULES, played, totals

DAY = settings(settings.get_profile("days-ci" if "CI" in os.environ else "days"))
START = st.sampled_from(STARTS)
SEVERAL = st.lists(DAYS, min_size=2, max_size=5)


def books_of(several: list[list[Row]], start: tuple[str, str]) -> list[DeviceBooks]:
    """The books of devices that each lived a day of their own, all from one moment on."""
    return [DeviceBooks(f"d{number}", played(rows, *start).facts) for number, rows in enumerate(several)]


def figures(body: BodyBooks) -> list[dict[str, object]]:
    """The daily figures."""
    return [day.figures() for day in days(body.facts)]


# -- one person whose inputs fall on several machines, and the machine that would have seen all of them

MOVES = st.lists(
    st.tuples(
        st.sampled_from(["input", "input", "input", "input", "run", "break", "log_walk"]),
        st.integers(0, 2),
        # Between 10 and 60 s a device keeps no silence, so of somebody who comes back from a break only their own one
        # knows whether they typed on or fidgeted; the merge then credits less.
        (st.sampled_from(PAUSES) | st.integers(0, 400) | st.sampled_from([1800, 5400])).filter(
            lambda wait: not 10 < wait < 60
        ),
    ),
    min_size=1,
    max_size=40,
)


def dealt(moves: list[tuple[str, int, int]], start: tuple[str, str]) -> tuple[Facts, list[DeviceBooks]]:
    """The books of a machine that sees everything, and those of three that each see what happens on them."""
    t, rows = 0, list[tuple[int, Row]]()
    for do, device, wait in moves:
        if do == "run":
            rows.append((device, {"t": t, "do": "input_run", "until": t + 200, "every": 7, "kind": "key"}))
            t += 200
        elif do == "break":
            rows.append((device, {"t": t, "do": "break", "minutes": 2}))
        elif do == "log_walk":
            rows.append((device, {"t": t, "do": "input", "kind": "click"}))
        else:
            rows.append((device, {"t": t, "do": "input", "kind": "key"}))
        t += wait
    end: Row = {"t": t, "do": "end"}
    whole = played([*(row for _, row in rows), end], *start).facts
    return whole, [
        DeviceBooks(f"d{n}", played([*(row for device, row in rows if device == n), end], *start).facts)
        for n in range(3)
    ]


@DAY
@given(MOVES, START)
def test_one_body_is_booked_as_if_one_machine_had_seen_it(
    moves: list[tuple[str, int, int]], start: tuple[str, str]
) -> None:
    """Whatever machine each input falls on: classes, bouts, breaks and silences are those of one that sees all."""
    whole, parts = dealt(moves, start)
    body = merged(parts)
    assert totals(body.facts.spans) == totals(whole.spans)
    assert [day.figures() for day in days(whole)] == figures(body)
    assert [(q.start.utc, q.length) for q in body.facts.quiets] == [(q.start.utc, q.length) for q in whole.quiets]


# -- several devices with days that have nothing to do with each other


def without_unobserved(spans: list[Span]) -> Counter[str]:
    """Microseconds by class and strength; what nobody saw takes up what wall clocks differ by."""
    found = totals(spans)
    del found[f"{SpanClass.UNOBSERVED} None"]
    return found


@DAY
@given(DAYS, START)
def test_an_empty_device_changes_nothing(rows: list[Row], start: tuple[str, str]) -> None:
    """The books beside those of a device that never saw anything are the same books."""
    (one,) = books_of([rows], start)
    assert merged([one, DeviceBooks("other", Facts())]).facts == one.facts
    assert merged([DeviceBooks("other", Facts()), one]).facts == one.facts


SET_BACK_UNSEEN = [
    {"t": 0, "do": "lock"},
    {"t": 620, "do": "clock_step", "seconds": -3600},
    {"t": 1219, "do": "up_answer", "answer": "yes"},
    {"t": 3019, "do": "end"},
]


@DAY
@example(SET_BACK_UNSEEN, STARTS[0])
@given(DAYS, START)
def test_a_device_with_itself_changes_nothing(rows: list[Row], start: tuple[str, str]) -> None:
    """A disk that was copied, with all its books, doubles nothing."""
    (one,) = books_of([rows], start)
    body = merged([one, replace(one, device="copy")]).facts
    assert without_unobserved(overlay(body.spans, body.corrections)) == without_unobserved(
        overlay(one.facts.spans, one.facts.corrections)
    )
    lengths = [quiet.length for quiet in placed(one.facts).quiets]
    assert [quiet.length for quiet in body.quiets] == [length for length in lengths if length >= LEAST_SILENCE]
    assert [brk.movement for brk in body.breaks] == [brk.movement for brk in one.facts.breaks]
    assert [prompt.outcome for prompt in body.prompts] == [prompt.outcome for prompt in one.facts.prompts]


@DAY
@given(SEVERAL, START, st.randoms(use_true_random=False))
def test_the_order_of_devices_does_not_matter(several: list[list[Row]], start: tuple[str, str], random: Any) -> None:
    """Whoever reads the folder, and in whatever order, has the same books."""
    books = books_of(several, start)
    shuffled = [*books]
    random.shuffle(shuffled)
    assert merged(shuffled) == merged(books)


@DAY
@given(SEVERAL, START)
def test_spans_of_a_body_tile(several: list[list[Row]], start: tuple[str, str]) -> None:
    """No second belongs to two spans, whatever the devices say, and the sums are those of the time observed."""
    books = books_of(several, start)
    spans = merged(books).facts.spans
    assert all(one.end.elapsed <= two.start.elapsed for one, two in pairwise(spans))
    assert all(span.duration > ZERO and span.day == span.start.day(RULES.day_start) for span in spans)
    assert sum(totals(spans).values()) <= hull(spans)


def hull(spans: Sequence[Span]) -> int:
    """Microseconds from the first to the last moment."""
    return (spans[-1].end.elapsed - spans[0].start.elapsed) // timedelta(microseconds=1) if spans else 0


@DAY
@given(SEVERAL, START)
def test_no_device_loses_presence_and_no_break_holds_input(several: list[list[Row]], start: tuple[str, str]) -> None:
    """Input anywhere is presence of the body, and no confirmed minute lies over it."""
    books = books_of(several, start)
    body = merged(books).facts
    breaks = [(span.start.elapsed, span.end.elapsed) for span in body.spans if span.kind is SpanClass.BREAK]
    inputs = sorted(
        edge for one in books for quiet in placed(one.facts).quiets for edge in (quiet.start.elapsed, quiet.end)
    )
    assert not [(low, at) for low, high in breaks for at in inputs if low < at < high]
    for brk in body.breaks:
        assert ZERO <= brk.credited <= 2 * brk.length
    assert sum((high - low for low, high in breaks), ZERO) == sum((brk.credited for brk in body.breaks), ZERO)


@DAY
@given(DAYS, DAYS, START)
def test_a_device_whose_clock_is_off_takes_nothing_from_others(
    mine: list[Row], theirs: list[Row], start: tuple[str, str]
) -> None:
    """What another device knows of its time stays what it was."""
    one, other = books_of([mine, theirs], start)
    assume(other.facts.spans)
    off = replace(other, astray=frozenset(span.day for span in placed(other.facts).spans))
    body = merged([one, off]).facts.spans
    for span in placed(one.facts).spans:
        if span.kind is not SpanClass.UNOBSERVED:
            inside = [
                each for each in body if each.start.elapsed < span.end.elapsed and span.start.elapsed < each.end.elapsed
            ]
            assert {(each.kind, each.strength) for each in inside} == {(span.kind, span.strength)}

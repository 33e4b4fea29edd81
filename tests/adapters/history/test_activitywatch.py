"""ActivityWatch's days as spans: its stretches, the gaps between them by our own table, and nothing confirmed."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.adapters.history.transfer import NotActivityWatch, read_activitywatch, write_activitywatch
from sitbreak.core.accounting import days
from sitbreak.core.records import Evidence, Facts, Span, SpanClass, implausible

BERLIN = ZoneInfo("Europe/Berlin")
FOUR = time(4)
NINE = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # in Berlin


def event(start_min: float, minutes: float, status: str = "not-afk") -> dict[str, object]:
    """An event as ActivityWatch writes it, so many minutes after nine."""
    at = NINE + timedelta(minutes=start_min)
    return {"timestamp": at.isoformat(), "duration": minutes * 60, "data": {"status": status}}


def export(*events: dict[str, object], kind: str = "afkstatus") -> str:
    """An export with one bucket."""
    return json.dumps({"buckets": {"aw-watcher-afk_desk": {"type": kind, "events": list(events)}}})


def told(spans: list[Span]) -> list[tuple[str, str, str]]:
    """From, to and class, by the clock in Berlin."""
    return [(f"{each.start.local:%H:%M}", f"{each.end.local:%H:%M}", each.kind.value) for each in spans]


def test_stretches_and_the_gaps_between_them() -> None:
    """Under 5 min it is one stretch, up to 20 an absence or reading, beyond that nobody can tell."""
    spans = read_activitywatch(export(event(0, 30), event(34, 10), event(60, 10), event(100, 5)), BERLIN, FOUR)
    assert told(spans) == [
        ("09:00", "09:44", "SEATED"),
        ("09:44", "10:00", "AWAY"),
        ("10:00", "10:10", "SEATED"),
        ("10:10", "10:40", "UNOBSERVED"),
        ("10:40", "10:45", "SEATED"),
    ]


def test_a_night_is_no_gap_and_a_day_is_cut_at_its_beginning() -> None:
    """The books begin anew in the morning; a stretch over four o'clock belongs to two days."""
    spans = read_activitywatch(export(event(0, 30), event(18 * 60, 120)), BERLIN, FOUR)
    assert told(spans) == [("09:00", "09:30", "SEATED"), ("03:00", "04:00", "SEATED"), ("04:00", "05:00", "SEATED")]
    assert [span.day.day for span in spans] == [2, 2, 3]


def test_events_may_come_in_any_order_and_twice() -> None:
    """As buckets of two watchers do."""
    one = read_activitywatch(export(event(0, 30), event(60, 10)), BERLIN, FOUR)
    assert read_activitywatch(export(event(60, 10), event(0, 20), event(10, 20), event(60, 10)), BERLIN, FOUR) == one


def test_each_is_marked_with_where_it_comes_from() -> None:
    """And nothing is a confirmed minute."""
    spans = read_activitywatch(export(event(0, 30), event(60, 10)), BERLIN, FOUR)
    assert all(Evidence.IMPORTED in span.evidence for span in spans)
    (day,) = days(Facts(spans=tuple(spans)))
    assert day.reduced == 0
    assert day.seated == pytest.approx(40)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "no JSON"),
        ("[]", "buckets"),
        (export(event(0, 1), kind="currentwindow"), "afkstatus"),
        (export({"timestamp": "soon", "duration": 1, "data": {"status": "not-afk"}}), "event 1"),
        (export({"timestamp": NINE.isoformat(), "duration": 1e300, "data": {"status": "not-afk"}}), "event 1"),
        (export({"timestamp": NINE.isoformat()}), "event 1"),
        ('{"buckets": {"a": {"type": "afkstatus", "events": 3}}}', "list of events"),
    ],
)
def test_what_is_no_export_is_said(text: str, why: str) -> None:
    """In one sentence, with the event that is wrong."""
    with pytest.raises(NotActivityWatch, match=why):
        read_activitywatch(text, BERLIN, FOUR)


minutes = st.floats(0, 3000, allow_nan=False)


@given(st.lists(st.tuples(minutes, minutes, st.booleans()), max_size=20))
def test_any_events_become_spans_that_can_be_kept(events: list[tuple[float, float, bool]]) -> None:
    """In order, without overlap, each inside its day, each plausible."""
    spans = read_activitywatch(
        export(*(event(a, b, "not-afk" if there else "afk") for a, b, there in events)), BERLIN, FOUR
    )
    for before, after in pairwise(spans):
        assert before.end.utc <= after.start.utc
    for span in spans:
        assert not implausible(span)
        assert span.start.day(FOUR) == span.day


def test_what_is_written_is_read_again() -> None:
    """Sitting comes back as it was; a break is a time with nobody there."""
    spans = read_activitywatch(export(event(0, 30), event(60, 10)), BERLIN, FOUR)
    out = io.StringIO()
    write_activitywatch(spans, out)
    again = read_activitywatch(out.getvalue(), BERLIN, FOUR)
    assert [s for s in again if s.kind is SpanClass.SEATED] == [s for s in spans if s.kind is SpanClass.SEATED]

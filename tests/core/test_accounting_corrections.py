"""Corrections laid over the observed spans."""

from __future__ import annotations

import pytest

from sitbreak.core.accounting import days
from sitbreak.core.records import Evidence, SpanClass, Strength
from sitbreak.core.spans import allowed, overlay, taken_back
from tests.review.made import Story


def kinds(story: Story) -> list[tuple[str, float]]:
    """Class and minutes of the corrected spans."""
    pieces = overlay(story.spans, story.corrections)
    return [(piece.kind.value, piece.duration.total_seconds() / 60) for piece in pieces]


def test_splits_at_its_edges() -> None:
    """A correction touches what lies inside it, and the originals stay as they are."""
    story = Story("2026-03-02T09:00").sit(60).unseen(40).sit(60).correct(90, 20, SpanClass.AWAY)
    assert kinds(story) == [("SEATED", 60), ("UNOBSERVED", 10), ("AWAY", 20), ("UNOBSERVED", 10), ("SEATED", 60)]
    assert [span.kind for span in story.spans] == [SpanClass.SEATED, SpanClass.UNOBSERVED, SpanClass.SEATED]


def test_keeps_the_evidence_and_says_who_said_so() -> None:
    """A corrected piece keeps its evidence beside DECLARED, and an absence said by the user is strong."""
    story = Story("2026-03-02T09:00").sit(10).unseen(40).sit(5).correct(45, 40, SpanClass.AWAY)
    piece = overlay(story.spans, story.corrections)[1]
    assert piece.evidence == {Evidence.IDLE, Evidence.DECLARED}
    assert piece.strength is Strength.STRONG


def test_the_later_one_wins() -> None:
    """Of two corrections of the same stretch the one made later holds, whatever their order in the records."""
    story = Story("2026-03-02T09:00").sit(10).unseen(40).sit(5).correct(45, 40, SpanClass.AWAY)
    story.sit(1).correct(46, 40, SpanClass.STANDING)
    story.corrections.reverse()
    assert kinds(story)[1] == ("STANDING", 40)


def test_no_strength_but_for_absences() -> None:
    """A weak absence corrected to sitting has no strength left."""
    story = Story("2026-03-02T09:00").sit(10).away(10, Strength.WEAK).sit(5).correct(15, 10, SpanClass.SEATED)
    assert overlay(story.spans, story.corrections)[1].strength is None


def test_input_never_becomes_a_break() -> None:
    """A correction to a break leaves time with input as it was, also where another correction came first."""
    story = Story("2026-03-02T09:00").sit(30).unseen(30).sit(30).correct(90, 30, SpanClass.AWAY)
    story.sit(1).correct(91, 60, SpanClass.BREAK)
    assert kinds(story) == [("AWAY", 30), ("BREAK", 30), ("SEATED", 30), ("SEATED", 1)]
    assert sum(summary.reduced for summary in days(story.facts())) == 30


@pytest.mark.parametrize(
    ("back", "minutes", "kind", "says"),
    [
        (40, 30, SpanClass.BREAK, None),
        (70, 30, SpanClass.STANDING, None),
        (70, 60, SpanClass.BREAK, "input"),
        (40, 0, SpanClass.BREAK, "after the start"),
        (5, 10, SpanClass.AWAY, "not over yet"),
        (500, 10, SpanClass.AWAY, "Nothing was recorded"),
    ],
)
def test_says_why_not(back: float, minutes: float, kind: SpanClass, says: str | None) -> None:
    """What cannot be booked is refused with its reason; all else is allowed."""
    story = Story("2026-03-02T09:00").sit(30).unseen(30).sit(10).correct(back, minutes, kind)
    answer = allowed(story.spans, story.corrections[0])
    assert answer is None if says is None else says in str(answer)


def test_a_correction_taken_back_changes_nothing() -> None:
    """The spans are whole again, not cut where it began."""
    story = Story("2026-03-02T09:00").sit(30).away(10).sit(20).correct(25, 5, SpanClass.STANDING)
    assert overlay(story.spans, map(taken_back, story.corrections)) == story.spans

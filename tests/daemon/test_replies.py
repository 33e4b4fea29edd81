"""What a command is told when it is done: that it was noted, in one sentence."""

from __future__ import annotations

import pytest

from tests.daemon.office import Office


@pytest.fixture
def office() -> Office:
    """At nine in the morning in Berlin."""
    return Office()


def test_a_walk_is_confirmed(office: Office) -> None:
    """With its minutes."""
    assert office.ask(do="log_walk", minutes=7.5)["ok"] == (
        "Walk of 7.5 min noted. It is kept apart from the break minutes of the day."
    )


def test_a_meeting_is_confirmed_with_its_end(office: Office) -> None:
    """Or with the command that ends it."""
    assert office.ask(do="meeting", until="2026-03-02T10:30")["ok"] == (
        "Noted: a meeting at this desk. Reminders wait until 10:30."
    )
    assert "`sitbreak meeting off`" in str(office.ask(do="key", key="meeting:on")["ok"])
    assert "at the desk" in str(office.ask(do="key", key="meeting:off")["ok"])


def test_reading_is_confirmed(office: Office) -> None:
    """With the command that ends it."""
    assert "`sitbreak reading off`" in str(office.ask(do="key", key="reading:on")["ok"])

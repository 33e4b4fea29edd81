"""A second break asked for while one runs (spec 1.1)."""

from __future__ import annotations

from tests.scenarios.telling import tell


def test_a_break_asked_for_while_one_runs() -> None:
    """The first is settled with what it earned, the second begins, and each is credited within its own limit."""
    tell("""
        0:00-20:00 key
        20:00 break 2
        23:00 break 5
        33:30-40:00 key
        40:00 key
    """).gives("""
        0:00-20:00 SEATED
        20:00 break 2:00 -> 3:00
        23:00 break 5:00 -> 10:00
        20:00-33:00 BREAK
        33:00-33:30 AWAY weak
        33:30-40:00 SEATED
    """)


def test_a_break_asked_for_twice_at_once() -> None:
    """A second request a few seconds after the first begins anew; what was accepted first came to nothing."""
    tell("""
        0:00-45:00 key
        45:02 answer start
        45:05 break 2
        47:30-50:00 key
        50:00 key
    """).gives("""
        0:00-45:05 SEATED
        45:00 prompt latest -> not_taken
        45:02 break 2:00 -> 0:00
        45:05 break 2:00 -> 2:25
        45:05-47:30 BREAK
        47:30-50:00 SEATED
    """)

"""A program that grows an open span for ever and says after each commit how far it got; to be killed by a test."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from sitbreak.adapters.history import SqliteHistory
from tests.contracts.history_facts import at, span


def main(path: Path) -> None:
    """Each turn lengthens the open span by a minute; every tenth closes it and begins the next."""
    history = SqliteHistory(path, datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    spans = history.facts(at(0).local.date(), at(10**7).local.date()).spans
    begun = 0 if not spans else round((spans[-1].end.elapsed - at(0).elapsed).total_seconds() / 60)
    for minute in count(begun):
        tens = minute // 10 * 10
        start = max(begun, tens)
        history.keep([span(start, minute + 1)], {"minute": minute + 1})
        print(minute + 1, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

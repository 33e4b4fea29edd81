"""The history in memory keeps the contract."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings

from sitbreak.adapters.history import MemoryHistory
from sitbreak.core.records import Fact
from sitbreak.ports import History
from tests.contracts.history_contract import HistoryContract
from tests.contracts.history_facts import any_facts


class TestMemory(HistoryContract):
    """Runs the suite."""

    def open(self, folder: Path) -> History:
        """A new one each time."""
        return MemoryHistory()

    @settings(max_examples=60)
    @given(facts=any_facts())
    def test_any_facts_come_back_as_they_were(self, facts: list[Fact]) -> None:
        """Arbitrary facts round-trip; of those with one key the last stays."""
        self.check_round_trip(facts)

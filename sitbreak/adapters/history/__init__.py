"""The history: facts and the machine's snapshot, in one SQLite file or in memory.

`transfer` exports and imports; it is loaded by whoever does.
"""

from sitbreak.adapters.history.errors import HistoryDamaged, HistoryTooNew, HistoryUnwritable, SpansOverlap
from sitbreak.adapters.history.forgetting import Forgotten
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.adapters.history.reader import HistoryReader
from sitbreak.adapters.history.sqlite import SqliteHistory

__all__ = [
    "Forgotten",
    "HistoryDamaged",
    "HistoryReader",
    "HistoryTooNew",
    "HistoryUnwritable",
    "MemoryHistory",
    "SpansOverlap",
    "SqliteHistory",
]

"""The history: facts and the machine's snapshot, in one SQLite file or in memory."""

from sitbreak.adapters.history.history_file import Forgotten
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.adapters.history.schema import HistoryTooNew, HistoryUnwritable, SpansOverlap
from sitbreak.adapters.history.sqlite import HistoryReader, SqliteHistory
from sitbreak.ports import HistoryDamaged

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

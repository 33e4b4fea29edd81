"""The history: facts and the machine's snapshot, in one SQLite file or in memory."""

from sitbreak.adapters.history.errors import HistoryDamaged, HistoryTooNew, HistoryUnwritable, SpansOverlap
from sitbreak.adapters.history.forgetting import Forgotten
from sitbreak.adapters.history.memory import MemoryHistory
from sitbreak.adapters.history.reader import HistoryReader
from sitbreak.adapters.history.sqlite import SqliteHistory
from sitbreak.adapters.history.transfer import ImportResult, Refusal, export, import_

__all__ = [
    "Forgotten",
    "HistoryDamaged",
    "HistoryReader",
    "HistoryTooNew",
    "HistoryUnwritable",
    "ImportResult",
    "MemoryHistory",
    "Refusal",
    "SpansOverlap",
    "SqliteHistory",
    "export",
    "import_",
]

"""A log played as the program would: with its settings, the built-in movements, and the person's own left out."""

from __future__ import annotations

from sitbreak.adapters.catalogue import load_catalogue
from sitbreak.core.movements import Chooser
from sitbreak.ports import History
from sitbreak.replay.log import BadLog, Log
from sitbreak.replay.player import Look, Person, Played, Watch, play
from sitbreak.settings.load import apply
from sitbreak.settings.model import Settings


def play_log(
    log: Log,
    history: History | None = None,
    watch: Watch | None = None,
    person: Person | None = None,
    look: Look | None = None,
) -> Played:
    """Plays it. Raises BadLog when the first line's settings are not allowed."""
    loaded = apply(Settings(), log.settings)
    if loaded.problems:
        raise BadLog(f"line 1: settings: {loaded.problems[0]}")
    chooser = Chooser(load_catalogue().movements, loaded.settings.movements.wishes)
    return play(log, loaded.settings.rules(), chooser, history, watch, person, look)

"""The settings while the program runs: read again when the file changes, and changed for its windows."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path

from sitbreak.language import _
from sitbreak.settings import titles
from sitbreak.settings.load import Loaded, load
from sitbreak.settings.model import GOAL, SETTINGS, Settings

log = logging.getLogger(__name__)

THEME = "look.theme"


class SettingsChanges:
    """Keeps the file and what holds of it. `apply` is told of new settings, `goal` of minutes that are wished for.

    `tell` reaches the open window, `notice` the person beside it.
    """

    def __init__(
        self,
        file: Path,
        loaded: Loaded,
        apply: Callable[[Settings], None],
        goal: Callable[[int], None],
        tell: Callable[[Mapping[str, object]], None],
        notice: Callable[[str, str], None],
    ) -> None:
        self.loaded = loaded
        self._file, self._apply, self._goal, self._tell, self._notice = file, apply, goal, tell, notice
        self._started, self._mark = loaded.settings, _mark(file)

    @property
    def waiting(self) -> tuple[str, ...]:
        """Keys of changes that hold from the next start on."""
        return self.now.waiting(self._started)

    @property
    def now(self) -> Settings:
        """What holds."""
        return self.loaded.settings

    def look(self) -> None:
        """Reads the file when somebody changed it."""
        if _mark(self._file) != self._mark:
            self.reload()

    def reload(self, *, wished: bool = False) -> None:
        """Reads the settings again and tells an open window; bad values keep what was in force, and the user is told.

        `wished`: the goal is meant anew; else only a file with another one replaces what was chosen elsewhere.
        """
        self._mark = _mark(self._file)  # before it is read, so that nothing written meanwhile is missed
        former, found = self.now, load(self._file, self.now)
        self.loaded = found
        for problem in found.problems:
            log.warning("settings: %s", problem)
        if found.problems:
            self._notice(_("A setting is not right"), str(found.problems[0]))
        self._apply(found.settings)
        for key in SETTINGS:
            if found.settings.get(key) != former.get(key):
                self._tell_value(key)
        if wished or found.settings.day.goal_minutes != former.day.goal_minutes:
            self._goal(found.settings.day.goal_minutes)

    def change(self, message: Mapping[str, object]) -> None:
        """Changes the file for the settings window."""
        key, reset = str(message.get("key")), message.get("event") == "reset"
        former = self.now
        problem = self._reset(key) if reset else self.set({key: message.get("value")})
        if problem and key in SETTINGS:
            value = SETTINGS[key].default_plain if reset else message.get("value")
            problem = titles.refused(key, value, self.now) or problem
        if problem:
            self._tell({"do": "error", "key": key, "text": problem})
        elif self.now.get(key) == former.get(key):  # nothing new, but the window waits for a word
            self._tell_value(key)

    def _tell_value(self, key: str) -> None:
        plain = SETTINGS[key].kind.plain(self.now.get(key))
        self._tell({"do": "value", "key": key, "value": plain})
        if key == THEME:
            from sitbreak.daemon.window_contents import look

            self._tell({"do": "theme", "theme": look(self.now).theme})
        if SETTINGS[key].from_next_start:
            self._tell({"do": "waiting", "keys": list(self.waiting)})

    def preset(self, name: str) -> None:
        """Sets what a preset names, all of it or nothing."""
        values = titles.PRESETS.get(name, {})
        problem = self.set(values) if values else ""
        for key in values if problem else ():
            self._tell({"do": "error", "key": key, "text": problem})

    def set(self, values: Mapping[str, object]) -> str:
        """Sets keys in the file; returns what is wrong with them, or nothing."""
        from sitbreak.settings import edit  # the TOML writer is loaded only when something is written

        try:
            edit.set_keys(self._file, values)
        except edit.EditRefused as refused:
            return str(refused)
        self.reload(wished=GOAL in values)
        return ""

    def _reset(self, key: str) -> str:
        from sitbreak.settings import edit

        try:
            edit.reset_key(self._file, key)
        except edit.EditRefused as refused:
            return str(refused)
        self.reload(wished=key == GOAL)
        return ""


def _mark(path: Path) -> object:
    """A value that changes when the file does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size

"""Nothing that is shown on the screen sends a person to a terminal; what the terminal answers may."""

from __future__ import annotations

import re
from pathlib import Path

from sitbreak.daemon.help_topics import TOPICS, text
from tests.test_words import literals

ROOT = Path(__file__).parents[1] / "sitbreak"
COMMAND = re.compile(r"`sitbreak [a-z]")
# Folders and files whose texts nobody meets but in a terminal, in the log, or where there is no window at all.
IN_A_TERMINAL = {
    "cli": "the commands",
    "daemon/requests.py": "answers on the control socket",
    "daemon/device_requests.py": "answers on the control socket",
    "daemon/history_changes.py": "answers on the control socket",
    "daemon/baseline_goal.py": "what `baseline` and `goal` print; the window shows `baseline_standing`",
    "daemon/single_instance.py": "why a second start did not begin",
    "daemon/words.py": "not_counted is for `status`",
    "daemon/presenter.py": "why a prompt was not delivered, where there is no window",
    "daemon/side_windows.py": "stands in for a window that cannot open",
    "adapters": "what a backend says of itself: read by `doctor` and in the log",
    "settings/document.py": "the first lines of the example of a settings file",
    "settings/edit.py": "the first line of a settings file",
}


def test_no_text_on_the_screen_names_a_command() -> None:
    """Windows, cards, notices, the tray, the report, and what the core refuses: a button or a place, no command."""
    found = []
    for file in sorted(ROOT.rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if not any(name == each or name.startswith(f"{each}/") for each in IN_A_TERMINAL):
            found += [f"{name}:{line}: {text}" for line, text in literals(file) if COMMAND.search(text)]
    assert found == []


def test_the_report_names_none_and_no_terminal() -> None:
    """Its pages are read in a browser."""
    for page in sorted((ROOT / "review" / "pages").glob("*.j2")):
        text = page.read_text(encoding="utf-8")
        assert not COMMAND.search(text), page.name
        assert not re.search("<code|terminal", text), page.name


def test_no_topic_of_the_help_window_names_a_command() -> None:
    """They stand apart, for the terminal."""
    assert [name for name in TOPICS for seated in (False, True) if COMMAND.search(text(name, seated))] == []


def test_the_search_would_find_one() -> None:
    """What the program is and does is no command."""
    assert COMMAND.search("Run `sitbreak doctor`.")
    assert not COMMAND.search("sitbreak is in your tray")


def test_every_exception_is_needed() -> None:
    """A file that names no command any more needs no entry."""
    for each in IN_A_TERMINAL:
        place = ROOT / each
        files = place.rglob("*.py") if place.is_dir() else [place]
        assert any(COMMAND.search(told) for file in files for _, told in literals(file)), each

"""What holds for every test: no test is skipped, and those this machine cannot run are left out by name.

A test that needs a desktop program, or Qt, where there is none is deselected, and on Windows one that is marked with
what only Unix has. pytest counts them as such in its closing line, and the summary says what was missing and the one
command that brings it.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.desktop.needs import missing, programs

os.environ["LANGUAGE"] = "en"  # what tests read is English, in their children, too
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt loads: no test draws on the developer's screen

# A busy machine fails no test by being slow, and the build machine tries the same examples in each run.
settings.register_profile("here", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("here")


def qt_loads() -> bool:
    """Whether the break window's Qt, and the system libraries it needs, are here."""
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError:
        return False
    return True


QT = qt_loads()
# pytest-qt refuses to start without Qt, so it is asked in only where Qt loads (pyproject keeps it from loading itself).
pytest_plugins = ["pytestqt.plugin"] if QT else []
IMPORTS_QT = re.compile(r"^(import|from) PySide6\b", re.MULTILINE)
QT_FIXTURES = {"qtbot", "qapp", "qtmodeltester", "qtlog"}

# On Windows a file that imports one of these cannot even be collected, and this is what the machine lacks.
UNIX_ONLY = {
    **{"dbus_fast": "D-Bus", "Xlib": "X11", "tests.desktop": "a Linux desktop", "venv": "Python's venv module"},
    **dict.fromkeys(("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"), "a Unix"),
}
IMPORTS_UNIX = re.compile(rf"^(?:import|from) ({'|'.join(map(re.escape, UNIX_ONLY))})\b", re.MULTILINE)
ON_WINDOWS = sys.platform == "win32"

LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the count of what is left out."""
    config.stash[LEFT_OUT] = Counter()


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """A test file, or a folder by its conftest, that imports what is not here cannot even be collected."""
    file = collection_path / "conftest.py" if collection_path.is_dir() else collection_path
    if file.suffix != ".py" or not file.is_file() or file == Path(__file__):
        return None
    text = file.read_text("utf-8")
    lacks = {"Qt"} if not QT and IMPORTS_QT.search(text) else set()
    if ON_WINDOWS:
        lacks |= {UNIX_ONLY[name] for name in IMPORTS_UNIX.findall(text)}
    config.stash[LEFT_OUT].update(lacks)
    return True if lacks else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests whose programs are missing, and remember which programs those are."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        lacks = lacking(item)
        config.stash[LEFT_OUT].update(lacks)
        (left_out if lacks else kept).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def lacking(item: pytest.Item) -> set[str]:
    """What this test needs and this machine has not."""
    fixtures = set(getattr(item, "fixturenames", ()))
    lacks = set() if QT or not fixtures & QT_FIXTURES else {"Qt"}
    if item.get_closest_marker("desktop"):
        named = {str(name) for mark in item.iter_markers("desktop") for name in mark.args}
        lacks |= missing(programs(fixtures, named - {"Qt"})) | ({"Qt"} & named if not QT else set())
    if ON_WINDOWS:
        lacks |= {str(mark.args[0]) for mark in item.iter_markers("unix")}
    return lacks


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands over what it left out: its summary is never printed."""
    handed = getattr(session.config, "workeroutput", None)
    if handed is not None:
        left_out = session.config.stash[LEFT_OUT]
        handed["left_out"] = dict(left_out)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take it over from a worker that is done; one that crashed hands nothing over, and says why itself."""
    node.config.stash[LEFT_OUT].update(getattr(node, "workeroutput", {}).get("left_out", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Name what was missing."""
    left_out = config.stash[LEFT_OUT]
    if left_out:
        names = ", ".join(sorted(left_out))
        terminalreporter.write_line(
            f"Tests were left out because this machine lacks: {names}. "
            "On Debian or Ubuntu 'sudo sh packaging/desktop-setup && make test' brings them."
        )

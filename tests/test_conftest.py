"""Tests that cannot run here are left out by name, not passed over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTEST = "import pytest; sys.exit(pytest.main(sys.argv[1:]))"
WITHOUT_QT = f"import sys; sys.modules['PySide6'] = None; {PYTEST}"


def collect(*arguments: str, program: str = f"import sys; {PYTEST}", path: str) -> str:
    """What pytest prints when it collects with this PATH."""
    command = [sys.executable, "-c", program, "--collect-only", "-q", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout


@pytest.mark.unix("a Linux desktop")
def test_a_missing_program_is_named_with_the_command_that_brings_it(tmp_path: Path) -> None:
    """With nothing in PATH every desktop test is deselected and the summary says what to run."""
    printed = collect("tests/desktop/test_desk.py", path=str(tmp_path))
    assert "Xvfb" in printed
    assert "sudo sh packaging/desktop-setup" in printed
    assert "test_the_pointer" not in printed
    assert "deselected" in printed


@pytest.mark.unix("a Linux desktop")
def test_workers_hand_over_what_they_left_out(tmp_path: Path) -> None:
    """`make test` runs in two workers; what they could not run is named once all the same."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--numprocesses=2",
        "tests/desktop/test_desk.py",
    ]
    environment = {**os.environ, "PATH": str(tmp_path)}
    printed = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False).stdout
    assert printed.count("Tests were left out because this machine lacks: ") == 1
    assert "Xvfb" in printed


def test_a_machine_without_qt_still_runs_the_rest(tmp_path: Path) -> None:
    """Where Qt does not load pytest starts all the same, and what needs a window is left out by name."""
    (tmp_path / "test_import.py").write_text("import PySide6\ndef test_imported(): ...\n", "utf-8")
    (tmp_path / "test_fixture.py").write_text("def test_window(qtbot): ...\ndef test_other(): ...\n", "utf-8")
    printed = collect(
        "-c", "pyproject.toml", "-p", "tests.conftest", str(tmp_path), program=WITHOUT_QT, path=os.environ["PATH"]
    )
    assert "::test_other" in printed
    assert "::test_window" not in printed
    assert "::test_imported" not in printed
    assert "lacks: Qt" in printed

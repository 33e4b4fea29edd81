"""Installed as the README says, with pip and without a compiler: by hand, as it needs a package index."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.soak

ROOT = Path(__file__).parents[1]
NO_COMPILER = {"CC": "/nonexistent/cc", "CXX": "/nonexistent/c++"}


def commands() -> list[str]:
    """The pip commands of the README's table, as they stand there."""
    row = next(line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| with pip"))
    return [part for part in row.split("`") if part.startswith("pip install")]


@pytest.mark.parametrize("command", commands())
def test_the_readmes_command_installs_a_program_that_runs(tmp_path: Path, command: str) -> None:
    """In an empty environment; it tells its version, its help and its movements."""
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    env = {**os.environ, **NO_COMPILER, "PATH": f"{programs}{os.pathsep}/usr/bin{os.pathsep}/bin"}
    env["SITBREAK_HOME"] = str(tmp_path / "home")
    subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, env=env, check=True, timeout=900)
    for words in (["--version"], ["help", "counting"], ["movements", "list"], ["config", "check"]):
        done = subprocess.run([programs / "sitbreak", *words], env=env, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert subprocess.run([programs / "python", "-c", "import evdev"], capture_output=True, check=False).returncode != 0

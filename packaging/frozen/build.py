"""Freezes the program into dist/sitbreak, for the system this runs on. Needs a network."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGE = ROOT / "build/frozen"
PYINSTALLER = "pyinstaller>=6.11,<7"  # 6.11 is the first that knows Qt 6.8


def main() -> int:
    """Stages, installs PyInstaller beside it and has it done; returns 0, or raises CalledProcessError."""
    subprocess.run([sys.executable, ROOT / "packaging/contents.py", "stage", STAGE], check=True)
    python: Path = STAGE / ("tools/Scripts/python.exe" if sys.platform == "win32" else "tools/bin/python")
    subprocess.run([python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", PYINSTALLER], check=True)
    command: list[str | Path] = [
        python,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "WARN",
        "--distpath",
        ROOT / "dist",
    ]
    command += ["--workpath", STAGE, ROOT / "packaging/frozen/sitbreak.spec"]
    # Not in the checkout, whose sitbreak would be found first.
    subprocess.run(command, check=True, cwd=STAGE, env={**os.environ, "PYTHONPATH": str(STAGE / "site")})
    return 0


if __name__ == "__main__":
    sys.exit(main())

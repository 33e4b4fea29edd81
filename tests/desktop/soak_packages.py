"""The packages that can be built here, built and used: the frozen folder, and the .deb in a clean Debian.

Both need a package index, the second also debootstrap and root.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.desktop.test_main_route import menu_labels

pytestmark = pytest.mark.soak

ROOT = Path(__file__).parents[2]
DEBIAN = "bookworm"
# In namespaces of its own, without a network: the folders named first are seen inside too, at the same path.
INSIDE = """
root=$1; shift
while [ "$1" != -- ]; do mkdir -p "$root$1" && mount --rbind "$1" "$root$1" && shift; done; shift
exec chroot "$root" "$@"
"""


def size(folder: Path) -> float:
    """Megabytes of what lies in it."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_dir()) / 1e6


def use(program: Program, picture: Path) -> None:
    """A day in a minute: the icon, a prompt that is a notification, its answer, and the Today window."""
    program.start()
    program.type_until("shown", 60.0)
    program.desk.wait_for_window("xfce4-notifyd")
    assert program.cli("answer", "start").returncode == 0
    assert program.status()["break_left"] is not None
    assert "out of the chair" in menu_labels(program.desk)
    assert program.cli("today").returncode == 0
    program.desk.wait_for_window("^Today", 60.0)
    program.desk.screenshot(picture)
    (day,) = program.ask("summary", "--json")["days"]
    assert len(day["prompts"]) == 1
    ports = {port["name"]: port for port in program.ask("doctor", "--json")["ports"]}
    for port, backend in (("activity", "xinput2"), ("notifications", "freedesktop"), ("break window", "qt")):
        assert ports[port]["used"] == [backend], ports[port]
    assert not ports["break window"]["limits"]
    page = str(program.home / "page.html")
    for words in (["help", "counting"], ["movements", "list"], ["config", "check"], ["report", "--output", page]):
        assert program.cli(*words).returncode == 0, words
    assert program.cli("stop").returncode == 0
    assert program.process is not None
    program.process.wait(10)


@pytest.mark.desktop("Xvfb")
def test_the_frozen_program_is_all_there_is_to_it(full_desk: Desk, tmp_path: Path) -> None:
    """A folder that needs no Python: prompt, window and icon come, restart finds itself, and licences are there."""
    subprocess.run([sys.executable, ROOT / "packaging/frozen/build.py"], check=True, timeout=1200)
    frozen = ROOT / "dist/sitbreak"
    program = Program(full_desk, tmp_path / "home", command=[str(frozen / "sitbreak")])
    use(program, tmp_path / "frozen.png")
    assert program.cli("restart").returncode == 0
    assert program.cli("stop").returncode == 0
    assert "PySide6" in (frozen / "lib/LICENCES.txt").read_text("utf-8")
    assert size(frozen) < 180


def needs_of(deb: Path) -> list[str]:
    """The packages that this one depends on."""
    told = subprocess.run(["dpkg-deb", "-f", deb, "Depends"], check=True, capture_output=True, text=True).stdout
    return [each.split("(")[0].strip() for each in told.split(",")]


def files(root: Path) -> set[str]:
    """Every file there is, but for what dpkg itself writes down."""
    own = ("var/lib/dpkg/", "var/log/", "var/cache/", "root/", "proc/", "tmp/")
    found = {path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir() or path.is_symlink()}
    return {name for name in found if not name.startswith(own)}


def inside(root: Path, seen: Sequence[Path]) -> list[str]:
    """What runs a command in that root, without a network."""
    return ["unshare", "--mount", "--net", "sh", "-c", INSIDE, "sh", str(root), *map(str, seen), "--"]


@pytest.mark.desktop("Xvfb", "debootstrap", "dpkg-deb", "unshare")
def test_the_deb_is_installed_used_and_removed_in_a_clean_debian(full_desk: Desk, tmp_path: Path) -> None:
    """Without a network; what it leaves is nothing."""
    subprocess.run(["sh", ROOT / "packaging/debian/build"], check=True, timeout=1200)
    (deb,) = (ROOT / "dist").glob("sitbreak_*.deb")
    assert deb.stat().st_size < 40e6
    root = tmp_path / "debian"
    wanted = f"--include={','.join(needs_of(deb))}"
    subprocess.run(["debootstrap", "--variant=minbase", wanted, DEBIAN, root], check=True, timeout=1200)
    before = files(root)
    (root / "tmp/sitbreak.deb").write_bytes(deb.read_bytes())
    bare = inside(root, [])
    subprocess.run([*bare, "dpkg", "-i", "/tmp/sitbreak.deb"], check=True)
    home = tmp_path / "home"
    home.mkdir()
    seen = [Path("/dev"), Path("/proc"), Path("/tmp/.X11-unix"), full_desk.children.folder, home]
    use(Program(full_desk, home, command=[*inside(root, seen), "sitbreak"]), tmp_path / "deb.png")
    subprocess.run([*bare, "dpkg", "--purge", "sitbreak"], check=True)
    assert files(root) == before

"""Starting at login: every place, quoted as it wants it, on and off as often as one likes."""

from __future__ import annotations

import os
import plistlib
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitbreak.adapters.autostart import AutostartEntry, AutostartFailed, choose_entry, entries, turn_off_all
from sitbreak.adapters.autostart.entry import (
    desktop_entry,
    desktop_exec,
    program_command,
    systemd_exec,
    windows_command_line,
    write_file,
)
from sitbreak.adapters.autostart.linux import AT_LOGIN, DesktopEntry, SystemdUnit
from sitbreak.adapters.autostart.linux import TEXT as UNIT_TEXT
from sitbreak.adapters.autostart.windows_macos import APPROVED, KEY, LaunchAgent, RunKey, agent
from sitbreak.ports import Env
from tests.adapters.fake_winreg import FakeWinreg

COMMAND = ["/opt/my tools/sitbreak", "run"]
PACKAGING = Path(__file__).parents[2] / "packaging"


def here(tmp_path: Path, platform: str = "linux") -> Env:
    """A home of its own, and no entries for all users."""
    return Env(platform, {"HOME": str(tmp_path), "XDG_CONFIG_DIRS": str(tmp_path / "all")})


def made(kind: str, tmp_path: Path) -> AutostartEntry:
    """The entry of this kind."""
    env = here(tmp_path)
    if kind == "run key":
        return RunKey(env, FakeWinreg())
    kinds: dict[str, type[DesktopEntry | SystemdUnit | LaunchAgent]] = {
        each.NAME: each for each in (DesktopEntry, SystemdUnit, LaunchAgent)
    }
    return kinds[kind](env)


@pytest.mark.parametrize(
    "kind", ["desktop", pytest.param("systemd", marks=pytest.mark.unix("systemd")), "launchd", "run key"]
)
class TestEveryEntry:
    """What holds for all of them."""

    def test_it_is_off_until_asked(self, kind: str, tmp_path: Path) -> None:
        """Nothing is entered by looking."""
        entry = made(kind, tmp_path)
        assert entry.command() is None
        assert list(tmp_path.rglob("*")) == []

    def test_on_twice_is_on_and_off_twice_is_off(self, kind: str, tmp_path: Path) -> None:
        """The same again changes nothing, and what is read back is what was written."""
        entry = made(kind, tmp_path)
        for _ in range(2):
            entry.turn_on(COMMAND)
            assert entry.command() == entry.written(COMMAND)
        for _ in range(2):
            entry.turn_off()
            assert entry.command() is None
        assert [path for path in tmp_path.rglob("*") if not path.is_dir()] == []

    def test_another_path_replaces_the_former(self, kind: str, tmp_path: Path) -> None:
        """After a move the new program is started, and only that one."""
        entry = made(kind, tmp_path)
        entry.turn_on(["/old/sitbreak", "run"])
        entry.turn_on(COMMAND)
        assert entry.command() == entry.written(COMMAND)

    def test_a_line_break_in_the_path_is_refused(self, kind: str, tmp_path: Path) -> None:
        """No entry can hold it, and it could smuggle in another line."""
        entry = made(kind, tmp_path)
        with pytest.raises(AutostartFailed, match="line break"):
            entry.turn_on(["/tmp/a\nExec=evil", "run"])
        assert entry.command() is None


@pytest.mark.parametrize(
    ("argument", "written"),
    [
        ("/usr/bin/sitbreak", "/usr/bin/sitbreak"),
        ("/my tools/x", '"/my tools/x"'),
        ("100%", "100%%"),
        ("a$b`c", r'"a\\$b\\`c"'),
        ('a"b', r'"a\\"b"'),
        ("a\\b", r'"a\\\\b"'),
        ("", '""'),
    ],
)
def test_quoting_for_a_desktop_entry(argument: str, written: str) -> None:
    """As the Desktop Entry Specification has it: quoted, percent signs doubled, and escaped as a string."""
    assert desktop_exec(["x", argument]) == f"x {written}"


def test_a_program_that_a_reader_refuses_by_name_is_started_by_env() -> None:
    """GLib takes no percent sign in the program, systemd no quote or backslash; as arguments both do."""
    assert desktop_exec(["/100%/x", "run"]) == "/usr/bin/env /100%%/x run"
    assert systemd_exec(["/a'b$/x", "run"]) == """/usr/bin/env "/a'b$$/x" run"""


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (["/usr/bin/sitbreak", "run"], "/usr/bin/sitbreak run"),
        (["/my tools/x", "run"], '"/my tools/x" run'),
        (["/a%b$c", "d$e"], "/a%%b$c d$$e"),
        (["/a", 'b"c\\d'], r'/a "b\"c\\d"'),
    ],
)
def test_quoting_for_systemd(command: Sequence[str], written: str) -> None:
    """As systemd.service(5) has it: `%%` everywhere, `$$` in all but the program."""
    assert systemd_exec(command) == written


def test_quoting_for_windows() -> None:
    """The program is always quoted: an unquoted path with spaces could start something else."""
    command = [r"C:\Program Files\Py\pythonw.exe", "-m", "sitbreak", "run"]
    assert windows_command_line(command) == r'"C:\Program Files\Py\pythonw.exe" -m sitbreak run'


def test_what_other_tools_switched_off_is_off_and_comes_back(tmp_path: Path) -> None:
    """Hidden, and the GNOME switch, count as off; on again really is on."""
    entry = DesktopEntry(here(tmp_path))
    for line in ("Hidden=true", "X-GNOME-Autostart-enabled=false"):
        entry.turn_on(COMMAND)
        entry.path.write_text(entry.path.read_text("utf-8") + line + "\n", encoding="utf-8")
        assert entry.command() is None
        entry.turn_on(COMMAND)
        assert entry.command() == entry.written(COMMAND)


@pytest.mark.unix("the XDG folders")
def test_an_entry_for_all_users_is_hidden_not_removed(tmp_path: Path) -> None:
    """Off masks the entry of the system for this user; on again unmasks it."""
    entry = DesktopEntry(here(tmp_path))
    everybody = tmp_path / "all" / "autostart" / "sitbreak.desktop"
    everybody.parent.mkdir(parents=True)
    everybody.write_text("[Desktop Entry]\nExec=sitbreak run\n", encoding="utf-8")
    assert entry.command() == "sitbreak run"
    entry.turn_off()
    assert entry.command() is None
    assert everybody.exists()
    entry.turn_on(["sitbreak", "run"])
    assert entry.command() == "sitbreak run"


@pytest.mark.unix("symbolic links")
def test_a_unit_without_its_link_is_off(tmp_path: Path) -> None:
    """`systemctl --user disable` takes the link away: that is off."""
    unit = SystemdUnit(here(tmp_path))
    unit.turn_on(COMMAND)
    assert unit.link.resolve() == unit.path
    unit.link.unlink()
    assert unit.command() is None
    unit.turn_on(COMMAND)
    assert unit.command() == unit.written(COMMAND)


def test_the_unit_starts_again_after_a_crash_and_not_after_an_answer() -> None:
    """Failures are restarted, "already running" (1) and "put this right first" (2) are not, a crash (70) is."""
    lines = UNIT_TEXT.splitlines()
    assert "Restart=on-failure" in lines
    (kept_down,) = (line.partition("=")[2].split() for line in lines if line.startswith("RestartPreventExitStatus"))
    assert kept_down == ["1", "2"]
    assert "StartLimitBurst=5" in lines


def test_the_files_in_packaging_are_what_the_command_writes() -> None:
    """The unit, the desktop entry and the agent that packagers take say the same but for the path."""
    unit = (PACKAGING / "systemd" / "sitbreak.service").read_text("utf-8")
    assert unit.endswith(UNIT_TEXT.format(command="%h/.local/bin/sitbreak run"))
    desktop = (PACKAGING / "autostart" / "sitbreak.desktop").read_text("utf-8")
    assert desktop == desktop_entry(["sitbreak", "run"], *AT_LOGIN)
    shipped = plistlib.loads((PACKAGING / "launchd" / "sitbreak.plist").read_bytes())
    assert shipped == plistlib.loads(agent(["/usr/local/bin/sitbreak", "run"]).encode())


def test_a_damaged_agent_is_told(tmp_path: Path) -> None:
    """A property list that makes no sense is named, not stepped over."""
    entry = LaunchAgent(here(tmp_path))
    entry.path.parent.mkdir(parents=True)
    entry.path.write_text("<plist", encoding="utf-8")
    with pytest.raises(AutostartFailed, match="makes no sense"):
        entry.command()


def test_the_task_manager_may_have_switched_it_off() -> None:
    """Windows keeps that beside the entry: an odd first byte is off; on takes it back."""
    registry = FakeWinreg()
    entry = RunKey(Env("win32", {}), registry)
    entry.turn_on(COMMAND)
    registry.values[APPROVED, "sitbreak"] = bytes([3]) + bytes(11)
    assert entry.command() is None
    entry.turn_on(COMMAND)
    assert entry.command() == '"/opt/my tools/sitbreak" run'
    assert set(registry.values) == {(KEY, "sitbreak")}


def test_a_registry_that_refuses_is_one_sentence() -> None:
    """Access denied is told with what is true now."""
    entry = RunKey(Env("win32", {}), FakeWinreg(denied=True))
    with pytest.raises(AutostartFailed, match="could not be"):
        entry.turn_on(COMMAND)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A file where the folder should be: told, and off."""
    (tmp_path / ".config").write_text("")
    entry = DesktopEntry(here(tmp_path))
    with pytest.raises(AutostartFailed):
        entry.turn_on(COMMAND)


@pytest.mark.parametrize(("platform", "first"), [("linux", "desktop"), ("darwin", "launchd"), ("freebsd14", "desktop")])
def test_the_usual_way_of_each_system(tmp_path: Path, platform: str, first: str) -> None:
    """What is chosen unasked."""
    assert first == choose_entry(here(tmp_path, platform)).NAME


def test_systemd_is_refused_where_it_does_not_run(tmp_path: Path) -> None:
    """Asked for by name on another system, it says why."""
    with pytest.raises(AutostartFailed, match="systemd does not run this system"):
        choose_entry(here(tmp_path, "darwin"), "systemd")


def test_turning_all_off_but_one_leaves_that_one(tmp_path: Path) -> None:
    """So that nothing is started twice."""
    env = here(tmp_path)
    desktop = choose_entry(env)
    desktop.turn_on(COMMAND)
    turn_off_all(env, but=desktop)
    assert desktop.command() is not None
    turn_off_all(env)
    assert [entry.command() for entry in entries(env)] == [None] * len(entries(env))


def test_the_command_is_this_very_program(tmp_path: Path) -> None:
    """The script beside this Python; without one this Python with -m; on Windows the one without a console."""
    folder = tmp_path / "my env"
    folder.mkdir()
    for name in ("python", "sitbreak", "pythonw.exe"):
        (folder / name).touch()
    assert program_command(str(folder / "python"), "linux") == [str(folder / "sitbreak"), "run"]
    assert program_command(str(folder / "python.exe"), "win32") == [
        str(folder / "pythonw.exe"),
        "-m",
        "sitbreak",
        "run",
    ]


@pytest.mark.unix("the XDG folders")
def test_a_frozen_program_is_started_as_what_it_is(tmp_path: Path) -> None:
    """By its own file, on Windows by the one without a console; an AppImage by the image, for its inside moves."""
    (tmp_path / "sitbreakw.exe").touch()
    for name in ("sitbreak.exe", "sitbreakw.exe"):
        assert program_command(str(tmp_path / name), "win32", True) == [str(tmp_path / "sitbreakw.exe"), "run"]
    assert program_command("/opt/sitbreak/sitbreak", "linux", frozen=True) == ["/opt/sitbreak/sitbreak", "run"]
    inside = "/tmp/.mount_sitbre/usr/bin/sitbreak"
    assert program_command(inside, "linux", True, "/home/me/sitbreak.AppImage") == ["/home/me/sitbreak.AppImage", "run"]


def test_a_flatpak_is_started_by_flatpak(monkeypatch: pytest.MonkeyPatch) -> None:
    """The path of its program is there only inside."""
    monkeypatch.setenv("FLATPAK_ID", "io.github.sitbreak.Sitbreak")
    expected = ["flatpak", "run", "io.github.sitbreak.Sitbreak", "run"]
    assert program_command("/app/lib/sitbreak/sitbreak", "linux", frozen=True) == expected


@pytest.mark.unix("sh")
def test_a_shell_reads_a_desktop_line_back(tmp_path: Path) -> None:
    """After one unescaping the quoted line is what a shell takes apart into the same arguments."""
    awkward = ["/a b/$HOME`x`\\'\"", "run"]
    line = desktop_exec(awkward).replace("%%", "%").replace("\\\\", "\\")
    out = subprocess.run(["sh", "-c", f"printf '%s\\n' {line}"], capture_output=True, text=True, check=True).stdout
    assert out.splitlines() == awkward


@pytest.mark.unix("file modes")
def test_under_no_umask_the_entry_is_still_its_owners(tmp_path: Path) -> None:
    """What starts at each login may be written by nobody else, and neither may its folders."""
    former = os.umask(0)
    try:
        write_file(tmp_path / "autostart" / "apps" / "sitbreak.desktop", "[Desktop Entry]\n")
    finally:
        os.umask(former)
    for path in (tmp_path / "autostart", tmp_path / "autostart/apps", tmp_path / "autostart/apps/sitbreak.desktop"):
        assert path.stat().st_mode & 0o022 == 0

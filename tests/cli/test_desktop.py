"""`sitbreak desktop`: in the menu with an icon, and out again without a trace."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from sitbreak.adapters.autostart.linux import SIZES
from sitbreak.cli.completions import WRITERS
from sitbreak.language import LANGUAGES
from tests.cli.conftest import Type

pytestmark = pytest.mark.unix("the XDG folders")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of its own."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "all"))
    return tmp_path / "data"


def files(data: Path) -> list[str]:
    """All files there."""
    return sorted(str(each.relative_to(data)) for each in data.rglob("*") if each.is_file())


def test_it_is_put_into_the_menu_with_icons_that_are_pictures(typed: Type, data: Path) -> None:
    """The entry starts this program, or opens the window of the one that runs."""
    assert "not in the menu" in typed("desktop").text
    answer = typed("desktop", "install")
    assert answer.code == 0
    assert "sitbreak desktop remove" in answer.text
    entry = (data / "applications/sitbreak.desktop").read_text("utf-8")
    assert "Exec=" in entry
    assert "run --window" in entry
    assert "Icon=sitbreak" in entry
    for size in SIZES:
        with Image.open(data / f"icons/hicolor/{size}x{size}/apps/sitbreak.png") as picture:
            assert picture.size == (size, size)
    assert "is in the menu" in typed("desktop", "status").text


def test_man_and_the_shells_know_it_and_zsh_is_told_where_to_look(
    typed: Type, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after `make install`, also where pipx or uv brought it."""
    monkeypatch.setenv("SHELL", "/bin/bash")
    assert "zsh" not in typed("desktop", "install").text
    assert {"man/man1/sitbreak.1", *WRITERS} < set(files(data))
    monkeypatch.setenv("SHELL", "/usr/bin/zsh")
    assert f"fpath=({data}/zsh/site-functions $fpath)" in typed("desktop", "install").text


def test_what_a_package_installed_for_all_users_is_not_doubled(
    typed: Type, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The package takes its own out again, and leaves nobody a second one."""
    typed("desktop", "install")
    data.rename(data.with_name("all users"))
    monkeypatch.setenv("XDG_DATA_DIRS", str(data.with_name("all users")))
    answer = typed("desktop", "install")
    assert "all users/applications/sitbreak.desktop" in answer.text.replace("\n", " ")
    assert not data.exists()


def test_an_entry_whose_program_is_gone_is_passed_over_by_the_desktop(typed: Type, data: Path, tmp_path: Path) -> None:
    """In the menu and at login: TryExec names the program."""
    typed("autostart", "on")
    for entry in (data / "applications/sitbreak.desktop", tmp_path / "config/autostart/sitbreak.desktop"):
        lines = entry.read_text("utf-8").splitlines()
        (tried,) = (line.removeprefix("TryExec=") for line in lines if line.startswith("TryExec="))
        assert Path(tried).is_file()


def test_the_menu_knows_it_in_every_language(typed: Type, data: Path) -> None:
    """What it is, what it is for, and what it may be searched by; lists keep their last semicolon."""
    typed("desktop", "install")
    lines = (data / "applications/sitbreak.desktop").read_text("utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if "=" in line)
    for code in set(LANGUAGES) - {"en"}:
        for key in ("GenericName", "Comment", "Keywords"):
            assert given[f"{key}[{code}]"] not in ("", given[key]), (key, code)
        assert given[f"Keywords[{code}]"].endswith(";")
        assert given[f"Keywords[{code}]"].count(";") == given["Keywords"].count(";")


@pytest.mark.desktop("desktop-file-validate")
def test_the_entry_is_valid(typed: Type, data: Path) -> None:
    """As the specification's own checker reads it."""
    typed("desktop", "install")
    entry = str(data / "applications/sitbreak.desktop")
    done = subprocess.run(["desktop-file-validate", entry], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_removing_leaves_no_file_and_says_what_is_left(typed: Type, data: Path) -> None:
    """Settings, history and the entry for the login are not its own to remove."""
    typed("desktop", "install")
    answer = typed("desktop", "remove")
    assert answer.code == 0
    assert "settings and history" in answer.text
    assert files(data) == []
    assert typed("desktop", "remove").code == 0


def test_autostart_brings_it_into_the_menu_too(typed: Type, data: Path) -> None:
    """Whoever wants it at every login wants to find it."""
    typed("autostart", "on")
    assert "applications/sitbreak.desktop" in files(data)


def test_a_folder_that_cannot_be_written_is_one_sentence(typed: Type, data: Path) -> None:
    """And no traceback."""
    data.write_text("a file in the way", encoding="utf-8")
    answer = typed("desktop", "install")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert typed("desktop", "install", "--quiet").code == 1


def test_quiet_says_nothing(typed: Type) -> None:
    """For scripts."""
    answer = typed("desktop", "install", "--quiet")
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_checkout_that_was_moved_is_started_at_login_from_where_it_is_now(typed: Type, tmp_path: Path) -> None:
    """An entry whose program is gone names this one from then on; one that is there, or is quoted oddly, stays."""
    typed("autostart", "on")
    entry = tmp_path / "config/autostart/sitbreak.desktop"
    ours = entry.read_text("utf-8")
    moved = tmp_path / "former/.venv/bin/sitbreak"
    entry.write_text(ours.replace(_exec(ours), f"Exec={moved} run"), "utf-8")
    typed("desktop", "install", "--quiet")
    assert entry.read_text("utf-8") == ours
    moved.parent.mkdir(parents=True)
    moved.touch()
    for other in (f"Exec={moved} run", 'Exec="/gone/a \\\\$b" run'):
        entry.write_text(ours.replace(_exec(ours), other), "utf-8")
        typed("desktop", "install", "--quiet")
        assert _exec(entry.read_text("utf-8")) == other


def _exec(entry: str) -> str:
    """The line that says what is started."""
    return next(line for line in entry.splitlines() if line.startswith("Exec="))

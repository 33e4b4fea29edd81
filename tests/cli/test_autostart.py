"""`sitbreak autostart`, as a person types it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Type

pytestmark = pytest.mark.unix("the XDG folders")


@pytest.fixture(autouse=True)
def xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration folder of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "my config"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "all"))
    for name in ("XDG_CURRENT_DESKTOP", "SWAYSOCK", "I3SOCK"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "my config"


def test_it_is_off_until_asked(typed: Type, xdg: Path) -> None:
    """Status says so, with what changes it, and makes nothing."""
    answer = typed("autostart")
    assert answer.code == 0
    assert "sitbreak autostart on" in answer.text
    assert not xdg.exists()


def test_on_and_off_and_the_setting_keeps_in_step(typed: Type, xdg: Path) -> None:
    """On names the command and the place; the setting follows; off leaves nothing behind."""
    answer = typed("autostart", "on")
    assert answer.code == 0
    assert "next login" in answer.text
    assert (xdg / "autostart" / "sitbreak.desktop").is_file()
    assert typed("config", "get", "general.autostart").out == "true\n"
    assert json.loads(typed("autostart", "--json").out)["on"] is True
    assert typed("autostart", "off").code == 0
    assert not (xdg / "autostart" / "sitbreak.desktop").exists()
    assert typed("config", "get", "general.autostart").out == "false\n"


@pytest.mark.parametrize(("variable", "value"), [("XDG_CURRENT_DESKTOP", "sway"), ("I3SOCK", "/run/i3")])
def test_a_window_manager_that_reads_no_entry_is_not_promised_for(
    typed: Type, monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    """It says what to add, and to what, instead of that it starts."""
    monkeypatch.setenv(variable, value)
    text = typed("autostart", "on").text.replace("\n", " ")
    assert "does not read" in text
    assert "exec " in text
    assert "starts when you log in" not in text
    assert "next login" not in text


def test_another_program_behind_the_entry_is_told(typed: Type, xdg: Path) -> None:
    """An entry that starts a sitbreak elsewhere is named as such."""
    typed("autostart", "on")
    file = xdg / "autostart" / "sitbreak.desktop"
    file.write_text("[Desktop Entry]\nExec=/old/sitbreak run\n", encoding="utf-8")
    assert "another sitbreak" in typed("autostart", "status").text


def test_a_place_that_cannot_be_written_is_one_sentence(typed: Type, xdg: Path) -> None:
    """A file where the folder should be: exit 1, and the setting stays off."""
    xdg.write_text("")
    answer = typed("autostart", "on")
    assert (answer.code, answer.err.count("\n")) == (1, 1)
    assert typed("config", "get", "general.autostart").out == "false\n"


def test_the_setting_and_the_entry_cannot_part(typed: Type, xdg: Path) -> None:
    """Set as a setting, it is done at once; reset, it is undone."""
    file = xdg / "autostart" / "sitbreak.desktop"
    assert typed("config", "set", "general.autostart", "true").code == 0
    assert file.is_file()
    assert typed("config", "reset", "general.autostart").code == 0
    assert not file.exists()

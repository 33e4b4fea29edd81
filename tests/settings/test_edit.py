"""Changing keys in the user's file."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from sitbreak.settings.edit import EditRefused, reset_key, set_keys
from sitbreak.settings.load import load


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings file is, or would be."""
    return tmp_path / "sitbreak.toml"


def test_a_new_file_holds_what_was_set_and_nothing_else(file: Path) -> None:
    """Setting one key makes a private file with that key."""
    set_keys(file, {"break.minutes": 3})
    assert file.read_text().endswith("[break]\nminutes = 3\n")
    assert sys.platform == "win32" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_comments_and_order_stay(file: Path) -> None:
    """Only the value changes."""
    file.write_text("# mine\n[prompt]\nsound = true # loud\n# after\n\n[tray]\nenabled = false\n")
    set_keys(file, {"prompt.sound": False})
    assert file.read_text() == "# mine\n[prompt]\nsound = false # loud\n# after\n\n[tray]\nenabled = false\n"


@pytest.mark.parametrize(
    "text",
    [
        "prompt.sound = true\ntray.enabled = false\nprompt.adaptive = false\n",
        "prompt = { sound = true }\n",
        "[tray]\n[prompt]\nsound = true",
        "\ufeff[prompt]\r\nsound = true\r\n",
        "",
    ],
)
def test_every_way_to_write_toml_can_be_edited(file: Path, text: str) -> None:
    """Dotted keys, inline tables, no final newline: what is read afterwards is what was set."""
    file.write_bytes(text.encode())
    set_keys(file, {"prompt.sound": False, "prompt.snooze_minutes": [1, 2.5], "break.window": "fullscreen"})
    loaded = load(file)
    assert loaded.problems == ()
    assert loaded.settings.prompt.sound is False
    assert loaded.settings.prompt.snooze_minutes == (1, 2.5)
    assert loaded.settings.break_.window == "fullscreen"
    reset_key(file, "prompt.snooze_minutes")
    assert load(file).settings.prompt.snooze_minutes == (5, 10, 15)


@pytest.mark.parametrize("text", ["[prompt", "[prompt]\nsound = 3\n", "[prompts]\n"])
def test_a_broken_file_is_never_overwritten(file: Path, text: str) -> None:
    """The refusal says what is wrong with the file, and the file stays as it was."""
    file.write_text(text)
    with pytest.raises(EditRefused):
        set_keys(file, {"break.minutes": 3})
    with pytest.raises(EditRefused):
        reset_key(file, "break.minutes")
    assert file.read_text() == text


def test_a_value_that_is_not_allowed_changes_nothing(file: Path) -> None:
    """Neither a bad value nor one that contradicts another is written."""
    for values in ({"break.minutes": -1}, {"prompt.earliest_minutes": 60}):
        with pytest.raises(EditRefused):
            set_keys(file, values)
    assert not file.exists()


def test_values_that_only_fit_together_are_set_together(file: Path) -> None:
    """Earliest and latest can move past the old ones in one step."""
    settings = set_keys(file, {"prompt.earliest_minutes": 60, "prompt.latest_minutes": 75})
    assert settings.prompt.latest_minutes == 75


@pytest.mark.unix("symbolic links")
def test_a_linked_file_stays_a_link(file: Path, tmp_path: Path) -> None:
    """People keep their settings elsewhere and link them; the link is followed."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("[prompt]\nsound = true\n")
    file.symlink_to(real)
    set_keys(file, {"prompt.sound": False})
    assert file.is_symlink()
    assert "sound = false" in real.read_text()

"""How programs are started: this one, and those that the user names in the settings."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sitbreak.settings.installation import PER_MONITOR_V2, how_to_get, installer, self_command, sharp
from sitbreak.settings.written_values import words_of

TYPED = r""""C:\my tools\notify.exe" --to 'the phone' #1"""


def test_on_windows_a_backslash_is_part_of_a_path() -> None:
    """Quotation marks hold words together, and nothing else is special."""
    assert words_of(TYPED, "win32") == [r"C:\my tools\notify.exe", "--to", "the phone", "#1"]
    assert words_of(r"C:\tools\a.exe", "win32") == [r"C:\tools\a.exe"]


def test_elsewhere_words_are_as_a_shell_reads_them() -> None:
    """A backslash keeps the space behind it in the word."""
    assert words_of(r"/my\ tools/notify --to \'", "linux") == ["/my tools/notify", "--to", "'"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_half_a_quotation_is_refused(platform: str) -> None:
    """On every system."""
    with pytest.raises(ValueError, match="quotation"):
        words_of('notify "all', platform)


def test_a_frozen_program_is_started_by_its_own_file() -> None:
    """Without the name of the module."""
    assert self_command("run", executable="sitbreak.exe", frozen=True) == ["sitbreak.exe", "run"]
    assert self_command("run", executable="python", frozen=False) == ["python", "-m", "sitbreak", "run"]


def test_windows_is_asked_not_to_blur() -> None:
    """Where it can be asked; an older one is left alone."""
    asked: list[Any] = []
    sharp(SimpleNamespace(SetProcessDpiAwarenessContext=lambda context: asked.append(context.value)))
    sharp(SimpleNamespace())
    assert asked == [PER_MONITOR_V2 % (1 << 64)]


TEXTS = Path(__file__).parents[2] / "sitbreak" / "locale" / "sitbreak.pot"


PIP = ["python", "-m", "pip", "install"]


def test_the_library_is_named_with_the_versions_that_do() -> None:
    """As our own package asks for it."""
    assert how_to_get("paho-mqtt", by=PIP) == 'Run `python -m pip install "paho-mqtt<3,>=2.0"`.'
    assert how_to_get("paho-mqtt", by=[]) == "It belongs to this sitbreak; please install sitbreak again."


def test_pynput_is_brought_without_what_would_need_a_compiler() -> None:
    """It names evdev, which is built from C."""
    assert how_to_get("pynput", "--no-deps", by=PIP) == 'Run `python -m pip install --no-deps "pynput>=1.8"`.'


def test_an_environment_of_uv_has_no_pip_and_is_added_to_by_uv(tmp_path: Path) -> None:
    """`uv tool install` makes such a one; the .deb's has neither, for all is in it."""
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\nuv = 0.13.9\n", "utf-8")
    assert installer(tmp_path, "/x/python") == ["uv", "pip", "install", "--python", "/x/python"]
    (tmp_path / "pyvenv.cfg").write_text("home = /usr/bin\n", "utf-8")
    assert installer(tmp_path, "/x/python") == []


def test_no_text_names_a_package_of_ours_at_an_index() -> None:
    """There is none, and whoever took the name would be installed."""
    assert "sitbreak[" not in TEXTS.read_text("utf-8")

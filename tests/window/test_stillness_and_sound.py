"""What the system says about motion, and what plays the chime."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from sitbreak.window import sound
from sitbreak.window.desktop_capabilities import kde, stillness_wanted
from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]


def tool(folder: Path, name: str, script: str) -> None:
    """A program of that name in a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("says", "desktop", "still"), [("false", "ubuntu:GNOME", True), ("true", "GNOME", False), ("false", "sway", False)]
)
@pytest.mark.unix("sh")
def test_gnome_is_asked_about_animations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, desktop: str, still: bool
) -> None:
    """Where it is GNOME or of its kin, and nowhere else."""
    tool(tmp_path, "gsettings", f"echo {says}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert stillness_wanted("linux", {"XDG_CURRENT_DESKTOP": desktop}) is still


@pytest.mark.parametrize(("factor", "still"), [("0", True), ("0.5", False), ("soon", False)])
def test_plasma_keeps_it_in_its_settings(tmp_path: Path, factor: str, still: bool) -> None:
    """An animation factor of nought is "instant"; nonsense is no wish."""
    (tmp_path / "kdeglobals").write_text(f"[KDE]\nAnimationDurationFactor={factor}\n[Icons]\nTheme=a\n", "utf-8")
    wish = {"XDG_CURRENT_DESKTOP": "KDE", "XDG_CONFIG_HOME": str(tmp_path)}
    assert stillness_wanted("linux", wish) is still
    assert not kde(tmp_path / "nowhere")


def test_a_system_that_says_nothing_wants_motion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool, no desktop: the figure moves."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not stillness_wanted("linux", {})
    assert not stillness_wanted("linux", {"XDG_CURRENT_DESKTOP": "GNOME"})
    assert not stillness_wanted("darwin", {})


@pytest.mark.parametrize("still", [True, False])
def test_macos_is_asked_by_its_public_call(still: bool) -> None:
    """The workspace says it; the file of its preferences is not for every program to read."""
    workspace = SimpleNamespace(accessibilityDisplayShouldReduceMotion=lambda: still)
    appkit = SimpleNamespace(NSWorkspace=SimpleNamespace(sharedWorkspace=lambda: workspace))
    assert stillness_wanted("darwin", {}, appkit) is still


@pytest.mark.unix("sh")
def test_the_chime_is_played_by_the_first_player_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PipeWire's before PulseAudio's before ALSA's; none is silence, not an error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sound.command("x.wav") is None
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path))
    assert not sound.play(sound.CHIME, 0.5)
    tool(tmp_path, "aplay", "exit 0")
    assert sound.command("x.wav") == [str(tmp_path / "aplay"), "-q", "x.wav"]
    tool(tmp_path, "paplay", "exit 0")
    assert sound.command("x.wav") == [str(tmp_path / "paplay"), "x.wav"]


@pytest.mark.unix("sh")
def test_chimes_leave_nothing_behind(tmp_path: Path) -> None:
    """However often it is played, there is one file, in the program's own folder, and none for temporary files."""
    tools, home, temporary = (tmp_path / name for name in ("tools", "home", "tmp"))
    tools.mkdir()
    temporary.mkdir()
    tool(tools, "pw-play", f"cp $1 {tmp_path}/played")
    env = {"PATH": f"{tools}:/usr/bin:/bin", "TMPDIR": str(temporary), "SITBREAK_HOME": str(home)}
    thrice = "from sitbreak.window.sound import CHIME, play; assert all(play(CHIME, 0.5) for _ in range(3))"
    subprocess.run([sys.executable, "-c", thrice], env={**env, "PYTHONPATH": str(ROOT)}, check=True, timeout=60)
    wait_until(lambda: (tmp_path / "played").exists(), what="the chime")
    assert list(temporary.iterdir()) == []
    assert [path.name for path in home.iterdir()] == ["chime.wav"]


def test_no_volume_is_no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started for silence."""
    tool(tmp_path, "paplay", f"touch {tmp_path}/played")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not sound.play(sound.CHIME, 0.0)
    assert not (tmp_path / "played").exists()

"""What the system says about motion, and what plays the chime."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitbreak.window import sound, stillness


def tool(folder: Path, name: str, script: str) -> None:
    """A program of that name in a folder."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("says", "desktop", "still"), [("false", "ubuntu:GNOME", True), ("true", "GNOME", False), ("false", "sway", False)]
)
def test_gnome_is_asked_about_animations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, says: str, desktop: str, still: bool
) -> None:
    """Where it is GNOME or of its kin, and nowhere else."""
    tool(tmp_path, "gsettings", f"echo {says}")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert stillness.wanted("linux", {"XDG_CURRENT_DESKTOP": desktop}) is still


@pytest.mark.parametrize(("factor", "still"), [("0", True), ("0.5", False), ("soon", False)])
def test_plasma_keeps_it_in_its_settings(tmp_path: Path, factor: str, still: bool) -> None:
    """An animation factor of nought is "instant"; nonsense is no wish."""
    (tmp_path / "kdeglobals").write_text(f"[KDE]\nAnimationDurationFactor={factor}\n[Icons]\nTheme=a\n", "utf-8")
    wish = {"XDG_CURRENT_DESKTOP": "KDE", "XDG_CONFIG_HOME": str(tmp_path)}
    assert stillness.wanted("linux", wish) is still
    assert not stillness.kde(tmp_path / "nowhere")


def test_a_system_that_says_nothing_wants_motion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No tool, no desktop: the figure moves."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not stillness.wanted("linux", {})
    assert not stillness.wanted("linux", {"XDG_CURRENT_DESKTOP": "GNOME"})
    assert not stillness.wanted("darwin", {})


def test_the_chime_is_played_by_the_first_player_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PipeWire's before PulseAudio's before ALSA's; none is silence, not an error."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert sound.command("x.wav") is None
    assert not sound.play(0.5)
    tool(tmp_path, "aplay", "exit 0")
    assert sound.command("x.wav") == [str(tmp_path / "aplay"), "-q", "x.wav"]
    tool(tmp_path, "paplay", "exit 0")
    assert sound.command("x.wav") == [str(tmp_path / "paplay"), "x.wav"]


def test_no_volume_is_no_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is started for silence."""
    tool(tmp_path, "paplay", f"touch {tmp_path}/played")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not sound.play(0.0)
    assert not (tmp_path / "played").exists()

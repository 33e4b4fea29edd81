"""Plays the chime with what the system has for it; silent where there is nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sitbreak.window.chime import wav

PLAYERS = (("pw-play",), ("paplay",), ("aplay", "-q"), ("afplay",))


def command(path: str) -> list[str] | None:
    """The command that plays a file here, or None."""
    for player, *options in PLAYERS:
        found = shutil.which(player)
        if found is not None:
            return [found, *options, path]
    return None


def play(volume: float) -> bool:
    """Plays the chime in the background at a volume from 0 to 1; False where nothing can play it."""
    if volume <= 0:
        return False
    if sys.platform == "win32":
        return _play_windows(volume)
    path = Path(tempfile.gettempdir()) / f"sitbreak-chime-{id(play):x}.wav"
    found = command(str(path))
    if found is None:
        return False
    return _start(found, path, wav(volume))


def _start(found: list[str], path: Path, sound: bytes) -> bool:
    nowhere = subprocess.DEVNULL
    try:
        path.write_bytes(sound)
        subprocess.Popen(found, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return False
    return True


def _play_windows(volume: float) -> bool:
    if sys.platform != "win32":
        return False
    import winsound

    path = Path(tempfile.gettempdir()) / "sitbreak-chime.wav"
    try:
        path.write_bytes(wav(volume))
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
    except (OSError, RuntimeError):
        return False
    return True

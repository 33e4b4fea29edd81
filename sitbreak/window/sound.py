"""Plays the chime with what the system has for it; silent where there is nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from sitbreak.settings.paths import FolderUnusable, find_paths, make_folder
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
    folder = find_paths().runtime_dir
    path = folder / "chime.wav"  # one file, however often it is played
    try:
        make_folder(folder)
        if sys.platform == "win32":
            return _play_windows(path, wav(volume))
        found = command(str(path))
        return found is not None and _start(found, path, wav(volume))
    except (OSError, FolderUnusable):
        return False


def _start(found: list[str], path: Path, sound: bytes) -> bool:
    path.write_bytes(sound)
    nowhere = subprocess.DEVNULL
    subprocess.Popen(found, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    return True


def _play_windows(path: Path, sound: bytes) -> bool:
    if sys.platform != "win32":
        return False
    import winsound

    try:
        path.write_bytes(sound)
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
    except RuntimeError:
        return False
    return True

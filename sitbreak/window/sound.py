"""A soft chime of our own making, played with what the system has for it; silent where there is nothing."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import wave
from array import array
from math import exp, pi, sin
from pathlib import Path

from sitbreak.settings.paths import FolderUnusable, find_paths, make_folder

RATE = 22050
NOTES = ((587.33, 0.0), (880.0, 0.16))  # D5, then A5: a rising fifth
PARTIALS = ((1.0, 0.62), (2.0, 0.2), (3.01, 0.07))  # of a small bell: multiple of the pitch, loudness
LENGTH, FADE, ATTACK = 1.5, 0.42, 0.012  # seconds


def tone(pitch: float, at: float) -> float:
    """One note, `at` seconds after it was struck; between about -1 and 1."""
    if at < 0:
        return 0.0
    swell = min(1.0, at / ATTACK) * exp(-at / FADE)
    return swell * sum(loud * sin(2 * pi * pitch * multiple * at) for multiple, loud in PARTIALS)


def wav(volume: float) -> bytes:
    """The chime as a mono 16-bit WAV; `volume` from 0 to 1."""
    loud = 32767 * 0.42 * min(1.0, max(0.0, volume))
    count = int(RATE * LENGTH)
    tail = [min(1.0, (count - number) / (0.1 * RATE)) for number in range(count)]
    heights = (
        loud * tail[number] * sum(tone(pitch, number / RATE - begin) for pitch, begin in NOTES)
        for number in range(count)
    )
    samples = array("h", (int(max(-32767, min(32767, height))) for height in heights))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return out.getvalue()


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

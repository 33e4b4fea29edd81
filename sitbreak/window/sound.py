"""Soft sounds of our own making, played with what the system has for them; silent where there is nothing."""

from __future__ import annotations

import io
import shutil
import sys
import wave
from array import array
from collections.abc import Mapping
from math import exp, pi, sin
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

from sitbreak import language
from sitbreak.core.frozen import frozen
from sitbreak.settings.paths import FolderUnusable, find_paths, make_folder

RATE = 22050
PARTIALS = ((1.0, 0.62), (2.0, 0.2), (3.01, 0.07))  # of a small bell: multiple of the pitch, loudness
ATTACK = 0.012  # seconds


@frozen
class Sound:
    """A few notes (pitch in hertz, seconds until it is struck), how long it is and how fast it fades, in seconds."""

    name: str
    notes: tuple[tuple[float, float], ...]
    length: float
    fade: float


CHIME = Sound("chime", ((587.33, 0.0), (880.0, 0.16)), 1.5, 0.42)  # D5, then A5: a rising fifth
TICK = Sound("tick", ((880.0, 0.0),), 0.5, 0.08)


def tone(pitch: float, at: float, fade: float) -> float:
    """One note, `at` seconds after it was struck; between about -1 and 1."""
    if at < 0:
        return 0.0
    swell = min(1.0, at / ATTACK) * exp(-at / fade)
    return swell * sum(loud * sin(2 * pi * pitch * multiple * at) for multiple, loud in PARTIALS)


def wav(sound: Sound, volume: float) -> bytes:
    """A sound as a mono 16-bit WAV; `volume` from 0 to 1."""
    loud = 32767 * 0.42 * min(1.0, max(0.0, volume))
    count = int(RATE * sound.length)
    tail = [min(1.0, (count - number) / (0.1 * RATE)) for number in range(count)]
    heights = (
        loud * tail[number] * sum(tone(pitch, number / RATE - begin, sound.fade) for pitch, begin in sound.notes)
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


def play(sound: Sound, volume: float) -> bool:
    """Plays it in the background at a volume from 0 to 1; False where nothing can play it."""
    if volume <= 0:
        return False
    folder = find_paths().runtime_dir
    path = folder / f"{sound.name}.wav"  # one file, however often it is played
    try:
        make_folder(folder)
        if sys.platform == "win32":
            return _play_windows(path, wav(sound, volume))
        found = command(str(path))
        if found is None:
            return False
        path.write_bytes(wav(sound, volume))
        return launched(found)
    except (OSError, FolderUnusable):
        return False


def _play_windows(path: Path, written: bytes) -> bool:
    if sys.platform != "win32":
        return False
    import winsound

    try:
        path.write_bytes(written)
        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
    except RuntimeError:
        return False
    return True


def launched(command: list[str], variables: Mapping[str, str] | None = None) -> bool:
    """Starts a small program of the system that makes a sound, and leaves it alone: it ends by itself.

    `variables` stand beside the present ones. False where it cannot be started.
    """
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    environment = QProcessEnvironment.systemEnvironment()
    for name, value in (variables or {}).items():
        environment.insert(name, value)
    process.setProcessEnvironment(environment)
    process.setStandardInputFile(QProcess.nullDevice())
    process.setStandardOutputFile(QProcess.nullDevice())
    process.setStandardErrorFile(QProcess.nullDevice())
    started: object = process.startDetached()  # a bool, whatever PySide's stubs say
    return started is True


# The text follows as the last argument; nothing of it is read as an option after "--".
SPEAKERS = (("spd-say", "-l"), ("espeak-ng", "-v"), ("espeak", "-v"))  # with their options for a language
MAC_SPEAKERS = (("say", "--"),)
# PowerShell would read an argument as code, so there the text is a variable of the environment.
SAYS = "SITBREAK_SAYS"
SAPI = f"Add-Type -AssemblyName System.Speech; (New-Object Speech.Synthesis.SpeechSynthesizer).Speak($env:{SAYS})"


def speaker(text: str, platform: str = sys.platform) -> list[str] | None:
    """The command that says this here; None where nothing speaks."""
    if platform == "win32":
        shell = shutil.which("powershell")
        return [shell, "-NoProfile", "-NonInteractive", "-Command", SAPI] if shell else None
    spoken = language.code().partition("-")[0]
    speakers = [(name, option, spoken, "--") for name, option in SPEAKERS]
    for name, *options in MAC_SPEAKERS if platform == "darwin" else speakers:
        found = shutil.which(name)
        if found is not None:
            return [found, *options, text]
    return None


def say(text: str) -> bool:
    """Says it in the background, once; False where nothing can."""
    found = speaker(text)
    return found is not None and launched(found, {SAYS: text})

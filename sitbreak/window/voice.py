"""Says a step aloud with the voice the system has: speech-dispatcher, espeak, macOS's say, Windows' SAPI."""

from __future__ import annotations

import shutil
import sys

from sitbreak import language
from sitbreak.window.sound import launched

# The text follows as the last argument; nothing of it is read as an option after "--".
SPEAKERS = (("spd-say", "-l"), ("espeak-ng", "-v"), ("espeak", "-v"))  # with their options for a language
MAC_SPEAKERS = (("say", "--"),)
# PowerShell would read an argument as code, so there the text is a variable of the environment.
SAYS = "SITBREAK_SAYS"
SAPI = f"Add-Type -AssemblyName System.Speech; (New-Object Speech.Synthesis.SpeechSynthesizer).Speak($env:{SAYS})"


def command(text: str, platform: str = sys.platform) -> list[str] | None:
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
    found = command(text)
    return found is not None and launched(found, {SAYS: text})

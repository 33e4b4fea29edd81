"""The glyph as a file, for those who take an icon by its path: notifications and the application menu."""

from __future__ import annotations

import os
from pathlib import Path

from sitbreak.adapters.tray.glyph import image

NAME = "sitbreak.png"
SIZE = 64


def icon_file(folder: Path, state: str = "due") -> Path:
    """The path of a PNG of the glyph in `folder`, written there anew (legible on any ground); raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    unfinished = path.with_suffix(".part")
    image(state, 1.0, SIZE, "either").save(unfinished, "PNG")
    os.replace(unfinished, path)
    return path

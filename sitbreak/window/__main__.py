"""`sitbreak window`, for the program only: one request on standard input opens one window; answers go to standard out.

With `--warm` everything is loaded first and the request awaited then, so that the window is there at once; `--scale N`
then gives the scale that is otherwise read from the request.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from itertools import chain

from sitbreak.window.message_fields import BadMessage, parse


def scale_of(request: str) -> float:
    """The scale a request asks for; 1 where it has none or cannot be read (the window complains later)."""
    try:
        look = parse(request).get("look", {})
    except BadMessage:
        return 1.0
    found = look.get("scale", 1.0) if isinstance(look, dict) else 1.0
    return float(found) if isinstance(found, (int, float)) else 1.0


def set_scale(scale: float) -> None:
    """Asks Qt for this scale on top of the system's own; must come before Qt starts."""
    if 1.0 < scale <= 3.0:
        os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"


def main(words: Sequence[str] | None = None) -> None:
    """Reads the command line and runs the window."""
    parser = argparse.ArgumentParser(prog="sitbreak window", description=__doc__)
    parser.add_argument("--warm", action="store_true")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args(words)
    from sitbreak import language
    from sitbreak.window.channel import lines_of

    language.choose()  # by the variables that the daemon hands on

    lines: Iterator[str] = lines_of(0)
    if options.warm:
        set_scale(options.scale)
        import sitbreak.window.breakapp  # noqa: F401  (loaded ahead)
    else:
        first = next(lines, "")
        set_scale(scale_of(first))
        lines = chain([first], lines)
    from sitbreak.window.app import run

    run(lines)


if __name__ == "__main__":
    main()

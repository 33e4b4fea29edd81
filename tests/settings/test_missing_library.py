"""What brings a library that is missing."""

from __future__ import annotations

import sys
from pathlib import Path

from sitbreak.settings.missing_library import how_to_get

TEXTS = Path(__file__).parents[2] / "sitbreak" / "locale" / "sitbreak.pot"


def test_the_library_is_named_with_the_versions_that_do() -> None:
    """As our own package asks for it, for the Python that runs this."""
    assert how_to_get("paho-mqtt") == f'Run `{sys.executable} -m pip install "paho-mqtt<3,>=2.0"`.'


def test_no_text_names_a_package_of_ours_at_an_index() -> None:
    """There is none, and whoever took the name would be installed."""
    assert "sitbreak[" not in TEXTS.read_text("utf-8")

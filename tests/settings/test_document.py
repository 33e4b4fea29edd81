"""The documented default file."""

from __future__ import annotations

from pathlib import Path

from sitbreak.settings.document import markdown_table, toml_text
from sitbreak.settings.load import load
from sitbreak.settings.model import SETTINGS, Settings

FILE = Path(__file__).parents[2] / "config" / "sitbreak.toml"


def test_the_file_in_the_repository_is_up_to_date() -> None:
    """When this fails: python -m sitbreak.settings.document > config/sitbreak.toml."""
    assert FILE.read_text(encoding="utf-8") == toml_text()


def test_the_documented_file_means_the_defaults() -> None:
    """Every key is in it, and reading it changes nothing."""
    loaded = load(FILE)
    assert loaded.problems == ()
    assert loaded.settings == Settings()
    assert all(f"\n{known.name} = " in toml_text() for known in SETTINGS.values())


def test_the_table_has_a_row_for_each_setting() -> None:
    """Key, default, allowed, meaning: four cells each."""
    rows = markdown_table().splitlines()[2:]
    assert len(rows) == len(SETTINGS)
    assert all(row.replace("\\|", "").count("|") == 5 for row in rows)

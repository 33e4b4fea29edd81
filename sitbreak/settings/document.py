"""The documented default settings file, and the same as a Markdown table; both are made from the model.

`python -m sitbreak.settings.document > config/sitbreak.toml` renews the file, `--markdown` prints the table.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

from sitbreak.language import N_, _, paragraph
from sitbreak.settings.kinds import Setting
from sitbreak.settings.load import shown
from sitbreak.settings.model import SECTIONS, SETTINGS
from sitbreak.settings.titles import TITLES

HEADER = N_(
    "# sitbreak settings: every key with its default. Copy what you change into the file `sitbreak "
    "config path` names,\n"
    "# or say `sitbreak config set KEY VALUE`. `sitbreak config check` tells what is wrong, all at once.\n"
)


OWN_HEADER = N_(
    "# sitbreak settings: every key with its default. Take the # away before what you change; the rest "
    "follows the defaults.\n"
)


def toml_text() -> str:
    """The text of config/sitbreak.toml."""
    return HEADER + "".join(line + "\n" for line in _toml_lines())


def own_text() -> str:
    """A settings file to begin with: the same, with every key commented out."""
    lines = (f"#{line}" if " = " in line and not line.startswith("#") else line for line in _toml_lines())
    return OWN_HEADER + "".join(f"{line}\n" for line in lines)


def markdown_table() -> str:
    """A Markdown table of all settings: key, default, what is allowed, meaning."""
    rows = ["| key | default | allowed | meaning |", "| --- | --- | --- | --- |"]
    rows += [
        f"| `{each.key}` | `{toml_value(each.default_plain)}` | {_cell(each.kind.allowed)} | {_cell(explained(each))} |"
        for each in SETTINGS.values()
    ]
    return "".join(row + "\n" for row in rows)


def toml_value(plain: object) -> str:
    """A plain value (switch, number, word or list of these) as TOML; for these TOML and JSON agree."""
    return shown(plain, limit=None)


def _toml_lines() -> Iterator[str]:
    for section, table in SECTIONS.items():
        yield ""
        told = inspect.getdoc(table)
        yield f"# {_(told) if told else ''}"
        yield f"[{section}]"
        for each in (known for known in SETTINGS.values() if known.section == section):
            yield f"# {explained(each)}"
            yield _("#   allowed: {allowed}", allowed=each.kind.allowed)
            yield f"{each.name} = {toml_value(each.default_plain)}"


def explained(each: Setting) -> str:
    """What it is called in the window, and what that leaves open."""
    title = _("{clause}.", clause=_(TITLES[each.key]))
    return paragraph(title, each.meaning)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(markdown_table() if "--markdown" in sys.argv[1:] else toml_text())

"""The man page knows every command, and every option of it."""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator

import pytest

from sitbreak.cli import COMMANDS, completions

PAGE = completions.files()["man/man1/sitbreak.1"].decode()


def entries() -> dict[str, str]:
    """The text of each entry under COMMANDS, by the command it begins with; roff's escapes undone."""
    commands = PAGE.split(".SH COMMANDS")[1].split(".SH ")[0].replace("\\-", "-")
    blocks = [block.split("\n.SS ")[0] for block in commands.split(".TP\n")[1:]]
    return {block.splitlines()[0].split()[1]: block for block in blocks}


ENTRIES = entries()


def options(parser: argparse.ArgumentParser) -> Iterator[str]:
    """The long options of a parser and of the parsers below it; those for help left out."""
    for action in parser._actions:
        yield from (name for name in action.option_strings if name.startswith("--") and name != "--help")
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from options(below)


def test_every_command_has_its_entry_and_no_other() -> None:
    """The commands of the page are the commands of the program."""
    assert sorted(ENTRIES) == sorted(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_in_its_entry(command: str) -> None:
    """What `--help` shows as an option the page has, too."""
    subparsers = argparse.ArgumentParser().add_subparsers()
    importlib.import_module(f"sitbreak.cli.{COMMANDS[command][0]}").add_parser(subparsers)
    wanted = set(options(subparsers.choices[command]))
    assert {name for name in wanted if name not in ENTRIES[command]} == set()


def test_the_exit_statuses_are_told() -> None:
    """0, 1 and 2 as the program uses them, and 70 for a crash."""
    statuses = PAGE.split(".SH EXIT STATUS")[1].split(".SH ")[0]
    assert re.findall(r"^\.B (\d+)$", statuses, re.MULTILINE) == ["0", "1", "2", "70"]

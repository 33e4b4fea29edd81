"""Write completions of the command line for bash, zsh and fish: packaging/completions.py FOLDER

Made from the very parsers of the commands, so that they know every command, verb, option and choice there is.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

from sitbreak.cli import COMMANDS


def words_of(parser: argparse.ArgumentParser) -> list[str]:
    """The options, choices and verbs of a command, those of its verbs too, each once."""
    return sorted(set(_words(parser)))


def _words(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # argparse has no other way to ask
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield verb
                yield from _words(below)
        elif action.choices is not None:
            yield from map(str, action.choices)


def commands() -> dict[str, tuple[str, list[str]]]:
    """Each command with its line of help and its words."""
    found = {}
    for name, (module, about) in COMMANDS.items():
        subparsers = argparse.ArgumentParser(prog="sitbreak").add_subparsers(dest="command")
        importlib.import_module(f"sitbreak.cli.{module}").add_parser(subparsers)
        found[name] = (about, words_of(subparsers.choices[name]))
    return found


def bash(known: dict[str, tuple[str, list[str]]]) -> str:
    """For bash-completion."""
    cases = "".join(f"        {name}) words='{' '.join(words)}' ;;\n" for name, (_, words) in known.items())
    return (
        "# bash completion of sitbreak\n_sitbreak() {\n"
        '    local words current="${COMP_WORDS[COMP_CWORD]}"\n'
        f"    if [ \"$COMP_CWORD\" -eq 1 ]; then words='{' '.join(known)} --help --version'\n"
        f'    else case "${{COMP_WORDS[1]}}" in\n{cases}        *) words= ;;\n    esac; fi\n'
        '    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")\n'
        '    [ "${#COMPREPLY[@]}" -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$current")\n'
        "}\ncomplete -F _sitbreak sitbreak\n"
    )


def zsh(known: dict[str, tuple[str, list[str]]]) -> str:
    """For zsh's own completion."""
    lines = "".join(f"        '{name}:{_quoted(about)}'\n" for name, (about, _) in known.items())
    cases = "".join(f"        {name}) compadd -- {' '.join(words)} ;;\n" for name, (_, words) in known.items())
    return (
        "#compdef sitbreak\n_sitbreak() {\n    local -a commands\n    commands=(\n"
        f"{lines}    )\n"
        "    if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
        f'    case "$words[2]" in\n{cases}    esac\n    _files\n}}\n_sitbreak "$@"\n'
    )


def fish(known: dict[str, tuple[str, list[str]]]) -> str:
    """For fish."""
    first = "".join(
        f"complete -c sitbreak -n __fish_use_subcommand -f -a {name} -d '{_quoted(about)}'\n"
        for name, (about, _) in known.items()
    )
    more = "".join(
        f"complete -c sitbreak -n '__fish_seen_subcommand_from {name}' -a '{' '.join(words)}'\n"
        for name, (_, words) in known.items()
    )
    return f"# fish completion of sitbreak\n{first}{more}"


def _quoted(text: str) -> str:
    return text.replace("'", "").replace(":", r"\:")


FILES = {
    "bash-completion/completions/sitbreak": bash,
    "zsh/site-functions/_sitbreak": zsh,
    "fish/vendor_completions.d/sitbreak.fish": fish,
}


def main(folder: Path) -> int:
    """Write them below `folder`, a share folder such as ~/.local/share; returns 0."""
    known = commands()
    for name, write in FILES.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(known), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

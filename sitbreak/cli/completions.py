"""What shells know of the commands: the man page, and completions for bash, zsh and fish.

These are made from the very parsers of the commands, so that they know every command, verb, option and choice there is.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sitbreak.cli import COMMANDS

Known = Mapping[str, tuple[str, list[str]]]  # each command with its line of help and its words


def files() -> dict[str, bytes]:
    """All of them, by the paths below a share folder (such as ~/.local/share) where man and the shells look."""
    known = _commands()
    made = {name: write(known).encode() for name, write in WRITERS.items()}
    return {"man/man1/sitbreak.1": Path(__file__).with_name("sitbreak.1").read_bytes(), **made}


def _commands() -> Known:
    found = {}
    for name, (module, about) in COMMANDS.items():
        subparsers = argparse.ArgumentParser(prog="sitbreak").add_subparsers(dest="command")
        importlib.import_module(f"sitbreak.cli.{module}").add_parser(subparsers)
        found[name] = (about.replace("'", ""), sorted(set(_words(subparsers.choices[name]))))
    return found


def _words(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # argparse has no other way to ask
        yield from action.option_strings
        if isinstance(action, argparse._SubParsersAction):
            for verb, below in action.choices.items():
                yield verb
                yield from _words(below)
        elif action.choices is not None:
            yield from map(str, action.choices)


def _bash(known: Known) -> str:
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


def _zsh(known: Known) -> str:
    lines = "".join("        '{}:{}'\n".format(name, about.replace(":", r"\:")) for name, (about, _) in known.items())
    cases = "".join(f"        {name}) compadd -- {' '.join(words)} ;;\n" for name, (_, words) in known.items())
    return (
        "#compdef sitbreak\n_sitbreak() {\n    local -a commands\n    commands=(\n"
        f"{lines}    )\n"
        "    if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
        f'    case "$words[2]" in\n{cases}    esac\n    _files\n}}\n_sitbreak "$@"\n'
    )


def _fish(known: Known) -> str:
    first = "".join(
        f"complete -c sitbreak -n __fish_use_subcommand -f -a {name} -d '{about}'\n"
        for name, (about, _) in known.items()
    )
    more = "".join(
        f"complete -c sitbreak -n '__fish_seen_subcommand_from {name}' -a '{' '.join(words)}'\n"
        for name, (_, words) in known.items()
    )
    return f"# fish completion of sitbreak\n{first}{more}"


WRITERS: dict[str, Callable[[Known], str]] = {
    "bash-completion/completions/sitbreak": _bash,
    "zsh/site-functions/_sitbreak": _zsh,
    "fish/vendor_completions.d/sitbreak.fish": _fish,
}

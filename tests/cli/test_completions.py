"""The completions that `make install` writes: made from the commands themselves, and understood by the shells."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from sitbreak.cli import COMMANDS, completions


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A share folder with the completions in it."""
    folder = tmp_path_factory.mktemp("share")
    for name, content in completions.files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize("name", ["bash-completion/completions/sitbreak", "zsh/site-functions/_sitbreak",
                                  "fish/vendor_completions.d/sitbreak.fish"])  # fmt: skip
def test_every_command_is_known(share: Path, name: str) -> None:
    """In each of the three shells."""
    text = (share / name).read_text("utf-8")
    assert [command for command in COMMANDS if command not in text] == []


OFFERED = pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("pau", ["pause"]),
        ("answer st", ["stand", "standing", "start"]),
        ("config --j", ["--json"]),
        ("status --w", ["--watch"]),
    ],
)


@pytest.mark.desktop("bash")
@OFFERED
def test_bash_offers_what_can_follow(share: Path, typed: str, offered: list[str]) -> None:
    """A command, a choice, an option."""
    words = ["sitbreak", *typed.split()]
    asked = (
        f". {share}/bash-completion/completions/sitbreak; COMP_WORDS=({' '.join(words)}); "
        f"COMP_CWORD={len(words) - 1}; _sitbreak; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    found = subprocess.run(["bash", "-c", asked], check=True, capture_output=True, text=True)
    assert found.stdout.split() == offered


@pytest.mark.desktop("fish")
@OFFERED
def test_fish_offers_what_can_follow(share: Path, tmp_path: Path, typed: str, offered: list[str]) -> None:
    """The same; it finds them in the user's data folder by itself, and shows the line about a command as it is."""
    program = tmp_path / "sitbreak"  # it looks for no completions of a command that is not there
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    env = {
        **os.environ,
        "PATH": f"{tmp_path}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(share),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    asked = ["fish", "-c", f"complete -C 'sitbreak {typed}'"]
    found = subprocess.run(asked, env=env, check=True, capture_output=True, text=True).stdout
    assert [line.split("\t")[0] for line in found.splitlines()] == offered
    assert "\\" not in found


# zsh's own functions put what is offered on the screen; these print it instead.
SHOWN = """
compadd() { print -l -- "${@:#--}" }
_describe() { print -l -- "${(@)${(P)2}%%:*}" }
_files() { : }
"""


@pytest.mark.desktop("zsh")
@OFFERED
def test_zsh_offers_what_can_follow(share: Path, tmp_path: Path, typed: str, offered: list[str]) -> None:
    """Once it looks into the folder; what does not begin as what was typed it drops itself."""
    words = ["sitbreak", *typed.split()]
    asked = (
        f"fpath=({share}/zsh/site-functions $fpath); autoload -Uz compinit; compinit -u -d {tmp_path}/dump\n{SHOWN}"
        f"words=({' '.join(words)}); CURRENT={len(words)}; $_comps[sitbreak]"
    )
    found = subprocess.run(["zsh", "-f", "-c", asked], check=True, capture_output=True, text=True)
    assert [word for word in found.stdout.split() if word.startswith(words[-1])] == offered

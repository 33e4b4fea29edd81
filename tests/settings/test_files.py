"""What stands in place of a file of ours: a FIFO, a folder, far too much."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitbreak.adapters.exercise_plans_store import PlansUnusable, read_plans
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.cli.doctor_findings import log_state
from sitbreak.settings.edit import EditRefused, set_keys
from sitbreak.settings.files import MOST, read_regular, write_atomically
from sitbreak.settings.load import HINTED, load
from sitbreak.settings.paths import find_paths


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MOST + 1)


PUT = [pytest.param(_fifo, marks=pytest.mark.unix("FIFOs")), Path.mkdir, _huge]


@pytest.mark.parametrize("put", PUT)
def test_what_is_no_usable_file_is_one_sentence_and_no_wait(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """Settings, movements and plans each say in one sentence which file it is."""
    put(tmp_path / "one.json")
    file = tmp_path / "one.json"
    (problem,) = load(file).problems
    (movement,) = load_catalogue(tmp_path).problems
    with pytest.raises(PlansUnusable) as plans:
        read_plans(file)
    with pytest.raises(EditRefused) as edit:
        set_keys(file, {"prompt.sound": True})
    for said in (str(problem), movement, str(plans.value), edit.value.sentences[0]):
        assert f"{file} cannot be read (" in said


@pytest.mark.parametrize("put", [pytest.param(_fifo, marks=pytest.mark.unix("FIFOs")), Path.mkdir])
def test_a_log_that_is_no_file_is_a_finding(tmp_path: Path, put: Callable[[Path], None]) -> None:
    """Doctor says so and goes on."""
    paths = find_paths({"SITBREAK_HOME": str(tmp_path)})
    put(paths.log_file)
    (problem,) = log_state(paths).problems
    assert "cannot be read" in problem


def test_the_tail_of_a_long_file_is_read(tmp_path: Path) -> None:
    """Of a log of any length the end is wanted."""
    (tmp_path / "log").write_bytes(b"0123456789")
    assert read_regular(tmp_path / "log", 3, tail=True) == b"789"


@pytest.mark.unix("symbolic links")
def test_a_self_linked_settings_file_is_one_sentence(tmp_path: Path) -> None:
    """A link to itself is refused like anything else that cannot be read."""
    file = tmp_path / "sitbreak.toml"
    file.symlink_to(file)
    with pytest.raises(EditRefused) as refused:
        set_keys(file, {"prompt.sound": True})
    assert "cannot be read" in refused.value.sentences[0]


def test_only_the_first_unknown_keys_are_compared_with_the_known(tmp_path: Path) -> None:
    """Twenty thousand slips get the nearest name for a few, and a count of the rest."""
    file = tmp_path / "sitbreak.toml"
    file.write_text("[prompt]\n" + "".join(f"sound{n} = 1\n" for n in range(20_000)))
    problems = load(file).problems
    assert sum("did you mean" in str(each) for each in problems) == HINTED
    assert "19950 more" in str(problems[-1])


@pytest.mark.unix("symbolic links")
def test_a_link_to_itself_is_not_written_through(tmp_path: Path) -> None:
    """It is told as any other trouble with a file, and stays as it is."""
    file = tmp_path / "sitbreak.toml"
    file.symlink_to(file)
    with pytest.raises(OSError, match=r"symbolic links|link to itself"):
        write_atomically(file, "[prompt]\n")
    assert file.is_symlink()

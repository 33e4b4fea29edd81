"""Where files live."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from sitbreak.settings.paths import FolderUnusable, find_paths, make_folder, make_folders


def test_one_variable_puts_everything_in_one_folder(tmp_path: Path) -> None:
    """SITBREAK_HOME holds settings, history, log, key, lock, own movements and the socket."""
    paths = find_paths({"SITBREAK_HOME": str(tmp_path)})
    files = (paths.config_file, paths.history_file, paths.log_file, paths.key_file, paths.lock_file, paths.plans_file)
    assert {file.parent for file in files} == {tmp_path}
    assert paths.movements_dir.parent == tmp_path


def test_a_relative_home_is_taken_from_where_the_program_is_started(tmp_path: Path) -> None:
    """The paths are absolute, so that a change of folder later changes nothing."""
    assert find_paths({"SITBREAK_HOME": "here"}).config_file == Path.cwd() / "here" / "sitbreak.toml"


def test_without_the_variable_the_system_s_places_are_used() -> None:
    """An empty variable is no folder."""
    assert find_paths({"SITBREAK_HOME": " "}) == find_paths({})
    assert "sitbreak" in find_paths({}).config_file.parts


def test_folders_are_made_for_their_owner_only(tmp_path: Path) -> None:
    """Every folder is 0700, whatever the umask."""
    before = os.umask(0)
    try:
        make_folders(find_paths({"SITBREAK_HOME": str(tmp_path / "a" / "b")}))
    finally:
        os.umask(before)
    assert (tmp_path / "a" / "b").is_dir()
    assert sys.platform == "win32" or stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """A file in the way is named, with what to do."""
    (tmp_path / "file").touch()
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FolderUnusable, match="SITBREAK_HOME"):
            make_folder(folder)


@pytest.mark.unix("socket addresses")
def test_a_long_folder_still_gives_a_usable_socket(tmp_path: Path) -> None:
    """A socket path that the system would refuse is put in a short folder, the same one each time."""
    home = str(tmp_path / ("x" * 120))
    paths = find_paths({"SITBREAK_HOME": home})
    assert len(os.fsencode(paths.address)) <= 100
    assert paths == find_paths({"SITBREAK_HOME": home})
    assert Path(paths.address).parent in paths.folders

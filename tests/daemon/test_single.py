"""Two that write the same books would spoil each other's minutes: the second one says where the first is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitbreak.daemon.single_instance import AlreadyRunning, FileLock, hold
from sitbreak.settings.paths import Paths, find_paths, make_folders


@pytest.fixture
def here(tmp_path: Path) -> Paths:
    """The places of a user on this machine."""
    paths = find_paths({"SITBREAK_HOME": str(tmp_path / "home")})
    make_folders(paths)
    return paths


@pytest.fixture
def held(here: Paths) -> Iterator[list[FileLock]]:
    """The locks of the first one."""
    locks = hold(here)
    yield locks
    for lock in locks:
        lock.release()


def elsewhere(here: Paths, tmp_path: Path) -> Paths:
    """The same home on another machine: its run-time folder is its own."""
    runtime = tmp_path / "other-run"
    runtime.mkdir()
    return here._replace(runtime_dir=runtime, lock_file=runtime / "sitbreak.lock")


def test_a_second_one_of_this_session_is_told_to_ask_the_first(here: Paths, held: list[FileLock]) -> None:
    """It is already running."""
    with pytest.raises(AlreadyRunning, match="already running"):
        hold(here)


def test_one_on_another_machine_with_the_same_home_is_told_where_the_first_is(
    here: Paths, held: list[FileLock], tmp_path: Path
) -> None:
    """By the name of the machine, with what to do; and it keeps no lock itself."""
    owner = here.history_file.with_name(f"{here.history_file.name}.owner")
    assert owner.read_text("utf-8")
    owner.write_text("desk-upstairs", "utf-8")
    other = elsewhere(here, tmp_path)
    for _ in range(2):
        with pytest.raises(AlreadyRunning, match="on desk-upstairs writes this history: stop it there"):
            hold(other)


def test_once_the_first_has_ended_the_other_may_write(here: Paths, tmp_path: Path) -> None:
    """Locks end with their process."""
    for lock in hold(here):
        lock.release()
    for lock in hold(elsewhere(here, tmp_path)):
        lock.release()


@pytest.mark.unix("links of its own")
def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    """Whoever may write there could have any file of the user opened by it."""
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        FileLock(tmp_path / "lock").acquire()
    assert not (tmp_path / "elsewhere").exists()


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    """However it ends; and while it lives nobody else has it."""
    place = tmp_path / "lock"
    code = f"import sys; from pathlib import Path; from sitbreak.daemon.single_instance import FileLock; \
lock = FileLock(Path({str(place)!r})); print(lock.acquire(), flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"True"
        lock = FileLock(place)
        assert not lock.acquire()
        other.kill()
    assert lock.acquire()
    lock.release()

"""The shared folder gone, full, closed, or full of other things."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitbreak.adapters.shared_folder import FolderTrouble, SharedFolder
from sitbreak.core.records import Facts
from tests.fakes.household import Computer, minutes_of, replicate, replicate_all, sat


def test_a_folder_that_is_gone_is_one_sentence_and_nothing_is_lost(two: tuple[Computer, Computer]) -> None:
    """It is not made anew, for it may be a disk that is not mounted; what waits is told once it is back."""
    desk, laptop = two
    desk.folder.rename(desk.folder.with_name("away"))
    desk.keep(Facts(spans=(sat(130, 140),)))
    with pytest.raises(FolderTrouble, match="is not there"):
        desk.exchange()
    assert not desk.folder.exists()
    desk.folder.with_name("away").rename(desk.folder)
    replicate_all([desk, laptop])
    assert minutes_of(laptop) == 130


def test_a_journal_that_somebody_took_away_is_written_again(two: tuple[Computer, Computer]) -> None:
    """An empty folder in the place of the former one: everything is told again, and counts once."""
    desk, laptop = two
    for journal in desk.journals():
        journal.unlink()
    desk.settle()
    replicate(desk, laptop)
    laptop.settle()
    assert minutes_of(laptop) == 120
    assert desk.journals()


def test_a_folder_that_cannot_be_written_is_one_sentence(two: tuple[Computer, Computer]) -> None:
    """A file in the place of our own folder: what is to be told waits, and is told later."""
    desk, laptop = two
    (journal,) = desk.journals()
    kept = journal.read_bytes()
    journal.unlink()
    journal.mkdir()
    desk.keep(Facts(spans=(sat(130, 140),)))
    with pytest.raises(FolderTrouble, match="cannot be"):
        desk.exchange()
    journal.rmdir()
    journal.write_bytes(kept)
    replicate_all([desk, laptop])
    assert minutes_of(laptop) == 130


@pytest.mark.unix("RLIMIT_FSIZE")
def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    """What could not be written whole is not there at all."""
    import resource
    import signal

    folder = SharedFolder(tmp_path)
    folder.append("a" * 12, "2026-11.jsonl", "first", ["one"])
    before = (tmp_path / ("a" * 12) / "2026-11.jsonl").read_bytes()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 10, limit[1]))
        with pytest.raises(FolderTrouble, match="cannot be written"):
            folder.append("a" * 12, "2026-11.jsonl", "first", ["two" * 100])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, former)
    assert (tmp_path / ("a" * 12) / "2026-11.jsonl").read_bytes() == before


@pytest.mark.unix("FIFOs")
def test_very_many_other_files_are_left_alone(tmp_path: Path, two: tuple[Computer, Computer]) -> None:
    """Photos, folders, links: nothing of it is opened, and the pass ends."""
    desk, laptop = two
    for number in range(3000):
        (laptop.folder / f"photo {number}.jpg").touch()
    (laptop.folder / "feedfacecafe").symlink_to("/proc")
    os.mkfifo(laptop.folder / desk.id / "2026-09.jsonl")
    laptop.settle()
    assert minutes_of(laptop) == 120
    assert len(laptop.known()) == 2


def test_the_same_folder_twice_is_no_news(two: tuple[Computer, Computer]) -> None:
    """A pass that finds nothing new writes nothing."""
    desk, _ = two
    desk.settle()
    before = {path: path.stat().st_mtime_ns for path in desk.folder.rglob("*.json*")}
    done = desk.exchange()
    assert (done.news, done.told, done.sentences) == (0, 0, [])
    assert {path: path.stat().st_mtime_ns for path in desk.folder.rglob("*.json*")} == before

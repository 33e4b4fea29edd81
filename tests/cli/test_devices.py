"""`sitbreak devices`: which computers share their books, and what is wrong with them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitbreak.adapters.history.others import devices, keep_device, opened
from sitbreak.cli import main
from sitbreak.core.records import Facts
from tests.fakes.household import Computer, replicate_all, sat


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of a desk computer that knows a laptop."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path / "desk"))
    desk, laptop = Computer(tmp_path / "desk", "desk"), Computer(tmp_path / "laptop", "laptop")
    laptop.keep(Facts(spans=(sat(0, 60),)))
    replicate_all([desk, laptop])
    desk.close()
    laptop.close()
    return tmp_path / "desk"


def test_they_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """This one first, then the others with what they told."""
    assert main(["devices"]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == "This computer: desk"
    assert second.startswith("laptop: last seen on Monday, 2 November 2026, 1 day (")


def test_a_computer_alone_is_told_how_to_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is shared, and one sentence says how that begins."""
    monkeypatch.setenv("SITBREAK_HOME", str(tmp_path))
    assert main(["devices"]) == 0
    assert "sync.folder" in capsys.readouterr().out


def test_what_is_wrong_is_a_sentence(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clock that is off, and lines that are kept apart; `doctor` has the same sentences."""
    with opened(home / "history.db") as connection:
        _, laptop = devices(connection)
        keep_device(connection, type(laptop)(laptop.number, laptop.id, "laptop", apart=2, why="no JSON", ahead=-600))
    assert main(["devices", "--json"]) == 0
    clock = "The clock of laptop is 10 min behind this one"
    troubles = json.loads(capsys.readouterr().out)["troubles"]
    assert troubles[0] == "2 lines of laptop are kept apart and in no figure (no JSON)."
    assert troubles[1].startswith(clock)
    main(["doctor", "--json"])
    assert any(problem.startswith(clock) for problem in json.loads(capsys.readouterr().out)["history"]["problems"])
    with opened(home / "history.db") as connection:
        keep_device(connection, type(laptop)(laptop.number, laptop.id, "laptop", why="a.jsonl: it is of version 99"))
    assert main(["devices"]) == 0
    assert "What laptop tells is not read here (a.jsonl: it is of version 99)." in capsys.readouterr().out


def test_one_is_named_and_one_forgotten_while_nothing_runs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both are done with the history in hand; forgetting asks first."""
    assert main(["devices", "name", "big screen"]) == 0
    assert main(["devices", "forget", "laptop"]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert main(["devices", "forget", "laptop", "--yes"]) == 0
    assert "1 record of laptop removed here." in capsys.readouterr().out
    assert main(["devices"]) == 0
    assert capsys.readouterr().out == "This computer: big screen\n"


def test_the_day_is_that_of_the_body(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the laptop saw is in the summary of the desk computer, without the folder."""
    assert main(["summary", "--day", "2026-11-02", "--json"]) == 0
    assert "60" in capsys.readouterr().out

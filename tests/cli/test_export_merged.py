"""`sitbreak export --merged`: the books of all of a person's computers together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitbreak.core.records import Facts
from tests.cli.conftest import Type
from tests.fakes.household import Computer, replicate_all, sat


@pytest.fixture
def two_computers(typed: Type, own_home: Path, tmp_path: Path) -> None:
    """At this one from 0 to 40 min, at another from 30 to 70; each knows of both."""
    here, there = Computer(own_home, "laptop"), Computer(tmp_path / "other", "desk")
    here.keep(Facts(spans=(sat(0, 40),)))
    there.keep(Facts(spans=(sat(30, 70),)))
    replicate_all([here, there])
    here.close()
    there.close()


def minutes(text: str) -> float:
    """How long the spans of an export in JSON lines are together."""
    rows = [json.loads(line) for line in text.splitlines()]
    return float(sum(row["end_us"] - row["start_us"] for row in rows if row["kind"] == "span")) / 60_000_000


def test_an_export_is_of_this_computer_unless_all_are_asked_for(typed: Type, two_computers: None) -> None:
    """Ten minutes at both count once."""
    own, merged = typed("export"), typed("export", "--merged")
    assert (own.code, merged.code) == (0, 0)
    assert minutes(own.out) == pytest.approx(40)
    assert minutes(merged.out) == pytest.approx(70)


def test_every_format_can_have_them(typed: Type, two_computers: None) -> None:
    """CSV, and what ActivityWatch reads."""
    assert typed("export", "--merged", "--format", "csv").out.startswith("kind,")
    bucket = json.loads(typed("export", "--merged", "--format", "activitywatch").out)
    assert "buckets" in bucket

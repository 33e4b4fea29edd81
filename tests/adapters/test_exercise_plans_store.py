"""Where plans and their logs are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sitbreak.adapters.exercise_plans_store import Kept, PlansUnusable, plan_line, read_plans, with_entry, write_plans
from sitbreak.core.plans import PLANS, PlanEntry

DAY = date(2026, 3, 2)


def test_without_a_file_no_plan_runs(tmp_path: Path) -> None:
    """All plans are off by default."""
    assert read_plans(tmp_path / "plans.json") == {plan.name: Kept() for plan in PLANS}


def test_what_was_kept_comes_back_in_order_of_days(tmp_path: Path) -> None:
    """Start and log survive, whatever order things were logged in."""
    file = tmp_path / "plans.json"
    kept = with_entry(Kept(DAY, (PlanEntry(date(2026, 3, 5), 10),)), PlanEntry(date(2026, 3, 4), 12.5))
    write_plans(file, read_plans(file) | {"walking": kept})
    assert read_plans(file)["walking"] == kept
    assert [entry.amount for entry in kept.log] == [12.5, 10]


@pytest.mark.parametrize("content", ["", "[]", '{"format": 2}', '{"format": 1, "plans": {"walking": {}}}', "\x00"])
def test_a_damaged_file_is_refused_and_stays(tmp_path: Path, content: str) -> None:
    """The sentence says what to do; nothing is overwritten."""
    file = tmp_path / "plans.json"
    file.write_text(content)
    with pytest.raises(PlansUnusable, match="move it away"):
        read_plans(file)
    assert file.read_text() == content


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """Nothing was kept, and that is said."""
    with pytest.raises(PlansUnusable, match="nothing was kept"):
        write_plans(tmp_path / "none" / "plans.json", {})


def test_the_running_plans_are_one_line(tmp_path: Path) -> None:
    """Nothing without a plan, a sentence for each that runs, and a word on a file that is damaged."""
    file = tmp_path / "plans.json"
    assert plan_line(file, DAY) == ""
    write_plans(file, read_plans(file) | {"walking": Kept(DAY), "squats": Kept(DAY)})
    assert (
        plan_line(file, DAY) == "Walking ladder, week 1: 10 min, 0 of 3 this week. Squats, week 1: 5, 0 of 3 this week."
    )
    file.write_text("[")
    assert "damaged" in plan_line(file, DAY)

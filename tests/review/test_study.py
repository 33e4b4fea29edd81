"""The table for trials: a row a day, every column defined, figures equal to the summary's."""

from __future__ import annotations

import csv
import io

from sitbreak.review import study
from tests.review.made import Story
from tests.review.told import MONDAY, one_day, seen


def table(*views: object) -> list[dict[str, str]]:
    """What is written, read again."""
    out = io.StringIO()
    study.write(views, out)  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def test_a_day_is_a_row_with_the_summarys_figures() -> None:
    """Minutes to two places, counts whole."""
    view = seen(one_day(), MONDAY).day
    assert view.summary is not None
    (row,) = table(view)
    assert row["day"] == "2026-03-02"
    assert float(row["seated_min"]) == round(view.summary.seated, 2)
    assert float(row["break_min"]) + float(row["standing_min"]) + float(row["walks_min"]) == round(
        view.summary.reduced, 2
    )
    assert (row["prompts_n"], row["prompts_taken_n"], row["goal_min"]) == ("4", "2", "10")


def test_a_day_without_a_record_is_no_row() -> None:
    """A gap, not a zero."""
    assert table(seen(Story("2026-03-02T09:00"), MONDAY).day) == []


def test_every_column_is_defined() -> None:
    """With its unit, once."""
    out = io.StringIO()
    study.write_code_book(out)
    book = list(csv.DictReader(io.StringIO(out.getvalue())))
    (row,) = table(seen(one_day(), MONDAY).day)
    assert [each["column"] for each in book] == list(row)
    assert all(each["unit"] and each["definition"] for each in book)

"""The catalogue of movements and a person's own ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitbreak.adapters.movement_catalogue import load_catalogue, source_line
from sitbreak.core.movements import LENGTH_SECONDS, Movement

GOOD: dict[str, object] = {
    "id": "my-lap",
    "title": "Once round the garden",
    "areas": ["whole body"],
    "type": "walk",
    "place": "home",
    "ends_sitting": True,
    "easier": "Half way",
    "harder": "Twice",
    "steps": [{"s": 100, "text": "walk"}, {"s": 20, "text": "look up"}],
}
BUILT_IN = load_catalogue().movements


@pytest.mark.parametrize("movement", BUILT_IN, ids=lambda movement: movement.id)
def test_each_built_in_movement_is_two_minutes_with_a_readable_source(movement: Movement) -> None:
    """Its steps sum to 120 s, and its source is words."""
    assert sum(step.seconds for step in movement.steps) == LENGTH_SECONDS
    assert movement.source
    assert "00" not in movement.source
    assert not movement.own


def test_all_are_there() -> None:
    """55 movements, each with an id of its own."""
    assert len({movement.id for movement in BUILT_IN}) == 55


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("001; Dunstan 2012 (2 min walking)",
         "An article on movement patterns, walking and breaking up sitting; Dunstan 2012 (2 min walking)"),
        ("000 - lying is sedentary", "An article on pandiculation and slow patterned movement"),
        ("004 (push-ups), regressed", "An article on stretches, push-ups and squats (push-ups), made easier"),
        ("general mobility practice", "General mobility practice"),
    ],
)  # fmt: skip
def test_numbers_of_articles_become_what_they_are_about(source: str, line: str) -> None:
    """Papers stay as they are; remarks after a dash go."""
    assert source_line(source) == line


def test_own_movements_join_the_built_in_ones(tmp_path: Path) -> None:
    """A file may hold one movement or a list; optional fields may be left out."""
    (tmp_path / "a.json").write_text(json.dumps(GOOD))
    (tmp_path / "b.json").write_text(json.dumps([GOOD | {"id": "two", "cautions": ["knee"], "needs": [["hill"]]}]))
    catalogue = load_catalogue(tmp_path)
    assert catalogue.problems == ()
    assert [each.id for each in catalogue.movements[55:]] == ["my-lap", "two"]
    assert all(each.own for each in catalogue.movements[55:])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"id": "walk-water"}, "id: another movement is called walk-water already; choose another id"),
        ({"id": "My Lap"}, "id: "),
        ({"title": ""}, "title: "),
        ({"title": "a\nb"}, "title: "),
        ({"areas": []}, "areas: "),
        ({"areas": ["soul"]}, "areas: "),
        ({"areas": [["back"]]}, "areas: "),
        ({"type": "dance"}, "type: "),
        ({"place": ["home"]}, "place: "),
        ({"ends_sitting": "yes"}, 'ends_sitting: "yes" is not allowed; write true or false'),
        ({"cautions": ["elbow"]}, "cautions: "),
        ({"needs": ["chair"]}, "needs: "),
        ({"steps": []}, "steps: "),
        ({"steps": [{"s": 119, "text": "walk"}]}, "steps: they last 119 s in all; make them 120 s"),
        ({"steps": [{"s": 60.5, "text": "walk"}]}, "steps: s of number 1 is 60.5"),
        ({"steps": [{"s": 120}]}, "steps: number 1 needs exactly the fields"),
        ({"titel": "x"}, "titel: there is no such field; did you mean title?"),
    ],
)
def test_a_wrong_own_item_is_left_out_and_named(tmp_path: Path, change: dict[str, object], complaint: str) -> None:
    """The sentence says which item, which field and what to do; the item after it works."""
    file = tmp_path / "mine.json"
    file.write_text(json.dumps([GOOD | change, GOOD | {"id": "fine"}]))
    catalogue = load_catalogue(tmp_path)
    assert [each.id for each in catalogue.movements[55:]] == ["fine"]
    (problem,) = catalogue.problems
    assert problem.startswith(f"{file}, item 1")
    assert complaint in problem


def test_every_missing_field_is_named_at_once(tmp_path: Path) -> None:
    """One sentence lists them all."""
    (tmp_path / "mine.json").write_text('[{"id": "a", "title": "b"}, 3]')
    first, second = load_catalogue(tmp_path).problems
    assert "areas, type, place, ends_sitting, easier, harder, steps: missing; please add" in first
    assert "item 2: 3 is not a movement" in second


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"[" * 100_000, b""])
def test_a_damaged_own_file_costs_only_itself(tmp_path: Path, content: bytes) -> None:
    """It is reported; the built-in movements work."""
    (tmp_path / "mine.json").write_bytes(content)
    catalogue = load_catalogue(tmp_path)
    assert len(catalogue.movements) == 55
    assert len(catalogue.problems) == 1
    assert "the other movements work" in catalogue.problems[0]

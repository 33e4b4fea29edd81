"""Reading a settings file: every problem at once, and the good settings kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitbreak.settings.load import apply, load
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.toml import Unreadable, parse_toml

Write = Callable[[str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a settings file and returns its path."""

    def written(content: str | bytes) -> Path:
        file = tmp_path / "sitbreak.toml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return written


def test_missing_file_means_the_defaults(tmp_path: Path) -> None:
    """Without a file everything is at its default and nothing is wrong."""
    loaded = load(tmp_path / "none.toml")
    assert loaded.settings == Settings()
    assert loaded.problems == ()


def test_all_problems_are_told_at_once_and_the_rest_is_taken(write: Write) -> None:
    """Three bad keys give three sentences; the good one beside them counts."""
    loaded = load(write("[prompt]\nearliest_minutes = 'x'\nsound = 1\nlatest_minutes = 50\n[tray]\npanel = 'blue'\n"))
    assert [each.key for each in loaded.problems] == ["prompt.earliest_minutes", "prompt.sound", "tray.panel"]
    assert loaded.settings.prompt.latest_minutes == 50
    assert loaded.settings.prompt.earliest_minutes == 30


def test_a_problem_names_key_value_bounds_and_default(write: Write) -> None:
    """The sentence says what stands there, what may stand there, and the default."""
    (problem,) = load(write("[prompt]\nlatest_minutes = 999\n")).problems
    assert str(problem) == (
        "prompt.latest_minutes: value 999 is not allowed; allowed: a number from 0.02 to 240 minutes (default 45)."
    )


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("[prompt]\nearlyest_minutes = 5\n", "prompt.earliest_minutes"),
        ("[promt]\nsound = true\n", "prompt"),
        ("earliest_minutes = 5\n", "prompt.earliest_minutes"),
        ("[break]\nvolume = 1\n", "break.chime_volume"),
        ("[look]\nearliest_minutes = 5\n", "prompt.earliest_minutes"),
    ],
)
def test_an_unknown_name_comes_with_the_nearest_known_one(write: Write, text: str, nearest: str) -> None:
    """A slip of the hand is answered with what was probably meant."""
    (problem,) = load(write(text)).problems
    assert problem.sentence.endswith(f"did you mean {nearest}?")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"[prompt]\nsound = \n", "line 2, column 9"),
        (b"[prompt]\nsound = [1, 2", "line 2, column 14"),
        (b"[prompt]\n# \xff\n", "line 2, column 3"),
        (b"a = " + b"[" * 5000, "too deep"),
        (b"a = " + b"1" * 5000, "far too long"),
    ],
)
def test_a_damaged_file_is_one_sentence_that_says_where(write: Write, content: bytes, place: str) -> None:
    """Nothing is raised; one sentence names the place, and the last good settings stay in force."""
    good = apply(Settings(), {"prompt.sound": True}).settings
    loaded = load(write(content), good)
    assert len(loaded.problems) == 1
    assert place in str(loaded.problems[0])
    assert loaded.settings == good


def test_a_folder_in_place_of_the_file_is_a_problem(tmp_path: Path) -> None:
    """What cannot be read is told, not raised."""
    (problem,) = load(tmp_path).problems
    assert "cannot be read" in str(problem)


def test_a_bad_value_falls_back_to_the_last_good_one(write: Write) -> None:
    """The daemon goes on with what it had."""
    good = apply(Settings(), {"break.minutes": 3}).settings
    loaded = load(write("[break]\nminutes = 'long'\n"), good)
    assert loaded.settings.break_.minutes == 3


@pytest.mark.parametrize(
    "overrides",
    [
        {"prompt.earliest_minutes": 50},
        {"prompt.lull_at_latest_seconds": 60},
        {"break.minutes": 6},
        {"hotkeys.start": "ctrl+alt+b", "hotkeys.pause": "Alt+Ctrl+B"},
    ],
)
def test_settings_that_contradict_each_other_are_refused(overrides: dict[str, object]) -> None:
    """Good values that are not good together are one problem, and none of them is taken."""
    loaded = apply(Settings(), overrides)
    assert len(loaded.problems) == 1
    assert loaded.settings.rules() == Settings().rules()


def test_overrides_of_a_replay_are_checked_alike() -> None:
    """`apply` takes full keys and leaves bad ones as they were."""
    loaded = apply(Settings(), {"prompt.earliest_minutes": 0.05, "prompt.latest_minutes": 0.1, "nope.key": 1})
    assert loaded.settings.prompt.earliest_minutes == 0.05
    assert [each.key for each in loaded.problems] == ["nope.key"]


def test_a_byte_order_mark_does_no_harm(write: Write) -> None:
    """Files saved by Windows editors are read."""
    assert load(write(b"\xef\xbb\xbf[prompt]\nsound = true\n")).settings.prompt.sound is True


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["09:00-17:00", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)


@given(st.dictionaries(st.sampled_from(sorted(SETTINGS)) | st.text(max_size=12), values, max_size=8))
def test_no_value_whatsoever_raises(overrides: dict[str, object]) -> None:
    """Whatever stands there, settings come out that make sense together."""
    settings = apply(Settings(), overrides).settings
    assert settings.prompt.earliest_minutes <= settings.prompt.latest_minutes
    settings.rules()


@given(st.binary(max_size=60))
def test_no_content_whatsoever_raises_anything_else(content: bytes) -> None:
    """Any bytes are either tables or one clear error."""
    try:
        found: object = parse_toml(content, "x")
    except Unreadable as error:
        found = error
    assert isinstance(found, dict) or str(found).startswith("x is ")


@pytest.mark.parametrize(
    ("text", "nothing"),
    [
        ("", True),
        ("day.goal_minutes = 25", True),
        ("prompt.latest_minutes = 40", False),
        ("prompt.latest_minutes = 0", False),
    ],
)
def test_a_goal_alone_is_no_choice_of_settings(tmp_path: Path, text: str, nothing: bool) -> None:
    """By that the first start is known: the goal may be said before it. What is wrong in a file was meant."""
    file = tmp_path / "sitbreak.toml"
    file.write_text(text, "utf-8")
    assert load(file).nothing_chosen is nothing

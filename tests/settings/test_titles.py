"""Settings in the window: each on one page with a title for people, presets that hold, refusals in sentences."""

from __future__ import annotations

import re

import pytest

from sitbreak.settings.load import apply
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.titles import PAGES, PRESETS, TITLES, choice_title, preset_says, refused


def test_every_setting_stands_on_one_page() -> None:
    """None is forgotten, none twice."""
    listed = [key for titles in PAGES.values() for key in titles]
    assert sorted(listed) == sorted(SETTINGS)


def test_titles_are_words_for_people() -> None:
    """No key names, and no two alike."""
    assert not [title for title in TITLES.values() if re.search(r"[_.]|\bbout\b|\bprompt", title)]
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_are_allowed_and_say_what_a_day_is_like(name: str) -> None:
    """All their values are taken together."""
    assert apply(Settings(), dict(PRESETS[name])).problems == ()
    assert re.fullmatch(r"every \d+ to \d+ min, about \d+ times in 8 hours at the desk", preset_says(name))


@pytest.mark.parametrize(
    ("key", "raw", "said"),
    [
        ("working_hours.fri", ["9-5"], 'I cannot read "9-5". Write 09:00-17:00, or two such with a comma between.'),
        (
            "prompt.earliest_minutes",
            50,
            '"Remind me at the earliest after" cannot be more than "Remind me at the latest after" (45 min).',
        ),
        (
            "prompt.latest_minutes",
            20,
            '"Remind me at the latest after" cannot be less than "Remind me at the earliest after" (30 min).',
        ),
        ("prompt.latest_minutes", 500, "That is too much: at most 240 min."),
        ("prompt.latest_minutes", 0, "That is too little: at least 0.02 min."),
        ("day.start", "half", 'I cannot read "half". Write a time such as 17:30.'),
        ("hotkeys.start", "b", 'I cannot use "b". Hold Ctrl, Alt or Super'),
        ("prompt.snooze_minutes", ["x"], 'I cannot use "x". Write a few numbers'),
        ("look.theme", "pink", 'I cannot use "pink".'),
    ],
)
def test_a_refusal_is_a_sentence_without_keys(key: str, raw: object, said: str) -> None:
    """What is wrong, what to do instead, and that nothing was saved."""
    sentence = refused(key, raw, Settings())
    assert sentence.startswith(said)
    assert sentence.endswith("Not saved.")
    assert key not in sentence


def test_what_is_allowed_is_not_refused() -> None:
    """Nothing is said of it."""
    assert refused("prompt.latest_minutes", 50, Settings()) == ""


@pytest.mark.parametrize(
    ("word", "title"), [("top-left", "Top left"), ("auto", "Automatic"), ("high-contrast", "High contrast")]
)
def test_choices_read_well(word: str, title: str) -> None:
    """As words, not as they stand in the file."""
    assert choice_title(word) == title

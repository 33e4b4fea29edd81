"""Settings in the window: each on one page with a title for people, presets that hold, refusals in sentences."""

from __future__ import annotations

import re

import pytest

from sitbreak.language import _
from sitbreak.settings.load import apply
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.synonyms import SYNONYMS
from sitbreak.settings.titles import (
    NEEDS,
    PAGES,
    PRESETS,
    THINGS,
    TITLES,
    choice_title,
    preset_says,
    refused,
)
from sitbreak.settings.written_values import with_unit
from tests.daemon.stage import CATALOGUE


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
    assert re.fullmatch(r"after \d+ to \d+ minutes", preset_says(*PRESETS[name].values()))


@pytest.mark.parametrize(
    ("key", "raw", "said"),
    [
        ("working_hours.fri", ["9-5"], 'I cannot read "9-5". Write 09:00-17:00, or two such with a comma between.'),
        (
            "prompt.earliest_minutes",
            50,
            '"Remind me at the earliest after" cannot be more than "Remind me at the latest after" (45 minutes).',
        ),
        (
            "prompt.latest_minutes",
            20,
            '"Remind me at the latest after" cannot be less than "Remind me at the earliest after" (30 minutes).',
        ),
        (
            "mqtt.broker",
            "no host",
            'I cannot use "no host". Allowed: a host such as "homeassistant.local", or an empty field for none.',
        ),
        ("prompt.latest_minutes", 500, "That is too much: at most 240 minutes."),
        ("prompt.latest_minutes", 0, "Write a number above 0."),
        ("day.start", "half", 'I cannot read "half". Write a time such as 17:30.'),
        ("hotkeys.start", "b", 'I cannot use "b". Hold Ctrl, Alt or Super'),
        ("prompt.snooze_minutes", ["x"], 'I cannot use "x". Write a few numbers up to 120 with commas between.'),
        ("prompt.snoozes_per_bout", 1.5, "Write a whole number."),
        ("prompt.snoozes_per_bout", 11, "That is too much: at most 10 times."),
        ("look.theme", "pink", 'I cannot use "pink".'),
    ],
)
def test_a_refusal_is_a_sentence_without_keys(key: str, raw: object, said: str) -> None:
    """What is wrong, what to do instead, and that nothing was saved."""
    sentence = refused(key, raw, Settings())
    assert sentence.startswith(said)
    assert sentence.endswith("Not saved.")
    assert key not in sentence


def test_keys_that_are_taken_are_refused_by_what_they_do() -> None:
    """Not by the key of the other setting."""
    settings = apply(Settings(), {"hotkeys.pause": "ctrl+alt+b"}).settings
    told = refused("hotkeys.start", "ctrl+alt+b", settings)
    assert told == '"ctrl+alt+b" is taken already: "Shortcut: no reminders for an hour". Not saved.'


@pytest.mark.parametrize(
    ("number", "unit", "told"),
    [(1, "minutes", "1 minute"), (2.0, "minutes", "2 minutes"), (0.5, "seconds", "0.5 seconds"), (1, "times", "1 time"),
     (3, "", "3")],
)  # fmt: skip
def test_a_number_agrees_with_its_unit(number: float, unit: str, told: str) -> None:
    """One minute is no minutes."""
    assert with_unit(number, unit) == told


def test_no_help_repeats_its_title_or_speaks_of_the_file() -> None:
    """It says what the title leaves open, in words of the window."""
    for key, title in TITLES.items():
        told = SETTINGS[key].text.rstrip(".")
        assert not told.casefold().startswith(title.casefold()), key
        assert not re.search(r'\bauto\b|"|\btrue\b|\bfalse\b|[a-z]_|[Ww]hether', told), key


def test_every_thing_of_the_catalogue_can_be_ticked() -> None:
    """In its own language, with a capital letter."""
    known = {thing for each in CATALOGUE.values() for group in each.needs for thing in group}
    assert known <= set(THINGS)
    assert choice_title("door frame", NEEDS) == "Door frame"


# What a stranger typed, and what it was to find.
SEARCHED = {
    "sound": "prompt.sound",
    "noise": "break.chime",
    "quiet": "context.dnd",
    "mute": "prompt.sound",
    "lunch": "working_hours.mon",
    "meeting": "context.calls",
    "dark": "look.theme",
    "wheelchair": "movements.seated_mode",
    "startup": "general.autostart",
    "snooze": "prompt.snooze_minutes",
}


@pytest.mark.parametrize(("word", "key"), SEARCHED.items())
def test_a_word_for_it_leads_to_the_setting(word: str, key: str) -> None:
    """By its title, its help, what it can be set to, or what else people call it."""
    told = [_(TITLES[key]), SETTINGS[key].meaning, SYNONYMS.get(key, "")]
    assert word in " ".join(told).casefold()


def test_synonyms_are_of_settings_that_there_are() -> None:
    """A setting that is renamed takes its words along."""
    assert set(SYNONYMS) <= set(SETTINGS)


def test_what_is_allowed_is_not_refused() -> None:
    """Nothing is said of it."""
    assert refused("prompt.latest_minutes", 50, Settings()) == ""


@pytest.mark.parametrize(
    ("word", "title"), [("top-left", "Top left"), ("auto", "Automatic"), ("high-contrast", "High contrast")]
)
def test_choices_read_well(word: str, title: str) -> None:
    """As words, not as they stand in the file."""
    assert choice_title(word) == title

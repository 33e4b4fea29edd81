"""The one source of settings."""

from __future__ import annotations

from datetime import time

import pytest

from sitbreak.adapters.activity.reconnecting import CANDIDATES
from sitbreak.core.movements import Wishes
from sitbreak.core.rules import Rules
from sitbreak.settings.document import explained
from sitbreak.settings.kinds import NotAllowed, OneOf, Setting, Shortcut
from sitbreak.settings.load import apply
from sitbreak.settings.model import SETTINGS, Settings
from sitbreak.settings.titles import TITLES

EVERY = pytest.mark.parametrize("known", SETTINGS.values(), ids=SETTINGS)


def test_the_defaults_are_those_of_the_rules() -> None:
    """What the settings give the core by default is what the core has by default."""
    assert Settings().rules() == Rules()
    assert Settings().movements.wishes == Wishes()


@EVERY
def test_each_default_is_allowed_and_survives_being_written(known: Setting) -> None:
    """A default is one of the allowed values, and comes back from its written form."""
    assert known.kind.read(known.default_plain) == known.default


@EVERY
def test_each_setting_is_told_in_sentences(known: Setting) -> None:
    """Its title, and what that leaves open in one or two sentences that begin and end like sentences."""
    told = explained(known)
    assert told.startswith(TITLES[known.key])
    assert told[0].isupper()
    assert told.endswith(".")
    assert known.meaning == "" or known.meaning[0].isupper() or known.meaning[0].isdigit()
    assert known.kind.allowed


def test_working_hours_reach_the_core_by_weekday() -> None:
    """Ranges are read, 24:00 is midnight, and days without hours are left out."""
    settings = apply(Settings(), {"working_hours.tue": ["9:00-12:00", "22:00-24:00"], "working_hours.sat": []}).settings
    assert settings.rules().working_hours == {1: ((time(9), time(12)), (time(22), time(0)))}


@pytest.mark.parametrize("text", ["9-17", "09:00-09:00", "25:00-26:00", "09:00-24:01", "24:00-09:00", ""])
def test_odd_hours_are_refused(text: str) -> None:
    """A range is two different times of day."""
    assert len(apply(Settings(), {"working_hours.mon": [text]}).problems) == 1


@pytest.mark.parametrize("text", ["b", "shift+b", "ctrl", "ctrl+ctrl+b", "ctrl+escape", "hyper+b", "ctrl++"])
def test_shortcuts_that_would_be_in_the_way_are_refused(text: str) -> None:
    """A shortcut needs a modifier other than shift, and one plain key."""
    with pytest.raises(NotAllowed):
        Shortcut().read(text)


def test_shortcuts_are_kept_in_one_form() -> None:
    """Order, case and spaces make no difference."""
    assert Shortcut().read("Shift + CTRL + F5") == "ctrl+shift+f5"


def test_every_activity_source_can_be_chosen() -> None:
    """The choices are the sources there are, without the one that sees nothing."""
    kind = SETTINGS["activity.source"].kind
    assert isinstance(kind, OneOf)
    assert set(kind.words) == ({each.NAME for each in CANDIDATES} | {"auto"}) - {"null"}

"""Seated mode is true in every language: nobody who cannot stand is told of chairs, feet and walks, anywhere."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sitbreak import language
from sitbreak.cli.help import page
from sitbreak.core import effects as fx
from sitbreak.core.events import CorrectionRequested, WalkLogged
from sitbreak.core.movements import CAUTIONS as BY_KEY
from sitbreak.core.movements import SHORT_WALK, Chooser, Wishes
from sitbreak.core.records import Evidence, Outcome, Reason, SpanClass, Strength
from sitbreak.core.status import Status
from sitbreak.daemon import (
    baseline_goal,
    home_assistant,
    notification_texts,
    past_days,
    requests,
    window_contents,
    words,
)
from sitbreak.daemon.help_topics import TOPICS
from sitbreak.daemon.menu import menu
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.daemon.seated_help import SEATED as SEATED_HELP
from sitbreak.daemon.side_windows import THE_WAY
from sitbreak.ports import History, MenuEntry
from sitbreak.review import weeks
from sitbreak.review.build import Terms, render, review
from sitbreak.review.day import Named
from sitbreak.review.terminal import console, show_day, show_week
from sitbreak.settings.load import Loaded
from sitbreak.settings.model import Settings
from sitbreak.window.words import CAUTIONS, URGENT, WORDS
from tests.daemon.stage import CATALOGUE, Stage
from tests.daemon.states import STATES
from tests.fakes.machine import MINUTE, SECOND, after
from tests.fakes.ports import FakeWindow
from tests.review.made import Story
from tests.review.told import MONDAY, kept, two_months

STANDING = {
    code: re.compile("|".join(told["words"]), re.IGNORECASE)
    for code, told in tomllib.loads((Path(__file__).with_name("standing_words.toml")).read_text("utf-8")).items()
}
TYPED = re.compile(r"`[^`]*`|<code>.*?</code>")  # commands, which are named as they are
CODES = {"id", "kind", "type", "place", "areas", "look", "glyph", "key", "corner", "level", "day", "scope", "cues"}
# What the windows say only to those who can stand, the name of the mode itself, and what a doctor would want said.
UPRIGHT_WORDS = {
    *("stand", "standing", "sitting_again", "over_rest", "walk", "walk_what", "status_goal", "status_free"),
    *("was.BREAK", "was.STANDING", "welcome_goal", "welcome_desk", "welcome_seated", "cautions", "urgent"),
}
# Reached only in rare states, and the same for everybody.
FOR_EVERYBODY = (
    *("{share} of it probably up", "not sure; the stronger, the likelier you were up", "Times up, as far as seen"),
    *("Times up an hour", "Minutes up a day against your usual days", "Times up per hour of sitting"),
    "Sitting hangs below the line, time up is above it; the table has every stretch.",
)
SEATED = [each for each in CATALOGUE.values() if each.seated_mode]
HERE = replace(
    Settings(),
    movements=replace(Settings().movements, seated_mode=True),
    day=replace(Settings().day, standing_desk=True),  # which could go up, but is no answer for them
)


def untrue(texts: Iterable[str]) -> list[str]:
    """Those that speak of standing, chairs, feet or walks in the language in force."""
    standing = STANDING[language.code().replace("-", "_")]
    return [text for text in texts if standing.search(TYPED.sub("", text))]


def texts_in(value: object) -> Iterator[str]:
    """All that people read in a message: what is in its fields but for those that name things to the program."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in CODES:
                yield from texts_in(getattr(value, field.name))
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if name not in CODES:
                yield from texts_in(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from texts_in(each)


@pytest.fixture(params=list(language.LANGUAGES), autouse=True)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each language in turn."""
    language.choose(request.param)
    yield request.param
    language.choose("en")


@cache
def state(name: str) -> Status:
    """The status in one of the states, of somebody in seated mode."""
    return replace(STATES[name].live().status, seated_mode=True)


def of_the_tray() -> Iterator[object]:
    """Menu, tooltip, status and the Today window, in every state that can be reached, the desk raised all the same."""
    for name in STATES:
        if "standing" not in name:
            now = state(name)
            found = menu(now, 12.0, 20.0, HERE)
            yield entries_in(found)
            yield words.first_line(now), words.why(now), words.tooltip(now, 12.0, 20.0), words.last_prompt(now)
            yield words.not_counted(now)
            yield window_contents.status_request(now, 12.0, 20.0, found, HERE)


def entries_in(entries: Iterable[MenuEntry]) -> Iterator[str]:
    """All lines of a menu and of what lies behind them."""
    for entry in entries:
        yield entry.label
        yield from entries_in(entry.children)


def of_reminders_and_breaks() -> Iterator[object]:
    """Notifications and cards of each movement that may come, for each reason, the short offer too."""
    stage = Stage(FakeWindow(), movements__seated_mode=True, day__standing_desk=True)
    yield notification_texts.soon(True), notification_texts.soon(False)
    for each in SEATED:
        for brief in (False, True):
            shown = fx.ShowPrompt(7, Reason.LULL, each.id, 38 * MINUTE, 2, brief=brief)
            stage.perform(shown)
            note = stage.note("prompt")
            yield note.title, note.body, [action.label for action in note.actions]
            yield window_contents.break_request("prompt", each, 38 * MINUTE, HERE, shown)
        yield window_contents.break_request("break", each, 38 * MINUTE, HERE, length=2 * MINUTE, suggested=True)


def of_questions_and_results() -> Iterator[object]:
    """Were you up, where were you, and what a break came to."""
    stage = Stage(FakeWindow(), movements__seated_mode=True, day__standing_desk=True)
    asked = fx.AskWereYouUp(3 * MINUTE), fx.AskAboutGap(after(1), after(40)), fx.AskAboutGap(after(1), after(9), True)
    for effect in asked:
        stage.perform(effect)
        note = stage.note("question")
        yield note.title, note.body, [action.label for action in note.actions]
    yield [words.result(outcome, 150 * SECOND, 4.0, 20.0) for outcome in (Outcome.TAKEN, Outcome.NOT_TAKEN)]


def of_windows() -> Iterator[object]:
    """Movements and the first window; what the windows say of themselves where English does not speak of standing."""
    yield window_contents.movements_request(CATALOGUE.values(), HERE)
    yield window_contents.welcome_request(HERE)
    yield [language._(text) for name, text in WORDS.items() if name not in UPRIGHT_WORDS]


def of_settings() -> Iterator[object]:
    """Every page of them, but for the name of the mode itself."""
    shown = window_contents.settings_request(Loaded(HERE), Path("/nowhere.toml"))
    for each in shown.settings:
        yield each.help, each.choice_titles, "" if each.key == "movements.seated_mode" else each.label
    yield shown.presets


def of_plans() -> Iterator[object]:
    """The Plans window: what fits is there, and a plan that was begun before is not spoken of."""
    books = PlanBooks(Path(tempfile.mkdtemp()) / "plans.json", lambda: MONDAY, lambda day: None, print)
    books.do({"verb": "start", "name": "walking"}, dict)
    window = books.request(HERE)
    yield [window[name] for name in ("plans", "rests", "usual", "told")], books.line(HERE)


def of_help() -> Iterator[object]:
    """Every topic, in the window and in the terminal, but for what a doctor would want said."""
    shown = window_contents.help_request(HERE)
    told = [*texts_in(shown.topics), *(page(name, seated_mode=True) for name in TOPICS)]
    for text in told:
        for whole in (CAUTIONS, URGENT):
            text = text.replace(language._(whole), "")
        yield text.splitlines()


def a_day() -> History:
    """A bit of everything that somebody in seated mode may have in the books."""
    story = Story("2026-03-02T09:00").sit(35).prompt(Outcome.TAKEN, movement="sit-reach").move(4, "sit-reach").sit(52)
    for answer in (Outcome.IGNORED, Outcome.SNOOZED, Outcome.DECLINED, Outcome.LEFT, Outcome.NOT_TAKEN):
        story.prompt(answer, movement="sit-reach").sit(3)
    story.away(8).sit(20).away(12, Strength.WEAK).sit(9).unseen(45).sit(2).unseen(30, Evidence.LOCK).walk(15)
    return kept(story.sit(25).correct(30, 5, SpanClass.AWAY).correct(20, 5, SpanClass.BREAK))


def months() -> tuple[History, date]:
    """Two of them with their usual days, all movements done seated, and the last day."""
    story, facts, last = two_months()
    story.breaks = [replace(each, movement="sit-reach") for each in story.breaks]
    story.prompts = [replace(each, movement="sit-reach") for each in story.prompts]
    return kept(story, *facts), last


def of_the_books() -> Iterator[object]:
    """Days, weeks and months: in the terminal, on the page, in Today and in the evening."""
    names = {each.id: Named(language.said(each.title), each.areas) for each in SEATED}
    for history, last in ((a_day(), MONDAY), months()):
        told = review(history, last, Terms(today=last, seated_mode=True, names=names))
        with open("/dev/null", "w", encoding="utf-8") as nowhere:
            to = console(nowhere)
            with to.capture() as captured:
                show_day(to, told, details=True)
                show_week(to, told, details=True)
        yield captured.get().splitlines()
        hidden = r"<style>.*?</style>|<symbol.*?</symbol>|<defs>.*?</defs>|<[^>]*>"
        yield re.sub(hidden, "\n", render(told), flags=re.DOTALL).splitlines()
        yield told.day.told, weeks.week_sentence(told.week)
        yield baseline_goal.baseline_standing(baseline_goal.measured(history, HERE, last))
        end = history.facts(last, last).spans[-1].end
        for scope in ("day", "week", "month"):
            yield past_days.look(history, HERE, names, scope, "", end)


def of_replies() -> Iterator[object]:
    """What the terminal and Home Assistant are told."""
    now, found = state("resting"), baseline_goal.Goal(20, 30, offered=True)
    for kind in (SpanClass.BREAK, SpanClass.AWAY, SpanClass.SEATED):
        yield requests.reply(CorrectionRequested(after(1), after(9), kind), now)
    yield baseline_goal.goal_words(found, seated_mode=True), requests.reply(WalkLogged(12), now)
    yield [each.name for each in home_assistant.entities(HERE)]
    yield [language._(text) for text in (*FOR_EVERYBODY, THE_WAY)]


SAID_TO_OTHERS = (
    "Stand for a while",
    "I cannot stand, or use a wheelchair",
    "Today {minutes} of {goal} min out of the chair",
)
SOURCES: tuple[Callable[[], Iterator[object]], ...] = (
    of_the_tray, of_reminders_and_breaks, of_questions_and_results, of_windows, of_settings, of_plans, of_help,
    of_the_books, of_replies,
)  # fmt: skip


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_nothing_said_speaks_of_standing(source: Callable[[], Iterator[object]]) -> None:
    """Wherever it speaks, in every language."""
    assert untrue(dict.fromkeys(texts_in(source()))) == []


def test_the_short_offer_fits() -> None:
    """It is a movement of seated mode, never the walk to the window."""
    chosen = Chooser(CATALOGUE.values(), Wishes(seated_mode=True)).short_walk()
    assert chosen != SHORT_WALK
    assert CATALOGUE[chosen].seated_mode


def test_what_help_says_instead_is_said_of_one_text() -> None:
    """Whoever rewords a text of Help so that it begins otherwise learns that it has another wording."""
    texts = [text for _, told in TOPICS.values() for text in told] + list(BY_KEY.values())
    assert [begins for begins in SEATED_HELP if sum(text.startswith(begins) for text in texts) != 1] == []


def test_the_search_would_find_them() -> None:
    """In each language: what is said to those who can stand, and the name of the mode."""
    assert len(untrue([language._(text) for text in SAID_TO_OTHERS])) == len(SAID_TO_OTHERS)


def test_what_was_to_be_gone_easy_on_stays_to_be_seen() -> None:
    """A chair on castors is no choice here, but one that was made before can be taken back."""
    castors = "stable chair"
    chosen = replace(HERE, movements=replace(HERE.movements, go_easy_on=(castors,)))
    for settings, seen in ((HERE, False), (chosen, True)):
        shown = window_contents.settings_request(Loaded(settings), Path("/nowhere.toml")).settings
        choices = next(each.choices for each in shown if each.key == "movements.go_easy_on")
        assert (castors in choices) is seen

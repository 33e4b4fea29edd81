"""Seated mode is true: nobody who cannot stand is told of chairs, feet and walks, by tray, cards, notices or review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sitbreak.core import effects as fx
from sitbreak.core.events import CorrectionRequested, WalkLogged
from sitbreak.core.movements import SHORT_WALK, Chooser, Wishes
from sitbreak.core.records import Outcome, Reason, SpanClass
from sitbreak.daemon import baseline_goal, requests, window_contents, words
from sitbreak.daemon.menu import menu
from sitbreak.daemon.plan_books import PlanBooks
from sitbreak.ports import MenuEntry
from sitbreak.review import weeks
from sitbreak.review.build import Terms, render, review
from sitbreak.review.terminal import console, show_day, show_week
from sitbreak.settings.model import Settings
from sitbreak.window.words import WORDS
from tests.daemon.stage import CATALOGUE, Stage
from tests.daemon.states import STATES
from tests.fakes.machine import MINUTE, SECOND, after
from tests.fakes.ports import FakeWindow
from tests.review.made import Story
from tests.review.told import MONDAY, kept

UNTRUE = re.compile(
    r"\b(chairs?|stand\w*|stood|feet|foot|walk\w*|legs?|desk raised|get up|got up|on your feet)\b", re.IGNORECASE
)
CORRECTED = (SpanClass.BREAK, SpanClass.SEATED, SpanClass.AWAY)
SEATED = [each for each in CATALOGUE.values() if each.seated_mode]


def untrue(texts: Iterable[str]) -> list[str]:
    """Those that speak of standing; commands to type are named as they are."""
    return [text for text in texts if UNTRUE.search(re.sub(r"`[^`]*`|<code>.*?</code>|sitbreak \w.*", "", text))]


def labels(entries: Iterable[MenuEntry]) -> Iterator[str]:
    """All lines of a menu and of what lies behind them."""
    for entry in entries:
        yield entry.label
        yield from labels(entry.children)


def seated_stage() -> Stage:
    """A presenter for somebody in seated mode whose desk can be raised all the same."""
    return Stage(FakeWindow(), movements__seated_mode=True, day__standing_desk=True)


@pytest.mark.parametrize("name", [name for name in STATES if "standing" not in name])
def test_tray_and_status(name: str) -> None:
    """Menu, tooltip and the Today window, in every state that can be reached."""
    now = replace(STATES[name].live().status, seated_mode=True)
    found = menu(now, 12.0, 20.0, (5.0, 10.0), standing_desk=True)
    card = window_contents.status_request(now, 12.0, 20.0, found, Settings())
    assert card.seated_mode
    assert untrue([*labels(found), words.tooltip(now, 12.0, 20.0), card.title, card.note]) == []


@pytest.mark.parametrize("movement", SEATED, ids=lambda each: each.id)
def test_prompts_and_breaks(movement: object) -> None:
    """The notification and the card of each movement that may come, the short offer too."""
    stage, each = seated_stage(), CATALOGUE[movement.id]  # type: ignore[attr-defined]
    for brief in (False, True):
        stage.perform(fx.ShowPrompt(7, Reason.LULL, each.id, 38 * MINUTE, 2, brief=brief))
        note = stage.note("prompt")
        assert untrue([note.title, note.body, *(action.label for action in note.actions)]) == []
    shown = window_contents.shown(each)
    texts = [shown.title, shown.easier, shown.harder, *(step.text for step in shown.steps)]
    assert untrue([*texts, *shown.cautions, shown.source]) == []


def test_questions_and_results() -> None:
    """Were you up, where were you, and what a break came to."""
    stage = seated_stage()
    asked: list[fx.Effect] = [
        fx.AskWereYouUp(3 * MINUTE),
        fx.AskAboutGap(after(1), after(40)),
        fx.AskAboutGap(after(1), after(9), True),
    ]
    for effect in asked:
        stage.perform(effect)
        note = stage.note("question")
        assert untrue([note.title, note.body, *(action.label for action in note.actions)]) == []
    results = [words.result(outcome, 150 * SECOND, 4.0, 20.0) for outcome in (Outcome.TAKEN, Outcome.NOT_TAKEN)]
    assert untrue(results) == []


def test_the_short_offer_fits() -> None:
    """It is a movement of seated mode, never the walk to the window."""
    chosen = Chooser(CATALOGUE.values(), Wishes(seated_mode=True)).short_walk()
    assert chosen != SHORT_WALK
    assert CATALOGUE[chosen].seated_mode


def test_plans_and_usual_days(tmp_path: Path) -> None:
    """The Plans window: what fits is there, and a plan that was begun before is not spoken of."""
    books, seated = PlanBooks(tmp_path / "plans.json", lambda: MONDAY, lambda day: None, print), Settings()
    books.do({"verb": "start", "name": "walking"}, dict)
    seated = replace(seated, movements=replace(seated.movements, seated_mode=True))
    window = books.request(seated)
    shown = [str(window[name]) for name in ("plans", "rests", "usual", "told")]
    words_of_it = [WORDS[name] for name in ("way", "way_what", "usual", "usual_what", "usual_start", "plan_log")]
    assert untrue([*shown, books.line(seated), *words_of_it]) == []


def test_summary_report_and_evening_line() -> None:
    """The day, the week and the four weeks, in the terminal, on the page and in the evening."""
    story = (
        Story("2026-03-02T09:00")
        .sit(35)
        .prompt(Outcome.TAKEN, movement="sit-reach")
        .move(4, "sit-reach")
        .sit(52)
        .away(8)
        .sit(20)
    )
    told = review(kept(story.unseen(45).walk(15).sit(25)), MONDAY, Terms(today=MONDAY, seated_mode=True))
    with open("/dev/null", "w", encoding="utf-8") as nowhere:
        to = console(nowhere)
        with to.capture() as captured:
            show_day(to, told, details=True)
            show_week(to, told, details=True)
    assert untrue(captured.get().splitlines()) == []
    page = re.sub(
        r"<style>.*?</style>|<symbol.*?</symbol>|<defs>.*?</defs>|<[^>]*>", "\n", render(told), flags=re.DOTALL
    )
    assert untrue(page.splitlines()) == []
    assert untrue([told.day.told, weeks.week_sentence(told.week)]) == []


def test_goal_and_replies() -> None:
    """What the terminal answers."""
    found = baseline_goal.Goal(20, 30, offered=True)
    now = replace(STATES["resting"].live().status, seated_mode=True)
    noted = [
        requests.reply(CorrectionRequested(after(1), after(9), kind), now) for kind in (SpanClass.BREAK, SpanClass.AWAY)
    ]
    assert (
        untrue([baseline_goal.goal_words(found, seated_mode=True), requests.reply(WalkLogged(12), now), *noted]) == []
    )

"""The report as a document: self-contained, inert, complete."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from sitbreak import language
from sitbreak.review.build import Scope, Terms, render, review
from tests.review.made import Story, day
from tests.review.told import MONDAY, hostile, kept, one_day, seen, two_months

BANNED = ("treat", "cure", "heal", "prevent", "realign", "correct your spine", "clinically proven")


@pytest.mark.parametrize("scope", list(Scope))
def test_nothing_to_fetch_and_nothing_to_run(scope: Scope) -> None:
    """No script, no address, no style outside the one block that the policy allows."""
    story, facts, last = two_months()
    page = render(seen(story, last, *facts), scope)
    assert not re.search(r"<script|<link(?! rel=\"icon\" href=\"data:,\")|<img|<iframe|https?://| style=|@import", page)
    assert "default-src 'none'" in page


def test_the_policy_allows_exactly_this_style() -> None:
    """The digest in the policy is that of the style block."""
    page = render(seen(one_day(), MONDAY))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}';" in page


def test_hostile_names_are_text() -> None:
    """Whatever stands in the history is escaped."""
    history, terms = hostile()
    page = render(review(history, MONDAY, terms))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "{{ 7*7 }}" in page
    assert "\x1b" not in page


def test_first_screen() -> None:
    """Date, ring, sentence and strip come first, in this order."""
    page = render(seen(one_day(), MONDAY))
    places = [
        page.index(part) for part in ("<h1>Monday, 2 March 2026", 'id="ring-t"', "12 minutes out of", 'id="strip-t"')
    ]
    assert places == sorted(places)


def test_days_without_a_record_are_gaps() -> None:
    """A day without a record has no column and no row, and is called so where it is listed."""
    story = Story("2026-03-02T09:00").sit(60).until("2026-03-04T09:00").sit(30)
    page = render(seen(story, day("2026-03-04")))
    assert "no record" in page
    assert "Tue 3 Mar: 0" not in page


def test_a_drawing_has_its_table() -> None:
    """Behind every figure there is a table, and every drawing has a title."""
    story, facts, last = two_months()
    page = render(seen(story, last, *facts))
    figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    assert len(figures) == 8
    assert [figure for figure in figures if "<table>" not in figure] == []
    for drawing in re.findall(r"<svg[^>]*role=\"img\"[^>]*>", page):
        assert "aria-label" in drawing


@pytest.mark.parametrize("scope", list(Scope))
def test_no_word_of_promise(scope: Scope) -> None:
    """No banned word in any part of the report."""
    story, facts, last = two_months()
    text = re.sub(r"<[^>]+>", " ", render(seen(story, last, *facts), scope)).lower()
    assert not [word for word in BANNED if word in text]


@pytest.mark.parametrize("scope", list(Scope))
def test_an_empty_history_is_a_page_too(scope: Scope) -> None:
    """With nothing recorded at all there is a friendly page."""
    page = render(seen(Story("2026-03-02T09:00"), MONDAY), scope)
    assert "Nothing was recorded" in page


def test_half_a_minute_is_said_alike_wherever_long_sitting_is_named() -> None:
    """37.5 min as one's own latest moment is "37,5" in German on every page, and never cut to 37."""
    language.choose("de")
    story, facts, last = two_months()
    found = review(kept(story, *facts), last, Terms(today=last, latest=37.5))
    pages = {scope: render(found, scope) for scope in Scope}
    language.choose("en")
    for page in pages.values():
        text = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
        assert "37,5 min" in text
        assert not re.search(r"37\.5 min|\b37 min oder mehr", text)

"""The report in a real browser, on every kind of screen, and on paper."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from sitbreak.core.records import Outcome, Strength
from sitbreak.review.build import Review, Scope, render, render_index, report_name, review
from tests.desktop.needs import hidden
from tests.review.browser import Browser
from tests.review.made import Story, day
from tests.review.told import MONDAY, hostile, one_day, seen, two_months

pytestmark = pytest.mark.desktop("chromium")

EDGES = {
    "first": Story("2026-03-02T09:00").sit(12),
    "unseen": Story("2026-03-02T09:00").unseen(150),
    "all day": Story("2026-03-02T04:00").sit(1434),
    "short day": Story("2026-03-28T22:00").sit(90).move(3).sit(400),
    "long day": Story("2026-10-24T22:00").sit(90).move(3).sit(400),
}
LOOSE_DRAWINGS = """(() => {
    const said = id => document.getElementById(id).textContent.trim();
    const named = svg => svg.getAttribute('aria-label') || svg.getAttribute('aria-labelledby').split(' ').every(said);
    return [...document.querySelectorAll('svg')]
        .filter(svg => !svg.closest('[aria-hidden=true]') && !svg.parentElement.closest('svg'))
        .filter(svg => svg.getAttribute('role') !== 'img' || !named(svg)).length;
})()"""
OVERFLOWING = """[...document.querySelectorAll('svg text')].map(text => text.getBoundingClientRect())
    .filter(box => box.width && (box.left < 0 || box.right > document.documentElement.clientWidth)).length"""
TOUCHING = """(() => {
    const boxes = [...document.querySelectorAll('#strip-t ~ text')].map(t => t.getBoundingClientRect());
    const meet = (a, b) => a.right > b.left && b.right > a.left && a.bottom > b.top && b.bottom > a.top;
    const seen = boxes.filter(box => box.width);
    return seen.filter((box, n) => seen.slice(n + 1).some(other => meet(box, other))).length;
})()"""
LIGHT, DARK = ("251, 250, 247", "22, 38, 43"), ("18, 25, 27", "233, 240, 238")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    found = Browser()
    yield found
    found.close()


def page_of(found: Review, folder: Path, scope: Scope = Scope.DAY) -> Path:
    """The report as a file."""
    path = folder / "report.html"
    path.write_text(render(found, scope), "utf-8")
    return path


def full_report() -> Review:
    """The review of a day with two months behind it."""
    story, facts, last = two_months()
    return seen(story, last, *facts)


def quiet(browser: Browser, page: Path) -> bool:
    """Whether the browser had nothing to complain about and asked for nothing but the page."""
    return browser.console == [] and browser.requests == [page.as_uri()]


@pytest.mark.parametrize("scope", list(Scope))
def test_nothing_is_fetched_and_nothing_complained_about(browser: Browser, tmp_path: Path, scope: Scope) -> None:
    """The browser asks for the file and nothing else, and every drawing says what it shows."""
    page = page_of(full_report(), tmp_path, scope)
    browser.size(1280, 900)
    browser.show(page)
    assert quiet(browser, page)
    assert browser.run(LOOSE_DRAWINGS) == 0


def test_a_hostile_history_stays_inert(browser: Browser, tmp_path: Path) -> None:
    """Names made to break out of the page are only text in it."""
    history, terms = hostile()
    page = page_of(review(history, MONDAY, terms), tmp_path)
    browser.size(1280, 900)
    browser.show(page)
    assert quiet(browser, page)
    assert browser.run("document.querySelectorAll('script, img, iframe, object, form').length") == 0
    assert browser.run("document.body.innerText.includes('<script>alert(1)</script>')") is True


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 3840])
def test_any_width_will_do(browser: Browser, tmp_path: Path, width: int) -> None:
    """Nothing sticks out sideways, from a small phone to a 4K screen, and hours keep apart."""
    browser.size(width, 900)
    browser.show(page_of(full_report(), tmp_path))
    assert browser.run("document.documentElement.scrollWidth") <= width
    assert browser.run(OVERFLOWING) == 0
    assert browser.run(TOUCHING) == 0


def test_the_first_screen_holds_the_day(browser: Browser, tmp_path: Path) -> None:
    """Date, ring, sentence and strip are seen without scrolling."""
    browser.size(1280, 720)
    browser.show(page_of(seen(one_day(), MONDAY), tmp_path))
    assert browser.run("document.getElementById('strip-t').parentElement.getBoundingClientRect().bottom") <= 720


@pytest.mark.parametrize(
    ("dark", "paper", "ink"), [(False, "251, 250, 247", "22, 38, 43"), (True, "18, 25, 27", "233, 240, 238")]
)
def test_it_follows_light_and_dark(browser: Browser, tmp_path: Path, dark: bool, paper: str, ink: str) -> None:
    """Paper and ink are those of the theme the user prefers."""
    browser.size(1280, 900, dark)
    browser.show(page_of(seen(one_day(), MONDAY), tmp_path))
    assert browser.run("getComputedStyle(document.body).backgroundColor") == f"rgb({paper})"
    assert browser.run("getComputedStyle(document.querySelector('h1')).color") == f"rgb({ink})"


@pytest.mark.parametrize("name", list(EDGES))
def test_unusual_days(browser: Browser, tmp_path: Path, name: str) -> None:
    """A first day, a blind one, one without a pause, and those of 23 and 25 hours are drawn in full."""
    story = EDGES[name]
    page = page_of(seen(story, story.spans[0].day), tmp_path)
    for width in (360, 1280):
        browser.size(width, 900)
        browser.show(page)
        assert quiet(browser, page)
        assert browser.run(OVERFLOWING) == 0
        assert browser.run(TOUCHING) == 0


def test_two_hundred_stretches(browser: Browser, tmp_path: Path) -> None:
    """A day of two hundred stretches is drawn without running over."""
    story = Story("2026-03-02T06:00")
    for _ in range(200):
        story.sit(3.2).away(1.5)
    browser.size(360, 900)
    browser.show(page_of(seen(story, MONDAY), tmp_path))
    assert browser.run("document.querySelectorAll('#strip-t ~ rect').length") == 400
    assert browser.run("document.documentElement.scrollWidth") <= 360


def test_an_empty_day(browser: Browser, tmp_path: Path) -> None:
    """A day without a record is one friendly sentence."""
    page = page_of(seen(Story("2026-03-02T09:00").sit(60), day("2026-03-03")), tmp_path)
    browser.show(page)
    assert quiet(browser, page)
    assert "Nothing was recorded on this day." in browser.run("document.body.innerText")


@pytest.mark.desktop("axe.min.js")
@pytest.mark.parametrize("scope", list(Scope))
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (390, False)])
def test_accessibility(browser: Browser, tmp_path: Path, width: int, dark: bool, scope: Scope) -> None:
    """axe-core finds nothing wrong, with every table opened."""
    axe = hidden("axe.min.js")
    assert axe is not None
    browser.size(width, 900, dark)
    browser.show(page_of(full_report(), tmp_path, scope))
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    browser.run(axe.read_text("utf-8") + "; true")
    found = browser.run("axe.run().then(r => r.violations.map(v => v.id + ': ' + v.nodes[0].html))")
    assert found == []


@pytest.mark.desktop("pdftoppm", "pdftotext")
@pytest.mark.parametrize("paper", [(8.27, 11.69), (8.5, 11.0)])
def test_on_paper(browser: Browser, tmp_path: Path, paper: tuple[float, float]) -> None:
    """On A4 and Letter the margins stay white, no page is empty, and the end is there."""
    browser.size(1280, 900, dark=True)
    browser.show(page_of(full_report(), tmp_path, Scope.MONTH))
    browser.print(tmp_path / "report.pdf", *paper)
    subprocess.run(["pdftoppm", "-r", "50", "-png", "report.pdf", "sheet"], cwd=tmp_path, check=True)
    sheets = sorted(tmp_path.glob("sheet*.png"))
    assert 3 <= len(sheets) <= 6
    for sheet in sheets:
        assert margins_white(sheet, 20)
    said = subprocess.run(["pdftotext", "report.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True)
    for part in ("What these numbers mean", "Prompts fade", "and this page exists"):
        assert part in " ".join(said.stdout.split())


@pytest.mark.desktop("pdftotext")
@pytest.mark.parametrize("paper", [(8.27, 11.69), (8.5, 11.0)])
def test_a_day_is_printed_on_two_pages(browser: Browser, tmp_path: Path, paper: tuple[float, float]) -> None:
    """The day and its week; what is behind them stays on the screen. So is a day with nine of everything."""
    story = Story("2026-03-02T09:00")
    for _number in range(9):
        story.sit(32).prompt(Outcome.TAKEN).move(3).sit(8).away(6, Strength.WEAK)
    browser.size(1280, 900)
    for printed, last in ((full_report(), "12 taken"), (seen(story.sit(5), MONDAY), "9 taken")):
        browser.show(page_of(printed, tmp_path))
        browser.print(tmp_path / "report.pdf", *paper)
        done = subprocess.run(
            ["pdftotext", "report.pdf", "-"], cwd=tmp_path, check=True, capture_output=True, text=True
        )
        assert done.stdout.count("\f") == 2
        assert f"What became of the reminders: {last}." in done.stdout
        assert "Four weeks" not in done.stdout


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("scope", list(Scope))
def test_no_table_is_cut_on_a_phone(browser: Browser, tmp_path: Path, width: int, scope: Scope) -> None:
    """Every table, opened, fits the width it has."""
    browser.size(width, 900)
    browser.show(page_of(full_report(), tmp_path, scope))
    browser.run("document.querySelectorAll('details').forEach(each => each.open = true)")
    wide = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
    assert browser.run(wide) == 0


def test_the_index_leads_to_each_report(browser: Browser, tmp_path: Path) -> None:
    """Newest first, each a link that can be followed; other files are none of ours."""
    for name in (report_name(Scope.DAY, MONDAY), report_name(Scope.WEEK, MONDAY)):
        (tmp_path / name).write_text(render(seen(one_day(), MONDAY), Scope.DAY, "index.html"), "utf-8")
    there = [each.name for each in tmp_path.iterdir()]
    (tmp_path / "index.html").write_text(render_index([*there, "notes.html", "sitbreak-day-soon.html"]), "utf-8")
    browser.show(tmp_path / "index.html")
    found = browser.run("[...document.querySelectorAll('td a')].map(each => each.getAttribute('href'))")
    assert sorted(found) == sorted([report_name(Scope.DAY, MONDAY), report_name(Scope.WEEK, MONDAY)])
    browser.show(tmp_path / found[0])
    assert browser.run("document.querySelector('nav a').getAttribute('href')") == "index.html"


def margins_white(sheet: Path, margin: int) -> bool:
    """Whether there is something on the sheet, and nothing within `margin` pixels of its edges."""
    with Image.open(sheet) as picture:
        grey = picture.convert("L")
    dark = grey.point([255 if value < 250 else 0 for value in range(256)]).getbbox()
    if dark is None:
        return False
    left, top, right, bottom = dark
    return min(left, top, grey.width - right, grey.height - bottom) >= margin

"""What the code cites is there: every "spec 1.1" is a heading of the pages under docs/spec."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "docs" / "spec").glob("*.md"))
HEADING = re.compile(r"^#+ (\d(?:\.\d+)?)[. ]", re.MULTILINE)
CITED = re.compile(r"\bspec (\d(?:\.\d+)?)")


def test_every_citation_has_its_heading() -> None:
    """A page that is renumbered takes its citations along."""
    headings = {found for page in PAGES for found in HEADING.findall(page.read_text("utf-8"))}
    cited = {
        (number, str(path.relative_to(ROOT)))
        for folder in ("sitbreak", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for number in CITED.findall(path.read_text("utf-8"))
    }
    assert cited
    assert sorted((number, path) for number, path in cited if number not in headings) == []


def test_every_link_between_the_pages_leads_somewhere() -> None:
    """Relative links of all pages for people."""
    pages = [*PAGES, *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    broken = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_no_page_keeps_both_sides_of_a_conflict() -> None:
    """What two people changed at once is one text again."""
    pages = [*PAGES, *ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    marked = [page.name for page in pages if re.search(r"^(<{7}|>{7}) ", page.read_text("utf-8"), re.MULTILINE)]
    assert marked == []


def test_what_the_map_of_the_house_names_is_there() -> None:
    """Every file, and every folder and module at the beginning of a line, of ARCHITECTURE.md."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    files = {path.name for path in (ROOT / "sitbreak").rglob("*.py")}
    places = re.findall(r"^(?:\S[^\n]*? {2,})?(\w+/\w+) {2,}", text, re.MULTILINE)
    found = [ROOT / "sitbreak" / place for place in places]
    assert [str(each) for each in found if not each.is_dir() and not each.with_suffix(".py").exists()] == []
    assert sorted({name.rsplit("/", 1)[-1] for name in re.findall(r"[\w/]+\.py", text)} - files) == []

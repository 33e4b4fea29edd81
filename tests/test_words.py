"""The words of the program: none that promise health (spec 3.3), in the catalogue or any other text for people."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.core.movements import CAUTIONS
from sitbreak.settings.document import markdown_table, toml_text

ROOT = Path(__file__).parents[1]
BANNED = re.compile(
    r"\b(treat(s|ed|ing|ments?)?|cur(e|es|ed|ing)|heal(s|ed|ing)?|prevent(s|ed|ing|ion|ive)?"
    r"|realign(s|ed|ing|ment)?|correct(s|ing)? your spine|clinically proven)\b",
    re.IGNORECASE,
)
CLAIMED = re.compile(r"sitting causes|causes? back pain|misaligned|out of alignment|new smoking", re.IGNORECASE)
TEXT_FILES = (".md", ".toml", ".json", ".j2", ".html", ".svg", ".desktop", ".service", ".1", ".txt")


def literals(file: Path) -> Iterator[tuple[int, str]]:
    """The string literals of a module with their lines, docstrings left out: those are for its readers."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree)
                  if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def user_texts() -> Iterator[tuple[str, str]]:
    """Every text that a person may read, with the place it is in."""
    for file in sorted((ROOT / "sitbreak").rglob("*.py")):
        for line, text in literals(file):
            yield f"{file.relative_to(ROOT)}:{line}", text
    for folder in ("sitbreak", "config", "packaging"):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in TEXT_FILES:
                yield str(file.relative_to(ROOT)), file.read_text(encoding="utf-8")
    for file in sorted(ROOT.glob("*.md")):
        yield file.name, file.read_text(encoding="utf-8")
    yield "settings help", markdown_table() + toml_text()


def test_no_text_promises_health() -> None:
    """None of the banned words, and none of the claims that are never made."""
    found = [f"{place}: {match[0]}" for place, text in user_texts() for match in BANNED.finditer(text)]
    found += [f"{place}: {match[0]}" for place, text in user_texts() for match in CLAIMED.finditer(text)]
    assert found == []


def test_the_search_would_find_them() -> None:
    """Literals inside f-strings are seen, docstrings are not, and harmless words pass."""
    file = Path(inspect.getfile(load_catalogue))
    texts = [text for _, text in literals(file)]
    assert any("is damaged at" in text for text in texts)
    assert not any(text.startswith("The catalogue of movements:") for text in texts)
    assert BANNED.search("It prevents pain")
    assert not BANNED.search("healthy, secure, treaty, accurate")


@pytest.mark.parametrize("movement", load_catalogue().movements, ids=lambda movement: movement.id)
def test_each_movement_speaks_plainly(movement: object) -> None:
    """Its cautions are known ones, and no text of it is empty."""
    cautions, texts = getattr(movement, "cautions", None), [step.text for step in getattr(movement, "steps", ())]
    assert isinstance(cautions, tuple)
    assert set(cautions) <= set(CAUTIONS)
    assert texts
    assert all(texts)
    assert not texts[0].casefold().startswith(getattr(movement, "title", "").casefold()), "says its title twice"


def test_seated_movements_never_say_chair_or_stand() -> None:
    """In seated mode no text presumes a chair or standing up."""
    for each in load_catalogue().movements:
        if each.seated_mode:
            spoken = " ".join((each.title, each.easier, each.harder, *(step.text for step in each.steps)))
            assert not re.search(r"\b(chair|stand|stand up|standing)\b", spoken, re.IGNORECASE), each.id

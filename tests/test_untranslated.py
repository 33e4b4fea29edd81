"""No text for people stands in the sources without its mark: a translator sees them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MARKS = {"_", "N_", "ngettext", "pgettext", "Sentence"}
# A few words with a blank between, or a word with a capital: what a sentence, a title or a button looks like.
LOOKS_LIKE_TEXT = re.compile(r"[a-z]{2}.* |  *[a-z]{2}|^[A-Z][a-z]+[.?!]?$")

# Files whose texts are for programs or for whoever works on this one.
FILES = {
    "sitbreak/adapters/bus": "names and errors of D-Bus",
    "sitbreak/adapters/history/fact_columns.py": "SQL",
    "sitbreak/adapters/history/queries.py": "SQL",
    "sitbreak/adapters/history/rows.py": "SQL; its sentences are marked",
    "sitbreak/adapters/history/schema.py": "SQL",
    "sitbreak/adapters/media_players.py": "names of D-Bus",
    "sitbreak/adapters/programs/bus_service.py": "names of D-Bus",
    "sitbreak/adapters/tray/dbusmenu.py": "names of D-Bus",
    "sitbreak/adapters/tray/sni_item.py": "names of D-Bus",
    "sitbreak/adapters/history/others.py": "SQL",
    "sitbreak/language.py": "each language by its own name",
    "sitbreak/cli/completions.py": "what shells read",
    "sitbreak/core/frozen.py": "Python",
    "sitbreak/core/snapshot.py": "what a damaged memory is like, for the log file",
    "sitbreak/replay": "logs and transcripts, which are compared word for word",
    "sitbreak/review/study.py": "the code book of the study file, in the terms of the papers it cites",
    "sitbreak/window/day_protocol.py": "what the window and the daemon say to each other",
    "sitbreak/window/message_fields.py": "what the window and the daemon say to each other",
    "sitbreak/window/protocol.py": "what the window and the daemon say to each other",
}
# What is called with such a text: the log; the system's own failures, which it tells in its own words; names.
CALLS = re.compile(
    r"(^|\.)(log|logger)\.\w+$|(^|\.)(CallRefused|ConnectionError|FileNotFoundError|OperationalError|"
    r"AssertionError|OSError|RuntimeError|UnknownBackend|ValueError|Choice|choose|choose_all|Thread|new_day|"
    r"_Job|setStyle|setStyleSheet|property_of|missing|getattr|get|join|startswith|endswith|replace|split|partition|"
    r"removesuffix|removeprefix|compile|match|fullmatch|search|sub|findall|execute|strftime|TypeVar|_guarded|do|frozenset)$"
)
KEYWORDS = {"style", "header_style", "metavar", "prog", "usage", "errors", "justify", "pattern", "key", "mode"}
# Texts that read the same in every language, or are no language at all.
TEXTS = re.compile(
    r"^(on run texts|\[Desktop Entry\]|\[Unit\]|%\(asctime\)|\| key \||SELECT|"
    r"Add-Type|fpath=|QLineEdit|\nvar |\r?\n?\[|bold |run key$|"
    r"(Library|Aqua|Interactive|Cinnamon|Xfce Notify Daemon|"
    r"Plasma|Inhibited|Modes|Display|Xlib|Windows|"
    r"Pynput|Get|Notify|Read|Foundation|Fusion|Options|Forgotten|Refusal|Hotkeys|Card|Chunk|Linux|Bout|Today)$|"
    r"sitbreak( correct)? ?:? ?\{|`sitbreak meeting off`$|"
    r"(the lock|another session|a locker|screen lock|closing \{\}|showing \{\}|the \{\} watcher('s end)?|none: \{\})$|"
    r"(whole body|dynamic stretch|static stretch|door frame|low step)$|\{\}  \[green\]|"
    r"sqlite, read only$|all devices$|x$)"
)


def shown(node: ast.Constant | ast.JoinedStr) -> str:
    """The text, with {} in the place of what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute or a name; what stands before a call is left out."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def exempt(child: ast.AST, parent: ast.AST) -> bool:
    """Whether a text in this place is marked, or is none for people."""
    match parent:
        case ast.Call(func=function) if child is not function:
            name = dotted(function)
            return name in MARKS or CALLS.search(name) is not None
        case ast.keyword(arg=name):
            return name in KEYWORDS
        case ast.Compare() | ast.MatchValue() | ast.arguments() | ast.JoinedStr():
            return isinstance(child, ast.Constant) or not isinstance(parent, ast.JoinedStr)
        case ast.Dict(keys=keys):
            return child in keys
        case ast.Subscript(slice=place) | ast.AnnAssign(annotation=place) | ast.arg(annotation=place):
            return child is place
        case ast.FunctionDef(returns=place) | ast.AsyncFunctionDef(returns=place):
            return child is place
        case ast.Expr():
            return isinstance(child, ast.Constant)  # a docstring
    return False


def unmarked(source: str) -> Iterator[tuple[int, str]]:
    """The texts for people without a mark, with their lines."""
    tree = ast.parse(source)
    parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        plain = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if not isinstance(node, ast.Constant | ast.JoinedStr) or not (plain or isinstance(node, ast.JoinedStr)):
            continue
        text = shown(node)
        if not LOOKS_LIKE_TEXT.search(text.replace("{}", "").strip("\n")) or TEXTS.match(text):
            continue
        step: ast.AST = node
        while step in parents and not exempt(step, parents[step]):
            step = parents[step]
        if step not in parents:
            yield node.lineno, text


def test_every_text_for_people_is_marked() -> None:
    """Whoever adds a sentence wraps it in `_`, `N_`, `ngettext`, or in the core in `Sentence` (docs/translating.md)."""
    found = [
        f"{name}:{line}: {text}"
        for file in sorted((ROOT / "sitbreak").rglob("*.py"))
        for name in [file.relative_to(ROOT).as_posix()]
        if not any(name == known or name.startswith(f"{known}/") for known in FILES)
        for line, text in unmarked(file.read_text("utf-8"))
    ]
    assert found == []


def test_nothing_is_excused_that_is_not_there() -> None:
    """An exception that has lost its file goes."""
    assert [name for name in FILES if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('say("Nothing was changed.")', 1),
        ('say(_("Nothing was changed."))', 0),
        ('say(f"{number} of {goal} min")', 1),
        ('say(_("{number} of {goal} min", number=1, goal=2))', 0),
        ('button("Quit")', 1),
        ('log.warning("the tray went")', 0),
        ('def f():\n    """Says nothing to people."""', 0),
        ('TITLES = {"theme": "Colours"}', 1),
        ('if key == "Some Thing": pass', 0),
    ],
)
def test_the_search_would_find_them(source: str, count: int) -> None:
    """A bare sentence, button or title is found, wherever it stands; the log, names and docstrings are not."""
    assert len(list(unmarked(source))) == count


PAGES = sorted((ROOT / "sitbreak" / "review" / "pages").glob("*.j2"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_pages_of_the_report_hold_no_words_of_their_own(page: Path) -> None:
    """Between the tags there are expressions only; the one name is that of the program."""
    text = re.sub(
        r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>|<[^>]*>", " ", page.read_text("utf-8"), flags=re.S
    )
    assert [word for word in re.findall(r"[A-Za-z]{2,}", text) if word not in ("sitbreak", "nbsp")] == []


# Where a blank between two values joins no sentences: files for programs, command lines, and two words side by side.
JOINED = (
    *("adapters/autostart/entry.py", "adapters/history", "ports.py", "core/movements.py", "window/data_page.py"),
    *("adapters/breakwindow/qt_child.py", "review/day.py", "review/strip.py", "window/settings.py"),
    *("cli/exercise_plan.py", "cli/client.py", "cli/completions.py", "window/settings_row.py"),
)


def joined(source: str) -> Iterator[int]:
    """The lines in which texts are joined with a blank."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=function) if ast.unparse(function) == "' '.join":
                yield node.lineno
            case ast.JoinedStr() if "{} {}" in shown(node):
                yield node.lineno


def test_sentences_are_joined_in_one_place() -> None:
    """Japanese and Chinese put no blank between two: `language.paragraph` knows."""
    found = [
        f"{name}:{line}"
        for file in sorted((ROOT / "sitbreak").rglob("*.py"))
        for name in [file.relative_to(ROOT / "sitbreak").as_posix()]
        if not name.startswith(JOINED)
        for line in joined(file.read_text("utf-8"))
    ]
    assert found == []
    pages = list((ROOT / "sitbreak").rglob("*.j2"))
    assert pages
    assert [page.name for page in pages if '~ " " ~' in page.read_text("utf-8")] == []
    assert list(joined('say(f"{one} {two}")\nsay(" ".join(told))\nsay(f"{one}: {two}")')) == [1, 2]


def test_places_to_fill_in_have_a_name_in_the_language() -> None:
    """argparse would put the name of the variable: `sitbreak pause [length]` in every language."""
    wrong = []
    for file in sorted((ROOT / "sitbreak" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="add_argument")):
                    said = {each.arg: each.value for each in node.keywords}
                    if isinstance(said.get("help"), ast.Constant):
                        wrong.append(f"{file.name}:{node.lineno}")
                    match said.get("metavar"):
                        case None if not said.keys() & {"action", "choices"}:
                            wrong.append(f"{file.name}:{node.lineno}")
                        case ast.Constant(value=str(name)) if name not in ("HH:MM", "ID") and len(name) > 1:
                            wrong.append(f"{file.name}:{node.lineno}")
    assert wrong == []

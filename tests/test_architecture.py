"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sitbreak"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

MOST_LINES = 350
MOST_FUNCTION_LINES = 40
CLOCK = PACKAGE / "adapters" / "clock.py"
CLOCK_READS = {
    *("time.time", "time.time_ns", "time.monotonic", "time.monotonic_ns", "time.perf_counter", "time.perf_counter_ns"),
    *("time.clock_gettime", "time.clock_gettime_ns", "time.localtime", "time.gmtime", "time.sleep", "asyncio.sleep"),
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "Instant.now"),
}
# Not on every system, or costly, or in need of a display: imported where they are used.
LAZY = {
    *("AppKit", "Foundation", "PyObjCTools", "Quartz", "Xlib", "dbus_fast", "desktop_notifier", "plyer", "pulsectl"),
    *("PIL", "jinja2", "keyring", "paho", "pynput", "pystray", "rich", "winrt"),
    *("fcntl", "grp", "msvcrt", "pwd", "resource", "termios", "winreg"),
}
BROAD_EXCEPTS = 1
"""The boundary, through which everybody goes who must outlive whatever another fails of."""


def short(path: Path) -> str:
    """The path as people say it."""
    return path.relative_to(ROOT).as_posix()


def parsed(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(path.read_text("utf-8"), short(path))


def defined(node: ast.stmt) -> list[str]:
    """The names that a statement gives."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute or a name, else the empty string."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported_at_the_top(tree: ast.Module) -> Iterator[str]:
    """The first part of every name that importing the module imports."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]
        elif isinstance(node, ast.If) and dotted(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            waiting.extend(ast.iter_child_nodes(node))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter on the package in `folder`, with our contracts."""
    program = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()"]
    command = [*program, "--no-logo", "--no-cache", "--config", str(ROOT / "pyproject.toml")]
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.unix("import-linter")  # its compiled part needs a library that Wine lacks
def test_the_layers_hold() -> None:
    """Nobody imports from above or beside."""
    linted = lint_imports(ROOT)
    assert linted.returncode == 0, linted.stdout


@pytest.mark.unix("import-linter")
@pytest.mark.parametrize(
    ("module", "offence", "contract"),
    [
        ("core/movements.py", "import sitbreak.ports", "cli -> daemon"),
        ("core/records.py", "import os", "core is pure"),
        ("core/presence.py", "import sitbreak.core.prompt", "inside the core"),
        ("core/baseline_goal.py", "import sitbreak.core.memory", "figures of days"),
        ("adapters/history/schema.py", "import sitbreak.adapters.activity.last_input", "adapter folders"),
        ("settings/model.py", "from PySide6 import QtCore", "Qt lives"),
    ],
)
def test_the_contracts_bite(tmp_path: Path, module: str, offence: str, contract: str) -> None:
    """An import against the rules breaks the contract that forbids it."""
    shutil.copytree(PACKAGE, tmp_path / "sitbreak")
    offender = tmp_path / "sitbreak" / module
    offender.write_text(offender.read_text("utf-8") + f"\n{offence}\n", "utf-8")
    broken = [line for line in lint_imports(tmp_path).stdout.splitlines() if " BROKEN" in line]
    assert len(broken) == 1
    assert broken[0].startswith(contract)


def test_no_file_is_long() -> None:
    """A file one cannot keep in mind is two files."""
    long = [short(path) for path in SOURCES + TESTS if len(path.read_text("utf-8").splitlines()) > MOST_LINES]
    assert long == []


def test_no_function_is_long() -> None:
    """A function fits on a screen."""
    long = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= MOST_FUNCTION_LINES
    ]
    assert long == []


def test_only_the_clock_reads_a_clock() -> None:
    """Time is an argument everywhere else, and nothing sleeps."""
    reads = [
        f"{short(path)}:{node.lineno} {dotted(node)}"
        for path in SOURCES
        if path != CLOCK
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in CLOCK_READS
    ]
    assert reads == []


def test_clock_functions_are_not_imported_by_name() -> None:
    """`from time import sleep` would hide a clock from the check above."""
    imports = [
        f"{short(path)}:{node.lineno}"
        for path in SOURCES
        if path != CLOCK
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and node.module == "time"
    ]
    assert imports == []


def test_the_core_draws_lots_only_from_a_seed() -> None:
    """In core `random` is a source of `random.Random(seed)` and nothing else."""
    shared = [
        f"{short(path)}:{node.lineno} {dotted(node)}"
        for path in SOURCES
        if PACKAGE / "core" in path.parents
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute) and dotted(node).startswith("random.") and node.attr != "Random"
    ]
    assert shared == []


def test_errors_are_named() -> None:
    """Broad `except` stands at the tops of threads only."""
    broad = [
        f"{short(path)}:{node.lineno}"
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or dotted(node.type) in {"Exception", "BaseException"})
    ]
    assert len(broad) <= BROAD_EXCEPTS, broad


def test_optional_parts_are_imported_where_they_are_used() -> None:
    """Importing a module needs no display, no optional part and no certain system; Qt only in the break window."""
    early = [
        f"{short(path)} imports {name}"
        for path in SOURCES
        for name in imported_at_the_top(parsed(path))
        if name in LAZY or (name == "PySide6" and PACKAGE / "window" not in path.parents)
    ]
    assert early == []


IMPORT_ALL = """
import importlib, sys
for name in ("pystray", "pynput", "Xlib", "pulsectl", "plyer", "dbus_fast", "desktop_notifier", "rich", "jinja2"):
    sys.modules[name] = None  # as if it were not installed
for name in sys.argv[1:]:
    importlib.import_module(name)
"""


def test_every_module_imports_without_a_display_and_without_optional_parts() -> None:
    """On a bare machine no import fails; what needs a part finds out when it is used."""
    names = [
        short(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in SOURCES
        if path.name != "__main__.py" and "PySide6" not in set(imported_at_the_top(parsed(path)))
    ]
    displays = {"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"}
    environment = {name: value for name, value in os.environ.items() if name not in displays}
    command = [sys.executable, "-W", "error", "-c", IMPORT_ALL, *names]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_nobody_outside_the_core_reaches_into_the_machine() -> None:
    """What others may know of it, it offers by name; its memory and its desk are its own."""
    inside = re.compile(r"\bmachine\.(state|desk)\b")
    outside = [path for path in SOURCES if "core" not in path.relative_to(ROOT).parts]
    assert [short(path) for path in outside if inside.search(path.read_text("utf-8"))] == []


def test_commands_print_through_one_place() -> None:
    """What others wrote is shown and never obeyed."""
    prints = [
        f"{short(path)}:{node.lineno}"
        for path in SOURCES
        if path.parent == PACKAGE / "cli" and path.name != "output.py"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    ]
    assert prints == []


def test_a_class_name_is_one_thing() -> None:
    """A reader who meets a name need not ask which of two it is; private ones are seen in one file only."""
    names = Counter(
        node.name
        for path in SOURCES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_how_the_program_starts_itself_stands_in_one_place() -> None:
    """A frozen one has no Python to say -m to."""
    assert [short(path) for path in SOURCES if '"-m"' in path.read_text("utf-8")] == [
        "sitbreak/settings/installation.py"
    ]


@pytest.mark.parametrize("name", ["apscheduler", "plyer", "pynput", "pystray"])
def test_the_packages_it_is_built_on_have_a_role(name: str) -> None:
    """They stay, also where a few lines of ours would do."""
    imported = re.compile(rf"""^from {name}\b|import_module\(f?"{name}\b""", re.MULTILINE)
    assert any(imported.search(source.read_text("utf-8")) for source in SOURCES)


def test_nothing_is_shipped_that_only_tests_use() -> None:
    """What stands at the top of a module is used by the program; a stand-in for tests lives in tests/fakes."""
    shipped = [*SOURCES, *PACKAGE.rglob("*.j2"), *(ROOT / "packaging").rglob("*.py"), ROOT / "pyproject.toml"]
    words = Counter(word for path in shipped for word in re.findall(r"\w+", path.read_text("utf-8")))
    names = [(short(path), name) for path in SOURCES for node in parsed(path).body for name in defined(node)]
    assert [where for where in names if words[where[1]] == 1 and where[1] != "ARGPARSE"] == []  # marks words only


def test_classes_of_plain_values_are_frozen_in_one_way() -> None:
    """`@frozen` costs a tenth of what the library's own takes at each start."""
    library = re.compile(r"^@dataclass\(.*frozen=True", re.MULTILINE)
    assert [short(source) for source in SOURCES if library.search(source.read_text("utf-8"))] == []

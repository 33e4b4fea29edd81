"""Two computers of one person, and the folder between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from sitbreak.core.records import Facts
from tests.fakes.household import Computer, replicate_all, sat


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Computer, Computer]]:
    """A desk computer used in the first hour, and a laptop used in the second; they know of each other."""
    with ExitStack() as held:
        desk, laptop = (held.enter_context(closing(Computer(tmp_path / name, name))) for name in ("desk", "laptop"))
        desk.keep(Facts(spans=(sat(0, 60),)))
        laptop.keep(Facts(spans=(sat(60, 120),)))
        replicate_all([desk, laptop])
        yield desk, laptop

"""Fixtures that start desktops. Whatever a test does, everything they started is gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.desktop.desk import Desk
from tests.desktop.gnome import Gnome
from tests.desktop.login import MockedSystemBus
from tests.desktop.sway import Sway

DeskFactory = Callable[..., Desk]


@pytest.fixture
def desk_factory() -> Iterator[DeskFactory]:
    """Build desktops to measure: takes what `Desk` takes."""
    desks: list[Desk] = []

    def build(**wishes: object) -> Desk:
        desks.append(Desk(**wishes))  # type: ignore[arg-type]  # passes on what Desk checks
        return desks[-1]

    yield build
    for desk in desks:
        desk.stop()


@pytest.fixture
def desk(desk_factory: DeskFactory) -> Desk:
    """An X desktop with a window manager and nothing else."""
    return desk_factory()


@pytest.fixture
def full_desk(desk_factory: DeskFactory) -> Desk:
    """An X desktop as most people have one: a panel with a tray, and notifications."""
    return desk_factory(panel="xfce", notifier="xfce")


@pytest.fixture
def sway() -> Iterator[Sway]:
    """A Wayland desktop."""
    desktop = Sway()
    yield desktop
    desktop.stop()


@pytest.fixture
def sway_with_x() -> Iterator[Sway]:
    """A Wayland desktop on which X programs run too."""
    desktop = Sway(xwayland=True)
    yield desktop
    desktop.stop()


@pytest.fixture
def gnome() -> Iterator[Gnome]:
    """GNOME on Wayland, without X programs."""
    desktop = Gnome()
    yield desktop
    desktop.stop()


@pytest.fixture
def gnome_with_x() -> Iterator[Gnome]:
    """GNOME on Wayland as most people have it: X programs run, too."""
    desktop = Gnome(xwayland=True)
    yield desktop
    desktop.stop()


@pytest.fixture
def mocked_system_bus() -> Iterator[MockedSystemBus]:
    """A system bus with a login service; nobody is logged in yet."""
    mocked = MockedSystemBus()
    yield mocked
    mocked.stop()

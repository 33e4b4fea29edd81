"""What the trays over pystray do apart from drawing and D-Bus."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from dbus_fast import Variant

from sitbreak.adapters.tray import CANDIDATES, NativeTray, SniTray, panel_brightness
from sitbreak.adapters.tray.pystray_native import (
    CHOICE,
    MacTemplate,
    PystrayTray,
    WindowsMenus,
    place_on_taskbar,
    pystray,
    short,
)
from sitbreak.ports import Env, MenuEntry, NotViable, TrayView, Viable


class Recorder:
    """Stands in for a pystray icon: notes each assignment."""

    def __init__(self) -> None:
        object.__setattr__(self, "changes", [])

    def __setattr__(self, name: str, value: Any) -> None:
        self.changes.append(name)
        object.__setattr__(self, name, value)

    changes: list[str]

    def run(self, setup: Any) -> None:
        """Runs no loop at all."""
        setup(self)

    def stop(self) -> None:
        """Nothing runs."""
        self.changes.append("stop")


class RecordedTray(PystrayTray):
    """A tray over a recorder."""

    def _make_icon(self) -> Any:
        return Recorder()

    @property
    def changes(self) -> list[str]:
        """What was assigned so far; asking empties it."""
        seen = [change for change in self._icon.changes if change != "title"]
        self._icon.changes.clear()
        return seen


def test_only_what_changed_is_passed_on() -> None:
    """The same view again touches nothing; a new step draws, a new menu builds a menu."""
    menu = (MenuEntry("Start", "start"),)
    tray = RecordedTray(lambda key: None, "dark")
    tray.show(TrayView("sitting", 0.5, "a", menu))
    tray.run()
    assert sorted(tray.changes) == ["icon", "menu", "visible"]
    tray.show(TrayView("sitting", 0.5, "a", menu))
    tray.show(TrayView("sitting", 0.501, "b", menu))
    assert tray.changes == []
    tray.show(TrayView("sitting", 0.6, "b", menu))
    assert tray.changes == ["icon"]
    tray.show(TrayView("sitting", 0.6, "b", ()))
    assert tray.changes == ["menu"]


class Refused(Recorder):
    """An icon that the system refuses, of whose setup a thread waits to be told that it is ready."""

    def run(self, setup: Any) -> None:
        """Does not get as far as that."""
        self.setup = setup
        raise OSError("no window could be made")

    def _mark_ready(self) -> None:
        self.changes.append("ready")
        self.setup(self)


def test_an_icon_that_is_refused_leaves_no_thread_behind() -> None:
    """The thread of its setup goes on to its end and shows nothing; the failure is told."""
    tray = RecordedTray(lambda key: None, "dark")
    tray._make_icon = Refused  # type: ignore[method-assign]  # another icon
    with pytest.raises(OSError, match="no window"):
        tray.run()
    assert "ready" in tray._icon.changes
    assert "visible" not in tray._icon.changes


def test_menu_entries_choose_their_key() -> None:
    """The default entry is what a call of the menu does; labels cannot be chosen."""
    chosen: list[str] = []
    tray = RecordedTray(chosen.append, "dark")
    tray.show(TrayView("due", 1.0, "a", (MenuEntry("A label"), MenuEntry("Start", "start", default=True))))
    tray.run()
    items = list(tray._icon.menu)
    assert [item.enabled for item in items] == [False, True]
    tray._icon.menu(None)
    assert chosen == ["start"]


def test_importing_the_library_leaves_the_environment_alone() -> None:
    """The choice of a back-end is made for the import only."""
    before = os.environ.get(CHOICE)
    assert pystray().Menu is not None
    assert os.environ.get(CHOICE) == before


@pytest.mark.parametrize("text", ["short", "x" * 127, "x" * 128, "🪑" * 90, "a" + "🪑" * 63 + "b"])
def test_windows_tooltips_fit(text: str) -> None:
    """At most 127 UTF-16 units, no half characters, and untouched where it fits."""
    cut = short(text)
    units = len(text.encode("utf-16-le")) // 2
    assert len(cut.encode("utf-16-le")) // 2 <= 127
    assert cut == text if units <= 127 else (cut.endswith("…") and text.startswith(cut[:-1]))


class Native:
    """Stands in for pystray's half of the Windows icon."""

    def __init__(self) -> None:
        self.updates = 0
        self.while_open: list[int] = []

    def _on_notify(self, wparam: int, lparam: int) -> str:
        self._update_menu()
        self._update_menu()
        self.while_open.append(self.updates)
        return "answer"

    def _update_menu(self) -> None:
        self.updates += 1


class WindowsIcon(WindowsMenus, Native):
    """Both halves."""


def test_an_open_windows_menu_is_not_replaced() -> None:
    """Updates wait until the menu has closed, and then come once."""
    icon = WindowsIcon()
    assert icon._on_notify(0, 0) == "answer"
    assert icon.while_open == [0]
    assert icon.updates == 1
    icon._update_menu()
    assert icon.updates == 2


class Taskbar:
    """Stands in for shell32: one icon, by its window and number nought."""

    def __init__(self, result: int = 0) -> None:
        self.result = result

    def Shell_NotifyIconGetRect(self, icon: Any, edges: Any) -> int:
        """Left, top, right and bottom of it."""
        asked = icon._obj
        assert (asked.cbSize, asked.hWnd, asked.uID, list(asked.guidItem)) == (40, 7, 0, [0, 0, 0, 0])
        edges._obj[:] = (1200, 1040, 1224, 1080)
        return self.result


def test_the_taskbar_tells_where_the_icon_is() -> None:
    """Its middle; nothing where the shell does not know the icon."""
    assert place_on_taskbar(7, Taskbar()) == (1212, 1060)
    assert place_on_taskbar(7, Taskbar(-2147467259)) is None


def frame(x: float, y: float, width: float, height: float) -> SimpleNamespace:
    """An NSRect."""
    return SimpleNamespace(origin=SimpleNamespace(x=x, y=y), size=SimpleNamespace(width=width, height=height))


def test_the_menu_bar_tells_where_the_icon_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The middle of its lower edge, from the top of the first screen: AppKit counts from below."""
    screens = [SimpleNamespace(frame=lambda: frame(0, 0, 1440, 900)), SimpleNamespace(frame=lambda: frame(0, 0, 9, 9))]
    appkit = SimpleNamespace(NSScreen=SimpleNamespace(screens=lambda: screens))
    monkeypatch.setitem(sys.modules, "AppKit", appkit)
    window = SimpleNamespace(frame=lambda: frame(1000, 876, 30, 24))
    icon = MacTemplate()
    icon._status_item = SimpleNamespace(button=lambda: SimpleNamespace(window=lambda: window))
    assert icon.place() == (1015, 24)


def test_what_is_chosen_at_the_icon_tells_where_that_is() -> None:
    """The place is known before the choice is told, which may open Today there."""
    seen: list[tuple[str, object]] = []
    tray = NativeTray(lambda key: seen.append((key, tray.place)))
    tray._icon = SimpleNamespace(place=lambda: (3, 4))
    assert tray.place is None
    tray._chosen("today")
    assert seen == [("today", (3, 4))]


@pytest.mark.parametrize(
    ("setting", "desktop", "variant"),
    [
        ("light", "GNOME", "light"),
        ("dark", "", "dark"),
        ("auto", "ubuntu:GNOME", "dark"),
        ("auto", "XFCE", "either"),
        ("auto", "", "either"),
    ],
)
def test_the_first_guess_at_the_panel(setting: str, desktop: str, variant: str) -> None:
    """The setting rules; GNOME's bar is dark; elsewhere the variant that is legible on both."""
    assert panel_brightness.first_guess(setting, {"XDG_CURRENT_DESKTOP": desktop}) == variant


def test_the_portals_answer_is_unwrapped() -> None:
    """One variant or two around the number mean the same; unknown numbers mean that it cannot be told."""
    assert panel_brightness.meaning(Variant("v", Variant("u", 1))) == "dark"
    assert panel_brightness.meaning(Variant("u", 2)) == "light"
    assert panel_brightness.meaning(Variant("u", 0)) == "either"


def test_candidates_answer_for_their_systems() -> None:
    """On each system exactly one tray with an icon offers itself."""
    bus = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/tmp/nowhere"}
    names = {
        platform: [tray.NAME for tray in CANDIDATES if isinstance(tray.viable(Env(platform, bus)), Viable)]
        for platform in ("linux", "win32", "darwin")
    }
    assert names == {
        "linux": ["statusnotifier"],
        "win32": ["native"],
        "darwin": ["native"],
    }


def test_a_session_bus_is_waited_for() -> None:
    """On Linux the tray is chosen without a bus too, for one may come later; elsewhere it is not."""
    assert isinstance(SniTray.viable(Env("linux", {})), Viable)
    assert isinstance(SniTray.viable(Env("win32", {})), NotViable)
    assert isinstance(NativeTray.viable(Env("linux", {})), NotViable)

"""The tray that shows nothing."""

from __future__ import annotations

from collections.abc import Callable

from sitbreak.adapters.choose import Backend
from sitbreak.adapters.tray import NullTray
from sitbreak.ports import Tray, TrayView
from tests.contracts.tray_contract import TrayContract


class TestNullTray(TrayContract):
    """It keeps the contract of a tray."""

    def make(self, chosen: Callable[[str], None]) -> Tray:
        """A tray that has not run yet."""
        return NullTray(chosen)

    def kind(self) -> type[Backend]:
        """The class."""
        return NullTray

    def test_it_keeps_the_view_and_passes_choices_on(self) -> None:
        """Tests can read what would be shown, and choose."""
        chosen: list[str] = []
        tray = NullTray(chosen.append)
        tray.show(TrayView("due", 1.0, "Good moment"))
        tray.choose("start")
        assert tray.view is not None
        assert tray.view.glyph == "due"
        assert chosen == ["start"]

"""A note on mako, which shows no buttons: it says that a click answers it, and a click does."""

from __future__ import annotations

from contextlib import closing

import pytest

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify import FreedesktopNotes
from sitbreak.adapters.notify.freedesktop import CLICK_TO_ANSWER, Service, _body, reach
from tests.contracts.notify_contract import PROMPT
from tests.desktop.sway import Sway
from tests.desktop.wayland_hands import Pointer
from tests.waiting import wait_until

NOTE = (1130, 50)  # a point on it: mako puts notes into the upper right corner


async def at_work(thread: BusThread) -> Service:
    """The service that shows notes here."""
    return await reach(await thread.session())


@pytest.mark.desktop("mako")
def test_a_click_on_the_note_opens_the_card(sway: Sway, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text says so, for nothing else shows it."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", sway.bus.address)
    sway.children.start(["mako"], sway.env)
    sway.bus.wait_for("org.freedesktop.Notifications")
    chosen: list[tuple[str, str]] = []
    with (
        closing(BusThread()) as thread,
        closing(FreedesktopNotes(lambda tag, key: chosen.append((tag, key)), lambda tag: None, thread)) as notes,
        closing(Pointer(sway.env)) as hand,
    ):
        notes.show(PROMPT)
        assert _body(PROMPT, thread.run(at_work(thread), 2.0)).startswith(CLICK_TO_ANSWER)

        def answered() -> bool:
            if not chosen:
                hand.click(*NOTE)
            return bool(chosen)

        wait_until(answered, what="the click to be heard")
    assert chosen == [(PROMPT.tag, "card")]

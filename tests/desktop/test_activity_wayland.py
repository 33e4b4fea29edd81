"""Activity on real sway, with a virtual keyboard for hands; and Mutter's idle monitor, faked on a private bus."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from dbus_fast import Message, MessageType

from sitbreak.adapters.activity.mutter import MONITOR, PATH, MutterSource
from sitbreak.adapters.activity.wayland_idle import RESTLESS, SAME, WaylandIdleSource
from sitbreak.adapters.bus import BusError, BusThread
from sitbreak.core.events import InputKind
from sitbreak.ports import ActivitySource
from tests.adapters.context_worlds import film
from tests.contracts.activity_contract import ActivityContract, ActivityHands, Ahead, RealTime
from tests.desktop.bus import Bus
from tests.desktop.children import Children
from tests.desktop.desk import private_env
from tests.desktop.sway import Sway
from tests.waiting import wait_until


class SwayMachine(RealTime):
    """A sway without devices; wtype brings a keyboard for the moment it types."""

    def __init__(self) -> None:
        super().__init__()
        self.sway = Sway()

    def source(self) -> ActivitySource:
        """A source; what follows its start at once is not told apart from it."""
        made = WaylandIdleSource(self.clock, f"{self.sway.env['XDG_RUNTIME_DIR']}/{self.sway.env['WAYLAND_DISPLAY']}")
        self.let_pass(2 * SAME)
        return made

    def act(self, kind: InputKind) -> None:
        """Types the key q."""
        subprocess.run(["wtype", "q"], env=self.sway.env, check=True, timeout=20)

    def reset_idle(self) -> None:
        """Older sway honours inhibitors, which is a stated limit."""

    def kill(self) -> bool:
        """Ends sway."""
        self.sway.stop()
        return True

    def revive(self) -> bool:
        """It cannot be started at the same place."""
        return False


@pytest.mark.desktop("sway", "wtype")
class TestSway(ActivityContract):
    """The Wayland source keeps the contract on real sway."""

    kinds = (InputKind.KEY,)
    tells_kinds = False
    settled = timedelta(seconds=1.3)

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A sway."""
        machine = SwayMachine()
        yield machine
        machine.sway.stop()


@pytest.mark.desktop("sway", "swaymsg")
def test_a_film_on_sway_is_not_taken_for_a_person(sway: Sway) -> None:
    """A window that keeps the screen awake stops sway's word on idleness; it is no input for ever, and ends with it."""
    clock = Ahead()
    with film(sway.env):
        wait_until(lambda: "org.example.Film" in sway.swaymsg("-t", "get_tree"), 20, what="the window")
        sway.swaymsg("[app_id=org.example.Film] inhibit_idle open")
        with closing(
            WaylandIdleSource(clock, f"{sway.env['XDG_RUNTIME_DIR']}/{sway.env['WAYLAND_DISPLAY']}")
        ) as source:
            wait_until(source.poll, what="what looks like input")
            RealTime().let_pass(2 * SAME)  # so that sway has shown that it lives
            clock.ahead = RESTLESS
            wait_until(lambda: not source.poll(), what="its end")
            assert not source.poll()
            sway.swaymsg("[app_id=org.example.Film] inhibit_idle none")
            RealTime().let_pass(timedelta(seconds=1.5))
            assert not source.poll()
            sway.move_pointer()
            wait_until(source.poll, what="input that sway tells again")


class MutterMachine(RealTime):
    """A bus on which somebody answers for Mutter."""

    def __init__(self, children: Children) -> None:
        super().__init__()
        env = private_env(children.folder)
        self.bus = Bus(children, Path(env["XDG_RUNTIME_DIR"]), env)
        self.children = children
        self.last = self.clock.now()
        self.mutter = BusThread({"session": self.bus.address})
        self.client = BusThread({"session": self.bus.address})
        self.mutter.run(self._answer_for_mutter(), 5.0)

    async def _answer_for_mutter(self) -> None:
        bus = await self.mutter.session()
        bus.add_message_handler(self._answer)
        await bus.request_name(MONITOR)

    def _answer(self, message: Message) -> Message | None:
        if message.message_type is not MessageType.METHOD_CALL or message.path != PATH:
            return None
        idle = self.clock.now().since(self.last)
        return Message.new_method_return(message, "t", [idle // timedelta(milliseconds=1)])

    def source(self) -> ActivitySource:
        """A source; what follows its start at once is not told apart from it."""
        made = MutterSource(self.clock, self.client)
        self.let_pass(2 * SAME)
        return made

    def act(self, kind: InputKind) -> None:
        """Any input is the same to it."""
        self.last = self.clock.now()

    def reset_idle(self) -> None:
        """Inhibitors do not touch Mutter's monitor."""

    def kill(self) -> bool:
        """Mutter leaves the bus."""
        self.mutter.close()
        return True

    def revive(self) -> bool:
        """Mutter is back."""
        self.mutter = BusThread({"session": self.bus.address})
        self.mutter.run(self._answer_for_mutter(), 5.0)
        return True

    async def warm(self) -> None:
        """Makes the client's connection, so that its thread is not counted as the source's."""
        await self.client.session()


@pytest.mark.desktop("dbus-daemon")
class TestMutter(ActivityContract):
    """The Mutter source keeps the contract."""

    kinds = (InputKind.KEY,)
    tells_kinds = False

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A faked Mutter."""
        children = Children()
        with children.stopped_on_error():
            machine = MutterMachine(children)
            machine.client.run(machine.warm(), 5.0)
            yield machine
            for thread in (machine.client, machine.mutter):
                thread.close()
        children.stop()

    def test_a_thread_of_its_own_ends_with_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a shared bus the source makes one and closes it."""
        with self.hands() as machine:
            assert isinstance(machine, MutterMachine)
            monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", machine.bus.address)
            source = MutterSource(machine.clock)
            assert list(source.poll()) == []
            source.close()
            with pytest.raises(BusError):
                source._bus.run(machine.warm())

"""Activity on real sway, with a virtual keyboard for hands, and on a real GNOME, with those of its remote desktop."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial

import pytest

from sitbreak.adapters.activity.mutter import MutterSource
from sitbreak.adapters.activity.wayland_idle import RESTLESS, SAME, WaylandIdleSource
from sitbreak.adapters.bus import BusError, BusThread
from sitbreak.core.events import InputKind
from sitbreak.ports import ActivitySource
from tests.adapters.context_worlds import film
from tests.contracts.activity_contract import ActivityContract, ActivityHands, Ahead, RealTime
from tests.desktop.context_bus import MockedBus, mocked_bus
from tests.desktop.gnome import Gnome
from tests.desktop.kwin import Hands, KWin
from tests.desktop.needs import GNOME
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


class KWinMachine(RealTime):
    """A KWin without devices, and hands by its own protocol for that."""

    def __init__(self, kwin: KWin[MockedBus]) -> None:
        super().__init__()
        self.kwin = kwin
        self.running = ExitStack()
        self.running.enter_context(kwin.running())
        self.hands = self.running.enter_context(closing(Hands(kwin)))

    def source(self) -> ActivitySource:
        """A source; what follows its start at once is not told apart from it."""
        made = WaylandIdleSource(self.clock, self.kwin.socket)
        self.let_pass(2 * SAME)
        return made

    def act(self, kind: InputKind) -> None:
        """Does it."""
        hands = {InputKind.KEY: self.hands.type_key, InputKind.CLICK: self.hands.click}
        hands.get(kind, self.hands.move)()

    def reset_idle(self) -> None:
        """Inhibitors are honoured, which is a stated limit."""

    def kill(self) -> bool:
        """Ends KWin."""
        self.running.close()
        return True

    def revive(self) -> bool:
        """One end is enough."""
        return False


@pytest.mark.desktop("dbus-daemon", "setpriv", "kwin_wayland")
class TestKWin(ActivityContract):
    """The Wayland source keeps the contract on a real KWin."""

    kinds = (InputKind.KEY, InputKind.CLICK, InputKind.MOTION)
    tells_kinds = False
    settled = timedelta(seconds=1.3)

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """A KWin."""
        with mocked_bus("session") as world:
            machine = KWinMachine(KWin(world))
            yield machine
            machine.running.close()


class MutterMachine(RealTime):
    """GNOME without a screen."""

    def __init__(self) -> None:
        super().__init__()
        self.gnome = Gnome()
        self.client = BusThread({"session": self.gnome.bus.address})
        self.client.run(self.warm(), 5.0)

    def source(self) -> ActivitySource:
        """A source; what follows its start at once is not told apart from it."""
        made = MutterSource(self.clock, self.client)
        self.let_pass(2 * SAME)
        return made

    def act(self, kind: InputKind) -> None:
        """Does it with the hands of GNOME's remote desktop."""
        hands: dict[InputKind, Callable[[], None]] = {
            InputKind.KEY: self.gnome.type_key,
            InputKind.CLICK: partial(self.gnome.click, 400, 400),
            InputKind.WHEEL: self.gnome.turn_wheel,
            InputKind.MOTION: partial(self.gnome.point, 300, 300),
        }
        hands[kind]()

    def reset_idle(self) -> None:
        """Inhibitors do not touch Mutter's monitor."""

    def kill(self) -> bool:
        """The Shell dies."""
        self.gnome.kill()
        return True

    def revive(self) -> bool:
        """It is back."""
        self.gnome.begin()
        return True

    def close(self) -> None:
        """Ends all of it."""
        self.client.close()
        self.gnome.stop()

    async def warm(self) -> None:
        """Makes the client's connection, so that its thread is not counted as the source's."""
        await self.client.session()


@pytest.fixture(scope="module")
def mutter_machine() -> Iterator[MutterMachine]:
    """One GNOME for the whole contract: whatever is done to it, it runs afterwards."""
    with closing(MutterMachine()) as machine:
        yield machine


@pytest.mark.desktop(*GNOME)
class TestMutter(ActivityContract):
    """The Mutter source keeps the contract on a real GNOME."""

    tells_kinds = False

    @pytest.fixture(autouse=True)
    def _on(self, mutter_machine: MutterMachine) -> None:
        self.machine = mutter_machine

    @contextmanager
    def hands(self) -> Iterator[ActivityHands]:
        """That GNOME."""
        yield self.machine

    def test_a_thread_of_its_own_ends_with_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a shared bus the source makes one and closes it."""
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", self.machine.gnome.bus.address)
        source = MutterSource(self.machine.clock)
        assert list(source.poll()) == []
        source.close()
        with pytest.raises(BusError):
            source._bus.run(self.machine.warm())

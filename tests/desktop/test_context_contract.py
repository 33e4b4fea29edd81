"""The contract of context probes, kept by a probe of each make: own thread, slow pace, D-Bus, child process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from sitbreak.adapters.context.calls_camera import Camera
from sitbreak.adapters.context.calls_pulse import PulseCalls
from sitbreak.adapters.context.dnd import SwayncQuiet
from sitbreak.adapters.context.keeps_awake import GnomeMedia
from sitbreak.adapters.context.probe import Options, Probe
from sitbreak.adapters.context.quiet_apps import QuietApps
from sitbreak.adapters.context.windows import WindowsFullscreen
from tests.adapters.context_worlds import PulseServer, wiring
from tests.contracts.context_contract import ProbeContract, Stage
from tests.desktop.context_bus import MockedBus, Service, mocked_bus

pytestmark = pytest.mark.desktop("pulseaudio", "parec", "pactl", "dbus-daemon", "dbusmock", "setpriv", "tail")


class Switch:
    """Something that is there within a block, turned on and off at will."""

    def __init__(self) -> None:
        self._stack: ExitStack | None = None
        self.value: Any = None

    def turn(self, thing: AbstractContextManager[Any] | None) -> None:
        """Ends what is there, and begins `thing`."""
        if self._stack is not None:
            self._stack.close()
        self._stack = None
        if thing is not None:
            self._stack = ExitStack()
            self.value = self._stack.enter_context(thing)


class PulseStage:
    """A sound server with a recorder."""

    def __init__(self, folder: Path) -> None:
        self._world = PulseServer(folder)
        self._server, self._recorder = Switch(), Switch()
        self.find()

    def probe(self) -> Probe:
        """The microphone probe."""
        return PulseCalls(wiring(self._world.env))

    def turn(self, on: bool) -> None:
        """Somebody records."""
        self._recorder.turn(self._world.recorder() if on else None)

    def lose(self) -> None:
        """The server dies."""
        self._server.turn(None)
        self.turn(False)

    def find(self) -> None:
        """A new one."""
        self._server.turn(self._world.running())


class TestPulse(ProbeContract):
    """The microphone probe keeps the contract."""

    @pytest.fixture
    def stage(self, tmp_path: Path) -> Iterator[Stage]:
        """A sound server."""
        stage = PulseStage(tmp_path)
        yield stage
        stage.lose()


class CameraStage:
    """A folder of devices."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = Switch()
        self.find()

    def probe(self) -> Probe:
        """The camera probe."""
        return Camera(wiring(), self._folder, 0.05)

    def turn(self, on: bool) -> None:
        """Somebody opens the device."""
        self._file.turn((self._folder / "video0").open() if on else None)

    def lose(self) -> None:
        """The device is pulled out."""
        (self._folder / "video0").unlink()
        self.turn(False)

    def find(self) -> None:
        """It is put in."""
        (self._folder / "video0").touch()


class TestCamera(ProbeContract):
    """The camera probe keeps the contract."""

    @pytest.fixture
    def stage(self, tmp_path: Path) -> Iterator[Stage]:
        """A device."""
        stage = CameraStage(tmp_path)
        yield stage
        stage.turn(False)


class ListStage:
    """A list of programs that can fail."""

    def __init__(self) -> None:
        self._programs: set[str] | None = {"init"}

    def probe(self) -> Probe:
        """The probe of quiet apps."""
        return QuietApps(wiring(options=Options(quiet_apps=("Keynote",))), self._list)

    def turn(self, on: bool) -> None:
        """The app runs."""
        self._programs = {"init", "keynote"} if on else {"init"}

    def lose(self) -> None:
        """The system refuses."""
        self._programs = None

    def find(self) -> None:
        """It answers."""
        self.turn(False)

    def _list(self) -> set[str]:
        if self._programs is None:
            raise OSError("the programs cannot be listed")
        return self._programs


class TestQuietApps(ProbeContract):
    """The probe of quiet apps keeps the contract."""

    @pytest.fixture
    def stage(self) -> Stage:
        """A list of programs."""
        return ListStage()


class ShellStage:
    """A Windows shell."""

    def __init__(self) -> None:
        self._state, self._result = 5, 0

    def probe(self) -> Probe:
        """The Windows full-screen probe."""
        return WindowsFullscreen(wiring(), self)

    def turn(self, on: bool) -> None:
        """A program fills the screen."""
        self._state = 2 if on else 5

    def lose(self) -> None:
        """The shell does not answer."""
        self._result = -1

    def find(self) -> None:
        """It does."""
        self._state, self._result = 5, 0

    def SHQueryUserNotificationState(self, place: Any) -> int:
        """What shell32 has."""
        place._obj.value = self._state
        return self._result


class TestWindowsFullscreen(ProbeContract):
    """The Windows full-screen probe keeps the contract."""

    @pytest.fixture
    def stage(self) -> Stage:
        """A shell."""
        return ShellStage()


class BusStage:
    """A mocked service on a real bus."""

    NAME, PATH = "org.erikreider.swaync.cc", "/org/erikreider/swaync/cc"

    def __init__(self, world: MockedBus) -> None:
        self._world = world
        self._service = Switch()
        self.find()

    def probe(self) -> Probe:
        """The do-not-disturb probe."""
        return SwayncQuiet(self._world.wiring())

    def turn(self, on: bool) -> None:
        """Notifications are silenced."""
        service: Service = self._service.value
        service.answer("GetDnd", "", "b", f"ret = {on}")
        service.emit("Subscribe", "ubb", 0, on, False)

    def lose(self) -> None:
        """The service ends."""
        self._service.turn(None)

    def find(self) -> None:
        """It is started."""
        self._service.turn(self._running())

    @contextmanager
    def _running(self) -> Iterator[Service]:
        with self._world.service(self.NAME, self.PATH, self.NAME) as service:
            service.answer("GetDnd", "", "b", "ret = False")
            yield service


class MediaStage(BusStage):
    """A mocked session manager."""

    NAME, PATH = "org.gnome.SessionManager", "/org/gnome/SessionManager"

    def probe(self) -> Probe:
        """The inhibitor probe."""
        return GnomeMedia(self._world.wiring())

    def turn(self, on: bool) -> None:
        """An app inhibits idling."""
        service: Service = self._service.value
        path = f"{self.PATH}/Inhibitor7"
        if on:
            methods = [["GetFlags", "", "u", "ret = 8"], ["GetAppId", "", "s", "ret = 'vlc'"]]
            service.add_object(path, f"{self.NAME}.Inhibitor", methods)
        else:
            service.remove_object(path)
        service.answer("GetInhibitors", "", "ao", f"ret = dbus.Array({[path] if on else []!r}, 'o')")
        service.emit("InhibitorAdded" if on else "InhibitorRemoved", "o", path)

    @contextmanager
    def _running(self) -> Iterator[Service]:
        with self._world.service(self.NAME, self.PATH, self.NAME) as service:
            service.answer("GetInhibitors", "", "ao", "ret = dbus.Array([], 'o')")
            yield service


class TestSwaync(ProbeContract):
    """A do-not-disturb probe keeps the contract."""

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        """A mocked notification centre."""
        with mocked_bus("session") as world:
            stage = BusStage(world)
            yield stage
            stage.lose()


class TestGnomeMedia(ProbeContract):
    """An inhibitor probe keeps the contract."""

    @pytest.fixture
    def stage(self) -> Iterator[Stage]:
        """A mocked session manager."""
        with mocked_bus("session") as world:
            stage = MediaStage(world)
            yield stage
            stage.lose()

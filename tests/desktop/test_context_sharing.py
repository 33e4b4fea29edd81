"""Screen sharing on a real PipeWire, with a test picture in the place of the screen."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from sitbreak.adapters.context.sharing_pipewire import PipeWireSharing
from sitbreak.ports import Env, NotViable
from tests.adapters.context_worlds import Run, program, stop, wiring
from tests.desktop.context_bus import MockedBus, mocked_bus
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop(
    "pipewire", "wireplumber", "pw-dump", "gst-launch-1.0", "dbus-daemon", "setpriv", "dbusmock"
)

PICTURE = "video/x-raw,format=BGRx,width=320,height=240,framerate=5/1"
ON, OFF = (True, "gst-launch-1.0"), (False, "")


class PipeWire:
    """A PipeWire with a session service."""

    def __init__(self, world: MockedBus) -> None:
        self.env = world.env

    @contextmanager
    def running(self) -> Iterator[subprocess.Popen[bytes]]:
        """It runs within the block."""
        with program(["pipewire"], self.env) as server:
            wait_until(lambda: self._dump(), what="PipeWire")
            with program(["wireplumber"], self.env):
                yield server

    @contextmanager
    def screen(self, kind: str = "Video/Source", **more: str) -> Iterator[str]:
        """A node that shows a picture; its number."""
        told = ",".join(f"{key.replace('_', '.')}={value}" for key, value in more.items())
        properties = f"props,media.class={kind},node.name=screen" + (f",{told}" if told else "")
        sink = ["pipewiresink", "mode=provide", f"stream-properties={properties}"]
        with program(["gst-launch-1.0", "-q", "videotestsrc", "is-live=true", "!", PICTURE, "!", *sink], self.env):
            yield wait_until(self._screen, what="the picture")

    @contextmanager
    def taker(self, screen: str) -> Iterator[None]:
        """Somebody who takes the pictures."""
        source = ["pipewiresrc", f"path={screen}", "!", "video/x-raw,format=BGRx", "!", "fakesink"]
        with program(["gst-launch-1.0", "-q", *source], self.env):
            yield

    def links(self) -> bool:
        """Whether pictures are taken."""
        return '"state": "active"' in self._dump()

    def _screen(self) -> str:
        import json

        found = [thing for thing in json.loads(self._dump()) if thing["type"].endswith(":Node")]
        return next((str(t["id"]) for t in found if t["info"]["props"].get("node.name") == "screen"), "")

    def _dump(self) -> str:
        argv = ["pw-dump", "--no-colors"]
        return subprocess.run(argv, env=self.env, capture_output=True, text=True, check=False, timeout=10).stdout


@pytest.fixture
def pipewire() -> Iterator[PipeWire]:
    """A PipeWire that does not run yet."""
    with mocked_bus("session") as world:
        yield PipeWire(world)


def test_a_screen_is_shared_while_somebody_takes_its_pictures(pipewire: PipeWire) -> None:
    """The signal comes with the first picture taken and goes with the last; an offered screen alone is nothing."""
    with pipewire.running(), Run(PipeWireSharing(wiring(pipewire.env))) as run, pipewire.screen() as screen:
        run.looked()
        with pipewire.taker(screen):
            run.wait(ON)
        run.wait(ON, OFF)


def test_a_screen_shared_at_the_start_is_posted(pipewire: PipeWire) -> None:
    """What is shared when the probe starts is its first edge, and its end is seen."""
    with pipewire.running(), pipewire.screen() as screen:
        with pipewire.taker(screen):
            wait_until(pipewire.links)
            run = Run(PipeWireSharing(wiring(pipewire.env))).__enter__()
            run.wait(ON)
        run.wait(ON, OFF)
        run.probe.close()


def test_a_camera_is_no_screen(pipewire: PipeWire) -> None:
    """Pictures of a device are not those of a screen."""
    with pipewire.running(), pipewire.screen(device_api="v4l2") as screen, pipewire.taker(screen):
        wait_until(pipewire.links)
        with Run(PipeWireSharing(wiring(pipewire.env))) as run:
            run.looked()
        assert run.posted.edges == []


def test_pipewire_may_die_and_come_back(pipewire: PipeWire, caplog: pytest.LogCaptureFixture) -> None:
    """A dead PipeWire ends the sharing with one log line; after its return sharing is seen again."""
    with Run(PipeWireSharing(wiring(pipewire.env))) as run:
        wait_until(lambda: run.probe.trouble)
        for number in range(2):
            with pipewire.running() as server:
                run.looked()
                with pipewire.screen() as screen, pipewire.taker(screen):
                    run.wait(*[ON, OFF] * number, ON)
                    stop(server)
                    run.wait(*[ON, OFF] * (number + 1))
            wait_until(lambda: run.probe.trouble)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 3  # one an outage


def test_without_pw_dump_it_says_what_to_do() -> None:
    """Where the program is missing the probe names the package."""
    verdict = PipeWireSharing.viable(Env("linux", {"PATH": "/nonexistent"}))
    assert isinstance(verdict, NotViable)
    assert "pipewire-bin" in verdict.remedy

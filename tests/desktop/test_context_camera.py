"""The camera probe, with ordinary files in the place of video devices: what is watched is who has them open."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from sitbreak.adapters.context.calls_camera import Camera
from sitbreak.adapters.context.probe import Options
from sitbreak.ports import Env, NotViable
from tests.adapters.context_worlds import Run, program, wiring
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("tail")

SETTLE_S = 0.1


def me() -> str:
    """The name of this process now: a worker of pytest-xdist has another while a test runs."""
    return Path("/proc/self/comm").read_text().strip()


@pytest.fixture
def devices(tmp_path: Path) -> Path:
    """A folder with one device."""
    (tmp_path / "video0").touch()
    return tmp_path


def test_a_camera_is_a_call_while_it_is_open(devices: Path) -> None:
    """Another program that opens the device turns the signal on, and off when it closes it."""
    with Run(Camera(wiring(), devices, SETTLE_S)) as run:
        wait_until(lambda: run.probe.trouble == "")
        with program(["tail", "-f", str(devices / "video0")]):
            run.wait((True, "tail"))
        run.wait((True, "tail"), (False, ""))


def test_a_camera_open_at_the_start_is_posted(devices: Path) -> None:
    """What is open when the probe starts is its first edge."""
    with (devices / "video0").open(), Run(Camera(wiring(), devices, SETTLE_S)) as run:
        run.wait((True, me()))


def test_a_short_look_at_a_camera_is_no_call(devices: Path) -> None:
    """A program that opens the device only to list it is not reported; one that keeps it open is."""
    with Run(Camera(wiring(), devices, 0.5)) as run:
        for _ in range(3):
            (devices / "video0").open().close()
        with program(["tail", "-f", str(devices / "video0")]):
            run.wait((True, "tail"))


def test_a_camera_plugged_in_later_is_watched(devices: Path) -> None:
    """A new device is watched from its appearance."""
    with Run(Camera(wiring(), devices, SETTLE_S)) as run:
        (devices / "video1").touch()
        with program(["tail", "-f", str(devices / "video1")]):
            run.wait((True, "tail"))


def test_an_ignored_app_is_no_call(devices: Path) -> None:
    """A program on the ignore list may keep the camera open."""
    with Run(Camera(wiring(options=Options(ignored_apps=("TAIL",))), devices, SETTLE_S)) as run:
        with program(["tail", "-f", str(devices / "video0")]), (devices / "video0").open():
            run.wait((True, me()))
        run.wait((True, me()), (False, ""))


def test_without_the_folder_it_says_so_once(devices: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder that is not there is one log line; it is tried again, and works once it is there."""
    with Run(Camera(wiring(), devices / "later", SETTLE_S)) as run:
        wait_until(lambda: run.probe.trouble)
        (devices / "later").mkdir()
        wait_until(lambda: not run.probe.trouble)
    assert len([record for record in caplog.records if record.levelname == "WARNING"]) == 1


def test_close_gives_back_threads_and_descriptors(devices: Path) -> None:
    """After close there are as many threads and open files as before."""
    before = threading.active_count(), len(os.listdir("/proc/self/fd"))
    with Run(Camera(wiring(), devices, SETTLE_S)):
        pass
    assert (threading.active_count(), len(os.listdir("/proc/self/fd"))) == before


def test_elsewhere_it_is_not_viable() -> None:
    """On other systems the probe says why it cannot work."""
    assert isinstance(Camera.viable(Env("win32", {})), NotViable)

"""The microphone probe on a real PulseAudio server, with real recorders."""

from __future__ import annotations

import logging
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitbreak.adapters.context.calls_pulse import PulseCalls
from sitbreak.adapters.context.probe import Options
from tests.adapters.context_worlds import Posted, PulseServer, program, stop, wiring
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("pulseaudio", "parec", "pactl")

CORKED = Path(__file__).with_name("context_corked.py")


@pytest.fixture
def server(tmp_path: Path) -> PulseServer:
    """A sound server that does not run yet."""
    return PulseServer(tmp_path)


@pytest.fixture
def posted() -> Posted:
    """What the probe posts."""
    return Posted()


def start(server: PulseServer, posted: Posted, options: Options | None = None) -> PulseCalls:
    """A probe at work."""
    probe = PulseCalls(wiring(server.env, options))
    probe.start(posted)
    return probe


@pytest.fixture
def probe(server: PulseServer, posted: Posted) -> Iterator[PulseCalls]:
    """A probe at work on a running server."""
    with server.running():
        probe = start(server, posted)
        yield probe
        probe.close()


def test_a_recording_is_a_call_from_its_start_to_its_end(
    probe: PulseCalls, server: PulseServer, posted: Posted
) -> None:
    """A recorder turns the signal on with its name, and off when it ends."""
    with server.recorder():
        posted.wait((True, "Talker"))
    posted.wait((True, "Talker"), (False, ""))


def test_two_recorders_are_one_call(probe: PulseCalls, server: PulseServer, posted: Posted) -> None:
    """The call lasts until the last recorder ends, and names one that still records."""
    with server.recorder(name="Second"):
        posted.wait((True, "Second"))
        with server.recorder(name="First"):
            wait_until(lambda: server.control("list", "short", "source-outputs").count("\n") == 2)
        assert posted.edges == [(True, "Second")]
    posted.wait((True, "Second"), (False, ""))


def test_a_recording_that_runs_at_the_start_is_posted(server: PulseServer, posted: Posted) -> None:
    """What is on when the probe starts is its first edge."""
    with server.running(), server.recorder():
        wait_until(lambda: server.control("list", "short", "source-outputs"))
        probe = start(server, posted)
        posted.wait((True, "Talker"))
        probe.close()
        assert posted.edges == [(True, "Talker"), (False, "")]


def test_a_monitor_is_no_call(probe: PulseCalls, server: PulseServer, posted: Posted) -> None:
    """Recording what the speakers play is not a call; a recorder after it is."""
    with server.recorder("speakers.monitor", "Recorder"), server.recorder():
        posted.wait((True, "Talker"))


def test_a_corked_stream_is_no_call(probe: PulseCalls, server: PulseServer, posted: Posted) -> None:
    """A stream that its app has paused does not count, and counts once it goes on."""
    with program([sys.executable, str(CORKED), server.address], server.env) as paused:
        wait_until(lambda: "Corked: yes" in server.control("list", "source-outputs"))
        paused.send_signal(signal.SIGUSR1)
        posted.wait((True, "Corked"))
        paused.send_signal(signal.SIGUSR1)
        posted.wait((True, "Corked"), (False, ""))


@pytest.mark.parametrize("ignored", ["talker", "Pacat"])
def test_an_ignored_app_is_no_call(server: PulseServer, posted: Posted, ignored: str) -> None:
    """Apps are ignored by their name or by their program (parec is pacat by another name), whatever the case."""
    with server.running(), server.recorder(name="Talker"):
        probe = start(server, posted, Options(ignored_apps=(ignored,)))
        with program([sys.executable, str(CORKED), server.address, "running"], server.env):
            posted.wait((True, "Corked"))
        probe.close()


def test_a_loopback_module_is_no_call(probe: PulseCalls, server: PulseServer, posted: Posted) -> None:
    """A recording made by the server itself, on nobody's behalf, does not count."""
    server.control("load-module", "module-loopback", "source=mic", "sink=speakers")
    with server.recorder():
        posted.wait((True, "Talker"))


def test_the_server_may_die_and_come_back(
    server: PulseServer, posted: Posted, caplog: pytest.LogCaptureFixture
) -> None:
    """A dead server ends the call with one log line; after its return calls are seen again."""
    with server.running() as running:
        probe = start(server, posted)
        with server.recorder():
            posted.wait((True, "Talker"))
            running.send_signal(signal.SIGKILL)
            posted.wait((True, "Talker"), (False, ""))
        stop(running)
    wait_until(lambda: probe.trouble)
    with server.running(), server.recorder():
        posted.wait((True, "Talker"), (False, ""), (True, "Talker"))
        assert not probe.trouble
        probe.close()
    assert [record.levelno for record in caplog.records].count(logging.WARNING) == 1


def test_close_ends_the_thread(probe: PulseCalls, server: PulseServer, posted: Posted) -> None:
    """After close no thread is left and nothing is posted."""
    probe.close()
    assert not [thread for thread in threading.enumerate() if "pulse" in thread.name]
    with server.recorder():
        wait_until(lambda: server.control("list", "short", "source-outputs"))
    assert posted.edges == []

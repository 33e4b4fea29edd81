"""Two programs on two screens, and the person going from one to the other: one folder, and Syncthing between two.

`make soak ARGS="-k two_computers"`; MINUTES in the environment says how long Syncthing is killed and started again.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date, time
from pathlib import Path
from random import Random

import pytest

from sitbreak.adapters.history import HistoryReader
from sitbreak.adapters.history.merged_history import BodyHistory
from sitbreak.core.records import Facts
from tests.desktop.conftest import DeskFactory
from tests.desktop.desk import Desk
from tests.desktop.program import Program
from tests.fakes.broker import Mosquitto, free_port
from tests.waiting import wait_until

pytestmark = [pytest.mark.desktop, pytest.mark.soak]

MINUTES = float(os.environ.get("MINUTES", "3"))
SETTINGS = """
[prompt]
earliest_minutes = 1.5
latest_minutes = 1.9
lull_at_earliest_seconds = 3
lull_at_latest_seconds = 2
[break]
window = "notification"
[activity]
poll_seconds = 0.25
[day]
small_question = false
[sync]
folder = "{folder}"
"""
TOLD_WITHIN = 60.0  # seconds: a checkpoint every 30, a pass every 10, and what is between


def typed(desk: Desk, seconds: float) -> None:
    """Types at a desk for so long, twice a second."""
    keys = "a" * round(seconds * 2)
    desk.run("xdotool", "type", "--delay", "500", keys, limit_s=10 * seconds + 20)


def facts(program: Program) -> Facts:
    """The books of the body as a program's history has them."""
    file = program.home / "history.db"
    with closing(HistoryReader(file)) as reader:
        return BodyHistory(reader, file, time(4)).facts(date(2000, 1, 2), date(9999, 1, 1))


@pytest.fixture
def two_desks(desk_factory: DeskFactory) -> tuple[Desk, Desk]:
    """Two screens."""
    return desk_factory(notifier="dunst"), desk_factory(notifier="dunst")


def test_the_bout_goes_with_the_person_across_a_prompt(two_desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    """Over a minute at one, then on at the other: the prompt comes there by the whole stretch, and not where it began.

    Put off there, and a pause said there, hold on both; both have the same books.
    """
    folder = tmp_path / "shared"
    folder.mkdir()
    here, there = (
        Program(desk, tmp_path / name, SETTINGS.format(folder=folder))
        for desk, name in zip(two_desks, ("here", "there"), strict=True)
    )
    here.start()
    typed(here.desk, 75)
    there.start()
    before = there.status()["sitting"]
    assert before < 30
    there.type_until("shown", 75)  # by its own bout it could not come before 90 s
    assert there.status()["sitting"] > 90
    assert here.status()["state"] != "shown"
    assert there.cli("answer", "snooze", "5").returncode == 0
    wait_until(lambda: here.status()["sitting"] > 90, TOLD_WITHIN, "the bout to be known where it began")
    wait_until(lambda: here.status()["opens_in"] > 200, TOLD_WITHIN, "the answer to be known, too")
    typed(here.desk, 8)
    assert here.status()["state"] != "shown"
    assert there.cli("pause", "30").returncode == 0
    wait_until(lambda: here.status()["paused"], TOLD_WITHIN, "the pause to be known")
    wait_until(lambda: facts(here) == facts(there), TOLD_WITHIN, "the same books on both")
    assert len(here.ask("devices", "--json")["devices"]) == 2


@pytest.mark.desktop("mosquitto")
def test_with_a_broker_the_reminder_goes_as_soon_as_the_person_does(
    two_desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    """It is on the screen of one, and taken off within seconds of the first key at the other: no look at the folder."""
    folder, broker = tmp_path / "shared", Mosquitto(tmp_path / "broker").start()
    folder.mkdir()
    told = f'[mqtt]\nbroker = "{broker.settings.broker}"\nport = {broker.port}\ntls = false\n'
    here, there = (
        Program(desk, tmp_path / name, SETTINGS.format(folder=folder) + told)
        for desk, name in zip(two_desks, ("here", "there"), strict=True)
    )
    for each in (here, there):
        each.start()
    here.type_until("shown", 150)
    assert len(there.ask("devices", "--json")["devices"]) == 2
    there.desk.xdotool("key", "a")
    wait_until(lambda: here.status()["state"] != "shown", 3, "the reminder to be taken off")
    broker.stop()


CONFIG = """<configuration version="36">
  <folder id="s" path="{path}" type="sendreceive" rescanIntervalS="10" fsWatcherEnabled="true" fsWatcherDelayS="1">
    {members}
  </folder>
  {devices}
  <gui enabled="true" tls="false"><address>127.0.0.1:{gui}</address><apikey>k</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:{port}</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><urAccepted>-1</urAccepted>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH><crashReportingEnabled>false</crashReportingEnabled>
    <reconnectionIntervalS>1</reconnectionIntervalS><startBrowser>false</startBrowser>
  </options>
</configuration>
"""


class Syncthing:
    """One of two that replicate a folder over the loopback, and nothing else."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder, self.port = home, home / "folder", free_port()
        self.folder.mkdir(parents=True)
        self.process: subprocess.Popen[bytes] | None = None
        self._said("generate", "--no-default-folder", "--skip-port-probing")
        self.id = self._said("--device-id").strip()

    def _said(self, *words: str) -> str:
        command = ["syncthing", *words, f"--home={self.home / 'config'}"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout

    def know(self, both: tuple[Syncthing, Syncthing]) -> None:
        """Writes the configuration with the other one in it."""
        members = "".join(f'<device id="{each.id}"/>' for each in both)
        devices = "".join(
            f'<device id="{each.id}" name="d"><address>tcp://127.0.0.1:{each.port}</address></device>' for each in both
        )
        (self.home / "config" / "config.xml").write_text(
            CONFIG.format(path=self.folder, members=members, devices=devices, gui=free_port(), port=self.port)
        )
        (self.folder / ".stfolder").mkdir()

    def start(self) -> None:
        """Begins to replicate."""
        command = ["syncthing", "serve", "--no-browser", "--no-restart", f"--home={self.home / 'config'}"]
        with (self.home / "log").open("ab") as log:
            # Without its watchdog, which would be all that is killed: the other one is in a group of its own.
            env = {**os.environ, "STMONITORED": "yes"}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, env=env)

    def kill(self) -> None:
        """kill -9, whatever it does."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None


@pytest.fixture
def replicas(tmp_path: Path) -> Iterator[tuple[Syncthing, Syncthing]]:
    """Two of them that know each other, started."""
    both = Syncthing(tmp_path / "one"), Syncthing(tmp_path / "two")
    with ExitStack() as running:
        for each in both:
            each.know(both)
            each.start()
            running.callback(each.kill)
        yield both


@pytest.mark.desktop("syncthing")
def test_syncthing_killed_again_and_again_loses_nothing(
    two_desks: tuple[Desk, Desk], replicas: tuple[Syncthing, Syncthing], tmp_path: Path
) -> None:
    """The person goes to and fro, now one, now the other replica is killed; in the end both have the same books."""
    random = Random(1)
    programs = [
        Program(desk, tmp_path / f"home {n}", SETTINGS.format(folder=replica.folder))
        for n, (desk, replica) in enumerate(zip(two_desks, replicas, strict=True))
    ]
    for program in programs:
        program.start()
    for number in range(round(MINUTES * 6)):
        typed(random.choice(programs).desk, 8)
        replica = random.choice(replicas)
        replica.kill()
        typed(random.choice(programs).desk, 2)
        replica.start()
        if number % 5 == 4:
            random.choice(programs).cli("break", "1")
    wait_until(lambda: facts(programs[0]) == facts(programs[1]), 180, "the same books on both")
    assert facts(programs[0]).spans
    for program in programs:
        found = program.ask("devices", "--json")
        assert len(found["devices"]) == 2
        assert found["troubles"] == []
        assert program.status()["running"]

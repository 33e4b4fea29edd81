"""Pausing players for the break, with pretended players on a real bus."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from dbus_fast import Variant

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.media_players import MprisPlayers
from sitbreak.ports import Env, NotViable, Viable
from tests.desktop.context_bus import MOCK, MockedBus, Service, mocked_bus
from tests.waiting import wait_until

PLAYER = "org.mpris.MediaPlayer2.Player"
PATH = "/org/mpris/MediaPlayer2"
pytestmark = pytest.mark.desktop("dbus-daemon", "dbusmock", "setpriv")


@pytest.fixture
def world() -> Iterator[MockedBus]:
    """A session bus."""
    with mocked_bus("session") as bus:
        yield bus


@pytest.fixture
def players(world: MockedBus) -> Iterator[MprisPlayers]:
    """What is tested."""
    made = MprisPlayers(world.thread)
    yield made
    made.close()


class Player:
    """A player on the bus that does as it is told, and counts it."""

    def __init__(self, world: MockedBus, service: Service, name: str, state: str) -> None:
        self._world = world
        self._service = service
        self.name = name
        service.properties(PLAYER, PlaybackStatus=Variant("s", state))
        for verb, becomes in (("Pause", "Paused"), ("Play", "Playing")):
            service.answer(verb, "", "", f"self.Set('{PLAYER}', 'PlaybackStatus', '{becomes}')")

    @property
    def state(self) -> str:
        """What it does now."""
        place = (self.name, PATH, "org.freedesktop.DBus.Properties", "Get", "ss", [PLAYER, "PlaybackStatus"])
        return str(self._world.bus.call(*place)[0].value)

    def turn(self, state: str) -> None:
        """Its user does something with it."""
        self._service.change(PLAYER, PlaybackStatus=Variant("s", state))

    def told(self) -> list[str]:
        """The calls it got from us."""
        (calls,) = self._world.bus.call(self.name, PATH, MOCK, "GetCalls")
        return [name for _, name, _ in calls if name in ("Play", "Pause")]

    def becomes(self, state: str) -> None:
        """Waits for a state."""
        wait_until(lambda: self.state == state, 5.0, f"{self.name}: {state}, but it is {self.state}")


class Stage:
    """Puts players on the bus, where they stay until `running` is closed."""

    def __init__(self, world: MockedBus, running: ExitStack) -> None:
        self._world = world
        self._running = running

    def player(self, name: str, state: str) -> Player:
        """A player in this state."""
        full = f"org.mpris.MediaPlayer2.{name}"
        service = self._running.enter_context(self._world.service(full, PATH, PLAYER))
        return Player(self._world, service, full, state)


@pytest.fixture
def stage(world: MockedBus) -> Iterator[Stage]:
    """Where players appear."""
    with ExitStack() as running:
        yield Stage(world, running)


def test_what_plays_is_paused_and_goes_on(stage: Stage, players: MprisPlayers) -> None:
    """The one that plays; the one that was paused before stays so."""
    music = stage.player("music", "Playing")
    film = stage.player("film", "Paused")
    players.pause()
    music.becomes("Paused")
    players.resume()
    music.becomes("Playing")
    assert film.told() == []
    assert film.state == "Paused"


def test_without_a_pause_nothing_goes_on(stage: Stage, players: MprisPlayers) -> None:
    """The end of a break that paused nothing starts nothing, and a second end neither."""
    music = stage.player("music", "Playing")
    players.resume()
    players.pause()
    players.resume()
    players.resume()
    wait_until(lambda: music.told() == ["Pause", "Play"], 5.0, "one pause and one play")
    music.turn("Paused")
    players.resume()
    players.pause()
    players.resume()
    players.close()
    assert music.told() == ["Pause", "Play"]


def test_who_was_stopped_meanwhile_stays_stopped(stage: Stage, players: MprisPlayers) -> None:
    """The person's own choice during the break stands."""
    music = stage.player("music", "Playing")
    players.pause()
    music.becomes("Paused")
    music.turn("Stopped")
    players.resume()
    players.close()
    assert music.told() == ["Pause"]


def test_a_player_that_hangs_or_is_gone_harms_nobody(
    stage: Stage, players: MprisPlayers, world: MockedBus, caplog: pytest.LogCaptureFixture
) -> None:
    """The others are paused and go on; the log has a line about it."""
    place = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
    hung = stage.player("hung", "Playing")
    music = stage.player("music", "Playing")
    (number,) = world.bus.call(*place, "GetConnectionUnixProcessID", "s", [hung.name])
    os.kill(number, signal.SIGSTOP)
    with caplog.at_level(logging.INFO):
        players.pause()
        music.becomes("Paused")
        players.resume()
        music.becomes("Playing")
    os.kill(number, signal.SIGKILL)
    assert [record.getMessage() for record in caplog.records] == ["the player hung was left alone: no answer"]


def test_the_program_may_end_during_a_break(stage: Stage, players: MprisPlayers) -> None:
    """Closing lets the music go on."""
    music = stage.player("music", "Playing")
    players.pause()
    music.becomes("Paused")
    players.close()
    assert music.state == "Playing"


def test_without_a_bus_it_is_a_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """No session bus: nothing is raised, neither then nor after the bus thread was closed."""
    thread = BusThread({"session": "unix:path=/nonexistent/bus"})
    players = MprisPlayers(thread)
    with caplog.at_level(logging.INFO):
        players.pause()
        wait_until(lambda: caplog.records, 5.0, "a log line")
        thread.close()
        players.resume()
    assert "media players cannot be paused" in caplog.messages[0]
    assert "media players are left alone" in caplog.messages[1]
    players.close()


def test_players_are_a_matter_of_linux() -> None:
    """Windows and macOS have no MPRIS."""
    assert isinstance(MprisPlayers.viable(Env("linux", {})), Viable)
    assert isinstance(MprisPlayers.viable(Env("win32", {})), NotViable)

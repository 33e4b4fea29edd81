"""The one D-Bus thread, on private buses."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from dbus_fast import Message

from sitbreak.adapters.bus import BusError, BusThread, call, gone, pause, subscribe_owner
from tests.desktop.bus import Bus
from tests.desktop.children import Children
from tests.desktop.desk import private_env
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop("dbus-daemon")
DAEMON, DAEMON_PATH = "org.freedesktop.DBus", "/org/freedesktop/DBus"
NAME = "org.example.Somebody"


@pytest.fixture
def children() -> Iterator[Children]:
    """Programs of the test."""
    made = Children()
    yield made
    made.stop()


@pytest.fixture
def bus(children: Children) -> Bus:
    """A private session bus."""
    env = private_env(children.folder)
    return Bus(children, Path(env["XDG_RUNTIME_DIR"]), env)


@pytest.fixture
def thread(bus: Bus) -> Iterator[BusThread]:
    """A thread for that bus."""
    made = BusThread({"session": bus.address})
    yield made
    made.close()


async def asked(thread: BusThread, member: str) -> list[object]:
    """What the bus daemon answers to a question."""
    return await call(await thread.session(), DAEMON, DAEMON_PATH, DAEMON, member)


def test_a_call_is_answered(thread: BusThread) -> None:
    """A call returns the reply's arguments."""
    (names,) = thread.run(asked(thread, "ListNames"))
    assert DAEMON in names  # type: ignore[operator]  # it is a list of texts


def test_an_error_answer_has_its_name(thread: BusThread) -> None:
    """An error reply is a BusError with the D-Bus name of the error."""
    with pytest.raises(BusError) as caught:
        thread.run(asked(thread, "NoSuchThing"))
    assert caught.value.name == "org.freedesktop.DBus.Error.UnknownMethod"


def test_a_name_that_comes_and_goes_is_told(thread: BusThread, bus: Bus) -> None:
    """A subscription to a name's owner hears of both, and no more once it was ended."""
    told: list[bool] = []
    other = BusThread({"session": bus.address})

    async def listen() -> None:
        await subscribe_owner(await thread.session(), NAME, told.append)

    async def own() -> None:
        await (await other.session()).request_name(NAME)

    thread.run(listen())
    other.run(own())
    other.close()
    wait_until(lambda: told == [True, False], what="the owner's coming and going")


def test_a_late_answer_is_an_error(thread: BusThread) -> None:
    """What takes longer than its limit is a BusError, and the thread goes on."""
    with pytest.raises(BusError, match="no answer within"):
        thread.run(pause(30), timeout=0.05)
    assert thread.run(asked(thread, "GetId"))


def test_a_bus_that_died_and_came_back(children: Children, bus: Bus, thread: BusThread) -> None:
    """The end of a bus is noticed; calls fail by name, and work again once there is a bus at the same address."""

    async def until_gone() -> None:
        await gone(await thread.session())

    ended = thread.spawn(until_gone())
    thread.run(asked(thread, "GetId"))
    children.running[0].terminate()
    ended.result(5)
    with pytest.raises(BusError) as caught:
        thread.run(asked(thread, "GetId"))
    assert caught.value.name == "org.freedesktop.DBus.Error.NoServer"
    socket = Path(bus.address.removeprefix("unix:path="))
    socket.unlink(missing_ok=True)
    Bus(children, socket.parent, private_env_again(children))
    assert thread.run(asked(thread, "GetId"))


def private_env_again(children: Children) -> dict[str, str]:
    """The least a second bus needs."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(children.folder)}


def test_a_bus_with_no_room_for_a_while_is_waited_for(thread: BusThread, bus: Bus) -> None:
    """What is sent while the bus does not read arrives when it reads again, over the same connection."""

    async def sent(pieces: int) -> str:
        connection = await thread.session()
        for _ in range(pieces):
            picture = Message.new_signal("/a", "org.example.A", "Picture", "ay", [bytes(40_000)])
            connection.send(picture)
        return str(connection.unique_name)

    name = thread.run(sent(0))
    os.kill(bus.process.pid, signal.SIGSTOP)
    try:
        thread.run(sent(20))
    finally:
        os.kill(bus.process.pid, signal.SIGCONT)
    (names,) = thread.run(asked(thread, "ListNames"))
    assert name in names  # type: ignore[operator]  # it is a list of texts
    assert thread.run(sent(0)) == name


def test_close_ends_everything(thread: BusThread) -> None:
    """Closing ends the thread and what runs on it; later use is a BusError."""
    waiting = thread.spawn(pause(30))
    thread.run(asked(thread, "GetId"))
    thread.close()
    thread.close()
    assert waiting.cancelled()
    assert "d-bus" not in {each.name for each in threading.enumerate()}
    with pytest.raises(BusError, match="closed"):
        thread.run(pause(0))


def test_waiting_for_oneself_is_refused(thread: BusThread) -> None:
    """`run` on the thread itself would never return, so it is refused at once."""

    async def inside() -> None:
        thread.run(pause(0))

    with pytest.raises(BusError, match="await it instead"):
        thread.run(inside())


def test_no_bus_at_all(tmp_path: Path) -> None:
    """A bus that is not there is a BusError."""
    lonely = BusThread({"session": f"unix:path={tmp_path}/none"})
    with pytest.raises(BusError, match="no connection to the session bus"):
        lonely.run(asked(lonely, "GetId"))
    lonely.close()

"""The control socket: who may ask, what is refused, and that no client can keep it from answering the next one."""

from __future__ import annotations

import errno
import json
import socket
import stat
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from threading import Thread

import pytest

from sitbreak.daemon.control import AT_ONCE, FAMILY, LONGEST, ControlServer, write_key
from sitbreak.settings.paths import Paths, find_paths, make_folders
from tests.waiting import wait_until

SENTENCE = {"error": 'A request is one JSON object, such as {"do": "status"}.'}


def echo(request: Mapping[str, object]) -> Mapping[str, object]:
    """Answers with what was asked."""
    return {"asked": dict(request)}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """The places of a user whose folders were made."""
    paths = find_paths({"SITBREAK_HOME": str(tmp_path / "home")})
    make_folders(paths)
    return paths


@pytest.fixture
def server(paths: Paths) -> Iterator[ControlServer]:
    """A server that echoes."""
    server = ControlServer(paths, echo)
    server.start()
    yield server
    server.close()


def connected(paths: Paths) -> Connection:
    """A client that knows the key."""
    return Client(paths.address, authkey=paths.key_file.read_bytes())


def told(paths: Paths, raw: bytes) -> object:
    """What is answered to these bytes."""
    with connected(paths) as connection:
        connection.send_bytes(raw)
        assert connection.poll(5.0)
        return json.loads(connection.recv_bytes())


def answers(paths: Paths) -> bool:
    """Whether a proper request is answered."""
    return told(paths, b'{"do": "status"}') == {"asked": {"do": "status"}}


def raw_socket(paths: Paths, what: bytes = b"") -> socket.socket:
    """A client that says whatever it likes."""
    found = socket.socket(socket.AF_UNIX)
    found.settimeout(5.0)
    found.connect(paths.address)
    found.sendall(what)
    return found


# -- who may ask


def test_a_request_is_answered(server: ControlServer, paths: Paths) -> None:
    """One object in, one object out, as often as one likes."""
    for number in range(20):
        assert told(paths, json.dumps({"do": number}).encode()) == {"asked": {"do": number}}


@pytest.mark.unix("file modes")
def test_only_this_user_can_read_the_key_or_reach_the_socket(server: ControlServer, paths: Paths) -> None:
    """The key file is 0600 and the folder around it 0700."""
    assert stat.S_IMODE(paths.key_file.stat().st_mode) == 0o600
    for folder in (paths.runtime_dir, Path(paths.address).parent):
        assert stat.S_IMODE(folder.stat().st_mode) & 0o077 == 0


@pytest.mark.unix("file modes")
def test_a_key_file_that_was_open_to_all_is_closed(paths: Paths) -> None:
    """And each start has a key of its own."""
    first = write_key(paths.key_file)
    paths.key_file.chmod(0o644)
    second = write_key(paths.key_file)
    assert stat.S_IMODE(paths.key_file.stat().st_mode) == 0o600
    assert first != second == paths.key_file.read_bytes()


def test_a_wrong_key_is_turned_away(server: ControlServer, paths: Paths) -> None:
    """Nothing is answered, and the next one with the right key is."""
    with pytest.raises((AuthenticationError, EOFError, OSError)):
        Client(paths.address, authkey=b"guessed")
    assert answers(paths)


@pytest.mark.unix("Unix sockets")
def test_a_socket_left_over_from_a_kill_is_replaced(paths: Paths) -> None:
    """The address is ours: whoever starts the server holds the lock of the single instance."""
    left = socket.socket(socket.AF_UNIX)
    left.bind(paths.address)
    left.close()
    server = ControlServer(paths, echo)
    server.start()
    assert answers(paths)
    server.close()


def test_after_the_end_nobody_is_reached(paths: Paths) -> None:
    """The socket is gone with the server."""
    server = ControlServer(paths, echo)
    server.start()
    key = paths.key_file.read_bytes()
    server.close()
    with pytest.raises(OSError, match=r"No such file|refused|WinError"):
        Client(paths.address, authkey=key)


# -- what is refused


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"status", b"{", b"[]", b'"status"', b"7", b"null", b"\xff\xfe\x00", b"\x80\x04K\x07.",
        pytest.param(b"[" * 60_000, id="deeply nested"), b'{"do": "status"} {"do": "stop"}', b"{'do': 'status'}",
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_object_is_told_in_one_sentence(server: ControlServer, paths: Paths, raw: bytes) -> None:
    """With an example of what is one; and a pickle is only bytes that make no sense."""
    assert told(paths, raw) == SENTENCE
    assert answers(paths)


def test_a_request_of_the_longest_length_is_answered(server: ControlServer, paths: Paths) -> None:
    """64 KiB, to the byte."""
    word = "x" * (LONGEST - len(json.dumps({"do": ""})))
    assert told(paths, json.dumps({"do": word}).encode()) == {"asked": {"do": word}}


def test_a_longer_one_is_not_read(server: ControlServer, paths: Paths) -> None:
    """The connection ends, and the next client is served."""
    with connected(paths) as connection, pytest.raises((EOFError, OSError)):  # noqa: PT012 - either may notice
        connection.send_bytes(b" " * (LONGEST + 1))
        connection.recv_bytes()
    assert answers(paths)


@pytest.mark.parametrize(
    "what",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"\xff\xff\xff\xff",
        struct.pack("!i", 2**31 - 1),
        struct.pack("!i", -1) + struct.pack("!Q", 2**62),
        struct.pack("!i", 20) + b"#CHALLENGE#",
        bytes(1000),
    ],
    ids=["http", "minus one", "two gigabytes", "four exabytes", "half a message", "noughts"],
)
@pytest.mark.unix("Unix sockets")
def test_garbage_ends_only_its_own_connection(server: ControlServer, paths: Paths, what: bytes) -> None:
    """Nothing is allotted for a length that somebody claims, and the next client is served."""
    client = raw_socket(paths, what)
    assert answers(paths)
    client.close()
    assert answers(paths)


# -- who says nothing


@pytest.mark.unix("Unix sockets")
def test_clients_that_say_nothing_hold_up_nobody(server: ControlServer, paths: Paths) -> None:
    """Ten of them are connected, one in the middle of its greeting, and a request is answered at once."""
    silent = [raw_socket(paths) for _ in range(10)]
    assert answers(paths)
    for client in silent:
        client.close()
    assert answers(paths)


def test_a_client_that_leaves_before_its_answer_harms_nobody(paths: Paths) -> None:
    """The answer goes nowhere, and the next client gets its own."""
    server = ControlServer(paths, echo)
    server.start()
    for _ in range(5):
        with connected(paths) as connection:
            connection.send_bytes(b'{"do": "status"}')
    assert answers(paths)
    server.close()


def test_requests_are_taken_while_another_is_being_answered(paths: Paths) -> None:
    """A slow answer to one client does not make the others wait."""
    slow: list[Callable[[], None]] = []
    done: list[object] = []

    def answer(request: Mapping[str, object]) -> Mapping[str, object]:
        if request == {"do": "slow"}:
            wait_until(lambda: bool(slow), 10.0)
        return echo(request)

    server = ControlServer(paths, answer)
    server.start()
    waiting = Thread(target=lambda: done.append(told(paths, b'{"do": "slow"}')), daemon=True)
    waiting.start()
    assert answers(paths)
    assert done == []
    slow.append(lambda: None)
    wait_until(lambda: done == [{"asked": {"do": "slow"}}], 5.0)
    server.close()


@pytest.mark.unix("Unix sockets")
def test_clients_that_stop_in_the_middle_give_their_places_back(paths: Paths) -> None:
    """As many as there are places, each with half a message said: after their time the next client is served."""
    server = ControlServer(paths, echo, patience_s=0.3)
    server.start()
    stalled = [raw_socket(paths, struct.pack("!i", 20) + b"#CHALLENGE#") for _ in range(AT_ONCE)]
    wait_until(lambda: _served(paths), 10.0, "a place to be free")
    for client in stalled:
        client.close()
    server.close()


def test_clients_that_never_say_who_they_are_give_their_places_back(paths: Paths) -> None:
    """As many as there are places: after their time the next client is served."""
    server = ControlServer(paths, echo, patience_s=0.3)
    server.start()
    silent = [Client(paths.address) for _ in range(AT_ONCE)]
    wait_until(lambda: _served(paths), 10.0, "a place to be free")
    for client in silent:
        client.close()
    server.close()


def test_a_client_that_takes_no_answer_gives_its_place_back(paths: Paths) -> None:
    """An answer larger than the pipe takes, to clients that do not read."""
    server = ControlServer(paths, lambda request: {"much": "x" * 5_000_000}, patience_s=0.3)
    server.start()
    deaf = [connected(paths) for _ in range(AT_ONCE)]
    for client in deaf:
        with suppress(OSError):  # on a busy machine its time may be over by now
            client.send_bytes(b'{"do": "status"}')
    wait_until(lambda: server.busy == 0, 10.0, "the places to be free")
    for client in deaf:
        client.close()
    server.close()


def test_an_accept_that_fails_for_a_while_ends_nothing(paths: Paths) -> None:
    """Too many files open, say: it is tried again, and the next client is served."""
    failures = [OSError(errno.EMFILE, "Too many open files"), OSError(errno.ENFILE, "Too many open files in system")]

    class Failing(Listener):
        def accept(self) -> Connection:
            if failures:
                raise failures.pop()
            return super().accept()

    server = ControlServer(paths, echo, lambda address: Failing(address, FAMILY, backlog=AT_ONCE), again_s=0.05)
    server.start()
    assert answers(paths)
    assert failures == []
    server.close()


def test_an_address_that_cannot_be_had_is_tried_again(paths: Paths, caplog: pytest.LogCaptureFixture) -> None:
    """A full disk at the start, say: the program goes on, says it once, and takes commands when there is room."""
    failures = [OSError(errno.ENOSPC, "No space left on device")] * 3

    def listen(address: str) -> Listener:
        if failures:
            raise failures.pop()
        return Listener(address, FAMILY, backlog=AT_ONCE)

    server = ControlServer(paths, echo, listen, again_s=0.05)
    assert f"nothing can be kept in {paths.key_file.parent} (no space left on device)" in server.trouble
    server.start()
    wait_until(lambda: not server.trouble, 5.0, "the address")
    assert answers(paths)
    assert len(caplog.records) == 1
    server.close()


def _served(paths: Paths) -> bool:
    try:
        return answers(paths)
    except (OSError, EOFError, AuthenticationError):
        return False


@pytest.mark.unix("symbolic links")
def test_a_link_in_the_place_of_the_key_is_replaced_and_not_followed(paths: Paths, tmp_path: Path) -> None:
    """Else a run as root would write to, and open up, whatever it points to."""
    target = tmp_path / "precious"
    target.write_text("as it was")
    target.chmod(0o644)
    paths.key_file.symlink_to(target)
    key = write_key(paths.key_file)
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("as it was", 0o644)
    assert not paths.key_file.is_symlink()
    assert paths.key_file.read_bytes() == key

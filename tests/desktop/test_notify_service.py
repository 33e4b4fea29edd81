"""Notification services that behave as some do in the field: silent, gone and back, or telling everything twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import Message, NameFlag
from dbus_fast.aio import MessageBus

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.bus.exported import Exported, Method
from sitbreak.adapters.notify import FreedesktopNotes, NotifierChain
from sitbreak.adapters.notify.freedesktop import CLICK_TO_ANSWER, HOW_TO_ANSWER, _actions, _body
from sitbreak.adapters.notify.freedesktop import Service as Shows
from sitbreak.ports import Action, Env, Note, NotifyFailed
from tests.contracts.notify_contract import PLAIN, PROMPT
from tests.desktop.bus import Bus
from tests.desktop.children import Children, end
from tests.desktop.desk import NOTIFICATIONS, Desk, private_env
from tests.waiting import wait_until

pytestmark = pytest.mark.desktop

EXPIRED, DISMISSED, CLOSED = 1, 2, 3  # reasons of NotificationClosed in the specification
XML = f"""<node><interface name="{NOTIFICATIONS}">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
<arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
<arg type="a{{sv}}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<method name="GetCapabilities"><arg type="as" direction="out"/></method>
<method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/>
<arg type="s" direction="out"/><arg type="s" direction="out"/></method>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>"""


class Service:
    """A notification service of our own, on a connection of its own. A silent one never answers a call."""

    def __init__(self, address: str, product: str = "Plasma", silent: bool = False) -> None:
        self.notes: list[list[Any]] = []  # the arguments of each Notify
        self.closed: list[int] = []  # the notes that were withdrawn, by number from 1
        self._thread = BusThread({"session": address})
        self._product = product
        self._object = Exported("/org/freedesktop/Notifications", NOTIFICATIONS, dict, self._methods(), XML)
        self._silent = silent
        self._bus: MessageBus = self._thread.run(self._begin())
        self.name = self._bus.unique_name

    def tell(self, member: str, signature: str, *body: Any) -> None:
        """Sends a signal."""

        async def send() -> None:
            self._object.signal(self._bus, member, signature, body)

        self._thread.run(send())

    def close(self) -> None:
        """Leaves the bus."""
        self._thread.close()

    async def _begin(self) -> MessageBus:
        bus = await self._thread.session()
        bus.add_message_handler(self._swallow if self._silent else self._object.answer)
        await bus.request_name(NOTIFICATIONS, NameFlag.DO_NOT_QUEUE)
        return bus

    def _swallow(self, message: Message) -> bool:
        return message.path == self._object.path

    def _methods(self) -> dict[str, Method]:
        return {
            "Notify": Method("susssasa{sv}i", "u", self._notify),
            "CloseNotification": Method("u", "", self._close),
            "GetCapabilities": Method("", "as", lambda: [["actions", "body"]]),
            "GetServerInformation": Method("", "ssss", lambda: [self._product, "us", "1", "1.2"]),
        }

    def _notify(self, *given: Any) -> list[Any]:
        self.notes.append(list(given))
        return [len(self.notes)]

    def _close(self, number: int) -> list[Any]:
        self.closed.append(number)
        return []


@pytest.fixture
def service(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service that answers, on the bus that is ours."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    with closing(Service(desk.bus.address)) as service:
        yield service


@pytest.fixture
def told() -> list[str]:
    """What was told of the notes."""
    return []


@pytest.fixture
def notes(service: Service, told: list[str]) -> Iterator[FreedesktopNotes]:
    """Notes on that service."""
    with (
        closing(BusThread()) as thread,
        closing(FreedesktopNotes(told_key(told), lambda tag: told.append(f"{tag} dismissed"), thread)) as notes,
    ):
        yield notes


def told_key(told: list[str]) -> Any:
    """A `chosen` that notes what it is called with."""
    return lambda tag, key: told.append(f"{tag} {key}")


@pytest.mark.parametrize("reason", [EXPIRED, DISMISSED, CLOSED])
def test_the_first_signal_wins(service: Service, notes: FreedesktopNotes, told: list[str], reason: int) -> None:
    """After an action neither its closing, whatever the reason given, nor another action is told."""
    notes.show(PROMPT)
    service.tell("ActionInvoked", "us", 1, "start")
    service.tell("NotificationClosed", "uu", 1, reason)
    service.tell("ActionInvoked", "us", 1, "longer")
    wait_until(lambda: told, what="an answer")  # showing it again would make this one late
    notes.show(PROMPT)
    service.tell("ActionInvoked", "us", 2, "default")
    wait_until(lambda: len(told) > 1, what="two answers")
    assert told == ["prompt start", "prompt card"]


def test_a_note_that_ran_out_is_nobodys_answer(service: Service, notes: FreedesktopNotes, told: list[str]) -> None:
    """Expiry is not a dismissal; the next note is answered as usual."""
    notes.show(PROMPT)
    service.tell("NotificationClosed", "uu", 1, EXPIRED)
    notes.show(PROMPT)
    service.tell("NotificationClosed", "uu", 2, DISMISSED)
    wait_until(lambda: told, what="an answer")
    assert told == ["prompt dismissed"]


def test_signals_about_other_notes_are_ignored(service: Service, notes: FreedesktopNotes, told: list[str]) -> None:
    """Another program's note, and our own earlier one with the same tag, are not this one."""
    notes.show(PROMPT)
    notes.show(PROMPT)
    assert service.closed == [1]
    for number in (99, 1):
        service.tell("ActionInvoked", "us", number, "start")
    service.tell("ActionInvoked", "us", 2, "longer")
    wait_until(lambda: told, what="an answer")
    assert told == ["prompt longer"]


def test_what_is_sent_to_the_service(service: Service, notes: FreedesktopNotes) -> None:
    """Normal urgency, a click on the note as an action, its buttons, two minutes, and the note as it was written."""
    notes.show(PROMPT)
    app, replaces, _, title, body, actions, hints, timeout_ms = service.notes[0]
    assert (app, replaces, title, body) == ("sitbreak", 0, PROMPT.title, PROMPT.body)
    assert actions == ["default", "Show me", "start", "Start", "longer", "Longer"]
    assert hints["urgency"].value == 1
    assert timeout_ms == 120_000


def test_a_service_that_was_started_again_is_used(desk: Desk, service: Service, notes: FreedesktopNotes) -> None:
    """The next note reaches the new process, with what that one can do."""
    notes.show(PROMPT)
    service.close()
    wait_until(lambda: not desk.bus.owned(NOTIFICATIONS), what="the service to go")
    with pytest.raises(NotifyFailed):
        notes.show(PROMPT)
    with closing(Service(desk.bus.address, product="dunst")) as second:
        notes.show(PROMPT)
        assert len(second.notes) == 1


def test_a_bus_that_was_started_again_is_used(monkeypatch: pytest.MonkeyPatch, told: list[str]) -> None:
    """With the service under the very same unique name on the new bus, a note is shown, answered and withdrawn."""
    children = Children()
    with children.stopped_on_error():
        env = private_env(children.folder)
        runtime = Path(env["XDG_RUNTIME_DIR"])
        bus = Bus(children, runtime, env)
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        with closing(BusThread()) as thread, closing(FreedesktopNotes(told_key(told), told.append, thread)) as notes:
            first = Service(bus.address)
            notes.show(PROMPT)
            first.close()
            end(bus.process)
            notes.withdraw(PROMPT.tag)
            with pytest.raises(NotifyFailed):
                notes.show(PROMPT)
            Bus(children, runtime, env)
            with closing(Service(bus.address)) as second:
                assert second.name == first.name
                notes.show(PROMPT)
                second.tell("ActionInvoked", "us", 1, "start")
                wait_until(lambda: told == ["prompt start"], what="an answer")
                notes.withdraw(PROMPT.tag)
                assert second.closed == [1]
    children.stop()


def test_a_service_that_comes_after_a_failure_ends_the_trouble(
    desk: Desk, service: Service, notes: FreedesktopNotes
) -> None:
    """Before the next note, so that nobody is told meanwhile that nothing shows notifications."""
    chain = NotifierChain(Env("linux", desk.env), [notes], card=True)
    service.close()
    wait_until(lambda: not desk.bus.owned(NOTIFICATIONS), what="the service to go")
    with pytest.raises(NotifyFailed):
        chain.show(PROMPT)
    assert chain.trouble
    with closing(Service(desk.bus.address)) as second:
        wait_until(lambda: not chain.trouble, what="its end")
        assert second.notes == []


def test_a_prompt_that_went_with_its_service_is_shown_again(
    desk: Desk, service: Service, notes: FreedesktopNotes, told: list[str]
) -> None:
    """By the next service, without a sound, and its answer counts; what was answered or only told is not."""
    notes.show(PROMPT)
    notes.show(replace(PROMPT, tag="question"))
    notes.show(PLAIN)
    service.tell("ActionInvoked", "us", 2, "start")
    wait_until(lambda: told == ["question start"], what="the answer")
    service.close()
    wait_until(lambda: not desk.bus.owned(NOTIFICATIONS), what="the service to go")
    with closing(Service(desk.bus.address)) as second:
        wait_until(lambda: second.notes, what="the prompt")
        assert [note[3] for note in second.notes] == [PROMPT.title]
        assert "sound-name" not in second.notes[0][6]
        second.tell("ActionInvoked", "us", 1, "longer")
        wait_until(lambda: told == ["question start", "prompt longer"], what="its answer")


def test_an_answered_note_is_withdrawn(service: Service, notes: FreedesktopNotes, told: list[str]) -> None:
    """Although the note is off the screen it is closed: a service may keep it in its history otherwise."""
    notes.show(PROMPT)
    service.tell("ActionInvoked", "us", 1, "start")
    service.tell("NotificationClosed", "uu", 1, CLOSED)
    wait_until(lambda: told, what="an answer")
    notes.withdraw(PROMPT.tag)
    assert service.closed == [1]


@pytest.mark.parametrize(
    ("product", "lasting", "transient"),
    [("Plasma", False, True), ("Plasma", True, False), ("gnome-shell", False, False)],
)
def test_a_note_of_the_moment_stays_out_of_the_history(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, product: str, lasting: bool, transient: bool
) -> None:
    """It is marked as transient, except where that would take it away before it can be answered."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    with (
        closing(Service(desk.bus.address, product)) as service,
        closing(BusThread()) as thread,
        closing(FreedesktopNotes(lambda tag, key: None, lambda tag: None, thread)) as notes,
    ):
        notes.show(replace(PROMPT, lasting=lasting))
    assert ("transient" in service.notes[0][6]) is transient


def test_a_service_that_never_answers_fails_in_time(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hung service is a failed note."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desk.bus.address)
    with (
        closing(Service(desk.bus.address, silent=True)),
        closing(BusThread()) as thread,
        closing(FreedesktopNotes(lambda tag, key: None, lambda tag: None, thread)) as notes,
        pytest.raises(NotifyFailed, match="2 s"),
    ):
        notes.show(PROMPT)


@pytest.mark.parametrize(
    ("product", "told"),
    [("dunst", HOW_TO_ANSWER), ("mako", CLICK_TO_ANSWER), ("Plasma", ""), ("gnome-shell", "")],
)
def test_where_no_button_shows_how_to_answer_the_note_says_it(product: str, told: str) -> None:
    """By a click on mako, in the tray where a click only closes it; a note that asks nothing says nothing of it."""
    shows = Shows("", product, frozenset({"actions"}))
    assert _body(PROMPT, shows) == f"{told}\n{PROMPT.body}".lstrip()
    assert _body(PLAIN, shows) == PLAIN.body
    assert _body(PROMPT, Shows("", product, frozenset())).startswith(HOW_TO_ANSWER)


def test_a_note_that_a_click_answers_says_with_what() -> None:
    """Where there is no card to open; a question without such an answer is for the tray."""
    mako = Shows("", "mako", frozenset({"actions"}))
    assert _body(replace(PROMPT, default="start"), mako).startswith("Click here: Start\n")
    assert _body(replace(PROMPT, default=""), mako).startswith(HOW_TO_ANSWER)


@pytest.mark.parametrize(
    ("product", "keys"),
    [("gnome-shell", ["start", "snooze", "not_now"]), ("Plasma", ["start", "long", "snooze", "not_now"])],
)
def test_where_three_buttons_have_room_the_second_is_left_out(product: str, keys: list[str]) -> None:
    """The first and the last matter most; a click on the note opens the card, which has all."""
    four = tuple(Action(key, key) for key in ("start", "long", "snooze", "not_now"))
    note = Note("prompt", "Good moment?", "", four, default="card")
    told = _actions(note, Shows("", product, frozenset({"actions"})))
    assert told[::2] == ["default", *keys]

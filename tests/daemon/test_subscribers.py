"""What other programs are told: which effect starts which command, and when a watcher is answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from sitbreak.core import effects as fx
from sitbreak.core.records import Outcome, Reason
from sitbreak.core.timeline import Instant
from sitbreak.daemon.loop import Loop
from sitbreak.daemon.requests import Requests
from sitbreak.daemon.subscribers import WATCHERS, Outlets, facts_of, news
from sitbreak.settings.sections import Programs
from tests.daemon.office import Office
from tests.daemon.states import STATES
from tests.daemon.test_books import NINE
from tests.fakes.broker import no_broker
from tests.fakes.machine import SECOND, ScriptedFeed
from tests.waiting import wait_until

MINUTES = timedelta(minutes=1)
PROMPT = fx.ShowPrompt(1, Reason.LULL, "walk-corridor", 38 * MINUTES, 2)
BEGAN = fx.BreakBegan(NINE, 2 * MINUTES, "walk-corridor", 38 * MINUTES)
ENDED = fx.BreakEnded(Outcome.TAKEN, timedelta(seconds=126))


class Commands:
    """Notes what would be started."""

    def __init__(self) -> None:
        self.started: list[tuple[str, str, dict[str, str]]] = []

    def run(self, name: str, command: str, facts: Mapping[str, str]) -> None:
        """Notes it."""
        self.started.append((name, command, dict(facts)))


class Service:
    """Notes what is shown."""

    def __init__(self) -> None:
        self.on = False
        self.shown: list[Mapping[str, object]] = []

    def turn(self, *, on: bool) -> None:
        """On or off."""
        self.on = on

    def show(self, told: Mapping[str, object]) -> None:
        """Notes it."""
        self.shown.append(told)


class Watched:
    """Outlets with a present that a test sets."""

    def __init__(self, settings: Programs | None = None) -> None:
        self.commands, self.service = Commands(), Service()
        commands: Any = self.commands
        service: Any = self.service
        self.outlets = Outlets(settings or Programs(), commands, service, no_broker())
        self.now: dict[str, object] = {"state": "resting", "sitting": 60.0, "idle": 1.0}
        self.looks = 0
        self.outlets.status = self._status

    def _status(self, at: Instant) -> Mapping[str, object]:
        self.looks += 1
        return dict(self.now)

    def ask(self, since: object = None) -> Callable[[], Mapping[str, object] | None]:
        """Watches on a thread of its own, as a client does; what it was answered, or None so far."""
        answered: list[Mapping[str, object]] = []
        watch = self.outlets.answering(lambda request: {"ok": "something else"})
        thread = threading.Thread(target=lambda: answered.append(watch({"do": "watch", "since": since})), daemon=True)
        thread.start()
        return lambda: answered[0] if answered else None

    def look(self) -> None:
        """A step of the loop."""
        self.outlets.refresh(NINE)


def told(watched: Watched, answer: Callable[[], Mapping[str, object] | None]) -> Mapping[str, object]:
    """The answer, once it is there; the loop goes on meanwhile."""

    def asked() -> Mapping[str, object] | None:
        watched.look()
        return answer()

    found = wait_until(asked, what="an answer")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("effect", "event", "fact"),
    [
        (PROMPT, "on_prompt", ("SITTING_MINUTES", "38")),
        (BEGAN, "on_break", ("LENGTH_SECONDS", "120")),
        (fx.LeftTheDesk(2 * MINUTES, "walk-corridor"), "on_lock_advice", ("LENGTH_SECONDS", "120")),
        (ENDED, "on_back", ("CREDITED_SECONDS", "126")),
    ],
)
def test_each_event_starts_its_command_with_its_facts(effect: fx.Effect, event: str, fact: tuple[str, str]) -> None:
    """By the settings in force, which may change."""
    watched = Watched()
    settings = Programs(on_prompt="a", on_break="b", on_lock_advice="c", on_back="d")
    watched.outlets.use(settings)
    watched.outlets.perform(effect)
    ((name, command, facts),) = watched.commands.started
    assert (name, command) == (f"programs.{event}", getattr(settings, event))
    assert facts["SITBREAK_EVENT"] == event
    assert facts[f"SITBREAK_{fact[0]}"] == fact[1]


def test_what_concerns_no_program_starts_nothing() -> None:
    """A question, say."""
    assert facts_of(fx.AskStillStanding(40 * MINUTES)) is None


def test_nothing_is_worked_out_while_nobody_listens() -> None:
    """Neither a service nor a watcher: the present is not even asked for."""
    watched = Watched()
    watched.look()
    assert watched.looks == 0
    watched.outlets.use(Programs(bus_service=True))
    watched.look()
    assert (watched.looks, len(watched.service.shown)) == (1, 1)


def test_a_watcher_wakes_the_loop_and_is_watched_for() -> None:
    """On a quiet desk the loop sleeps for half a minute: a watcher does not wait for so long."""
    watched, woken = Watched(), threading.Event()
    watched.outlets = Outlets(Programs(), watched.commands, watched.service, no_broker(), woken.set)  # type: ignore[arg-type]
    watched.outlets.status = watched._status
    answer = watched.ask()
    assert woken.wait(5.0)
    assert watched.outlets.watched
    told(watched, answer)
    wait_until(lambda: not watched.outlets.watched, what="the watcher's end")


def test_a_watcher_is_answered_at_once_and_then_at_a_change() -> None:
    """A second more of sitting is none, a minute more is one."""
    watched = Watched()
    first = told(watched, watched.ask())
    assert (first["state"], first["sitting"]) == ("resting", 60.0)
    answer = watched.ask(first["version"])
    watched.now |= {"sitting": 61.0, "idle": 3.0}
    wait_until(lambda: watched.outlets._watchers == 1, what="the watcher")
    watched.look()
    assert answer() is None
    watched.now["sitting"] = 121.0
    second = told(watched, answer)
    assert (second["sitting"], second["version"] != first["version"]) == (121.0, True)


@pytest.mark.parametrize("name", STATES)
def test_a_second_more_is_no_news_in_any_state(name: str) -> None:
    """Whatever of the status moves by itself: a watcher is told of changes, and not of the time."""
    morning = STATES[name].live()
    office = Office(morning.at)
    loop = Loop(morning.machine, office.clock, ScriptedFeed(office.clock), office.history, office.performer, SECOND)
    requests = Requests(loop, office.today, office._upkeep, {})
    first, second = (requests.status(morning.at.plus(seconds * SECOND)) for seconds in (1, 2))
    assert first != second
    assert news(first) == news(second)


def test_a_watcher_that_comes_later_is_told_the_present() -> None:
    """Not what was told to another one long ago."""
    watched = Watched()
    told(watched, watched.ask())
    watched.now["state"] = "shown"
    answer = watched.ask()
    wait_until(lambda: watched.outlets._watchers == 1, what="the watcher")
    assert answer() is None
    assert told(watched, answer)["state"] == "shown"


def test_more_watchers_than_there_is_room_for_are_told_so() -> None:
    """In a sentence; those that watch go on."""
    watched = Watched()
    answers = [watched.ask() for _ in range(WATCHERS)]
    wait_until(lambda: watched.outlets._watchers == WATCHERS, what="the watchers")
    refused = watched.ask()
    assert "watch the status already" in str(wait_until(refused, what="the refusal"))
    for answer in answers:
        assert told(watched, answer)["state"] == "resting"


def test_other_requests_pass_through() -> None:
    """The control socket answers them as ever."""
    watch = Watched().outlets.answering(lambda request: {"ok": str(request["do"])})
    assert watch({"do": "status"}) == {"ok": "status"}

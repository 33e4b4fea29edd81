"""Several notifiers as one, and one answer for each note."""

from __future__ import annotations

import logging
from contextlib import closing

import pytest

from sitbreak.adapters.notify import NotifierChain
from sitbreak.adapters.notify.chain import Answers, Chosen, Dismissed
from sitbreak.ports import Env, Note, Notifier, NotifyFailed, NotViable, Viable
from tests.contracts.notify_contract import PLAIN, PROMPT, AnswerContract
from tests.fakes.notes import NullNotes

ENV = Env("linux", {})


class Named(NullNotes):
    """A second notifier, with a name of its own."""

    NAME = "second"


def two() -> tuple[NullNotes, Named]:
    """Two notifiers whose answers nobody wants."""
    return NullNotes(lambda tag, key: None, lambda tag: None), Named(lambda tag, key: None, lambda tag: None)


class TestChain(AnswerContract):
    """A chain whose first notifier fails keeps the contract of a notifier."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A chain with a dead notifier at its head."""
        dead = NullNotes(chosen, dismissed)
        dead.failure = "It is dead."
        self.notes = Named(chosen, dismissed)
        return NotifierChain(ENV, [dead, self.notes])

    def choose(self, note: Note, key: str) -> None:
        """Picks an action."""
        self.notes.choose(note.tag, key)

    def dismiss(self, note: Note) -> None:
        """Closes the note."""
        self.notes.dismiss(note.tag)


def test_the_first_that_works_shows_it() -> None:
    """The second is left alone while the first works, and steps in when it does not."""
    first, second = two()
    with closing(NotifierChain(ENV, [first, second])) as chain:
        chain.show(PLAIN)
        first.failure = "The service is gone."
        chain.show(PROMPT)
        assert (first.notes, second.notes) == ([PLAIN], [PROMPT])
        assert chain.failing == {"none": "The service is gone."}


class Plain(Named):
    """A notifier without buttons, as macOS has without an application bundle."""

    ANSWERS = False


def test_what_asks_something_goes_to_the_card_rather_than_where_nobody_can_answer() -> None:
    """Where there is a card; a note that asks nothing is shown, and without a card both are."""
    plain = Plain(lambda tag, key: None, lambda tag: None)
    with closing(NotifierChain(ENV, [plain], card=True)) as chain:
        with pytest.raises(NotifyFailed):
            chain.show(PROMPT)
        chain.show(PLAIN)
        assert (plain.notes, chain.failing) == ([PLAIN], {})
    with closing(NotifierChain(ENV, [plain])) as chain:
        chain.show(PROMPT)
    assert plain.notes == [PLAIN, PROMPT]


def test_that_reminders_come_as_a_card_is_told() -> None:
    """Also where a way without buttons would still show what asks nothing; nothing is wrong before one was tried."""
    first, plain = NullNotes(lambda tag, key: None, lambda tag: None), Plain(lambda tag, key: None, lambda tag: None)
    first.failure = "The service is gone."
    with closing(NotifierChain(ENV, [first, plain], card=True)) as chain:
        assert chain.trouble == ""
        with pytest.raises(NotifyFailed):
            chain.show(PROMPT)
        assert "reminders come as a card" in chain.trouble


def test_a_dead_notifier_is_spoken_of_once_and_may_come_back(caplog: pytest.LogCaptureFixture) -> None:
    """One line in the log for each death; the next note that gets through makes it alive again."""
    first, second = two()
    chain = NotifierChain(ENV, [first, second])
    with caplog.at_level(logging.WARNING):
        first.failure = "The service is gone."
        for _ in range(3):
            chain.show(PROMPT)
        assert len(caplog.records) == 1
        first.failure = ""
        chain.show(PROMPT)
        assert chain.failing == {}
        first.failure = "Gone again."
        chain.show(PROMPT)
    assert [record.getMessage() for record in caplog.records] == [
        "Notifications by none do not work now: The service is gone.",
        "Notifications by none do not work now: Gone again.",
    ]


class Later(NullNotes):
    """A notifier whose service is not there at first."""

    NAME = "later"
    there = False

    @classmethod
    def viable(cls, env: Env) -> Viable:
        """Once it is there."""
        return Viable() if cls.there else NotViable("No service yet.")  # type: ignore[return-value]


def test_a_notifier_that_comes_later_is_found() -> None:
    """What could not work at the start is asked anew with each note."""
    _, second = two()
    later = Later(lambda tag, key: None, lambda tag: None)
    chain = NotifierChain(ENV, [later, second])
    chain.show(PLAIN)
    assert (later.notes, second.notes, chain.failing) == ([], [PLAIN], {"later": "No service yet."})
    Later.there = True
    chain.show(PROMPT)
    assert (later.notes, second.notes, chain.failing) == ([PROMPT], [PLAIN], {})


def test_when_all_fail_the_failure_names_each() -> None:
    """The one sentence says who failed and why; a chain of nothing says so too."""
    first, second = two()
    first.failure, second.failure = "No service.", "No terminal."
    with pytest.raises(NotifyFailed, match=r"none: No service\. second: No terminal\."):
        NotifierChain(ENV, [first, second]).show(PROMPT)
    with pytest.raises(NotifyFailed, match="no way"):
        NotifierChain(ENV, []).show(PROMPT)


def test_that_nothing_shows_notes_is_told_until_something_does() -> None:
    """For the menu and the status: nobody reads the log of a reminder that did not come."""
    first, second = two()
    with closing(NotifierChain(ENV, [first, second])) as chain:
        assert chain.trouble == ""  # nothing was tried yet
        first.failure = second.failure = "The service is gone."
        with pytest.raises(NotifyFailed):
            chain.show(PLAIN)
        assert "reminders come as a card" in chain.trouble
        second.failure = ""
        chain.show(PLAIN)
        assert chain.trouble == ""


def test_only_the_newest_ticket_counts_and_only_once() -> None:
    """Late signals of an earlier showing, and every signal after the first, are dropped."""
    told: list[str] = []
    answers = Answers(lambda tag, key: told.append(key), lambda tag: told.append("dismissed"))
    old, new = answers.open("a"), answers.open("a")
    answers.choose("a", old, "late")
    answers.dismiss("a", old)
    answers.choose("a", new, "start")
    answers.choose("a", new, "again")
    answers.dismiss("a", new)
    answers.choose("b", 1, "never shown")
    assert told == ["start"]

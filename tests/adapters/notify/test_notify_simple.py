"""The notifiers that need no desktop: for tests, in the terminal, and the guard around plyer."""

from __future__ import annotations

import io
from contextlib import closing

import pytest

from sitbreak.adapters.bus import BusThread
from sitbreak.adapters.notify import CANDIDATES, DesktopNotes, NullNotes, PlyerNotes, TerminalNotes
from sitbreak.adapters.notify.answers import Chosen, Dismissed
from sitbreak.adapters.notify.plyer_fallback import guarded
from sitbreak.ports import Env, Note, Notifier, NotifyFailed, NotViable, Viable
from tests.contracts.notify_contract import PLAIN, PROMPT, AnswerContract, NotifyContract


class TestNullNotes(AnswerContract):
    """Notes that nobody sees keep the contract, and are answered by the test."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        self.notes = NullNotes(chosen, dismissed)
        return self.notes

    def choose(self, note: Note, key: str) -> None:
        """Picks an action."""
        self.notes.choose(note.tag, key)

    def dismiss(self, note: Note) -> None:
        """Closes the note."""
        self.notes.dismiss(note.tag)

    def test_it_keeps_what_it_showed_and_can_be_told_to_fail(self) -> None:
        """Every note is kept; what is on show is known apart."""
        notes = NullNotes(lambda tag, key: None, lambda tag: None)
        notes.show(PROMPT)
        notes.withdraw(PROMPT.tag)
        assert notes.notes == [PROMPT]
        assert notes.visible == {}
        notes.failure = "Nobody listens."
        with pytest.raises(NotifyFailed, match="Nobody listens"):
            notes.show(PROMPT)


class TestTerminalNotes(NotifyContract):
    """Notes in the terminal keep the contract."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        return TerminalNotes(chosen, dismissed, stream=io.StringIO())

    def test_a_note_is_a_title_and_indented_lines(self) -> None:
        """The bell rings for a prompt and not for a silent note."""
        stream = io.StringIO()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        notes.show(PROMPT)
        notes.show(PLAIN)
        loud, silent = stream.getvalue().lstrip("\n").split("\n\n")
        assert loud == "\aGood moment for two minutes?\n  About 38 min at the desk."
        assert silent == "Today: 27 minutes out of the chair\n"

    def test_a_terminal_that_is_gone_is_a_failure(self) -> None:
        """Writing to a closed stream is told, not raised as it is."""
        stream = io.StringIO()
        stream.close()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        with pytest.raises(NotifyFailed, match="terminal"):
            notes.show(PROMPT)

    def test_texts_cannot_steer_the_terminal(self) -> None:
        """Control characters in a note are left out."""
        stream = io.StringIO()
        notes = TerminalNotes(lambda tag, key: None, lambda tag: None, stream=stream)
        notes.show(Note("t", "a\x1b[2Jb", "c\x07d\ne", silent=True))
        assert stream.getvalue() == "\na[2Jb\n  cd\n  e\n"


def test_plyer_gets_no_options_for_texts() -> None:
    """A leading dash is moved away from the front; other texts stay as they are."""
    assert guarded("-h", 63) == " -h"
    assert guarded("Two minutes?", 63) == "Two minutes?"


def test_without_a_bus_the_failure_comes_as_a_sentence() -> None:
    """Neither the desktop nor plyer claims to have shown a note when there is no bus to show it over."""
    thread = BusThread({"session": "unix:path=/nonexistent/bus"})
    with closing(thread):
        for kind in (DesktopNotes, PlyerNotes):
            with closing(kind(lambda tag, key: None, lambda tag: None, thread)) as notes:
                assert notes.buttons is False
                with pytest.raises(NotifyFailed, match=r"^[A-Z].*\.$"):
                    notes.show(PROMPT)


def test_candidates_say_what_they_lack() -> None:
    """On a bare Linux nothing but the terminal could work, and the reasons tell what to do."""
    verdicts = {kind.NAME: kind.viable(Env("linux", {})) for kind in CANDIDATES}
    assert list(verdicts) == ["desktop", "plyer", "terminal"]
    for name in ("desktop", "plyer"):
        verdict = verdicts[name]
        assert isinstance(verdict, NotViable)
        assert verdict.remedy
    assert isinstance(NullNotes.viable(Env("linux", {})), Viable)

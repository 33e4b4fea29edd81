"""What every notifier must do; each implementation runs one of these suites."""

from __future__ import annotations

from contextlib import closing

from sitbreak.adapters.notify.chain import Chosen, Dismissed
from sitbreak.ports import Action, Note, Notifier
from tests.waiting import wait_until

PROMPT = Note(
    "prompt",
    "Good moment for two minutes?",
    "About 38 min at the desk.",
    (Action("start", "Start"), Action("longer", "Longer")),
    default="card",
)
PLAIN = Note("summary", "Today: 27 minutes out of the chair", "", silent=True)


class NotifyContract:
    """What every notifier does. Subclasses say how it is made."""

    def make(self, chosen: Chosen, dismissed: Dismissed) -> Notifier:
        """A notifier that can show notes."""
        raise NotImplementedError

    def quiet(self) -> Notifier:
        """One whose answers nobody wants."""
        return self.make(lambda tag, key: None, lambda tag: None)

    def test_notes_are_shown_replaced_and_withdrawn(self) -> None:
        """A note with actions, one without, the same tag again, and taking them off raises nothing."""
        with closing(self.quiet()) as notifier:
            for note in (PROMPT, PLAIN, PROMPT):
                notifier.show(note)
            notifier.withdraw(PROMPT.tag)
            notifier.withdraw(PLAIN.tag)

    def test_withdrawing_what_is_not_there_does_nothing(self) -> None:
        """A tag never shown, or withdrawn before, is not an error."""
        with closing(self.quiet()) as notifier:
            notifier.withdraw("never")
            notifier.show(PLAIN)
            notifier.withdraw(PLAIN.tag)
            notifier.withdraw(PLAIN.tag)

    def test_odd_texts_are_shown(self) -> None:
        """Leading dashes, mark-up, several lines, long and foreign texts are no trouble."""
        with closing(self.quiet()) as notifier:
            for title in ("-h", "--version", "<b>&", "Zwei Minuten?\nJa", "座" * 300):
                notifier.show(Note("odd", title, title))


class AnswerContract(NotifyContract):
    """For notifiers that bring answers. Subclasses also say how the user's hands are moved."""

    def appeared(self) -> None:
        """Returns when the one note can be touched."""

    def choose(self, note: Note, key: str) -> None:
        """Picks an action of the note on show; `key` may be its default."""
        raise NotImplementedError

    def dismiss(self, note: Note) -> None:
        """Closes the note on show."""
        raise NotImplementedError

    def test_an_action_is_told_once(self) -> None:
        """The key of the button reaches `chosen` with the note's tag, and its closing is not told as well."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            self.appeared()
            self.choose(PROMPT, "start")
            wait_until(lambda: told, what="an answer")
            self.dismiss(PROMPT)
        assert told == ["prompt start"]

    def test_the_default_action_is_told(self) -> None:
        """The action of the note itself reaches `chosen`."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            self.appeared()
            self.choose(PROMPT, "card")
            wait_until(lambda: told, what="an answer")
        assert told == ["prompt card"]

    def test_closing_it_is_told_once(self) -> None:
        """A note the user closed is told as dismissed, and an action that comes after it is not."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            self.appeared()
            self.dismiss(PROMPT)
            wait_until(lambda: told, what="an answer")
            self.choose(PROMPT, "start")
        assert told == ["prompt dismissed"]

    def test_a_withdrawn_note_brings_no_answer(self) -> None:
        """Withdrawing is nobody's choice."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            notifier.withdraw(PROMPT.tag)
        assert told == []

    def test_a_replaced_note_can_be_answered(self) -> None:
        """The second showing of a tag counts, the first no more."""
        told: list[str] = []
        with closing(self._listened(told)) as notifier:
            notifier.show(PROMPT)
            notifier.show(PROMPT)
            self.appeared()
            self.choose(PROMPT, "longer")
            wait_until(lambda: told, what="an answer")
        assert told == ["prompt longer"]

    def _listened(self, told: list[str]) -> Notifier:
        return self.make(lambda tag, key: told.append(f"{tag} {key}"), lambda tag: told.append(f"{tag} dismissed"))

"""What every history must do; each implementation runs this suite."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from sitbreak.adapters.history import SpansOverlap
from sitbreak.adapters.history.fact_columns import key_of
from sitbreak.adapters.history.memory import all_of
from sitbreak.core.records import Fact, Outcome, PromptRecord, Reason, SpanClass
from sitbreak.ports import History
from tests.contracts.history_facts import MONDAY, at, one_of_each, span

ALWAYS = (date.min, date.max)
TUESDAY = MONDAY + timedelta(days=1)
DAY = 24 * 60.0


class HistoryContract:
    """Subclasses say how to open the history that belongs to a folder."""

    def open(self, folder: Path) -> History:
        """The history of that folder; opened again after `close` it holds the same, where it is kept for good."""
        raise NotImplementedError

    def test_a_fact_of_every_kind_comes_back_as_it_was(self, tmp_path: Path) -> None:
        """Whatever is kept is handed out again, equal in every field."""
        with closing(self.open(tmp_path)) as history:
            history.keep(one_of_each())
            assert list(all_of(history.facts(MONDAY, MONDAY))) == one_of_each()

    def check_round_trip(self, facts: list[Fact]) -> None:
        """For a property test of each implementation: arbitrary facts come back, of those with one key the last."""
        with tempfile.TemporaryDirectory() as folder, closing(self.open(Path(folder))) as history:
            history.keep(facts)
            kept = {(type(fact), key_of(fact)): fact for fact in facts}
            found = list(all_of(history.facts(*ALWAYS)))
            assert {(type(fact), key_of(fact)): fact for fact in found} == kept
            assert len(found) == len(kept)

    def test_an_empty_history_has_nothing(self, tmp_path: Path) -> None:
        """A new history has no facts, no days and no snapshot."""
        with closing(self.open(tmp_path)) as history:
            assert list(all_of(history.facts(*ALWAYS))) == []
            assert history.days() == []
            assert history.snapshot() is None

    def test_an_open_span_grows_and_shrinks_under_its_key(self, tmp_path: Path) -> None:
        """Keeping a span with the same start again replaces it, longer or shorter."""
        with closing(self.open(tmp_path)) as history:
            for end in (1, 2, 40, 35):
                history.keep([span(0, end)])
            assert history.facts(MONDAY, MONDAY).spans == (span(0, 35),)

    def test_back_dating_shortens_one_span_and_begins_the_next(self, tmp_path: Path) -> None:
        """A span cut back and its successor fit in one call, in either order."""
        with closing(self.open(tmp_path)) as history:
            history.keep([span(0, 40)])
            history.keep([span(35, 41, SpanClass.UNOBSERVED), span(0, 35)])
            assert [each.end for each in history.facts(MONDAY, MONDAY).spans] == [at(35), at(41)]

    @pytest.mark.parametrize(("start", "end"), [(5, 8), (5, 15), (-5, 1), (-5, 30), (9.4, 20), (11, 10.5)])
    def test_a_span_over_anothers_time_is_refused_whole(self, tmp_path: Path, start: float, end: float) -> None:
        """Spans never overlap: such a call stores nothing at all, and the next one is not hindered."""
        with closing(self.open(tmp_path)) as history:
            history.keep([span(0, 10)], {"turn": 1})
            with pytest.raises(SpansOverlap):
                history.keep([span(20, 30), span(0, 9.5), span(start, end)], {"turn": 2})
            assert history.facts(MONDAY, MONDAY).spans == (span(0, 10),)
            assert history.snapshot() == {"turn": 1}
            history.keep([span(10, 20)])
            assert history.facts(MONDAY, MONDAY).spans == (span(0, 10), span(10, 20))

    def test_a_span_that_grows_into_the_next_is_refused(self, tmp_path: Path) -> None:
        """An upsert is held to the same rule as a new span."""
        with closing(self.open(tmp_path)) as history:
            history.keep([span(0, 10), span(10, 20)])
            with pytest.raises(SpansOverlap):
                history.keep([span(0, 11)])
            assert history.facts(MONDAY, MONDAY).spans == (span(0, 10), span(10, 20))

    def test_a_prompt_gets_its_outcome_under_its_number(self, tmp_path: Path) -> None:
        """A prompt kept open and later closed is one prompt."""
        shown = PromptRecord(7, at(31), MONDAY, Reason.LULL, "march", timedelta(minutes=31))
        closed = PromptRecord(7, at(31), MONDAY, Reason.LULL, "march", timedelta(minutes=31), Outcome.IGNORED, at(33))
        with closing(self.open(tmp_path)) as history:
            history.keep([shown])
            history.keep([closed])
            assert history.facts(MONDAY, MONDAY).prompts == (closed,)

    def test_an_answer_given_while_standing_says_nothing_of_unsaid_standing(self, tmp_path: Path) -> None:
        """What is learned from are the latest answers to prompts that came while sitting was thought."""
        came = [
            (Reason.LULL, Outcome.TAKEN),
            (Reason.STANDING, Outcome.SNOOZED),
            (Reason.LATEST, Outcome.RAISED),
            (Reason.LULL, Outcome.IGNORED),
        ]
        bout = timedelta(minutes=31)
        prompts = [
            PromptRecord(number, at(31 + number), MONDAY, reason, "march", bout, outcome, at(40))
            for number, (reason, outcome) in enumerate(came, start=1)
        ]
        with closing(self.open(tmp_path)) as history:
            history.keep(prompts)
            assert history.outcomes() == [Outcome.RAISED, Outcome.TAKEN]

    def test_days_are_those_asked_for(self, tmp_path: Path) -> None:
        """Facts of other logical days stay out; 03:00 belongs to the day before; baselines and goals come in full."""
        with closing(self.open(tmp_path)) as history:
            history.keep([*one_of_each(), span(18 * 60, 18 * 60 + 5), span(DAY, DAY + 5), span(3 * DAY, 3 * DAY + 5)])
            tuesday = history.facts(TUESDAY, TUESDAY)
            assert tuesday.spans == (span(DAY, DAY + 5),)
            assert list(all_of(replace(tuesday, spans=(), baselines=(), goals=()))) == []
            assert tuesday.baselines
            assert tuesday.goals
            assert span(18 * 60, 18 * 60 + 5) in history.facts(MONDAY, MONDAY).spans
            assert history.days() == [MONDAY, TUESDAY, MONDAY + timedelta(days=3)]

    def test_a_margin_adds_spans_of_the_neighbouring_days(self, tmp_path: Path) -> None:
        """With a margin of one day the spans around the range come too, and nothing else does."""
        with closing(self.open(tmp_path)) as history:
            history.keep([*one_of_each(), *(span(day * DAY, day * DAY + 5) for day in (1, 2, 3))])
            found = history.facts(TUESDAY, TUESDAY, margin_days=1)
            assert [each.start for each in found.spans] == [at(0), at(40), at(43), at(DAY), at(2 * DAY)]
            assert found.prompts == ()

    def test_facts_come_in_order_of_time(self, tmp_path: Path) -> None:
        """Whatever order they were kept in, each kind is handed out in order of time."""
        with closing(self.open(tmp_path)) as history:
            for fact in reversed(one_of_each()):
                history.keep([fact])
            assert list(all_of(history.facts(MONDAY, MONDAY))) == one_of_each()

    def test_the_snapshot_is_the_last_one(self, tmp_path: Path) -> None:
        """One snapshot is kept; a call without one leaves it."""
        with closing(self.open(tmp_path)) as history:
            history.keep([], {"seed": 1, "nested": {"list": [1, "zwei", None, 2.5]}})
            history.keep([], {"seed": 2, "text": "Dehnübung"})
            history.keep([span(0, 1)])
            assert history.snapshot() == {"seed": 2, "text": "Dehnübung"}

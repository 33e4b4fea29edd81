"""`sitbreak answers`: what you told about silent gaps, to look at, change and take back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sitbreak.cli import with_verbs
from sitbreak.cli.books import open_books
from sitbreak.cli.client import change, tell
from sitbreak.cli.output import say, say_json
from sitbreak.core.away_share import foreseen, told_by
from sitbreak.core.records import GapAnswer, GapLabel
from sitbreak.core.rounding import between
from sitbreak.core.spans import as_minutes
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _
from sitbreak.review import dates, words

LABELS = tuple(label.value for label in GapLabel if label is not GapLabel.SKIP)
NONE_YET = N_(
    "You have told about no gap yet; sitbreak asks after 20 minutes or more, and once a day about a shorter one."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    verb = with_verbs(subparsers.add_parser("answers"), _list)
    verb("list", _list, _("all of them, numbered (the default)"))
    other = verb("change", _change, _("say something else about one"))
    other.add_argument("number", metavar="N", help=_("its number in the list"))
    other.add_argument("answer", choices=LABELS, help=_("what it was"))
    back = verb("forget", _forget, _("take one back, or all: nothing is learned from it"))
    back.add_argument("number", metavar="N", help=_('its number in the list, or "all"'))


def _answers() -> list[GapAnswer]:
    """Those that hold, in the order of their gaps."""
    with open_books() as books:
        return [each for each in books.history.answers() if each.label is not GapLabel.SKIP]


def _change(args: argparse.Namespace) -> int:
    return _say_of([_chosen(_answers(), args.number)], args.answer, args.json)


def _forget(args: argparse.Namespace) -> int:
    answers = _answers()
    return _say_of(answers if args.number == "all" else [_chosen(answers, args.number)], GapLabel.SKIP, args.json)


def _say_of(meant: Sequence[GapAnswer], label: str, as_json: bool) -> int:
    starts = [each.start.utc.isoformat() for each in meant]
    return tell(change({"do": "answers", "starts": starts, "label": label}), as_json)


def _list(args: argparse.Namespace) -> int:
    answers = _answers()
    told = told_by(answers)
    right, of = foreseen(told)
    if args.json:
        say_json({"answers": [_plain(each) for each in answers], "foreseen": right, "of": of})
        return 0
    for number, each in enumerate(answers, 1):
        begin, end = each.start.local, each.end.local
        length = words.duration(between(begin, as_minutes(each.end.since(each.start))))
        told_as = _(
            "{day} {start} to {end}, {time}: {answer}",
            day=dates.short_date(begin.date()),
            start=dates.clock(begin),
            end=dates.clock(end),
            time=length,
            answer=_(words.LABELS[each.label]),
        )
        say(f"{number:>4}  {told_as}")
    if not answers:
        say(_(NONE_YET))
    if summary := words.told_about(told):
        say(summary)
    if how_good := words.foreseen(right, of):
        say(how_good)
    return 0


def _plain(answer: GapAnswer) -> dict[str, object]:
    return {
        "start": answer.start.local.isoformat(),
        "end": answer.end.local.isoformat(),
        "answer": answer.label.value,
        "at": answer.at.local.isoformat(),
    }


def _chosen(answers: Sequence[GapAnswer], number: str) -> GapAnswer:
    """The answer with that number in the list; raises NotDone."""
    if number.isascii() and number.isdigit() and len(number) < 7 and 0 < int(number) <= len(answers):
        return answers[int(number) - 1]
    if answers:
        text = N_("{number!r} is none of your answers; say a number from 1 to {last} (`sitbreak answers` lists them).")
    else:
        text = N_("{number!r} is none of your answers (`sitbreak answers` lists them).")
    raise NotDone(_(text, number=number, last=len(answers)))

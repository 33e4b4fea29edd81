"""`sitbreak answers`: what you told about silent gaps, to look at, change and take back."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sitbreak.cli.history_changes import change, tell
from sitbreak.cli.open_history import NotDone, open_books
from sitbreak.cli.output import complain, say, say_json
from sitbreak.core.away_share import foreseen, told_by
from sitbreak.core.records import GapAnswer, GapLabel
from sitbreak.core.rounding import between
from sitbreak.core.spans import as_minutes
from sitbreak.language import N_, _
from sitbreak.review import dates, words

LABELS = tuple(label.value for label in GapLabel if label is not GapLabel.SKIP)
NONE_YET = N_(
    "You have told about no gap yet; sitbreak asks after 20 minutes or more, and once a day about a shorter one."
)


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    json_too = argparse.ArgumentParser(add_help=False)
    json_too.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("answer as JSON"))
    parser = subparsers.add_parser("answers", help=_("what you told about silent gaps: list, change, take back"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"))
    verbs.add_parser("list", parents=[json_too], help=_("all of them, numbered (the default)"))
    other = verbs.add_parser("change", parents=[json_too], help=_("say something else about one"))
    other.add_argument("number", metavar="N", help=_("its number in the list"))
    other.add_argument("answer", choices=LABELS, help=_("what it was"))
    back = verbs.add_parser("forget", parents=[json_too], help=_("take one back, or all: nothing is learned from it"))
    back.add_argument("number", metavar="N", help=_('its number in the list, or "all"'))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Does what was asked; returns 0, 1 when it cannot be done now, 2 when it was not clear what is meant."""
    try:
        with open_books() as books:
            answers = [each for each in books.history.answers() if each.label is not GapLabel.SKIP]
        if args.verb in (None, "list"):
            _list(answers, args.json)
            return 0
        label = args.answer if args.verb == "change" else GapLabel.SKIP.value
        meant = answers if args.verb == "forget" and args.number == "all" else [_chosen(answers, args.number)]
    except NotDone as refused:
        complain(refused)
        return 2
    starts = [each.start.utc.isoformat() for each in meant]
    return tell(change({"do": "answers", "starts": starts, "label": label}), args.json)


def _list(answers: Sequence[GapAnswer], as_json: bool) -> None:
    told = told_by(answers)
    right, of = foreseen(told)
    if as_json:
        say_json({"answers": [_plain(each) for each in answers], "foreseen": right, "of": of})
        return
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

"""`sitbreak devices`: the computers that share their books through a folder: list them, name this one, forget one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sitbreak.adapters.history.history_file import open_to_read, reading
from sitbreak.adapters.history.others import Device, devices, last_heard
from sitbreak.cli import with_verbs
from sitbreak.cli.client import change, confirmed, tell
from sitbreak.cli.output import say, say_json, wrapped
from sitbreak.core.device_books import TOLERANCE
from sitbreak.daemon.device_requests import NOT_SHARED, seen
from sitbreak.language import N_, _, aside, named, ngettext
from sitbreak.settings.paths import find_paths


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    verb = with_verbs(subparsers.add_parser("devices"), _list)
    verb("list", _list, _("all of them (the default)"))
    verb("name", _change, _("what this computer is called")).add_argument("name", metavar=_("NAME"))
    gone = verb("forget", _change, _("remove another one's records, here and everywhere"))
    gone.add_argument("name", metavar=_("NAME"), help=_("its name, or its identity"))
    gone.add_argument("--yes", action="store_true", help=_("do not ask first"))


def _change(args: argparse.Namespace) -> int:
    question = _("All records of {name} will be removed, here and on your other computers. Go on?", name=args.name)
    if args.verb == "forget" and not confirmed(question, args.yes):
        say(_("Nothing was removed."))
        return 0
    return tell(change({"do": "devices", "verb": args.verb, "name": args.name}), args.json)


def known_devices(file: Path) -> list[tuple[Device, str, int]]:
    """The devices that are not forgotten, each with the last day and the number of days it told of.

    Raises HistoryDamaged, HistoryTooNew or HistoryUnwritable.
    """
    with reading(file):
        connection = open_to_read(file)
        if connection is None:
            return []
        with closing(connection):
            found = [each for each in devices(connection) if not each.forgotten]
            return [(each, *last_heard(connection, each)) for each in found]


def _list(args: argparse.Namespace) -> int:
    found = known_devices(find_paths().history_file)
    troubles = troubles_of([each for each, *_rest in found])
    if args.json:
        say_json({"devices": [_plain(*each) for each in found], "troubles": troubles})
        return 0
    if not found:
        say(wrapped(_(NOT_SHARED)))
    for device, last, days in found:
        known = aside(named(device.name, seen(last, days)), device.id)
        say(_("This computer: {name}", name=device.name) if device.own else known)
    for sentence in troubles:
        say(wrapped(sentence))
    return 0


def _plain(device: Device, last: str, days: int) -> dict[str, object]:
    return {
        "id": device.id,
        "name": device.name,
        "own": device.own,
        "last_day": last,
        "days": days,
        "apart": device.apart,
        "clock_ahead_seconds": device.ahead,
    }


def troubles_of(found: Sequence[Device]) -> list[str]:
    """What is wrong with them, a sentence each."""
    sentences = []
    for device in found:
        if device.apart:
            apart = ngettext(
                "{count} line of {name} is kept apart and in no figure ({why}).",
                "{count} lines of {name} are kept apart and in no figure ({why}).",
                device.apart,
                name=device.name,
                why=device.why,
            )
            sentences.append(apart)
        elif device.why:
            sentences.append(_("What {name} tells is not read here ({why}).", name=device.name, why=device.why))
        if abs(device.ahead) >= TOLERANCE.total_seconds():
            minutes = round(abs(device.ahead) / 60)
            if device.ahead > 0:
                text = N_(
                    "The clock of {name} is {minutes} min ahead of this one: let both be set by the network. Until "
                    "then what it sees counts only where no other computer knows anything."
                )
            else:
                text = N_(
                    "The clock of {name} is {minutes} min behind this one: let both be set by the network. Until "
                    "then what it sees counts only where no other computer knows anything."
                )
            sentences.append(_(text, name=device.name, minutes=minutes))
    return sentences

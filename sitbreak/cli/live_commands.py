"""What a person says to the program: answers, toggles, corrections, and stop; the past, and pauses, without it, too."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sitbreak.cli.client import ask, change, tell
from sitbreak.core.records import GapLabel
from sitbreak.core.text import NotDone
from sitbreak.language import N_, _

if TYPE_CHECKING:
    from argparse import _SubParsersAction


CLASSES = {
    "walked": "BREAK",
    "moved": "BREAK",
    "stood": "STANDING",
    "sat": "SEATED",
    "away": "AWAY",
    "unobserved": "UNOBSERVED",
}


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds all of them."""
    add = subparsers.add_parser
    parser = add("break")
    _take_minutes(parser, _("how long (default: as set, 2)"))
    what = _("the id of a movement, see `sitbreak movements list`")
    parser.add_argument("--movement", metavar="ID", default="", help=what)
    parser.set_defaults(run=_break)
    parser = add("answer")
    parser.add_argument("answer", choices=("start", "long", "snooze", "stand", "standing", "not-now"))
    _take_minutes(parser, _("for snooze (default 10) and stand (default 20, at most 40)"))
    parser.set_defaults(run=lambda args: send(_answer(args)))
    parser = add("pause")
    parser.add_argument(
        "length", nargs="?", metavar=_("LENGTH"), help=_('minutes, or "tomorrow"; without: until you resume')
    )
    parser.set_defaults(run=_pause)
    add("resume").set_defaults(run=lambda args: tell(change(_key("resume"))))
    for name in ("today", "settings", "welcome", "stop"):
        add(name).set_defaults(run=lambda args: send({"do": args.command}))
    for name in ("standing", "reading", "meeting"):
        parser = add(name)
        parser.add_argument("state", choices=("on", "off"))
        if name == "standing":
            _take_minutes(parser, _("minutes, 40 at most"))
        if name == "meeting":
            parser.add_argument("--until", metavar="HH:MM", help=_("when it ends"))
        parser.set_defaults(run=_toggle)
    _past(add)


def _take_minutes(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("minutes", nargs="?", metavar=_("MINUTES"), type=_minutes, help=what)


def _past(add: Callable[..., argparse.ArgumentParser]) -> None:
    """The commands about the past."""
    parser = add("up")
    parser.add_argument("answer", choices=("yes", "no"))
    parser.set_defaults(run=lambda args: send(_key(f"up:{args.answer}")))
    parser = add("gap")
    parser.add_argument(
        "answer",
        choices=tuple(label.value for label in GapLabel),
        help=_("up, part (of it) or here: the small question; sat: sitting elsewhere"),
    )
    _take_minutes(parser, _("minutes walked"))
    parser.set_defaults(run=_gap)
    parser = add("log")
    parser.add_argument("what", choices=("walk",))
    parser.add_argument("minutes", metavar=_("MINUTES"), type=_minutes)
    parser.set_defaults(run=lambda args: tell(change({"do": "log_walk", "minutes": args.minutes})))
    parser = add("correct")
    parser.add_argument("start", metavar=_("FROM"), help=_("HH:MM, the last one, or 2026-03-02T12:10"))
    parser.add_argument("end", metavar=_("TO"))
    parser.add_argument("kind", metavar=_("CLASS"), choices=tuple(CLASSES), help=", ".join(CLASSES))
    parser.set_defaults(run=_correct)


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1440:
        raise argparse.ArgumentTypeError(_("{text!r} is no number of minutes above 0 and up to 1440", text=text))
    return value


def _key(key: str) -> dict[str, object]:
    return {"do": "key", "key": key}


def send(request: dict[str, object]) -> int:
    """Asks the running program, and prints its answer; the exit code. Raises NotRunning."""
    return tell(ask(request))


def _break(args: argparse.Namespace) -> int:
    length = {} if args.minutes is None else {"minutes": args.minutes}
    if args.movement:
        _known(args.movement)
    return send({"do": "break", "movement": args.movement, **length})


def _known(movement: str) -> None:
    """Raises NotDone where there is no such movement, with the nearest."""
    from sitbreak.adapters.movement_catalogue import load_catalogue
    from sitbreak.settings.paths import find_paths

    load_catalogue(find_paths().movements_dir).known(movement)


def _answer(args: argparse.Namespace) -> dict[str, object]:
    minutes = {} if args.minutes is None else {"minutes": args.minutes}
    return {"do": "answer", "answer": args.answer.replace("-", "_"), **minutes}


def _pause(args: argparse.Namespace) -> int:
    if args.length is None:
        return tell(change({"do": "pause"}))
    if args.length == "tomorrow":
        return tell(change({"do": "pause", "until": "tomorrow"}))
    try:
        minutes = _minutes(args.length)
    except argparse.ArgumentTypeError:
        text = N_('{length!r} is no length; send a number of minutes up to 1440, or "tomorrow".')
        raise NotDone(_(text, length=args.length)) from None
    return tell(change({"do": "pause", "minutes": minutes}))


def _toggle(args: argparse.Namespace) -> int:
    until, minutes = getattr(args, "until", None), getattr(args, "minutes", None)
    if minutes is not None and args.state == "on":
        return send({"do": "standing_on", "minutes": minutes})
    if until is None or args.state == "off":
        return send(_key(f"{args.command}:{args.state}"))
    return send({"do": "meeting", "until": moment_of(until, _now()).isoformat()})


def _gap(args: argparse.Namespace) -> int:
    if args.answer == "walked" and args.minutes is None:
        raise NotDone(_("Say how many minutes you walked, such as `sitbreak gap walked 15`."))
    walked = f"-{args.minutes:g}" if args.minutes is not None else ""
    return tell(change(_key(f"gap:{args.answer}{walked}")))


def _correct(args: argparse.Namespace) -> int:
    start = moment_of(args.start, _now(), past=True)
    end, kind = moment_of(args.end, start), CLASSES[args.kind]
    return tell(change({"do": "correct", "from": start.isoformat(), "to": end.isoformat(), "class": kind}))


def moment_of(text: str, now: datetime, since: datetime | None = None, past: bool = False) -> datetime:
    """A local time: an ISO time, or HH:MM: the first one from `since` on (`now` unless given), or the last (`past`).

    Raises NotDone.
    """
    first = (since or now).replace(tzinfo=None)
    try:
        if "T" in text or " " in text:
            return datetime.fromisoformat(text)
        hour, minute = (int(part) for part in text.split(":"))
        moment = first.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise NotDone(
            _("{text!r} is no time; send HH:MM, or a date and time such as 2026-03-02T12:10.", text=text)
        ) from None
    if past:
        return moment - timedelta(days=1) if moment > first else moment
    return moment + timedelta(days=1) if moment < first else moment


def _now() -> datetime:
    from sitbreak.adapters.clock import SystemClock

    return SystemClock().now().local

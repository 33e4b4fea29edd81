"""What a person says to the program: answers, toggles, corrections, and stop; the past, and pauses, without it, too."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sitbreak.cli.client import NotRunning, ask, send, told
from sitbreak.cli.output import complain
from sitbreak.core.records import GapLabel
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


WINDOWS = {
    "today": N_("the Today window"),
    "settings": N_("the settings window"),
    "welcome": N_("the window of the first start"),
}


class _Unclear(ValueError):
    """A word that is not understood; the message says what is allowed."""


def add_parser(subparsers: _SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds all of them."""
    add = subparsers.add_parser
    parser = add("break", help=_("start a break now"))
    _take_minutes(parser, _("how long (default: as set, 2)"))
    what = _("the id of a movement, see `sitbreak movements list`")
    parser.add_argument("--movement", metavar="ID", default="", help=what)
    parser.set_defaults(run=_break)
    parser = add("answer", help=_("answer the prompt on show"))
    parser.add_argument("answer", choices=("start", "long", "snooze", "stand", "standing", "not-now"))
    _take_minutes(parser, _("for snooze (default 10) and stand (default 20, at most 40)"))
    parser.set_defaults(run=lambda args: send(_answer(args)))
    parser = add("pause", help=_("no prompts for a while"))
    parser.add_argument(
        "length", nargs="?", metavar=_("LENGTH"), help=_('minutes, or "tomorrow"; without: until you resume')
    )
    parser.set_defaults(run=_pause)
    add("resume", help=_("prompts may come again")).set_defaults(run=lambda args: note(_key("resume")))
    for name, what in WINDOWS.items():
        add(name, help=_(what)).set_defaults(run=lambda args: send({"do": args.command}))
    add("stop", help=_("end the running program")).set_defaults(run=lambda args: send({"do": "stop"}))
    for name, about in (
        ("standing", _("standing at the desk")),
        ("reading", _("reading")),
        ("meeting", _("meeting at this desk")),
    ):
        parser = add(name, help=about)
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
    parser = add("up", help=_("answer whether you were up"))
    parser.add_argument("answer", choices=("yes", "no"))
    parser.set_defaults(run=lambda args: send(_key(f"up:{args.answer}")))
    parser = add("gap", help=_("answer the open question about a silent gap"))
    parser.add_argument(
        "answer",
        choices=tuple(label.value for label in GapLabel),
        help=_("up, part (of it) or here: the small question; sat: sitting elsewhere"),
    )
    _take_minutes(parser, _("minutes walked"))
    parser.set_defaults(run=_gap)
    parser = add("log", help=_("note a walk (what the program logs: `sitbreak doctor --log`)"))
    parser.add_argument("what", choices=("walk",))
    parser.add_argument("minutes", metavar=_("MINUTES"), type=_minutes)
    parser.set_defaults(run=lambda args: note({"do": "log_walk", "minutes": args.minutes}))
    parser = add("correct", help=_("correct a stretch of the past; what was observed is kept beside it"))
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


def note(request: dict[str, object]) -> int:
    """Tells the running program, or notes it in the books where none runs; the exit code is 1 for a refusal."""
    try:
        reply = ask(request)
    except NotRunning as error:
        from sitbreak.cli.history_changes import change_here
        from sitbreak.cli.open_history import NotDone

        try:
            reply = change_here(request, str(error))
        except NotDone as refused:
            reply = {"error": str(refused)}
    return told(reply)


def _break(args: argparse.Namespace) -> int:
    length = {} if args.minutes is None else {"minutes": args.minutes}
    unknown = _unknown(args.movement) if args.movement else ""
    if unknown:
        return _refuse(unknown)
    return send({"do": "break", "movement": args.movement, **length})


def _unknown(movement: str) -> str:
    """Why there is no such movement, with the nearest; empty when there is."""
    from sitbreak.adapters.movement_catalogue import CatalogueDamaged, load_catalogue
    from sitbreak.settings.paths import find_paths

    try:
        catalogue = load_catalogue(find_paths().movements_dir)
    except CatalogueDamaged as error:
        return str(error)
    if catalogue.get(movement) is not None:
        return ""
    near = catalogue.nearest(movement)
    if near:
        return _('There is no movement "{name}"; did you mean {near}?', name=movement, near=near)
    return _('There is no movement "{name}"; `sitbreak movements list` shows them all.', name=movement)


def _answer(args: argparse.Namespace) -> dict[str, object]:
    minutes = {} if args.minutes is None else {"minutes": args.minutes}
    return {"do": "answer", "answer": args.answer.replace("-", "_"), **minutes}


def _pause(args: argparse.Namespace) -> int:
    if args.length is None:
        return note({"do": "pause"})
    if args.length == "tomorrow":
        return note({"do": "pause", "until": "tomorrow"})
    try:
        return note({"do": "pause", "minutes": _minutes(args.length)})
    except argparse.ArgumentTypeError:
        return _refuse(
            _('{length!r} is no length; send a number of minutes up to 1440, or "tomorrow".', length=args.length)
        )


def _toggle(args: argparse.Namespace) -> int:
    until, minutes = getattr(args, "until", None), getattr(args, "minutes", None)
    if minutes is not None and args.state == "on":
        return send({"do": "standing_on", "minutes": minutes})
    if until is None or args.state == "off":
        return send(_key(f"{args.command}:{args.state}"))
    try:
        return send({"do": "meeting", "until": moment_of(until, _now()).isoformat()})
    except _Unclear as error:
        return _refuse(str(error))


def _gap(args: argparse.Namespace) -> int:
    if args.answer == "walked" and args.minutes is None:
        return _refuse(_("Say how many minutes you walked, such as `sitbreak gap walked 15`."))
    walked = f"-{args.minutes:g}" if args.minutes is not None else ""
    return note(_key(f"gap:{args.answer}{walked}"))


def _correct(args: argparse.Namespace) -> int:
    try:
        start = moment_of(args.start, _now(), past=True)
        end = moment_of(args.end, start)
    except _Unclear as error:
        return _refuse(str(error))
    kind = CLASSES[args.kind]
    return note({"do": "correct", "from": start.isoformat(), "to": end.isoformat(), "class": kind})


def moment_of(text: str, now: datetime, since: datetime | None = None, past: bool = False) -> datetime:
    """A local time: an ISO time, or HH:MM: the first one from `since` on (`now` unless given), or the last (`past`).

    Raises ValueError with a sentence.
    """
    first = (since or now).replace(tzinfo=None)
    try:
        if "T" in text or " " in text:
            return datetime.fromisoformat(text)
        hour, minute = (int(part) for part in text.split(":"))
        moment = first.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise _Unclear(
            _("{text!r} is no time; send HH:MM, or a date and time such as 2026-03-02T12:10.", text=text)
        ) from None
    if past:
        return moment - timedelta(days=1) if moment > first else moment
    return moment + timedelta(days=1) if moment < first else moment


def _now() -> datetime:
    from sitbreak.adapters.clock import SystemClock

    return SystemClock().now().local


def _refuse(sentence: str) -> int:
    complain(sentence)
    return 2

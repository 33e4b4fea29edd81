"""`sitbreak plan`: walking, push-ups, squats and movement patterns outside the two minutes, logged by hand."""

from __future__ import annotations

import argparse
import math
import sys
from datetime import date

from sitbreak.adapters import exercise_plans_store
from sitbreak.adapters.clock import SystemClock
from sitbreak.adapters.exercise_plans_store import here, read_plans, week_words
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.cli import with_verbs
from sitbreak.cli.books import read_day
from sitbreak.cli.client import NotRunning, change
from sitbreak.cli.movements import guide_request, in_terminal, in_window, timeline
from sitbreak.cli.output import say, say_json
from sitbreak.core.plans import PLANS, REST, REST_MOST, REST_NOTE, Plan, PlanEntry, Position, plan, resting
from sitbreak.core.text import NotDone
from sitbreak.language import _, named, paragraph, said
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths, make_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the program's parser."""
    verb = with_verbs(subparsers.add_parser("plan"), _list)
    verb("list", _list, _("every plan (the default)"))
    verb("status", _status, _("where you are in the plans you started"))
    verb("start", _start, _("start a plan, or start it anew")).add_argument("name", metavar=_("PLAN"))
    verb("stop", _stop, _("stop it; what was logged is kept")).add_argument("name", metavar=_("PLAN"))
    lie = verb("rest", _rest, _("lie down with a quiet timer; not counted"))
    lie.add_argument(
        "minutes",
        nargs="?",
        metavar=_("MINUTES"),
        default="20",
        help=_("how long (20; up to {rest_most})", rest_most=REST_MOST),
    )
    lie.add_argument("position", nargs="?", choices=[each.name for each in REST], default=REST[0].name)
    verb("guide", _guide, _("go through today's movements at home, one after another"))
    log = verb("log", _log, _("log what you did"))
    log.add_argument("name", metavar=_("PLAN"))
    log.add_argument(
        "amount", metavar=_("AMOUNT"), nargs="?", help=_("minutes, repetitions or sessions (what the week asks for)")
    )
    log.add_argument("--day", metavar="D", default="today", help=_("today, yesterday, or a date such as 2026-03-02"))


def _list(args: argparse.Namespace) -> int:
    kept = read_plans(find_paths().plans_file)
    if args.json:
        plans = [{"name": each.name, "title": each.title, "meaning": each.meaning, "unit": each.unit,
                  "running": kept[each.name].started is not None} for each in PLANS]  # fmt: skip
        rest = [{"name": each.name, "text": each.text, "minutes": each.minutes, "counted": False} for each in REST]
        say_json({"plans": plans, "rest": rest})
        return 0
    for each in PLANS:
        running = _("(running)") if kept[each.name].started else ""
        say(f"{each.name:<10}{said(each.meaning)} {running}".rstrip())
    say(_("All of them are optional; `sitbreak plan start NAME` begins one."))
    for position_ in REST:
        minutes = _("{minutes} minutes.", minutes=position_.minutes)
        say(f"{'rest':<10}{paragraph(said(position_.text), minutes, said(REST_NOTE))}")
    return 0


def _rest(args: argparse.Namespace) -> int:
    where = next(each for each in REST if each.name == args.position)
    minutes = _number(args.minutes)
    if not 1 <= minutes <= REST_MOST:
        raise NotDone(
            _(
                '"{minutes}" is no length for a rest; say 1 to {rest_most} minutes.',
                minutes=args.minutes,
                rest_most=REST_MOST,
            )
        )
    if args.json:
        say_json({"name": where.name, "text": where.text, "minutes": minutes, "counted": False})
        return 0
    requests = [guide_request("rest", resting(where, minutes), load(find_paths().config_file).settings)]
    say(paragraph(said(where.text), said(REST_NOTE)), flush=True)
    if not in_window(requests):
        in_terminal(requests)
    return 0


def _guide(args: argparse.Namespace) -> int:
    ladder, paths = _known("patterns"), find_paths()
    kept, loaded = read_plans(paths.plans_file)[ladder.name], load(paths.config_file)
    if kept.started is None:
        raise NotDone(
            _(
                "{said} is not running; `sitbreak plan start {name}` begins it.",
                said=said(ladder.title),
                name=ladder.name,
            )
        )
    level = here(ladder, kept, _today()).rung.level
    catalogue = load_catalogue(paths.movements_dir)
    wishes = loaded.settings.movements.wishes.off
    found = [each for each in map(catalogue.get, ladder.movements) if each is not None and each.id not in wishes]
    if args.json:
        say_json({"name": ladder.name, "level": level, "movements": [each.id for each in found]})
        return 0
    if not found:
        raise NotDone(_("Every movement of this plan is turned off; `sitbreak movements on ID` brings one back."))
    requests = [guide_request("guide", each, loaded.settings, level) for each in found]
    if not (in_window(requests) or in_terminal(requests)):
        for each in found:
            say(each.title, *timeline(each))
    say(_("When it felt like a session, `sitbreak plan log {name}` notes it.", name=ladder.name))
    return 0


def _start(args: argparse.Namespace) -> int:
    ladder = _known(args.name)
    file = find_paths().plans_file
    make_folder(file.parent)
    exercise_plans_store.start(file, ladder, _today())
    return _told(args, ladder)


def _stop(args: argparse.Namespace) -> int:
    ladder = _known(args.name)
    exercise_plans_store.stop(find_paths().plans_file, ladder)
    if args.json:
        say_json({"name": ladder.name, "running": False})
    else:
        say(_("{said}: stopped. What you logged is kept.", said=said(ladder.title)))
    return 0


def _log(args: argparse.Namespace) -> int:
    ladder, today = _known(args.name), _today()
    amount = None if args.amount is None else _number(args.amount)
    entry = exercise_plans_store.log(find_paths().plans_file, ladder, today, read_day(args.day, today), amount)
    code = _told(args, ladder)
    if ladder.name == "walking":
        _tell_the_books(entry, today)
    return code


def _tell_the_books(entry: PlanEntry, today: date) -> None:
    """Enters a walk of today in the walking log; why it could not is told on standard error."""
    if entry.day != today:
        say(_("The walk is kept in the plan; the walking log takes walks of today only."), to=sys.stderr)
        return
    try:
        reply = change({"do": "log_walk", "minutes": entry.amount, "source": "walking"})
    except NotRunning:
        say(_("sitbreak is not running, so the walk is kept in the plan but not in the walking log."), to=sys.stderr)
        return
    if "error" in reply:
        say(_("The walk is kept in the plan only: {reply}", reply=reply["error"]), to=sys.stderr)


def _status(args: argparse.Namespace) -> int:
    plans, today = read_plans(find_paths().plans_file), _today()
    running = [each for each in PLANS if plans[each.name].started is not None]
    if args.json:
        say_json([_plain(each, here(each, plans[each.name], today)) for each in running])
        return 0
    for each in running:
        say(named(said(each.title), week_words(each, here(each, plans[each.name], today))))
    if not running:
        say(_("No plan is running; `sitbreak plan list` shows them."))
    return 0


def _told(args: argparse.Namespace, ladder: Plan) -> int:
    now = here(ladder, read_plans(find_paths().plans_file)[ladder.name], _today())
    if args.json:
        say_json(_plain(ladder, now))
    else:
        say(named(said(ladder.title), week_words(ladder, now)))
    return 0


def _plain(ladder: Plan, now: Position) -> dict[str, object]:
    return {
        "name": ladder.name,
        "running": True,
        "week": now.week,
        "ladder_week": now.ladder_week,
        "amount": now.rung.amount,
        "times": now.rung.times,
        "level": now.rung.level,
        "unit": ladder.unit,
        "done": now.done,
        "days_done": now.days_done,
        "target": now.target,
        "went_back": now.went_back,
        "complete": now.complete,
        "movements": list(ladder.movements),
    }


def _known(name: str) -> Plan:
    if name == "rest":
        raise NotDone(
            paragraph(said(REST_NOTE), _("There is nothing to start or log; `sitbreak plan rest` begins one."))
        )
    found = plan(name)
    if found is None:
        raise NotDone(
            _('There is no plan "{name}"; there are {list}.', name=name, list=", ".join(each.name for each in PLANS))
        )
    return found


def _number(text: str) -> float:
    """The number meant; not a number for anything else."""
    try:
        return float(text)
    except ValueError:
        return math.nan


def _today() -> date:
    return SystemClock().now().day(load(find_paths().config_file).settings.day.start)

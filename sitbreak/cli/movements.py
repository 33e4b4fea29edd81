"""`sitbreak movements`: what is suggested in the two minutes, and how to turn items off and on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import timedelta

from sitbreak.adapters.movement_catalogue import Catalogue, CatalogueDamaged, load_catalogue
from sitbreak.cli import guided_movement
from sitbreak.cli.open_history import NotDone, open_books
from sitbreak.cli.output import say, say_json
from sitbreak.core.movements import EVERYWHERE, LEVELS, Movement, areas_served, fits, offered_level
from sitbreak.language import N_, _, aside, comma_list, named, paragraph, said
from sitbreak.review.words import area_names
from sitbreak.settings.edit import EditRefused, reset_key, set_keys
from sitbreak.settings.load import load
from sitbreak.settings.paths import FolderUnusable, Paths, find_paths, make_folder

LOOKED_BACK = timedelta(weeks=26)
AS = {"easier": N_("the easier way"), "shown": N_("as shown"), "harder": N_("the harder way")}
PLACE_NAMES = {"office": N_("office"), "quiet": N_("quiet"), "home": N_("home")}
TYPE_NAMES = {
    "walk": N_("walk"),
    "pattern": N_("pattern"),
    "mobility": N_("mobility"),
    "dynamic stretch": N_("dynamic stretch"),
    "static stretch": N_("static stretch"),
    "strength": N_("strength"),
    "pandiculation": N_("pandiculation"),
}
WRONG = 2


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the program's parser."""
    parser = subparsers.add_parser("movements", help=_("what is suggested in the two minutes"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"))
    json_too = argparse.ArgumentParser(add_help=False)
    json_too.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("answer as JSON"))
    every = verbs.add_parser("list", parents=[json_too], help=_("those that fit you (the default)"))
    every.add_argument("--all", action="store_true", help=_("those that do not fit as well"))
    verbs.add_parser("areas", parents=[json_too], help=_("which parts of the body moved in the last seven days"))
    for verb, text in (
        ("show", _("one of them in full")),
        ("try", _("guided in the break window, or its steps as a timeline; not counted")),
        ("off", _("never suggest it")),
        ("on", _("suggest it again")),
    ):
        verbs.add_parser(verb, parents=[json_too], help=text).add_argument("id", metavar="ID")


def run(args: argparse.Namespace) -> int:
    """Does what was asked; returns 0, or 2 after a sentence on what is wrong."""
    verb: str = args.verb if args.verb is not None else "list"
    paths = find_paths()
    try:
        catalogue = load_catalogue(paths.movements_dir)
        for problem in catalogue.problems:
            say(problem, to=sys.stderr)
        return _VERBS[verb](args, paths, catalogue)
    except (NotDone, CatalogueDamaged, FolderUnusable) as error:
        say(error, to=sys.stderr)
    except EditRefused as error:
        say(*error.sentences, to=sys.stderr)
    return WRONG


def timeline(movement: Movement) -> list[str]:
    """The steps of a movement as lines, each with the time it begins at."""
    lines, begin = [], 0
    for step in movement.steps:
        lines.append(f"{begin // 60}:{begin % 60:02}  {aside(said(step.text), _('{seconds} s', seconds=step.seconds))}")
        begin += step.seconds
    return [*lines, f"{begin // 60}:{begin % 60:02}  {_('done')}"]


def _list(args: argparse.Namespace, paths: Paths, catalogue: Catalogue) -> int:
    wishes = load(paths.config_file).settings.movements.wishes
    everything = getattr(args, "all", False)
    found = [each for each in catalogue.movements if everything or fits(each, wishes)]
    if args.json:
        _print_json([_plain(each) | {"fits": fits(each, wishes)} for each in found])
        return 0
    width = max((len(each.id) for each in found), default=0)
    for each in found:
        favourite = _("(favourite)") if each.id in wishes.favourites else ""
        note = favourite if fits(each, wishes) else _("(off)") if each.id in wishes.off else _("(does not fit)")
        say(f"{each.id:<{width}}  {named(each.title, area_names(each.areas))}  {note}".rstrip())
    total = len(catalogue.movements)
    if everything:
        say(_("{total} in all, {number} of them fit.", total=total, number=sum(fits(each, wishes) for each in found)))
    else:
        text = N_("{number} of {total} are shown; `sitbreak movements list --all` shows the others too.")
        say(_(text, number=len(found), total=total))
    return 0


def _show(args: argparse.Namespace, _paths: Paths, catalogue: Catalogue) -> int:
    movement = _known(catalogue, args.id)
    if args.json:
        _print_json(_plain(movement))
        return 0
    needs = comma_list(_(" or ").join(_(thing) for thing in group) for group in movement.needs)
    say(aside(movement.title, named(_(TYPE_NAMES[movement.type]), area_names(movement.areas))))
    say(*(f"  {line}" for line in timeline(movement)))
    say(_("Easier: {text}", text=movement.easier), _("Harder: {text}", text=movement.harder))
    text = N_("Place: {place}; needs: {needs}") if needs else N_("Place: {place}")
    say(_(text, place=_(PLACE_NAMES[movement.place]), needs=needs))
    say(paragraph(*map(said, (*movement.warnings, EVERYWHERE))))
    say(_("Source: {source}", source=movement.source))
    offered = _offered(movement)
    if offered:
        say(offered)
    return 0


def _offered(movement: Movement) -> str:
    """The next level, once the present one was done for four weeks (spec 3.1): offered, never imposed; else nothing."""
    with open_books() as books:
        today = books.terms.today
        breaks = books.history.facts(today - LOOKED_BACK, today).breaks
    done = [(each.accepted, each.level) for each in breaks if each.movement == movement.id]
    level = offered_level(done)
    if level is None:
        return ""
    if level == LEVELS[-1]:
        text = N_("You have done it {before} for four weeks; if you like, try it {level}: {how}")
    else:
        text = N_("You have done it {before} for four weeks; if you like, try it {level}.")
    return _(text, before=_(AS[done[-1][1]]), level=_(AS[level]), how=movement.harder)


def _try(args: argparse.Namespace, paths: Paths, catalogue: Catalogue) -> int:
    movement = _known(catalogue, args.id)
    if args.json:
        _print_json(_plain(movement))
        return 0
    settings = load(paths.config_file).settings
    if not guided_movement.in_window([guided_movement.request("guide", movement, settings)]):
        say(movement.title, *timeline(movement), said(EVERYWHERE))
    return 0


def _off(args: argparse.Namespace, paths: Paths, catalogue: Catalogue) -> int:
    movement = _known(catalogue, args.id)
    off = load(paths.config_file).settings.movements.off
    return _turn(args, paths, movement, (*(each for each in off if each != movement.id), movement.id))


def _on(args: argparse.Namespace, paths: Paths, catalogue: Catalogue) -> int:
    off = load(paths.config_file).settings.movements.off
    if args.id in off and catalogue.get(args.id) is None:  # an own item that was deleted meanwhile
        return _turn(args, paths, None, tuple(each for each in off if each != args.id))
    movement = _known(catalogue, args.id)
    return _turn(args, paths, movement, tuple(each for each in off if each != movement.id))


def _turn(args: argparse.Namespace, paths: Paths, movement: Movement | None, off: tuple[str, ...]) -> int:
    make_folder(paths.config_file.parent)
    if off:
        set_keys(paths.config_file, {"movements.off": list(off)})
    else:
        reset_key(paths.config_file, "movements.off")
    title = args.id if movement is None else movement.title
    if args.json:
        _print_json({"off": list(off)})
    else:
        say(_("{title} is off.", title=title) if args.id in off else _("{title} is on.", title=title))
    return 0


def _areas(args: argparse.Namespace, _paths: Paths, catalogue: Catalogue) -> int:
    with open_books() as books:
        today = books.terms.today
        first = today - timedelta(days=6)
        done = [(each.movement, each.day) for each in books.history.facts(first, today).breaks if each.credited]
    counts = areas_served(catalogue.movements, done, first, today)
    if args.json:
        _print_json({"first": first.isoformat(), "last": today.isoformat(), "areas": dict(counts)})
        return 0
    for area, count in counts.items():
        say(f"{_(area):<12}{count:>3}  {'#' * min(count, 50)}".rstrip())
    say(_("Breaks of the last seven days; nothing needs to be even."))
    return 0


_VERBS: dict[str, Callable[[argparse.Namespace, Paths, Catalogue], int]] = {
    "list": _list,
    "show": _show,
    "try": _try,
    "off": _off,
    "on": _on,
    "areas": _areas,
}


def _known(catalogue: Catalogue, name: str) -> Movement:
    movement = catalogue.get(name)
    if movement is None:
        near = catalogue.nearest(name)
        if near:
            raise NotDone(_('There is no movement "{name}"; did you mean {near}?', name=name, near=near))
        raise NotDone(_('There is no movement "{name}"; `sitbreak movements list --all` shows them all.', name=name))
    return movement


def _plain(movement: Movement) -> dict[str, object]:
    return {
        "id": movement.id,
        "title": movement.title,
        "type": movement.type,
        "areas": list(movement.areas),
        "place": movement.place,
        "needs": [list(group) for group in movement.needs],
        "ends_sitting": movement.ends_sitting,
        "seated_mode": movement.seated_mode,
        "easier": movement.easier,
        "harder": movement.harder,
        "cautions": list(movement.warnings),
        "steps": [{"s": step.seconds, "text": step.text} for step in movement.steps],
        "source": movement.source,
        "own": movement.own,
    }


def _print_json(answer: object) -> None:
    say_json(answer)

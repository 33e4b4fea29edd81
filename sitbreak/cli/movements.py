"""`sitbreak movements`: what is suggested in the two minutes, how to turn items off and on, and one of them guided."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from queue import Empty, SimpleQueue

from sitbreak.adapters.breakwindow import QtWindow, TerminalWindow
from sitbreak.adapters.movement_catalogue import Catalogue, load_catalogue
from sitbreak.cli import with_verbs
from sitbreak.cli.books import open_books
from sitbreak.cli.client import settings_written
from sitbreak.cli.output import complain, say, say_json
from sitbreak.core.movements import EVERYWHERE, LEVELS, Movement, areas_served, fits, offered_level
from sitbreak.core.timeline import ZERO
from sitbreak.daemon.window_contents import break_request
from sitbreak.language import N_, _, aside, comma_list, named, paragraph, said
from sitbreak.ports import BreakWindow, Env, Viable, WindowFailed
from sitbreak.review.words import area_names
from sitbreak.settings.edit import reset_key, set_keys
from sitbreak.settings.load import load
from sitbreak.settings.model import Settings
from sitbreak.settings.paths import find_paths, make_folder

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


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the program's parser."""
    verb = with_verbs(subparsers.add_parser("movements"), _list)
    every = verb("list", _list, _("those that fit you (the default)"))
    every.add_argument("--all", action="store_true", help=_("those that do not fit as well"))
    verb("areas", _areas, _("which parts of the body moved in the last seven days"))
    for name, run, text in (
        ("show", _show, _("one of them in full")),
        ("try", _try, _("guided in the break window, or its steps as a timeline; not counted")),
        ("off", _off, _("never suggest it")),
        ("on", _on, _("suggest it again")),
    ):
        verb(name, run, text).add_argument("id", metavar="ID")


def _catalogue() -> Catalogue:
    """The movements; what is wrong with the person's own ones is told. Raises CatalogueDamaged."""
    found = load_catalogue(find_paths().movements_dir)
    for problem in found.problems:
        complain(problem)
    return found


def timeline(movement: Movement) -> list[str]:
    """The steps of a movement as lines, each with the time it begins at."""
    lines, begin = [], 0
    for step in movement.steps:
        lines.append(f"{begin // 60}:{begin % 60:02}  {aside(said(step.text), _('{seconds} s', seconds=step.seconds))}")
        begin += step.seconds
    return [*lines, f"{begin // 60}:{begin % 60:02}  {_('done')}"]


def _list(args: argparse.Namespace) -> int:
    wishes, catalogue = load(find_paths().config_file).settings.movements.wishes, _catalogue()
    everything = getattr(args, "all", False)
    found = [each for each in catalogue.movements if everything or fits(each, wishes)]
    if args.json:
        say_json([_plain(each) | {"fits": fits(each, wishes)} for each in found])
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


def _show(args: argparse.Namespace) -> int:
    movement = _catalogue().known(args.id)
    if args.json:
        say_json(_plain(movement))
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


def _try(args: argparse.Namespace) -> int:
    movement = _catalogue().known(args.id)
    if args.json:
        say_json(_plain(movement))
        return 0
    settings = load(find_paths().config_file).settings
    if not in_window([guide_request("guide", movement, settings)]):
        say(movement.title, *timeline(movement), said(EVERYWHERE))
    return 0


def _off(args: argparse.Namespace) -> int:
    movement, off = _catalogue().known(args.id), _turned_off()
    return _turn(args, movement, (*(each for each in off if each != movement.id), movement.id))


def _on(args: argparse.Namespace) -> int:
    catalogue, off = _catalogue(), _turned_off()
    if args.id in off and catalogue.get(args.id) is None:  # an own item that was deleted meanwhile
        return _turn(args, None, tuple(each for each in off if each != args.id))
    movement = catalogue.known(args.id)
    return _turn(args, movement, tuple(each for each in off if each != movement.id))


def _turned_off() -> tuple[str, ...]:
    return load(find_paths().config_file).settings.movements.off


def _turn(args: argparse.Namespace, movement: Movement | None, off: tuple[str, ...]) -> int:
    file = find_paths().config_file
    make_folder(file.parent)
    if off:
        set_keys(file, {"movements.off": list(off)})
    else:
        reset_key(file, "movements.off")
    settings_written()
    title = args.id if movement is None else movement.title
    if args.json:
        say_json({"off": list(off)})
    else:
        say(_("{title} is off.", title=title) if args.id in off else _("{title} is on.", title=title))
    return 0


def _areas(args: argparse.Namespace) -> int:
    with open_books() as books:
        today = books.terms.today
        first = today - timedelta(days=6)
        done = [(each.movement, each.day) for each in books.history.facts(first, today).breaks if each.credited]
    counts = areas_served(_catalogue().movements, done, first, today)
    if args.json:
        say_json({"first": first.isoformat(), "last": today.isoformat(), "areas": dict(counts)})
        return 0
    for area, count in counts.items():
        say(f"{_(area):<12}{count:>3}  {'#' * min(count, 50)}".rstrip())
    say(_("Breaks of the last seven days; nothing needs to be even."))
    return 0


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


Message = Mapping[str, object]
LISTEN_S = 0.5  # a wait without end would not hear Ctrl+C on Windows
LEFT = ("closed", "gone")  # the person closed it, or it died: nothing more is shown


# -- guided outside the two minutes, in the window or counted down; nothing is credited


def guide_request(kind: str, movement: Movement, settings: Settings, level: str = "shown") -> Message:
    """What a window is asked to show: "guide" or "rest", for as long as the movement's steps take."""
    length = timedelta(seconds=sum(step.seconds for step in movement.steps))
    return asdict(break_request(kind, movement, ZERO, settings, length=length, level=level))


def in_window(requests: Sequence[Message], variables: Mapping[str, str] | None = None) -> bool:
    """Shows them one after another in the window and waits for the end; False when there is no window here.

    The next comes when the time of one is up or the person says done; the last stays until it is closed or done.
    """
    given = dict(os.environ) if variables is None else dict(variables)
    if not isinstance(QtWindow.viable(Env(sys.platform, given)), Viable):
        return False
    return _through(lambda said: QtWindow(said, given), requests, ("done",))


def in_terminal(requests: Sequence[Message]) -> bool:
    """Counts them down one after another; False when this is no terminal."""
    if not isinstance(TerminalWindow.viable(Env(sys.platform, dict(os.environ))), Viable):
        return False
    return _through(TerminalWindow, requests, ("over",))


def _through(
    make: Callable[[Callable[[Message], None]], BreakWindow], requests: Sequence[Message], last: Sequence[str]
) -> bool:
    """Goes through the requests; `last` is what ends the last of them. False, and a word, when it cannot be shown."""
    heard: SimpleQueue[str] = SimpleQueue()
    window = make(lambda message: heard.put(str(message.get("event"))))
    try:
        for number, each in enumerate(requests, start=1):
            window.open(each)
            ends = last if number == len(requests) else ("done", "over")
            event = _wait(heard, (*LEFT, *ends))
            if event in LEFT:
                break
            if event == "done" and number < len(requests):  # a window that is done hides and soon ends: take a new one
                window.tell({"do": "close"})
                _wait(heard, LEFT)
    except WindowFailed as error:
        say(error, to=sys.stderr)
        return False
    except KeyboardInterrupt:
        say(to=sys.stderr)
    finally:
        window.tell({"do": "close"})
    return True


def _wait(heard: SimpleQueue[str], ends: Sequence[str]) -> str:
    """The first event among `ends`."""
    while True:
        try:
            event = heard.get(timeout=LISTEN_S)
        except Empty:
            continue
        if event in ends:
            return event

"""`sitbreak desktop`: the program in the menu of the desktop, with its icon, and known to man and the shells."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sitbreak.adapters.autostart import AutostartFailed, mend, program_command
from sitbreak.adapters.autostart.menu_entry import SIZES, InMenu, icon_file
from sitbreak.cli.output import complain, say
from sitbreak.cli.table import wrapped
from sitbreak.language import _
from sitbreak.ports import Env


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("desktop", help=_("put sitbreak into the menu of the desktop, or take it out"))
    parser.add_argument("verb", choices=("install", "remove", "status"), nargs="?", default="status")
    parser.add_argument("--quiet", action="store_true", help=_("say nothing where all is well or nothing can be done"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Does it; returns 1 when it cannot be done here."""
    if sys.platform in ("win32", "darwin"):
        if not args.quiet:
            complain(_("A menu entry is for Linux desktops; here `sitbreak autostart on` starts it at login."))
        return 0 if args.quiet else 1
    env = Env(sys.platform, dict(os.environ))
    try:
        if args.verb == "install":
            mend(env)
        told = _done(args.verb, InMenu(env))
    except AutostartFailed as error:
        complain(error)
        return 1
    if not args.quiet:
        say(wrapped(told))
    return 0


def _done(verb: str, entry: InMenu) -> str:
    command = menu_command()
    if verb == "install":
        entry.install(command, pieces())
        told = _(
            "sitbreak is in the menu: {path}, with its icon; `man sitbreak` and completions are there, too. "
            "`sitbreak desktop remove` takes all of it out.",
            path=entry.present(command),
        )
        return "\n".join([told, *_zsh(entry)])
    if verb == "remove":
        entry.remove(pieces())
        return _(
            "sitbreak is out of the menu. Left are your settings and history (`sitbreak forget --all` removes "
            "the history) and what starts it at login (`sitbreak autostart off`)."
        )
    if path := entry.present(command):
        return _("sitbreak is in the menu: {path}.", path=path)
    return _("This sitbreak is not in the menu; `sitbreak desktop install` puts it there.")


def _zsh(entry: InMenu) -> list[str]:
    """How the user's zsh learns of its completion: unlike bash and fish it looks into no folder of the user's."""
    if Path(os.environ.get("SHELL", "")).name != "zsh":
        return []
    line = f"fpath=({entry.data / 'zsh/site-functions'} $fpath)"
    return [_("zsh finds its completions once this line is in ~/.zshrc, before compinit:"), f"    {line}"]


def menu_command() -> list[str]:
    """What the menu starts: the program, or the Today window of the one that runs."""
    return [*program_command(), "--window"]


def pieces() -> dict[str, bytes]:
    """What belongs beside the menu entry, by its paths in a share folder: icons, the man page, completions."""
    from sitbreak.cli import completions

    return {**{icon_file(size): icon(size) for size in SIZES}, **completions.files()}


def icon(size: int) -> bytes:
    """The program's icon as a PNG: the tray's glyph of a break, an open ring that somebody leaves."""
    from sitbreak.adapters.tray.glyph import png

    return png("break", 0.0, size)

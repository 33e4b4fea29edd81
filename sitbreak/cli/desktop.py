"""`sitbreak autostart` and `desktop`: the program at login; in the menu, with its icon; known to man and the shells."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from sitbreak.adapters.autostart import entries, mend, program_command, put
from sitbreak.adapters.autostart.linux import SIZES, DesktopEntry, InMenu, icon_file
from sitbreak.cli.output import complain, say, say_json, wrapped
from sitbreak.core.text import NotDone
from sitbreak.language import _, paragraph
from sitbreak.ports import Env
from sitbreak.settings.edit import set_keys
from sitbreak.settings.load import load
from sitbreak.settings.paths import find_paths, make_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds `desktop` and `autostart`."""
    parser = subparsers.add_parser("autostart")
    parser.add_argument("verb", nargs="?", choices=("on", "off", "status"), default="status")
    parser.add_argument("--systemd", action="store_true", help=_("by a systemd user unit instead of a desktop entry"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    parser.set_defaults(run=_autostart)
    parser = subparsers.add_parser("desktop")
    parser.add_argument("verb", choices=("install", "remove", "status"), nargs="?", default="status")
    parser.add_argument("--quiet", action="store_true", help=_("say nothing where all is well or nothing can be done"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Does it. Raises NotDone; returns 1 when it cannot be done here."""
    if sys.platform in ("win32", "darwin"):
        if not args.quiet:
            complain(_("A menu entry is for Linux desktops; here `sitbreak autostart on` starts it at login."))
        return 0 if args.quiet else 1
    env = Env(sys.platform, dict(os.environ))
    if args.verb == "install":
        mend(env)
    told = _done(args.verb, InMenu(env))
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


# -- at login


def _autostart(args: argparse.Namespace) -> int:
    """Turns it on or off, or says how it stands. Raises AutostartFailed when that cannot be done here."""
    env, on = Env(sys.platform, dict(os.environ)), args.verb == "on"
    if args.verb != "status":
        put(env, on, "systemd" if args.systemd else "")
        _note_setting(on)
    if on:
        run(argparse.Namespace(verb="install", quiet=True))
    return _status(args, env)


def _status(args: argparse.Namespace, env: Env) -> int:
    """Says what is there now, read back from where it was written."""
    found = [(entry, entry.command()) for entry in entries(env)]
    on = [(entry, command) for entry, command in found if command is not None]
    if args.json:
        plain = [{"kind": entry.NAME, "where": entry.where, "command": command} for entry, command in found]
        say_json({"on": bool(on), "entries": plain})
        return 0
    for entry, command in on:
        other = "" if command == entry.written(program_command()) else _("That is another sitbreak than this one.")
        unread = DesktopEntry.unread_by(env) if entry.NAME == DesktopEntry.NAME else ""
        if unread:
            say(
                wrapped(
                    _(
                        "It is entered in {where}, which {unread} does not read: add `exec {command}` to its config.",
                        where=entry.where,
                        unread=unread,
                        command=command,
                    )
                )
            )
            continue
        starts = _("sitbreak starts when you log in: {command} ({where}).", command=command, where=entry.where)
        say(wrapped(paragraph(starts, other)))
    if len(on) > 1:
        say(_("It would be started twice; `sitbreak autostart on` leaves one."))
    if not on:
        say(_("sitbreak does not start when you log in; `sitbreak autostart on` changes that."))
    elif args.verb == "on" and not DesktopEntry.unread_by(env):
        say(_("It takes effect at your next login; `sitbreak run` starts it now."))
    return 0


def _note_setting(on: bool) -> None:
    """Keeps `general.autostart` in step, so that the settings window says the same."""
    file = find_paths().config_file
    if load(file).settings.general.autostart == on:
        return
    try:
        make_folder(file.parent)
        set_keys(file, {"general.autostart": on})
    except NotDone as error:
        complain(_("The setting general.autostart could not be kept in step: {why}", why=error))

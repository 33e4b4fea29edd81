"""`sitbreak autostart`: start when you log in."""

from __future__ import annotations

import argparse
import os
import sys

from sitbreak.adapters.autostart import AutostartFailed, entries, program_command, put
from sitbreak.adapters.autostart.desktop_entry import DesktopEntry
from sitbreak.cli.desktop import run as in_menu
from sitbreak.cli.output import complain, say, say_json
from sitbreak.cli.table import wrapped
from sitbreak.language import _, paragraph
from sitbreak.ports import Env
from sitbreak.settings.edit import EditRefused, set_keys
from sitbreak.settings.load import load
from sitbreak.settings.paths import FolderUnusable, find_paths, make_folder


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command."""
    parser = subparsers.add_parser("autostart", help=_("start sitbreak when you log in"))
    parser.add_argument("verb", nargs="?", choices=("on", "off", "status"), default="status")
    parser.add_argument("--systemd", action="store_true", help=_("by a systemd user unit instead of a desktop entry"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Turns it on or off, or says how it stands; returns 1 when that cannot be done here."""
    env = Env(sys.platform, dict(os.environ))
    try:
        if args.verb != "status":
            put(env, args.verb == "on", "systemd" if args.systemd else "")
            _note_setting(args.verb == "on")
            if args.verb == "on":
                in_menu(argparse.Namespace(verb="install", quiet=True))
        return _status(args, env)
    except AutostartFailed as error:
        complain(error)
        return 1


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
    except (EditRefused, FolderUnusable) as error:
        complain(_("The setting general.autostart could not be kept in step: {why}", why=error))

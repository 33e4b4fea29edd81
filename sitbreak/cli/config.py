"""`sitbreak config`: show, check and change the settings."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from sitbreak.adapters import autostart
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.cli.output import say, say_json
from sitbreak.language import N_, _, paragraph
from sitbreak.ports import Env
from sitbreak.settings.document import own_text, toml_text, toml_value
from sitbreak.settings.edit import EditRefused, reset_key, set_keys
from sitbreak.settings.files import write_atomically
from sitbreak.settings.kinds import FROM_NEXT_START, NotAllowed
from sitbreak.settings.load import Loaded, Problem, load, nearest_key, not_allowed
from sitbreak.settings.model import GOAL, SETTINGS, Settings
from sitbreak.settings.paths import FolderUnusable, Paths, find_paths, make_folder
from sitbreak.settings.written_values import words_of

WRONG = 2


class _Refused(Exception):
    """Bad input; each line is one sentence for people."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the program's parser."""
    parser = subparsers.add_parser("config", help=_("show, check and change the settings"))
    parser.add_argument("--json", action="store_true", help=_("answer as JSON"))
    verbs = parser.add_subparsers(dest="verb", metavar=_("VERB"))
    json_too = argparse.ArgumentParser(add_help=False)
    json_too.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=_("answer as JSON"))
    verbs.add_parser("show", parents=[json_too], help=_("every setting and its value (the default)"))
    verbs.add_parser("path", parents=[json_too], help=_("where the settings file is"))
    verbs.add_parser("edit", parents=[json_too], help=_("open the settings file in your editor, and check it after"))
    verbs.add_parser("check", parents=[json_too], help=_("say everything that is wrong with the settings file"))
    verbs.add_parser("default", parents=[json_too], help=_("a settings file with every default, explained"))
    get = verbs.add_parser("get", parents=[json_too], help=_("one value"))
    change = verbs.add_parser("set", parents=[json_too], help=_("change values; lists with commas between"))
    reset = verbs.add_parser("reset", parents=[json_too], help=_("back to the default"))
    get.add_argument("key", metavar=_("KEY"), help=_("such as prompt.earliest_minutes"))
    reset.add_argument("key", metavar=_("KEY"))
    change.add_argument("pairs", nargs="+", metavar=_("KEY VALUE"), help=_("several pairs are changed together"))


def run(args: argparse.Namespace) -> int:
    """Does what was asked; returns 0, or 2 after one sentence for each thing that is wrong."""
    verb: str = args.verb if args.verb is not None else "show"
    try:
        return _VERBS[verb](args, find_paths())
    except _Refused as error:
        say(error, to=sys.stderr)
    except EditRefused as error:
        say(*error.sentences, to=sys.stderr)
    except FolderUnusable as error:
        say(error, to=sys.stderr)
    return WRONG


def _show(args: argparse.Namespace, paths: Paths) -> int:
    loaded = load(paths.config_file)
    if args.json:
        _print_json(_plain(loaded.settings))
    else:
        section = ""
        for key, raw in _plain(loaded.settings).items():
            if key.partition(".")[0] != section:
                section = key.partition(".")[0]
                say(f"[{section}]")
            known = SETTINGS[key]
            changed = (
                ""
                if raw == known.default_plain
                else f"  # {_('default {value}', value=toml_value(known.default_plain))}"
            )
            say(f"{known.name} = {toml_value(raw)}{changed}")
    return _tell(loaded.problems)


def _path(args: argparse.Namespace, paths: Paths) -> int:
    file = paths.config_file
    if args.json:
        _print_json({"path": str(file), "exists": file.is_file()})
    else:
        say(file)
    return 0


def _edit(args: argparse.Namespace, paths: Paths) -> int:
    """The file, with every default explained where there is none yet, in $VISUAL or $EDITOR; then it is checked."""
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    editor = words_of(wanted) if wanted else [found] if (found := _an_editor()) else []
    file = paths.config_file
    if not editor or shutil.which(editor[0]) is None:
        raise _Refused(
            _(
                "There is no editor {value}: set EDITOR, or open {file} yourself.",
                value=editor[0] if editor else "here",
                file=file,
            )
        )
    if not file.exists():
        make_folder(file.parent)
        write_atomically(file, own_text())
    done = subprocess.run([*editor, str(file)], check=False).returncode
    if done:
        raise _Refused(_("{editor} ended with {done}; the file is as it left it.", editor=editor[0], done=done))
    return _check(args, paths)


def _an_editor() -> str | None:
    return next(filter(None, map(shutil.which, ("sensible-editor", "nano", "vi", "notepad"))), None)


def _check(args: argparse.Namespace, paths: Paths) -> int:
    loaded = load(paths.config_file)
    problems = (*loaded.problems, *_movement_problems(loaded, paths.movements_dir))
    if args.json:
        found = [{"key": each.key, "sentence": each.sentence} for each in problems]
        _print_json({"path": str(paths.config_file), "ok": not problems, "problems": found})
        return WRONG if problems else 0
    if not problems:
        there = paths.config_file.is_file()
        say(
            _("{config_file} is fine.", config_file=paths.config_file)
            if there
            else _("{config_file} is not there: the defaults apply.", config_file=paths.config_file)
        )
    return _tell(problems)


def _movement_problems(loaded: Loaded, own: Path) -> list[Problem]:
    """What is wrong with the person's own movements, and favourites or movements turned off that do not exist."""
    catalogue = load_catalogue(own)
    found = [Problem("movements", sentence) for sentence in catalogue.problems]
    wished = loaded.settings.movements
    for key, names in (("movements.off", wished.off), ("movements.favourites", wished.favourites)):
        for name in names:
            if catalogue.get(name) is None:
                near = catalogue.nearest(name)
                if near:
                    text = N_('{key}: there is no movement "{name}"; did you mean {near}?')
                else:
                    text = N_('{key}: there is no movement "{name}"; `sitbreak movements list` shows them all.')
                found.append(Problem(key, _(text, key=key, name=name, near=near)))
    return found


def _default(args: argparse.Namespace, _paths: Paths) -> int:
    if args.json:
        _print_json({key: known.default_plain for key, known in SETTINGS.items()})
    else:
        sys.stdout.write(toml_text())
    return 0


def _get(args: argparse.Namespace, paths: Paths) -> int:
    key = _known(args.key)
    loaded = load(paths.config_file)
    raw = _plain(loaded.settings)[key]
    if args.json:
        _print_json({key: raw})
    else:
        say(toml_value(raw))
    return _tell(loaded.problems)


def _set(args: argparse.Namespace, paths: Paths) -> int:
    if len(args.pairs) % 2:
        raise _Refused(_("The value for {pairs} is missing: say sitbreak config set KEY VALUE.", pairs=args.pairs[-1]))
    values: dict[str, object] = {}
    for key, text in zip(args.pairs[::2], args.pairs[1::2], strict=True):
        known = SETTINGS[_known(key)]
        try:
            values[key] = known.kind.parse(text)
        except NotAllowed:
            raise _Refused(not_allowed(known, text)) from None
    make_folder(paths.config_file.parent)
    return _changed(args, paths, set_keys(paths.config_file, values), list(values))


def _reset(args: argparse.Namespace, paths: Paths) -> int:
    key = _known(args.key)
    return _changed(args, paths, reset_key(paths.config_file, key), [key])


_VERBS: dict[str, Callable[[argparse.Namespace, Paths], int]] = {
    "show": _show,
    "path": _path,
    "edit": _edit,
    "check": _check,
    "default": _default,
    "get": _get,
    "set": _set,
    "reset": _reset,
}


def _changed(args: argparse.Namespace, paths: Paths, settings: Settings, keys: list[str]) -> int:
    if "general.autostart" in keys:
        try:
            autostart.put(Env(sys.platform, dict(os.environ)), settings.general.autostart)
        except autostart.AutostartFailed as error:
            raise _Refused(str(error)) from error
    if GOAL in keys and paths.history_file.exists():
        _aim(settings.day.goal_minutes)
    plain = _plain(settings)
    if args.json:
        _print_json({key: plain[key] for key in keys})
    for key in [] if args.json else keys:
        known = SETTINGS[key]
        later = _(FROM_NEXT_START) if known.from_next_start else ""
        value, default = toml_value(plain[key]), toml_value(known.default_plain)
        say(paragraph(_("{key} is {value} (default {default}).", key=key, value=value, default=default), later))
    return 0


def _aim(minutes: int) -> None:
    """There is one goal, wherever it is chosen: from today on it is this. Raises _Refused."""
    from sitbreak.cli.history_changes import change  # the history is not needed for other settings
    from sitbreak.cli.open_history import NotDone

    try:
        change({"do": "goal", "minutes": minutes})
    except NotDone as error:
        raise _Refused(str(error)) from error


def _known(key: str) -> str:
    """The key, if there is such a setting. Raises _Refused."""
    if key not in SETTINGS:
        near = nearest_key(key)
        if near:
            raise _Refused(_("{key}: there is no such setting; did you mean {nearest}?", key=key, nearest=near))
        raise _Refused(_("{key}: there is no such setting; `sitbreak config show` lists them.", key=key))
    return key


def _plain(settings: Settings) -> dict[str, object]:
    return {key: known.kind.plain(settings.get(key)) for key, known in SETTINGS.items()}


def _tell(problems: tuple[Problem, ...]) -> int:
    for each in problems:
        say(each, to=sys.stderr)
    return WRONG if problems else 0


def _print_json(answer: Mapping[str, object]) -> None:
    say_json(answer)

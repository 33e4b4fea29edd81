"""`sitbreak config`: show, check and change the settings."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sitbreak.adapters import autostart
from sitbreak.adapters.movement_catalogue import load_catalogue
from sitbreak.cli import with_verbs
from sitbreak.cli.client import change, settings_written
from sitbreak.cli.output import complain, say, say_json
from sitbreak.core.text import NotDone
from sitbreak.language import _, named, paragraph
from sitbreak.ports import Env
from sitbreak.settings.document import own_text, toml_text, toml_value
from sitbreak.settings.edit import reset_key, set_keys
from sitbreak.settings.files import write_atomically
from sitbreak.settings.kinds import FROM_NEXT_START, NotAllowed
from sitbreak.settings.load import Loaded, Problem, load, nearest_key, not_allowed
from sitbreak.settings.model import GOAL, SETTINGS, Settings
from sitbreak.settings.paths import find_paths, make_folder
from sitbreak.settings.written_values import words_of

WRONG = 2


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to the program's parser."""
    verb = with_verbs(subparsers.add_parser("config"), _show)
    verb("show", _show, _("every setting and its value (the default)"))
    verb("path", _path, _("where the settings file is"))
    verb("edit", _edit, _("open the settings file in your editor, and check it after"))
    verb("check", _check, _("say everything that is wrong with the settings file"))
    verb("default", _default, _("a settings file with every default, explained"))
    get = verb("get", _get, _("one value"))
    several = verb("set", _set, _("change values; lists with commas between"))
    reset = verb("reset", _reset, _("back to the default"))
    get.add_argument("key", metavar=_("KEY"), help=_("such as prompt.earliest_minutes"))
    reset.add_argument("key", metavar=_("KEY"))
    several.add_argument("pairs", nargs="+", metavar=_("KEY VALUE"), help=_("several pairs are changed together"))


def _show(args: argparse.Namespace) -> int:
    loaded = load(find_paths().config_file)
    if args.json:
        say_json(_plain(loaded.settings))
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


def _path(args: argparse.Namespace) -> int:
    file = find_paths().config_file
    if args.json:
        say_json({"path": str(file), "exists": file.is_file()})
    else:
        say(file)
    return 0


def _edit(args: argparse.Namespace) -> int:
    """The file, with every default explained where there is none yet, in $VISUAL or $EDITOR; then it is checked."""
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    editor = words_of(wanted) if wanted else [found] if (found := _an_editor()) else []
    file = find_paths().config_file
    if not editor or shutil.which(editor[0]) is None:
        raise NotDone(
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
        raise NotDone(_("{editor} ended with {done}; the file is as it left it.", editor=editor[0], done=done))
    settings_written()
    return _check(args)


def _an_editor() -> str | None:
    return next(filter(None, map(shutil.which, ("sensible-editor", "nano", "vi", "notepad"))), None)


def _check(args: argparse.Namespace) -> int:
    paths = find_paths()
    loaded = load(paths.config_file)
    problems = (*loaded.problems, *_movement_problems(loaded, paths.movements_dir))
    if args.json:
        found = [{"key": each.key, "sentence": each.sentence} for each in problems]
        say_json({"path": str(paths.config_file), "ok": not problems, "problems": found})
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
            try:
                catalogue.known(name)
            except NotDone as refused:
                found.append(Problem(key, named(key, refused)))
    return found


def _default(args: argparse.Namespace) -> int:
    if args.json:
        say_json({key: known.default_plain for key, known in SETTINGS.items()})
    else:
        sys.stdout.write(toml_text())
    return 0


def _get(args: argparse.Namespace) -> int:
    key = _known(args.key)
    loaded = load(find_paths().config_file)
    raw = _plain(loaded.settings)[key]
    if args.json:
        say_json({key: raw})
    else:
        say(toml_value(raw))
    return _tell(loaded.problems)


def _set(args: argparse.Namespace) -> int:
    if len(args.pairs) % 2:
        raise NotDone(_("The value for {pairs} is missing: say sitbreak config set KEY VALUE.", pairs=args.pairs[-1]))
    values: dict[str, object] = {}
    for key, text in zip(args.pairs[::2], args.pairs[1::2], strict=True):
        known = SETTINGS[_known(key)]
        try:
            values[key] = known.kind.parse(text)
        except NotAllowed:
            raise NotDone(not_allowed(known, text)) from None
    file = find_paths().config_file
    make_folder(file.parent)
    return _changed(args, set_keys(file, values), list(values))


def _reset(args: argparse.Namespace) -> int:
    key = _known(args.key)
    return _changed(args, reset_key(find_paths().config_file, key), [key])


def _changed(args: argparse.Namespace, settings: Settings, keys: list[str]) -> int:
    settings_written()
    if "general.autostart" in keys:
        autostart.put(Env(sys.platform, dict(os.environ)), settings.general.autostart)
    if GOAL in keys and find_paths().history_file.exists():  # there is one goal, wherever it is chosen
        change({"do": "goal", "minutes": settings.day.goal_minutes})
    plain = _plain(settings)
    if args.json:
        say_json({key: plain[key] for key in keys})
    for key in [] if args.json else keys:
        known = SETTINGS[key]
        later = _(FROM_NEXT_START) if known.from_next_start else ""
        value, default = toml_value(plain[key]), toml_value(known.default_plain)
        say(paragraph(_("{key} is {value} (default {default}).", key=key, value=value, default=default), later))
    return 0


def _known(key: str) -> str:
    """The key, if there is such a setting. Raises NotDone."""
    if key not in SETTINGS:
        near = nearest_key(key)
        if near:
            raise NotDone(_("{key}: there is no such setting; did you mean {nearest}?", key=key, nearest=near))
        raise NotDone(_("{key}: there is no such setting; `sitbreak config show` lists them.", key=key))
    return key


def _plain(settings: Settings) -> dict[str, object]:
    return {key: known.kind.plain(settings.get(key)) for key, known in SETTINGS.items()}


def _tell(problems: tuple[Problem, ...]) -> int:
    for each in problems:
        complain(each)
    return WRONG if problems else 0

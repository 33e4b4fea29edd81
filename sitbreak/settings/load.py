"""From a TOML file to Settings: every problem at once, and the good settings kept beside the bad ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sitbreak.core.frozen import frozen
from sitbreak.core.text import nearest
from sitbreak.language import _
from sitbreak.settings.kinds import NotAllowed, Setting
from sitbreak.settings.model import SECTIONS, SETTINGS, Settings, attribute
from sitbreak.settings.toml import Unreadable, read_toml

# Looking for the nearest name takes about 14 ms; a file with more slips than this was not written by hand.
HINTED = 20
TOLD = 50


@frozen
class Problem:
    """What is wrong with one key, or with the whole file (`key` empty); `sentence` is for people."""

    key: str
    sentence: str

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence


@frozen
class Loaded:
    """Usable settings, what was wrong, and the file they came from."""

    settings: Settings
    problems: tuple[Problem, ...] = ()
    path: Path | None = None

    @property
    def nothing_chosen(self) -> bool:
        """Whether all is as it comes, but perhaps the goal, which may be said before the first start."""
        plain = Settings()
        goal = replace(plain.day, goal_minutes=self.settings.day.goal_minutes)
        return not self.problems and self.settings == replace(plain, day=goal)


def load(path: Path, fallback: Settings | None = None) -> Loaded:
    """The settings of a file; a missing file means the defaults.

    A bad value is replaced by the one in `fallback` (the last good settings; else the defaults), and so are all of them
    when the file as a whole cannot be read. Nothing is raised.
    """
    spare = Settings() if fallback is None else fallback
    try:
        tables = read_toml(path)
    except FileNotFoundError:
        return Loaded(Settings(), path=path)
    except Unreadable as error:
        return Loaded(spare, (Problem("", str(error)),), path)
    settings, problems = apply_values(Settings(), flat(tables), spare)
    return Loaded(settings, tuple(_few([*_misplaced(tables), *problems])), path)


def apply(settings: Settings, overrides: Mapping[str, object]) -> Loaded:
    """The settings with some keys changed, such as {"prompt.earliest_minutes": 30}; bad ones are left as they were."""
    changed, problems = apply_values(settings, overrides, settings)
    return Loaded(changed, tuple(problems))


def apply_values(
    settings: Settings, values: Mapping[str, object], spare: Settings, together: bool = True
) -> tuple[Settings, list[Problem]]:
    """`settings` with `values` put in; for a bad one the value of `spare` is taken and the problem told.

    `together`: whether settings that contradict each other are problems too.
    """
    problems: list[Problem] = []
    for key, raw in values.items():
        known = SETTINGS.get(key)
        if known is None:
            problems.append(Problem(key, _unknown(key, hinted=len(problems) < HINTED)))
            continue
        try:
            settings = put(settings, known, known.kind.read(raw))
        except NotAllowed:
            problems.append(Problem(key, not_allowed(known, raw)))
            settings = put(settings, known, spare.get(key))
    for keys, sentence in contradictions(settings) if together else []:
        problems.append(Problem(keys[0], sentence))
        for key in keys:
            settings = put(settings, SETTINGS[key], spare.get(key))
    return settings, problems


def put(settings: Settings, known: Setting, value: object) -> Settings:
    """The settings with one checked value changed."""
    name = attribute(known.section)
    table = replace(getattr(settings, name), **{known.name: value})
    return replace(settings, **{name: table})


def not_allowed(known: Setting, raw: object) -> str:
    """The sentence for a value that is not allowed."""
    default = shown(known.default_plain)
    return _(
        "{key}: value {raw} is not allowed; allowed: {allowed} (default {default}).",
        key=known.key,
        raw=shown(raw),
        allowed=known.kind.allowed,
        default=default,
    )


def shown(raw: object, limit: int | None = 60) -> str:
    """A value as it stands in the file, cut short when it has more characters than `limit`."""
    text = json.dumps(raw, default=str, ensure_ascii=False)
    return text if limit is None or len(text) <= limit else text[: limit - 3] + "..."


# The first of a pair may not be more than the second.
ORDERED = (
    ("prompt.earliest_minutes", "prompt.latest_minutes"),
    ("prompt.lull_at_latest_seconds", "prompt.lull_at_earliest_seconds"),
    ("break.minutes", "break.long_minutes"),
)
HOTKEYS = tuple(key for key in SETTINGS if key.startswith("hotkeys."))


def ordered_wrong(settings: Settings) -> tuple[str, str] | None:
    """The first pair of keys whose values are in the wrong order; None when all are right."""
    return next(((low, high) for low, high in ORDERED if _over(settings, low, high)), None)


def contradictions(settings: Settings) -> list[tuple[tuple[str, ...], str]]:
    """Settings that are good each but not together: the keys concerned and a sentence."""
    found: list[tuple[tuple[str, ...], str]] = [
        ((high, low), _order(settings, low, high)) for low, high in ORDERED if _over(settings, low, high)
    ]
    for key in HOTKEYS:
        twin = hotkey_twin(settings, key)
        if twin and HOTKEYS.index(twin) < HOTKEYS.index(key):
            taken = shown(settings.get(key))
            found.append(
                ((key,), _("{key}: {get} already belongs to {twins}; choose another.", key=key, get=taken, twins=twin))
            )
    return found


def hotkey_twin(settings: Settings, key: str) -> str:
    """The first other shortcut with the same keys as that of `key`; empty when there is none."""
    value = settings.get(key) if key in HOTKEYS else ""
    return next((other for other in HOTKEYS if value and other != key and settings.get(other) == value), "")


def _over(settings: Settings, low: str, high: str) -> bool:
    smaller, larger = settings.get(low), settings.get(high)
    return isinstance(smaller, float) and isinstance(larger, float) and smaller > larger


def _order(settings: Settings, low: str, high: str) -> str:
    smaller, larger = (shown(SETTINGS[key].kind.plain(settings.get(key))) for key in (low, high))
    default = shown(SETTINGS[high].default_plain)
    return _(
        "{high}: value {larger} is not allowed; allowed: not less than {low}, which is {smaller} (default {default}).",
        high=high,
        larger=larger,
        low=low,
        smaller=smaller,
        default=default,
    )


def flat(tables: Mapping[str, object]) -> dict[str, object]:
    """The values of known sections by full key."""
    return {
        f"{section}.{name}": raw
        for section, table in tables.items()
        if section in SECTIONS and isinstance(table, dict)
        for name, raw in table.items()
    }


def _misplaced(tables: Mapping[str, object]) -> list[Problem]:
    """Top-level keys that are not one of the tables."""
    found: list[Problem] = []
    for section, table in tables.items():
        if section not in SECTIONS:
            found.append(Problem(section, _unknown(section, hinted=len(found) < HINTED)))
        elif not isinstance(table, dict):
            sentence = _(
                "{section}: value {table} is not allowed; allowed: a table that begins with [{section}].",
                section=section,
                table=shown(table),
            )
            found.append(Problem(section, sentence))
    return found


def _few(problems: list[Problem]) -> list[Problem]:
    """The first problems, and how many there are beside them."""
    more = len(problems) - TOLD
    return problems if more <= 0 else [*problems[:TOLD], Problem("", _("And {more} more like these.", more=more))]


def _unknown(key: str, hinted: bool = True) -> str:
    """The sentence for an unknown key; `hinted`: with the known name nearest to it."""
    nearest = nearest_key(key) if hinted else None
    if nearest:
        return _("{key}: there is no such setting; did you mean {nearest}?", key=key, nearest=nearest)
    return _("{key}: there is no such setting; Settings shows all there are.", key=key)


def nearest_key(key: str) -> str | None:
    """The known key or section most like `key`, or None when nothing is."""
    names = [each.name for each in SETTINGS.values()]
    match = nearest(key, [*SETTINGS] if "." in key else [*SECTIONS, *names])
    match = match or nearest(key.rpartition(".")[2], names, likeness=0.75)
    if match is None:
        return None
    full = [each.key for each in SETTINGS.values() if each.name == match]
    return full[0] if full and match not in SECTIONS else match

"""What a person says of their devices: a name for this one, and which other one is to be forgotten everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from sitbreak.adapters.history import others
from sitbreak.adapters.history.others import Device
from sitbreak.core.text import one_line
from sitbreak.daemon.forget_requests import bad
from sitbreak.language import N_, _, comma_list, ngettext
from sitbreak.review import dates

LONGEST_NAME = 60
NOT_SHARED = N_(
    "Nothing is shared with other devices: `sitbreak config set sync.folder FOLDER` begins that, while sitbreak runs."
)


def answer(history: Path, request: Mapping[str, object]) -> dict[str, object]:
    """`verb`: name (this one) or forget (another one), with `name`; or list. Raises sqlite3.Error."""
    if request.get("verb") == "list":
        return {"devices": _listed(history)}
    name = request.get("name")
    if not isinstance(name, str) or not one_line(name) or not 0 < len(name.strip()) <= LONGEST_NAME:
        return bad(_("name: say a name of up to {most} characters.", most=LONGEST_NAME))
    verb, name = request.get("verb"), name.strip()
    if verb not in ("name", "forget"):
        return bad(_("verb: {verb!r} is not known; allowed: name, forget.", verb=verb))
    with others.opened(history) as connection:
        known = [each for each in others.devices(connection) if not each.forgotten]
        own = others.own_device(connection)
        if own is None:
            return {"error": _(NOT_SHARED)}
        if verb == "name":
            others.keep_device(connection, replace(own, name=name))
            return {"ok": _("This computer is called {name}.", name=name)}
        found = [each for each in known if name in (each.id, each.name) and not each.own]
        if len(found) != 1:
            return bad(_which(name, known, found))
        gone = others.forget_device(connection, found[0])
    records = ngettext("{count} record", "{count} records", gone)
    return {
        "ok": _(
            "{records} of {name} removed here. The shared folder and the other devices follow once they are reached.",
            records=records,
            name=found[0].name,
        ),
        "records": gone,
    }


def _listed(history: Path) -> list[dict[str, object]]:
    """Those that are not forgotten, this one first."""
    with others.opened(history) as connection:
        known = [each for each in others.devices(connection) if not each.forgotten]
        heard = [seen(*others.last_heard(connection, each)) for each in known]
    return [{"id": e.id, "name": e.name, "own": e.own, "told": h} for e, h in zip(known, heard, strict=True)]


def seen(last: str, days: int) -> str:
    """Which day a device told of last (ISO; empty: none), and of how many, in words."""
    if not last:
        return _("nothing told yet")
    day, told = dates.long_date(date.fromisoformat(last)), ngettext("{count} day", "{count} days", days)
    return _("last seen on {day}, {days}", day=day, days=told)


def _which(name: str, known: Sequence[Device], found: Sequence[Device]) -> str:
    if found:
        return _("{name} is the name of {count} devices: say its identity, one of {list}.", name=name, count=len(found),
                 list=", ".join(each.id for each in found))  # fmt: skip
    if any(each.own and name in (each.id, each.name) for each in known):
        return _(
            "{name} is this computer; `sitbreak forget --all` removes its records, here and on the others.", name=name
        )
    others_known = comma_list(each.name for each in known if not each.own)
    return _("{name} is none of your other devices ({list}).", name=name, list=others_known or _("there are none"))

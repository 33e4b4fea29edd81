"""A device's journal: JSON lines, each a record as `export` writes it, with a number that tells which one is later."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sitbreak.adapters.history.fact_fields import INSTANT, kind_of
from sitbreak.adapters.history.formats import HEADER, VERSION, BadLine, fields_of_line, from_fields
from sitbreak.core.frozen import frozen
from sitbreak.core.records import Fact, Quiet
from sitbreak.core.timeline import Instant
from sitbreak.language import _

MOST_NUMBER = 2**53
SAID = "said"  # the kind of a line that holds no record but a word of the person to that device, for a short while


@frozen
class JournalLine:
    """A record and its number, or what the person said (`fact` is None); `until` is the latest moment it tells of,
    None where it tells of days only.
    """

    number: int
    fact: Fact | None
    until: datetime | None
    said: Mapping[str, object] | None = None


def header(device: str) -> str:
    """The first line of each journal."""
    return json.dumps({"kind": HEADER, "version": VERSION, "device": device})


def header_of(text: str) -> str:
    """The device whose journal begins with this line; raises BadLine for anything else, or a newer version."""
    fields = fields_of_line(text)
    if isinstance(fields, BadLine) or fields.get("kind") != HEADER:
        raise BadLine(_("it does not begin as a journal does"))
    if fields.get("version") != str(VERSION):
        raise BadLine(
            _(
                "it is of version {get}, and only version {version} is known here",
                get=fields.get("version"),
                version=VERSION,
            )
        )
    return str(fields.get("device"))


def line(number: int, fields: Mapping[str, object]) -> str:
    """A record as a line, without its end."""
    return json.dumps({"n": number, **fields}, ensure_ascii=False, separators=(",", ":"))


def read_line(text: str) -> JournalLine:
    """The record in a line; raises BadLine, which says why for people."""
    fields = fields_of_line(text)
    if isinstance(fields, BadLine):
        raise fields
    number = str(fields.get("n"))
    if not (number.isascii() and number.isdigit() and len(number) < 17 and int(number) < MOST_NUMBER):
        raise BadLine(_("it has no number"))
    if fields.get("kind") == SAID:
        return JournalLine(int(number), None, _moment(fields.get("at")), json.loads(text))
    fact = from_fields(fields)
    return JournalLine(int(number), fact, _until(fact))


def _moment(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        raise BadLine(_("{name} makes no sense ({error})", name="at", error=repr(text))) from None
    if found.tzinfo is None:
        raise BadLine(_("{name} makes no sense ({error})", name="at", error=repr(text)))
    return found


def _until(fact: Fact) -> datetime | None:
    moments: list[Instant | None] = [getattr(fact, c.name) for c in kind_of(fact).columns if c.form is INSTANT]
    length = fact.length if isinstance(fact, Quiet) else timedelta(0)
    return max((each.utc + length for each in moments if each is not None), default=None)

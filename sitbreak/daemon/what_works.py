"""What works on this desktop and what does not, for the help window: the findings of `doctor` without its details."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sitbreak.daemon.inventory import NOT_NEEDED, PARTS, Port, read
from sitbreak.language import _, begun, named, paragraph, sentence


def text(first_line: str, backends: object) -> str:
    """The paragraphs, of what `doctor` is told of a program at work; items begin with "- "."""
    found = backends if isinstance(backends, Mapping) else {}
    ports = [port for port in read(found.get("ports", ())) if port.name in PARTS]
    works = [_line(port, _limits(port)[:1]) for port in ports if _works(port)]
    without = [_line(port, reasons) for port in ports if not _works(port) and (reasons := _reasons(port))]
    lines = [first_line, _("What works here:"), *works]
    return "\n".join([*lines, *([_("What does not, and why:"), *without] if without else [])])


def _works(port: Port) -> bool:
    """Whether something does it that has no trouble at the moment; a trouble begins with its name."""
    return bool(set(port.used) - {limit.partition(": ")[0] for limit in port.limits})


def _line(port: Port, told: Iterable[str]) -> str:
    """A part and what there is to say of it, as an item."""
    name, rest = begun(port.title), paragraph(*map(sentence, told))
    line = sentence(named(name, rest) if rest else name)
    return f"- {line}"


def _limits(port: Port) -> list[str]:
    """Its limits, those of one backend without the name of that and without the number of an error."""
    names = "|".join(map(re.escape, port.used))
    return [re.sub(rf"^({names}): |\[Errno \d+\] ", "", limit) for limit in port.limits]


def _reasons(port: Port) -> list[str]:
    """Why nothing does it, without what is for other systems; what was switched off is a limit."""
    own = [each.reason for each in port.others if not each.foreign and each.reason != NOT_NEEDED]
    return list(dict.fromkeys([*_limits(port), *own]))

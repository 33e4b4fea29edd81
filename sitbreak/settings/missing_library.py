"""What brings a library that is not here, for the way this sitbreak was installed."""

from __future__ import annotations

import sys

from sitbreak.language import _
from sitbreak.settings.start_command import FROZEN


def how_to_get(distribution: str) -> str:
    """A sentence; the versions are those of our own package. It names no package of ours: there is none at an index."""
    if FROZEN:
        return _("It belongs to this sitbreak; please install sitbreak again.")
    import importlib.metadata  # with what it needs of the standard library 1 MB, so only for this sentence

    try:
        needs = importlib.metadata.requires("sitbreak") or []
    except importlib.metadata.PackageNotFoundError:
        needs = []
    wanted = next((need.partition(";")[0].strip() for need in needs if need.startswith(distribution)), distribution)
    return _('Run `{executable} -m pip install "{wanted}"`.', executable=sys.executable, wanted=wanted)

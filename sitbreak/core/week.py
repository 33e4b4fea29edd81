"""Figures of several days together: how broken-up the sitting was (spec 1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sitbreak.core.accounting import DaySummary
from sitbreak.core.bouts import PROLONGED, VERY_LONG, as_minutes, at_least, total, w50
from sitbreak.core.draws import Drawn


@dataclass(frozen=True, slots=True)
class Broken:
    """How broken-up the sitting of some days was. Minutes; shares 0 to 1; None where there was no sitting."""

    days: int
    seated: float  # minutes in stretches begun on these days
    share30: float | None  # share of sitting in stretches of 30 min or more
    share60: float | None
    w50: float | None  # usual bout duration
    longest: float | None
    breaks: int  # visible breaks
    breaks_per_hour: float | None  # per seated hour


def broken(summaries: Iterable[DaySummary], drawn: Drawn | None = None) -> Broken:
    """How broken-up the sitting of these days was; `drawn`: by the estimate, which knows of silent gaps (8.4)."""
    found = list(summaries)
    lengths = [length for summary in found for length in summary.lengths]
    whole = total(lengths)
    breaks = sum(summary.breaks_seen for summary in found)
    usual = w50(lengths)
    if drawn is None and whole and usual is not None:
        share30, share60 = (total(at_least(lengths, least)) / whole for least in (PROLONGED, VERY_LONG))
        drawn = Drawn(share30, share60, as_minutes(usual))
    return Broken(
        days=len(found),
        seated=as_minutes(whole),
        share30=None if drawn is None else drawn.share30,
        share60=None if drawn is None else drawn.share60,
        w50=None if drawn is None else drawn.w50,
        longest=as_minutes(max(lengths)) if lengths else None,
        breaks=breaks,
        breaks_per_hour=breaks / (whole / timedelta(hours=1)) if whole else None,
    )

"""The report: one HTML file with nothing to fetch and nothing to run, for the screen and for paper."""

from __future__ import annotations

import base64
import hashlib
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sitbreak.review import charts, several, words
from sitbreak.review.build import Review
from sitbreak.review.meaning import MEANING
from sitbreak.review.strip import StripLook

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = "pages"


class Scope(StrEnum):
    """How much a report covers; the larger parts follow the smaller ones on the same page."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


def render(review: Review, scope: Scope = Scope.DAY) -> str:
    """The report as a self-contained HTML document."""
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = _environment().get_template("report.j2")
    return page.render(
        review=review,
        day=review.day,
        week=review.week,
        month=review.month,
        scope=scope.value,
        style=style,
        digest=digest,
        meaning=MEANING,
        looks={look.name.lower(): look for look in StripLook},
        reduction=several.reduction_words(review.month),
    )


def _style() -> str:
    return (files("sitbreak.review") / FOLDER / "report.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("sitbreak.review", FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(words=words, charts=charts)
    found.filters["pc"] = _per_cent
    found.filters["px"] = _pixels
    return found


def _per_cent(value: float) -> str:
    """A position such as "12.345%"."""
    return f"{value:.3f}%"


def _pixels(value: float) -> str:
    """A length in the drawing, to the tenth."""
    return f"{value:.1f}"

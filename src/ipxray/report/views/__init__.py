"""The view models: each function reads an assessment folder and gives one section of a page as plain values.

A function returns None where the folder has not the tables it needs. `sections` gives all of them in reading order.
"""

from __future__ import annotations

from collections.abc import Callable

from ipxray.report.reading import Reading
from ipxray.report.sections import Section
from ipxray.report.views.geography import world
from ipxray.report.views.intervals import intervals, ranking
from ipxray.report.views.overview import headline

__all__ = ["VIEWS", "headline", "intervals", "ranking", "sections", "world"]

VIEWS: tuple[Callable[[Reading], Section | None], ...] = (headline, ranking, world, intervals)
"""Every view, in the order in which a reader meets them."""


def sections(reading: Reading) -> list[Section]:
    """Every section that this folder has tables for."""
    return [section for view in VIEWS if (section := view(reading)) is not None]

"""The view models: each function reads an assessment folder and gives one section of a page as plain values.

A function returns None where the folder has not the tables it needs. `sections` gives all of them in reading order.
"""

from __future__ import annotations

from collections.abc import Callable

from ipxray.report.reading import Reading
from ipxray.report.sections import Section
from ipxray.report.views.carriers import carriers
from ipxray.report.views.context import context
from ipxray.report.views.evidence import evidence
from ipxray.report.views.findings import findings
from ipxray.report.views.flows import flows
from ipxray.report.views.geography import world
from ipxray.report.views.intervals import intervals, ranking
from ipxray.report.views.linking import linked
from ipxray.report.views.method import method
from ipxray.report.views.overview import headline
from ipxray.report.views.pairs import pair_data, pairs
from ipxray.report.views.policy import optimised, policy
from ipxray.report.views.unknown import unknown
from ipxray.report.views.vendors import vendors

__all__ = [
    "VIEWS",
    "carriers",
    "context",
    "evidence",
    "findings",
    "flows",
    "headline",
    "intervals",
    "linked",
    "method",
    "optimised",
    "pair_data",
    "pairs",
    "policy",
    "ranking",
    "sections",
    "unknown",
    "vendors",
    "world",
]

VIEWS: tuple[Callable[[Reading], Section | None], ...] = (
    headline, findings, policy, optimised, ranking, world, intervals, flows, carriers, pairs, vendors, unknown, context,
    method, evidence,
)  # fmt: skip
"""Every view, in the order in which a reader meets them."""


def sections(reading: Reading) -> list[Section]:
    """Every section that this folder has tables for; links within the page lead somewhere or are plain text."""
    return linked([section for view in VIEWS if (section := view(reading)) is not None])

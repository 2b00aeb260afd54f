"""Policy results: what a scenario changes, costs and breaks, as its tables say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow
from ipxray.dashboard.filters import Chosen
from ipxray.dashboard.page import Listing, Page, Query, Shown, listed
from ipxray.dashboard.pictures import sections_of
from ipxray.dashboard.taming import quoted
from ipxray.tables import Column

router = APIRouter(tags=["policy"])

PREFIXES = ("scenario", "optimis", "frontier", "carrier_cover")
"""How the tables of the policy room begin."""
_FIRST = ("scenario_summary", "scenarios", "optimised_changes")
_ROWS = 50


@twins(router, "/a/{version}/policy")
def policy(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """The results of the policy runs in this folder: before, after, and what it takes."""
    names = policy_tables(here)
    parts = {name: _preview(here, name) for name in names}
    head = next((name for name in _FIRST if name in parts), names[0] if names else "")
    main = listed(here.store, _whole(here, head), chosen) if head else listed(here.store, Query.of((), ()), chosen)
    parts.pop(head, None)
    return Page(
        "policy",
        "Policy",
        main,
        summary={"tables": names},
        parts=parts,
        chosen=chosen,
        template="policy.html",
        beside={"sections": [one for one in sections_of(here.store) if one.id in ("policy", "optimised")]},
        note="" if names else "This folder holds no policy run; `ipxray simulate` and `ipxray optimise` write one.",
    )


def policy_tables(here: Here) -> list[str]:
    """The tables of the folder that a policy run wrote, by name."""
    return sorted(name for name in here.assessment.tables if name.startswith(PREFIXES))


def _preview(here: Here, name: str) -> Listing:
    return listed(here.store, _whole(here, name), limit=_ROWS)


def _whole(here: Here, name: str) -> Query:
    columns = here.store.columns(name)
    order = ", ".join(quoted(column.name) for column in columns) or "1"
    return Query(f"select * from {quoted(name)}", tuple(map(_shown, columns)), order, (name,))


def _shown(column: Column) -> Shown:
    kinds = {"DOUBLE": "number", "BIGINT": "count", "BOOLEAN": "yes"}
    links = {"tadig": "operators", "partner": "operators", "carrier": "carriers", "country": "countries"}
    link = links.get(column.name, "")
    kind = "code" if link else kinds.get(column.sql_type, "text")
    return Shown(column.name, column.name.replace("_", " "), kind, link, column.doc)

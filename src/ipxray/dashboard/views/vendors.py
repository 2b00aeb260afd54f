"""Equipment vendors: whose nodes stand where."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.page import Page, Query, Shown, listed

router = APIRouter(tags=["vendors"])


@twins(router, "/a/{version}/vendors")
def vendors(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Equipment vendors by class of node, most nodes first."""
    main = listed(here.store, _vendors(here, chosen), chosen)
    return Page(
        "vendors",
        "Equipment vendors",
        main,
        summary={"rows": main.total},
        filters=("country", "group", "text"),
        chosen=chosen,
        note="Out of the lists of network nodes in the documents: what no document names is not here.",
    )


def _vendors(here: Here, chosen: Chosen) -> Query:
    where = Where()
    here.narrow_country(where, chosen, "o.country")
    if chosen.text:
        where.add(
            "contains(lower(coalesce(v.vendor_id, '') || ' ' || coalesce(v.vendor_text, '')), lower(?))", chosen.text
        )
    # a vendor with several controllers has a row for each, so its nodes are counted once a network
    sql = f"""
        with once as (
            select v.tadig, v.node_class, v.vendor_id, v.vendor_text, max(v.nodes) as nodes,
                   list_sort(list(distinct v.controller) filter (v.controller is not null)) as controllers, o.country
            from vendors v left join operators o on o.tadig = v.tadig{where.sql} group by all
        ),
        totals as (select node_class, sum(nodes) as nodes from once group by node_class)
        select coalesce(vendor_id, vendor_text, 'not said') as vendor, once.node_class,
               sum(once.nodes)::bigint as nodes,
               sum(once.nodes) / max(totals.nodes) as share, count(distinct tadig) as operators,
               count(distinct country) as countries,
               list_sort(list_distinct(flatten(list(coalesce(controllers, []))))) as controllers,
               list_sort(list_distinct(list(vendor_text) filter (vendor_text is not null)))[1:5] as written
        from once join totals using (node_class) group by 1, 2
    """
    return Query(
        sql,
        (
            Shown("vendor", "vendor", "code"),
            Shown("node_class", "nodes of class"),
            Shown("nodes", "nodes", "count"),
            Shown("share", "of all of that class", "share"),
            Shown("operators", "operators", "count"),
            Shown("countries", "countries", "count"),
            Shown("controllers", "state behind it", "list"),
            Shown("written", "as written", "list"),
        ),
        "nodes desc, vendor, node_class",
        ("vendors", *OPERATORS),
        tuple(where.values),
    )

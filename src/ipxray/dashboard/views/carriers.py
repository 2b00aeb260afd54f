"""Carriers: who uses them, how much crosses them, whose they are and why one says so."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.lens import Lens, lens_of
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import SLUG, unslug

router = APIRouter(tags=["carriers"])

_CARRIERS = """
    with declared as (
        select l.node, max(l.carrier_id) as carrier_id, list_distinct(flatten(list(l.candidates))) as candidates,
               count(distinct l.tadig) as operators, count(distinct o.country) as countries,
               list_sort(list(distinct l.service)) as services
        from links l left join operators o on o.tadig = l.tadig{where} group by l.node
    ),
    held as (
        select carrier_id, list_sort(list(distinct controller) filter (point > 0)) as controllers,
               max(low) filter (controller = ?) as low, max(point) filter (controller = ?) as point,
               max(high) filter (controller = ?) as high
        from control where rule = ? group by carrier_id
    )
    select d.node as carrier, k.name, k.seat, s.share, d.operators, d.countries,
           s.exclusive_cone as only_carrier_of, d.services, coalesce(h.controllers, []) as controllers,
           case when h.low > 0 then 'yes' when h.point > 0 then 'likely' when h.high > 0 then 'possible'
                when d.carrier_id is null and (len(d.candidates) = 0 or exists(
                    select 1 from control c where list_contains(d.candidates, c.carrier_id)
                    and c.controller = ? and c.rule = ? and c.high > 0)) then 'possible'
                else 'no' end as controlled
    from declared d left join held h on h.carrier_id = d.carrier_id left join carriers k on k.id = d.carrier_id
    left join (select id, share, exclusive_cone from dominance where kind = 'carrier' and service = ?) s
    on s.id = d.node{after}
"""


@twins(router, "/a/{version}/carriers")
def carriers(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every declared carrier and every name that leads to none, the one that most messages cross first."""
    main = listed(here.store, _carriers(here, chosen), chosen)
    return Page(
        "carriers",
        "Carriers",
        main,
        summary={**_lens(here, chosen)._asdict(), "carriers": main.total},
        filters=("country", "group", "controller", "rule", "service", "text"),
        chosen=chosen,
        figures=("flows",),
    )


def _lens(here: Here, chosen: Chosen) -> Lens:
    lens = lens_of(here.store, chosen)
    return lens if lens.rule else lens._replace(rule="majority_50")


def _carriers(here: Here, chosen: Chosen) -> Query:
    lens = _lens(here, chosen)
    where = Where()
    where.add("not l.pending")
    if chosen.service and chosen.service != "all":
        where.add("l.service = ?", chosen.service)
    here.narrow_country(where, chosen, "o.country")
    after = Where()
    if chosen.text:
        after.add("contains(lower(d.node || ' ' || coalesce(k.name, '')), lower(?))", chosen.text)
    return Query(
        _CARRIERS.format(where=where.sql, after=after.sql),
        (
            Shown("carrier", "carrier", "code", "carriers", "carrier id; ambiguous: or unknown: and the name"),
            Shown("name", "name"),
            Shown("seat", "seat", "code", "countries"),
            Shown("share", "share of messages", "share", doc="expected share of messages that cross it"),
            Shown("operators", "operators", "count"),
            Shown("countries", "countries", "count"),
            Shown("only_carrier_of", "only carrier of", "count"),
            Shown("services", "services", "list"),
            Shown("controllers", "controlled from", "list", doc=f"under the rule {lens.rule}"),
            Shown("controlled", f"{lens.controller or 'controller'}'s"),
        ),
        "share desc nulls last, operators desc, carrier",
        ("links", "control", "carriers", "dominance", *OPERATORS),
        (
            *where.values, *[lens.controller] * 3, lens.rule, lens.controller, lens.rule, lens.service, *after.values,
        ),
    )  # fmt: skip


@twins(router, "/a/{version}/carriers/{carrier}")
def carrier(here: HereNow, carrier: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One carrier, or one name that leads to none: who declares it, whose it is, how much crosses it."""
    node = unslug(carrier)
    found = here.store.ask(
        "select (select count(*) from links where node = ?) + (select count(*) from carriers where id = ?) "
        "+ (select count(*) from control where carrier_id = ?) as known",
        (node, node, node),
        tables=("links", "carriers", "control"),
    )
    if not found[0]["known"]:
        raise NotFound(f"no carrier {node[:60]!r} in this assessment", hint="the list of carriers has them all")
    known = here.store.ask("select * from carriers where id = ?", (node,), tables=("carriers",))
    return Page(
        "carrier",
        known[0]["name"] or node if known else node,
        listed(here.store, _declared_by(here, node, chosen), chosen),
        summary={"carrier": node, **(known[0] if known else {})},
        filters=("country", "group", "service"),
        chosen=chosen,
        parts={
            "control": listed(here.store, _control(node)),
            "share_by_service": listed(here.store, _dominance(node)),
            "may_be": listed(here.store, _candidates(node)),
            "findings": listed(here.store, _findings(node), limit=100),
        },
    )


def _declared_by(here: Here, node: str, chosen: Chosen) -> Query:
    where = Where()
    where.add("l.node = ?", node)
    if chosen.service and chosen.service != "all":
        where.add("l.service = ?", chosen.service)
    here.narrow_country(where, chosen, "o.country")
    return Query(
        "select l.tadig, o.country, o.organisation, l.service, l.carrier_name, l.role, l.share_point as share, "
        "l.share_low, l.share_high, l.confirmed_by, l.inferred, l.pending, l.fresh_days, l.sources "
        f"from links l left join operators o on o.tadig = l.tadig{where.sql}",
        (
            Shown("tadig", "operator", "code", "operators"),
            Shown("country", "country", "code", "countries"),
            Shown("organisation", "organisation"),
            Shown("service", "service"),
            Shown("carrier_name", "as declared"),
            Shown("role", "role"),
            Shown("share", "share of its messages", "level"),
            Shown("confirmed_by", "confirmed by", "list"),
            Shown("pending", "not yet in force", "yes"),
            Shown("sources", "evidence", "path"),
        ),
        "tadig, service, carrier_name, role",
        ("links", *OPERATORS),
        tuple(where.values),
    )


def _control(node: str) -> Query:
    return Query(
        "select controller, rule, low, point, high, reason, source from control where carrier_id = ?",
        (
            Shown("controller", "controller", "code"),
            Shown("rule", "rule"),
            Shown("low", "certain", "yes"),
            Shown("point", "likely", "yes"),
            Shown("high", "possible", "yes"),
            Shown("reason", "why", "prose"),
            Shown("source", "sources", "list"),
        ),
        "controller, rule",
        ("control",),
        (node,),
    )


def _dominance(node: str) -> Query:
    return Query(
        "select service, share, cone, exclusive_cone from dominance where kind = 'carrier' and id = ?",
        (
            Shown("service", "service"),
            Shown("share", "share of messages", "share"),
            Shown("cone", "operators", "count"),
            Shown("exclusive_cone", "only carrier of", "count"),
        ),
        "service",
        ("dominance",),
        (node,),
    )


def _candidates(node: str) -> Query:
    return Query(
        "select c as carrier, max(k.name) as name, max(k.seat) as seat from links, unnest(candidates) as t(c) "
        "left join carriers k on k.id = c where node = ? and carrier_id is null group by c",
        (
            Shown("carrier", "carrier", "code", "carriers"),
            Shown("name", "name"),
            Shown("seat", "seat", "code", "countries"),
        ),
        "carrier",
        ("links", "carriers"),
        (node,),
    )


def _findings(node: str) -> Query:
    return Query(
        "select finding_id, severity, title, source_network, last_at from findings "
        "where list_contains(observed_route, ?) or list_contains(declared_route, ?)",
        (
            Shown("finding_id", "finding", "code", "findings"),
            Shown("severity", "severity", "severity"),
            Shown("title", "what"),
            Shown("source_network", "from", "code", "operators"),
            Shown("last_at", "last seen (UTC)", "at"),
        ),
        "last_at desc nulls last, finding_id",
        ("findings",),
        (node, node),
    )

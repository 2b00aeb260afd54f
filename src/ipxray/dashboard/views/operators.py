"""Operators: who they are, who carries them, what could be read of their subscribers abroad."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.lens import Lens, class_columns, figures, lens_of
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import SLUG, unslug

router = APIRouter(tags=["operators"])


@twins(router, "/a/{version}/operators")
def operators(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every network, most exposed first."""
    main = listed(here.store, operators_query(here, chosen), chosen)
    lens = lens_of(here.store, chosen)
    return Page(
        "operators",
        "Operators",
        main,
        summary={**lens._asdict(), "operators": main.total},
        filters=("country", "group", "controller", "rule", "service", "data_class", "threat", "text"),
        chosen=chosen,
    )


def operators_query(here: Here, chosen: Chosen) -> Query:
    """The networks that are chosen, with their figures."""
    lens = lens_of(here.store, chosen)
    measured, values = figures("operator", lens)
    where = Where()
    here.narrow_country(where, chosen, "n.country")
    if chosen.text:
        where.add("contains(lower(n.tadig || ' ' || n.organisation), lower(?))", chosen.text)
    sql = (
        "select n.tadig, n.country, n.organisation, f.* exclude (subject), "
        "case when t.touched then 'yes' when t.touched_high then 'possible' when t.tadig is not null then 'no' end "
        "as inject, n.carriers, n.document_created "
        f"from operators n left join ({measured}) f on f.subject = n.tadig "
        "left join touch t on t.tadig = n.tadig and t.controller = ? and t.rule = ?"
        f"{where.sql}"
    )
    first = chosen.data_class or "credential"
    classes = class_columns(chosen)
    return Query(
        sql,
        (
            Shown("tadig", "operator", "code", "operators", "TADIG code (GSMA TD.13)"),
            Shown("country", "country", "code", "countries"),
            Shown("organisation", "organisation"),
            *classes,
            Shown("inject", "inject", doc="declares a carrier of the controller, whatever its role"),
            Shown("carriers", "carriers", "count", doc="different carriers declared"),
            Shown("grade", "grade", doc="A to D: how well the figure is founded"),
            Shown("document_created", "declared"),
        ),
        f"{first if first in {each.name for each in classes} else 'credential'} desc nulls last, tadig",
        ("exposure", "touch", *OPERATORS),
        (*values, lens.controller, lens.rule, *where.values),
    )


@twins(router, "/a/{version}/operators/{operator}")
def operator(here: HereNow, operator: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One network: its carriers, what could be read, altered and injected, and what is odd about its documents."""
    tadig = unslug(operator)
    found = here.store.ask("select * from operators where tadig = ?", (tadig,), tables=OPERATORS)
    if not found:
        raise NotFound(f"no network {tadig[:20]!r} in this assessment", hint="the list of operators has them all")
    lens = lens_of(here.store, chosen)
    return Page(
        "operator",
        f"{tadig} {found[0]['organisation'] or ''}".strip(),
        listed(here.store, _links(tadig, lens)),
        summary={**found[0], **lens._asdict()},
        filters=("controller", "rule"),
        chosen=chosen,
        parts={
            "exposure": listed(here.store, _exposure(tadig, lens.controller, lens.rule)),
            "vendors": listed(here.store, _vendors(tadig)),
            "unresolved": listed(here.store, _unresolved(tadig)),
            "declarations": listed(here.store, _declarations(tadig)),
            "numbering": listed(here.store, _numbering(tadig), limit=200),
            "problems": listed(here.store, _problems(tadig)),
        },
    )


def _links(tadig: str, lens: Lens) -> Query:
    return Query(
        "select l.service, l.carrier_name, l.node, l.candidates, l.role, l.share_point as share, l.share_low, "
        "l.share_high, exists(select 1 from control c where c.carrier_id = l.carrier_id and c.controller = ? "
        "and c.rule = ? and c.point > 0) as controlled, l.confirmed_by, l.pending, l.inferred, l.fresh_days, l.sources "
        "from links l where l.tadig = ?",
        (
            Shown("service", "service"),
            Shown("carrier_name", "as declared"),
            Shown("node", "carrier", "code", "carriers"),
            Shown("role", "role"),
            Shown("share", "share", "level"),
            Shown("controlled", f"{lens.controller}'s" if lens.controller else "controlled", "yes"),
            Shown("confirmed_by", "confirmed by", "list"),
            Shown("sources", "evidence", "path"),
        ),
        "service, share desc, carrier_name, node",
        ("links", "control"),
        (lens.controller, lens.rule, tadig),
    )


def _exposure(tadig: str, controller: str, rule: str) -> Query:
    return Query(
        "select perspective, service, data_class, threat, direction, forced, low, expected, high, possible, "
        "ignorance_routing, ignorance_missing, ignorance_control, ignorance_name, grade from exposure "
        "where subject_kind = 'operator' and counterpart = 'all' and direction = 'both' and subject = ? "
        "and controller = ? and rule = ?",
        (
            Shown("perspective", "whose subscribers"),
            Shown("service", "service"),
            Shown("data_class", "data class"),
            Shown("threat", "threat"),
            Shown("forced", "forced", "share"),
            Shown("expected", "expected", "level"),
            Shown("possible", "possible", "share"),
            Shown("grade", "grade"),
        ),
        "perspective desc, service, data_class, threat desc, direction",
        ("exposure",),
        (tadig, controller, rule),
    )


def _vendors(tadig: str) -> Query:
    return Query(
        "select node_class, vendor_text, vendor_id, nodes, share, controller from vendors where tadig = ?",
        (
            Shown("node_class", "nodes"),
            Shown("vendor_text", "as written"),
            Shown("vendor_id", "vendor", "code"),
            Shown("nodes", "number", "count"),
            Shown("share", "share", "share"),
            Shown("controller", "state behind it", "code"),
        ),
        "node_class, share desc, vendor_text nulls last, vendor_id nulls last, controller nulls last",
        ("vendors",),
        (tadig,),
    )


def _unresolved(tadig: str) -> Query:
    return Query(
        "select service, carrier_text, reason, element_path, document_sha256 from unresolved where tadig = ?",
        (
            Shown("service", "service"),
            Shown("carrier_text", "as written"),
            Shown("reason", "why it names no one carrier"),
            Shown("element_path", "where", "path"),
        ),
        "service, carrier_text, element_path",
        ("unresolved",),
        (tadig,),
    )


def _declarations(tadig: str) -> Query:
    return Query(
        "select service, role, role_text, carrier_text, carrier_name, point_code, asn, effective_from, "
        "document_created, schema_version, document_sha256, element_path, inferred, confidence "
        "from declarations where tadig = ?",
        (
            Shown("service", "service"),
            Shown("role_text", "role as written"),
            Shown("carrier_text", "carrier as written"),
            Shown("point_code", "point code", "code"),
            Shown("asn", "AS number"),
            Shown("effective_from", "in force from"),
            Shown("document_created", "document of"),
            Shown("element_path", "where", "path"),
        ),
        "service, element_path, carrier_name, point_code nulls last",
        ("declarations",),
        (tadig,),
    )


def _numbering(tadig: str) -> Query:
    return Query(
        "select kind, value, range_start, range_stop, node_type, node_class, vendor_text, effective_from, element_path "
        "from numbering where tadig = ?",
        (
            Shown("kind", "kind"),
            Shown("value", "value", "code"),
            Shown("range_start", "from", "code"),
            Shown("range_stop", "to", "code"),
            Shown("node_type", "node"),
            Shown("vendor_text", "vendor as written"),
        ),
        "kind, value, range_start nulls last, element_path",
        ("numbering",),
        (tadig,),
    )


def _problems(tadig: str) -> Query:
    return Query(
        "select severity, code, message, hint, path, element_path from problems where tadig = ?",
        (
            Shown("severity", "gravity"),
            Shown("code", "what", "code"),
            Shown("message", "in words"),
            Shown("hint", "what to do"),
            Shown("element_path", "where", "path"),
        ),
        "severity, code, message, path, element_path nulls last",
        ("problems",),
        (tadig,),
    )

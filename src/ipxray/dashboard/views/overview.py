"""The first screen of an assessment: the answer first, doubt beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen
from ipxray.dashboard.lens import CLASSES, figures, lens_of
from ipxray.dashboard.page import Listing, Page, Query, Shown, listed
from ipxray.dashboard.pictures import sections_of

router = APIRouter(tags=["overview"])

_TOP = 10


@twins(router, "/a/{version}/overview")
def overview(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """The key figures of an assessment, the most exposed operators, the carriers that matter, the gravest findings."""
    lens = lens_of(here.store, chosen)
    return Page(
        "overview",
        here.assessment.title,
        listed(here.store, _key_figures(lens.controller, lens.rule)),
        summary={**lens._asdict(), "at": here.assessment.at, "inputs": _texts(here, "inputs")},
        parts=_parts(here, chosen),
        filters=("controller", "rule", "service", "threat"),
        chosen=chosen,
        template="overview.html",
        beside={"lead": [line for one in sections_of(here.store)[:1] for line in (one.title, *one.lead)]},
    )


def _texts(here: Here, name: str) -> list[str]:
    found = here.assessment.manifest.get(name)
    return [str(each) for each in found[:20]] if isinstance(found, list) else []


def _parts(here: Here, chosen: Chosen) -> dict[str, Listing]:
    parts = {}
    if here.store.has("exposure"):
        parts["most_exposed"] = listed(here.store, _exposed(here, chosen), limit=_TOP)
    if here.store.has("dominance"):
        parts["carriers"] = listed(here.store, _carriers(), limit=_TOP)
    if here.store.has("ranking"):
        parts["ranking"] = listed(here.store, _ranking(), limit=_TOP)
    return parts


def _key_figures(controller: str, rule: str) -> Query:
    touched = "from touch where controller = ? and rule = ? and"
    figures = (
        ("networks", "select count(*) from operators"),
        ("countries", "select count(distinct country) from operators"),
        ("documents", "select count(distinct document_sha256) from declarations"),
        ("carriers declared", "select count(distinct node) from links where not pending"),
        ("operators certainly touched", f"select count(*) {touched} touched_low"),
        ("operators touched", f"select count(*) {touched} touched"),
        ("operators possibly touched", f"select count(*) {touched} touched_high"),
        (
            "names that lead to no one carrier",
            "select count(*) from (select distinct carrier_text, reason from unresolved)",
        ),
        ("links not yet in force", "select count(*) from links where pending"),
        ("findings", "select count(*) from findings"),
        (
            "findings of high or critical severity",
            "select count(*) from findings where severity in ('HIGH', 'CRITICAL')",
        ),
    )
    sql = " union all ".join(
        f"select {place} as place, '{name}' as figure, ({sql}) as value" for place, (name, sql) in enumerate(figures)
    )
    return Query(
        f"select figure, value, place from ({sql}) where value > 0",
        (Shown("figure", "figure"), Shown("value", "number", "count")),
        "place",
        ("declarations", "links", "touch", "unresolved", "findings", *OPERATORS),
        (controller, rule) * 3,
    )


def _exposed(here: Here, chosen: Chosen) -> Query:
    sql, values = figures("operator", lens_of(here.store, chosen))
    threat = chosen.threat or "read"
    best = ", ".join(f"coalesce({name}, 0)" for name in list(CLASSES)[:4])
    return Query(
        f"select f.subject as tadig, n.country, n.organisation, f.* exclude (subject), greatest({best}) as worst "
        f"from ({sql}) f left join operators n on n.tadig = f.subject",
        (
            Shown("tadig", "operator", "code", "operators"),
            Shown("country", "country", "code", "countries"),
            Shown("organisation", "organisation"),
            *(Shown(name, f"{threat} {CLASSES[name]}", "level") for name in list(CLASSES)[:4]),
            Shown("grade", "grade"),
        ),
        "worst desc, tadig",
        ("exposure", *OPERATORS),
        values,
    )


def _carriers() -> Query:
    return Query(
        "select id as carrier, share, cone as operators, exclusive_cone as only_carrier_of from dominance "
        "where kind = 'carrier' and service = 'all'",
        (
            Shown("carrier", "carrier", "code", "carriers"),
            Shown("share", "share of all messages", "share"),
            Shown("operators", "operators", "count"),
            Shown("only_carrier_of", "only carrier of", "count"),
        ),
        "share desc, carrier",
        ("dominance",),
    )


def _ranking() -> Query:
    return Query(
        "select * from ranking where operators_touched > 0",
        (
            Shown("controller", "controller", "code"),
            Shown("carriers", "carriers", "count"),
            Shown("operators_touched", "operators touched", "count"),
            Shown("countries_touched", "countries touched", "count"),
            *(Shown(name, f"read {CLASSES[name]}", "level") for name in list(CLASSES)[:4]),
        ),
        "operators_touched desc, credential desc nulls last, controller",
        ("ranking",),
    )

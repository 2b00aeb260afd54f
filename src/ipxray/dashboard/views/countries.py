"""Countries: their operators, what could be read of their subscribers abroad, what is known of their policy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as Asked

from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.lens import class_columns, figures, lens_of
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import SLUG, unslug
from ipxray.dashboard.views.operators import operators_query

router = APIRouter(tags=["countries"])


@twins(router, "/a/{version}/countries")
def countries(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every country with an operator or a carrier's seat here, most exposed first."""
    main = listed(here.store, _countries(here, chosen), chosen)
    return Page(
        "countries",
        "Countries",
        main,
        summary={**lens_of(here.store, chosen)._asdict(), "countries": main.total},
        filters=("group", "controller", "rule", "service", "data_class", "threat"),
        chosen=chosen,
        figures=("map",),
    )


def _countries(here: Here, chosen: Chosen) -> Query:
    measured, values = figures("country", lens_of(here.store, chosen))
    where = Where()
    here.narrow_country(where, chosen, "c.code")
    sql = f"""
        with codes as (
            select country as code from operators where country is not null
            union select subject from exposure where subject_kind = 'country'
            union select k.seat from carriers k where k.seat is not null
                  and exists(select 1 from links l where l.carrier_id = k.id)
        )
        select c.code as country, n.name, coalesce(n.groups, []) as groups,
               (select count(*) from operators o where o.country = c.code) as operators,
               (select count(*) from carriers k where k.seat = c.code) as carriers_seated,
               f.* exclude (subject)
        from codes c left join countries n on n.iso2 = c.code left join ({measured}) f on f.subject = c.code{where.sql}
    """
    first = chosen.data_class if chosen.data_class in {each.name for each in class_columns(chosen)} else "credential"
    return Query(
        sql,
        (
            Shown("country", "country", "code", "countries"),
            Shown("name", "name"),
            Shown("operators", "operators here", "count"),
            Shown("carriers_seated", "carriers seated there", "count"),
            *class_columns(chosen),
            Shown("grade", "grade"),
            Shown("groups", "groups", "list"),
        ),
        f"{first} desc nulls last, country",
        ("exposure", "countries", "carriers", "links", *OPERATORS),
        (*values, *where.values),
    )


@twins(router, "/a/{version}/countries/{country}")
def country(here: HereNow, country: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One country: its operators, its exposure, the carriers behind them, cited policy and incidents."""
    code = unslug(country)
    known = here.store.ask("select * from countries where iso2 = ?", (code,), tables=("countries",))
    present = here.store.count(
        "select count(*) from operators where country = ?", (code,), tables=OPERATORS
    ) or here.store.count("select count(*) from findings where source_country = ?", (code,), tables=("findings",))
    if not known and not present:
        raise NotFound(f"no country {code[:10]!r} in this assessment", hint="the list of countries has them all")
    here_only = chosen.model_copy(update={"country": code, "group": ""})
    lens = lens_of(here.store, chosen)
    return Page(
        "country",
        f"{known[0]['name']} ({code})" if known else code,
        listed(here.store, operators_query(here, here_only), chosen),
        summary={"country": code, **(known[0] if known else {}), **lens._asdict()},
        filters=("controller", "rule", "service", "data_class", "threat"),
        chosen=chosen,
        parts={
            "exposure": listed(here.store, _exposure(code, lens.controller, lens.rule)),
            "carriers_used": listed(here.store, _carriers(code)),
            "findings": listed(here.store, _findings(code), limit=100),
            "policy_actions": listed(here.store, _actions(code)),
            "incidents": listed(here.store, _incidents(code)),
        },
    )


def _exposure(code: str, controller: str, rule: str) -> Query:
    return Query(
        "select perspective, service, data_class, threat, forced, low, expected, high, possible, grade from exposure "
        "where subject_kind = 'country' and counterpart = 'all' and direction = 'both' and subject = ? "
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
        "perspective desc, service, data_class, threat desc",
        ("exposure",),
        (code, controller, rule),
    )


def _carriers(code: str) -> Query:
    return Query(
        "select l.node as carrier, count(distinct l.tadig) as operators, list_sort(list(distinct l.service)) "
        "as services from links l join operators o on o.tadig = l.tadig where o.country = ? and not l.pending "
        "group by l.node",
        (
            Shown("carrier", "carrier", "code", "carriers"),
            Shown("operators", "operators", "count"),
            Shown("services", "services", "list"),
        ),
        "operators desc, carrier",
        ("links", *OPERATORS),
        (code,),
    )


def _findings(code: str) -> Query:
    return Query(
        "select finding_id, severity, title, source_network, last_at from findings where source_country = ?",
        (
            Shown("finding_id", "finding", "code", "findings"),
            Shown("severity", "severity", "severity"),
            Shown("title", "what"),
            Shown("source_network", "from", "code", "operators"),
            Shown("last_at", "last seen (UTC)", "at"),
        ),
        "last_at desc nulls last, finding_id",
        ("findings",),
        (code,),
    )


def _actions(code: str) -> Query:
    return Query(
        "select date, body, action, status, concerns, id, source from policy_actions where country = ?",
        (
            Shown("date", "date"),
            Shown("body", "who acted"),
            Shown("action", "what", "prose"),
            Shown("status", "where it stands"),
            Shown("source", "source"),
        ),
        "date desc, id",
        ("policy_actions",),
        (code,),
    )


def _incidents(code: str) -> Query:
    return Query(
        "select date, title, alleged_actor, caution, id, source from incidents where list_contains(countries, ?)",
        (
            Shown("date", "date"),
            Shown("title", "what", "prose"),
            Shown("alleged_actor", "alleged actor"),
            Shown("caution", "what the source does not show", "prose"),
            Shown("source", "source"),
        ),
        "date desc, id",
        ("incidents",),
        (code,),
    )

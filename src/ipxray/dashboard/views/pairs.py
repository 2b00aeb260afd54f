"""Roaming pairs: when a subscriber of one network is in another, who could read, alter or inject what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from fastapi import Query as Asked
from fastapi.responses import RedirectResponse

from ipxray import exposure
from ipxray.dashboard.answers import twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.lens import CLASSES, class_columns, lens_of
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import SLUG, address, unslug
from ipxray.errors import UsageError

router = APIRouter(tags=["pairs"])

_LEVELS = ("service", "data_class", "threat", "forced", "low", "expected", "high", "possible", "grade")


@twins(router, "/a/{version}/pairs")
def pairs(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every listed roaming pair, most exposed first; any other pair by its two networks."""
    main = listed(here.store, _pairs(here, chosen), chosen)
    names = here.store.ask("select tadig, organisation from operators order by tadig", tables=OPERATORS)
    return Page(
        "pairs",
        "Roaming pairs",
        main,
        summary={**lens_of(here.store, chosen)._asdict(), "pairs": main.total},
        filters=("country", "controller", "rule", "service", "data_class", "threat", "text"),
        chosen=chosen,
        template="pairs.html",
        beside={"operators": names},
    )


def _pairs(here: Here, chosen: Chosen) -> Query:
    lens = lens_of(here.store, chosen)
    columns = ", ".join(
        f"max(e.{level}) filter (e.data_class = '{name}') as {name}{suffix}"
        for name in CLASSES
        for level, suffix in (("expected", ""), ("low", "_low"), ("high", "_high"))
    )
    where = Where()
    where.add("e.subject_kind = 'pair' and e.direction = 'both' and e.perspective = 'outbound'")
    where.add("e.controller = ? and e.rule = ? and e.service = ? and e.threat = ?", *lens)
    if chosen.text:
        where.add("contains(lower(e.subject || ' ' || e.counterpart), lower(?))", chosen.text)
    here.narrow_country(where, chosen, "h.country")
    first = chosen.data_class if chosen.data_class in {each.name for each in class_columns(chosen)} else "credential"
    return Query(
        "select e.subject || '>' || e.counterpart as pair, e.subject as home, e.counterpart as visited, "
        f"max(h.country) as home_country, max(v.country) as visited_country, {columns} from exposure e "
        "left join operators h on h.tadig = e.subject left join operators v on v.tadig = e.counterpart"
        f"{where.sql} group by e.subject, e.counterpart",
        (
            Shown("pair", "pair", "code", "pairs"),
            Shown("home_country", "home in", "code", "countries"),
            Shown("visited_country", "visited in", "code", "countries"),
            *class_columns(chosen),
        ),
        f"{first} desc nulls last, pair",
        ("exposure", *OPERATORS),
        tuple(where.values),
    )


@twins(router, "/a/{version}/pairs/{pair}")
def pair(here: HereNow, pair: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One pair, `HOME>VISITED`: what could be seen of each message, per service, and who carries at each end."""
    home, arrow, visited = unslug(pair).partition(">")
    if not arrow:
        raise NotFound("a pair is two networks", hint="write HOME>VISITED")
    route = _route(here, home, visited, chosen)
    return Page(
        "pair",
        f"{home} in {visited}",
        listed(here.store, _levels(route), chosen.model_copy(update={"size": 1_000})),
        summary={
            "home": home,
            "visited": visited,
            "controller": route.adversary.controller,
            "rule": route.adversary.rule,
            "services": {service: list(states) for service, states in route.services.items()},
        },
        filters=("controller", "rule"),
        chosen=chosen,
        parts={"carriers": listed(here.store, _carriers(route)), "messages": listed(here.store, _messages(route))},
    )


@router.get("/a/{version}/pair", include_in_schema=False)
def chosen_pair(
    here: HereNow, home: Annotated[str, Asked(max_length=20)], visited: Annotated[str, Asked(max_length=20)]
) -> RedirectResponse:
    """Lead from the form to the pair's own address."""
    return RedirectResponse(address(here.version, "pairs", f"{home.strip().upper()}>{visited.strip().upper()}"), 303)


def _route(here: Here, home: str, visited: str, chosen: Chosen) -> exposure.Route:
    lens = lens_of(here.store, chosen)
    known = here.store.remembered(
        "control controllers", "select distinct controller from control order by 1", ("control",)
    )
    controller = lens.controller or (str(known[0]) if known else "")
    try:
        return here.rebuilt.pair(home, visited, controller, lens.rule or "majority_50")
    except UsageError as error:
        raise NotFound(error.message, hint=error.hint) from error


def _levels(route: exposure.Route) -> Query:
    rows = [
        {name: getattr(row, name) for name in _LEVELS}
        for row in route.exposure
        if row.direction == "both" and row.perspective == "outbound"
    ]
    return Query.of(
        rows,
        (
            Shown("service", "service"),
            Shown("data_class", "data class"),
            Shown("threat", "threat"),
            Shown("forced", "forced", "share"),
            Shown("expected", "expected", "level"),
            Shown("possible", "possible", "share"),
        ),
    )


def _carriers(route: exposure.Route) -> Query:
    return Query.of(
        (_listed(row._asdict()) for row in route.carriers),
        (
            Shown("end", "end"),
            Shown("tadig", "network", "code", "operators"),
            Shown("service", "service"),
            Shown("carrier_name", "as declared"),
            Shown("node", "carrier", "code", "carriers"),
            Shown("role", "role"),
            Shown("share_point", "share", "share"),
            Shown("controlled", f"{route.adversary.controller}'s", "yes"),
            Shown("controlled_high", "possibly", "yes"),
            Shown("confirmed_by", "confirmed by", "list"),
            Shown("sources", "evidence", "path"),
        ),
    )


def _messages(route: exposure.Route) -> Query:
    return Query.of(
        (_listed(row._asdict()) for row in route.messages),
        (
            Shown("message", "message"),
            Shown("service", "service"),
            Shown("data_class", "data class"),
            Shown("direction", "data travels"),
            Shown("chooser", "path chosen by", "code", "operators"),
            Shown("expected", "read", "level"),
            Shown("clause", "clause"),
        ),
    )


def _listed(row: dict[str, object]) -> dict[str, object]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}

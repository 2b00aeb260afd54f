"""Findings: what was seen, how sure it is, and what the duty desk decided about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Path
from fastapi import Query as Asked
from fastapi.responses import RedirectResponse

from ipxray.dashboard.answers import REFUSALS, Refusal, twins
from ipxray.dashboard.context import Here, HereNow, NotFound
from ipxray.dashboard.filters import Chosen, Where
from ipxray.dashboard.page import Page, Query, Shown, listed
from ipxray.dashboard.slugs import SLUG, address, unslug
from ipxray.dashboard.store import Row
from ipxray.dashboard.triage import LONGEST_NOTE, STATES

router = APIRouter(tags=["findings"])

_RANK = "case severity when 'CRITICAL' then 0 when 'HIGH' then 1 when 'MEDIUM' then 2 when 'LOW' then 3 else 4 end"
SHOWN = (
    Shown("finding_id", "finding", "code", "findings"),
    Shown("severity", "severity", "severity"),
    Shown("state", "triage", "state"),
    Shown("title", "what"),
    Shown("source_network", "from", "code", "operators", "network whose address the messages bear"),
    Shown("source_country", "country", "code", "countries"),
    Shown("home_network", "subscribers of", "code", "operators"),
    Shown("messages", "messages", "count"),
    Shown("subscribers", "subscribers", "count"),
    Shown("data_exposed", "at stake", "list"),
    Shown("confidence", "confidence", "share"),
    Shown("last_at", "last seen (UTC)", "at"),
)


@twins(router, "/a/{version}/findings")
def findings(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every finding, gravest and latest first."""
    here.load_triage()
    main = listed(here.store, _findings(here, chosen), chosen)
    return Page(
        "findings",
        "Findings",
        main,
        summary={"findings": main.total},
        filters=("severity", "state", "family", "country", "group", "data_class", "since", "until", "text"),
        chosen=chosen,
        figures=("timeline", "ladder"),
        figures_last=True,
    )


def _findings(here: Here, chosen: Chosen) -> Query:
    where = Where()
    for name, column in (("severity", "f.severity"), ("family", "f.family")):
        if value := getattr(chosen, name):
            where.add(f"{column} = ?", value)
    if chosen.state:
        where.add("coalesce(t.state, 'new') = ?", chosen.state)
    if chosen.data_class:
        where.add("list_contains(f.data_exposed, ?)", chosen.data_class)
    if chosen.since:
        where.add("f.last_at >= ?", _micros(chosen.since))
    if chosen.until:
        where.add("f.first_at < ?", _micros(chosen.until, days=1))
    if chosen.text:
        where.add(
            "contains(lower(concat_ws(' ', f.finding_id, f.title, f.source_address, f.source_network, f.home_network, "
            "f.rule_id)), lower(?))",
            chosen.text,
        )
    here.narrow_country(where, chosen, "f.source_country")
    return Query(
        "select f.finding_id, f.severity, coalesce(t.state, 'new') as state, f.title, f.source_network, "
        "f.source_country, f.home_network, f.messages, f.subscribers, f.data_exposed, f.confidence, f.first_at, "
        "f.last_at, f.rule_id, f.category, f.family, f.techniques, f.source_address, f.networks, f.operations, "
        "f.declared_route, f.observed_route, f.answered, f.subscriber, f.indicator, f.explanation, t.note "
        f"from findings f left join triage t on t.finding_id = f.finding_id{where.sql}",
        SHOWN,
        f"{_RANK}, last_at desc nulls last, finding_id",
        ("findings",),
        tuple(where.values),
    )


def _micros(day: object, *, days: int = 0) -> int:
    midnight = datetime.fromisoformat(str(day)).replace(tzinfo=UTC)
    since = midnight - datetime(1970, 1, 1, tzinfo=UTC)
    return (since + timedelta(days=days)) // timedelta(microseconds=1)


@twins(router, "/a/{version}/findings/{finding}")
def finding(here: HereNow, finding: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]) -> Page:
    """One finding: what happened in one sentence, how sure it is, its messages in order, and the decision."""
    row = _one(here, unslug(finding))
    decision = here.triage.of(row["finding_id"])
    return Page(
        "finding",
        row["title"] or row["finding_id"],
        listed(here.store, _messages(row["finding_id"]), chosen.model_copy(update={"size": max(chosen.size, 200)})),
        summary={**row, "triage": decision._asdict()},
        chosen=chosen,
        parts={"same_source": listed(here.store, _same_source(row), limit=20)},
        template="finding.html",
        beside={"states": STATES, "longest": LONGEST_NOTE},
    )


@router.post(
    "/a/{version}/findings/{finding}/triage",
    status_code=303,
    response_class=RedirectResponse,
    responses={**REFUSALS, 303: {"description": "kept; leads to the finding"}, 409: {"model": Refusal}},
    operation_id="decide",
)
def decide(
    here: HereNow,
    finding: Annotated[str, Path(pattern=SLUG)],
    state: Annotated[Literal["new", "confirmed", "false_positive", "closed"], Form()],
    note: Annotated[str, Form(max_length=LONGEST_NOTE)] = "",
    seen: Annotated[str, Form(max_length=40)] = "",
) -> RedirectResponse:
    """Decide about a finding. `seen` is the `changed_at` of the decision that the reader saw; empty for none."""
    row = _one(here, unslug(finding))
    here.triage.decide(row["finding_id"], state, note, seen=seen, at=datetime.now(tz=UTC))
    return RedirectResponse(address(here.version, "findings", row["finding_id"]), 303)


def _one(here: Here, finding_id: str) -> Row:
    found = here.store.ask("select * from findings where finding_id = ? limit 1", (finding_id,), tables=("findings",))
    if not found:
        raise NotFound(f"no finding {finding_id[:40]!r} in this assessment", hint="the list of findings has them all")
    return found[0]


def _messages(finding_id: str) -> Query:
    return Query(
        "select * from evidence where finding_id = ?",
        (
            Shown("position", "no.", "count"),
            Shown("observed_at", "time (UTC)", "at"),
            Shown("operation", "operation"),
            Shown("message_type", "type"),
            Shown("sender_network", "from", "code", "operators"),
            Shown("sender_address", "address", "code"),
            Shown("receiver_network", "to", "code", "operators"),
            Shown("receiver_address", "address", "code"),
            Shown("subscriber", "subscriber", "code", "subscribers"),
            Shown("answer_error", "error"),
            Shown("exposes", "exposes"),
            Shown("note", "note", "prose"),
            Shown("frame", "frame", "count"),
            Shown("capture", "capture", "code"),
        ),
        'position, capture, frame, "index"',
        ("evidence",),
        (finding_id,),
    )


def _same_source(row: Row) -> Query:
    return Query(
        "select finding_id, severity, title, home_network, last_at from findings "
        "where source_network = ? and finding_id <> ?",
        (
            Shown("finding_id", "finding", "code", "findings"),
            Shown("severity", "severity", "severity"),
            Shown("title", "what"),
            Shown("home_network", "subscribers of", "code", "operators"),
            Shown("last_at", "last seen (UTC)", "at"),
        ),
        f"{_RANK}, last_at desc nulls last, finding_id",
        ("findings",),
        (row["source_network"], row["finding_id"]),
    )


@twins(router, "/a/{version}/subscribers")
def subscribers(here: HereNow, chosen: Annotated[Chosen, Asked()]) -> Page:
    """Every subscriber concerned by a finding, by pseudonym, most findings first."""
    main = listed(here.store, _subscribers(chosen), chosen)
    return Page(
        "subscribers",
        "Subscriber cases",
        main,
        summary={"subscribers": main.total},
        filters=("text",),
        chosen=chosen,
        note="Subscribers are shown by pseudonym: the same letters are the same subscriber under the key of the run.",
    )


def _subscribers(chosen: Chosen) -> Query:
    where = Where()
    where.add("e.subscriber is not null")
    if chosen.text:
        where.add("contains(e.subscriber, ?)", chosen.text)
    return Query(
        "select e.subscriber, count(distinct e.finding_id) as findings, count(*) as messages, "
        "list_sort(list(distinct e.sender_network) filter (e.sender_network is not null)) as networks, "
        "min(e.observed_at) as first_at, max(e.observed_at) as last_at "
        f"from evidence e{where.sql} group by e.subscriber",
        (
            Shown("subscriber", "subscriber", "code", "subscribers"),
            Shown("findings", "findings", "count"),
            Shown("messages", "messages", "count"),
            Shown("networks", "from", "list", "operators"),
            Shown("first_at", "first seen (UTC)", "at"),
            Shown("last_at", "last seen (UTC)", "at"),
        ),
        "findings desc, messages desc, subscriber",
        ("evidence",),
        tuple(where.values),
    )


@twins(router, "/a/{version}/subscribers/{subscriber}")
def subscriber(
    here: HereNow, subscriber: Annotated[str, Path(pattern=SLUG)], chosen: Annotated[Chosen, Asked()]
) -> Page:
    """One subscriber's case: every finding and every message of it in time, under a pseudonym."""
    here.load_triage()
    pseudonym = unslug(subscriber)
    main = listed(here.store, _events(pseudonym), chosen)
    found = listed(here.store, _own(pseudonym), limit=200)
    if not main.total and not found.total:
        raise NotFound("no such subscriber in this assessment", hint="the list of subscriber cases has them all")
    return Page(
        "subscriber",
        f"Subscriber {pseudonym}",
        main,
        summary={"subscriber": pseudonym, "messages": main.total, "findings": found.total},
        chosen=chosen,
        parts={"findings": found},
    )


def _events(pseudonym: str) -> Query:
    return Query(
        "select e.observed_at, e.finding_id, f.severity, e.operation, e.message_type, e.sender_network, "
        'e.sender_address, e.receiver_network, e.answer_error, e.exposes, e.note, e.capture, e.frame, e."index" '
        "from evidence e left join findings f on f.finding_id = e.finding_id where e.subscriber = ?",
        (
            Shown("observed_at", "time (UTC)", "at"),
            Shown("operation", "operation"),
            Shown("sender_network", "from", "code", "operators"),
            Shown("sender_address", "address", "code"),
            Shown("receiver_network", "to", "code", "operators"),
            Shown("exposes", "exposes"),
            Shown("answer_error", "error"),
            Shown("severity", "severity", "severity"),
            Shown("finding_id", "finding", "code", "findings"),
        ),
        'observed_at nulls last, capture, frame, "index", finding_id',
        ("evidence", "findings"),
        (pseudonym,),
    )


def _own(pseudonym: str) -> Query:
    return Query(
        "select f.finding_id, f.severity, coalesce(t.state, 'new') as state, f.title, f.source_network, "
        "f.source_country, f.home_network, f.messages, f.subscribers, f.data_exposed, f.confidence, f.last_at "
        "from findings f left join triage t on t.finding_id = f.finding_id where f.subscriber = ? or f.finding_id in "
        "(select finding_id from evidence where subscriber = ?)",
        SHOWN,
        f"{_RANK}, last_at desc nulls last, finding_id",
        ("findings", "evidence"),
        (pseudonym, pseudonym),
    )

"""The headline in plain words, with its bounds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipxray.report.reading import Reading
from ipxray.report.sections import Section
from ipxray.report.views.levels import country_names, name_of

__all__ = ["headline"]

_RULES = {
    "majority_50": "owns at least 50 %",
    "over_50": "owns over 50 %",
    "blocking_25": "owns at least 25 %",
    "ten_percent": "owns at least 10 %",
    "seat": "has the seat of",
    "wide": "owns, or has the seat of, under any rule",
}


def headline(reading: Reading) -> Section:
    """What a reader must know first: what was read, who is touched, at least and at most, and the worst case."""
    head = reading.headline
    scope = head.get("scope")
    lead = [_scope(scope)] if isinstance(scope, dict) else []
    if reading.controller:
        lead[:0] = _touched(reading, head)
    elif reading.has("ranking"):
        lead[:0] = _first_ranked(reading)
    if reading.has("scenarios"):
        lead[:0] = _scenario_answers(reading)
    if reading.has("findings"):
        lead[:0] = [_found(reading)]
    return Section(id="headline", title=_title(reading), lead=lead, notes=_other_rules(head, reading.rule))


def _title(reading: Reading) -> str:
    if reading.has("findings"):
        return "Abuse in the signalling"
    if reading.has("scenarios"):
        return "What a policy would change"
    if reading.controller:
        return f"Who is within reach of {name_of(reading.controller, country_names(reading))}"
    return "Who sits in the middle of mobile roaming"


def _touched(reading: Reading, head: Mapping[str, Any]) -> list[str]:
    name = name_of(str(reading.controller), country_names(reading))
    get = head.get
    lines = [
        (
            f"{get('operators_touched', 0)} of {get('operators', 0)} operators in {get('countries_touched', 0)} of "
            f"{get('countries', 0)} countries declare at least one carrier that {name} {_verb(reading.rule)}: "
            f"at least {get('operators_touched_low', 0)}, at most {get('operators_touched_high', 0)}."
        )
    ]
    captured = get("operators_captured")
    if captured:
        lines.append(f"{captured} of them declare no other carrier.")
    return lines


def _verb(rule: str) -> str:
    return "controls" if rule not in _RULES or rule == "wide" else f"controls ({_RULES[rule]})"


def _first_ranked(reading: Reading) -> list[str]:
    order = "operators_touched desc, credential desc nulls last, controller"
    rows = reading.rows(f"select * from ranking where operators_touched > 0 order by {order} limit 1")
    if not rows:
        return ["No controller of a known carrier touches a network here."]
    row = rows[0]
    name = name_of(row["controller"], country_names(reading))
    return [
        (
            f"{name} touches most: {row['operators_touched']} operators in {row['countries_touched']} countries "
            f"(at least {row['operators_touched_low']}, at most {row['operators_touched_high']}), "
            f"through {row['carriers']} carriers."
        )
    ]


def _found(reading: Reading) -> str:
    row = reading.rows(
        "select count(*) as n, count(*) filter (severity in ('CRITICAL', 'HIGH')) as grave, "
        "coalesce(sum(answered), 0)::bigint as answered from findings"
    )[0]
    if not row["n"]:
        return "No rule fired: nothing in what was read is known abuse. That is not proof that there was none."
    noun = "finding" if row["n"] == 1 else "findings"
    return (
        f"{row['n']} {noun}, {row['grave']} of them grave; {row['answered']} messages of abuse were answered with data."
    )


def _scenario_answers(reading: Reading) -> list[str]:
    rows = reading.rows("select title, summary from scenarios order by scenario limit 3")
    return [f"{row['title']}: {row['summary'][0]}" for row in rows if row["summary"]]


def _scope(scope: Mapping[str, Any]) -> str:
    span = ""
    if scope.get("declared_from") and scope.get("declared_to"):
        span = f", declared {str(scope['declared_from'])[:7]} to {str(scope['declared_to'])[:7]}"
    share = float(scope.get("world_coverage") or 0.0) * 100
    return (
        f"Read: {scope.get('documents')} documents of {scope.get('networks')} networks in {scope.get('countries')} "
        f"countries{span}. {share:.0f} % of the world's subscriptions are in these countries."
    )


def _other_rules(head: Mapping[str, Any], rule: str) -> list[str]:
    reach = head.get("reach_by_rule")
    return [
        f"Were control counted as “{other}”, {found['operators_touched']} operators in {found['countries_touched']} "
        "countries would be touched."
        for other, found in (reach.items() if isinstance(reach, dict) else ())
        if other != rule
    ]

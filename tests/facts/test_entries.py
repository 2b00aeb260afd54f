"""Each kind of TOML row says what it must, and is refused with its reason when it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def rows(kind: str, **fields: str) -> str:
    return f"[[{kind}]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items() if value)


CARRIER = {"id": '"gamma"', "name": '"Gamma"', "seat": '"XA"', "source": '"lab"'}
ALIAS = {"text": '"Gamma"', "carriers": '["beta-relay"]', "source": '"lab"'}
ENTITY = {"id": '"gamma"', "name": '"Gamma"', "type": '"registeredEntity"', "jurisdiction": '"XA"', "source": '"lab"'}
OWNERSHIP = {
    "subject": '"alpha-transit"',
    "interested_party": '"beta-relay"',
    "interest_type": '"shareholding"',
    "source": '"lab"',
}
GROUP = {"id": '"pact"', "name": '"Pact"', "members": '[{ country = "XA" }]', "source": '"lab"'}
VENDOR = {"id": '"nodes"', "name": '"Nodes"', "source": '"lab"'}
ACTION = {
    "id": '"ban"',
    "date": '"2020"',
    "body": '"B"',
    "country": '"XA"',
    "action": '"A"',
    "status": '"decided"',
    "source": '"lab"',
}
INCIDENT = {"id": '"leak"', "date": '"2020"', "title": '"T"', "alleged_actor": '"unknown"', "source": '"lab"'}
WHOLE = {
    "carrier": CARRIER,
    "alias": ALIAS,
    "entity": ENTITY,
    "ownership": OWNERSHIP,
    "group": GROUP,
    "vendor": VENDOR,
    "policy_action": ACTION,
    "incident": INCIDENT,
}


@pytest.mark.parametrize("kind", WHOLE)
def test_the_least_row_of_each_kind_is_accepted(world: Callable[..., Any], kind: str) -> None:
    assert world(rows(kind, **WHOLE[kind])).errors == []


@pytest.mark.parametrize("kind", WHOLE)
def test_no_row_goes_without_a_source(world: Callable[..., Any], kind: str) -> None:
    errors = world(rows(kind, **WHOLE[kind] | {"source": ""})).errors
    assert any("source: is missing" in error for error in errors)


@pytest.mark.parametrize("kind", WHOLE)
def test_the_source_of_a_row_must_exist(world: Callable[..., Any], kind: str) -> None:
    errors = world(rows(kind, **WHOLE[kind] | {"source": '"labb"'})).errors
    assert any("no source is called 'labb': did you mean lab?" in error for error in errors)


@pytest.mark.parametrize("kind", [kind for kind in WHOLE if "id" in WHOLE[kind]])
@pytest.mark.parametrize("identifier", ["Gamma", "gamma transit", "-gamma", "gamma--x", "gämma", "g" * 101, "../gamma"])
def test_an_id_is_kebab_case(world: Callable[..., Any], kind: str, identifier: str) -> None:
    (error,) = world(rows(kind, **WHOLE[kind] | {"id": f'"{identifier}"'})).errors
    assert "is no id" in error


@pytest.mark.parametrize(
    ("kind", "field", "value", "says"),
    [
        ("carrier", "seat", '"X"', "is no ISO 3166-1 alpha-2 code"),
        ("carrier", "seat", '"xa"', "is no ISO 3166-1 alpha-2 code"),
        ("carrier", "seat", '"ZQ"', "no country has the code 'ZQ'"),
        ("carrier", "entity", '"nobody"', "no entity is called 'nobody'"),
        ("carrier", "asns", "[64500]", "must be a list of tables"),
        ("carrier", "asns", '[{ asn = 0, use = "grx" }]', "must be an AS number"),
        ("carrier", "asns", '[{ asn = 4294967296, use = "grx" }]', "must be an AS number"),
        ("carrier", "asns", '[{ asn = "64500", use = "grx" }]', "must be an AS number"),
        ("carrier", "asns", '[{ asn = 64500, use = "both" }]', "is none of grx, internet"),
        ("carrier", "asns", '[{ asn = 64500, use = "grx", source = "x" }]', "no source is called 'x'"),
        ("carrier", "ispc_owners", '"Gamma"', "must be a list"),
        ("carrier", "ispc_owners", '["Gamma", "Gamma"]', "names 'Gamma' twice"),
        ("carrier", "ispc_owners", "[5]", "must be text"),
        ("carrier", "ispc_owners", str(["x"] * 2001), "more than 2,000 items"),
        ("carrier", "note", f'"{"x" * 4001}"', "longer than 4,000 characters"),
        ("alias", "text", '"..."', "neither letter nor digit"),
        ("alias", "carriers", "[]", "is empty"),
        ("alias", "carriers", '["alpha"]', "no carrier is called 'alpha'"),
        ("alias", "until", "2020-01-01\nsince = 2020-01-01", "is not after"),
        ("entity", "id", '"state-xa"', "implied by its country"),
        ("entity", "type", '"company"', "is none of"),
        ("entity", "type", '"stateBody"\n#', "a state body is part of the state"),
        ("ownership", "subject", '"nobody"', "no entity is called"),
        ("ownership", "interested_party", '"nobody"', "no entity is called"),
        ("ownership", "interested_party", '"alpha-transit"', "cannot hold itself"),
        ("ownership", "interest_type", '"shares"', "is none of"),
        ("ownership", "share", "{ exact = 140 }", "is not within 0 to 100"),
        ("ownership", "end_date", "2020-01-01\nstart_date = 2020-01-02", "is not after"),
        ("ownership", "inferred", '"yes"', "must be true or false"),
        ("ownership", "as_of", '"2024"', "must be a date"),
        ("group", "members", "[]", "is empty"),
        ("group", "members", "", "is empty"),
        ("group", "members", '[{ country = "ZQ" }]', "no country has the code"),
        ("group", "members", '[{ country = "XA" }, { country = "XA" }]', "member twice"),
        ("group", "members", '[{ country = "XA", form = 1 }]', "is not a field"),
        ("vendor", "entity", '"nobody"', "no entity is called"),
        ("policy_action", "date", '"spring"', "is no date"),
        ("policy_action", "date", '"2020-13"', "is no date"),
        ("policy_action", "date", '"2020-02-30"', "is no date"),
        ("policy_action", "date", '"2019/2020/2021"', "is no date"),
        ("policy_action", "date", "2020-01-01T10:00:00", "is no date"),
        ("policy_action", "date", "2020", "must be text"),
        ("policy_action", "status", '"maybe"', "is none of"),
        ("policy_action", "concerns", '["nobody"]', "no party is called"),
        ("incident", "countries", '["ZQ"]', "no country has the code"),
        ("incident", "title", "", "is missing"),
    ],
)
def test_a_field_that_cannot_be_is_refused(
    world: Callable[..., Any], kind: str, field: str, value: str, says: str
) -> None:
    fields = WHOLE[kind] | {field: value}
    if value.endswith("#"):
        fields["jurisdiction"] = ""
    errors = world(rows(kind, **fields)).errors
    assert any(says in error for error in errors), errors


def test_a_country_may_leave_a_group_and_come_back(world: Callable[..., Any]) -> None:
    members = '[{ country = "XA", until = 2001-01-01 }, { country = "XA", since = 2005-01-01 }]'
    assert world(rows("group", **GROUP | {"members": members})).errors == []


def test_a_member_may_have_a_source_of_its_own(world: Callable[..., Any]) -> None:
    other = (
        '[sources.other]\npublisher = "P"\ntitle = "T"\nurl = "urn:ipxray:lab"\nretrieved = 2025-01-01\nmark = "news"\n'
    )
    made = world(
        other + rows("group", **GROUP | {"members": '[{ country = "XA", source = "other" }, { country = "XB" }]'})
    )
    assert [member.source for member in made.facts.groups["pact"].members] == ["other", "lab"]


def test_an_entity_of_a_carrier_may_be_another_one(world: Callable[..., Any]) -> None:
    made = world(rows("carrier", **CARRIER | {"entity": '"alpha-transit"'}))
    assert made.errors == []
    assert "gamma" not in made.facts.entities

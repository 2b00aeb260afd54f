"""One id shows all that is known under it, each line with its source; an unknown one names its neighbours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ipxray.errors import UsageError
from ipxray.facts import Facts, show

TEXT = """
[[carrier]]
id = "gamma"
name = "Gamma"
legal_name = "Gamma Ltd"
entity = "gamma-holding"
seat = "XA"
source = "lab"
ispc_owners = ["Gamma Ltd"]
host_domains = ["gamma.example"]
asns = [{ asn = 64500, use = "grx" }]
note = "made up"
[[entity]]
id = "gamma-holding"
name = "Gamma Holding"
type = "registeredEntity"
jurisdiction = "XA"
source = "lab"
[[alias]]
text = "GMM"
carriers = ["gamma", "beta-relay"]
since = 2020-01-01
source = "lab"
[[ownership]]
subject = "gamma-holding"
interested_party = "state-xa"
interest_type = "shareholding"
share = { exact = 57.5 }
as_of = 2024-06-30
start_date = 2019-01-01
inferred = true
source = "lab"
[[vendor]]
id = "nodes"
name = "Nodes"
seat = "XA"
entity = "gamma-holding"
names = ["Nodes", "NODES Inc"]
source = "lab"
[[group]]
id = "pact"
name = "Pact"
source = "lab"
members = [{ country = "XA", since = 2001-01-01, until = 2020-01-01 }]
[[policy_action]]
id = "ban"
date = "2020"
body = "Regulator"
action = "refused it"
status = "decided"
concerns = ["gamma"]
source = "lab"
[[incident]]
id = "leak"
date = "2019"
title = "A leak"
alleged_actor = "unknown"
protocols = ["ss7", "diameter"]
source = "lab"
"""
FILES = {
    "countries.csv": "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,"
    "territory_of,source\nXA,XAA,Xanadu,999,001,Nowhere,1234567,2024,XB,lab\n",
    "networks.csv": "plmn,operator,country,tadig,source\n00101,Alpha Mobile,XA,XAAAM,lab\n",
    "signalling_points.csv": "point_code,name,owner,country,source\n4-176-4,S5,Gamma Ltd,XA,lab\n",
}


@pytest.fixture
def facts(world: Callable[..., Any]) -> Facts:
    made = world(TEXT, FILES)
    assert made.errors == []
    found: Facts = made.facts
    return found


def lines(facts: Facts, identifier: str) -> list[tuple[str, str]]:
    return [(line.label, line.value) for line in show(facts, identifier)]


def test_a_carrier_shows_names_numbers_and_owners(facts: Facts) -> None:
    assert lines(facts, "gamma") == [
        ("carrier", "Gamma"),
        ("legal name", "Gamma Ltd"),
        ("seat", "Xanadu (XA)"),
        ("AS number, grx", "64500"),
        ("point codes as", "Gamma Ltd: 4-176-4"),
        ("hosts edge agents under", "gamma.example"),
        ("also written", "GMM, from 2020-01-01, or beta-relay"),
        ("note", "made up"),
        ("entity", "Gamma Holding (registeredEntity)"),
        ("jurisdiction", "Xanadu (XA)"),
        (
            "held by",
            "state-xa: 57.5 %, shareholding, as of 2024-06-30, inferred from the source's words, from 2019-01-01",
        ),
        ("is carrier", "gamma"),
        ("policy action", "2020 Regulator: refused it (decided)"),
    ]


def test_a_carrier_that_is_its_own_entity_shows_it_once(facts: Facts) -> None:
    assert lines(facts, "alpha-transit") == [
        ("carrier", "Alpha Transit"),
        ("seat", "Xanadu (XA)"),
        ("entity", "Alpha Transit (registeredEntity)"),
        ("jurisdiction", "Xanadu (XA)"),
    ]


def test_a_state_shows_what_it_holds(facts: Facts) -> None:
    assert (
        "holds",
        "gamma-holding: 57.5 %, shareholding, as of 2024-06-30, inferred from the source's words, from 2019-01-01",
    ) in lines(facts, "state-xa")


@pytest.mark.parametrize("code", ["XA", "xa", " XA "])
def test_a_country_shows_codes_groups_and_counts(facts: Facts, code: str) -> None:
    assert lines(facts, code) == [
        ("country", "Xanadu"),
        ("codes", "XA XAA"),
        ("calling codes", "999"),
        ("mobile country codes", "001"),
        ("mobile subscriptions", "1,234,567 (2024)"),
        ("law of", "XB"),
        ("member of", "pact, from 2001-01-01, until 2020-01-01"),
        ("registered", "1 networks, 1 signalling points"),
        ("seat of", "alpha-transit"),
        ("seat of", "gamma"),
    ]


def test_a_group_shows_its_members(facts: Facts) -> None:
    assert lines(facts, "pact") == [("group", "Pact"), ("member", "Xanadu (XA), from 2001-01-01, until 2020-01-01")]


@pytest.mark.parametrize("code", ["4-176-4", "4.176.4", "4-0176-4".replace("0176", "176"), "9604"])
def test_a_point_code_is_found_in_each_notation(facts: Facts, code: str) -> None:
    assert lines(facts, code) == [
        ("point code", "4-176-4 = 9604"),
        ("name", "S5"),
        ("owner", "Gamma Ltd"),
        ("country", "Xanadu (XA)"),
        ("carrier", "gamma"),
    ]


@pytest.mark.parametrize("code", ["00101", "001-01", "XAAAM", "xaaam"])
def test_a_network_is_found_by_plmn_and_tadig(facts: Facts, code: str) -> None:
    assert lines(facts, code) == [
        ("network", "00101 Alpha Mobile"),
        ("country", "Xanadu (XA)"),
        ("TADIG code", "XAAAM"),
    ]


def test_a_vendor_an_action_an_incident_and_a_source_are_shown(facts: Facts) -> None:
    assert lines(facts, "nodes")[:3] == [("vendor", "Nodes"), ("seat", "Xanadu (XA)"), ("written", "Nodes, NODES Inc")]
    assert ("entity", "Gamma Holding (registeredEntity)") in lines(facts, "nodes")
    assert ("concerns", "gamma") in lines(facts, "ban")
    assert ("protocols", "ss7, diameter") in lines(facts, "leak")
    assert ("address", "urn:ipxray:lab") in lines(facts, "lab")


def test_every_line_but_a_count_has_a_source(facts: Facts) -> None:
    for identifier in ("gamma", "XA", "pact", "9604", "00101", "nodes", "ban", "leak", "lab"):
        assert all(line.source in facts.sources for line in show(facts, identifier) if line.label != "registered")


@pytest.mark.parametrize(
    ("name", "identifier"), [("xanadu", "XA"), ("Gamma Ltd.", "gamma"), ("gamma holding", "gamma-holding")]
)
def test_a_name_that_one_thing_bears_shows_it(facts: Facts, name: str, identifier: str) -> None:
    assert show(facts, name) == show(facts, identifier)


@pytest.mark.parametrize(
    ("identifier", "hint"),
    [
        ("GMM", "did you mean beta-relay or gamma?"),
        ("holding", "did you mean gamma-holding"),
        ("gama", "did you mean gamma"),
        ("xaabm", "did you mean XAAAM?"),
        ("?", "ipxray facts list"),
        ("", "ipxray facts list"),
        ("7-255-7", "ipxray facts list"),
        ("99999", "ipxray facts list"),
        ("x" * 5000, "ipxray facts list"),
    ],
)
def test_an_unknown_id_names_its_neighbours(facts: Facts, identifier: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        show(facts, identifier)
    assert caught.value.hint.startswith(hint)
    assert len(str(caught.value)) < 200

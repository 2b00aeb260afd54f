"""Folders laid over one another: rows with an id replace, aliases and ownership add up, states are implied."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.facts.assembly import is_user_assigned, state_id

COUNTRIES = (
    "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,territory_of,source\n"
)
NETWORKS = "plmn,operator,country,tadig,source\n"
POINTS = "point_code,name,owner,country,source\n"


def test_a_carrier_of_a_later_folder_replaces_the_earlier_one(overlaid: Callable[..., Any]) -> None:
    made = overlaid("", '[[carrier]]\nid = "alpha-transit"\nname = "Alpha New"\nseat = "XC"\nsource = "lab"')
    assert made.errors == []
    assert made.facts.carriers["alpha-transit"].name == "Alpha New"
    assert made.facts.entities["alpha-transit"].jurisdiction == "XC"
    assert set(made.facts.carriers) == {"alpha-transit", "beta-relay"}


def test_aliases_and_ownership_add_up(overlaid: Callable[..., Any]) -> None:
    alias = '[[alias]]\ntext = "A"\ncarriers = ["{}"]\nsource = "lab"\n'
    share = (
        '[[ownership]]\nsubject = "alpha-transit"\ninterested_party = "state-x{}"\n'
        'interest_type = "shareholding"\nshare = {{ exact = 30 }}\nsource = "lab"\n'
    )
    made = overlaid(alias.format("alpha-transit") + share.format("a"), alias.format("beta-relay") + share.format("b"))
    assert made.errors == []
    assert [one.carriers for one in made.facts.aliases] == [("alpha-transit",), ("beta-relay",)]
    assert [one.interested_party for one in made.facts.ownership] == ["state-xa", "state-xb"]


def test_countries_and_points_replace_by_code_and_networks_by_plmn_and_tadig(overlaid: Callable[..., Any]) -> None:
    made = overlaid(
        "",
        "",
        {
            "beneath": {
                "countries.csv": COUNTRIES + "XA,XAA,Old,,,,,,,lab\n",
                "networks.csv": NETWORKS
                + "00101,Old,XA,XAAAM,lab\n00101,Old,XA,,lab\n00102,Kept,XA,,lab\n00101,Old too,XB,XAAAM,lab\n",
                "signalling_points.csv": POINTS + "1-1-1,N,Old,XA,lab\n1-1-2,N,Kept,XA,lab\n",
            },
            "above": {
                "countries.csv": COUNTRIES + "XA,XAA,New,,,,,,,lab\n",
                "networks.csv": NETWORKS + "00101,New,XA,XAAAM,lab\n",
                "signalling_points.csv": POINTS + "1-1-1,N,New,XA,lab\n",
            },
        },
    )
    assert made.errors == []
    assert made.facts.countries["XA"].name == "New"
    assert [network.operator for network in made.facts.networks] == ["Old", "Kept", "New"]
    assert {point.owner for point in made.facts.signalling_points} == {"New", "Kept"}


def test_an_id_that_two_rows_of_one_folder_bear_is_refused(world: Callable[..., Any]) -> None:
    twice = '[[entity]]\nid = "gamma"\nname = "Gamma"\ntype = "person"\nsource = "lab"\n' * 2
    assert world(twice).errors == ["facts.toml:26: entity gamma: is there twice: first in facts.toml:21"]
    twice = {
        "countries.csv": COUNTRIES + "XA,XAA,A,,,,,,,lab\n" * 2,
        "signalling_points.csv": POINTS + "1-1-1,N,O,,lab\n" * 2,
    }
    assert len(world(files=twice).errors) == 2


def test_a_plmn_may_repeat_with_another_source_or_operator_but_not_whole(world: Callable[..., Any]) -> None:
    rows = "00101,Alpha,XA,,lab\n00101,Alpha,XB,,lab\n00101,Alfa,XA,,lab\n"
    assert world(files={"networks.csv": NETWORKS + rows}).errors == []
    assert "is there twice" in world(files={"networks.csv": NETWORKS + rows + "00101,Alfa,XA,,lab\n"}).errors[0]


def test_the_same_source_key_in_two_files_of_a_folder_is_refused(world: Callable[..., Any]) -> None:
    again = (
        '[sources.lab]\npublisher = "P"\ntitle = "T"\nurl = "urn:ipxray:lab"\nretrieved = 2025-01-01\nmark = "news"\n'
    )
    (error,) = world(files={"more.toml": again}).errors
    assert error == "more.toml:1: source lab: is there twice: first in facts.toml:4"


def test_a_state_is_implied_by_a_country_and_by_a_code_of_a_fictional_world(world: Callable[..., Any]) -> None:
    made = world(
        '[[ownership]]\nsubject = "alpha-transit"\ninterested_party = "state-xd"\n'
        'interest_type = "shareholding"\nsource = "lab"',
        {"countries.csv": COUNTRIES + "XC,XCC,Cathay,,,,,,,lab\n"},
    )
    assert made.errors == []
    states = {entity.id: entity.name for entity in made.facts.entities.values() if entity.type == "state"}
    assert states == {"state-xc": "Cathay", "state-xa": "State XA", "state-xb": "State XB", "state-xd": "State XD"}
    assert made.facts.entities["state-xc"].jurisdiction == "XC"


def test_a_carrier_and_a_vendor_imply_an_entity_unless_one_is_written(world: Callable[..., Any]) -> None:
    made = world(
        '[[vendor]]\nid = "nodes"\nname = "Nodes"\nseat = "XC"\nsource = "lab"\n'
        '[[entity]]\nid = "beta-relay"\nname = "Beta Relay Holding"\ntype = "arrangement"\nsource = "lab"\n'
        '[[carrier]]\nid = "gamma"\nname = "Gamma"\nlegal_name = "Gamma Transit Ltd"\nsource = "lab"\n'
    )
    entities = made.facts.entities
    assert (entities["alpha-transit"].type, entities["alpha-transit"].jurisdiction) == ("registeredEntity", "XA")
    assert entities["nodes"].jurisdiction == "XC"
    assert (entities["beta-relay"].name, entities["beta-relay"].type) == ("Beta Relay Holding", "arrangement")
    assert entities["gamma"].name == "Gamma Transit Ltd"


def test_facts_cannot_be_changed(world: Callable[..., Any]) -> None:
    facts = world().facts
    with pytest.raises(TypeError):
        facts.carriers["gamma"] = facts.carriers["alpha-transit"]
    with pytest.raises(AttributeError):
        facts.fictional = False


def test_the_digest_follows_every_folder(overlaid: Callable[..., Any]) -> None:
    digests = {overlaid("", "").facts.digest, overlaid("# a", "").facts.digest, overlaid("", "# a").facts.digest}
    assert len(digests) == 3
    assert all(len(digest) == 64 for digest in digests)


@pytest.mark.parametrize("code", ["AA", "QM", "QZ", "XA", "XK", "XZ", "ZZ"])
def test_the_codes_that_iso_leaves_to_its_users_are_known(code: str) -> None:
    assert is_user_assigned(code)


@given(st.from_regex("[A-Z]{2}", fullmatch=True).filter(lambda code: code[0] not in "AQXZ"))
def test_no_other_code_is_user_assigned(code: str) -> None:
    assert not is_user_assigned(code)
    assert state_id(code) == f"state-{code.lower()}"

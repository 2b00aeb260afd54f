"""Single rows that cannot be: dates beyond their source, reserved AS numbers, one name for two carriers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


def ownership(dates: str) -> str:
    return (
        '[[ownership]]\nsubject = "alpha-transit"\ninterested_party = "state-xa"\n'
        f'interest_type = "shareholding"\nsource = "lab"\n{dates}\n'
    )


def alias(text: str, *carriers: str, dates: str = "") -> str:
    return f'[[alias]]\ntext = "{text}"\ncarriers = {list(carriers)}\nsource = "lab"\n{dates}\n'


def carrier(**fields: str) -> str:
    return '[[carrier]]\nid = "gamma"\nname = "Gamma"\nsource = "lab"\n' + "".join(
        f"{name} = {value}\n" for name, value in fields.items()
    )


@pytest.mark.parametrize(
    "dates", ["as_of = 2025-06-01", "start_date = 2026-01-01", "end_date = 2030-05-31", "as_of = 1901-01-01"]
)
def test_a_date_that_its_source_can_know_is_accepted(world: Callable[..., Any], dates: str) -> None:
    assert world(ownership(dates)).errors == []


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ("as_of = 2025-06-02", "is after 2025-06-01, when its source lab was taken over"),
        ("start_date = 2087-01-01", "more than five years after"),
        ("end_date = 2087-01-01", "more than five years after"),
        ("start_date = 1066-10-14", "is before 1800"),
    ],
)
def test_a_date_that_its_source_cannot_know_is_refused(world: Callable[..., Any], dates: str, says: str) -> None:
    (error,) = world(ownership(dates)).errors
    assert says in error


def test_dates_of_aliases_groups_actions_and_incidents_are_held_against_their_source(world: Callable[..., Any]) -> None:
    errors = world(
        alias("A", "beta-relay", dates="until = 2087-01-01")
        + '[[group]]\nid = "pact"\nname = "Pact"\nsource = "lab"\nmembers = [{ country = "XA", since = 2087-01-01 }]\n'
        + '[[policy_action]]\nid = "ban"\ndate = "2025-07"\nbody = "B"\naction = "A"\nstatus = "decided"\n'
        + 'source = "lab"\n'
        + '[[incident]]\nid = "leak"\ndate = "2020/2026"\ntitle = "T"\nalleged_actor = "unknown"\nsource = "lab"\n'
    ).errors
    assert [error.split(": ")[1] for error in errors] == [
        "alias 1 until", "group pact members", "policy_action ban date", "incident leak date",
    ]  # fmt: skip


@pytest.mark.parametrize("asn", [23456, 65535, 4_294_967_295])
def test_a_reserved_as_number_is_refused_even_in_fiction(world: Callable[..., Any], asn: int) -> None:
    assert "reserved or private" in world(carrier(asns=f'[{{ asn = {asn}, use = "grx" }}]')).errors[0]


@pytest.mark.parametrize("asn", [64_500, 64_512, 65_540, 4_200_000_000])
def test_a_private_as_number_names_nobody_on_the_internet(
    world: Callable[..., Any], real_world: Callable[..., Any], asn: int
) -> None:
    written = carrier(asns=f'[{{ asn = {asn}, use = "internet" }}]')
    assert world(written).errors == []
    assert "reserved or private" in real_world(written.replace("lab", "paper")).errors[0]
    assert real_world(written.replace("lab", "paper").replace("internet", "grx")).errors == []


def test_an_as_number_of_two_carriers_is_a_warning(world: Callable[..., Any]) -> None:
    first = carrier(asns='[{ asn = 64500, use = "grx" }, { asn = 64501, use = "internet" }]')
    second = first.replace("gamma", "delta").replace("Gamma", "Delta")
    assert len(world(first + second).warnings) == 2
    assert world(first + second.replace("64500", "64502").replace("64501", "64500")).warnings == []


def test_one_name_for_two_carriers_must_be_one_alias(world: Callable[..., Any]) -> None:
    (error,) = world(alias("ABC Ltd", "alpha-transit") + alias("a.b.c", "beta-relay")).errors
    assert "write one alias with several carriers" in error
    assert world(alias("ABC Ltd", "alpha-transit", "beta-relay")).errors == []
    assert world(alias("ABC Ltd", "alpha-transit") + alias("A.B.C.", "alpha-transit")).faults == []


def test_a_name_that_passes_on_at_a_date_is_no_fault(world: Callable[..., Any]) -> None:
    made = world(
        alias("ABC", "alpha-transit", dates="until = 2020-01-01")
        + alias("ABC", "beta-relay", dates="since = 2020-01-01")
    )
    assert made.faults == []
    made = world(
        alias("ABC", "alpha-transit", dates="until = 2010-01-01")
        + alias("ABC", "alpha-transit", dates="since = 2015-01-01")
        + alias("ABC", "beta-relay", dates="since = 2020-01-01")
    )
    assert len(made.errors) == 1


def test_an_alias_written_twice_is_noted(world: Callable[..., Any]) -> None:
    (note,) = world(alias("ABC", "alpha-transit") * 2).notes
    assert "stands in facts.toml:21 as well" in note


def test_a_name_that_is_handed_on_without_end_is_bounded(world: Callable[..., Any]) -> None:
    text = "".join(
        alias("ABC", "alpha-transit", dates=f"since = {1900 + year}-01-01\nuntil = {1900 + year}-06-01")
        for year in range(60)
    )
    assert "more than 50 times" in world(text).errors[0]


def test_an_alias_that_is_another_carriers_name_is_a_warning(world: Callable[..., Any]) -> None:
    assert "is the name of beta-relay" in world(alias("BETA RELAY Ltd", "alpha-transit")).warnings[0]
    assert world(alias("BETA RELAY Ltd", "alpha-transit", "beta-relay")).warnings == []


def test_two_carriers_of_one_name_are_a_warning(world: Callable[..., Any]) -> None:
    twin = carrier().replace('"Gamma"', '"Alpha Transit Ltd"')
    assert len(world(twin).warnings) == 2


def test_an_owner_that_the_list_does_not_have_or_that_two_claim_is_a_warning(world: Callable[..., Any]) -> None:
    points = {"signalling_points.csv": "point_code,name,owner,country,source\n1-1-1,N,Gamma Ltd,XA,lab\n"}
    owner = carrier(ispc_owners='["Gamma Ltd"]')
    assert world(owner, points).faults == []
    assert "no signalling point has the owner 'Gamma Ltd'" in world(owner).warnings[0]
    twice = owner + owner.replace('"gamma"', '"delta"').replace('name = "Gamma"', 'name = "Delta"')
    assert "is also given to gamma" in world(twice, points).warnings[0]

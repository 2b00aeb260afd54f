"""The shipped facts: counted against their sources, spot-checked, each row with its source, without a fault."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from ipxray.facts import Facts, Membership, check, load
from ipxray.facts.tabular import point_code_value


@pytest.fixture(scope="module")
def facts() -> Facts:
    return load()


def members(facts: Facts, group: str, day: date) -> set[str]:
    def belongs(member: Membership) -> bool:
        return (member.since or date.min) <= day < (member.until or date.max)

    return {member.country for member in facts.groups[group].members if belongs(member)}


def test_nothing_is_wrong_with_the_shipped_facts() -> None:
    # The day bounds retrieval: facts taken over later than that are written by somebody who can move it.
    assert [str(fault) for fault in check(today=date(2027, 12, 31)) if fault.severity == "error"] == []


def test_every_row_has_a_source_that_is_described(facts: Facts) -> None:
    rows = (
        *facts.countries.values(), *facts.networks, *facts.signalling_points, *facts.carriers.values(), *facts.aliases,
        *facts.entities.values(), *facts.ownership, *facts.vendors.values(), *facts.policy_actions, *facts.incidents,
    )  # fmt: skip
    assert {row.source for row in rows} <= set(facts.sources)
    assert all(member.source in facts.sources for group in facts.groups.values() for member in group.members)
    assert all(source.url.startswith("http") for source in facts.sources.values())


def test_the_shipped_facts_are_of_the_real_world(facts: Facts) -> None:
    assert not facts.fictional
    assert not {"XA", "XZ", "ZZ"} & set(facts.countries)


def test_the_signalling_points_are_as_many_as_the_bulletin_states(facts: Facts) -> None:
    assert len(facts.signalling_points) == len(facts.signalling_point_by_code) == 6_291
    assert len({point.point_code >> 3 for point in facts.signalling_points}) == 950
    assert sum(point.country is None for point in facts.signalling_points) == 6


@pytest.mark.parametrize(
    ("code", "owner", "country"),
    [
        ("4-176-4", "CITIC Telecom International Ltd", "HK"),
        ("4-179-0", "CITIC Telecom International Ltd", "HK"),
        ("2-56-6", "Belgacom International Carrier", "CH"),
        ("4-8-1", "Videsh Sanchar Nigam Ltd (VSNL)", "IN"),
        ("2-31-5", "TELEFÓNICA INTERNATIONAL WHOLESALE SERVICES, S.L. UNIPERSONAL", "ES"),
        ("5-40-5", "CAT", "TH"),
        # wrapped in the bulletin: the operator, the name, both
        ("4-108-0", "Reach Networks Hong Kong Ltd and Reach Cable Networks Ltd", "HK"),
        ("3-84-6", "Cable and Wireless (Barbados) Ltd", "BB"),
        ("4-104-6", "Vietnam Posts and Telecommunications Corporation (VNPT)", "VN"),
    ],
)
def test_a_signalling_point_has_its_owner(facts: Facts, code: str, owner: str, country: str) -> None:
    point = facts.signalling_point_by_code[point_code_value(code) or 0]
    assert (point.owner, point.country) == (owner, country)


def test_a_wrapped_name_is_whole(facts: Facts) -> None:
    assert facts.signalling_point_by_code[point_code_value("4-104-6") or 0].name == (
        "Signalling Transfer Point Gateway Ho Chi Minh"
    )


@pytest.mark.shared
def test_every_point_code_of_the_reference_documents_has_an_owner(facts: Facts, shared: Path) -> None:
    found = set()
    for document in sorted((shared / "ir21").glob("*.xml")):
        text = document.read_text(encoding="utf-8")
        found.update(re.findall(r"<(?:\w+:)?DPC>([^<]+)<", text))
        found.update(re.findall(r"(?<![\d.-])[0-7]-\d{1,3}-[0-7](?![\d.-])", text))
    codes = {point_code_value(code.strip().replace(".", "-")) for code in found}
    assert len(codes) == 16
    assert all(facts.signalling_point_by_code[code or 0].owner for code in codes)


def test_countries_carry_codes_and_subscriptions(facts: Facts) -> None:
    assert len(facts.countries) == 250
    assert facts.country_by_iso3["HKG"] == "HK"
    assert facts.countries["HK"].mobile_country_codes == ("454",)
    assert facts.countries["CN"].subscriptions == 1_730_000_000
    assert facts.countries["IN"].subscriptions == 1_150_000_000
    assert sum(country.subscriptions is not None for country in facts.countries.values()) >= 220
    world = sum(country.subscriptions or 0 for country in facts.countries.values())
    assert 7_500_000_000 < world < 9_500_000_000
    assert all(country.subscriptions is None or country.subscriptions > 1_000 for country in facts.countries.values())


def test_a_calling_code_may_be_shared(facts: Facts) -> None:
    by_code = facts.country_by_calling_code
    assert len(by_code["1"]) == 25
    assert by_code["7"] == ("KZ", "RU")
    assert by_code["44"] == ("GB", "GG", "IM", "JE")
    assert by_code["1876"] == ("JM",)
    assert by_code["852"] == ("HK",)
    assert set(by_code["590"]) == {"BL", "GP", "MF"}


@pytest.mark.parametrize(
    ("territory", "state"),
    [("HK", "CN"), ("MO", "CN"), ("GG", "GB"), ("GI", "GB"), ("PR", "US"), ("RE", "FR"), ("CW", "NL"), ("FO", "DK")],
)
def test_a_territory_is_under_the_law_of_a_state(facts: Facts, territory: str, state: str) -> None:
    assert facts.countries[territory].territory_of == state


@pytest.mark.parametrize("code", ["TW", "CK", "NU", "XK", "PS", "EH", "CN", "FM"])
def test_what_is_no_territory_or_disputed_is_under_nobody(facts: Facts, code: str) -> None:
    assert facts.countries[code].territory_of is None


def test_networks_keep_both_sources_where_they_differ(facts: Facts) -> None:
    assert len(facts.networks) == 2_711
    assert len({network.tadig for network in facts.networks if network.tadig}) == 649
    named = {network.source: network.operator for network in facts.networks if network.plmn == "21413"}
    assert set(named) == {"cell-tower-data-mcc-mnc", "itu-operational-bulletin-1283"}
    assert named["itu-operational-bulletin-1283"].startswith("FOOTBALLERISTA")
    assert {network.country for network in facts.networks if network.plmn == "23450"} == {"GB", "GG", "JE"}
    assert {network.country for network in facts.networks if network.plmn == "90107"} == {None}


@pytest.mark.parametrize(
    ("group", "day", "number"),
    [
        ("five-eyes", date(2024, 1, 1), 5),
        ("nato", date(1949, 4, 4), 12),
        ("nato", date(2023, 4, 3), 30),
        ("nato", date(2024, 3, 6), 31),
        ("nato", date(2024, 3, 7), 32),
        ("eu", date(1958, 1, 1), 6),
        ("eu", date(2020, 1, 31), 28),
        ("eu", date(2020, 2, 1), 27),
        ("eea", date(2024, 1, 1), 30),
        ("g7", date(2024, 1, 1), 7),
        ("quad", date(2024, 1, 1), 4),
        ("asean", date(2025, 10, 25), 10),
        ("asean", date(2025, 10, 26), 11),
        ("major-non-nato-allies", date(2024, 7, 1), 20),
        ("gcc", date(2024, 1, 1), 6),
        ("brics", date(2025, 2, 1), 10),
        ("sco", date(2024, 8, 1), 10),
    ],
)
def test_a_group_has_as_many_members_as_it_had_that_day(facts: Facts, group: str, day: date, number: int) -> None:
    assert len(members(facts, group, day)) == number


def test_the_eu_is_within_the_eea_and_no_nato_member_is_a_non_nato_ally(facts: Facts) -> None:
    day = date(2024, 7, 1)
    assert members(facts, "eu", day) < members(facts, "eea", day)
    assert not members(facts, "nato", day) & members(facts, "major-non-nato-allies", day)


def test_the_carriers_that_must_be_there_are(facts: Facts) -> None:
    assert len(facts.carriers) >= 35
    assert {
        "china-mobile-international", "china-telecom-global", "china-unicom-global", "citic-telecom-international",
        "pccw-global", "bics", "syniverse", "tata-communications", "ibasis", "comfone", "arelion", "sparkle",
        "telefonica-global-solutions", "orange-international-carriers",
    } <= set(facts.carriers)  # fmt: skip

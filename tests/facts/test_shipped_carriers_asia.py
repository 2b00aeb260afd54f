"""What the shipped facts say of the carriers of Asia and the Pacific, their owners, policy actions and incidents."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from ipxray.atlas.control import control_rows, ownership_at
from ipxray.facts import Facts, check, load, normalise_name

TODAY = date(2026, 11, 23)
SEATS = {
    "china-mobile-international": "HK",
    "china-telecom-global": "HK",
    "china-unicom-global": "HK",
    "citic-telecom-international": "HK",
    "pccw-global": "HK",
    "hgc-global-communications": "HK",
    "telstra-international": None,
    "singtel": "SG",
    "starhub": "SG",
    "ntt-communications": "JP",
    "kddi": "JP",
    "softbank": "JP",
    "kt": "KR",
    "sk-telink": "KR",
    "lg-uplus": "KR",
    "chunghwa-telecom": "TW",
    "far-eastone": "TW",
    "telin": "ID",
    "indosat": "ID",
    "telekom-malaysia": "MY",
    "maxis": "MY",
    "true-corporation": "TH",
    "national-telecom-thailand": "TH",
    "pldt": "PH",
    "globe-telecom": "PH",
    "viettel": "VN",
    "vnpt": "VN",
    "tata-communications": "IN",
    "bharti-airtel": "IN",
    "reliance-jio": "IN",
    "spark-new-zealand": "NZ",
    "vocus": "AU",
    "dialog-axiata": "LK",
}
CHINESE_STATE = {
    "china-mobile-international",
    "china-telecom-global",
    "china-unicom-global",
    "citic-telecom-international",
}


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return load()


def controlled(facts: Facts, state: str, rule: str, at: date = TODAY) -> set[str]:
    """The carriers that the state controls for certain under the rule."""
    rows = control_rows(facts, ownership_at(facts, at), territory_seat=1.0)
    return {row.carrier_id for row in rows if (row.controller, row.rule, row.low) == (state, rule, 1.0)}


def named(facts: Facts, text: str) -> list[tuple[str, ...]]:
    return [alias.carriers for alias in facts.aliases if normalise_name(alias.text) == normalise_name(text)]


def test_the_files_of_the_region_have_no_error_and_warn_of_disagreeing_sources_only() -> None:
    names = ("carriers/asia-pacific.toml", "ownership/asia-pacific.toml", "policy.toml", "incidents.toml")
    found = [fault for fault in check(today=TODAY) if fault.file in names]
    assert {fault.severity for fault in found} <= {"warning"}
    assert all("another statement on the same pair differs" in fault.message for fault in found)


def test_every_carrier_of_the_region_has_its_seat(shipped: Facts) -> None:
    assert {key: carrier.seat for key, carrier in shipped.carriers.items() if key in SEATS} == SEATS


def test_every_point_code_owner_is_written_as_the_itu_list_writes_it(shipped: Facts) -> None:
    owners = {point.owner for point in shipped.signalling_points}
    claimed = {owner for key in SEATS for owner in shipped.carriers[key].ispc_owners}
    assert len(claimed) > 60
    assert claimed <= owners


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("CMI", "china-mobile-international"),
        ("CTG", "china-telecom-global"),
        ("CUG", "china-unicom-global"),
        ("CITIC", "citic-telecom-international"),
        ("PCCW", "pccw-global"),
        ("TATA", "tata-communications"),
        ("VSNL", "tata-communications"),
        ("CAT Telecom", "national-telecom-thailand"),
        ("TOT", "national-telecom-thailand"),
    ],
)
def test_a_short_name_means_one_carrier(shipped: Facts, text: str, carrier: str) -> None:
    assert named(shipped, text) == [(carrier,)]


def test_hkt_belongs_to_the_group_of_pccw_and_the_carrier_says_why(shipped: Facts) -> None:
    assert named(shipped, "HKT") == [("pccw-global",)]
    assert "HKT" in (shipped.carriers["pccw-global"].note or "")


def test_a_name_that_two_carriers_shared_stays_a_set_of_candidates(shipped: Facts) -> None:
    assert named(shipped, "Reach") == [("pccw-global", "telstra-international")]
    assert named(shipped, "Telecom") == []


def test_a_new_company_name_means_nothing_before_its_day(shipped: Facts) -> None:
    since = {alias.text: alias.since for alias in shipped.aliases}
    assert since["National Telecom"] == date(2021, 1, 7)
    assert since["NTT Docomo Business"] == date(2025, 7, 1)


@pytest.mark.parametrize("rule", ["majority_50", "over_50", "blocking_25"])
def test_the_chinese_state_controls_four_carriers_by_shares(shipped: Facts, rule: str) -> None:
    assert controlled(shipped, "CN", rule) == CHINESE_STATE


def test_pccw_global_is_a_minority_case(shipped: Facts) -> None:
    (statement,) = (
        each
        for each in shipped.ownership
        if (each.subject, each.interested_party) == ("pccw-ltd", "china-unicom-group")
    )
    assert statement.share is not None
    assert (statement.share.minimum, statement.share.is_exact) == (18.4, True)
    assert controlled(shipped, "CN", "ten_percent") == {*CHINESE_STATE, "pccw-global"}


def test_a_stake_of_unknown_size_makes_control_possible_and_never_certain(shipped: Facts) -> None:
    rows = control_rows(shipped, ownership_at(shipped, TODAY), territory_seat=1.0)
    found = {
        row.rule: (row.low, row.high)
        for row in rows
        if (row.carrier_id, row.controller) == ("hgc-global-communications", "CN")
    }
    assert found == {"blocking_25": (0.0, 1.0), "ten_percent": (0.0, 1.0), "seat": (1.0, 1.0)}


@pytest.mark.parametrize(
    ("state", "carriers"),
    [
        ("SG", {"singtel", "starhub"}),
        ("TH", {"national-telecom-thailand"}),
        ("VN", {"viettel", "vnpt"}),
        ("ID", {"telin"}),
        ("JP", set()),
        ("TW", set()),
        ("IN", set()),
    ],
)
def test_other_states_control_theirs_by_majority(shipped: Facts, state: str, carriers: set[str]) -> None:
    assert controlled(shipped, state, "majority_50") == carriers


def test_holdings_count_at_their_own_date(shipped: Facts) -> None:
    assert "tata-communications" in controlled(shipped, "IN", "blocking_25", date(2021, 3, 17))
    assert "tata-communications" not in controlled(shipped, "IN", "ten_percent", date(2021, 3, 18))
    assert "true-corporation" in controlled(shipped, "CN", "ten_percent", date(2023, 2, 28))
    assert "true-corporation" not in controlled(shipped, "CN", "ten_percent", date(2023, 3, 1))


def test_sources_that_disagree_are_both_in_force(shipped: Facts) -> None:
    found = [
        each.share.minimum
        for each in shipped.ownership
        if each.share is not None and (each.subject, each.interested_party) == ("china-unicom-group", "sasac")
    ]
    assert sorted(found) == [98.0, 100.0]


def test_what_is_inferred_shows_the_words_it_is_inferred_from_or_says_how(shipped: Facts) -> None:
    inferred = [
        each for each in shipped.ownership if each.inferred and each.subject in {*SEATS, "hkt-ltd", "citic-ltd"}
    ]
    assert inferred
    assert all(each.quote or each.note for each in inferred)


def test_policy_actions_concern_the_carriers_they_name(shipped: Facts) -> None:
    actions = {action.id: action for action in shipped.policy_actions}
    denial = actions["fcc-2019-china-mobile-usa-denial"]
    assert (denial.date, denial.body, denial.concerns) == ("2019-05-09", "FCC", ("china-mobile-international",))
    assert actions["fcc-2025-hkt-show-cause"].status == "unknown outcome"
    assert actions["fcc-2025-hkt-show-cause"].concerns == ("pccw-global",)


def test_policy_actions_stand_in_order_of_date(shipped: Facts) -> None:
    dates = [action.date for action in shipped.policy_actions if action.date not in {"2022", "2023"}]
    assert all(earlier <= later for earlier, later in pairwise(dates))


def test_an_incident_that_is_no_interconnect_abuse_says_so(shipped: Facts) -> None:
    (salt,) = (each for each in shipped.incidents if each.id == "salt-typhoon-2024")
    assert salt.protocols == ()
    assert "Not interconnect abuse" in (salt.caution or "")


def test_an_operators_identity_in_a_message_does_not_convict_it(shipped: Facts) -> None:
    cautions = {each.id: each.caution or "" for each in shipped.incidents}
    assert "spoofed or leased" in cautions["caribbean-2018-2020-us-roamers"]
    assert "spoofing or leasing" in cautions["bad-connection-2026"]

"""What the shipped facts say of the carriers outside Asia and the Pacific, of their owners and of equipment vendors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ipxray.atlas.confirm import Registers
from ipxray.atlas.control import control_rows, ownership_at
from ipxray.atlas.names import CarrierNames
from ipxray.facts import Facts, OwnershipStatement, check, load, normalise_name

TODAY = date(2026, 11, 23)
FILES = tuple(
    f"{kind}/{region}.toml"
    for kind in ("carriers", "ownership")
    for region in ("europe", "americas", "middle-east-africa")
)
STATE_MAJORITIES = {
    "AE": {"du", "e-and-carrier-wholesale"},
    "AO": {"angola-cables"},
    "BE": {"bics", "proximus-global"},
    "BH": {"beyon", "sure"},
    "CH": {"swisscom"},
    "EG": {"telecom-egypt"},
    "JE": {"jt"},
    "KZ": {"kazakhtelecom"},
    "NO": {"telenor-linx"},
    "QA": {"ooredoo"},
    "RU": {"rostelecom", "transtelecom"},
    "SA": {"stc"},
}
POINT_CODES = {
    "5-017-0": ("Optus Ltd", set()),
    "2-065-0": ("A1 Telekom Austria AG", {"a1-telekom-austria"}),
    "2-065-2": ("A1 Telekom Austria AG", {"a1-telekom-austria"}),
    "2-031-5": ("TELEFÓNICA INTERNATIONAL WHOLESALE SERVICES, S.L. UNIPERSONAL", {"telefonica-global-solutions"}),
    "3-191-7": ("Telefonica International Wholesale Services USA, Inc", {"telefonica-global-solutions"}),
    "2-056-6": ("Belgacom International Carrier", {"bics"}),
    "2-056-7": ("Belgacom International Carrier", {"bics"}),
    "2-009-0": ("KPN B.V.", {"kpn"}),
    "2-009-1": ("KPN B.V.", {"kpn"}),
    # namesakes and sold companies: Transtelecom of Kazakhstan, TDC's former company in Norway
    "4-075-1": ("JSC TransTelecom", set()),
    "2-085-5": ("TDC AS", set()),
}


@pytest.fixture(scope="module")
def shipped() -> Facts:
    return load()


def controlled(facts: Facts, controller: str, rule: str, *, possible: bool = False, at: date = TODAY) -> set[str]:
    """The carriers that a state or entity controls under the rule: for certain, or possibly."""
    rows = control_rows(facts, ownership_at(facts, at), territory_seat=1.0)
    mine = [row for row in rows if (row.controller, row.rule) == (controller, rule)]
    return {row.carrier_id for row in mine if (row.high if possible else row.low) == 1.0}


def meant(facts: Facts, text: str, at: date = TODAY) -> tuple[str, ...]:
    return CarrierNames(facts).candidates(text, at)


def holdings(facts: Facts, subject: str, at: date = TODAY) -> dict[str, OwnershipStatement]:
    """The statements on a subject in force at the date, by holder."""
    found = [each for each in facts.ownership if each.subject == subject]
    begun = [each for each in found if each.start_date is None or each.start_date <= at]
    return {each.interested_party: each for each in begun if each.end_date is None or at < each.end_date}


def test_the_files_have_no_errors() -> None:
    faults = check(today=TODAY)
    assert [
        str(fault) for fault in faults if fault.severity == "error" and fault.file in (*FILES, "vendors.toml")
    ] == []


def test_the_owners_named_for_point_codes_are_the_itu_list_s_own_spellings() -> None:
    assert [str(fault) for fault in check() if fault.file in FILES and fault.field == "ispc_owners"] == []


@pytest.mark.parametrize("state", sorted(STATE_MAJORITIES))
def test_a_state_that_holds_a_majority_controls_its_carriers(shipped: Facts, state: str) -> None:
    assert controlled(shipped, state, "majority_50") >= STATE_MAJORITIES[state]


def test_germany_blocks_but_does_not_control_deutsche_telekom(shipped: Facts) -> None:
    carrier = "deutsche-telekom-global-carrier"
    assert carrier in controlled(shipped, "DE", "blocking_25")
    assert carrier not in controlled(shipped, "DE", "majority_50", possible=True)


def test_france_blocks_orange_by_its_votes_which_its_capital_alone_would_not(shipped: Facts) -> None:
    public = ("state-fr", "bpifrance-participations", "caisse-des-depots")
    day = [each for each in shipped.ownership if each.subject == "orange-sa" and each.end_date is None]
    capital = [each.share.minimum for each in day if each.share and each.interest_type == "shareholding"]
    assert {each.interested_party for each in day} == set(public)
    assert sum(capital) < 25
    assert "orange-international-carriers" in controlled(shipped, "FR", "blocking_25")
    assert "orange-international-carriers" not in controlled(shipped, "FR", "majority_50", possible=True)


def test_austria_blocks_and_mexico_s_slim_family_controls_a1(shipped: Facts) -> None:
    assert "a1-telekom-austria" in controlled(shipped, "AT", "blocking_25")
    assert "a1-telekom-austria" not in controlled(shipped, "AT", "majority_50", possible=True)
    assert "a1-telekom-austria" in controlled(shipped, "slim-family", "over_50")


def test_turkiye_controls_turkcell_by_privileged_shares_only(shipped: Facts) -> None:
    assert "turkcell" in controlled(shipped, "TR", "blocking_25")
    assert "turkcell" not in controlled(shipped, "TR", "majority_50")
    assert "turkcell" in controlled(shipped, "TR", "majority_50", possible=True)


def test_pending_sales_are_not_stated_as_done(shipped: Facts) -> None:
    assert "sparkle" not in controlled(shipped, "IT", "ten_percent", possible=True)
    assert "turk-telekom-international" not in controlled(shipped, "TR", "majority_50")
    assert "lyy-telekomunikasyon" in holdings(shipped, "turk-telekom")
    assert {"telecom-italia"} == set(holdings(shipped, "sparkle"))
    assert {"kpn-bv"} == set(holdings(shipped, "ibasis"))
    assert {"proximus"} == set(holdings(shipped, "bics"))
    assert holdings(shipped, "cubic-telecom") == {}
    safaricom = holdings(shipped, "safaricom")["vodafone-kenya"].share
    assert safaricom is not None
    assert safaricom.maximum == 39.9


def test_a_statutory_pension_fund_is_no_body_of_the_state(shipped: Facts) -> None:
    funds = ("ap1", "ap3", "ap4", "employees-provident-fund-my", "national-pension-service-kr")
    funds += ("gosi-saudi-arabia", "general-retirement-authority-qatar")
    assert {shipped.entities[fund].type for fund in funds} == {"registeredEntity"}
    assert "arelion" not in controlled(shipped, "SE", "ten_percent")
    assert "arelion" in controlled(shipped, "SE", "majority_50", possible=True)
    assert "dialog-axiata" not in controlled(shipped, "MY", "majority_50")
    assert "dialog-axiata" in controlled(shipped, "MY", "blocking_25")
    assert "mobily" not in controlled(shipped, "SA", "ten_percent", possible=True)


def test_nobody_is_stated_as_majority_holder_of_syniverse_since_twilio_came_in(shipped: Facts) -> None:
    assert "syniverse" in controlled(shipped, "carlyle-partners-v", "over_50", at=date(2015, 1, 1))
    assert "syniverse" not in controlled(shipped, "carlyle-partners-v", "over_50")
    assert "syniverse" in controlled(shipped, "twilio", "blocking_25")
    assert "syniverse" not in controlled(shipped, "twilio", "majority_50", possible=True)


def test_switzerland_and_south_africa_left_bics_in_2021(shipped: Facts) -> None:
    assert set(holdings(shipped, "bics", date(2015, 1, 1))) == {"proximus", "swisscom", "mtn-group"}
    assert set(holdings(shipped, "bics", date(2021, 2, 9))) == {"proximus"}


@pytest.mark.parametrize(
    ("text", "carrier"),
    [
        ("Telekom Austria", "a1-telekom-austria"),
        ("TIWS", "telefonica-global-solutions"),
        ("TIWS (Telefonica International Wholesale Services)", "telefonica-global-solutions"),
        ("iBasis", "ibasis"),
        ("iBASIS TOFANE", "ibasis"),
        ("Syniverse", "syniverse"),
        ("Synverse", "syniverse"),
        ("BICS", "bics"),
        ("Belgacon International Carrier Services", "bics"),
        ("Orange (France Telecom LTD)", "orange-international-carriers"),
        ("Telia Sonera", "arelion"),
        ("Aicent", "syniverse"),
        ("Telecom Italia Sparkle S.p.A.", "sparkle"),
        ("e&", "e-and-carrier-wholesale"),
    ],
)
def test_a_name_as_operators_write_it_means_its_carrier(shipped: Facts, text: str, carrier: str) -> None:
    assert meant(shipped, text) == (carrier,)


def test_tgs_stays_two_candidates(shipped: Facts) -> None:
    assert meant(shipped, "TGS") == ("telefonica-global-solutions", "telenor-linx")


def test_mach_means_nobody_and_a_bought_name_means_its_buyer_from_the_day_of_purchase(shipped: Facts) -> None:
    assert meant(shipped, "MACH") == ()
    assert meant(shipped, "Aicent", date(2014, 8, 3)) == ()
    assert meant(shipped, "Aicent", date(2014, 8, 4)) == ("syniverse",)
    assert meant(shipped, "SAP Mobile Services", date(2020, 10, 20)) == ()
    assert meant(shipped, "SAP Mobile Services", date(2020, 10, 21)) == ("sinch",)


@pytest.mark.parametrize(
    ("host", "carrier"), [("dra1.bics3gppnetwork.org", "bics"), ("s001.hkgdra001.aicent.grx", "syniverse")]
)
def test_a_hosted_edge_agent_shows_its_carrier(shipped: Facts, host: str, carrier: str) -> None:
    assert CarrierNames(shipped).hosts(host) == (carrier,)


@pytest.mark.parametrize("code", sorted(POINT_CODES))
def test_a_declared_point_code_leads_to_its_itu_owner_and_carrier(shipped: Facts, code: str) -> None:
    registers, (owner, carriers) = Registers(shipped), POINT_CODES[code]
    point = registers.signalling_point(code)
    assert point is not None
    assert point.owner == owner
    assert set(registers.point_code_holders(code)) == carriers


@pytest.mark.shared
def test_every_vendor_of_the_real_documents_is_known(shipped: Facts, shared: Path) -> None:
    known = {normalise_name(name) for vendor in shipped.vendors.values() for name in vendor.names}
    written = set()
    for document in sorted((shared / "ir21").glob("*.xml")):
        for part in document.read_text(encoding="utf-8").split("<VendorInfo>")[1:]:
            written.add(normalise_name(part.partition("<")[0].replace("&amp;", "&")))
    assert written
    assert written <= known


def test_no_vendor_name_means_two_vendors(shipped: Facts) -> None:
    names = [name for vendor in shipped.vendors.values() for name in {normalise_name(each) for each in vendor.names}]
    assert sorted(names) == sorted(set(names))


def test_vendors_sit_where_their_filings_say_and_huawei_s_state_share_is_not_claimed(shipped: Facts) -> None:
    seats = {identifier: vendor.seat for identifier, vendor in shipped.vendors.items()}
    assert {identifier: seats[identifier] for identifier in ("huawei", "zte", "ericsson", "nokia")} == {
        "huawei": "CN",
        "zte": "CN",
        "ericsson": "SE",
        "nokia": "FI",
    }
    assert set(holdings(shipped, "huawei-investment-holding")) == {"huawei-union-committee", "ren-zhengfei"}
    assert holdings(shipped, "huawei-union-committee") == {}


def test_every_inferred_share_says_why(shipped: Facts) -> None:
    silent = [
        (each.subject, each.interested_party)
        for each in shipped.ownership
        if each.inferred and not (each.quote or each.note)
    ]
    assert silent == []

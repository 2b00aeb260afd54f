"""Diameter names: whole labels, and the network behind an operator domain. Ref: RFC 6733, 3GPP TS 23.003."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.errors import UsageError
from ipxray.identity import DiameterIdentity, PlmnId
from ipxray.identity.diameter import LONGEST_NAME

parse = DiameterIdentity.parse
labels = st.from_regex(r"[a-z0-9_]([a-z0-9_-]{0,8}[a-z0-9_])?", fullmatch=True)
last_labels = st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True)
names = st.builds(lambda head, last: ".".join([*head, last]), st.lists(labels, max_size=5), last_labels)


@given(names)
def test_the_text_form_is_parsed_back_in_either_case_with_a_trailing_dot_or_not(name: str) -> None:
    identity = parse(name)
    assert str(identity) == name
    assert ".".join(identity.labels) == name
    assert parse(name.upper() + ".") == identity


@given(names, labels)
def test_a_name_lies_within_itself_and_its_realm_but_never_within_a_longer_label(name: str, more: str) -> None:
    realm = parse(name)
    assert realm.is_within(realm)
    assert parse(f"{more}.{name}").is_within(realm)
    assert not realm.is_within(parse(f"{more}.{name}"))
    assert not parse(more + name).is_within(realm) or (more + name).endswith(f".{name}")


@pytest.mark.parametrize(
    ("host", "realm", "within"),
    [
        ("evil3gppnetwork.org", "3gppnetwork.org", False),
        ("hss.evilepc.mnc001.mcc001.3gppnetwork.org", "epc.mnc001.mcc001.3gppnetwork.org", False),
        ("hss.epc.mnc001.mcc001.3gppnetwork.org.evil.example", "epc.mnc001.mcc001.3gppnetwork.org", False),
        ("HSS.EPC.mnc001.mcc001.3gppnetwork.org.", "epc.mnc001.mcc001.3GPPNETWORK.ORG", True),
        ("epc.mnc001.mcc001.3gppnetwork.org", "hss.epc.mnc001.mcc001.3gppnetwork.org", False),
    ],
)
def test_realms_are_compared_by_whole_labels(host: str, realm: str, within: bool) -> None:
    assert parse(host).is_within(parse(realm)) is within


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        ".example",
        "hss..example",
        "hss.example..",
        "-hss.example",
        "hss-.example",
        "hss example",
        "hss.example and mme.example",
        "0.0.0.0",
        "192.0.2.1",
        "aaa://hss.example",
        "001010123456789@example",
        "hss.exämple",
        "\N{KELVIN SIGN}.example",
        "x" * 64 + ".example",
        "x." * 126 + "xx",
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a Diameter identity: a host or realm name"):
        parse(text)


def test_a_name_has_up_to_253_characters_in_labels_of_up_to_63() -> None:
    assert len(parse("x" * 63 + ".example").labels) == 2
    assert len(str(parse("x." * 126 + "x"))) == LONGEST_NAME


@pytest.mark.parametrize("name", ["HSS.example", "hss.example.", " hss.example", "a." * 200 + "a"])
def test_a_value_is_lower_case_and_nothing_else(name: str) -> None:
    with pytest.raises(UsageError):
        DiameterIdentity(name)


@pytest.mark.parametrize(
    "name",
    [
        "epc.mnc010.mcc001.3gppnetwork.org",
        "hss.node.epc.mnc010.mcc001.3gppnetwork.org",
        "ims.mnc010.mcc001.3gppnetwork.org",
        "nrf.5gc.mnc010.mcc001.3gppnetwork.org",
        "epdg.epc.mnc010.mcc001.pub.3gppnetwork.org",
        "internet.mnc010.mcc001.gprs",
        "mnc010.mcc001.3gppnetwork.org",
    ],
)
def test_an_operator_domain_names_its_network_up_to_the_padding(name: str) -> None:
    assert parse(name).plmn_candidates == (PlmnId("001", "10"), PlmnId("001", "010"))


def test_three_digits_without_a_leading_zero_leave_no_doubt() -> None:
    assert parse("epc.mnc410.mcc001.3gppnetwork.org").plmn_candidates == (PlmnId("001", "410"),)


def test_a_code_that_was_not_padded_is_taken_as_written() -> None:
    assert parse("epc.mnc01.mcc001.3gppnetwork.org").plmn_candidates == (PlmnId("001", "01"),)


@pytest.mark.parametrize(
    "name",
    [
        "hss.example",
        "3gppnetwork.org",
        "gprs",
        "mcc001.3gppnetwork.org",
        "n3iwf.5gc.mcc001.visited-country.pub.3gppnetwork.org",
        "epc.mnc001.mcc001.evil3gppnetwork.org",
        "epc.mnc001.mcc001.3gppnetwork.org.example",
        "epc.mcc001.mnc001.3gppnetwork.org",
        "epc.mnc0001.mcc001.3gppnetwork.org",
        "epc.mnc001.mcc01.3gppnetwork.org",
        "epc.mnc001.x.mcc001.3gppnetwork.org",
        "epc.xmnc001.mcc001.3gppnetwork.org",
    ],
)
def test_any_other_name_names_no_network(name: str) -> None:
    assert parse(name).plmn_candidates == ()


def test_names_are_in_order_of_their_text() -> None:
    assert sorted([parse("b.example"), parse("a.example")]) == [parse("a.example"), parse("b.example")]


@pytest.mark.shared
def test_every_declared_realm_names_its_network(shared: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((shared / "ir21").glob("*.xml"))]
    realms = [parse(r) for text in texts for r in re.findall(r"<EPCRealmsForRoaming>([^<]*)<", text)]
    assert len(realms) >= 4
    assert all(realm.plmn_candidates for realm in realms)

"""Addresses, ranges, host names and realms as operators write them."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.declarations.addresses import carrier_domain, host_names, ip_address, ip_ranges
from ipxray.identity import DiameterIdentity


@pytest.mark.parametrize(
    ("text", "ranges", "host_bits"),
    [
        ("192.0.2.0/24", ("192.0.2.0/24",), False),
        (" 192.0.2.241/29\n", ("192.0.2.240/29",), True),
        ("192.0.2.7", ("192.0.2.7/32",), False),
        ("192.0.2.0 - 192.0.2.255", ("192.0.2.0/24",), False),
        ("192.0.2.1-192.0.2.2", ("192.0.2.1/32", "192.0.2.2/32"), False),
        ("192.0.2.0 255.255.255.0", ("192.0.2.0/24",), False),
        ("2001:db8::1/32", ("2001:db8::/32",), True),
        ("2001:DB8:0::/48", ("2001:db8::/48",), False),
        ("0.0.0.0/0", ("0.0.0.0/0",), False),
    ],
)
def test_a_range_is_read_in_every_form(text: str, ranges: tuple[str, ...], host_bits: bool) -> None:
    assert ip_ranges(text) == (ranges, host_bits)


@pytest.mark.parametrize(
    "text",
    ["", "Primary", "256.0.0.1", "192.0.2.0/33", "192.000.002.001", "192.0.2.9-192.0.2.1", "192.0.2.1-2001:db8::1",
     "1.2.3", "fe80::1%eth0", "192.0.2.0/24/24", "9" * 5000],
)  # fmt: skip
def test_what_is_no_range_is_none(text: str) -> None:
    assert ip_ranges(text) is None


def test_one_address_is_told_from_a_range() -> None:
    assert ip_address("192.0.2.1") == "192.0.2.1"
    assert ip_address("192.0.2.1/32") == "192.0.2.1"
    assert ip_address("2001:db8::1") == "2001:db8::1"
    assert ip_address("192.0.2.0/24") is None
    assert ip_address("x") is None


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){3}(/[0-9]{1,2})?", fullmatch=True))
def test_the_quick_way_agrees_with_the_library(text: str) -> None:
    found = ip_ranges(text)
    try:
        expected = ipaddress.ip_network(text.strip(), strict=False)
    except ValueError:
        return
    if "%" not in text and len(text) < 60 and text.isascii() and "/" not in text.strip()[-4:-3]:
        assert found is not None
        assert found.ranges == (str(expected),)


def test_several_names_in_one_field_are_junk_but_kept() -> None:
    names, is_junk = host_names("epc.mnc001.mcc001.3gppnetwork.org and epc.mnc002.mcc001.3gppnetwork.org")
    assert [name.name for name in names] == ["epc.mnc001.mcc001.3gppnetwork.org", "epc.mnc002.mcc001.3gppnetwork.org"]
    assert is_junk


def test_one_name_is_no_junk_with_blanks_capitals_and_a_dot_at_the_end() -> None:
    names, is_junk = host_names(" DEA1.Umbra.GRX. \n")
    assert ([name.name for name in names], is_junk) == (["dea1.umbra.grx"], False)


@pytest.mark.parametrize("text", ["", "Primary", "see comment", "a_b", "é.example", "x" * 5000])
def test_remarks_are_junk(text: str) -> None:
    assert host_names(text) == ([], True)


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("s001.hkgdra001.umbra.grx", "umbra.grx"),
        ("dra.umbra3gppnetwork.org", "umbra3gppnetwork.org"),
        ("dea.umbra.co.xa", "umbra.co.xa"),
        ("dea.lucent.ipxsp.org", "lucent.ipxsp.org"),
        ("dea.umbra.ipxuni.3gppnetwork.org", "umbra.ipxuni.3gppnetwork.org"),
        ("dea.epc.mnc009.mcc001.3gppnetwork.org", "mnc009.mcc001.3gppnetwork.org"),
        ("umbra.grx", "umbra.grx"),
    ],
)
def test_the_domain_that_looks_registered_names_the_host(host: str, domain: str) -> None:
    assert carrier_domain(DiameterIdentity(host)) == domain

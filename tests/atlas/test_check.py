"""Declarations against the registers: each difference once, with what to ask."""

from __future__ import annotations

from datetime import date

import pytest
from tests.atlas.builders import (
    AT,
    SOURCE,
    alias,
    carrier,
    corpus,
    declares,
    facts,
    network,
    numbering,
    point,
)

from ipxray.atlas import PROBLEMS, cross_check
from ipxray.declarations import Corpus, Declaration, Problem
from ipxray.facts import KnownNetwork

KNOWN = facts(
    [
        carrier("umbra-interconnect", "Umbra Interconnect", ispc_owners=("Umbra Ltd",), asns=(64512,)),
        carrier("penumbra-grx", "Penumbra GRX", asns=(64513,), host_domains=("penumbra.grx",)),
    ],
    aliases=[
        alias("UPS", "umbra-interconnect", "penumbra-grx"),
        alias("Eclipse", "umbra-interconnect", until=date(2020, 1, 1)),
    ],
    points=[point("4-176-4", "Umbra Ltd"), point("2-1-1", "Twilight Telecom")],
    networks=[
        KnownNetwork("00101", "Mobile One", "XB", "XBAZ1", SOURCE),
        KnownNetwork("00102", "Mobile Two", "XA", None, SOURCE),
        KnownNetwork("00103", "Mobile Haven", "XH", "XHAZ1", SOURCE),
    ],
)


def found(*rows: Declaration) -> list[tuple[str, str, str]]:
    return [(each.code, each.message, each.hint) for each in cross_check(corpus(rows), KNOWN, at=AT)]


def codes(known: Corpus) -> list[tuple[str, str]]:
    return [(each.severity, each.code) for each in cross_check(known, KNOWN, at=AT)]


def sccp(name: str, **more: object) -> Declaration:
    return declares("XBAZ1", "sccp", name, **more)


def test_a_declaration_that_every_register_confirms_has_no_problem() -> None:
    assert found(sccp("Umbra Interconnect", point_code="4-176-4", asn=64512)) == []


def test_a_problem_tells_file_network_and_place() -> None:
    assert cross_check(corpus([sccp("Nowhere")]), KNOWN, at=AT) == (
        Problem(
            path="XBAZ1.xml",
            tadig="XBAZ1",
            severity="warning",
            code="unknown-carrier",
            message="'Nowhere' is no carrier that the facts know",
            hint="add the carrier or an alias to a facts folder of your own (--facts)",
            element_path="sccp/Nowhere/-",
        ),
    )


@pytest.mark.parametrize(
    ("more", "hint"),
    [
        ({"point_code": "2-1-1"}, "the ITU list gives its point code 2-1-1 to Twilight Telecom"),
        ({"asn": 64513}, "AS 64513 beside it belongs to penumbra-grx"),
    ],
)
def test_an_unknown_name_comes_with_the_clue_that_stands_beside_it(more: dict[str, object], hint: str) -> None:
    assert found(sccp("Nowhere", **more)) == [("unknown-carrier", "'Nowhere' is no carrier that the facts know", hint)]


def test_a_generic_name_is_unknown_and_said_to_be_generic() -> None:
    ((code, message, _),) = found(sccp("SCCP Carrier"))
    assert (code, message) == ("unknown-carrier", "'SCCP Carrier' does not say which carrier it is")


def test_a_name_outside_its_dates_is_told_with_whom_it_meant() -> None:
    ((code, message, _),) = found(sccp("Eclipse"))
    assert (code, message) == (
        "unknown-carrier",
        "'Eclipse' meant umbra-interconnect only outside the date of this document",
    )


def test_an_ambiguous_name_lists_its_candidates() -> None:
    ((code, message, _),) = found(sccp("UPS"))
    assert (code, message) == ("ambiguous-carrier", "'UPS' may be penumbra-grx or umbra-interconnect")


def test_a_point_code_of_somebody_else_names_the_owner() -> None:
    ((code, message, _),) = found(sccp("Umbra Interconnect", point_code="2-1-1"))
    assert code == "point-code-of-another"
    assert (
        message == "the ITU list gives point code 2-1-1 to Twilight Telecom, which no fact ties to umbra-interconnect"
    )


def test_a_point_code_that_is_not_listed_is_told_even_for_an_own_gateway() -> None:
    rows = [sccp("Umbra Interconnect", point_code="7-1-1"), sccp("Mobile", point_code="7-1-2", own_gateway=True)]
    assert [code for code, *_ in found(*rows)] == ["point-code-not-listed"] * 2


def test_without_a_list_of_point_codes_none_is_missing_from_it() -> None:
    bare = facts([carrier("umbra-interconnect", "Umbra Interconnect")])
    assert cross_check(corpus([sccp("Umbra Interconnect", point_code="7-1-1")]), bare, at=AT) == ()


def test_an_as_number_of_another_carrier_beside_a_name_is_told() -> None:
    ((code, message, _),) = found(sccp("Umbra Interconnect", asn=64513))
    assert (code, message) == ("asn-of-another-carrier", "AS 64513 beside 'Umbra Interconnect' belongs to penumbra-grx")


def test_an_as_number_of_nobody_known_is_no_problem() -> None:
    assert found(sccp("Umbra Interconnect", asn=1)) == []


def test_a_hosted_edge_agent_of_a_carrier_not_declared_is_noted() -> None:
    host = declares("XBAZ1", "diameter", "s1.penumbra.grx", inferred=True)
    ((code, message, _),) = found(host, declares("XBAZ1", "diameter", "Umbra Interconnect"))
    assert code == "undeclared-host"
    assert "s1.penumbra.grx" in message
    assert "penumbra-grx, which is not declared for diameter" in message
    assert found(host, declares("XBAZ1", "diameter", "Penumbra GRX")) == []


def test_an_edge_agent_under_an_unknown_domain_is_no_problem() -> None:
    assert found(declares("XBAZ1", "diameter", "dea.example.net", inferred=True)) == []


def test_the_same_difference_is_told_once() -> None:
    rows = [sccp("Umbra Interconnect", point_code="2-1-1")] * 2
    assert len(found(*rows)) == 1


@pytest.mark.parametrize(
    ("tadig", "country", "plmn", "problems"),
    [
        ("XBAZ1", "XB", "00101", []),
        ("XBAZ9", "XB", "00101", [("note", "plmn-of-another-network")]),
        ("XBAZ9", "XA", "00101", [("warning", "plmn-of-another-network")]),
        ("XBAZ9", "XB", "00102", [("warning", "plmn-of-another-network")]),
        ("XBAZ9", "XA", "00103", [("note", "plmn-of-another-network")]),
        ("XHAZ1", "XA", "00103", []),
        ("XBAZ1", "XA", "00199", [("warning", "tadig-of-another-country")]),
        ("XBAZ9", None, "00101", [("note", "plmn-of-another-network")]),
        ("XBAZ9", "XB", "00199", []),
    ],
)
def test_registers_of_codes_are_compared_with_what_a_network_says(
    tadig: str, country: str | None, plmn: str, problems: list[tuple[str, str]]
) -> None:
    assert codes(corpus(networks=[network(tadig, country=country, mcc_mnc=(plmn,))])) == problems


def test_a_carriers_as_number_among_the_networks_own_is_noted() -> None:
    rows = [numbering("XBAZ1", "asn", each) for each in ("64513", "64999", "none")]
    rows.append(numbering("XBAZ1", "e212", "64513"))
    assert codes(corpus(networks=[network("XBAZ1")], rows=rows)) == [("note", "own-asn-of-a-carrier")]


def test_every_code_has_a_meaning_and_is_told_by_some_document() -> None:
    everything = corpus(
        [
            sccp("Nowhere"),
            sccp("UPS"),
            sccp("Umbra Interconnect", point_code="2-1-1", asn=64513),
            sccp("Umbra Interconnect", point_code="7-1-1"),
            declares("XBAZ1", "diameter", "s1.penumbra.grx", inferred=True),
        ],
        networks=[network("XBAZ1", country="XA")],
        rows=[numbering("XBAZ1", "asn", "64512")],
    )
    assert {code for _, code in codes(everything)} == set(PROBLEMS)

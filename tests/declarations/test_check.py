"""What a partner would ask about a document, found without any outside register."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ipxray.declarations import PROBLEMS, Corpus, Declaration, Network, Numbering, check

AT = date(2026, 11, 1)
CREATED = date(2026, 6, 1)
SERVICES: dict[Any, Any] = {"sccp": "declared", "diameter": "declared", "grx": "declared"}


def network(tadig: str = "TSTZ1", **changes: Any) -> Network:
    made = Network(
        tadig=tadig,
        country="XA",
        organisation=f"Fictional Mobile {tadig}",
        name="",
        mcc_mnc=("00101",),
        document_created=CREATED,
        schema_version="14.0",
        document_sha256=tadig,
        document_path=f"{tadig}.xml",
        services=SERVICES,
    )
    return made._replace(**changes)


def carrier(name: str, **changes: Any) -> Declaration:
    made = Declaration(
        tadig="TSTZ1",
        country="XA",
        organisation="Fictional Mobile",
        mcc_mnc=("00101",),
        service="sccp",
        role_text="Primary",
        role="primary",
        carrier_text=name,
        carrier_name=name,
        point_code=None,
        asn=None,
        effective_from=None,
        document_created=CREATED,
        schema_version="14.0",
        document_sha256="TSTZ1",
        element_path="SCCPCarrierItem[1]",
        inferred=False,
        confidence="high",
        own_gateway=False,
    )
    return made._replace(**changes)


def number(kind: str, value: str, start: str | None = None, stop: str | None = None, **changes: Any) -> Numbering:
    node = "HLR" if kind == "node" else None
    made = Numbering("TSTZ1", kind, value, start, stop, node, None, None, None, CREATED, "TSTZ1", f"{kind} {value}")
    return made._replace(**changes)


def codes(*rows: Declaration | Numbering, networks: tuple[Network, ...] = (network(),)) -> list[str]:
    declared = tuple(row for row in rows if isinstance(row, Declaration))
    numbered = tuple(row for row in rows if isinstance(row, Numbering))
    return [problem.code for problem in check(Corpus(networks, declared, numbered, (), ()), at=AT)]


def test_a_clean_document_raises_no_question() -> None:
    assert codes(carrier("Umbra Interconnect"), number("gt_range", "9991", "99910", "99919")) == []


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([carrier("Fictional Mobile", own_gateway=True)], "own-gateway"),
        ([carrier("Umbra", role="backup"), carrier("Penumbra", role="backup")], "roles-without-primary"),
        ([carrier("Umbra"), carrier("UMBRA", role="backup", point_code="1-001-1")], "role-twofold"),
        ([carrier("Umbra", point_code="1-001-1"), carrier("umbra", point_code="1-001-1")], "carrier-repeated"),
        ([carrier("Umbra", effective_from=date(2027, 1, 1))], "section-pending"),
        ([number("gt_range", "9991", "99910", "99915"), number("gt_range", "9991", "99915", "99919")], "range-overlap"),
        (
            [number("gt_range", "9991", "99910", "99919"), number("node", "9992", "99920", "99920")],
            "node-outside-ranges",
        ),
        ([number("dns", "0.0.0.0")], "dns-unusable"),
        ([number("dns", "127.0.0.1")], "dns-unusable"),
        ([number("asn", "64512")], "asn-private"),
    ],
)
def test_each_oddity_is_told_by_its_code(rows: list[Declaration | Numbering], code: str) -> None:
    assert codes(*rows) == [code]


def test_one_carrier_with_two_point_codes_is_no_repetition() -> None:
    assert codes(carrier("Umbra", point_code="1-001-1"), carrier("Umbra", point_code="1-001-2")) == []


def test_numbers_of_others_are_no_overlap() -> None:
    ported = number("portability_range", "9991", "99910", "99919")
    assert codes(number("msisdn_range", "9991", "99910", "99919"), ported) == []


def test_an_old_document_and_one_without_a_date_are_told() -> None:
    assert codes(networks=(network(document_created=date(2024, 1, 1)),)) == ["document-stale"]
    assert codes(networks=(network(document_created=None),)) == ["document-undated"]


def test_a_service_of_which_nothing_is_said_is_told_but_not_one_that_does_not_apply() -> None:
    silent = {"sccp": "declared", "diameter": "missing", "grx": "not_applicable"}
    assert codes(networks=(network(services=silent),)) == ["service-missing"]


def test_networks_of_one_document_may_share_numbers_others_may_not() -> None:
    one = number("gt_range", "9991", "99910", "99919")
    kin = one._replace(tadig="TSTZ2")
    stranger = kin._replace(document_sha256="TSTZ2")
    both = (network(), network("TSTZ2", mcc_mnc=("00102",)))
    assert codes(one, kin, networks=both) == ["range-shared-in-group"]
    assert codes(one, stranger, networks=both) == ["range-shared"]


def test_two_networks_with_one_plmn_or_one_e214_translation_are_told() -> None:
    both = (network(), network("TSTZ2", mcc_mnc=("00102",)))
    plmn, translation = number("e212", "00101"), number("e214", "99912")
    assert codes(plmn, plmn._replace(tadig="TSTZ2"), networks=both) == ["plmn-shared"]
    assert codes(translation, translation._replace(tadig="TSTZ2"), networks=both) == ["e214-shared"]


def test_nodes_of_a_shared_section_are_held_by_the_ranges_of_its_document() -> None:
    both = (network(document_sha256="D"), network("TSTZ2", document_sha256="D", mcc_mnc=("00102",)))
    ranges = number("gt_range", "9991", "99910", "99919", document_sha256="D")
    node = number("node", "9991", "99915", "99915", tadig="TSTZ2", document_sha256="D")
    assert codes(ranges, node, networks=both) == []


def test_a_thousand_of_one_kind_are_counted_not_listed() -> None:
    rows = [number("dns", "0.0.0.0", element_path=f"DNSitem[{place}]") for place in range(1000)]
    assert len(codes(*rows)) == 6


def test_every_code_is_explained() -> None:
    for code, kind in PROBLEMS.items():
        assert code == code.lower()
        assert kind.meaning.endswith(".")
        assert kind.hint

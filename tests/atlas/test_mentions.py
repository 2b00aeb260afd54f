"""Names gathered by network and service, resolved with the evidence beside them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.atlas.builders import AT, CREATED, alias, carrier, declares, facts, point

from ipxray.atlas import resolve
from ipxray.atlas.mentions import Mention, Resolver
from ipxray.declarations import Declaration

DAY = timedelta(days=1)
UMBRA = carrier("umbra-interconnect", "Umbra Interconnect", ispc_owners=("Umbra International Ltd",), asns=(64512,))
PENUMBRA = carrier("penumbra-grx", "Penumbra GRX", ispc_owners=("Penumbra AG",), host_domains=("penumbra.grx",))
KNOWN = facts(
    [UMBRA, PENUMBRA, carrier("lucent-hub", "Lucent Hub")],
    aliases=[
        alias("UGS", "umbra-interconnect", "penumbra-grx"),
        alias("Eclipse", "umbra-interconnect", until=CREATED),
        alias("Eclipse", "lucent-hub", since=CREATED),
    ],
    points=[point("4-176-4", "Umbra International Ltd"), point("2-1-1", "Penumbra AG"), point("2-1-2", "Lucent Oy")],
)


def mentioned(*rows: Declaration, at: date = AT) -> tuple[Mention, ...]:
    return Resolver(KNOWN).mentions(rows, at)


def alone(*rows: Declaration) -> Mention:
    (mention,) = mentioned(*rows)
    return mention


def test_rows_of_one_name_are_one_mention_with_all_their_evidence() -> None:
    rows = [
        declares("XBAZ1", "sccp", "Umbra Interconnect", point_code="2-1-2"),
        declares("XBAZ1", "sccp", "Umbra Interconnect", point_code="4-176-4", asn=64512),
    ]
    mention = alone(*rows)
    assert mention.rows == tuple(rows)
    assert mention.carrier_id == mention.node == "umbra-interconnect"
    assert mention.confirmed_by == ("ispc", "asn")
    assert mention.reason is None


def test_without_a_register_that_agrees_nothing_is_confirmed() -> None:
    assert alone(declares("XBAZ1", "sccp", "Lucent Hub", point_code="2-1-2", asn=64512)).confirmed_by == ()


def test_networks_services_and_pending_rows_are_apart() -> None:
    rows = [
        declares("XBAZ1", "sccp", "Umbra Interconnect"),
        declares("XBAZ1", "grx", "Umbra Interconnect"),
        declares("XBAZ2", "sccp", "Umbra Interconnect"),
        declares("XBAZ2", "sccp", "Umbra Interconnect", effective_from=AT + DAY),
    ]
    assert [each.pending for each in mentioned(*rows)] == [False, False, False, True]


def test_a_section_is_in_force_on_its_day() -> None:
    assert not alone(declares("XBAZ1", "sccp", "Umbra Interconnect", effective_from=AT)).pending


@pytest.mark.parametrize("evidence", [{"point_code": "4-176-4"}, {"asn": 64512}])
def test_a_register_decides_between_the_carriers_of_an_ambiguous_name(evidence: dict[str, object]) -> None:
    mention = alone(declares("XBAZ1", "sccp", "UGS"), declares("XBAZ1", "sccp", "UGS", **evidence))
    assert mention.carrier_id == "umbra-interconnect"
    assert mention.confirmed_by == (("ispc",) if "point_code" in evidence else ("asn",))


@pytest.mark.parametrize(
    "evidence",
    [
        [{}],
        [{"point_code": "2-1-2"}],
        [{"point_code": "4-176-4"}, {"point_code": "2-1-1"}],
        [{"point_code": "2-1-1", "asn": 64512}],
    ],
    ids=["none", "of a third party", "of both", "point code against number"],
)
def test_evidence_for_none_or_for_both_leaves_a_name_ambiguous(evidence: list[dict[str, object]]) -> None:
    mention = alone(*(declares("XBAZ1", "sccp", "UGS", **each) for each in evidence))
    assert mention.reason == "ambiguous_name"
    assert mention.node == "ambiguous:ugs"
    assert mention.candidates == ("penumbra-grx", "umbra-interconnect")
    assert mention.carrier_id is None
    assert mention.confirmed_by == ()


def test_an_unknown_name_is_the_same_node_in_every_network_and_spelling() -> None:
    rows = [declares("XBAZ1", "sccp", "Nowhere Ltd."), declares("XBAZ2", "grx", "NOWHERE")]
    assert {(each.node, each.reason) for each in mentioned(*rows)} == {("unknown:nowhere", "unknown_name")}


def test_a_point_code_does_not_give_an_unknown_name_a_carrier() -> None:
    assert alone(declares("XBAZ1", "sccp", "Nowhere", point_code="4-176-4")).candidates == ()


def test_a_generic_name_is_another_carrier_in_each_network() -> None:
    rows = [declares("XBAZ1", "sccp", "SCCP Carrier"), declares("XBAZ2", "sccp", "SCCP carrier")]
    assert [(each.node, each.reason) for each in mentioned(*rows)] == [
        ("unknown:sccp carrier of xbaz1", "generic_name"),
        ("unknown:sccp carrier of xbaz2", "generic_name"),
    ]


@pytest.mark.parametrize("text", ["N/A", "-", "International SCCP Gateway 2"])
def test_what_names_nobody_is_generic(text: str) -> None:
    assert alone(declares("XBAZ1", "sccp", text, point_code="2-1-2")).reason == "generic_name"


def test_an_own_gateway_is_no_carrier_even_when_its_name_is_one() -> None:
    mention = alone(declares("XBAZ1", "sccp", "Umbra Interconnect", own_gateway=True))
    assert (mention.reason, mention.candidates) == ("own_gateway", ())


def test_a_name_means_what_it_meant_when_the_document_was_created() -> None:
    before = declares("XBAZ1", "sccp", "Eclipse", document_created=CREATED - DAY, effective_from=CREATED)
    assert alone(before).carrier_id == "umbra-interconnect"
    assert alone(before._replace(document_created=CREATED)).carrier_id == "lucent-hub"


def test_without_a_creation_date_the_effective_date_and_then_the_assessment_decide() -> None:
    undated = declares("XBAZ1", "sccp", "Eclipse", document_created=None)
    assert alone(undated._replace(effective_from=CREATED - DAY)).carrier_id == "umbra-interconnect"
    assert alone(undated).carrier_id == "lucent-hub"


def test_an_inferred_host_name_leads_to_the_carrier_of_its_domain() -> None:
    mention = alone(declares("XBAZ1", "diameter", "s1.dra.penumbra.grx", inferred=True))
    assert (mention.carrier_id, mention.hosted, mention.confirmed_by) == ("penumbra-grx", True, ())


def test_the_whole_host_name_decides_where_the_name_is_cut_down_to_its_domain() -> None:
    row = declares("XBAZ1", "diameter", "grx.example", carrier_text="s1.hub.grx.example", inferred=True)
    known = facts([carrier("lucent-hub", host_domains=("hub.grx.example",))])
    (mention,) = Resolver(known).mentions([row], AT)
    assert mention.carrier_id == "lucent-hub"


def test_a_stated_name_is_never_read_as_a_host() -> None:
    mention = alone(declares("XBAZ1", "diameter", "s1.dra.penumbra.grx"))
    assert (mention.reason, mention.hosted) == ("unknown_name", False)


def test_an_inferred_name_that_is_no_host_is_resolved_as_a_name() -> None:
    mention = alone(declares("XBAZ1", "sms_hub", "Lucent Hub", inferred=True))
    assert (mention.carrier_id, mention.hosted) == ("lucent-hub", False)


def test_resolve_answers_for_one_name() -> None:
    assert resolve("UGS", KNOWN, at=AT) == ("penumbra-grx", "umbra-interconnect")
    assert resolve("UGS", KNOWN, at=AT, point_code="2-1-1") == ("penumbra-grx",)
    assert resolve("UGS", KNOWN, at=AT, asn=64512) == ("umbra-interconnect",)
    assert resolve("Nowhere", KNOWN, at=AT) == ()

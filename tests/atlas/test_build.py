"""The whole atlas of a small world, at a date."""

from __future__ import annotations

from datetime import timedelta

from tests.atlas.builders import (
    AT,
    CREATED,
    SOURCE,
    TERRITORY,
    carrier,
    corpus,
    declares,
    entity,
    facts,
    network,
    node,
    owns,
    point,
)

from ipxray.atlas import Atlas, Control, Link, Operator, Unresolved, VendorShare, build
from ipxray.declarations import SERVICES, Corpus
from ipxray.facts import Facts, Vendor
from ipxray.parameters import Parameters

PARAMETERS = Parameters.default()


def world() -> tuple[Corpus, Facts]:
    known = facts(
        [
            carrier("umbra-interconnect", "Umbra Interconnect", seat=TERRITORY, ispc_owners=("Umbra Ltd",)),
            carrier("lucent-hub", "Lucent Hub"),
        ],
        entities=[entity("umbra-group")],
        ownership=[owns("state-xa", "umbra-group", 100), owns("umbra-group", "umbra-interconnect", 57.5)],
        points=[point("4-176-4", "Umbra Ltd")],
        vendors=[Vendor("ferrous", "Ferrous", "ferrous", "XA", (), SOURCE)],
    )
    rows = [
        declares("XBAZ1", "sccp", "Umbra Interconnect", role="primary", point_code="4-176-4"),
        declares("XBAZ1", "sccp", "Lucent Hub", role="backup"),
        declares("XBAZ2", "sccp", "Mobile XBAZ2", own_gateway=True),
    ]
    return corpus(rows, rows=[node("XBAZ1", "hlr_hss", "FERROUS")]), known


def atlas() -> Atlas:
    return build(*world(), at=AT, parameters=PARAMETERS)


def test_a_small_world_gives_exactly_these_rows() -> None:
    silent = dict.fromkeys(SERVICES, "missing")
    first = Link(
        "XBAZ1", "sccp", "umbra-interconnect", "umbra-interconnect", ("umbra-interconnect",), "Umbra Interconnect",
        "primary", 0.8, 0.9, 1.0, ("sccp/Umbra Interconnect/4-176-4",), ("ispc",), False, False, 184,
    )  # fmt: skip
    second = Link(
        "XBAZ1", "sccp", "lucent-hub", "lucent-hub", ("lucent-hub",), "Lucent Hub",
        "backup", 0.0, 1 - 0.9, 1 - 0.8, ("sccp/Lucent Hub/-",), (), False, False, 184,
    )  # fmt: skip
    chain = "the state Ixalia holds 100 % of Umbra Group; Umbra Group holds 57.5 % of Umbra Interconnect"
    seat = "seat in Ixhaven (XH), counted under XA by the parameter territory_seat"
    rules = ("majority_50", "over_50", "blocking_25", "ten_percent")
    sources = ("state-xa-on-umbra-group", "umbra-group-on-umbra-interconnect")

    def control(carrier_id: str, controller: str, rule: str, reason: str, *source: str) -> Control:
        return Control(carrier_id, controller, rule, 1.0, 1.0, 1.0, reason, source)

    built = atlas()
    assert built.at == AT
    assert built.operators == (
        Operator("XBAZ1", "XB", "Mobile XBAZ1", ("00101",), silent | {"sccp": "declared"}, CREATED),
        Operator("XBAZ2", "XB", "Mobile XBAZ2", ("00101",), silent | {"sccp": "own_gateway"}, CREATED),
    )
    assert built.links == (first, second)
    assert built.unresolved == (
        Unresolved("XBAZ2", "sccp", "Mobile XBAZ2", "own_gateway", "sccp/Mobile XBAZ2/-", "sha-XBAZ2"),
    )
    umbra = "umbra-interconnect"
    group = "Umbra Group holds 57.5 % of Umbra Interconnect"
    assert built.control == (
        control("lucent-hub", "XB", "seat", "seat in Ixbia (XB)", "gazette-lucent-hub"),
        *(control(umbra, "XA", rule, chain, *sources) for rule in rules),
        control(umbra, "XA", "seat", seat, "gazette-umbra-interconnect", "gazette"),
        control(umbra, "XH", "seat", "seat in Ixhaven (XH)", "gazette-umbra-interconnect"),
        *(control(umbra, "umbra-group", rule, group, sources[1]) for rule in rules),
    )
    assert built.vendors == (VendorShare("XBAZ1", "hlr_hss", "FERROUS", "ferrous", 1, 1.0, "XA"),)


def test_building_twice_gives_the_same_atlas() -> None:
    assert atlas() == atlas()


def test_a_service_whose_list_is_pending_is_missing_until_its_day() -> None:
    day = timedelta(days=1)
    _, known = world()
    document = corpus([declares("XBAZ1", "sccp", "Lucent Hub", effective_from=AT + day)])
    before, after = (build(document, known, at=at, parameters=PARAMETERS) for at in (AT, AT + day))
    assert before.operators[0].services["sccp"] == "missing"
    assert after.operators[0].services["sccp"] == "declared"


def test_a_service_known_only_by_an_edge_agents_unknown_host_is_missing() -> None:
    _, known = world()
    document = corpus([declares("XBAZ1", "diameter", "dea.example.net", inferred=True)])
    assert build(document, known, at=AT, parameters=PARAMETERS).operators[0].services["diameter"] == "missing"


def test_a_service_with_own_gateway_and_carriers_is_declared() -> None:
    _, known = world()
    rows = [declares("XBAZ1", "sccp", "Mobile", own_gateway=True), declares("XBAZ1", "sccp", "Lucent Hub")]
    operator = build(corpus(rows), known, at=AT, parameters=PARAMETERS).operators[0]
    assert operator.services["sccp"] == "declared"


def test_what_a_document_says_does_not_apply_stays_so() -> None:
    _, known = world()
    document = corpus(networks=[network("XBAZ1", {"mms": "not_applicable"})])
    assert build(document, known, at=AT, parameters=PARAMETERS).operators[0].services["mms"] == "not_applicable"


def test_operators_without_any_declaration_are_in_the_atlas() -> None:
    _, known = world()
    built = build(corpus(networks=[network("XBAZ9")]), known, at=AT, parameters=PARAMETERS)
    assert [each.tadig for each in built.operators] == ["XBAZ9"]
    assert built.links == ()

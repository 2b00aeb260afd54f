"""One link per network, service and node, with its box of shares; what leads nowhere is listed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.atlas.builders import AT, CREATED, alias, carrier, declares, facts, point

from ipxray.atlas.links import link_rows, unresolved_rows
from ipxray.atlas.mentions import Resolver
from ipxray.atlas.model import Link, Unresolved
from ipxray.declarations import Declaration
from ipxray.parameters import Parameters

DAY = timedelta(days=1)
KNOWN = facts(
    [
        carrier("umbra-interconnect", "Umbra Interconnect", ispc_owners=("Umbra Ltd",)),
        carrier("penumbra-grx", "Penumbra GRX", host_domains=("penumbra.grx",)),
        carrier("lucent-hub", "Lucent Hub"),
    ],
    aliases=[alias("UI", "umbra-interconnect"), alias("UGS", "umbra-interconnect", "penumbra-grx")],
    points=[point("4-176-4", "Umbra Ltd")],
)
NAMES = ("Umbra Interconnect", "UI", "UGS", "Penumbra GRX", "Lucent Hub", "Nowhere", "IPX", "s1.penumbra.grx")
PARAMETERS = Parameters.default()


def links(*rows: Declaration, at: date = AT) -> tuple[Link, ...]:
    return link_rows(Resolver(KNOWN).mentions(rows, at), at, PARAMETERS)


def unresolved(*rows: Declaration) -> tuple[Unresolved, ...]:
    return unresolved_rows(Resolver(KNOWN).mentions(rows, AT))


def sccp(name: str, **more: object) -> Declaration:
    return declares("XBAZ1", "sccp", name, **more)


def test_a_link_tells_carrier_shares_evidence_and_age() -> None:
    first = sccp("Umbra Interconnect", role="primary", point_code="4-176-4")
    second = sccp("Lucent Hub", role="backup")
    assert links(first, second)[0] == Link(
        tadig="XBAZ1",
        service="sccp",
        carrier_id="umbra-interconnect",
        node="umbra-interconnect",
        candidates=("umbra-interconnect",),
        carrier_name="Umbra Interconnect",
        role="primary",
        share_low=0.8,
        share_point=0.9,
        share_high=1.0,
        sources=("sccp/Umbra Interconnect/4-176-4",),
        confirmed_by=("ispc",),
        inferred=False,
        pending=False,
        fresh_days=184,
    )


def test_several_point_codes_and_spellings_of_one_carrier_are_one_link_with_its_strongest_role() -> None:
    found = links(
        sccp("UI", role="backup", point_code="4-176-4"),
        sccp("Lucent Hub", role="backup"),
        sccp("Umbra Interconnect", role="primary", point_code="2-1-1"),
    )
    assert [(each.node, each.role, each.share_point) for each in found] == [
        ("umbra-interconnect", "primary", 0.9),
        ("lucent-hub", "backup", pytest.approx(0.1)),
    ]
    assert found[0].sources == ("sccp/UI/4-176-4", "sccp/Umbra Interconnect/2-1-1")
    assert found[0].carrier_name == "UI"


def test_a_role_that_is_stated_goes_before_one_that_is_not() -> None:
    found = links(sccp("UI"), sccp("UI", role="backup", point_code="2-1-1"), sccp("Lucent Hub", role="primary"))
    assert [each.role for each in found] == ["backup", "primary"]


def test_a_point_code_in_two_rows_is_one_source() -> None:
    assert links(sccp("UI"), sccp("UI"))[0].sources == ("sccp/UI/-",)


def test_open_names_are_links_like_any_other() -> None:
    found = links(sccp("UGS"), sccp("Nowhere"), sccp("UI"))
    assert [(each.node, each.carrier_id, each.candidates) for each in found] == [
        ("ambiguous:ugs", None, ("penumbra-grx", "umbra-interconnect")),
        ("unknown:nowhere", None, ()),
        ("umbra-interconnect", "umbra-interconnect", ("umbra-interconnect",)),
    ]
    assert {each.share_point for each in found} == {1 / 3}


def test_an_own_gateway_makes_no_link() -> None:
    assert links(sccp("Mobile XBAZ1", own_gateway=True)) == ()


def test_a_hosted_edge_agent_confirms_the_carrier_that_is_declared() -> None:
    found = links(
        declares("XBAZ1", "diameter", "s1.penumbra.grx", inferred=True),
        declares("XBAZ1", "diameter", "Penumbra GRX"),
        declares("XBAZ1", "diameter", "s2.penumbra.grx", inferred=True),
        declares("XBAZ1", "diameter", "Lucent Hub"),
    )
    assert [(each.node, each.confirmed_by, each.inferred) for each in found] == [
        ("penumbra-grx", ("host",), False),
        ("lucent-hub", (), False),
    ]
    assert found[0].carrier_name == "Penumbra GRX"
    assert len(found[0].sources) == 3


def test_a_hosted_edge_agent_alone_is_an_inferred_link_that_nothing_confirms() -> None:
    (found,) = links(declares("XBAZ1", "diameter", "s1.penumbra.grx", inferred=True))
    assert (found.node, found.inferred, found.confirmed_by) == ("penumbra-grx", True, ())


def test_an_edge_agent_under_an_unknown_domain_is_listed_and_no_link() -> None:
    row = declares("XBAZ1", "diameter", "dea.example.net", inferred=True)
    assert links(row) == ()
    assert [each.reason for each in unresolved(row)] == ["unknown_name"]


def test_a_pending_carrier_is_listed_and_not_counted() -> None:
    now, later = sccp("UI"), sccp("Lucent Hub", effective_from=AT + DAY)
    shares = [(each.pending, each.share_low, each.share_point, each.share_high) for each in links(now, later)]
    assert shares == [(False, 1.0, 1.0, 1.0), (True, 0.0, 0.0, 0.0)]


def test_a_list_that_is_pending_as_a_whole_counts_from_its_day() -> None:
    """What is in force until then is not declared: nothing is assumed."""
    rows = [sccp("UI", effective_from=AT + DAY), sccp("Lucent Hub", effective_from=AT + DAY)]
    assert {each.share_point for each in links(*rows)} == {0.0}
    assert {each.share_point for each in links(*rows, at=AT + DAY)} == {0.5}


def test_a_carrier_in_force_and_pending_counts_as_in_force() -> None:
    (found,) = links(sccp("UI"), sccp("Umbra Interconnect", effective_from=AT + DAY, role="backup"))
    assert (found.pending, found.role, found.sources) == (False, "unstated", ("sccp/UI/-",))


@pytest.mark.parametrize(
    ("created", "days"), [(AT, 0), (AT - DAY, 1), (AT + DAY, 0), (None, None), (CREATED, (AT - CREATED).days)]
)
def test_freshness_is_the_age_of_the_document_never_negative(created: date | None, days: int | None) -> None:
    assert links(sccp("UI", document_created=created))[0].fresh_days == days


def test_each_text_that_leads_to_no_carrier_is_listed_once_where_it_first_stands() -> None:
    found = unresolved(
        sccp("UGS", point_code="1-1-1"),
        sccp("UGS", point_code="1-1-2"),
        sccp("Umbra Interconnect"),
        sccp("Nowhere", carrier_text="Nowhere, Somewhere"),
        sccp("Somewhere", carrier_text="Nowhere, Somewhere"),
        sccp("SCCP Carrier"),
        sccp("Mobile XBAZ1", own_gateway=True),
    )
    assert [(each.carrier_text, each.reason, each.element_path) for each in found] == [
        ("UGS", "ambiguous_name", "sccp/UGS/1-1-1"),
        ("Nowhere, Somewhere", "unknown_name", "sccp/Nowhere/-"),
        ("SCCP Carrier", "generic_name", "sccp/SCCP Carrier/-"),
        ("Mobile XBAZ1", "own_gateway", "sccp/Mobile XBAZ1/-"),
    ]
    assert {each.document_sha256 for each in found} == {"sha-XBAZ1"}


declarations = st.lists(
    st.builds(
        lambda tadig, service, name, role, days, inferred, own: declares(
            tadig, service, name, role=role, effective_from=AT + days * DAY, inferred=inferred, own_gateway=own
        ),
        st.sampled_from(("XBAZ1", "XBAZ2")),
        st.sampled_from(("sccp", "diameter")),
        st.sampled_from(NAMES),
        st.sampled_from(("primary", "backup", "load_sharing", "unstated")),
        st.sampled_from((-1, 1)),
        st.booleans(),
        st.integers(0, 9).map(lambda each: each == 0),
    ),
    max_size=12,
)


@given(declarations)
def test_every_service_has_a_split_over_its_links_in_force(rows: list[Declaration]) -> None:
    found = links(*rows)
    keys = [(each.tadig, each.service, each.node) for each in found]
    assert len(keys) == len(set(keys))
    for service in {(each.tadig, each.service) for each in found if not each.pending}:
        counted = [each for each in found if (each.tadig, each.service) == service and not each.pending]
        assert sum(each.share_point for each in counted) == pytest.approx(1)
        assert sum(each.share_low for each in counted) <= 1 + 1e-12
        assert sum(each.share_high for each in counted) >= 1 - 1e-12


@given(declarations)
def test_nothing_declared_is_dropped(rows: list[Declaration]) -> None:
    told = {path for each in links(*rows) for path in each.sources}
    told |= {each.element_path for each in unresolved(*rows)}
    in_force = [row for row in rows if row.effective_from is None or row.effective_from <= AT]
    assert {row.element_path for row in in_force} <= told

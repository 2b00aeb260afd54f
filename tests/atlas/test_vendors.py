"""Shares of node classes by vendor, with the states behind the vendor."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.atlas.builders import AT, SOURCE, TERRITORY, entity, facts, node, numbering, owns

from ipxray.atlas.control import ownership_at
from ipxray.atlas.model import VendorShare
from ipxray.atlas.vendors import vendor_rows
from ipxray.declarations import Numbering
from ipxray.facts import Vendor

KNOWN = facts(
    vendors=[
        Vendor("ferrous", "Ferrous Networks", "ferrous", "XA", ("Ferrous", "FN"), SOURCE),
        Vendor("argent", "Argent Systems", "argent", "XB", ("Argent",), SOURCE),
        Vendor("haven-made", "Haven Made", "haven-made", TERRITORY, (), SOURCE),
        Vendor("stateless", "Stateless", "stateless", None, (), SOURCE),
    ],
    entities=[entity("argent"), entity("ferrous")],
    ownership=[owns("state-xa", "argent", 51), owns("state-xa", "ferrous", 60)],
)


def vendors(*rows: Numbering, territory_seat: float = 1.0) -> tuple[VendorShare, ...]:
    return vendor_rows(rows, KNOWN, ownership_at(KNOWN, AT), at=AT, territory_seat=territory_seat)


def test_spellings_of_one_vendor_are_one_under_the_most_frequent() -> None:
    rows = [node("XBAZ1", "hlr_hss", text) for text in ("FN", "Ferrous", "FERROUS NETWORKS LTD", "Ferrous", "Unheard")]
    assert vendors(*rows) == (
        VendorShare("XBAZ1", "hlr_hss", "Ferrous", "ferrous", 4, 0.8, "XA"),
        VendorShare("XBAZ1", "hlr_hss", "Unheard", None, 1, 0.2, None),
    )


def test_spellings_of_an_unknown_vendor_are_one_too_and_silence_is_a_row() -> None:
    rows = [node("XBAZ1", "smsc", text) for text in ("Unheard", "UNHEARD", None, None, None)]
    assert vendors(*rows) == (
        VendorShare("XBAZ1", "smsc", None, None, 3, 0.6, None),
        VendorShare("XBAZ1", "smsc", "UNHEARD", None, 2, 0.4, None),
    )


def test_a_vendor_under_two_states_has_a_row_for_each_and_one_row_where_they_are_the_same() -> None:
    found = vendors(node("XBAZ1", "smsc", "Argent"), node("XBAZ1", "stp_dra", "Ferrous"))
    assert [(each.vendor_id, each.controller, each.share) for each in found] == [
        ("argent", "XB", 1.0),
        ("argent", "XA", 1.0),
        ("ferrous", "XA", 1.0),
    ]


@pytest.mark.parametrize(("territory_seat", "state"), [(1.0, "XA"), (0.0, TERRITORY)])
def test_a_seat_in_a_territory_counts_under_its_state_if_so_chosen(territory_seat: float, state: str) -> None:
    (found,) = vendors(node("XBAZ1", "smsc", "Haven Made"), territory_seat=territory_seat)
    assert found.controller == state


def test_a_vendor_without_a_seat_has_no_controller() -> None:
    (found,) = vendors(node("XBAZ1", "smsc", "Stateless"))
    assert (found.vendor_id, found.controller) == ("stateless", None)


def test_networks_and_classes_are_counted_apart_and_only_nodes_in_force() -> None:
    rows = [
        node("XBAZ2", "smsc", "Ferrous"),
        node("XBAZ1", "smsc", "Argent", AT + timedelta(days=1)),
        node("XBAZ1", "smsc", "Ferrous", AT),
        numbering("XBAZ1", "asn", "64512"),
    ]
    assert [(each.tadig, each.vendor_id, each.nodes, each.share) for each in vendors(*rows)] == [
        ("XBAZ2", "ferrous", 1, 1.0),
        ("XBAZ1", "ferrous", 1, 1.0),
    ]


def test_shares_over_vendors_add_up_to_one() -> None:
    rows = [node("XBAZ1", "other", text) for text in ("FN", "Stateless", "Unheard", None, "Haven Made", "FN")]
    assert sum(each.share for each in vendors(*rows)) == pytest.approx(1)

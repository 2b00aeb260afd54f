"""What single kinds of steps do, on worlds small enough to see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.exposure.builders import DEFAULT, atlas, links, operator, primary
from tests.exposure.worlds import H1, ROAMERS, V1, V2, example
from tests.policy.scenes import FACTS, level, measure, owned, scenario, simulated

from ipxray.atlas import Atlas, VendorShare
from ipxray.exposure import Traffic
from ipxray.policy import simulate


def with_roles(world: Atlas) -> Atlas:
    """The example, its roles as the shares have them."""
    roles = {0.9: "primary", 0.1: "backup"}
    rows = tuple(link._replace(role=roles.get(round(link.share_point, 1), "primary")) for link in world.links)
    return Atlas(world.at, world.operators, rows, (), (), ())


def test_moving_backups_leaves_the_primary_and_stops_injection(tmp_path: Path) -> None:
    found = simulated(
        scenario(tmp_path, '[assume]\nredundancy_floor = 1\n[[step]]\nkind = "move_backups"\n'),
        owned(with_roles(example()), "z"),
        traffic=ROAMERS,
    )
    assert {(row.tadig, row.action, row.carrier) for row in found.changes if row.action == "remove"} == {
        (V1, "remove", "z")
    }
    assert level(found, "after", subject=V1, threat="inject", data_class="location", perspective="inbound")[1] == 0.0


def test_a_lost_carrier_strands_whom_nobody_else_carries_until_somebody_does(tmp_path: Path) -> None:
    text = '[assume]\nredundancy_floor = {}\n[[step]]\nkind = "carrier_lost"\ncarriers = "y"\n'
    at_once = simulated(scenario(tmp_path, text.format(0), "a"), owned(example(), "x"), traffic=ROAMERS)
    assert measure(at_once, "no_carrier") == 2  # V2 on SCCP and on Diameter
    assert measure(at_once, "reach_lost", "actor") == pytest.approx(300 / 400)
    assert {row.tadig for row in at_once.reach} == {V2}
    assert measure(at_once, "changes", "actor") == 0
    later = simulated(scenario(tmp_path, text.format(2), "b"), owned(example(), "x"), traffic=ROAMERS)
    assert measure(later, "reach_lost", "actor") == 0.0
    assert {row.tadig for row in later.changes if row.action == "add"} == {H1, V2}


def test_encryption_between_two_leaves_their_sccp_and_everybody_else_alone(tmp_path: Path) -> None:
    text = f'actor = ["{H1}", "{V1}"]\n[[step]]\nkind = "encrypt"\nservice = "diameter"\n'
    found = simulated(scenario(tmp_path, text), owned(example(), "x"), traffic=ROAMERS)
    for service, fades in (("sccp", False), ("diameter", True)):
        before = level(found, "before", subject=H1, service=service, data_class="location")
        after = level(found, "after", subject=H1, service=service, data_class="location")
        assert (after[1] < before[1]) is fades


def test_ownership_alone_moves_exposure(tmp_path: Path) -> None:
    text = '[[step]]\nkind = "ownership"\nowner = "XB"\nsubject = "y"\nshare = [50, 100]\nfrom = 2027-01-01\n'
    found = simulated(scenario(tmp_path, text), owned(example(), "x"), traffic=ROAMERS, controlled_by="XB")
    assert level(found, "before", subject=H1, data_class="credential")[1] == 0.0
    assert level(found, "after", subject=H1, data_class="credential")[1] > 0.5
    assert found.changes == ()
    assert [row.at.year for row in found.timeline if row.subject == "actor" and row.data_class == "sms"] == [2026, 2027]


def test_a_breach_is_told_by_the_role_it_plays(tmp_path: Path) -> None:
    world = example()
    carried = tuple(link._replace(carrier_name=f"{V2} Mobile") if link.node == "z" else link for link in world.links)
    world = Atlas(world.at, world.operators, carried, (), (), ())
    found = simulated(
        scenario(tmp_path, f'actor = "{V2}"\n[[step]]\nkind = "breach"\n'), world, traffic=ROAMERS, controlled_by=None
    )
    roles = {(row.role, row.subject): row.expected for row in found.breach}
    assert roles["visited", H1] == pytest.approx(0.75)
    assert roles["trusted", H1] == 1.0
    assert roles["transit", H1] > 0.0
    assert found.scenario.controller == "nobody"


def test_a_refused_vendor_is_counted_node_by_node(tmp_path: Path) -> None:
    world = example()
    vendors = (
        VendorShare(H1, "hlr_hss", "Acme", "acme", 3, 0.75, "XZ"),
        VendorShare(H1, "hlr_hss", "Other", "other", 1, 0.25, None),
        VendorShare(V1, "smsc", "Acme", "acme", 2, 1.0, "XZ"),
    )
    world = owned(Atlas(world.at, world.operators, world.links, (), (), vendors), "x")
    found = simulated(scenario(tmp_path, '[[step]]\nkind = "refuse_vendor"\n'), world, traffic=ROAMERS)
    assert [(row.tadig, row.nodes, row.other_vendors) for row in found.vendors] == [(H1, 3, ("other",)), (V1, 2, ())]
    assert measure(found, "changes", "actor") == 2


def test_new_providers_follow_the_region_and_the_room_that_carriers_have(tmp_path: Path) -> None:
    """Ten networks lose x; y is what their region uses, z what others use: both are drawn, y more often."""
    names = [f"XAA{place:02d}" for place in range(10)]
    operators = [operator(name, "XA", sccp="declared") for name in names]
    rows = [link for name in names for link in links(name, "sccp", primary("x"))]
    for tadig, country, carrier in (("XAA90", "XA", "y"), ("XBB90", "XB", "z"), ("XBB91", "XB", "z")):
        operators.append(operator(tadig, country, sccp="declared"))
        rows += links(tadig, "sccp", primary(carrier))
    regions = {code: one._replace(region=code) for code, one in FACTS.countries.items()}
    days = {(one.tadig, other.tadig): 1.0 for one in operators for other in operators if one != other}
    found = simulate(
        scenario(tmp_path, '[[step]]\nkind = "refuse"\n'),
        owned(atlas(operators, rows), "x"),
        replace(FACTS, countries=regions),
        parameters=DEFAULT,
        controlled_by="XZ",
        traffic=Traffic("roamers.csv", days),
        runs=200,
    )
    chances: dict[str, list[float]] = {}
    for row in found.changes:
        if row.action == "add":
            chances.setdefault(row.carrier, []).append(row.chance)
    assert set(chances) == {"y", "z"}
    exposure = [row for row in found.summary if row.measure == "one_carrier"]
    assert exposure[0].after == 13

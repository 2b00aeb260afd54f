"""Share, concentration and cones of carriers; controllers with their carriers merged first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.exposure.builders import DEFAULT, adversary, atlas, facts, links, operator, primary
from tests.exposure.worlds import worlds

from ipxray.atlas import Atlas
from ipxray.exposure import Dominance, Traffic, dominance


def found(world: Atlas, *against: str, service: str = "sccp", **more: object) -> dict[str, Dominance]:
    rows = dominance(
        world,
        facts(),
        [adversary(*against)] if against else (),
        **{"parameters": DEFAULT, **more},  # type: ignore[arg-type]
    )
    return {row.id: row for row in rows if row.service == service}


def two(home: dict[str, tuple[float, float, float]], visited: dict[str, tuple[float, float, float]]) -> Atlas:
    return atlas(
        [operator("XAAA1", "XA", sccp="declared"), operator("XBBB1", "XB", sccp="declared")],
        [*links("XAAA1", "sccp", home), *links("XBBB1", "sccp", visited)],
    )


def test_a_message_handed_over_crosses_both_carriers() -> None:
    rows = found(two(primary("x"), primary("y")))
    assert (rows["x"].share, rows["y"].share) == (1.0, 1.0)
    assert rows["x"].share_of_crossings == 0.5
    assert (rows["x"].concentration, rows["x"].effective_number) == (0.5, 2.0)


def test_one_carrier_at_both_ends_is_counted_once() -> None:
    rows = found(two(primary("x"), primary("x")))
    assert (rows["x"].share, rows["x"].concentration, rows["x"].effective_number) == (1.0, 1.0, 1.0)


def test_a_controller_counts_a_message_once_however_many_of_its_carriers_it_crosses() -> None:
    rows = found(two(primary("x"), primary("y")), "x", "y")
    assert rows["XZ"].share == 1.0
    assert (rows["XZ"].share_of_crossings, rows["XZ"].concentration, rows["XZ"].effective_number) == (None, None, None)


def test_cones_count_operators() -> None:
    rows = found(two(primary("x", "y"), primary("y")), "x")
    assert (rows["x"].cone, rows["x"].exclusive_cone) == (1, 0)
    assert (rows["y"].cone, rows["y"].exclusive_cone) == (2, 1)
    assert (rows["XZ"].cone, rows["XZ"].exclusive_cone) == (1, 0)


def test_over_all_services_only_the_same_carrier_everywhere_is_exclusive() -> None:
    world = two(primary("x"), primary("y"))
    both = atlas(
        [operator("XAAA1", "XA", sccp="declared", grx="declared"), world.operators[1]],
        [*world.links, *links("XAAA1", "grx", primary("z"))],
    )
    rows = found(both, service="all")
    assert (rows["x"].cone, rows["x"].exclusive_cone, rows["y"].exclusive_cone) == (1, 0, 1)
    assert found(both)["x"].exclusive_cone == 1


def test_services_are_mixed_by_weight() -> None:
    declared = {"sccp": ("x", "y"), "grx": ("x", "z")}
    world = atlas(
        [operator(name, name[:2], sccp="declared", grx="declared") for name in ("XAAA1", "XBBB1")],
        [
            link
            for service, names in declared.items()
            for tadig, name in zip(("XAAA1", "XBBB1"), names, strict=True)
            for link in links(tadig, service, primary(name))
        ],
    )
    rows = found(world, service="all", parameters=DEFAULT.replace(weight_grx=3.0))
    assert (rows["x"].share, rows["y"].share, rows["z"].share) == (1.0, 0.25, 0.75)


def test_an_operator_that_declares_nothing_adds_nothing() -> None:
    world = two(primary("x"), primary("y"))
    half = atlas([world.operators[0], operator("XBBB1", "XB", sccp="missing")], world.links[:1])
    rows = found(half, "x")
    assert (rows["x"].share, rows["XZ"].share) == (1.0, 1.0)


def test_the_given_traffic_weighs_it() -> None:
    world = atlas(
        [operator(f"X{land}AA1", f"X{land}", sccp="declared") for land in "ABC"],
        [link for land, name in zip("ABC", "xyz", strict=True) for link in links(f"X{land}AA1", "sccp", primary(name))],
    )
    traffic = Traffic("t.csv", {("XAAA1", "XBAA1"): 3.0, ("XAAA1", "XCAA1"): 1.0})
    rows = found(world, traffic=traffic)
    assert (rows["x"].share, rows["y"].share, rows["z"].share) == (1.0, 0.75, 0.25)


@settings(max_examples=25)
@given(worlds())
def test_the_closed_form_for_one_carrier_equals_the_kernel_for_a_set_of_one(world: Atlas) -> None:
    for node in ("x", "y"):
        rows = dominance(world, facts(), [adversary(node)], parameters=DEFAULT)
        for service in ("sccp", "diameter", "grx", "all"):
            carrier = [row for row in rows if (row.kind, row.id, row.service) == ("carrier", node, service)]
            merged = [row for row in rows if (row.kind, row.service) == ("controller", service)]
            if carrier:
                assert carrier[0].share == pytest.approx(merged[0].share, abs=1e-9)
                assert carrier[0][5:7] == merged[0][5:7]
            elif merged:
                assert merged[0].share == 0.0

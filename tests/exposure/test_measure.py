"""The exposure table from hand-made atlases: the worked example, direction, order of levels, doubt by cause."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.exposure.builders import (
    DEFAULT,
    adversary,
    atlas,
    country,
    facts,
    group,
    interval,
    links,
    one_row,
    operator,
    primary,
    rows_of,
)
from tests.exposure.worlds import ADVERSARIES, H1, ONE_PAIR, V1, V2, X_ONLY, example, measured, read_row, worlds

from ipxray.atlas import Adversary, Atlas, Link, Membership
from ipxray.errors import UsageError
from ipxray.exposure import Exposure, Traffic, measure, pair
from ipxray.tables import columns_of


def test_the_worked_example_comes_out_to_the_digit() -> None:
    found = measured(example())
    assert interval(read_row(found, service="sccp", data_class="credential")) == (0.84, 0.9225, 1.0)
    assert interval(read_row(found, service="sccp", data_class="location")) == (0.24, 0.315, 0.625)


def test_after_the_operator_drops_the_carrier_its_partners_carrier_remains() -> None:
    found = measured(example(primary("y")))
    assert interval(read_row(found, service="sccp", data_class="credential")) == (0.2, 0.225, 0.25)


def test_on_diameter_the_vectors_come_back_on_the_visited_networks_path() -> None:
    route = pair(example(), X_ONLY, H1, V2, parameters=DEFAULT)
    wanted = {"threat": "read", "data_class": "credential"}
    assert interval(one_row(route.exposure, service="diameter", **wanted)) == (0.0, 0.09, 0.5)
    assert interval(one_row(route.exposure, service="sccp", **wanted)) == (0.8, 0.9, 1.0)


def test_forced_and_possible_say_nothing_where_the_model_does() -> None:
    row = read_row(measured(example()), service="sccp", data_class="credential")
    assert (row.forced, row.possible) == (0.0, 1.0)


def test_all_services_are_the_mean_of_their_messages_by_weight() -> None:
    found = measured(example(), parameters=DEFAULT.replace(weight_diameter=3.0))
    expected = (0.9225 + 3 * 0.315) / 4
    assert read_row(found, service="all", data_class="credential").expected == pytest.approx(expected)


def test_a_service_that_an_end_does_not_have_carries_no_weight() -> None:
    """V2 without Diameter: H1's Diameter figure is that of V1 alone, and GTP, which nobody has, gives no row."""
    world = example()
    without = atlas(
        [*world.operators[:2], operator(V2, "XC", sccp="declared")],
        [link for link in world.links if (link.tadig, link.service) != (V2, "diameter")],
    )
    found = measured(without)
    assert read_row(found, service="diameter", data_class="credential").expected == pytest.approx(0.99)
    assert not rows_of(found.exposure, service="grx")


def test_direction_is_where_the_data_travels() -> None:
    found = measured(example())
    sms = {"service": "sccp", "data_class": "sms"}
    towards_visited = read_row(found, direction="home_to_visited", **sms)
    towards_home = read_row(found, direction="visited_to_home", **sms)
    assert towards_visited.expected == pytest.approx(0.9225)
    assert towards_home.expected == pytest.approx(0.315)
    assert read_row(found, **sms).expected == pytest.approx((0.9225 + 0.315) / 2)
    assert not rows_of(found.exposure, service="sccp", data_class="credential", direction="visited_to_home")


def test_the_inbound_view_is_about_the_guests() -> None:
    """V2's guests come from H1 alone: what V2 hosts is exposed as the pair is."""
    row = one_row(
        measured(example()).exposure,
        subject=V2,
        perspective="inbound",
        threat="read",
        service="sccp",
        data_class="credential",
    )
    assert interval(row) == (0.8, 0.9, 1.0)
    assert not rows_of(measured(example()).exposure, subject=V2, perspective="outbound")


def test_what_all_export_is_what_all_host() -> None:
    """With equal weights everywhere, both views have the same mean: they are the same pairs."""
    found = measured(example(), traffic=None)
    wanted = {"subject_kind": "operator", "service": "sccp", "data_class": "sms", "threat": "read", "direction": "both"}
    means = [
        sum(row.expected for row in rows_of(found.exposure, perspective=perspective, **wanted)) / 3
        for perspective in ("outbound", "inbound")
    ]
    assert means[0] == pytest.approx(means[1])
    assert means[0] > 0.0


@pytest.mark.parametrize(
    ("name", "value", "threat", "level"),
    [
        ("confidentiality_sccp", 0.4, "read", 0.9225 * 0.6),
        ("integrity_sccp", 0.4, "alter", 0.9225 * 0.6),
        ("confidentiality_sccp", 0.4, "alter", 0.9225),
    ],
)
def test_protection_scales_what_it_protects(name: str, value: float, threat: str, level: float) -> None:
    found = measured(example(), parameters=DEFAULT.replace(**{name: value}))
    row = read_row(found, threat=threat, service="sccp", data_class="credential")
    assert row.expected == pytest.approx(level)
    assert row.forced <= row.low <= row.expected <= row.high <= row.possible


def test_direct_links_lower_each_bound_by_its_own_share() -> None:
    found = measured(example(), parameters=DEFAULT.replace(direct_share_low=0.1, direct_share_high=0.5))
    row = read_row(found, service="sccp", data_class="credential")
    assert interval(row) == pytest.approx((0.84 * 0.5, 0.9225 * 0.7, 0.9))


def test_the_open_world_stands_beside_the_headline() -> None:
    """Only V2 to H1 leaves room: half on-net by y, the rest may meet transit."""
    row = read_row(measured(example(), adversary("z")), service="diameter", data_class="credential")
    closed = measured(example(), adversary("z"), parameters=DEFAULT.replace(open_world_transit_high=0.0))
    assert row.open_world_high > row.high
    again = read_row(closed, service="diameter", data_class="credential")
    assert (again.high, again.open_world_high) == (row.high, row.high)


def test_credentials_and_location_are_never_one_number() -> None:
    found = measured(example())
    figures = {
        row.data_class: row.expected for row in rows_of(found.exposure, subject=H1, service="sccp", threat="read")
    }
    assert figures["credential"] != figures["location"]
    assert "all" not in {row.data_class for row in found.exposure}


def with_second_end(found: list[Link], **services: str) -> Atlas:
    """H1 with x alone, roaming on one network."""
    return atlas(
        [operator(H1, "XA", sccp="declared"), operator(V1, "XB", **(services or {"sccp": "declared"}))],
        [*links(H1, "sccp", primary("y")), *found],
    )


@pytest.mark.parametrize("state", ["missing", "own_gateway"])
def test_what_is_not_declared_is_doubt_by_itself(state: str) -> None:
    found = measured(with_second_end([], sccp=state), traffic=ONE_PAIR)
    row = read_row(found, service="sccp", data_class="location")
    assert interval(row) == (0.0, 0.0, 1.0)
    assert (row.ignorance_missing, row.ignorance_name, row.ignorance_routing) == (1.0, 0.0, 0.0)
    assert (row.forced, row.possible, row.grade) == (0.0, 1.0, "D")


def test_a_missing_declaration_is_expected_to_be_like_the_others() -> None:
    world = atlas(
        [operator(H1, "XA", sccp="declared"), operator(V1, "XB", sccp="missing"), operator(V2, "XC", sccp="declared")],
        [*links(H1, "sccp", primary("y")), *links(V2, "sccp", primary("x", "y"))],
    )
    found = measured(world, traffic=ONE_PAIR)
    assert read_row(found, service="sccp", data_class="location").expected == pytest.approx(0.45)


def test_an_ambiguous_name_is_doubt_of_name() -> None:
    found = measured(
        with_second_end(links(V1, "sccp", primary("TGS"), candidates={"TGS": ("x", "z")})), traffic=ONE_PAIR
    )
    row = read_row(found, service="sccp", data_class="location")
    assert (row.low, row.expected, row.high, row.ignorance_name) == (0.0, 0.0, 1.0, 1.0)


def test_an_unknown_name_may_be_anyone() -> None:
    found = measured(with_second_end(links(V1, "sccp", primary("Nix"), candidates={"Nix": ()})), traffic=ONE_PAIR)
    row = read_row(found, service="sccp", data_class="location")
    assert (row.low, row.expected, row.high, row.ignorance_name) == (0.0, 0.0, 1.0, 1.0)
    assert found.reach.operators_touched_high == 1


def test_an_ownership_interval_is_doubt_of_control() -> None:
    found = measured(with_second_end(links(V1, "sccp", primary("z"))), adversary(perhaps=["z"]), traffic=ONE_PAIR)
    row = read_row(found, service="sccp", data_class="location")
    assert (row.low, row.expected, row.high, row.ignorance_control) == (0.0, 0.0, 1.0, 1.0)


GROUPS = facts([country("XA", 300), country("XB", 100)], [group("pact", "XA", "XB"), group("league", "XC", "XQ")])


@settings(max_examples=40)
@given(worlds(), ADVERSARIES)
def test_every_row_keeps_the_order_of_levels_and_its_doubt_adds_up(world: Atlas, against: Adversary) -> None:
    found = measure(world, GROUPS, against, parameters=DEFAULT, pairs=True)
    for row in found.exposure:
        assert 0.0 <= row.forced <= row.low <= row.expected <= row.high <= row.possible <= 1.0
        assert row.high <= row.open_world_high <= 1.0
        causes = (row.ignorance_routing, row.ignorance_missing, row.ignorance_control, row.ignorance_name)
        assert min(causes) >= 0.0
        assert sum(causes) == pytest.approx(row.high - row.low, abs=1e-10)
        assert 0.0 <= row.coverage <= 1.0 + 1e-12
        assert 0.0 <= row.confirmation <= 1.0 + 1e-12


@settings(max_examples=25)
@given(worlds(), ADVERSARIES)
def test_an_operator_is_the_weighted_mean_of_its_pairs(world: Atlas, against: Adversary) -> None:
    """Every network roams on two others only; the mean is taken over pairs one at a time."""
    names = [one.tadig for one in world.operators]
    roamers = {(home, names[(place + step) % 5]): float(step) for place, home in enumerate(names) for step in (1, 2)}
    found = measure(world, facts(), against, parameters=DEFAULT, traffic=Traffic("roamers.csv", roamers))
    single = {key: pair(world, against, *key, parameters=DEFAULT).exposure for key in roamers if key[0] == names[0]}
    for service in ("sccp", "diameter", "grx"):
        wanted = {"service": service, "direction": "both", "perspective": "outbound"}
        rows = rows_of(found.exposure, subject=names[0], subject_kind="operator", **wanted)
        for row in rows:
            parts = [
                (roamers[key], one)
                for key, several in single.items()
                for one in rows_of(several, data_class=row.data_class, threat=row.threat, **wanted)
            ]
            whole = sum(weight for weight, _ in parts)
            for level in (
                "forced",
                "low",
                "expected",
                "high",
                "possible",
                "open_world_high",
                "coverage",
                "confirmation",
            ):
                mean = sum(weight * getattr(one, level) for weight, one in parts) / whole
                assert getattr(row, level) == pytest.approx(mean, abs=1e-9)


def test_a_network_without_partner_is_named_not_forgotten() -> None:
    alone = atlas([operator(H1, "XA", sccp="declared")], links(H1, "sccp", primary("x")))
    found = measure(alone, facts(), X_ONLY, parameters=DEFAULT)
    assert (found.exposure, found.unweighted, found.reach.operators_touched) == ((), (H1,), 1)


def test_an_empty_atlas_is_measured_too() -> None:
    found = measure(atlas([], []), facts(), X_ONLY, parameters=DEFAULT, pairs=True)
    assert (found.exposure, found.touch, found.reach.operators) == ((), (), 0)


def test_traffic_that_could_not_be_counted_is_reported() -> None:
    found = measured(example(), traffic=Traffic("t.csv", {(H1, V1): 1.0, (H1, "XYYY1"): 3.0}))
    assert (found.unknown_networks, found.unknown_traffic, found.unweighted) == (("XYYY1",), 0.75, (V2,))


def test_pairs_are_listed_when_asked_for() -> None:
    found = measured(example(), pairs=True)
    rows = rows_of(found.exposure, subject_kind="pair")
    assert {(row.subject, row.counterpart) for row in rows} == {
        (home, visited) for home in (H1, V1, V2) for visited in (H1, V1, V2) if home != visited
    }
    assert {row.service for row in rows} == {"all"}
    assert not rows_of(measured(example()).exposure, subject_kind="pair")


def test_too_many_pairs_are_refused_before_they_fill_the_memory() -> None:
    world = atlas([operator(f"XAA{number}", "XA", sccp="missing") for number in range(201)], [])
    with pytest.raises(UsageError, match="201 networks have too many pairs"):
        measure(world, facts(), X_ONLY, parameters=DEFAULT, pairs=True)


def test_the_table_says_what_every_column_holds() -> None:
    columns = columns_of(Exposure)
    assert [column.name for column in columns][:18] == [
        "subject_kind", "subject", "counterpart", "controller", "service", "data_class", "threat", "direction",
        "forced", "low", "expected", "high", "possible",
        "ignorance_routing", "ignorance_missing", "ignorance_control", "ignorance_name", "grade",
    ]  # fmt: skip
    assert all(column.doc for column in columns)


def test_the_adversary_stands_in_every_row() -> None:
    wide = Adversary("XZ", "wide", {"x": Membership(1.0, 1.0, 1.0)})
    assert {(row.controller, row.rule) for row in measured(example(), wide).exposure} == {("XZ", "wide")}

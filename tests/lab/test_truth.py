"""The truth covers all that is written and contradicts none of it."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from typing import Any

from ipxray.lab import World

SERVICES = ["sccp", "diameter", "grx", "mms", "sms_hub", "roaming_hub", "n32"]
STATES = {"declared", "own_gateway", "not_applicable", "missing"}
Papers = list[Any]


def test_every_network_of_every_document_is_in_it(truth: dict[str, Any], papers: Papers, world: World) -> None:
    written = {tadig for paper in papers for tadig in paper.tadigs}
    with (world.folder / "ir21/declarations.csv").open(encoding="utf-8", newline="") as stream:
        written |= {row["tadig"] for row in csv.DictReader(stream)}
    assert set(truth["networks"]) == written == set(world.networks)


def test_every_service_of_every_network_has_a_state(truth: dict[str, Any]) -> None:
    for network in truth["networks"].values():
        assert list(network["services"]) == SERVICES
        for service in network["services"].values():
            assert service["state"] in STATES
            assert bool(service["links"]) == (service["state"] == "declared")


def test_each_carrier_is_named_once_a_service(truth: dict[str, Any]) -> None:
    for network in truth["networks"].values():
        for service in network["services"].values():
            single = [link["carriers"][0] for link in service["links"] if len(link["carriers"]) == 1]
            assert len(set(single)) == len(single)


def test_every_carrier_and_controller_is_in_the_facts(truth: dict[str, Any], world: World) -> None:
    facts = tomllib.loads((world.folder / "facts/world.toml").read_text(encoding="utf-8"))
    carriers = {row["id"] for row in facts["carrier"]}
    entities = {row["id"] for row in facts["entity"]} | {"XA", "XB", "XC", "XD", "XE", "XT"}
    used = {
        name
        for network in truth["networks"].values()
        for each in network["services"].values()
        for link in each["links"]
        for name in link["carriers"]
    }
    assert used <= carriers
    assert {row["carrier"] for row in truth["control"]} == carriers
    assert {row["controller"] for row in truth["control"]} <= entities


def test_control_is_possible_where_it_is_expected_and_expected_where_it_is_certain(truth: dict[str, Any]) -> None:
    assert all(row["low"] <= row["point"] <= row["high"] for row in truth["control"])
    assert all(row["high"] for row in truth["control"])
    kinds = Counter((row["low"], row["point"], row["high"]) for row in truth["control"])
    assert kinds.keys() == {(True, True, True), (False, True, True), (False, False, True)}
    assert {row["rule"] for row in truth["control"]} == {"majority_50", "over_50", "blocking_25", "ten_percent", "seat"}


def test_the_state_that_examples_ask_about_controls_some_carriers_for_certain_and_others_perhaps(
    truth: dict[str, Any],
) -> None:
    rows = [row for row in truth["control"] if row["controller"] == "XA" and row["rule"] == "majority_50"]
    assert Counter((row["low"], row["point"]) for row in rows).keys() == {(True, True), (False, True), (False, False)}
    certain = {row["carrier"] for row in rows if row["low"]}
    named = {
        tadig
        for tadig, network in truth["networks"].items()
        for each in network["services"].values()
        for link in each["links"]
        if set(link["carriers"]) & certain
    }
    assert 5 < len(named) < len(truth["networks"])


def test_nodes_of_a_class_add_up(truth: dict[str, Any]) -> None:
    for network in truth["networks"].values():
        totals = {row["node_class"]: row["of"] for row in network["vendors"]}
        counted: Counter[str] = Counter()
        for row in network["vendors"]:
            counted[row["node_class"]] += row["nodes"]
        assert counted == totals


def test_popular_carriers_are_named_more_often(truth: dict[str, Any], world: World) -> None:
    facts = tomllib.loads((world.folder / "facts/world.toml").read_text(encoding="utf-8"))
    order = [row["id"] for row in facts["carrier"]]
    named = Counter(
        name
        for network in truth["networks"].values()
        for each in network["services"].values()
        for link in each["links"]
        for name in link["carriers"]
    )
    assert sum(named[name] for name in order[:6]) > 2 * sum(named[name] for name in order[-6:])

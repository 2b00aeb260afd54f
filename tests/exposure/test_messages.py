"""The message table says which way data travels and whose routing it follows. Ref: docs/method.md §3."""

from __future__ import annotations

import numpy as np
import pytest
from tests.exposure.builders import DEFAULT

from ipxray.exposure.boxes import MEASURED_SERVICES
from ipxray.exposure.messages import DATA_CLASSES, DIRECTIONS, ENDS, THREATS, Message, blends, messages


@pytest.mark.parametrize("kind", messages(), ids=lambda kind: f"{kind.service} {kind.message}")
def test_every_row_uses_the_closed_words_and_cites_a_standard(kind: Message) -> None:
    assert kind.service in MEASURED_SERVICES
    assert kind.data_class in DATA_CLASSES
    assert kind.payload in DIRECTIONS[:2]
    assert kind.path in ENDS
    assert kind.forged_to in (*ENDS, None)
    assert set(kind.threats) <= set(THREATS[:2])
    assert kind.weight > 0.0
    assert kind.clause.startswith("3GPP TS")
    assert len(kind.reason) > 20


@pytest.mark.parametrize(
    "kind", [kind for kind in messages() if kind.service != "diameter"], ids=lambda kind: kind.message
)
def test_sccp_and_gtp_messages_follow_their_own_sender(kind: Message) -> None:
    assert kind.path == ("home" if kind.payload == "home_to_visited" else "visited")


@pytest.mark.parametrize(
    ("service", "data_class", "paths"),
    [
        ("sccp", "credential", {("home_to_visited", "home")}),
        ("diameter", "credential", {("home_to_visited", "visited")}),
        ("sccp", "location", {("visited_to_home", "visited")}),
        ("diameter", "location", {("visited_to_home", "visited"), ("visited_to_home", "home")}),
        ("grx", "location", {("visited_to_home", "visited")}),
        ("sccp", "sms", {("home_to_visited", "home"), ("visited_to_home", "visited")}),
        ("diameter", "profile", {("home_to_visited", "visited"), ("home_to_visited", "home")}),
        ("grx", "user_traffic", {("home_to_visited", "home"), ("visited_to_home", "visited")}),
        ("grx", "credential", set()),
        ("sccp", "user_traffic", set()),
    ],
)
def test_direction_and_chooser_of_each_class(service: str, data_class: str, paths: set[tuple[str, str]]) -> None:
    found = {
        (kind.payload, kind.path) for kind in messages() if (kind.service, kind.data_class) == (service, data_class)
    }
    assert found == paths


def test_inside_a_class_all_kinds_weigh_the_same() -> None:
    for data_class in DATA_CLASSES:
        assert len({kind.weight for kind in messages() if kind.data_class == data_class}) == 1


def test_all_services_are_mixed_by_their_parameters() -> None:
    parameters = DEFAULT.replace(weight_sccp=3.0, weight_grx=0.0)
    (credential,) = [
        blend
        for blend in blends(parameters)
        if (blend.service, blend.data_class, blend.threat, blend.direction) == ("all", "credential", "read", "both")
    ]
    assert credential.weights.tolist() == [[3.0, 0.0], [0.0, 1.0], [0.0, 0.0]]


def test_a_class_whose_only_service_weighs_nothing_has_no_blend() -> None:
    found = blends(DEFAULT.replace(weight_grx=0.0))
    assert not [blend for blend in found if (blend.service, blend.data_class) == ("all", "user_traffic")]
    assert [blend for blend in found if (blend.service, blend.data_class) == ("grx", "user_traffic")]


def test_protection_lowers_the_levels_not_the_weights() -> None:
    parameters = DEFAULT.replace(confidentiality_sccp=0.25, integrity_diameter=0.5, firewall_effectiveness=0.75)
    for blend in blends(parameters):
        sccp, diameter, _ = (blend.coefficients.sum(axis=1) / np.maximum(blend.weights.sum(axis=1), 1e-300)).tolist()
        sccp_weight, diameter_weight, _ = blend.weights.sum(axis=1).tolist()
        left = {"read": (0.75, 1.0), "alter": (1.0, 0.5), "inject": (0.25, 0.25)}[blend.threat]
        assert (sccp, diameter) == (left[0] if sccp_weight else 0.0, left[1] if diameter_weight else 0.0)

"""The rows that exposure gives: the exposure table, touch, dominance, ranking and sensitivity."""

from __future__ import annotations

from typing import Annotated, NamedTuple

__all__ = ["Dominance", "Exposure", "Rank", "Reach", "Sensitivity", "Touch"]


class Exposure(NamedTuple):
    """One row per subject, counterpart, perspective, service, data class, threat and direction. Levels are shares of messages.

    forced ≤ low ≤ expected ≤ high ≤ possible ≤ 1; the four kinds of ignorance are at least 0 and add up to high - low.
    """

    subject_kind: Annotated[str, "operator, country, pair or alliance"]
    subject: Annotated[
        str, "TADIG code, ISO 3166-1 alpha-2 or group id; for a pair the home network (TADIG code, GSMA TD.13)"
    ]
    counterpart: Annotated[
        str, "all; for a pair the visited network; for an alliance inside (both ends are members), outside or all"
    ]
    controller: Annotated[str, "who controls the carriers: ISO 3166-1 alpha-2 of a state, or an entity id"]
    service: Annotated[str, "sccp, diameter, grx, or all: mixed by the weight_* parameters"]
    data_class: Annotated[str, "credential, location, sms, user_traffic, identity or profile: never mixed"]
    threat: Annotated[
        str,
        "read: see it on the path; alter: change or drop it there; inject: send a forged message over a trusted link",
    ]
    direction: Annotated[str, "where the data travels: home_to_visited, visited_to_home or both"]
    forced: Annotated[float, "share that no declared choice keeps away from the controller, 0 to 1"]
    low: Annotated[float, "least share, whatever is not known, 0 to 1"]
    expected: Annotated[float, "share at the assumed point values, 0 to 1"]
    high: Annotated[float, "greatest share, whatever is not known, no undeclared transit, 0 to 1"]
    possible: Annotated[float, "share for which some declared or undeclared choice meets the controller, 0 to 1"]
    ignorance_routing: Annotated[float, "part of high - low because IR.21 gives no traffic shares, 0 to 1"]
    ignorance_missing: Annotated[float, "part of high - low because a declaration is missing, 0 to 1"]
    ignorance_control: Annotated[float, "part of high - low because shares in carriers are intervals, 0 to 1"]
    ignorance_name: Annotated[
        float, "part of high - low because a name is ambiguous, unknown or (inject) unconfirmed, 0 to 1"
    ]
    grade: Annotated[str, "A to D, from coverage, high - low and confirmation: parameters grade_*"]
    perspective: Annotated[
        str, "outbound: the subject's subscribers abroad; inbound: other networks' subscribers in the subject's network"
    ]
    rule: Annotated[str, "control rule: majority_50, over_50, blocking_25, ten_percent, seat or wide (any of them)"]
    open_world_high: Annotated[float, "as high, with undeclared transit carriers between declared ones, 0 to 1"]
    coverage: Annotated[
        float, "weight of pairs with both ends declared, times the probability that both still hold, 0 to 1"
    ]
    confirmation: Annotated[float, "share of the carriers at both ends that a second register confirms, 0 to 1"]


class Touch(NamedTuple):
    """One row per network: whether it declares a carrier of the controller, on any service, whatever its role.

    Each statement three times: certainly, at the point values, possibly.
    """

    tadig: Annotated[str, "network (TADIG code, GSMA TD.13)"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    controller: Annotated[str, "who controls the carriers: ISO 3166-1 alpha-2 of a state, or an entity id"]
    rule: Annotated[str, "control rule, or wide"]
    carriers: Annotated[int, "different carriers that the network declares, all services"]
    touched_low: Annotated[bool, "certainly declares a carrier of the controller"]
    touched: Annotated[bool, "declares a carrier of the controller at the point values"]
    touched_high: Annotated[bool, "may declare a carrier of the controller"]
    captured_low: Annotated[bool, "certainly declares carriers of the controller only"]
    captured: Annotated[bool, "declares carriers of the controller only, at the point values"]
    captured_high: Annotated[bool, "may declare carriers of the controller only"]
    single_homed: Annotated[bool, "declares one carrier only"]
    through: Annotated[tuple[str, ...], "carriers and names that may be the controller's, sorted"]
    services: Annotated[tuple[str, ...], "services on which it declares one of them"]


class Reach(NamedTuple):
    """How many operators and countries one controller touches: certainly, at the point values, possibly."""

    operators: Annotated[int, "operators in the atlas"]
    countries: Annotated[int, "countries of these operators"]
    operators_touched_low: Annotated[int, "operators that certainly declare a carrier of the controller"]
    operators_touched: Annotated[int, "operators that declare one at the point values"]
    operators_touched_high: Annotated[int, "operators that may declare one"]
    countries_touched_low: Annotated[int, "countries with such an operator, certainly"]
    countries_touched: Annotated[int, "countries with such an operator, at the point values"]
    countries_touched_high: Annotated[int, "countries with such an operator, possibly"]
    operators_captured: Annotated[int, "operators that declare no other carrier, at the point values"]


class Dominance(NamedTuple):
    """One row per service and carrier, or controller with its carriers merged first so that a message counts once."""

    kind: Annotated[str, "carrier or controller"]
    id: Annotated[str, "carrier id, ambiguous:<name>, unknown:<name>, or controller"]
    service: Annotated[str, "sccp, diameter, grx, or all: mixed by the weight_* parameters"]
    share: Annotated[float, "expected share of messages that cross it, 0 to 1; carriers' shares add up to more than 1"]
    share_of_crossings: Annotated[float | None, "share over the sum of all carriers' shares; null for a controller"]
    cone: Annotated[int, "operators that declare it"]
    exclusive_cone: Annotated[int, "operators that declare nothing else"]
    concentration: Annotated[
        float | None,
        "Herfindahl-Hirschman index of the service, over share_of_crossings, 0 to 1; null for a controller",
    ]
    effective_number: Annotated[float | None, "1 / concentration: as many equal carriers; null for a controller"]


class Rank(NamedTuple):
    """One row per controller: whom it touches, and what it could read of everybody's messages, all services."""

    controller: Annotated[str, "ISO 3166-1 alpha-2 of a state, or an entity id"]
    rule: Annotated[str, "control rule, or wide"]
    carriers: Annotated[int, "declared carriers that it controls at the point values"]
    operators_touched_low: Annotated[int, "operators that certainly declare a carrier of the controller"]
    operators_touched: Annotated[int, "operators that declare one at the point values"]
    operators_touched_high: Annotated[int, "operators that may declare one"]
    countries_touched: Annotated[int, "countries with such an operator, at the point values"]
    credential_low: Annotated[float | None, "least share of all authentication vectors, 0 to 1"]
    credential: Annotated[float | None, "expected share of all authentication vectors, 0 to 1"]
    credential_high: Annotated[float | None, "greatest share of all authentication vectors, 0 to 1"]
    location_low: Annotated[float | None, "least share of all location messages, 0 to 1"]
    location: Annotated[float | None, "expected share of all location messages, 0 to 1"]
    location_high: Annotated[float | None, "greatest share of all location messages, 0 to 1"]
    sms_low: Annotated[float | None, "least share of all text messages, 0 to 1"]
    sms: Annotated[float | None, "expected share of all text messages, 0 to 1"]
    sms_high: Annotated[float | None, "greatest share of all text messages, 0 to 1"]
    user_traffic_low: Annotated[float | None, "least share of all user traffic, 0 to 1"]
    user_traffic: Annotated[float | None, "expected share of all user traffic, 0 to 1"]
    user_traffic_high: Annotated[float | None, "greatest share of all user traffic, 0 to 1"]
    identity_low: Annotated[float | None, "least share of all identity messages, 0 to 1"]
    identity: Annotated[float | None, "expected share of all identity messages, 0 to 1"]
    identity_high: Annotated[float | None, "greatest share of all identity messages, 0 to 1"]
    profile_low: Annotated[float | None, "least share of all profile messages, 0 to 1"]
    profile: Annotated[float | None, "expected share of all profile messages, 0 to 1"]
    profile_high: Annotated[float | None, "greatest share of all profile messages, 0 to 1"]


class Sensitivity(NamedTuple):
    """One row per parameter, data class, threat and level: the mean over all operators when only this parameter moves."""

    parameter: Annotated[str, "name of the assumption"]
    value: Annotated[float, "its value in this run"]
    minimum: Annotated[float, "least value it may take"]
    maximum: Annotated[float, "greatest value it may take"]
    data_class: Annotated[str, "credential, location, sms, user_traffic, identity or profile"]
    threat: Annotated[str, "read, alter or inject"]
    level: Annotated[str, "low, expected, high or open_world_high"]
    figure: Annotated[float, "mean over all operators in this run, all services, 0 to 1"]
    at_minimum: Annotated[float, "the same with the parameter at its least value"]
    at_maximum: Annotated[float, "the same with the parameter at its greatest value"]
    swing: Annotated[float, "greatest distance between the three, 0 to 1"]

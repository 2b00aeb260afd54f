"""The rows that policy gives: scenarios with their states side by side, and the optimised sets of changes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

__all__ = [
    "CarrierCover",
    "FrontierPoint",
    "OptimisedChange",
    "ScenarioBreach",
    "ScenarioChange",
    "ScenarioDependence",
    "ScenarioExposure",
    "ScenarioReach",
    "ScenarioRow",
    "ScenarioSummary",
    "ScenarioTimeline",
    "ScenarioVendor",
]


class ScenarioRow(NamedTuple):
    """One row per scenario of the run: the question, its source, who acts against whose carriers, and the answer in words."""

    scenario: Annotated[str, "name of the scenario: its file without the ending"]
    title: Annotated[str, "what happens, in one line"]
    question: Annotated[str, "the real question behind it"]
    source: Annotated[tuple[str, ...], "facts it rests on: ids of policy actions, incidents or sources"]
    file_sha256: Annotated[str, "SHA-256 of the scenario file, hexadecimal"]
    actor: Annotated[str, "who acts, as given: all, busiest, TADIG codes, ISO 3166-1 alpha-2 codes or group ids"]
    actor_networks: Annotated[tuple[str, ...], "networks of the actor in the input (TADIG codes, GSMA TD.13)"]
    controller: Annotated[str, "whose carriers the exposure is to: a state or an owner; nobody when none is named"]
    rule: Annotated[
        str, "control rule before the scenario: majority_50, over_50, blocking_25, ten_percent, seat or wide"
    ]
    rule_after: Annotated[str, "control rule once the scenario is in force"]
    steps: Annotated[int, "steps of the scenario"]
    at: Annotated[date, "date of assessment: declarations, names and ownership are as of this day in every state"]
    in_force: Annotated[date, "date of the state called after: every step that has begun and not ended by then counts"]
    runs: Annotated[int, "seeded runs of the cascade"]
    seed: Annotated[int, "seed of the first run"]
    summary: Annotated[tuple[str, ...], "the answer in plain words, one sentence each"]


class ScenarioExposure(NamedTuple):
    """One row per scenario, state, subject, perspective, service, data class and threat: the five levels, and how runs differ.

    Levels are shares of the messages that are sent before the scenario, so that states can be compared; the levels of
    the state after are those of the run in the middle. forced ≤ low ≤ expected ≤ high ≤ possible.
    """

    scenario: Annotated[str, "name of the scenario"]
    state: Annotated[str, "before; after; alone: the actor refuses all the controller's carriers and nobody else acts"]
    subject_kind: Annotated[str, "actor (all its networks together), operator, country or alliance"]
    subject: Annotated[str, "TADIG code, ISO 3166-1 alpha-2, group id, or the actor as given"]
    counterpart: Annotated[str, "all; for an alliance or actor also inside (both ends are members) and outside"]
    perspective: Annotated[
        str, "outbound: the subject's subscribers abroad; inbound: other networks' subscribers in the subject's network"
    ]
    controller: Annotated[str, "whose carriers: a state or an owner"]
    rule: Annotated[str, "control rule of this state"]
    service: Annotated[str, "sccp, diameter, grx, or all: mixed by the weight_* parameters"]
    data_class: Annotated[str, "credential, location, sms, user_traffic, identity or profile: never mixed"]
    threat: Annotated[str, "read, alter or inject"]
    forced: Annotated[float, "share that no declared choice keeps away from the controller, 0 to 1"]
    low: Annotated[float, "least share, whatever is not known, 0 to 1"]
    expected: Annotated[float, "share at the assumed point values, 0 to 1"]
    high: Annotated[float, "greatest share, whatever is not known, 0 to 1"]
    possible: Annotated[float, "share for which some declared or undeclared choice meets the controller, 0 to 1"]
    change: Annotated[float, "expected less expected before, -1 to 1"]
    expected_q05: Annotated[
        float | None,
        "5 % quantile of expected over the seeded runs; null before and alone, for single services, inside and outside",
    ]
    expected_q50: Annotated[float | None, "median of expected over the seeded runs; null likewise"]
    expected_q95: Annotated[float | None, "95 % quantile of expected over the seeded runs; null likewise"]


class ScenarioChange(NamedTuple):
    """One row per scenario, network, service and carrier that changes: what is removed, promoted, added or protected.

    Of changes that chance decides (which backup, which new provider), those of the run in the middle are listed.
    """

    scenario: Annotated[str, "name of the scenario"]
    tadig: Annotated[str, "network that changes (TADIG code, GSMA TD.13)"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    service: Annotated[
        str, "sccp, diameter, grx, mms, sms_hub, roaming_hub, n32, or a node class of a vendor's equipment"
    ]
    action: Annotated[
        str,
        "remove, promote (backup becomes primary), add (new provider), reshare (only shares move), encrypt, "
        "home_route_sms, break_out, replace_vendor, breached",
    ]
    carrier: Annotated[str, "carrier or vendor concerned; empty where a protection concerns none"]
    role_before: Annotated[str, "primary, backup, load_sharing, unstated, or empty"]
    role_after: Annotated[str, "primary, backup, load_sharing, unstated, or empty"]
    share_before: Annotated[float, "point share of the network's messages on the service before, 0 to 1"]
    share_after: Annotated[float, "point share after, 0 to 1"]
    chance: Annotated[float, "share of the seeded runs in which this happens, 0 to 1"]
    counts: Annotated[bool, "true when somebody must do something for it: such rows are the number of changes"]
    step: Annotated[int, "line in the scenario file of the step behind it; 0 when several"]


class ScenarioReach(NamedTuple):
    """One row per scenario, network, partner and service whose messages no accepted carrier reaches any more."""

    scenario: Annotated[str, "name of the scenario"]
    tadig: Annotated[str, "network that loses its partner: of the actor where one end is"]
    partner: Annotated[str, "partner lost (TADIG code, GSMA TD.13)"]
    partner_country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    service: Annotated[str, "sccp, diameter or grx"]
    reason: Annotated[str, "partner_only_refused, own_only_refused, no_carrier_left"]
    certainty: Annotated[str, "certain, expected or possible: how sure it is that every carrier of that end is refused"]
    weight: Annotated[float, "share of the network's own roamers and guests that this pair is, 0 to 1"]


class ScenarioDependence(NamedTuple):
    """One row per scenario, state, service and carrier: who carries how much, whose it is. Shows whether a ban moves the dependency."""

    scenario: Annotated[str, "name of the scenario"]
    state: Annotated[str, "before or after"]
    service: Annotated[str, "sccp, diameter, grx, or all"]
    carrier: Annotated[str, "carrier id, ambiguous:<name> or unknown:<name>"]
    rank: Annotated[int, "1 for the carrier that most messages cross"]
    share: Annotated[
        float, "expected share of messages that cross it, 0 to 1; shares of carriers add up to more than 1"
    ]
    share_of_crossings: Annotated[float, "share over the sum of all carriers' shares, 0 to 1: they add up to 1"]
    operators: Annotated[int, "operators that declare it"]
    only_carrier_of: Annotated[int, "operators that declare nothing else"]
    controllers: Annotated[tuple[str, ...], "states that control it at the point values, under the run's rule"]
    concentration: Annotated[float, "Herfindahl-Hirschman index of the service in this state, 0 to 1"]


class ScenarioSummary(NamedTuple):
    """One row per scenario and measure: before, after and the spread over the seeded runs. Scenarios compare by these rows."""

    scenario: Annotated[str, "name of the scenario"]
    subject: Annotated[str, "actor: its own subscribers abroad; everyone: all networks read"]
    measure: Annotated[
        str,
        "<threat>_<data class> (credential, location, sms, user_traffic, identity): expected exposure; stays_<data class>: part of the "
        "actor's reading exposure that stays with its partners after it did all it can alone; one_carrier, no_carrier: "
        "operator and service pairs; reach_lost; concentration; effective_carriers; dominant_share; changes; operators_changing",
    ]
    unit: Annotated[str, "share, count or index"]
    before: Annotated[float, "value before"]
    after: Annotated[float, "value after, in the run in the middle"]
    after_low: Annotated[float | None, "lower bound where the measure has one, else null"]
    after_high: Annotated[float | None, "upper bound where the measure has one, else null"]
    q05: Annotated[float | None, "5 % quantile over the seeded runs; null when chance does not act on it"]
    q95: Annotated[float | None, "95 % quantile over the seeded runs; null when chance does not act on it"]
    text_before: Annotated[str, "name behind the figure (the dominant carrier), else empty"]
    text_after: Annotated[str, "name behind the figure after, else empty"]


class ScenarioTimeline(NamedTuple):
    """One row per scenario, date on which a step begins or ends, subject and data class: expected exposure to reading."""

    scenario: Annotated[str, "name of the scenario"]
    at: Annotated[date, "from this day on"]
    event: Annotated[str, "what begins or ends on it, in words"]
    subject: Annotated[str, "actor or everyone"]
    data_class: Annotated[str, "credential, location, sms or user_traffic"]
    low: Annotated[float, "least share, 0 to 1"]
    expected: Annotated[float, "share at the assumed point values, 0 to 1"]
    high: Annotated[float, "greatest share, 0 to 1"]


class ScenarioBreach(NamedTuple):
    """One row per scenario, breached network and network whose subscribers are exposed through it, by the role it plays."""

    scenario: Annotated[str, "name of the scenario"]
    breached: Annotated[str, "network in the adversary's hands (TADIG code)"]
    role: Annotated[
        str,
        "home: its own subscribers; visited: partners' subscribers that roam there; transit: it carries for others; "
        "trusted: partners to which it may send forged messages",
    ]
    subject: Annotated[str, "network whose subscribers are exposed (TADIG code)"]
    subject_country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    threat: Annotated[str, "read, alter or inject"]
    low: Annotated[float, "least share of the subject's own roamers abroad, 0 to 1"]
    expected: Annotated[float, "expected share of the subject's own roamers abroad, 0 to 1"]
    high: Annotated[float, "greatest share of the subject's own roamers abroad, 0 to 1"]


class ScenarioVendor(NamedTuple):
    """One row per scenario, network and node class in which a refused vendor's equipment stands."""

    scenario: Annotated[str, "name of the scenario"]
    tadig: Annotated[str, "network that lists the nodes (TADIG code)"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    node_class: Annotated[str, "hlr_hss, msc_vlr, sgsn_mme, ggsn_pgw, smsc, stp_dra or other"]
    vendor: Annotated[str, "vendor refused"]
    nodes: Annotated[int, "nodes to replace"]
    share: Annotated[float, "of the network's nodes of this class whose vendor is stated, 0 to 1"]
    other_vendors: Annotated[tuple[str, ...], "vendors that stay in this class; none: a new one must come"]


class OptimisedChange(NamedTuple):
    """One row per method and change it chooses: a network drops the controller's carriers on one service."""

    method: Annotated[str, "exact (proved by branch and bound) or greedy (best gain a cost, one after the other)"]
    order: Annotated[int, "place: by falling loss if this change alone were left out (exact), or as chosen (greedy)"]
    tadig: Annotated[str, "network that changes (TADIG code)"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    service: Annotated[str, "sccp, diameter or grx"]
    dropped: Annotated[tuple[str, ...], "carriers of the controller that it drops"]
    kept: Annotated[tuple[str, ...], "carriers that it keeps"]
    added: Annotated[tuple[str, ...], "providers it adds to meet the redundancy floor"]
    cost: Annotated[float, "cost of the change: operator-carrier changes, or as in the file of costs"]
    alone: Annotated[float, "exposure it removes when nobody else acts, share of messages"]
    last: Annotated[float, "exposure that comes back when it alone is left out, share of messages"]


class FrontierPoint(NamedTuple):
    """One row per point of the price frontier: what may be removed at most for this cost, and what greedy removes for it."""

    method: Annotated[str, "min_cut (best for its price), exact (proved for the budget) or greedy"]
    price: Annotated[float | None, "exposure that one unit of cost must remove at least; null where none is set"]
    cost: Annotated[float, "cost of the chosen changes"]
    changes: Annotated[int, "changes chosen"]
    removed: Annotated[float, "exposure removed, as a share of the exposure before, 0 to 1"]
    remaining: Annotated[float, "exposure that remains, share of messages, 0 to 1"]
    bound: Annotated[
        float | None, "nothing of this cost can remove more, as a share of the exposure before; null for greedy"
    ]


class CarrierCover(NamedTuple):
    """One row per method and carrier (or controller) in the smallest set that crosses the wanted share of all messages."""

    kind: Annotated[str, "carrier or controller (its carriers together)"]
    method: Annotated[str, "exact or greedy"]
    order: Annotated[int, "place, by falling share added"]
    id: Annotated[str, "carrier id, ambiguous:<name>, unknown:<name>, or controller"]
    carriers: Annotated[tuple[str, ...], "declared carriers behind it"]
    alone: Annotated[float, "share of all messages that crosses it, 0 to 1"]
    together: Annotated[float, "share that crosses this one or any before it, 0 to 1"]

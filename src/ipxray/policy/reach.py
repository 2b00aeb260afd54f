"""Reach lost: pairs of networks that no accepted carrier joins any more. Ref: docs/method.md §9."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ipxray.exposure import DECIMALS, MEASURED_SERVICES, Array, Flags
from ipxray.policy.cascade import Outcome
from ipxray.policy.rows import ScenarioReach
from ipxray.policy.stage import Found

__all__ = ["CERTAINTIES", "LostReach", "reach_lost"]

CERTAINTIES = ("certain", "expected", "possible")


class _Lost(NamedTuple):
    """Pairs [N, N] that are lost with a certainty, by reason, seen from the row."""

    stranded: Flags
    refused: Flags


@dataclass(frozen=True, slots=True)
class LostReach:
    """The lost pairs, and the share of the actor's (else everyone's) roamer-days and guests that they are."""

    rows: tuple[ScenarioReach, ...]
    share: Mapping[str, float]
    """Certainty → share: certain ≤ expected ≤ possible."""


def reach_lost(found: Found) -> LostReach:
    """List the pairs lost on each measured service, each once from the side that refuses or is stranded."""
    rows: list[ScenarioReach] = []
    share = dict.fromkeys(CERTAINTIES, 0.0)
    concerned = _concerned(found)
    whole = 0.0
    for service in MEASURED_SERVICES:
        outcome = found.after.state.outcomes[service]
        lost = {certainty: _lost(found, service, outcome, certainty) for certainty in CERTAINTIES}
        pairs = _pairs(found, service) * concerned
        mix = found.ground.parameters[f"weight_{service}"]
        whole += mix * float(pairs.sum())
        for certainty in CERTAINTIES:
            gone = lost[certainty].stranded | lost[certainty].refused
            share[certainty] += mix * float((pairs * (gone | gone.T)).sum())
        rows += _rows(found, service, lost)
    shares = {name: round(value / whole, DECIMALS) if whole else 0.0 for name, value in share.items()}
    return LostReach(tuple(rows), shares)


def _concerned(found: Found) -> Array:
    """[home, visited]: 1 where an end is the actor's."""
    actor = found.stage.actor if found.stage.actor.any() else np.ones_like(found.stage.actor)
    return (actor[:, None] | actor[None, :]).astype(np.float64)


def _pairs(found: Found, service: str) -> Array:
    boxes = found.ground.boxes[MEASURED_SERVICES.index(service)]
    applicable = boxes.applicable.astype(np.float64)
    return found.ground.roamers * applicable[:, None] * applicable[None, :]


def _lost(found: Found, service: str, outcome: Outcome, certainty: str) -> _Lost:
    """Stranded: the row has no carrier left. Refused: the row takes nothing from all that the column declares."""
    state = found.after.state
    size = len(state.effects.breached)
    stranded = np.repeat(outcome.without_carrier[:, None], size, axis=1)
    refused = np.zeros((size, size), dtype=np.bool_)
    roles = outcome.roles_in(found.after.middle) > 0
    missing = found.ground.boxes[MEASURED_SERVICES.index(service)].declared.missing
    for avoidance in state.effects.avoidances:
        nodes = outcome.routing.chosen(avoidance.nodes[certainty])
        only = np.asarray(roles.any(axis=1) & ~(roles & ~nodes[None, :]).any(axis=1))
        if certainty == "possible":
            only = only | missing
        refused |= avoidance.actor[:, None] & only[None, :]
    np.fill_diagonal(stranded, val=False)
    np.fill_diagonal(refused, val=False)
    return _Lost(stranded, refused)


def _rows(found: Found, service: str, lost: Mapping[str, _Lost]) -> Iterator[ScenarioReach]:
    pairs = _pairs(found, service)
    both = pairs + pairs.T
    operators = found.ground.atlas.operators
    any_lost = (lost["possible"].stranded | lost["possible"].refused) & (both > 0.0)
    for row, partner in np.argwhere(any_lost).tolist():
        stranded = bool(lost["certain"].stranded[row, partner])
        certainty = next(name for name in CERTAINTIES if stranded or lost[name].refused[row, partner])
        yield ScenarioReach(
            scenario=found.stage.scenario.name,
            tadig=operators[row].tadig,
            partner=operators[partner].tadig,
            partner_country=operators[partner].country,
            service=service,
            reason="no_carrier_left" if stranded else "partner_only_refused",
            certainty=certainty,
            weight=round(float(both[row, partner]) / float(both[row].sum()), DECIMALS),
        )

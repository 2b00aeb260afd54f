"""The neutral view: who could see most of whom, controller by controller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ipxray.atlas import Adversary, Atlas, Membership
from ipxray.exposure.boxes import Boxes, boxes_of
from ipxray.exposure.headline import Figures, headline
from ipxray.exposure.messages import DATA_CLASSES
from ipxray.exposure.rows import Rank
from ipxray.exposure.touch import reach_of, touch
from ipxray.exposure.traffic import Traffic
from ipxray.exposure.weights import roamer_weights
from ipxray.facts import Facts

__all__ = ["rank"]


def rank(
    atlas: Atlas,
    facts: Facts,
    *,
    adversaries: Sequence[Adversary],
    parameters: Mapping[str, float],
    traffic: Traffic | None = None,
) -> tuple[Rank, ...]:
    """Rank adversaries by operators touched, countries touched, expected share of authentication vectors, then name."""
    roamers = roamer_weights(atlas, facts, parameters=parameters, traffic=traffic).roamers
    boxes = boxes_of(atlas)
    # An owner and the state behind it often hold the same carriers: what they see is computed once.
    figures: dict[frozenset[tuple[str, Membership]], Figures] = {}
    rows = []
    for adversary in adversaries:
        members = frozenset(adversary.members.items())
        if members not in figures:
            figures[members] = headline(boxes, adversary, roamers, parameters, open_world=False)
        rows.append(_rank(atlas, boxes, adversary, figures[members]))
    return tuple(sorted(rows, key=_order))


def _rank(atlas: Atlas, boxes: Sequence[Boxes], adversary: Adversary, figures: Figures) -> Rank:
    reach = reach_of(touch(atlas, adversary))
    shares = {}
    for data_class in DATA_CLASSES:
        levels = figures.get((data_class, "read"), {})
        shares[f"{data_class}_low"] = levels.get("low")
        shares[data_class] = levels.get("expected")
        shares[f"{data_class}_high"] = levels.get("high")
    controlled = {
        node
        for service in boxes
        for node, chosen in zip(service.nodes, service.members(adversary).point > 0.0, strict=True)
        if chosen
    }
    return Rank(
        controller=adversary.controller,
        rule=adversary.rule,
        carriers=len(controlled),
        operators_touched_low=reach.operators_touched_low,
        operators_touched=reach.operators_touched,
        operators_touched_high=reach.operators_touched_high,
        countries_touched=reach.countries_touched,
        **shares,
    )


def _order(row: Rank) -> tuple[int, int, float, str, str]:
    return (-row.operators_touched, -row.countries_touched, -(row.credential or 0.0), row.controller, row.rule)

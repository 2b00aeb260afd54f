"""What each assumption moves: one parameter at a time over its whole range, the headline figures at both ends."""

from __future__ import annotations

from collections.abc import Callable

from ipxray.atlas import Adversary, Atlas
from ipxray.exposure.boxes import boxes_of
from ipxray.exposure.cells import DECIMALS
from ipxray.exposure.headline import Figures, headline
from ipxray.exposure.messages import DATA_CLASSES, THREATS
from ipxray.exposure.rows import Sensitivity
from ipxray.exposure.traffic import Traffic
from ipxray.exposure.weights import roamer_weights
from ipxray.facts import Facts
from ipxray.parameters import Parameter, Parameters

__all__ = ["Rebuild", "sensitivity"]

Rebuild = Callable[[Parameters], tuple[Atlas, Adversary]]
"""Builds the atlas and the adversary set anew: some parameters act there (shares of roles, seats in territories)."""

_LEVELS = ("low", "expected", "high", "open_world_high")
_ACT_HERE = (
    "on_net_", "open_world_", "direct_share_", "confidentiality_", "integrity_", "firewall_", "weight_", "national_",
)  # fmt: skip
"""How parameters begin that only this room reads: for these the atlas need not be built anew."""
_ACT_ON_NO_LEVEL = (
    "stale_", "grade_",
    "redundancy_", "provider_", "encryption_", "n32_", "sms_home_", "sms_query_", "local_breakout_",
)  # fmt: skip
"""How parameters begin that never move a level here: those of coverage and grades, and those of scenarios."""


def sensitivity(
    rebuild: Rebuild, facts: Facts, *, parameters: Parameters, traffic: Traffic | None = None
) -> tuple[Sensitivity, ...]:
    """Move every parameter alone to both ends of its range; rows in the order of the parameters.

    An end that leaves a figure without any message (the only service of a class weighted 0) repeats that of this run.
    """
    atlas, adversary = rebuild(parameters)
    boxes = boxes_of(atlas)
    roamers = roamer_weights(atlas, facts, parameters=parameters, traffic=traffic).roamers

    def figures(changed: Parameters, name: str) -> Figures:
        if name == "national_roaming":
            weights = roamer_weights(atlas, facts, parameters=changed, traffic=traffic)
            return headline(boxes, adversary, weights.roamers, changed)
        if name.startswith(_ACT_HERE):
            return headline(boxes, adversary, roamers, changed)
        other_atlas, other_adversary = rebuild(changed)
        weights = roamer_weights(other_atlas, facts, parameters=changed, traffic=traffic)
        return headline(boxes_of(other_atlas), other_adversary, weights.roamers, changed)

    now = headline(boxes, adversary, roamers, parameters)
    rows: list[Sensitivity] = []
    for parameter in parameters.described:
        ends = [
            now
            if parameter.name.startswith(_ACT_ON_NO_LEVEL) or value == parameter.value
            else figures(parameters.replace(**{parameter.name: value}), parameter.name)
            for value in (parameter.minimum, parameter.maximum)
        ]
        rows += _rows(parameter, now, ends[0], ends[1])
    return tuple(rows)


def _rows(parameter: Parameter, now: Figures, at_minimum: Figures, at_maximum: Figures) -> list[Sensitivity]:
    rows = []
    for key in ((data_class, threat) for data_class in DATA_CLASSES for threat in THREATS):
        for level in _LEVELS if key in now else ():
            figures = [end.get(key, now[key])[level] for end in (now, at_minimum, at_maximum)]
            rows.append(
                Sensitivity(
                    parameter=parameter.name,
                    value=parameter.value,
                    minimum=parameter.minimum,
                    maximum=parameter.maximum,
                    data_class=key[0],
                    threat=key[1],
                    level=level,
                    figure=figures[0],
                    at_minimum=figures[1],
                    at_maximum=figures[2],
                    swing=round(max(figures) - min(figures), DECIMALS),
                )
            )
    return rows

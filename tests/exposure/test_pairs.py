"""Blocks of pairs hold the same figures as the single pairs, for any mix of services."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.exposure.builders import DEFAULT, adversary
from tests.exposure.worlds import worlds

from ipxray.atlas import Atlas
from ipxray.exposure import pair
from ipxray.exposure.boxes import boxes_of
from ipxray.exposure.messages import blends
from ipxray.exposure.pairs import pair_blocks
from ipxray.exposure.planes import planes

LEVELS = ("forced", "low", "expected", "high", "possible")


@settings(max_examples=20)
@given(worlds())
def test_a_block_holds_every_pair_class_and_threat(world: Atlas) -> None:
    against = adversary("x", perhaps=["y"])
    parameters = DEFAULT.replace(direct_share_high=0.25, confidentiality_grx=0.5)
    kinds = [kind for kind in blends(parameters) if kind.service == "all" and kind.direction == "both"]
    (block,) = pair_blocks(planes(boxes_of(world), against, parameters, staged=False), kinds)
    names = [operator.tadig for operator in world.operators]
    for home, visited in ((0, 1), (4, 2)):
        wanted = {
            (row.data_class, row.threat): [getattr(row, level) for level in LEVELS]
            for row in pair(world, against, names[home], names[visited], parameters=parameters).exposure
            if row.service == "all" and row.direction == "both"
        }
        for place, kind in enumerate(kinds):
            key = (kind.data_class, kind.threat)
            assert (block.weight[place, home, visited] > 0.0) == (key in wanted)
            if key in wanted:
                assert block.levels[:, place, home, visited].tolist() == pytest.approx(wanted[key], abs=1e-9)

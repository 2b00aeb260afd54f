"""The smallest set of carriers: as small as any, and what it crosses is what the exposure room says."""

from __future__ import annotations

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.exposure.builders import DEFAULT, facts
from tests.exposure.worlds import worlds

from ipxray.atlas import Atlas
from ipxray.exposure import dominance
from ipxray.policy import smallest_cover
from ipxray.policy.cover import cover, greedy_cover, routes
from ipxray.policy.ground import Ground


@settings(max_examples=40)
@given(worlds())
def test_one_carrier_alone_crosses_what_the_table_of_dominance_says(world: Atlas) -> None:
    found = routes(Ground.of(world, facts(), DEFAULT, None))
    shares = {row.id: row.share for row in dominance(world, facts(), parameters=DEFAULT) if row.service == "all"}
    for place, node in enumerate(found.nodes):
        chosen = [float(n == place) for n in range(len(found.nodes))]

        assert found.crossed(np.array(chosen)) == pytest.approx(shares.get(node, 0.0), abs=1e-9)


@settings(max_examples=40)
@given(worlds())
def test_no_smaller_set_crosses_as_much(world: Atlas) -> None:

    found = routes(Ground.of(world, facts(), DEFAULT, None))
    owners = {node: (node,) for node in found.nodes}
    wanted = 0.9 * float(found.weight.sum())
    if wanted <= 0.0:
        return
    exact, greedy = cover(found, owners, wanted), greedy_cover(found, owners, wanted)
    assert exact is not None
    assert exact.together[-1] >= wanted - 1e-9
    assert len(exact.names) <= len(greedy.names)
    for size in range(len(exact.names)):
        for some in combinations(range(len(found.nodes)), size):
            chosen = np.zeros(len(found.nodes))
            chosen[list(some)] = 1.0
            assert found.crossed(chosen) < wanted + 1e-9


def test_a_share_that_nobody_can_cross_gives_no_set() -> None:
    assert smallest_cover(Atlas(*_EMPTY), facts(), parameters=DEFAULT, wanted=0.9) == ()


_EMPTY = (date(2026, 1, 1), (), (), (), (), ())

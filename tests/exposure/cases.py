"""Random inputs of the kernel: any boxes, ambiguous and unknown nodes, missing declarations."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from tests.exposure.scalar import Case

from ipxray.exposure.kernel import Declared, Members, OnNet, Preference

_QUARTERS = st.integers(0, 4)


@st.composite
def cases(draw: st.DrawFn, *, resolved_only: bool = False, with_missing: bool = False) -> Case:
    """Two to four operators over up to six nodes; the last nodes are ambiguous or unknown."""
    carriers, operators = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    candidates = [frozenset({carrier}) for carrier in range(carriers)]
    for _ in range(0 if resolved_only else draw(st.integers(0, 2))):
        candidates.append(frozenset(draw(st.sets(st.integers(0, carriers - 1), max_size=3))))
        if len(candidates[-1]) == 1:
            candidates[-1] = frozenset()
    kinds = [draw(st.sampled_from([(0, 0, 0), (0, 0, 1), (0, 1, 1), (1, 1, 1)])) for _ in range(carriers)]
    nodes = [_membership(names, kinds) for names in candidates]
    low, point, high = np.array(nodes, dtype=np.float64).T
    resolved = np.array([place < carriers for place in range(len(nodes))])
    possible = np.array([[not a or not b or bool(a & b) for b in candidates] for a in candidates])
    preference = sorted(draw(st.tuples(_QUARTERS, _QUARTERS, _QUARTERS)))
    return Case(
        draw(declarations(operators, len(nodes), with_missing=with_missing)),
        Members(low, point, high, resolved),
        OnNet(possible, np.diag(resolved)),
        Preference(*(share / 4 for share in preference), transit=draw(_QUARTERS) / 4),
        draw(_QUARTERS) / 4,
    )


def _membership(names: frozenset[int], kinds: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    if not names:
        return 0.0, 0.0, 1.0
    found = [kinds[name] for name in names]
    return (
        float(min(one[0] for one in found)),
        float(min(one[1] for one in found)),
        float(max(one[2] for one in found)),
    )


@st.composite
def declarations(draw: st.DrawFn, operators: int, nodes: int, *, with_missing: bool) -> Declared:
    """Any boxes around any point split; a row of zeros is a missing declaration."""
    low, point, high = np.zeros((3, operators, nodes))
    for row in range(operators):
        weights = np.array(draw(st.lists(_QUARTERS, min_size=nodes, max_size=nodes)), dtype=np.float64)
        if not weights.any():
            if with_missing:
                continue
            weights[0] = 1.0
        down, up = (np.array(draw(st.lists(_QUARTERS, min_size=nodes, max_size=nodes))) / 4 for _ in range(2))
        point[row] = weights / weights.sum()
        low[row] = point[row] * down
        high[row] = np.where(weights > 0.0, point[row] + (1.0 - point[row]) * up, 0.0)
    return Declared(low, point, high, missing=~high.any(axis=1))

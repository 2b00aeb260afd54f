"""Every assumption is named, bounded and explained."""

from __future__ import annotations

import pytest

from ipxray.errors import UsageError
from ipxray.parameters import Parameters


def test_every_default_lies_in_its_range_and_says_why() -> None:
    for parameter in Parameters.default().described:
        assert parameter.minimum <= parameter.default <= parameter.maximum, parameter.name
        assert parameter.value == parameter.default
        assert len(parameter.reason) > 20
        assert len(parameter.effect) > 20
        assert parameter.mark in ("assumed", "derived")


def test_a_change_leaves_the_original_alone() -> None:
    default = Parameters.default()
    changed = default.replace(on_net_point=0.5)
    assert (default["on_net_point"], changed["on_net_point"]) == (0.9, 0.5)
    assert len(changed) == len(default)
    assert next(p for p in changed.described if p.name == "on_net_point").default == 0.9


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean on_net_point"):
        Parameters.default().replace(on_net_pont=0.5)


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), float("inf")])
def test_a_value_outside_its_range_is_refused(value: float) -> None:
    with pytest.raises(UsageError, match="0 to 1"):
        Parameters.default().replace(on_net_point=value)

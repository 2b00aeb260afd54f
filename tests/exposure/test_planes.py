"""Over whose links a controller could inject. Ref: docs/method.md §4."""

from __future__ import annotations

import pytest
from tests.exposure.builders import (
    DEFAULT,
    adversary,
    atlas,
    one_row,
)
from tests.exposure.worlds import H1, V1, example, measured, read_row

from ipxray.exposure import Assessment, Exposure


def injected(found: Assessment, subject: str = H1, **more: str) -> Exposure:
    return one_row(found.exposure, **{"subject": subject, "threat": "inject", "service": "sccp", **more})


def test_a_backup_link_suffices_to_inject() -> None:
    row = injected(measured(example(), adversary("y")), data_class="credential")
    assert (row.low, row.expected, row.high) == (0.0, 1.0, 1.0)


def test_a_link_confirmed_by_a_second_register_is_certain() -> None:
    world = atlas(example().operators, [link._replace(confirmed_by=("ispc",)) for link in example().links])
    row = injected(measured(world, adversary("y")), data_class="credential")
    assert (row.forced, row.low, row.possible) == (1.0, 1.0, 1.0)


def test_an_unconfirmed_link_is_doubt_of_name() -> None:
    row = injected(measured(example(), adversary("y")), data_class="credential")
    assert row.ignorance_name == 1.0
    assert row.ignorance_routing == row.ignorance_control == row.ignorance_missing == 0.0


def test_a_forgery_comes_over_the_link_of_the_network_it_is_sent_to() -> None:
    """Texts to the roamer are forged to the visited network, vectors are asked of the home network. Only V1 holds z."""
    found = measured(example(), adversary("z"))
    assert injected(found, data_class="credential").expected == 0.0
    assert injected(found, data_class="sms", direction="home_to_visited").expected == pytest.approx(0.25)


def test_a_firewall_lowers_injection_alone() -> None:
    found = measured(example(), adversary("y"), parameters=DEFAULT.replace(firewall_effectiveness=0.75))
    assert injected(found, data_class="credential").expected == 0.25
    assert (
        read_row(found, service="sccp", data_class="credential").expected
        == read_row(measured(example(), adversary("y")), service="sccp", data_class="credential").expected
    )


def test_what_the_controller_may_hold_it_may_inject_over() -> None:
    row = injected(measured(example(), adversary(perhaps=["y"])), data_class="credential")
    assert (row.low, row.expected, row.high) == (0.0, 0.0, 1.0)
    assert row.ignorance_control == 1.0


def test_guests_are_forged_to_over_their_host_or_over_their_own_home() -> None:
    """Only V1 holds z: texts to its guest from H1 can be forged there; vectors are asked of H1, which holds none."""
    found = measured(example(), adversary("z"))
    host = {"subject": V1, "perspective": "inbound"}
    assert injected(found, **host, data_class="sms", direction="home_to_visited").expected == 1.0
    assert injected(found, **host, data_class="credential").expected == 0.0

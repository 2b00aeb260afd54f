"""What an atlas declares becomes arrays; nothing is lost on the way, and names that are not resolved stay in doubt."""

from __future__ import annotations

import numpy as np
import pytest
from tests.exposure.builders import INSIDE, PERHAPS, adversary, atlas, links, operator, primary, unstated

from ipxray.atlas import Adversary, Membership
from ipxray.errors import UsageError
from ipxray.exposure.boxes import MEASURED_SERVICES, Boxes, boxes_of, membership_of

ALPHA = operator("XAAA1", "XA", sccp="declared", diameter="missing", grx="declared")
BETA = operator("XBBB1", "XB", sccp="declared", diameter="own_gateway")


def sccp_of(*found: object) -> Boxes:
    return boxes_of(atlas([ALPHA, BETA], [link for some in found for link in some]))[0]  # type: ignore[attr-defined]


def test_every_measured_service_has_its_arrays_in_order() -> None:
    assert tuple(one.service for one in boxes_of(atlas([ALPHA, BETA], []))) == MEASURED_SERVICES


def test_shares_stand_at_their_operator_and_node() -> None:
    boxes = sccp_of(links("XAAA1", "sccp", primary("umbra", "lumen")), links("XBBB1", "sccp", primary("lumen")))
    assert boxes.nodes == ("lumen", "umbra")
    assert boxes.declared.low.tolist() == [[0.0, 0.8], [1.0, 0.0]]
    assert boxes.declared.point.tolist() == [[0.1, 0.9], [1.0, 0.0]]
    assert boxes.declared.high.tolist() == [[0.2, 1.0], [1.0, 0.0]]


def test_own_gateway_and_missing_are_missing_and_not_applicable_is_neither() -> None:
    sccp, diameter, grx = boxes_of(atlas([ALPHA, BETA], links("XAAA1", "grx", unstated("umbra"))))
    assert sccp.declared.missing.tolist() == [True, True]
    assert diameter.declared.missing.tolist() == [True, True]
    assert (grx.declared.missing.tolist(), grx.applicable.tolist()) == ([False, False], [True, False])


def test_a_link_counts_even_where_the_service_is_said_not_to_apply() -> None:
    grx = boxes_of(atlas([BETA], links("XBBB1", "grx", unstated("umbra"))))[2]
    assert (grx.applicable.tolist(), grx.declared.missing.tolist()) == ([True], [False])


def test_a_pending_link_is_not_counted() -> None:
    boxes = sccp_of(links("XAAA1", "sccp", primary("umbra"), pending=True), links("XBBB1", "sccp", primary("lumen")))
    assert (boxes.nodes, boxes.declared.missing.tolist()) == (("lumen",), [True, False])


def test_only_a_resolved_name_is_certainly_the_same_carrier_at_both_ends() -> None:
    boxes = sccp_of(
        links("XAAA1", "sccp", unstated("umbra", "TGS", "Nix"), candidates={"TGS": ("umbra", "lumen"), "Nix": ()}),
        links("XBBB1", "sccp", unstated("lumen", "nox")),
    )
    assert boxes.nodes == ("ambiguous:TGS", "lumen", "nox", "umbra", "unknown:Nix")
    assert boxes.on_net.certain.diagonal().tolist() == [False, True, True, True, False]
    assert boxes.on_net.possible.astype(int).tolist() == [
        [1, 1, 0, 1, 1],
        [1, 1, 0, 0, 1],
        [0, 0, 1, 0, 1],
        [1, 0, 0, 1, 1],
        [1, 1, 1, 1, 1],
    ]


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        (("umbra",), INSIDE),
        (("lumen",), Membership(0.0, 0.0, 0.0)),
        (("umbra", "nox"), PERHAPS._replace(low=0.0)),
        (("umbra", "lumen"), PERHAPS),
        (("umbra", "penumbra"), INSIDE),
        ((), PERHAPS),
    ],
)
def test_a_name_is_in_for_certain_when_all_its_candidates_are_and_possibly_when_any_is(
    candidates: tuple[str, ...], expected: Membership
) -> None:
    inside = adversary("umbra", "penumbra", perhaps=["nox"])
    assert membership_of("ambiguous:name", candidates, inside) == expected


def test_the_adversary_has_the_last_word_on_a_node() -> None:
    listed = Adversary("XZ", "wide", {"ambiguous:TGS": Membership(0.0, 1.0, 1.0)})
    assert membership_of("ambiguous:TGS", ("umbra", "lumen"), listed) == Membership(0.0, 1.0, 1.0)


def test_confirmation_is_the_point_share_that_a_second_register_confirms() -> None:
    boxes = sccp_of(links("XAAA1", "sccp", primary("umbra", "lumen"), confirmed=["umbra"]))
    assert boxes.confirmation.tolist() == [0.9, 0.0]


def test_the_youngest_declaration_dates_the_service() -> None:
    boxes = sccp_of(
        links("XAAA1", "sccp", {"umbra": (0.0, 0.5, 1.0)}, fresh_days=731),
        links("XAAA1", "sccp", {"lumen": (0.0, 0.5, 1.0)}, fresh_days=None),
    )
    assert boxes.age_years[0] == pytest.approx(731 / 365.25)
    assert np.isnan(boxes.age_years[1])


def test_a_box_is_widened_to_hold_its_point() -> None:
    boxes = sccp_of(links("XAAA1", "sccp", {"umbra": (1.0, 0.9, 0.9), "lumen": (0.0, 0.1, 0.05)}))
    assert boxes.declared.low[0].tolist() == [0.0, 0.9]
    assert boxes.declared.high[0].tolist() == [0.1, 0.9]


def test_shares_that_cannot_add_up_to_one_are_refused() -> None:
    with pytest.raises(UsageError, match="the sccp shares of XAAA1 cannot add up to 1"):
        sccp_of(links("XAAA1", "sccp", {"umbra": (0.0, 0.4, 0.5)}))

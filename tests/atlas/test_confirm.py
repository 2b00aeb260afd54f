"""Point codes and AS numbers → the carriers that hold them."""

from __future__ import annotations

import pytest
from tests.atlas.builders import carrier, facts, point

from ipxray.atlas.confirm import Registers

REGISTERS = Registers(
    facts(
        [
            carrier("umbra-interconnect", ispc_owners=("Umbra International Ltd",), asns=(64512,)),
            carrier("penumbra-grx", asns=(64512, 64513)),
        ],
        points=[point("4-176-4", "UMBRA INTERNATIONAL LTD."), point("2-1-1", "Somebody Else")],
    )
)


@pytest.mark.parametrize(
    ("point_code", "holders"),
    [
        ("4-176-4", {"umbra-interconnect"}),
        ("4.176.4", {"umbra-interconnect"}),
        ("2-1-1", set()),
        ("7-255-7", set()),
        ("nonsense", set()),
        ("9-999-9", set()),
    ],
)
def test_a_point_code_is_its_owners_whatever_the_spelling(point_code: str, holders: set[str]) -> None:
    assert REGISTERS.point_code_holders(point_code) == holders


def test_an_owner_that_is_no_carrier_is_told_apart_from_a_code_not_listed() -> None:
    listed = REGISTERS.signalling_point("2-1-1")
    assert listed is not None
    assert listed.owner == "Somebody Else"
    assert REGISTERS.signalling_point("7-255-7") is None


def test_a_number_that_two_carriers_use_is_both_carriers_number() -> None:
    assert REGISTERS.asn_holders(64512) == {"umbra-interconnect", "penumbra-grx"}
    assert REGISTERS.asn_holders(64513) == {"penumbra-grx"}
    assert REGISTERS.asn_holders(1) == frozenset()

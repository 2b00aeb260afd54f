"""Codes that nobody holds, each dealt once."""

from __future__ import annotations

from itertools import islice

import pytest

from ipxray.errors import UsageError
from ipxray.lab.places import PLACES
from ipxray.lab.registers import MAX_NETWORKS, NETWORKS_PER_COUNTRY, operator_names, plmn_ids, tadig_codes


def test_no_plmn_id_begins_another_one() -> None:
    codes = {mcc + mnc for mcc, mnc in islice(plmn_ids(), MAX_NETWORKS)}
    assert len(codes) == MAX_NETWORKS
    assert not {code[:5] for code in codes if len(code) == 6} & codes


def test_no_two_networks_share_a_realm() -> None:
    realms = [(mcc, f"{mnc:0>3}") for mcc, mnc in islice(plmn_ids(), MAX_NETWORKS)]
    assert len(set(realms)) == MAX_NETWORKS


def test_the_first_networks_lie_under_the_test_country_code() -> None:
    first = list(islice(plmn_ids(), 600))
    assert {mcc for mcc, _ in first} == {"001"}
    assert {len(mnc) for _, mnc in first} == {2, 3}


def test_codes_run_out_with_an_error_that_says_so() -> None:
    codes = tadig_codes(PLACES[0])
    dealt = list(islice(codes, NETWORKS_PER_COUNTRY))
    assert len(set(dealt)) == NETWORKS_PER_COUNTRY
    with pytest.raises(UsageError, match="more countries"):
        next(codes)
    plmns = plmn_ids()
    assert len(list(islice(plmns, MAX_NETWORKS))) == MAX_NETWORKS
    with pytest.raises(UsageError, match="fewer operators"):
        next(plmns)


def test_names_never_repeat_and_say_fictional() -> None:
    names = list(islice(operator_names(PLACES[0]), 40))
    assert len(set(names)) == 40
    assert all(name.startswith("Fictional ") for name in names)

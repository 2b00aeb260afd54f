"""Declared names → the carriers they may mean."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.atlas.builders import AT, alias, carrier, facts

from ipxray.atlas.names import CarrierNames

DAY = timedelta(days=1)
NAMES = CarrierNames(
    facts(
        [
            carrier("umbra-interconnect", "Umbra Interconnect", legal_name="Umbra International Holdings Ltd"),
            carrier("penumbra-grx", "Penumbra GRX", host_domains=("penumbra.grx", "Peering.Penumbra.example.")),
            carrier("lucent-hub", "Lucent Hub", host_domains=("hub.penumbra.grx",)),
        ],
        aliases=[
            alias("UI", "umbra-interconnect"),
            alias("UGS", "umbra-interconnect", "penumbra-grx"),
            alias("Eclipse", "umbra-interconnect", until=date(2020, 1, 1)),
            alias("Eclipse", "lucent-hub", since=date(2022, 1, 1)),
            alias("???", "lucent-hub"),
        ],
    )
)


@pytest.mark.parametrize(
    "name",
    [
        "Umbra Interconnect", "UMBRA  INTERCONNECT Ltd.", "umbra international holdings", "UI", "u.i.",
        "Umbra Interconnect (formerly something else)", "UI (Umbra)", "Something New (Umbra Interconnect)",
    ],
)  # fmt: skip
def test_every_spelling_of_a_known_name_means_its_carrier(name: str) -> None:
    assert NAMES.candidates(name, AT) == ("umbra-interconnect",)


@pytest.mark.parametrize("name", ["Umbra", "Umbra Interconect", "Interconnect", "", "???", "-", "Umbra Interconnect 2"])
def test_a_name_that_is_not_exact_is_not_guessed(name: str) -> None:
    assert NAMES.candidates(name, AT) == ()


def test_an_ambiguous_alias_keeps_all_its_carriers() -> None:
    assert NAMES.candidates("UGS", AT) == ("penumbra-grx", "umbra-interconnect")


def test_the_part_before_the_parenthesis_goes_before_the_part_inside() -> None:
    assert NAMES.candidates("Penumbra GRX (UI)", AT) == ("penumbra-grx",)


def test_an_alias_means_what_it_meant_at_the_date() -> None:
    assert NAMES.candidates("Eclipse", date(2019, 12, 31)) == ("umbra-interconnect",)
    assert NAMES.candidates("Eclipse", date(2020, 1, 1)) == ()
    assert NAMES.candidates("Eclipse", date(2022, 1, 1) - DAY) == ()
    assert NAMES.candidates("Eclipse", date(2022, 1, 1)) == ("lucent-hub",)
    assert NAMES.candidates_at_any_date("Eclipse") == ("lucent-hub", "umbra-interconnect")


@pytest.mark.parametrize(
    ("host", "carriers"),
    [
        ("s001.dra.penumbra.grx", ("penumbra-grx",)),
        ("PENUMBRA.GRX.", ("penumbra-grx",)),
        ("dra.peering.penumbra.example", ("penumbra-grx",)),
        ("dra.hub.penumbra.grx", ("lucent-hub",)),
        ("s001.dra.xpenumbra.grx", ()),
        ("penumbra.grx.mnc001.mcc001.3gppnetwork.org", ()),
        ("grx", ()),
        ("", ()),
    ],
)
def test_a_host_belongs_to_the_longest_domain_it_lies_in_by_whole_labels(host: str, carriers: tuple[str, ...]) -> None:
    assert NAMES.hosts(host) == carriers


def test_a_text_longer_than_any_domain_name_is_no_host() -> None:
    assert NAMES.hosts("a." * 100_000 + "penumbra.grx") == ()

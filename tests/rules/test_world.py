"""The reference world on disk is the one that its program writes, and what the readers make of it."""

from __future__ import annotations

from pathlib import Path

from tests.rules.world.write import NETWORKS, files

from ipxray import declarations, facts

WORLD = Path(__file__).parent / "world"


def test_the_files_are_those_of_the_program() -> None:
    for path, text in files().items():
        assert (WORLD / path).read_text("utf-8") == text, path


def test_every_network_declares_carriers_addresses_and_realms() -> None:
    known = facts.load([WORLD / "facts"])
    corpus = declarations.read([WORLD / "ir21"], country_codes=known.country_by_iso3)
    assert known.fictional
    assert {network.tadig for network in corpus.networks} == {network.tadig for network in NETWORKS}
    for network in NETWORKS:
        services = {row.service for row in corpus.declarations if row.tadig == network.tadig}
        assert {"sccp", "grx", "diameter"} <= services
        kinds = {row.kind for row in corpus.numbering if row.tadig == network.tadig}
        assert {"gt_range", "msisdn_range", "ip_range", "epc_realm", "e212"} <= kinds

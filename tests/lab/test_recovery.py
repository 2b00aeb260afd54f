"""The promise: what ipxray reads out of a world is its truth, every link, state, vendor share and controller."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from ipxray import atlas, declarations, facts
from ipxray.atlas import Atlas, Link
from ipxray.declarations import Corpus
from ipxray.lab import World, write_world
from ipxray.parameters import Parameters


class Reading(NamedTuple):
    """A world, and what the rooms beneath made of its files alone."""

    world: World
    corpus: Corpus
    atlas: Atlas

    @property
    def networks(self) -> dict[str, Any]:
        return dict(self.world.truth["networks"])


@pytest.fixture(scope="module", params=[7, 1009, 424242])
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return read(write_world(tmp_path_factory.mktemp("recovery") / "world", seed=request.param))


def read(world: World) -> Reading:
    known = facts.load([world.folder / "facts"])
    corpus = declarations.read([world.folder / "ir21"], country_codes=known.country_by_iso3)
    return Reading(world, corpus, atlas.build(corpus, known, at=world.at, parameters=Parameters.default()))


LinkKey = tuple[str, str, tuple[str, ...], str]
Said = tuple[str, bool, bool, tuple[str, ...]]


def true_links(reading: Reading) -> dict[LinkKey, Said]:
    return {
        (tadig, service, tuple(link["carriers"]), "" if link["carriers"] else link["name"]): (
            link["role"],
            link["inferred"],
            link["pending"],
            tuple(link["confirmed_by"]),
        )
        for tadig, network in reading.networks.items()
        for service, said in network["services"].items()
        for link in said["links"]
    }


def read_links(links: tuple[Link, ...]) -> dict[LinkKey, Said]:
    found = {
        (link.tadig, link.service, link.candidates, "" if link.candidates else link.carrier_name): (
            link.role,
            link.inferred,
            link.pending,
            link.confirmed_by,
        )
        for link in links
    }
    assert len(found) == len(links)
    return found


def test_every_link_is_recovered_with_its_role_and_its_confirmation(reading: Reading) -> None:
    truth = true_links(reading)
    assert read_links(reading.atlas.links) == truth
    assert len(truth) > 400


def test_every_network_is_recovered_out_of_its_newest_document(reading: Reading) -> None:
    truth = {
        (
            tadig,
            each["country"],
            each["organisation"],
            (each["plmn"],),
            each["document_created"],
            each["schema_version"],
        )
        for tadig, each in reading.networks.items()
    }
    assert truth == {
        (each.tadig, each.country, each.organisation, each.mcc_mnc, str(each.document_created), each.schema_version)
        for each in reading.corpus.networks
    }


def test_the_document_of_every_network_is_the_one_named(reading: Reading) -> None:
    root = f"{(reading.world.folder / 'ir21').as_posix()}/"
    assert {each.tadig: each.document_path.removeprefix(root) for each in reading.corpus.networks} == {
        tadig: each["document"] for tadig, each in reading.networks.items()
    }


def test_every_state_of_a_service_is_recovered(reading: Reading) -> None:
    truth = {
        (tadig, service): said["state"]
        for tadig, each in reading.networks.items()
        for service, said in each["services"].items()
    }
    read_states = {
        (each.tadig, service): state for each in reading.corpus.networks for service, state in each.services.items()
    }
    assert read_states == truth
    assert set(truth.values()) == {"declared", "own_gateway", "not_applicable", "missing"}


def test_at_the_date_what_is_pending_is_missing(reading: Reading) -> None:
    pending = {
        (tadig, service)
        for tadig, each in reading.networks.items()
        for service, said in each["services"].items()
        if said["links"] and all(link["pending"] for link in said["links"])
    }
    assert pending
    states = {
        (each.tadig, service): state for each in reading.atlas.operators for service, state in each.services.items()
    }
    assert {states[place] for place in pending} == {"missing"}


def test_every_name_that_leads_to_no_carrier_is_listed(reading: Reading) -> None:
    truth = set()
    for tadig, each in reading.networks.items():
        for service, said in each["services"].items():
            if said["state"] == "own_gateway":
                truth.add((tadig, service, "own_gateway"))
            for link in said["links"]:
                if len(link["carriers"]) > 1:
                    truth.add((tadig, service, "ambiguous_name"))
                elif not link["carriers"]:
                    is_generic = said["form"] == "generic_unsigned"
                    truth.add((tadig, service, "generic_name" if is_generic else "unknown_name"))
    assert {(row.tadig, row.service, row.reason) for row in reading.atlas.unresolved} == truth
    assert {reason for *_, reason in truth} == {"own_gateway", "ambiguous_name", "unknown_name", "generic_name"}


def test_every_controller_is_recovered_under_every_rule(reading: Reading) -> None:
    truth = {tuple(row.values()) for row in reading.world.truth["control"]}
    carriers = {row["carrier"] for row in reading.world.truth["control"]}
    assert truth == {
        (row.carrier_id, row.controller, row.rule, bool(row.low), bool(row.point), bool(row.high))
        for row in reading.atlas.control
        if row.carrier_id in carriers
    }
    assert len(truth) > 200


def test_no_real_carrier_is_linked(reading: Reading) -> None:
    ours = {row["carrier"] for row in reading.world.truth["control"]}
    assert {carrier for link in reading.atlas.links for carrier in link.candidates} <= ours


def test_every_vendor_share_is_recovered(reading: Reading) -> None:
    truth = {
        (tadig, row["node_class"], row["vendor"], row["text"]): (row["nodes"], row["nodes"] / row["of"])
        for tadig, each in reading.networks.items()
        for row in each["vendors"]
    }
    assert truth == {
        (row.tadig, row.node_class, row.vendor_id, None if row.vendor_id else row.vendor_text): (row.nodes, row.share)
        for row in reading.atlas.vendors
    }


def test_nothing_that_must_not_be_read_is_in_any_row(reading: Reading) -> None:
    """Contacts and credentials of a world are decoys: one of them in a row is a leak."""
    rows = [*reading.corpus.networks, *reading.corpus.declarations, *reading.corpus.numbering, *reading.corpus.problems]
    everything = "\n".join(map(repr, rows))
    assert "DECOY" not in everything
    assert "@" not in everything
    assert "example.invalid" not in everything


def test_a_world_has_no_document_that_is_refused(reading: Reading) -> None:
    assert [problem for problem in reading.corpus.problems if problem.severity == "error"] == []
    codes = {problem.code for problem in reading.corpus.problems}
    assert codes >= {"host-bits", "document-older", "section-attached", "host-name-junk", "carrier-generic"}


def test_the_facts_of_a_world_have_no_fault(reading: Reading) -> None:
    found = facts.check([reading.world.folder / "facts"])
    ours = [fault for fault in found if fault.file.startswith(str(reading.world.folder))]
    assert {fault.severity for fault in ours} == {"warning", "note"}
    messages = " ".join(fault.message for fault in ours)
    assert "holdings go in a circle" in messages
    assert "another statement on the same pair differs" in messages

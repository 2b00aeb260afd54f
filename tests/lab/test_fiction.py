"""Nobody real is in a world: names, codes and numbers are held against the lists of what is assigned."""

from __future__ import annotations

import csv
import re
import tomllib
from ipaddress import ip_address, ip_network
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from ipxray.lab import World, write_world
from ipxray.lab.places import PLACES
from ipxray.lab.registers import NETWORKS_PER_COUNTRY, tadig_codes
from ipxray.lab.words import MAX_WORDS, invented_words

Papers = list[Any]
PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = PROJECT / "src/ipxray/data/facts"
DOCUMENTATION = [ip_network(text) for text in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]
NAMESPACE = "{https://infocentre.gsm.org/TADIG-RAEX-IR21}"


@pytest.fixture(scope="session")
def facts(world: World) -> dict[str, Any]:
    return tomllib.loads((world.folder / "facts/world.toml").read_text(encoding="utf-8"))


def names_in(facts: dict[str, Any]) -> set[str]:
    """Every name of a carrier, owner or vendor of the world."""
    named = {row["name"] for kind in ("carrier", "entity", "vendor") for row in facts[kind]}
    return named | {row["text"] for row in facts["alias"]}


@pytest.mark.shared
def test_no_tadig_code_is_anybodys(shared: Path) -> None:
    with (shared / "sources/mcc-mnc-tadig-cell_tower_data-2024.csv").open(encoding="utf-8", newline="") as stream:
        assigned = {row["TADIG"] for row in csv.DictReader(stream, delimiter=";")}
    assert len(assigned) > 600
    ours = {code for place in PLACES for code in islice(tadig_codes(place), NETWORKS_PER_COUNTRY)}
    assert not ours & assigned


@pytest.mark.shared
def test_no_network_code_is_anybodys(shared: Path) -> None:
    with (shared / "sources/mcc-mnc-tadig-cell_tower_data-2024.csv").open(encoding="utf-8", newline="") as stream:
        assert not {row["MCC"] for row in csv.DictReader(stream, delimiter=";")} & {"001", "999"}


@pytest.mark.shared
def test_no_point_code_is_anybodys(shared: Path, world: World) -> None:
    text = (shared / "sources/itu-operational-bulletin-1295-2024-ispc-list.txt").read_text(encoding="utf-8")
    assigned = {tuple(map(int, code.split("-"))) for code in re.findall(r"\b[0-7]-\d{3}-[0-7]\b", text)}
    assert len(assigned) > 5_000
    with (world.folder / "facts/signalling_points.csv").open(encoding="utf-8", newline="") as stream:
        ours = [tuple(map(int, row["point_code"].split("-"))) for row in csv.DictReader(stream)]
    assert len(set(ours)) == len(ours) > 24
    assert not set(ours) & assigned


@pytest.mark.shared
def test_no_invented_word_is_in_a_list_of_real_companies(shared: Path) -> None:
    words = {word.casefold() for word in invented_words(Random(0))}
    assert len(words) == MAX_WORDS
    for path in sorted((shared / "sources").iterdir()):
        found = set(re.findall(r"\w+", path.read_text(encoding="utf-8").casefold()))
        assert not words & found, path.name


def test_no_invented_word_is_in_the_shipped_facts() -> None:
    words = {word.casefold() for word in invented_words(Random(0))}
    for path in sorted(SHIPPED.rglob("*")):
        if path.suffix in {".toml", ".csv"}:
            assert not words & set(re.findall(r"\w+", path.read_text(encoding="utf-8").casefold())), path.name


def test_no_real_carrier_is_named_in_a_world(world: World, papers: Papers, facts: dict[str, Any]) -> None:
    real: set[str] = set()
    for path in sorted((SHIPPED / "carriers").rglob("*.toml")) if (SHIPPED / "carriers").is_dir() else []:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        real |= {row["name"] for row in table.get("carrier", ())} | {row["text"] for row in table.get("alias", ())}
    # Some are words ("True", "du"): short ones, and the names of this world, are compared as a whole below.
    telling = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(real) if len(name) > 3) or r"(?!)")
    for path in (world.folder / "facts").iterdir():
        assert not telling.search(path.read_text(encoding="utf-8"))
    for paper in papers:
        assert not telling.search(paper.content.decode())
    assert not {name.casefold() for name in names_in(facts)} & {name.casefold() for name in real}


def test_every_name_of_a_carrier_owner_or_vendor_holds_an_invented_word(facts: dict[str, Any]) -> None:
    words = set(invented_words(Random(0)))
    assert all(words & set(re.findall(r"\w+", name)) for name in names_in(facts))


def test_operators_say_that_they_are_fictional(papers: Papers) -> None:
    for paper in papers:
        assert all(name.startswith("Fictional ") for name in paper.texts("OrganisationName"))
        if paper.version != "8.2":
            assert paper.texts("PublishComment")[0].startswith("FICTIONAL")


def test_all_numbers_lie_where_nobody_has_any(papers: Papers) -> None:
    for paper in papers:
        assert set(paper.texts("MCC")) <= {"001", "999"}
        assert set(paper.texts("CC") + paper.texts("MGT_CC")) == {"999"}
        assert all(text.startswith("999") for text in paper.texts("SCP_GT_Address"))


def test_all_addresses_are_for_documentation(papers: Papers) -> None:
    for paper in papers:
        for name in ("IPAddress", "IPAddressRange", "MMSC_IP_AddressRange", "WAP_Gateway_IP_Address"):
            for text in paper.texts(name):
                address = ip_address(text.partition("/")[0])
                assert text == "0.0.0.0" or any(address in block for block in DOCUMENTATION)


def test_carriers_have_documentation_numbers(facts: dict[str, Any]) -> None:
    numbers = [entry["asn"] for carrier in facts["carrier"] for entry in carrier["asns"]]
    assert numbers
    assert all(number in range(64_496, 64_512) or number in range(65_536, 65_552) for number in numbers)


def test_people_and_credentials_are_decoys(papers: Papers) -> None:
    for paper in papers:
        for name in ("Username", "Password", "GivenName", "FamilyName", "TeamName"):
            assert paper.texts(name)
            assert all("DECOY" in text for text in paper.texts(name))
        assert all(text.endswith("@example.invalid") for text in paper.texts("Email"))
        assert all(text.startswith("+999 ") for text in paper.texts("PhoneFix"))


def test_states_are_fictional(world: World) -> None:
    with (world.folder / "facts/countries.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["iso2"]: row for row in csv.DictReader(stream)}
    assert sorted(rows) == ["XA", "XB", "XC", "XD", "XE", "XT"]
    assert rows["XT"]["territory_of"] == "XA"
    assert all(re.fullmatch("X[A-Z]A", row["iso3"]) for row in rows.values())


def test_the_largest_worlds_keep_to_this(tmp_path: Path) -> None:
    large = write_world(tmp_path / "world", operators=400, countries=40, carriers=200, document_kilobytes=1, zipped=1)
    table = tomllib.loads((large.folder / "facts/world.toml").read_text(encoding="utf-8"))
    assert len({carrier["id"] for carrier in table["carrier"]}) == 200
    assert len({carrier["name"].casefold() for carrier in table["carrier"]}) == 200

"""One folder of fact files: hostile bytes give faults with a place, and the rest is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ipxray.facts.faults import FaultList
from ipxray.facts.folder import FactFile
from ipxray.facts.layer import Layer, add_toml, read_layer


def test_every_kind_of_table_is_read(world: Callable[..., Any]) -> None:
    made = world(
        """
        [[alias]]
        text = "Alfa"
        carriers = ["alpha-transit", "beta-relay"]
        since = 2020-01-01
        source = "lab"
        [[entity]]
        id = "alpha-holdings"
        name = "Alpha Holdings"
        type = "registeredEntity"
        jurisdiction = "XA"
        source = "lab"
        [[ownership]]
        subject = "alpha-transit"
        interested_party = "alpha-holdings"
        interest_type = "shareholding"
        share = { exclusive_minimum = 50 }
        as_of = 2024-06-30
        source = "lab"
        quote = "majority"
        inferred = true
        [[vendor]]
        id = "node-works"
        name = "Node Works"
        seat = "XB"
        source = "lab"
        [[group]]
        id = "pact"
        name = "Pact"
        source = "lab"
        members = [{ country = "XA", since = 2001-01-01 }, { country = "XB", until = 2020-02-01 }]
        [[policy_action]]
        id = "ban"
        date = 2024-05-09
        body = "Regulator"
        country = "XB"
        action = "refused alpha-transit"
        status = "in force"
        concerns = ["alpha-transit", "node-works", "state-xa"]
        source = "lab"
        [[incident]]
        id = "leak"
        date = "2019-11/2020-02"
        title = "A leak"
        alleged_actor = "unknown"
        protocols = ["ss7"]
        techniques = ["location tracking"]
        countries = ["XA"]
        source = "lab"
        """
    )
    assert made.faults == []
    facts = made.facts
    assert facts.fictional
    assert set(facts.carriers) == {"alpha-transit", "beta-relay"}
    assert facts.aliases[0].carriers == ("alpha-transit", "beta-relay")
    assert facts.ownership[0].inferred
    assert facts.vendors["node-works"].names == ("Node Works",)
    assert [member.country for member in facts.groups["pact"].members] == ["XA", "XB"]
    assert facts.policy_actions[0].date == "2024-05-09"
    assert facts.incidents[0].date == "2019-11/2020-02"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\x00\x01\x02\xff\xfe", "is not UTF-8"),
        (b"\x7fELF\x02\x01\x01\x00", "is not TOML"),
        (b"<?xml version='1.0'?><a/>", "is not TOML"),
        (b"a = 1\na = 2\n", "is not TOML"),
        (b"a = " + b"9" * 5000, "is not TOML"),
        (b"a = " + b"[" * 100_000, "is nested too deeply"),
        (b"a = " + b"{a=" * 20_000, "is nested too deeply"),
        (b"a." * 100_000 + b"a = 1", "a key of more than forty parts"),
        (b"[" + b"'a' . " * 5_000 + b"a]", "a key of more than forty parts"),
        (b"x = {" + b"a." * 5_000 + b"a = 1}", "a key of more than forty parts"),
        (b"[facts]\n", "is no table of a fact file"),
        (b"carrier = 5", "must be tables"),
        (b"[carrier]\nid = 'a'", "must be tables"),
        (b"carrier = [1, 2]", "must be tables"),
        (b"sources = 5", "must be tables"),
        (b"[[sources]]", "must be tables"),
        (b"world = true", "must be a table"),
        (b"[world]\nfictional = 'yes'", "must be true or false"),
        (b"[world]\nseed = 7", "is not a field"),
        (b"[sources]\nlab = 5", "is missing"),
    ],
    ids=lambda value: repr(value[:16]),
)
def test_a_hostile_file_is_a_fault_that_names_it(folder: Callable[..., Path], content: bytes, says: str) -> None:
    faults = FaultList()
    read_layer(folder("hostile", content), faults)
    assert faults.failed
    assert any(says in str(fault) for fault in faults.found)
    assert all(fault.file == "facts.toml" for fault in faults.found)


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(folder: Callable[..., Path]) -> None:
    faults = FaultList()
    layer = read_layer(folder("windows", b"\xef\xbb\xbf[world]\r\nfictional = true\r\n"), faults)
    assert layer.fictional
    assert faults.found == []


def test_a_dotted_text_is_no_long_key(world: Callable[..., Any]) -> None:
    note = "[[alias]]\ntext = '" + "a." * 30 + "'\ncarriers = ['beta-relay']\nsource = 'lab'"
    assert world(note).errors == []


def test_a_bad_row_is_left_out_and_the_others_count(world: Callable[..., Any]) -> None:
    made = world('[[alias]]\ntext = "A"\n[[alias]]\ntext = "B"\ncarriers = ["beta-relay"]\nsource = "lab"')
    assert [alias.text for alias in made.facts.aliases] == ["B"]
    assert len(made.errors) == 2


def test_a_fault_names_file_line_row_and_field(world: Callable[..., Any]) -> None:
    made = world('\n\n[[carrier]]\nid = "gamma"\nname = 5\nsource = "lab"\n')
    assert made.errors == ["facts.toml:23: carrier gamma name: must be text, not int"]


def test_all_faults_of_a_folder_come_at_once(world: Callable[..., Any]) -> None:
    text = "".join(f"[[alias]]\ntext = 'n{number}'\ncarriers = ['nobody']\nsource = 'lab'\n" for number in range(200))
    assert len(world(text).errors) == 200


def test_a_fault_never_carries_control_characters(folder: Callable[..., Path]) -> None:
    faults = FaultList()
    read_layer(folder("hostile", '"\\u001b[2J" = 1\n[[carrier]]\nid = "\\u202e\\u0007"'), faults)
    assert faults.found
    assert all(str(fault).isprintable() for fault in faults.found)


def test_the_digest_follows_every_byte_and_name(folder: Callable[..., Path]) -> None:
    digests = {
        read_layer(folder("a", "[world]"), FaultList()).digest,
        read_layer(folder("b", "[world] "), FaultList()).digest,
        read_layer(folder("c", "[world]", {"more.toml": ""}), FaultList()).digest,
        read_layer(folder("d", "", {"more.toml": "[world]"}), FaultList()).digest,
    }
    assert len(digests) == 4
    assert read_layer(folder("e", "[world]"), FaultList()).digest in digests


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=300))
def test_any_bytes_give_rows_or_faults(content: bytes) -> None:
    faults = FaultList()
    add_toml(FactFile("x.toml", content), Layer(), faults)
    assert all(fault.file == "x.toml" for fault in faults.found)


values = st.recursive(
    st.one_of(st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.dates(), st.datetimes(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
KINDS = ["group", "carrier", "alias", "entity", "ownership", "vendor", "policy_action", "incident"]
FIELDS = [
    "id", "name", "source", "members", "seat", "entity", "asns", "ispc_owners", "text", "carriers", "since", "until",
    "type", "jurisdiction", "subject", "interested_party", "interest_type", "share", "as_of", "inferred", "quote",
    "names", "date", "status", "concerns", "countries", "note",
]  # fmt: skip


@settings(max_examples=100)
@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), values, max_size=8))
def test_any_value_in_any_field_is_a_row_or_a_fault(kind: str, table: dict[str, Any]) -> None:
    from ipxray.facts.entries import ENTRY_READERS
    from ipxray.facts.faults import Place
    from ipxray.facts.record import Record

    faults = FaultList()
    record = Record(table, Place("x.toml", kind, 1), faults)
    ENTRY_READERS[kind](record)
    assert record.finish() != faults.failed

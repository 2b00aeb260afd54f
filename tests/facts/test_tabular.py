"""The three CSV tables: each cell checked, each fault with its line, any bytes survived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ipxray.facts import tabular
from ipxray.facts.faults import FaultList
from ipxray.facts.folder import FactFile
from ipxray.facts.tabular import point_code_text, point_code_value, read_tabular

COUNTRIES = (
    "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,territory_of,source\n"
)
NETWORKS = "plmn,operator,country,tadig,source\n"
POINTS = "point_code,name,owner,country,source\n"


def read(name: str, content: str | bytes) -> tuple[list[Any], list[str]]:
    faults = FaultList()
    table = read_tabular(FactFile(name, content.encode() if isinstance(content, str) else content), faults)
    return [row for row, _ in table.rows] if table else [], [str(fault) for fault in faults.found]


def test_a_country_a_network_and_a_point_are_read() -> None:
    (country,), _ = read("countries.csv", COUNTRIES + "XA,XAA,Xanadu,999 99912,001 002,Nowhere,1000,2024,,lab\n")
    assert (country.calling_codes, country.mobile_country_codes) == (("999", "99912"), ("001", "002"))
    assert (country.subscriptions, country.subscriptions_year, country.territory_of) == (1000, 2024, None)
    (network,), _ = read("networks.csv", NETWORKS + '00101,"Alpha, Mobile",XA,XAAAM,lab\n')
    assert (network.plmn, network.operator, network.country, network.tadig) == ("00101", "Alpha, Mobile", "XA", "XAAAM")
    (point,), _ = read("signalling_points.csv", POINTS + "4-176-4,S5,Alpha Transit,XA,lab\n")
    assert (point.point_code, point.owner) == (9604, "Alpha Transit")


def test_what_is_not_known_of_a_row_stays_empty() -> None:
    assert read("countries.csv", COUNTRIES + "XA,XAA,Xanadu,,,,,,,lab\n")[0][0].subscriptions is None
    network = read("networks.csv", NETWORKS + "901001,Alpha,,,lab\n")[0][0]
    assert (network.country, network.tadig) == (None, None)
    assert read("signalling_points.csv", POINTS + "0-0-0,Reserved,,,lab\n")[0][0].owner == ""


@pytest.mark.parametrize(
    ("name", "row", "says"),
    [
        ("countries", "X,XAA,Xanadu,,,,,,,lab", "iso2: 'X' is not of the form"),
        ("countries", "XA,XA,Xanadu,,,,,,,lab", "iso3"),
        ("countries", "XA,XAA,,,,,,,,lab", "name: is missing"),
        ("countries", "XA,XAA,Xanadu,,,,,,,", "source: is missing"),
        ("countries", "XA,XAA,Xanadu,+999,,,,,,lab", "calling_codes"),
        ("countries", "XA,XAA,Xanadu,,1,,,,,lab", "mobile_country_codes"),
        ("countries", "XA,XAA,Xanadu,,,,-5,2024,,lab", "subscriptions: '-5' is no whole number"),
        ("countries", "XA,XAA,Xanadu,,,,1.5,2024,,lab", "subscriptions"),
        ("countries", "XA,XAA,Xanadu,,,,99999999999,2024,,lab", "subscriptions"),
        ("countries", "XA,XAA,Xanadu,,,,5,1066,,lab", "subscriptions_year"),
        ("countries", "XA,XAA,Xanadu,,,,5,,,lab", "belong together"),
        ("countries", "XA,XAA,Xanadu,,,,,,X,lab", "territory_of"),
        ("networks", "0010,Alpha,XA,,lab", "plmn"),
        ("networks", "00\u0661\u06601,Alpha,XA,,lab", "plmn"),
        ("networks", "00101,,XA,,lab", "operator: is missing"),
        ("networks", "00101,Alpha,XA,XAAA,lab", "tadig"),
        ("networks", "00101,Alpha,XA,XAAAM,", "source: is missing"),
        ("signalling_points", "8-0-0,N,O,XA,lab", "is no point code"),
        ("signalling_points", "0-256-0,N,O,XA,lab", "is no point code"),
        ("signalling_points", "0-0-8,N,O,XA,lab", "is no point code"),
        ("signalling_points", "9604,N,O,XA,lab", "is no point code"),
        ("signalling_points", "4-176-4,,,XA,lab", "owner: is missing"),
        ("signalling_points", "4-176-4,N,O,XA", "there are 4"),
        ("signalling_points", "4-176-4,N,O,XA,lab,more", "there are 6"),
        ("signalling_points", f"4-176-4,{'N' * 2001},O,XA,lab", "at most 2,000 characters"),
        ("signalling_points", '4-176-4,"N\nM",O,XA,lab', "on one line"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_its_line(name: str, row: str, says: str) -> None:
    header = {"countries": COUNTRIES, "networks": NETWORKS, "signalling_points": POINTS}[name]
    rows, faults = read(f"{name}.csv", f"{header}{row}\n")
    assert rows == []
    assert says in faults[0]
    assert faults[0].startswith(f"{name}.csv:{3 if chr(10) in row else 2}: {name} row")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("countries.csv", "", "the header must be iso2,iso3"),
        ("networks.csv", "plmn,operator\n", "the header must be plmn,operator,country,tadig,source"),
        ("networks.csv", b"\xff\xfe", "is not UTF-8"),
        ("networks.csv", b"\x89PNG\r\n\x1a\n", "is not UTF-8"),
        ("networks.csv", NETWORKS + "00101,Al\x1b[2Jpha,XA,,lab\n", "control character: U+001B"),
        ("networks.csv", NETWORKS + "00101,Al\u202epha,XA,,lab\n", "control character: U+202E"),
        ("networks.csv", NETWORKS + '00101,"Alpha,XA,,lab', "is no CSV"),
        ("networks.csv", NETWORKS + f'00101,"{"x" * 200_000}",XA,,lab\n', "is no CSV"),
        ("traffic.csv", "a,b\n", "is none of countries.csv, networks.csv, signalling_points.csv"),
    ],
)
def test_a_file_that_is_no_such_table_is_a_fault(name: str, content: str | bytes, says: str) -> None:
    rows, faults = read(name, content)
    assert rows == []
    assert says in faults[0]


def test_a_bad_row_leaves_the_others(world: Callable[..., Any]) -> None:
    made = world(files={"networks.csv": NETWORKS + "1,Alpha,XA,,lab\n00102,Beta,XB,,lab\n"})
    assert [network.operator for network in made.facts.networks] == ["Beta"]
    assert len(made.errors) == 1


def test_an_empty_line_is_nothing() -> None:
    rows, faults = read("networks.csv", NETWORKS + "\n00101,Alpha,XA,,lab\n\n")
    assert (len(rows), faults) == (1, [])


def test_too_many_rows_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_ROWS", 2)
    rows, faults = read("networks.csv", NETWORKS + "00101,Alpha,XA,,lab\n" * 5)
    assert len(rows) == 2
    assert "more than 2 rows" in faults[0]


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated() -> None:
    rows, faults = read(
        "networks.csv", b"\xef\xbb\xbf" + NETWORKS.replace("\n", "\r\n").encode() + b"00101,A,XA,,lab\r\n"
    )
    assert (len(rows), faults) == (1, [])


@given(st.integers(0, 16_383))
def test_a_point_code_is_the_same_in_both_notations(value: int) -> None:
    assert point_code_value(point_code_text(value)) == value


def test_a_point_code_may_be_padded() -> None:
    assert point_code_value("2-009-0") == point_code_value("2-9-0") == 4168


@given(st.text(max_size=12))
def test_any_text_is_a_point_code_or_none(text: str) -> None:
    value = point_code_value(text)
    assert value is None or 0 <= value < 16_384


@given(st.sampled_from(["countries.csv", "networks.csv", "signalling_points.csv"]), st.binary(max_size=200))
def test_any_bytes_after_a_header_give_rows_or_faults(name: str, content: bytes) -> None:
    header = {"countries.csv": COUNTRIES, "networks.csv": NETWORKS, "signalling_points.csv": POINTS}[name]
    rows, faults = read(name, header.encode() + content)
    assert rows or faults or not content.strip()

"""One field finds a network by every name and number it has, and never repeats a whole subscriber identity."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from ipxray.dashboard.find import IDENTITY_DIGITS, harmless

Rows = list[dict[str, object]]


@pytest.fixture
def rows(reader: TestClient, version: str) -> dict[str, Rows]:
    """What there is to find."""
    asked = {"size": 1000}
    return {
        table: reader.get(f"/a/{version}/tables/{table}.json", params=asked).json()["rows"]
        for table in ("numbering", "declarations", "networks", "links")
    }


def found(reader: TestClient, version: str, text: object) -> list[tuple[str, str]]:
    answer = reader.get(f"/a/{version}/search.json", params={"text": str(text), "size": 1000}).json()
    for row in answer["rows"][:3]:
        assert reader.get(row["address"]).status_code == 200, "every hit leads somewhere"
    return [(row["view"], row["key"]) for row in answer["rows"]]


def one(rows: Rows, **values: object) -> dict[str, object]:
    return next(row for row in rows if all(row[name] == value for name, value in values.items()))


def test_a_network_by_its_code_and_its_name(reader: TestClient, version: str, rows: dict[str, Rows]) -> None:
    network = rows["networks"][0]
    assert found(reader, version, network["tadig"])[0] == ("operators", network["tadig"])
    assert ("operators", network["tadig"]) in found(reader, version, str(network["organisation"]).upper())


@pytest.mark.parametrize("kind", ["gt_range", "msisdn_range"])
def test_a_network_by_a_number_of_its_ranges(
    reader: TestClient, version: str, rows: dict[str, Rows], kind: str
) -> None:
    declared = one(rows["numbering"], kind=kind)
    number = f"{declared['value']}12345"[:13]
    assert ("operators", declared["tadig"]) in found(reader, version, number)
    assert ("operators", declared["tadig"]) in found(reader, version, f"+{number[:3]} {number[3:]}")


def test_a_network_by_an_imsi_prefix(reader: TestClient, version: str, rows: dict[str, Rows]) -> None:
    network = next(row for row in rows["networks"] if row["mcc_mnc"])
    plmn = network["mcc_mnc"][0]  # type: ignore[index]
    assert ("operators", network["tadig"]) in found(reader, version, plmn)
    assert ("operators", network["tadig"]) in found(reader, version, f"{plmn}1234")


def test_a_network_by_a_point_code(reader: TestClient, version: str, rows: dict[str, Rows]) -> None:
    declared = next(row for row in rows["declarations"] if row["point_code"])
    assert ("operators", declared["tadig"]) in found(reader, version, declared["point_code"])
    assert ("operators", declared["tadig"]) in found(reader, version, str(declared["point_code"]).replace("-", "."))


def test_a_network_by_a_host_below_its_realm_and_by_an_address(
    reader: TestClient, version: str, rows: dict[str, Rows]
) -> None:
    realm = next((row for row in rows["numbering"] if row["kind"] == "epc_realm"), None)
    if realm:
        assert ("operators", realm["tadig"]) in found(reader, version, f"mme01.{realm['value']}.")
    network = one(rows["numbering"], kind="ip_range")
    assert ("operators", network["tadig"]) in found(reader, version, str(network["value"]).partition("/")[0])


def test_a_carrier_by_what_operators_write(reader: TestClient, version: str, rows: dict[str, Rows]) -> None:
    link = next(row for row in rows["links"] if row["carrier_id"])
    assert ("carriers", link["node"]) in found(reader, version, link["carrier_name"])


@given(st.text(max_size=120))
def test_what_is_shown_of_a_question_is_never_a_whole_identity(text: str) -> None:
    shown = harmless(text)
    if not set(shown) - set("0123456789+ ()./-"):
        assert sum(letter.isdigit() for letter in shown) < IDENTITY_DIGITS
    assert harmless(shown) == shown


@given(st.integers(min_value=10**13, max_value=10**16 - 1), st.sampled_from(["{}", "+{}", " {} "]))
def test_a_number_as_long_as_an_identity_is_cut(number: int, form: str) -> None:
    assert harmless(form.format(number)) == str(number)[:6]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "0",
        "a",
        "%",
        "_",
        "'",
        "1-1-1-1",
        "...",
        "999.999.999.999",
        "::",
        "AS",
        "AS99999999999",
        "~",
        "x" * 100,
    ],
)
def test_whatever_is_asked_there_is_an_answer(reader: TestClient, version: str, text: str) -> None:
    assert reader.get(f"/a/{version}/search", params={"text": text}).status_code == 200

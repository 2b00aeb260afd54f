"""The operation table: every operation of MAP, CAP, Diameter, GTP and N32 once, with a category and a direction."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

CATEGORIES = {"", "Cat1", "Cat2", "Cat3", "CatSMS", "CAP2", "CAP3"}
DIRECTIONS = {"v_to_h", "h_to_v", "x_to_h", "h_to_x", "x_to_v", "intra", "hop", "any", "never"}
EXPOSES = {"identity", "location", "credential", "sms", "user_traffic", "profile", "billing"}


def rows() -> list[dict[str, str]]:
    text = files("ipxray").joinpath("data/operations.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_values_are_of_the_closed_lists() -> None:
    for row in rows():
        assert row["category"] in CATEGORIES, row
        assert row["legit_direction"] in DIRECTIONS, row
        assert set(row["exposes"].split()) <= EXPOSES, row
        assert row["mark"] in {"sourced", "inferred", "assumed"}, row
        assert row["source"], row
        assert row["direction"] in {"", "toward_home", "from_home"}, row


def test_an_operation_stands_once_for_each_context_and_direction() -> None:
    keys = [
        (row["protocol"], row["operation_code"] or row["operation"], row["application"], row["direction"])
        for row in rows()
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("protocol", "codes"),
    [("map", [*range(2, 90), *range(109, 127)]), ("gtpv2", [1, 2, 3, *range(32, 40)]), ("gtpv1", [1, 2, 16, 17, 18])],
)
def test_no_operation_of_the_standard_is_missing(protocol: str, codes: list[int]) -> None:
    known = {int(row["operation_code"]) for row in rows() if row["protocol"] == protocol}
    assert set(codes) <= known


def test_direction_decides_and_not_the_code_alone() -> None:
    by_context = {row["application"]: row["category"] for row in rows() if row["operation"] == "sendParameters"}
    assert by_context == {"": "Cat1", "1": "Cat3", "14": "Cat3", "15": "Cat1"}

"""What a row names must exist, and only a fictional world may invent countries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

COUNTRIES = (
    "iso2,iso3,name,calling_codes,mobile_country_codes,region,subscriptions,subscriptions_year,territory_of,source\n"
)


def carrier(seat: str, source: str = "paper") -> str:
    return f'[[carrier]]\nid = "gamma"\nname = "Gamma"\nseat = "{seat}"\nsource = "{source}"\n'


def test_an_invented_country_needs_a_fictional_world(real_world: Callable[..., Any]) -> None:
    (error,) = real_world(carrier("XA")).errors
    assert "XA is nobody's country: such codes need [world] fictional = true" in error
    (error,) = real_world(files={"countries.csv": COUNTRIES + "XA,XAA,Xanadu,,,,,,,paper\n"}).errors
    assert error.startswith("countries.csv:2: countries row iso2: XA is nobody's country")


def test_the_conventional_code_of_a_real_country_is_no_invention(real_world: Callable[..., Any]) -> None:
    made = real_world(carrier("XK"), {"countries.csv": COUNTRIES + "XK,XKX,Kosovo,,,,,,,paper\n"})
    assert made.errors == []


def test_a_fictional_country_may_not_take_that_code(world: Callable[..., Any]) -> None:
    (error,) = world(files={"countries.csv": COUNTRIES + "XK,XKA,Xanadu,,,,,,,lab\n"}).errors
    assert "XK stands for a real country" in error


def test_a_real_country_must_be_in_the_table(world: Callable[..., Any], real_world: Callable[..., Any]) -> None:
    assert "no country has the code 'NO'" in real_world(carrier("NO")).errors[0]
    assert "no country has the code 'NO'" in world(carrier("NO", "lab")).errors[0]
    assert world(carrier("NO", "lab"), {"countries.csv": COUNTRIES + "NO,NOR,Norway,,,,,,,lab\n"}).errors == []


@pytest.mark.parametrize(
    ("file", "row"),
    [
        ("countries.csv", COUNTRIES + "XA,XAA,Xanadu,,,,,,ZQ,lab\n"),
        ("networks.csv", "plmn,operator,country,tadig,source\n00101,Alpha,ZQ,,lab\n"),
        ("signalling_points.csv", "point_code,name,owner,country,source\n1-1-1,N,O,ZQ,lab\n"),
    ],
)
def test_a_table_row_names_a_known_country_and_a_known_source(world: Callable[..., Any], file: str, row: str) -> None:
    (error,) = world(files={file: row}).errors
    assert error.startswith(f"{file}:2: ")
    assert "'ZQ'" in error
    (error,) = world(files={file: row.replace("ZQ", "XA").replace(",lab\n", ",labor\n")}).errors
    assert "no source is called 'labor'" in error


def test_an_alpha_3_code_belongs_to_one_country(world: Callable[..., Any]) -> None:
    rows = "XA,XAA,Xanadu,,,,,,,lab\nXB,XAA,Xebec,,,,,,,lab\n"
    (error,) = world(files={"countries.csv": COUNTRIES + rows}).errors
    assert "XAA is the code of XB" in error


def test_an_overlay_may_name_what_lies_beneath(overlaid: Callable[..., Any]) -> None:
    assert overlaid("", '[[alias]]\ntext = "A"\ncarriers = ["alpha-transit"]\nsource = "lab"').errors == []


def test_a_folder_may_not_give_a_source_beneath_another_meaning(overlaid: Callable[..., Any]) -> None:
    other = (
        '[sources.lab]\npublisher = "P"\ntitle = "T"\nurl = "urn:ipxray:lab"\nretrieved = 2025-01-01\nmark = "news"\n'
    )
    same = (
        '[sources.lab]\npublisher = "Laboratory"\ntitle = "Made up"\nurl = "urn:ipxray:lab"\n'
        'retrieved = 2025-06-01\nmark = "primary"\n'
    )
    assert "another source of this key" in overlaid("", other).errors[0]
    assert overlaid("", same).errors == []


def test_thousands_of_unknown_names_do_not_take_long_to_report(world: Callable[..., Any]) -> None:
    text = "".join(
        f"[[alias]]\ntext = 'n{number}'\ncarriers = ['nobody-{number}']\nsource = 'lab'\n" for number in range(3000)
    )
    made = world(text)
    assert len(made.faults) == 1000

"""The three CSV tables of a facts folder: countries, networks, signalling points."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from ipxray.facts.faults import FaultList, Place
from ipxray.facts.folder import FactFile
from ipxray.facts.model import Country, KnownNetwork, SignallingPoint

__all__ = ["CSV_TABLES", "Tabular", "point_code_text", "point_code_value", "read_tabular"]

# All 16,384 point codes and every network ever assigned stay far beneath.
MAX_ROWS = 100_000
MAX_LINE = 2_000

_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "countries": (
            "iso2", "iso3", "name", "calling_codes", "mobile_country_codes", "region", "subscriptions",
            "subscriptions_year", "territory_of", "source",
        ),
        "networks": ("plmn", "operator", "country", "tadig", "source"),
        "signalling_points": ("point_code", "name", "owner", "country", "source"),
    }
)  # fmt: skip
CSV_TABLES = tuple(_COLUMNS)
# All controls but the ends of lines, and the marks that turn the reading direction: a terminal would obey them.
_CONTROL = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u200e\u200f\u2066-\u2069]")
_POINT_CODE = re.compile(r"([0-9]{1,3})-([0-9]{1,3})-([0-9]{1,3})")
_ISO2, _ISO3 = re.compile("[A-Z]{2}"), re.compile("[A-Z]{3}")
_CALLING_CODE, _MOBILE_COUNTRY_CODE = re.compile("[1-9][0-9]{0,6}"), re.compile("[0-9]{3}")
_PLMN, _TADIG = re.compile("[0-9]{5,6}"), re.compile("[A-Z0-9]{5}")

Problems = list[tuple[str, str]]


class Tabular:
    """The rows of one CSV table with the place of each, in the order of the file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[tuple[Any, Place]] = []


def read_tabular(file: FactFile, faults: FaultList) -> Tabular | None:
    """Read one CSV by its name. A row with a fault is left out; an unknown name or header gives a fault and None."""
    name = PurePosixPath(file.name).stem
    place = Place(file.name, "", None)
    if name not in _COLUMNS:
        faults.add(place, "", f"is none of {', '.join(f'{table}.csv' for table in CSV_TABLES)}")
        return None
    try:
        text = file.content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(place, "", f"is not UTF-8: byte {error.start}")
        return None
    if match := _CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        faults.add(place._replace(line=line), "", f"has a control character: U+{ord(match[0]):04X}")
        return None
    table, read = Tabular(name), _READERS[name]
    problems: Problems = []
    try:
        for line, cells in _checked_rows(csv.reader(io.StringIO(text, newline=""), strict=True), name, place, faults):
            row = read(cells, problems)
            here = Place(file.name, f"{name} row", line)
            if not problems:
                table.rows.append((row, here))
            for field, message in problems:
                faults.add(here, field, message)
            problems.clear()
    except csv.Error as error:
        faults.add(place, "", f"is no CSV: {error}")
    return table


def point_code_value(text: str) -> int | None:
    """The value of a point code written 3-8-3, None when it is none. Ref: ITU-T Q.708 §2."""
    match = _POINT_CODE.fullmatch(text)
    if match is None:
        return None
    zone, area, point = map(int, match.groups())
    return zone << 11 | area << 3 | point if zone < 8 and area < 256 and point < 8 else None


def point_code_text(value: int) -> str:
    """A point code value written 3-8-3 with dashes."""
    return f"{value >> 11}-{value >> 3 & 255}-{value & 7}"


def _checked_rows(reader: Any, name: str, place: Place, faults: FaultList) -> Iterator[tuple[int, list[str]]]:
    columns = _COLUMNS[name]
    width = len(columns)
    header = next(reader, None)
    if header is None or tuple(header) != columns:
        faults.add(place._replace(line=1), "", f"the header must be {','.join(columns)}")
        return
    for count, cells in enumerate(reader, start=1):
        if count > MAX_ROWS:
            faults.add(place._replace(line=reader.line_num), "", f"the table has more than {MAX_ROWS:,} rows")
            return
        joined = "".join(cells)
        if len(cells) == width and len(joined) <= MAX_LINE and "\n" not in joined and "\r" not in joined:
            yield reader.line_num, cells
        elif cells:
            problem = f"must be {width} cells on one line of at most {MAX_LINE:,} characters: there are {len(cells)}"
            faults.add(Place(place.file, f"{name} row", reader.line_num), "", problem)


def _country(cells: list[str], problems: Problems) -> Country:
    iso2, iso3, name, calling, mobile, region, subscriptions, year, territory_of, source = cells
    _expect(_ISO2, iso2, "iso2", problems)
    _expect(_ISO3, iso3, "iso3", problems)
    _present(name, "name", problems)
    _present(source, "source", problems)
    calling_codes, mobile_codes = tuple(calling.split()), tuple(mobile.split())
    for code in calling_codes:
        _expect(_CALLING_CODE, code, "calling_codes", problems)
    for code in mobile_codes:
        _expect(_MOBILE_COUNTRY_CODE, code, "mobile_country_codes", problems)
    if territory_of:
        _expect(_ISO2, territory_of, "territory_of", problems)
    if bool(subscriptions) != bool(year):
        problems.append(("subscriptions", "a number of subscriptions and its year belong together"))
    return Country(
        iso2, iso3, name, calling_codes, mobile_codes, region,
        _whole(subscriptions, "subscriptions", 0, 10_000_000_000, problems),
        _whole(year, "subscriptions_year", 1980, 2100, problems),
        territory_of or None, source,
    )  # fmt: skip


def _network(cells: list[str], problems: Problems) -> KnownNetwork:
    plmn, operator, country, tadig, source = cells
    _expect(_PLMN, plmn, "plmn", problems)
    _present(operator, "operator", problems)
    _present(source, "source", problems)
    if tadig:
        _expect(_TADIG, tadig, "tadig", problems)
    return KnownNetwork(plmn, operator, country or None, tadig or None, source)


def _signalling_point(cells: list[str], problems: Problems) -> SignallingPoint:
    code, name, owner, country, source = cells
    value = point_code_value(code)
    if value is None:
        problems.append(("point_code", f"{code[:20]!r} is no point code: three numbers up to 7-255-7"))
    _present(owner or name, "owner", problems)  # the list leaves the operator of a reserved code out
    _present(source, "source", problems)
    return SignallingPoint(value or 0, name, owner, country or None, source)


_READERS: Mapping[str, Callable[[list[str], Problems], Any]] = MappingProxyType(
    {"countries": _country, "networks": _network, "signalling_points": _signalling_point}
)


def _expect(pattern: re.Pattern[str], cell: str, field: str, problems: Problems) -> None:
    if not pattern.fullmatch(cell):
        problems.append((field, f"{cell[:20]!r} is not of the form {pattern.pattern}"))


def _present(cell: str, field: str, problems: Problems) -> None:
    if not cell.strip():
        problems.append((field, "is missing"))


def _whole(cell: str, field: str, least: int, most: int, problems: Problems) -> int | None:
    if not cell:
        return None
    if not re.fullmatch("[0-9]{1,12}", cell) or not least <= int(cell) <= most:
        problems.append((field, f"{cell[:20]!r} is no whole number from {least} to {most:,}"))
        return None
    return int(cell)

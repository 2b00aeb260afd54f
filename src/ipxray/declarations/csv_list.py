"""Declaration lists: a CSV of networks and their carriers, for what is known without IR.21 (a study, a survey)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple, cast

from ipxray.declarations.data_roaming import parse_asn
from ipxray.declarations.names import CarrierName, own_key, split_names
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.record import Origin, Record, is_tadig, moment, plmn_digits
from ipxray.declarations.roles import role_of
from ipxray.declarations.rows import SERVICES, Declaration, Network, Service, ServiceState
from ipxray.declarations.section import ROWS, parse_date
from ipxray.declarations.text import quoted, written
from ipxray.declarations.xml import Refusal
from ipxray.errors import UsageError
from ipxray.identity import PointCode, TadigCode

__all__ = ["Countries", "read_list"]

COLUMNS: Final = frozenset(
    [
        "tadig", "country", "organisation", "service", "carrier", "role", "point_code", "asn", "effective_from",
        "document_created", "mcc_mnc",
    ]
)  # fmt: skip
_SAME: Final = {
    "operator": "tadig",
    "organization": "organisation",
    "carrier_text": "carrier",
    "carrier_name": "carrier",
}
_SEPARATORS: Final = ";,\t"
_FORMULA: Final = ("=", "+", "-", "@")
_BETWEEN_CODES: Final = re.compile(r"[\s,;|]+")
_VOID: Final = frozenset(["-", "--", ""])


class Countries(NamedTuple):
    """What leads to a country, ISO 3166-1 alpha-2: alpha-3 letters, and TADIG codes where registers have them."""

    by_letters: Mapping[str, str]
    by_tadig: Mapping[str, str]


class _Line(NamedTuple):
    """One line of the list: its number and its cells by column, cleaned."""

    number: int
    cells: dict[str, str]

    @property
    def place(self) -> str:
        return f"line {self.number}"


def read_list(data: bytes, origin: Origin, countries: Countries, log: ProblemLog) -> list[Record] | Refusal:
    """The networks of a list in order of first mention; a refusal where it is no list at all.

    The header names the columns in any order and case: tadig (or operator) and carrier are needed; country,
    organisation, service, role, point_code, asn, effective_from, document_created and mcc_mnc may stand beside them.
    Separated by comma, semicolon or tab. An operator id that is no TADIG code is kept as it is. A country that is not
    given is inferred from a TADIG code.
    """
    text = _decode(data)
    if isinstance(text, Refusal):
        return text
    lines = _Lines(text)
    columns = lines.header()
    if isinstance(columns, Refusal):
        return columns
    if "service" not in columns:
        log.add("csv-service-assumed", "no column service: sccp is taken", place="line 1")
    networks: dict[str, list[_Line]] = {}
    for line in lines.rows(columns, log):
        if _is_usable(line, log):
            networks.setdefault(_network_id(line.cells["tadig"]), []).append(line)
    if not networks:
        return Refusal("network-missing", "no line of the list can be used")
    return [_record(tadig, rows, origin, countries, log) for tadig, rows in networks.items()]


def _decode(data: bytes) -> str | Refusal:
    if not data.strip():
        return Refusal("empty", "the file holds nothing but blanks")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return Refusal("csv-encoding", "the list is not UTF-8", f"byte {error.start}")
    return Refusal("csv-encoding", "the list holds NUL bytes") if "\0" in text else text


class _Lines:
    """The lines of a list as cells; the separator is the one with which the header makes sense."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._separator = ","

    def header(self) -> list[str] | Refusal:
        """The columns by the names used here; unknown ones keep theirs."""
        first = self._text.lstrip().partition("\n")[0][:4096]
        for separator in _SEPARATORS:
            names = [cell.strip().strip('"').strip().casefold() for cell in first.split(separator)]
            columns = [_SAME.get(name.replace(" ", "_"), name.replace(" ", "_")) for name in names]
            if {"tadig", "carrier"} <= set(columns):
                self._separator = separator
                repeated = {name for name in columns if name in COLUMNS and columns.count(name) > 1}
                if repeated:
                    return Refusal("csv-header", f"columns occur twice: {', '.join(sorted(repeated))}", "line 1")
                return columns
        return Refusal("csv-header", "the first line names no columns tadig and carrier", "line 1")

    def rows(self, columns: list[str], log: ProblemLog) -> Iterator[_Line]:
        """Each line that has as many cells as the header; broken quotes end the list."""
        lines = csv.reader(io.StringIO(self._text, newline=""), delimiter=self._separator, strict=True)
        has_header = False
        count = 0
        try:
            for cells in lines:
                if not any(cells):
                    continue
                if not has_header:
                    has_header = True
                    continue
                count += 1
                if count > ROWS:
                    log.add(
                        "rows-truncated",
                        f"more than {ROWS:,} lines; the rest was left out",
                        place=f"line {lines.line_num}",
                    )
                    return
                if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
                    message = f"{len(cells)} cells under {len(columns)} columns; a text with a separator needs quotes"
                    log.add("csv-row", message, place=f"line {lines.line_num}")
                    continue
                yield _Line(lines.line_num, dict(zip(columns, map(written, cells), strict=False)))
        except csv.Error:
            log.add("csv-broken", "a quote is not closed or not placed right", place=f"line {lines.line_num}")


def _network_id(text: str) -> str:
    return text.upper() if is_tadig(text.upper()) else text


def _is_usable(line: _Line, log: ProblemLog) -> bool:
    service = _service(line)
    if not line.cells.get("tadig") or not split_names(line.cells.get("carrier", "")):
        log.add("csv-row", "the network or the carrier is empty", place=line.place)
    elif service not in SERVICES:
        log.add("csv-row", f"{quoted(service)} is no service: {', '.join(SERVICES)}", place=line.place)
    else:
        if any(cell.startswith(_FORMULA) and cell not in _VOID for cell in line.cells.values()):
            log.add("csv-formula", "a cell begins like a formula; it is kept as text", place=line.place)
        return True
    return False


def _service(line: _Line) -> str:
    return line.cells.get("service", "sccp").casefold().replace("-", "_").replace(" ", "_")


def _record(tadig: str, lines: list[_Line], origin: Origin, countries: Countries, log: ProblemLog) -> Record:
    created_at = max(filter(None, (moment(line.cells.get("document_created")) for line in lines)), default=None)
    organisation = _first(lines, "organisation")
    declarations: list[Declaration] = []
    services: dict[Service, ServiceState] = dict.fromkeys(SERVICES, "missing")
    network = Network(
        tadig, _country(_first(lines, "country"), tadig, countries, log), organisation, "", _plmns(lines),
        created_at.date() if created_at else None, "csv", origin.sha256, origin.path, services,
    )  # fmt: skip
    own_keys = {key for key in (own_key(organisation), own_key(tadig)) if key} | {"own"}
    for line in lines:
        names = split_names(line.cells["carrier"])
        declarations += (_declaration(network, line, name, own_keys, log) for name in names)
    for service in {row.service for row in declarations}:
        own = all(row.own_gateway for row in declarations if row.service == service)
        services[cast(Service, service)] = "own_gateway" if own else "declared"
    return Record(network, declarations, [], created_at)


def _first(lines: list[_Line], column: str) -> str:
    return next((line.cells[column] for line in lines if line.cells.get(column)), "")


def _plmns(lines: list[_Line]) -> tuple[str, ...]:
    codes = (code for line in lines for code in _BETWEEN_CODES.split(line.cells.get("mcc_mnc", "")))
    return tuple(sorted({plmn for plmn in map(plmn_digits, codes) if plmn}))


def _country(text: str, tadig: str, countries: Countries, log: ProblemLog) -> str | None:
    letters = text.upper()
    if len(letters) == 2 and letters.isalpha() and letters.isascii():
        return letters
    known = any(countries)
    country = countries.by_letters.get(letters) if letters else _inferred(tadig, countries, log)
    if country is None and (letters or known):
        log.add("country-unknown", f"the country is {quoted(text) if text else 'absent'}", tadig=tadig)
    return country


def _inferred(tadig: str, countries: Countries, log: ProblemLog) -> str | None:
    """The country of a network out of its TADIG code alone: what registers say, else what its first letters mean."""
    if not is_tadig(tadig):
        return None
    registered = countries.by_tadig.get(tadig)
    country = registered or countries.by_letters.get(TadigCode.parse(tadig).country_letters)
    if country is not None:
        ground = "registers" if registered else "the letters of its code"
        log.add("country-inferred", f"no country is given: {country} by {ground}", tadig=tadig)
    return country


def _declaration(network: Network, line: _Line, name: CarrierName, own_keys: set[str], log: ProblemLog) -> Declaration:
    cells = line.cells
    role_text = cells.get("role") or None
    return Declaration(
        network.tadig, network.country, network.organisation, network.mcc_mnc, _service(line), role_text,
        role_of(role_text), cells["carrier"], name.name, _point_code(line, network.tadig, log),
        name.asn if name.asn is not None else parse_asn(cells.get("asn")), _effective(line, network.tadig, log),
        network.document_created, "csv", network.document_sha256, line.place,
        inferred=False, confidence="high", own_gateway=own_key(name.name) in own_keys,
    )  # fmt: skip


def _point_code(line: _Line, tadig: str, log: ProblemLog) -> str | None:
    text = line.cells.get("point_code")
    try:
        return PointCode.parse(text).dashed if text else None
    except UsageError:
        message = f"{quoted(text or '')} is no international point code"
        log.add("point-code-invalid", message, tadig=tadig, place=line.place)
        return None


def _effective(line: _Line, tadig: str, log: ProblemLog) -> date | None:
    text = line.cells.get("effective_from")
    day = parse_date(text)
    if text and day is None:
        log.add("date-invalid", f"{quoted(text)} is no date", tadig=tadig, place=line.place)
    return day

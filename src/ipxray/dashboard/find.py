"""What a word means in an assessment: a network, a carrier, a number, a host, a point code, an address."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ipxray.dashboard.derived import OPERATORS
from ipxray.dashboard.store import Row, Store
from ipxray.errors import UsageError
from ipxray.identity import PointCode

__all__ = ["IDENTITY_DIGITS", "Hit", "find", "harmless"]

IDENTITY_DIGITS = 14
"""Digits from which a number may be a whole IMSI or IMEI: it is cut to its prefix before it is looked for or shown."""
_PREFIX = 6
_MOST = 50
_DIGITS = re.compile(r"\+?[0-9][0-9 ()./-]*")
_RANGES = ("gt_range", "msisdn_range", "msrn_range", "node", "scp_gt", "portability_range")
_HOSTS = ("dns", "epc_realm", "diameter_edge_agent")


class Hit(NamedTuple):
    """One thing that bears the word: what it is, its name, the view that shows it, and why it was found."""

    kind: str
    name: str
    view: str
    key: str
    why: str


def harmless(text: str) -> str:
    """What is looked for: a number that may be a whole subscriber identity is cut to MCC and MNC."""
    folded = " ".join(text.split())[:100]
    if not _DIGITS.fullmatch(folded):
        return folded
    digits = "".join(letter for letter in folded if letter.isdigit())
    return digits[:_PREFIX] if len(digits) >= IDENTITY_DIGITS else folded


def find(store: Store, text: str) -> list[Hit]:
    """Everything that bears `text`, exact matches first, no thing twice, at most fifty of a kind."""
    word = harmless(text)
    if not word:
        return []
    found: dict[tuple[str, str], Hit] = {}
    for look in _LOOKS:
        for hit in look(store, word):
            found.setdefault((hit.view, hit.key), hit)
    return list(found.values())


def _networks(store: Store, word: str) -> Iterator[Hit]:
    sql = (
        "select tadig, organisation from operators where contains(lower(organisation), lower(?)) "
        "or starts_with(upper(tadig), upper(?)) order by upper(tadig) <> upper(?), tadig limit ?"
    )
    for row in store.ask(sql, (word, word, word, _MOST), tables=OPERATORS):
        exact = row["tadig"].upper() == word.upper()
        why = "its TADIG code" if exact else "its TADIG code or name holds the word"
        yield Hit("operator", f"{row['tadig']} {row['organisation']}".strip(), "operators", row["tadig"], why)


def _carriers(store: Store, word: str) -> Iterator[Hit]:
    sql = (
        "select node, max(k.name) as name from links l left join carriers k on k.id = l.carrier_id "
        "where contains(lower(l.node), lower(?)) or contains(lower(l.carrier_name), lower(?)) "
        "or contains(lower(coalesce(k.name, '')), lower(?)) group by node order by node limit ?"
    )
    for row in store.ask(sql, (word, word, word, _MOST), tables=("links", "carriers")):
        yield Hit("carrier", row["name"] or row["node"], "carriers", row["node"], "its name, or what operators write")


def _countries(store: Store, word: str) -> Iterator[Hit]:
    sql = (
        "select iso2, name from countries where iso2 = upper(?) or contains(lower(name), lower(?)) "
        "order by iso2 <> upper(?), iso2 limit ?"
    )
    for row in store.ask(sql, (word, word, word, _MOST), tables=("countries",)):
        yield Hit("country", f"{row['name']} ({row['iso2']})", "countries", row["iso2"], "its code or name")


def _numbers(store: Store, word: str) -> Iterator[Hit]:
    """A global title by the longest declared prefix, an IMSI prefix by its PLMN."""
    digits = "".join(letter for letter in word if letter.isdigit())
    if not _DIGITS.fullmatch(word) or len(digits) < 3:
        return
    sql = (
        "select distinct tadig, kind, value from numbering where list_contains(?, kind) and (starts_with(?, value) "
        "or (starts_with(value, ?) and len(?) >= 5)) order by len(value) desc, tadig, kind limit ?"
    )
    for row in store.ask(sql, (list(_RANGES), digits, digits, digits, _MOST), tables=("numbering",)):
        yield _declared(row, f"declares {row['kind'].replace('_', ' ')} {row['value']}")
    plmn = (
        "select distinct tadig, value from (select tadig, value from numbering where kind = 'e212' "
        "union all select tadig, unnest(mcc_mnc) from operators) where starts_with(?, value) or starts_with(value, ?) "
        "order by len(value) desc, tadig limit ?"
    )
    for row in store.ask(plmn, (digits, digits, _MOST), tables=("numbering", *OPERATORS)):
        yield _declared(row, f"its PLMN id is {row['value']}")


def _point_codes(store: Store, word: str) -> Iterator[Hit]:
    try:
        code = str(PointCode.parse(word))
    except UsageError:
        return
    sql = "select distinct tadig, carrier_name, service from declarations where point_code = ? order by all limit ?"
    for row in store.ask(sql, (code, _MOST), tables=("declarations",)):
        yield _declared(row, f"declares {row['carrier_name']} at point code {code}")


def _hosts(store: Store, word: str) -> Iterator[Hit]:
    name = word.rstrip(".").lower()
    if "." not in name:
        return
    sql = (
        "select distinct tadig, kind, value from numbering where list_contains(?, kind) and (lower(value) = ? "
        "or ends_with(?, '.' || lower(value)) or ends_with(lower(value), '.' || ?)) "
        "order by len(value) desc, tadig, kind limit ?"
    )
    for row in store.ask(sql, (list(_HOSTS), name, name, name, _MOST), tables=("numbering",)):
        yield _declared(row, f"declares {row['kind'].replace('_', ' ')} {row['value']}")


def _addresses(store: Store, word: str) -> Iterator[Hit]:
    try:
        asked = ipaddress.ip_address(word)
    except ValueError:
        return
    for network, row in store.held("ip ranges", lambda: _ip_ranges(store)):
        if asked.version == network.version and asked in network:
            yield _declared(row, f"declares the range {network}")


def _ip_ranges(store: Store) -> list[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Row]]:
    rows = store.ask("select tadig, value from numbering where kind = 'ip_range' order by all", tables=("numbering",))
    return list(_readable(rows))


def _readable(rows: Iterable[Row]) -> Iterator[tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, Row]]:
    for row in rows:
        try:
            yield ipaddress.ip_network(row["value"], strict=False), row
        except ValueError:
            continue


def _systems(store: Store, word: str) -> Iterator[Hit]:
    found = re.fullmatch(r"(?:AS)?([0-9]{1,10})", word, re.IGNORECASE)
    if not found or not word.upper().startswith("AS"):
        return
    sql = (
        "select tadig, 'declares it beside ' || carrier_name as why from declarations where asn = ? union "
        "select tadig, 'declares it as its own' from numbering where kind = 'asn' and value = ? order by all limit ?"
    )
    for row in store.ask(sql, (int(found[1]), found[1], _MOST), tables=("declarations", "numbering")):
        yield _declared(row, str(row["why"]))


def _findings(store: Store, word: str) -> Iterator[Hit]:
    sql = (
        "select finding_id, title from findings where upper(finding_id) = upper(?) or source_address = ? "
        "or indicator = ? order by finding_id limit ?"
    )
    for row in store.ask(sql, (word, word, word, _MOST), tables=("findings",)):
        yield Hit(
            "finding", f"{row['finding_id']} {row['title']}", "findings", row["finding_id"], "its id or its sender"
        )


def _subscribers(store: Store, word: str) -> Iterator[Hit]:
    if "~" not in word:
        return
    sql = "select distinct subscriber from evidence where subscriber = ? limit ?"
    for row in store.ask(sql, (word, _MOST), tables=("evidence",)):
        yield Hit("subscriber case", row["subscriber"], "subscribers", row["subscriber"], "its pseudonym")


def _declared(row: Row, why: str) -> Hit:
    return Hit("operator", row["tadig"], "operators", row["tadig"], why)


_LOOKS: tuple[Callable[[Store, str], Iterator[Hit]], ...] = (
    _networks, _carriers, _countries, _numbers, _point_codes, _hosts, _addresses, _systems, _findings, _subscribers,
)  # fmt: skip

"""Ranges of numbers, names and addresses as prefixes of keys. Ref: ITU-T E.164, E.212, E.214; TS 23.003 §19.2."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address, ip_network

from ipxray.declarations import Corpus, Numbering
from ipxray.detection.networks import Networks
from ipxray.detection.references import DeclaredKind, Prefix
from ipxray.facts import Facts

__all__ = ["address_prefixes", "declared_kinds", "prefixes", "reversed_host"]

_RANGES = frozenset({"msisdn_range", "gt_range", "msrn_range"})
_NODES = frozenset({"node", "scp_gt"})
_DOMAINS = ("3gppnetwork.org", "pub.3gppnetwork.org", "gprs")
_NIBBLE = 4


def prefixes(corpus: Corpus, facts: Facts, networks: Networks) -> tuple[Prefix, ...]:
    """Every prefix there is, declared ones and reference numbering. Number portability ranges never make one."""
    found = [*_declared(corpus, networks), *_plmns(networks), *_countries(facts)]
    return tuple(dict.fromkeys(found))


def declared_kinds(rows: tuple[Prefix, ...]) -> tuple[DeclaredKind, ...]:
    """Which networks declare global titles, realms or IP ranges at all: only these can be contradicted."""
    kinds = {
        (row.code, row.space)
        for row in rows
        if row.is_declared and row.space in ("gt", "ip", "host") and not (row.space == "host" and row.digits)
    }
    return tuple(DeclaredKind(*kind) for kind in sorted(kinds))


def reversed_host(name: str) -> str:
    """The lookup key of a host or realm: reversed, with a final dot, so that only whole labels match."""
    return name.lower().strip(".")[::-1] + "."


def address_prefixes(text: str) -> Iterator[str]:
    """The lookup prefixes of an IP range, in whole hexadecimal digits; nothing for text that is none."""
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        return
    width = -(-network.prefixlen // _NIBBLE) * _NIBBLE
    for part in network.subnets(new_prefix=width):
        digits = f"{int(part.network_address):0{network.max_prefixlen // _NIBBLE}x}"
        yield f"{network.version}{digits[: width // _NIBBLE]}"


def _declared(corpus: Corpus, networks: Networks) -> Iterator[Prefix]:
    countries = {row.code: row.country for row in networks.rows}
    for row in corpus.numbering:
        code = networks.by_name.get(row.tadig, 0)
        for space, prefix, digits, first, last in _keys(row):
            yield Prefix(space, prefix, len(prefix), digits, first, last, code, countries.get(code), is_declared=True)


def _keys(row: Numbering) -> Iterator[tuple[str, str, int | None, str | None, str | None]]:
    if row.kind in _RANGES and row.range_start and row.range_stop and len(row.range_start) == len(row.range_stop):
        shared = _shared(row.range_start, row.range_stop)
        if shared:
            yield "gt", shared, len(row.range_start), row.range_start, row.range_stop
    elif row.kind in _NODES and row.value.isdigit():
        yield "gt", row.value, len(row.value), row.value, row.value
    elif row.kind == "e214" and row.value.isdigit():
        yield "e214", row.value, None, None, None
    elif row.kind == "imsi_subrange" and row.value.isdigit():
        yield "imsi", row.value[:6], None, None, None
    elif row.kind == "ip_range" or (row.kind == "diameter_edge_agent" and _is_address(row.value)):
        for prefix in address_prefixes(row.value):
            yield "ip", prefix, None, None, None
    elif row.kind == "epc_realm":
        yield "host", reversed_host(row.value), None, None, None
    elif row.kind == "diameter_edge_agent":
        key = reversed_host(row.value)
        yield "host", key, len(key), key, key


def _shared(first: str, last: str) -> str:
    """The digits with which every number of a range begins."""
    length = next((n for n, (one, other) in enumerate(zip(first, last, strict=True)) if one != other), len(first))
    return first[:length]


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _plmns(networks: Networks) -> Iterator[Prefix]:
    countries = {row.code: row.country for row in networks.rows}
    for plmn, code in networks.by_plmn.items():
        country = countries[code]
        yield Prefix("imsi", plmn, len(plmn), None, None, None, code, country, is_declared=False)
        yield Prefix("plmn", plmn, len(plmn), len(plmn), plmn, plmn, code, country, is_declared=False)
        for mnc in {plmn[3:], plmn[3:].zfill(3)}:
            for domain in _DOMAINS:
                key = reversed_host(f"mnc{mnc}.mcc{plmn[:3]}.{domain}")
                yield Prefix("host", key, len(key), None, None, None, code, country, is_declared=False)


def _countries(facts: Facts) -> Iterator[Prefix]:
    """Calling codes and mobile country codes that tell one country; several behind one code tell nothing."""
    sovereign = {code: country.territory_of is None for code, country in facts.countries.items()}
    for calling_code, sharers in facts.country_by_calling_code.items():
        digits = calling_code.replace(" ", "")
        states = [code for code in sharers if sovereign.get(code)] or list(sharers)
        if len(states) == 1 and digits.isdigit():
            yield Prefix("gt", digits, len(digits), None, None, None, 0, states[0], is_declared=False)
            yield Prefix("e214", digits, len(digits), None, None, None, 0, states[0], is_declared=False)
    owners: dict[str, list[str]] = {}
    for code, country in sorted(facts.countries.items()):
        for mcc in country.mobile_country_codes:
            owners.setdefault(mcc, []).append(code)
    for mcc, codes in owners.items():
        states = [code for code in codes if sovereign[code]] or codes
        if len(states) == 1:
            for space in ("imsi", "plmn"):
                yield Prefix(space, mcc, len(mcc), None, None, None, 0, states[0], is_declared=False)
            for domain in _DOMAINS:
                key = reversed_host(f"mcc{mcc}.{domain}")
                yield Prefix("host", key, len(key), None, None, None, 0, states[0], is_declared=False)

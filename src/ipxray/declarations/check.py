"""What a partner would want to know of a corpus and no outside register is needed for."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, groupby
from operator import attrgetter

from ipxray.declarations.overlaps import Overlap, Overlaps, outside, overlaps_of
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.rows import Corpus, Declaration, Network, Numbering, Problem, Service
from ipxray.errors import UsageError
from ipxray.identity import Asn

__all__ = ["check"]

_RANGE_KINDS = {"msisdn_range": "MSISDN", "gt_range": "global title", "msrn_range": "roaming number"}
_EXPECTED: tuple[Service, ...] = ("sccp", "diameter", "grx")
_STALE_DAYS = 366
_ByNetwork = Mapping[str, Sequence[Numbering]]


def check(corpus: Corpus, *, at: date) -> tuple[Problem, ...]:
    """Find overlapping ranges, self-contradictions, stale or pending sections, at a date.

    Problems come network by network in the order of the corpus, then those between networks. Codes and their meaning:
    ipxray.declarations.PROBLEMS.
    """
    declared: dict[str, list[Declaration]] = {}
    for tadig, rows in groupby(corpus.declarations, attrgetter("tadig")):
        declared.setdefault(tadig, []).extend(rows)
    numbered = corpus.numbering_by_kind
    titles = _titles_by_document(numbered.get("gt_range", {}))
    met = {kind: overlaps_of(numbered.get(kind, {})) for kind in _RANGE_KINDS}
    found: list[Problem] = []
    for network in corpus.networks:
        log = ProblemLog(network.document_path)
        _document(network, at, log)
        _carriers(network, declared.get(network.tadig, ()), at, log)
        for kind, overlaps in met.items():
            _overlaps(network.tadig, kind, overlaps.within.get(network.tadig, ()), log)
        _nodes(network, numbered.get("node", {}), titles, log)
        _addresses(network.tadig, numbered, log)
        found += log.close()
    return (*found, *_between(corpus, met))


def _document(network: Network, at: date, log: ProblemLog) -> None:
    tadig, created = network.tadig, network.document_created
    if created is None:
        log.add("document-undated", "the document bears no date", tadig=tadig)
    elif (at - created).days > _STALE_DAYS:
        log.add("document-stale", f"made on {created}, {(at - created).days} days before {at}", tadig=tadig)
    for service in _EXPECTED:
        if network.services.get(service) == "missing":
            log.add("service-missing", f"nothing is said of {service}", tadig=tadig)


def _carriers(network: Network, rows: Sequence[Declaration], at: date, log: ProblemLog) -> None:
    services: dict[str, list[Declaration]] = {}
    pending: dict[str, Declaration] = {}
    for row in rows:
        services.setdefault(row.service, []).append(row)
        if row.effective_from is not None and row.effective_from > at:
            pending.setdefault(row.service, row)
    for service, row in pending.items():
        log.add(
            "section-pending",
            f"{service} takes effect on {row.effective_from}",
            tadig=network.tadig,
            place=row.element_path,
        )
    for service, named in services.items():
        _roles(network.tadig, service, named, log)


def _roles(tadig: str, service: str, rows: Sequence[Declaration], log: ProblemLog) -> None:
    first = rows[0]
    if all(row.own_gateway for row in rows):
        log.add(
            "own-gateway",
            f"{service}: {first.carrier_text!r} is the network itself",
            tadig=tadig,
            place=first.element_path,
        )
    if all(row.role == "backup" for row in rows):
        log.add("roles-without-primary", f"{service}: every carrier is a backup", tadig=tadig, place=first.element_path)
    roles: dict[str, Declaration] = {}
    seen: set[tuple[str, str | None]] = set()
    for row in rows:
        name = row.carrier_name.casefold()
        known = roles.setdefault(name, row)
        if known.role != row.role:
            message = f"{service}: {row.carrier_name!r} is {known.role} and {row.role}"
            log.add("role-twofold", message, tadig=tadig, place=row.element_path)
        if (name, row.point_code) in seen and not row.inferred:
            message = f"{service}: {row.carrier_name!r} stands there twice"
            log.add("carrier-repeated", message, tadig=tadig, place=row.element_path)
        seen.add((name, row.point_code))


def _titles_by_document(ranges: _ByNetwork) -> Mapping[str, Sequence[Numbering]]:
    """The global title ranges of each document: networks that share a section share the nodes in it."""
    found: dict[str, list[Numbering]] = {}
    for own in ranges.values():
        for document, rows in groupby(own, attrgetter("document_sha256")):
            found.setdefault(document, []).extend(rows)
    return found


def _overlaps(tadig: str, kind: str, pairs: Iterable[Overlap], log: ProblemLog) -> None:
    for pair in pairs:
        message = f"{_RANGE_KINDS[kind]} ranges {_range(pair.first)} and {_range(pair.second)} overlap"
        log.add("range-overlap", message, tadig=tadig, place=pair.second.element_path)


def _nodes(network: Network, nodes: _ByNetwork, titles: Mapping[str, Sequence[Numbering]], log: ProblemLog) -> None:
    own = [row for row in nodes.get(network.tadig, ()) if row.range_start is not None]
    for row in outside(own, titles.get(network.document_sha256, ())):
        message = f"{row.node_type} {_range(row)} is in none of the global title ranges of its document"
        log.add("node-outside-ranges", message, tadig=network.tadig, place=row.element_path)


def _addresses(tadig: str, numbered: Mapping[str, _ByNetwork], log: ProblemLog) -> None:
    for row in numbered.get("dns", {}).get(tadig, ()):
        if _is_unusable(row.value):
            log.add("dns-unusable", f"name server {row.value}", tadig=tadig, place=row.element_path)
    for row in numbered.get("asn", {}).get(tadig, ()):
        if _is_private(row.value):
            log.add("asn-private", f"AS{row.value} is private", tadig=tadig, place=row.element_path)


def _is_unusable(text: str) -> bool:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return address.is_unspecified or address.is_loopback or address.is_multicast


def _is_private(text: str) -> bool:
    try:
        return Asn.parse(text).is_private
    except UsageError:
        return False


def _between(corpus: Corpus, met: Mapping[str, Overlaps]) -> Iterator[Problem]:
    networks = {network.tadig: network for network in corpus.networks}
    log = ProblemLog("")
    for kind, overlaps in met.items():
        for pair in overlaps.together:
            if pair.first.tadig != pair.second.tadig:
                _shared_range(pair, networks, kind, log)
    for kind in ("e212", "e214"):
        _shared_values(kind, corpus.numbering_by_kind.get(kind, {}), networks, log)
    yield from log.close()


def _shared_range(pair: Overlap, networks: Mapping[str, Network], kind: str, log: ProblemLog) -> None:
    first, second = pair
    kin = first.document_sha256 == second.document_sha256
    code = "range-shared-in-group" if kin else "range-shared"
    message = (
        f"{_RANGE_KINDS[kind]} range {_range(second)} overlaps {_range(first)} of {first.tadig} "
        f"({networks[first.tadig].document_path})"
    )
    path = networks[second.tadig].document_path
    log.add(code, message, tadig=second.tadig, place=second.element_path, path=path)


def _shared_values(kind: str, numbered: _ByNetwork, networks: Mapping[str, Network], log: ProblemLog) -> None:
    code, what = ("plmn-shared", "PLMN id") if kind == "e212" else ("e214-shared", "E.214 translation")
    owners: dict[str, str] = {}
    for row in chain.from_iterable(numbered.values()):
        tadig = row.tadig
        other = owners.setdefault(row.value, tadig)
        same_plmn = other == tadig or set(networks[other].mcc_mnc) & set(networks[tadig].mcc_mnc)
        if other != tadig and (kind == "e212" or not same_plmn):
            message, path = f"{what} {row.value} is also {other}'s", networks[tadig].document_path
            log.add(code, message, tadig=tadig, place=row.element_path, path=path)


def _range(row: Numbering) -> str:
    if row.range_start is None:
        return f"{row.value}…"
    return row.range_start if row.range_start == row.range_stop else f"{row.range_start}-{row.range_stop}"

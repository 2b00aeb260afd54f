"""What a partner would want to know of a corpus and no outside register is needed for."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from ipxray.declarations.overlaps import Overlap, outside, overlaps
from ipxray.declarations.problems import ProblemLog
from ipxray.declarations.rows import Corpus, Declaration, Network, Numbering, Problem, Service
from ipxray.errors import UsageError
from ipxray.identity import Asn

__all__ = ["check"]

_RANGE_KINDS = {"msisdn_range": "MSISDN", "gt_range": "global title", "msrn_range": "roaming number"}
_EXPECTED: tuple[Service, ...] = ("sccp", "diameter", "grx")
_STALE_DAYS = 366
_Row = TypeVar("_Row", Declaration, Numbering)


def check(corpus: Corpus, *, at: date) -> tuple[Problem, ...]:
    """Find overlapping ranges, self-contradictions, stale or pending sections, at a date.

    Problems come network by network in the order of the corpus, then those between networks. Codes and their meaning:
    ipxray.declarations.PROBLEMS.
    """
    declared, numbered = _by_network(corpus.declarations), _by_network(corpus.numbering)
    titles = _titles_by_document(corpus.numbering)
    found: list[Problem] = []
    for network in corpus.networks:
        log = ProblemLog(network.document_path)
        rows = numbered.get(network.tadig, ())
        _document(network, at, log)
        _carriers(network, declared.get(network.tadig, ()), at, log)
        _ranges(network, rows, titles.get(network.document_sha256, ()), log)
        _addresses(network, rows, log)
        found += log.close()
    return (*found, *_between(corpus, numbered))


def _by_network(rows: Sequence[_Row]) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        mine = found.get(row.tadig)
        if mine is None:
            mine = found[row.tadig] = []
        mine.append(row)
    return found


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


def _titles_by_document(rows: Sequence[Numbering]) -> Mapping[str, list[Numbering]]:
    """The global title ranges of each document: networks that share a section share the nodes in it."""
    found: dict[str, list[Numbering]] = {}
    for row in rows:
        if row.kind == "gt_range":
            found.setdefault(row.document_sha256, []).append(row)
    return found


def _ranges(network: Network, rows: Sequence[Numbering], own: Sequence[Numbering], log: ProblemLog) -> None:
    kinds: dict[str, list[Numbering]] = {kind: [] for kind in _RANGE_KINDS}
    titles = []
    for row in rows:
        if row.kind in kinds:
            kinds[row.kind].append(row)
        elif row.kind == "node" and row.range_start is not None:
            titles.append(row)
    for kind, mine in kinds.items():
        for pair in overlaps(mine):
            message = f"{_RANGE_KINDS[kind]} ranges {_range(pair.first)} and {_range(pair.second)} overlap"
            log.add("range-overlap", message, tadig=network.tadig, place=pair.second.element_path)
    for title in outside(titles, own):
        message = f"{title.node_type} {_range(title)} is in none of the global title ranges of its document"
        log.add("node-outside-ranges", message, tadig=network.tadig, place=title.element_path)


def _addresses(network: Network, rows: Sequence[Numbering], log: ProblemLog) -> None:
    for row in rows:
        if row.kind == "dns" and _is_unusable(row.value):
            log.add("dns-unusable", f"name server {row.value}", tadig=network.tadig, place=row.element_path)
        elif row.kind == "asn" and _is_private(row.value):
            log.add("asn-private", f"AS{row.value} is private", tadig=network.tadig, place=row.element_path)


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


def _between(corpus: Corpus, numbered: Mapping[str, Sequence[Numbering]]) -> Iterator[Problem]:
    networks = {network.tadig: network for network in corpus.networks}
    log = ProblemLog("")
    for kind in _RANGE_KINDS:
        for pair in overlaps([row for row in corpus.numbering if row.kind == kind]):
            if pair.first.tadig != pair.second.tadig:
                _shared_range(pair, networks, kind, log)
    _shared_values(numbered, networks, log)
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


def _shared_values(
    numbered: Mapping[str, Sequence[Numbering]], networks: Mapping[str, Network], log: ProblemLog
) -> None:
    owners: dict[tuple[str, str], str] = {}
    for tadig, rows in numbered.items():
        for row in rows:
            if row.kind not in ("e212", "e214"):
                continue
            other = owners.setdefault((row.kind, row.value), tadig)
            if other != tadig:
                same_plmn = set(networks[other].mcc_mnc) & set(networks[tadig].mcc_mnc)
                if row.kind == "e212" or not same_plmn:
                    message = (
                        f"{'PLMN id' if row.kind == 'e212' else 'E.214 translation'} {row.value} is also {other}'s"
                    )
                    path = networks[tadig].document_path
                    code = "plmn-shared" if row.kind == "e212" else "e214-shared"
                    log.add(code, message, tadig=tadig, place=row.element_path, path=path)


def _range(row: Numbering) -> str:
    if row.range_start is None:
        return f"{row.value}…"
    return row.range_start if row.range_start == row.range_stop else f"{row.range_start}-{row.range_stop}"

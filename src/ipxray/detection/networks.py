"""Every network that declarations or facts know, each with a number for this run. Ref: GSMA TD.13, ITU-T E.212."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from ipxray.declarations import Corpus
from ipxray.detection.references import NetworkRow
from ipxray.errors import UsageError
from ipxray.facts import Facts, normalise_name

__all__ = ["Networks", "number_networks"]

_EVERYWHERE = "901"
"""MCC shared by satellite, maritime, aeronautical and worldwide machine networks (ITU-T E.212 annex A)."""


class Networks:
    """The numbered networks, and each network's number by TADIG code and by PLMN id."""

    def __init__(self, rows: tuple[NetworkRow, ...], by_plmn: dict[str, int], declared: frozenset[str]) -> None:
        self.rows = rows
        self.by_name = {row.network: row.code for row in rows}
        self.by_plmn = by_plmn
        self.declared_plmns = declared


def number_networks(corpus: Corpus, facts: Facts, home: Collection[str]) -> Networks:
    """Number declared networks first, then those that only facts know; `home` marks the protected ones.

    Raises UsageError, with the nearest name, when not one network of `home` is known.
    """
    plmns: dict[str, list[str]] = {}
    described: dict[str, tuple[str | None, str | None]] = {}
    for network in corpus.networks:
        described.setdefault(network.tadig, (network.country, network.organisation))
        plmns.setdefault(network.tadig, []).extend(network.mcc_mnc)
    declared = frozenset(plmn for codes in plmns.values() for plmn in codes)
    for known in facts.networks:
        if known.plmn not in declared:
            name = known.tadig or f"plmn:{known.plmn}"
            described.setdefault(name, (known.country, known.operator))
            plmns.setdefault(name, []).append(known.plmn)
    wanted = set(home)
    if home and not wanted & set(described):
        raise unknown_home(min(wanted), described)
    rows = tuple(_rows(described, plmns, wanted))
    by_plmn: dict[str, int] = {}
    for row in rows:
        for plmn in plmns[row.network]:
            by_plmn.setdefault(plmn, row.code)
    return Networks(rows, by_plmn, declared)


def unknown_home(name: str, known: Collection[str]) -> UsageError:
    """What to say of a --home that neither declarations nor facts know."""
    near = get_close_matches(name.upper(), known, n=1)
    hint = f"did you mean {near[0]}?" if near else "name a TADIG code that a declaration or a fact knows"
    return UsageError(f"no declaration or fact knows the network {name!r}", hint=hint)


def _rows(
    described: dict[str, tuple[str | None, str | None]], plmns: dict[str, list[str]], home: Collection[str]
) -> Iterator[NetworkRow]:
    kin: dict[tuple[str, str | None], int] = {}
    for code, (name, (country, operator)) in enumerate(described.items(), start=1):
        codes = plmns[name]
        yield NetworkRow(
            code=code,
            network=name,
            country=country,
            operator=operator,
            kin=kin.setdefault((normalise_name(operator) if operator else name, country), len(kin) + 1),
            plmn=codes[0] if codes else None,
            is_protected=name in home,
            is_everywhere=any(plmn.startswith(_EVERYWHERE) for plmn in codes),
        )

"""Fictional carriers and equipment vendors: names, numbers, popularity."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from ipxray.lab.places import STATES, TERRITORY
from ipxray.lab.plan import PlannedCarrier, PlannedVendor

__all__ = ["MAX_CARRIERS", "AmbiguousName", "draw_ambiguous_names", "draw_carriers", "draw_vendors"]

MAX_CARRIERS = 200
"""Bounded by the point codes of the two world zones that ITU-T Q.708 leaves unassigned."""

# RFC 5398: the only AS numbers that are nobody's and that a table of facts accepts. Carriers beyond these have none.
_DOCUMENTATION_ASNS = (*range(64_496, 64_512), *range(65_536, 65_552))
# ITU-T Q.708 annex A assigns signalling areas in zones 2 to 7 only.
_FREE_ZONES = (1, 0)
_LINES = ("Transit", "Interconnect", "Global Carriage")
_POPULARITY_EXPONENT = 0.9
_EARLIEST_RENAMING = date(2022, 3, 1)
_VENDORS = 6


class AmbiguousName(NamedTuple):
    """A name that two carriers go by."""

    text: str
    carriers: tuple[str, ...]


def draw_carriers(count: int, random: Random, words: Iterator[str]) -> tuple[PlannedCarrier, ...]:
    """Draw carriers in order of popularity, Zipf with exponent 0.9; every third has changed its name, every fifth
    is a brand of an entity that bears another.

    Seats go round the fictional states, so that a world of six carriers has one in each and one in the territory.
    """
    seats = (*STATES, TERRITORY)
    return tuple(_carrier(rank, seats[rank % len(seats)], random, words) for rank in range(count))


def _carrier(rank: int, seat: str, random: Random, words: Iterator[str]) -> PlannedCarrier:
    word, line = next(words), _LINES[rank % len(_LINES)]
    identifier = f"{word}-{line}".lower().replace(" ", "-")
    renamed = rank % 3 == 0
    return PlannedCarrier(
        id=identifier,
        name=f"{word} {line}",
        entity=f"{word.lower()}-group" if rank % 5 == 4 else identifier,
        aliases=(word, f"{word} IPX"),
        old_name=f"{next(words)} Signalling" if renamed else None,
        renamed=_EARLIEST_RENAMING + timedelta(days=random.randrange(600)) if renamed else None,
        seat=seat,
        asn=_DOCUMENTATION_ASNS[rank] if rank < len(_DOCUMENTATION_ASNS) else None,
        point_codes=_point_codes(rank, random.randint(2, 5)),
        host_domain=f"{word.lower()}.example",
        weight=(rank + 1) ** -_POPULARITY_EXPONENT,
    )


def _point_codes(rank: int, count: int) -> tuple[int, ...]:
    zone, area = _FREE_ZONES[rank // 128], 1 + rank % 128 * 2
    return tuple((zone << 11 | area << 3) + point for point in range(count))


def draw_ambiguous_names(carriers: tuple[PlannedCarrier, ...], words: Iterator[str]) -> tuple[AmbiguousName, ...]:
    """Names that two carriers share: one for every eight carriers, at least one."""
    pairs = zip(carriers[0::2], carriers[1::2], strict=False)
    wanted = 1 + len(carriers) // 8
    return tuple(
        AmbiguousName(f"{next(words)} Group", tuple(sorted((first.id, second.id))))
        for (first, second), _ in zip(pairs, range(wanted), strict=False)
    )


def draw_vendors(words: Iterator[str]) -> tuple[PlannedVendor, ...]:
    """Six vendors, one or two in each fictional state; operators write each in three ways."""
    drawn = [next(words) for _ in range(_VENDORS)]
    return tuple(
        PlannedVendor(
            id=word.lower(),
            name=f"{word} Equipment",
            names=(word, word.upper(), f"{word} Equipment"),
            seat=STATES[rank % len(STATES)],
        )
        for rank, word in enumerate(drawn)
    )

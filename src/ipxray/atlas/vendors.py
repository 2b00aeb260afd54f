"""Whose equipment runs a network's nodes: shares of each node class by vendor, with the states behind the vendor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from ipxray.atlas.cascade import Ownership
from ipxray.atlas.control import controlling_states
from ipxray.atlas.model import VendorShare
from ipxray.atlas.states import seats
from ipxray.declarations import Numbering
from ipxray.facts import Facts, Vendor, normalise_name

__all__ = ["vendor_rows"]

_NODE = attrgetter("tadig", "kind", "node_class", "vendor_text", "effective_from")


class _Name(NamedTuple):
    """A vendor that is known, or the folded text of one that is not; neither when the node does not say."""

    vendor_id: str | None
    text: str | None


_Nodes = dict[_Name, dict[str | None, int]]
"""Of one class of one network: how many nodes name each vendor, by spelling."""


def vendor_rows(
    numbering: Iterable[Numbering], facts: Facts, ownership: Ownership, *, at: date, territory_seat: float
) -> tuple[VendorShare, ...]:
    """Return the vendors of each network's node classes, in order of networks and classes, most nodes first.

    Nodes of a section that takes effect after the date do not count. Spellings of one vendor are one; a vendor under
    several states (its seat, a majority owner elsewhere) has a row for each, so shares add up to 1 over vendors, not
    over rows.
    """
    known = _Vendors(facts, ownership, territory_seat)
    classes: dict[tuple[str, str], _Nodes] = {}
    for (tadig, kind, node_class, text, since), nodes in Counter(map(_NODE, numbering)).items():
        if kind == "node" and (since is None or since <= at):
            spellings = classes.setdefault((tadig, node_class or "other"), {}).setdefault(known.called(text), {})
            spellings[text] = spellings.get(text, 0) + nodes
    return tuple(share for place, names in classes.items() for share in _shares(*place, names, known))


class _Vendors:
    """Vendors by every name operators write, and the states behind each."""

    def __init__(self, facts: Facts, ownership: Ownership, territory_seat: float) -> None:
        entities = frozenset(vendor.entity for vendor in facts.vendors.values())
        owners = controlling_states(facts, ownership, entities)
        self._named: dict[str, str] = {}
        self._states: dict[str, tuple[str, ...]] = {}
        for vendor in facts.vendors.values():
            for text in (vendor.name, *vendor.names):
                self._named.setdefault(normalise_name(text), vendor.id)
            self._states[vendor.id] = _behind(vendor, owners, facts, territory_seat)
        self._texts: dict[str, _Name] = {}

    def called(self, text: str | None) -> _Name:
        """Return what a text names: a vendor, or else its own folded spelling."""
        if text is None:
            return _Name(None, None)
        if text not in self._texts:
            folded = normalise_name(text)
            vendor_id = self._named.get(folded)
            self._texts[text] = _Name(vendor_id, None if vendor_id else folded)
        return self._texts[text]

    def states(self, vendor_id: str | None) -> tuple[str | None, ...]:
        """Return the states behind a vendor, the seat first; one None when none is known."""
        return (self._states.get(vendor_id, ()) if vendor_id else ()) or (None,)


def _behind(
    vendor: Vendor, owners: Mapping[str, tuple[str, ...]], facts: Facts, territory_seat: float
) -> tuple[str, ...]:
    # Of a seat in a territory, the state it counts under is the one that controls: the last of its seats.
    under = seats(facts, vendor.seat, vendor.source, territory_seat=territory_seat)[-1:]
    return tuple(dict.fromkeys((*(seat.state for seat in under), *owners.get(vendor.entity, ()))))


def _shares(tadig: str, node_class: str, names: _Nodes, known: _Vendors) -> Iterator[VendorShare]:
    counts = {name: sum(spellings.values()) for name, spellings in names.items()}
    total = sum(counts.values())
    for name in counts if len(counts) == 1 else sorted(counts, key=lambda name: (-counts[name], *_in_words(name))):
        spellings, nodes = names[name], counts[name]
        # The most frequent spelling, of several the first by letter.
        text = (
            next(iter(spellings))
            if len(spellings) == 1
            else min(spellings, key=lambda text: (-spellings[text], text or ""))
        )
        for state in known.states(name.vendor_id):
            yield VendorShare(tadig, node_class, text, name.vendor_id, nodes, nodes / total, state)


def _in_words(name: _Name) -> tuple[str, str]:
    return name.vendor_id or "", name.text or ""

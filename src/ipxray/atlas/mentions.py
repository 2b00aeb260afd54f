"""Declarations gathered by the name they give, each name resolved once with all the evidence beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ipxray.atlas.confirm import Registers
from ipxray.atlas.names import CarrierNames
from ipxray.declarations import Declaration
from ipxray.declarations.names import is_generic, is_void
from ipxray.facts import Facts, normalise_name

__all__ = ["Mention", "Resolution", "Resolver", "resolve"]


class Resolution(NamedTuple):
    """What one name means: the carriers it may be (sorted) and which registers confirm the one it is."""

    candidates: tuple[str, ...]
    confirmed_by: tuple[str, ...]


class Mention(NamedTuple):
    """One carrier name in one service of one network: its rows in document order, all in force or all pending."""

    tadig: str
    service: str
    name: str
    rows: tuple[Declaration, ...]
    candidates: tuple[str, ...]
    confirmed_by: tuple[str, ...]
    reason: str | None
    """Why it does not lead to one carrier, in the words of the table unresolved; null when it does."""
    pending: bool
    hosted: bool
    """True when the name is the host name of an edge agent: a hint at who runs it, not a name that anyone declared."""

    @property
    def carrier_id(self) -> str | None:
        """The one carrier that the name means."""
        return None if self.reason else self.candidates[0]

    @property
    def node(self) -> str:
        """What exposure counts: the carrier, or the open name. A generic name is another carrier in each network."""
        if self.reason is None:
            return self.candidates[0]
        if self.reason == "ambiguous_name":
            return f"ambiguous:{self.name}"
        return (
            f"unknown:{self.name} of {self.tadig.lower()}" if self.reason == "generic_name" else f"unknown:{self.name}"
        )


def resolve(
    name: str, facts: Facts, *, at: date, point_code: str | None = None, asn: int | None = None
) -> tuple[str, ...]:
    """Return the carriers that a name may mean at a date, sorted: one when resolved, none when unknown.

    A point code or an AS number that belongs to exactly one of several candidates decides between them.
    """
    points, numbers = ((point_code,) if point_code else ()), (() if asn is None else (asn,))
    return Resolver(facts).resolve(name, at, points, numbers).candidates


class Resolver:
    """Resolves names of one set of facts; answers are remembered, so use one for a whole corpus."""

    def __init__(self, facts: Facts) -> None:
        self.names = CarrierNames(facts)
        self.registers = Registers(facts)
        self._folded: dict[str, str] = {}
        self._weighings: dict[tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]], Resolution] = {}

    def resolve(self, name: str, at: date, point_codes: tuple[str, ...], asns: tuple[int, ...]) -> Resolution:
        """Resolve a name with the point codes and AS numbers that stand beside it."""
        return self._weighed(self.names.candidates(name, at), point_codes, asns)

    def mentions(self, declarations: Sequence[Declaration], at: date) -> tuple[Mention, ...]:
        """Gather the rows by network, service and name, in order of first appearance, and resolve each name.

        Whether a name is in force goes by `at`; what it means goes by the day the document was created, because its
        writer used the names of that day (else the day the section took effect, else `at`).
        """
        gathered: dict[tuple[str, str, str, bool, bool], list[Declaration]] = {}
        for row in declarations:
            pending = row.effective_from is not None and row.effective_from > at
            key = (row.tadig, row.service, row.carrier_name, row.own_gateway, pending)
            found = gathered.get(key)
            if found is None:
                gathered[key] = [row]
            else:
                found.append(row)
        return tuple(self._mention(tuple(rows), pending, at) for (*_, pending), rows in gathered.items())

    def _mention(self, rows: tuple[Declaration, ...], pending: bool, at: date) -> Mention:
        first = rows[0]
        name = first.carrier_name
        candidates: tuple[str, ...] = ()
        hosted = False
        if not first.own_gateway:
            candidates = self.names.candidates(name, first.document_created or first.effective_from or at)
            if not candidates and _is_host(name) and all(row.inferred for row in rows):
                # The text is the whole host name; the name may be cut down to its domain.
                candidates, hosted = self.names.hosts(first.carrier_text) or self.names.hosts(name), True
        points = tuple([row.point_code for row in rows if row.point_code])
        asns = tuple([row.asn for row in rows if row.asn is not None])
        found = self._weighed(candidates, points, asns)
        return Mention(
            tadig=first.tadig,
            service=first.service,
            name=self._fold(name),
            rows=rows,
            candidates=found.candidates,
            confirmed_by=found.confirmed_by,
            reason="own_gateway" if first.own_gateway else self._reason(name, found.candidates),
            pending=pending,
            hosted=hosted,
        )

    def _weighed(self, candidates: tuple[str, ...], points: tuple[str, ...], asns: tuple[int, ...]) -> Resolution:
        if not candidates or not (points or asns):
            return Resolution(candidates, ())
        evidence = (candidates, points, asns)
        found = self._weighings.get(evidence)
        if found is None:
            found = self._weighings[evidence] = self._weigh(candidates, points, asns)
        return found

    def _weigh(self, candidates: tuple[str, ...], points: tuple[str, ...], asns: tuple[int, ...]) -> Resolution:
        by_point = {each for point in points for each in self.registers.point_code_holders(point) if each in candidates}
        by_number = {each for asn in asns for each in self.registers.asn_holders(asn) if each in candidates}
        if len(candidates) > 1 and len(by_point | by_number) == 1:
            candidates = tuple(by_point | by_number)
        if len(candidates) > 1:
            return Resolution(candidates, ())
        marks = (("ispc", by_point), ("asn", by_number))
        return Resolution(candidates, tuple(mark for mark, found in marks if candidates[0] in found))

    def _reason(self, name: str, candidates: tuple[str, ...]) -> str | None:
        if len(candidates) == 1:
            return None
        if candidates:
            return "ambiguous_name"
        return "generic_name" if is_generic(name) or is_void(name) else "unknown_name"

    def _fold(self, name: str) -> str:
        folded = self._folded.get(name)
        if folded is None:
            folded = self._folded[name] = normalise_name(name) or name.casefold()
        return folded


def _is_host(name: str) -> bool:
    return "." in name and " " not in name

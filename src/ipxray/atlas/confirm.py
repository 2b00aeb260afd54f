"""What independent registers say of a declaration: who holds its point code (ITU list), whose its AS number is."""

from __future__ import annotations

from functools import lru_cache

from ipxray.errors import UsageError
from ipxray.facts import Facts, SignallingPoint, normalise_name
from ipxray.identity import PointCode

__all__ = ["Registers"]


class Registers:
    """Point codes and AS numbers → carriers. Immutable in effect; answers are remembered."""

    def __init__(self, facts: Facts) -> None:
        self._assigned = facts.signalling_point_by_code
        self._owners: dict[str, set[str]] = {}
        self._numbers: dict[int, set[str]] = {}
        for carrier in facts.carriers.values():
            for owner in carrier.ispc_owners:
                self._owners.setdefault(normalise_name(owner), set()).add(carrier.id)
            for number in carrier.asns:
                self._numbers.setdefault(number.asn, set()).add(carrier.id)
        self._points: dict[str, SignallingPoint | None] = {}
        self._holders: dict[str, frozenset[str]] = {}

    def signalling_point(self, point_code: str) -> SignallingPoint | None:
        """Return the assignment of a point code, or None when the list has none or the text is no point code."""
        if point_code not in self._points:
            value = _value(point_code)
            self._points[point_code] = None if value is None else self._assigned.get(value)
        return self._points[point_code]

    def point_code_holders(self, point_code: str) -> frozenset[str]:
        """Return the carriers that hold points under the owner named in the ITU list; none when none is known."""
        holders = self._holders.get(point_code)
        if holders is None:
            point = self.signalling_point(point_code)
            found = self._owners.get(normalise_name(point.owner), ()) if point else ()
            holders = self._holders[point_code] = frozenset(found)
        return holders

    def asn_holders(self, asn: int) -> frozenset[str]:
        """Return the carriers that hold the AS number, for the Internet or for the GRX."""
        return frozenset(self._numbers.get(asn, ()))


@lru_cache(maxsize=2**14)
def _value(point_code: str) -> int | None:
    """The number of a point code; there are 2**14, and a corpus names the same ones again and again."""
    try:
        return PointCode.parse(point_code).value
    except UsageError:
        return None

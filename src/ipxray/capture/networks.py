"""Which networks a capture shows: digits become networks by what is known of MNC lengths. Ref: ITU-T E.212."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from ipxray.capture.counts import NetworkSeen

if TYPE_CHECKING:
    from ipxray.capture.summary import Summary

__all__ = ["networks_seen"]

_MCC = 3
_SHORT = 5
_LONG = 6


def networks_seen(summary: Summary, names: Mapping[str, str]) -> tuple[NetworkSeen, ...]:
    """One row a network, that with the most subscribers first. `names` are the known networks by MCC and MNC."""
    long_only = _mccs_with(names, _LONG) - _mccs_with(names, _SHORT)
    subscribers: Counter[str] = Counter()
    home: Counter[str] = Counter()
    for row in summary.homes:
        plmn = _network_of(row.digits, names, long_only)
        subscribers[plmn] += row.subscribers
        home[plmn] += row.messages
    every = {*home, *summary.visited, *summary.realms}
    rows = [
        NetworkSeen(
            plmn,
            names.get(plmn),
            subscribers[plmn],
            home[plmn],
            summary.visited.get(plmn, 0),
            summary.realms.get(plmn, 0),
        )
        for plmn in every
    ]
    return tuple(sorted(rows, key=lambda row: (-row.subscribers, -sum(row[3:]), row.plmn)))


def _network_of(digits: str, names: Mapping[str, str], long_only: set[str]) -> str:
    """The longest known network that the digits begin with; of an unknown one, as many digits as its country uses."""
    for length in (_LONG, _SHORT):
        if digits[:length] in names:
            return digits[:length]
    return digits[:_LONG] if digits[:_MCC] in long_only else digits[:_SHORT]


def _mccs_with(names: Mapping[str, str], length: int) -> set[str]:
    return {plmn[:_MCC] for plmn in names if len(plmn) == length}

"""How a network may spread one service over its declared carriers: a box of shares for each. Ref: docs/method.md §2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

__all__ = ["ShareBox", "share_boxes"]


class ShareBox(NamedTuple):
    """Least, assumed and greatest share of one carrier: 0 ≤ low ≤ point ≤ high ≤ 1."""

    low: float
    point: float
    high: float


def share_boxes(roles: Sequence[str], parameters: Mapping[str, float]) -> tuple[ShareBox, ...]:
    """Return a box for each declared carrier, in order, from the roles alone.

    The boxes always admit a split: lows add up to at most 1, highs to at least 1, points to 1. One carrier takes all.
    Backups share what the primaries leave. A carrier whose role is not stated may be anything, so beside one no other
    role keeps a lower bound; backups alone, without a primary, state nothing either.
    """
    backups = sum(role == "backup" for role in roles)
    leading = len(roles) - backups
    if len(roles) == 1:
        return (ShareBox(1.0, 1.0, 1.0),)
    if leading == 0:
        return (ShareBox(0.0, 1 / backups, 1.0),) * backups
    least = parameters["primary_share_low"] if backups else 1.0
    point = max(least, parameters["primary_share_point"]) if backups else 1.0
    if "unstated" in roles:
        lead = ShareBox(0.0, point / leading, 1.0)
    elif leading == 1:
        lead = ShareBox(least, point, 1.0)
    else:
        low = least * parameters["load_sharing_low_factor"] / leading
        lead = ShareBox(low, point / leading, min(1.0, parameters["load_sharing_high_factor"] / leading))
    spare = ShareBox(0.0, (1 - point) / backups, 1 - least) if backups else lead
    return tuple(spare if role == "backup" else lead for role in roles)

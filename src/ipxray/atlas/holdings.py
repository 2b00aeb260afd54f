"""Ownership statements in force at a date, merged into one holding per owner and subject. Ref: BODS 0.4."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ipxray.facts import OwnershipStatement, Share

__all__ = ["PERCENT", "Holding", "holdings_at"]

PERCENT = 10**9
"""Units of one percent. Whole numbers make sums exact; the last digit tells "over 50 %" from "50 %"."""

_DIGITS = PERCENT // 10
_NOTHING, _EVERYTHING = 0, 100 * PERCENT


class Holding(NamedTuple):
    """What one owner holds of one subject, in units of PERCENT: 0 ≤ low ≤ point ≤ high ≤ 100 %.

    An interest without a share (board seats, statute, golden share) and a share about which nothing is known (0 to
    100 %) raise `high` only: control through them is possible, never expected.
    """

    owner: str
    subject: str
    low: int
    point: int
    high: int
    statements: tuple[OwnershipStatement, ...]


class _Reading(NamedTuple):
    low: int
    point: int | None
    high: int


def holdings_at(statements: Iterable[OwnershipStatement], at: date) -> tuple[Holding, ...]:
    """Merge the statements in force at the date (start ≤ date < end), sorted by owner and subject.

    Statements of one interest type that differ are a disagreement: lowest bound to highest, the latest one gives the
    point. Different interest types (shares, votes) describe the same stake: the greatest bound counts, they are never
    added.
    """
    pairs: dict[tuple[str, str], list[OwnershipStatement]] = {}
    for statement in statements:
        if _in_force(statement, at):
            pairs.setdefault((statement.interested_party, statement.subject), []).append(statement)
    return tuple(_merged(owner, subject, found) for (owner, subject), found in sorted(pairs.items()))


def _in_force(statement: OwnershipStatement, at: date) -> bool:
    started = statement.start_date is None or statement.start_date <= at
    return started and (statement.end_date is None or at < statement.end_date)


def _merged(owner: str, subject: str, statements: list[OwnershipStatement]) -> Holding:
    by_type: dict[str, list[OwnershipStatement]] = {}
    for statement in statements:
        by_type.setdefault(statement.interest_type, []).append(statement)
    readings = [_agreed(found) for found in by_type.values()]
    low = max(reading.low for reading in readings)
    point = max(reading.point or _NOTHING for reading in readings)
    return Holding(
        owner=owner,
        subject=subject,
        low=low,
        point=max(low, point),
        high=max(reading.high for reading in readings),
        statements=tuple(statements),
    )


def _agreed(statements: list[OwnershipStatement]) -> _Reading:
    """One interest type: every statement may be right, the latest that says anything is the expected one."""
    readings = [_reading(statement.share) for statement in statements]
    latest: date | None = None
    point = None
    for statement, reading in zip(statements, readings, strict=True):
        as_of = statement.as_of or date.min
        if reading.point is not None and (latest is None or as_of > latest):
            latest, point = as_of, reading.point
    return _Reading(min(reading.low for reading in readings), point, max(reading.high for reading in readings))


def _reading(share: Share | None) -> _Reading:
    if share is None or (share.minimum <= 0 and share.maximum >= 100):
        return _Reading(_NOTHING, None, _EVERYTHING)
    low = _units(share.minimum) + share.exclusive_minimum
    high = max(low, _units(share.maximum) - share.exclusive_maximum)
    # Rounded down: a minority of unknown size (below 50 %) is not expected to be a blocking quarter.
    return _Reading(low, (low + high) // 2, high)


def _units(percent: float) -> int:
    return round(percent * _DIGITS) * 10

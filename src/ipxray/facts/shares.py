"""A share as a fact file writes it, turned into an interval. Ref: BODS 0.4 Share."""

from __future__ import annotations

from ipxray.facts.model import Share
from ipxray.facts.record import Record

__all__ = ["read_share", "share_text"]

_FIELDS = ("exact", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum")


def read_share(record: Record, field: str = "share") -> Share | None:
    """Read `{ exact = 57.54 }` or an interval in percent; None when the interest is no share.

    A missing bound is 0 or 100. Faults: a number outside 0 to 100, an exact share beside a bound, two lower or two
    upper bounds, an empty interval.
    """
    value = record.raw(field)
    if value is None:
        return None
    if not isinstance(value, dict) or not value:
        record.fault(field, "must be a table such as { exact = 57.54 } or { minimum = 25 }; leave it out for no share")
        return None
    numbers = {name: _percent(record, field, name, number) for name, number in value.items()}
    if record.failed or any(number is None for number in numbers.values()):
        return None
    share = _interval({name: number for name, number in numbers.items() if number is not None})
    if share is None:
        record.fault(field, "must be one exact share, or at most one lower and one upper bound, the lower one smaller")
    return share


def _percent(record: Record, field: str, name: str, number: object) -> float | None:
    if name not in _FIELDS:
        record.fault(field, f"{name[:40]!r} is none of {', '.join(_FIELDS)}")
    elif isinstance(number, bool) or not isinstance(number, int | float):
        record.fault(field, f"{name} must be a number in percent")
    elif not 0 <= number <= 100:  # also refuses nan
        record.fault(field, f"{name} = {str(number)[:20]} is not within 0 to 100 percent")
    else:
        return float(number)
    return None


def _interval(numbers: dict[str, float]) -> Share | None:
    if "exact" in numbers:
        return Share(numbers["exact"], numbers["exact"]) if len(numbers) == 1 else None
    if {"minimum", "exclusive_minimum"} <= numbers.keys() or {"maximum", "exclusive_maximum"} <= numbers.keys():
        return None
    lower = numbers.get("exclusive_minimum", numbers.get("minimum", 0.0))
    upper = numbers.get("exclusive_maximum", numbers.get("maximum", 100.0))
    share = Share(lower, upper, "exclusive_minimum" in numbers, "exclusive_maximum" in numbers)
    excluded = share.exclusive_minimum or share.exclusive_maximum
    return share if lower < upper or (lower == upper and not excluded) else None


def share_text(share: Share) -> str:
    """A share in words: "57.54 %", "over 50 %", "25 to 50 %", "0 to 100 %"."""
    if share.is_exact:
        return f"{share.minimum:g} %"
    if share.maximum == 100 and not share.exclusive_maximum and share.minimum > 0:
        return f"{'over' if share.exclusive_minimum else 'at least'} {share.minimum:g} %"
    if share.minimum == 0 and not share.exclusive_minimum and share.maximum < 100:
        return f"{'under' if share.exclusive_maximum else 'at most'} {share.maximum:g} %"
    above, below = "over " if share.exclusive_minimum else "", "under " if share.exclusive_maximum else ""
    return f"{above}{share.minimum:g} to {below}{share.maximum:g} %"

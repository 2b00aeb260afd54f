"""Ownership statements held against one another: holdings over 100 percent, sources that disagree, circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from ipxray.facts.faults import FaultList, Place
from ipxray.facts.model import OwnershipStatement

__all__ = ["is_in_force", "report_holdings"]

Placed = tuple[OwnershipStatement, Place]
# Percentages are published with one or two decimals: a dozen holders rounded up exceed 100 by less than this.
_ROUNDING = 0.5
# A register lists the holders of one company over the years by the dozen; the check is quadratic in them.
MAX_STATEMENTS = 300
# Beyond this the folder is not a register but a riddle.
MAX_CIRCLES = 20


def is_in_force(statement: OwnershipStatement, day: date) -> bool:
    """True from the statement's start date (inclusive) to its end date (exclusive); a missing date bounds nothing."""
    return (statement.start_date or date.min) <= day and (statement.end_date is None or day < statement.end_date)


def report_holdings(statements: Sequence[Placed], faults: FaultList) -> None:
    """Fault subjects of which more than 100 percent is held at some date, by exact shares of one interest type.

    Only distinct parties add up. Where two sources state different exact shares of one pair, the smaller counts for the
    fault and the larger for the warning. A circle of holdings is noted: it is allowed, control passes through it once.
    """
    by_subject: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for statement, place in statements:
        if statement.share is not None and statement.share.is_exact:
            by_subject[statement.subject, statement.interest_type].append((statement, place))
    for (subject, interest_type), placed in by_subject.items():
        if len(placed) > MAX_STATEMENTS:
            faults.add(
                placed[0][1], "subject", f"{subject} has more than {MAX_STATEMENTS} statements of one interest type"
            )
            continue
        _report_sum(subject, interest_type, placed, faults)
        _report_disagreement(placed, faults)
    _report_circles(statements, faults)


def _report_sum(subject: str, interest_type: str, placed: Sequence[Placed], faults: FaultList) -> None:
    for day in _days_of_change(placed):
        shares: dict[str, list[float]] = defaultdict(list)
        last = placed[0][1]
        for statement, place in placed:
            if statement.share is not None and is_in_force(statement, day):
                shares[statement.interested_party].append(statement.share.minimum)
                last = place
        least, most = sum(map(min, shares.values())), sum(map(max, shares.values()))
        if most > 100 + _ROUNDING:
            since = "" if day == date.min else f" on {day}"
            total = f"{interest_type} of {subject}: {', '.join(sorted(shares))} hold {{:g}} percent together{since}"
            if least > 100 + _ROUNDING:
                faults.add(last, "share", total.format(round(least, 2)))
            else:
                faults.add(last, "share", f"{total.format(round(most, 2))} if the larger figures hold", "warning")
            return


def _days_of_change(placed: Sequence[Placed]) -> list[date]:
    """The dates on which a statement begins, and the beginning of time: between them the sum can only fall."""
    return sorted({statement.start_date or date.min for statement, _ in placed})


def _report_disagreement(placed: Sequence[Placed], faults: FaultList) -> None:
    pairs: dict[str, list[Placed]] = defaultdict(list)
    for statement, place in placed:
        for other, first in pairs[statement.interested_party]:
            if statement.share != other.share and _overlap(statement, other):
                where = f"{first.file}:{first.line}" if first.line else first.file
                faults.add(
                    place,
                    "share",
                    f"another statement on the same pair differs and is in force too: {where}",
                    "warning",
                )
                break
        pairs[statement.interested_party].append((statement, place))


def _overlap(one: OwnershipStatement, other: OwnershipStatement) -> bool:
    latest_start = max(one.start_date or date.min, other.start_date or date.min)
    return is_in_force(one, latest_start) and is_in_force(other, latest_start)


def _report_circles(statements: Sequence[Placed], faults: FaultList) -> None:
    held_by: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], Place] = {}
    for statement, place in statements:
        held_by[statement.subject].add(statement.interested_party)
        places.setdefault((statement.subject, statement.interested_party), place)
    for circle in _circles(held_by):
        place = next(places[pair] for pair in zip(circle[1:], circle, strict=False) if pair in places)
        faults.add(place, "", f"holdings go in a circle: {' → '.join(circle)}", "note")


def _circles(held_by: dict[str, set[str]]) -> Iterator[list[str]]:
    """One circle after the other; each is cut open before the next is sought."""
    for _ in range(MAX_CIRCLES):
        try:
            TopologicalSorter(held_by).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield circle
            # graphlib lists each node before the one that depends on it: circle[0] is a predecessor of circle[1].
            held_by[circle[1]].discard(circle[0])
        else:
            return

"""Ownership statements held against one another: holdings over 100 percent, sources that disagree, circles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter

from ipxray.facts.faults import FaultList, Place
from ipxray.facts.model import OwnershipStatement

__all__ = ["report_holdings"]

Placed = tuple[OwnershipStatement, Place]
# Percentages are published with one or two decimals: a dozen holders rounded up exceed 100 by less than this.
_ROUNDING = 0.5
# A register lists the holders of one company over the years by the dozen; the check is quadratic in them.
MAX_STATEMENTS = 300
# Beyond this the folder is not a register but a riddle.
MAX_CIRCLES = 20


def report_holdings(own: Sequence[Placed], below: Sequence[OwnershipStatement], faults: FaultList) -> None:
    """Fault subjects of which more than 100 percent is held at some date, by exact shares of one interest type.

    Only distinct parties add up. Where sources state different exact shares of one pair, the smaller counts for the
    fault and the larger for a warning. `own` are the statements of the folder under judgement and `below` those it
    lies over: what only the two together exceed is a warning, for the folder cannot end a statement beneath it. A
    circle of holdings is noted: it is allowed.
    """
    by_subject: dict[tuple[str, str], list[Placed]] = defaultdict(list)
    for statement, place in own:
        if statement.share is not None and statement.share.is_exact:
            by_subject[statement.subject, statement.interest_type].append((statement, place))
    beneath: dict[tuple[str, str], list[OwnershipStatement]] = defaultdict(list)
    for statement in below:
        if statement.share is not None and statement.share.is_exact:
            beneath[statement.subject, statement.interest_type].append(statement)
    for key, placed in by_subject.items():
        if len(placed) > MAX_STATEMENTS:
            message = f"{key[0]} has more than {MAX_STATEMENTS} exact statements of one interest type"
            faults.add(placed[0][1], "subject", message)
        else:
            _report_sum(placed, beneath[key], faults)
            _report_disagreement(placed, faults)
    _report_circles(own, below, faults)


def _report_sum(own: Sequence[Placed], below: Sequence[OwnershipStatement], faults: FaultList) -> None:
    """Report the first date on which the holdings exceed the whole; between two beginnings the sum can only fall."""
    alone = [statement for statement, _ in own]
    statements = [*alone, *below]
    for day in sorted({statement.start_date or date.min for statement in statements}):
        parties = sorted({statement.interested_party for statement in statements if _is_in_force(statement, day)})
        place = next((place for statement, place in reversed(own) if _is_in_force(statement, day)), None)
        total = _total(statements, day, max)
        if place is None or total <= 100 + _ROUNDING:
            continue
        what = f"{alone[0].interest_type} of {alone[0].subject}: {', '.join(parties)} hold"
        since = "" if day == date.min else f" on {day}"
        if _total(alone, day, min) > 100 + _ROUNDING:
            faults.add(place, "share", f"{what} {round(_total(alone, day, min), 2):g} percent together{since}")
        else:
            message = f"{what} {round(total, 2):g} percent together{since} if the larger figures and all folders hold"
            faults.add(place, "share", message, "warning")
        return


def _total(statements: Sequence[OwnershipStatement], day: date, choose: Callable[[list[float]], float]) -> float:
    shares: dict[str, list[float]] = defaultdict(list)
    for statement in statements:
        if statement.share is not None and _is_in_force(statement, day):
            shares[statement.interested_party].append(statement.share.minimum)
    return sum(choose(of_party) for of_party in shares.values())


def _is_in_force(statement: OwnershipStatement, day: date) -> bool:
    return (statement.start_date or date.min) <= day and (statement.end_date is None or day < statement.end_date)


def _report_disagreement(placed: Sequence[Placed], faults: FaultList) -> None:
    pairs: dict[str, list[Placed]] = defaultdict(list)
    for statement, place in placed:
        for other, first in pairs[statement.interested_party]:
            if statement.share != other.share and _overlap(statement, other):
                message = f"another statement on the same pair differs and is in force too: {first}"
                faults.add(place, "share", message, "warning")
                break
        pairs[statement.interested_party].append((statement, place))


def _overlap(one: OwnershipStatement, other: OwnershipStatement) -> bool:
    latest_start = max(one.start_date or date.min, other.start_date or date.min)
    return _is_in_force(one, latest_start) and _is_in_force(other, latest_start)


def _report_circles(own: Sequence[Placed], below: Sequence[OwnershipStatement], faults: FaultList) -> None:
    held_by: dict[str, set[str]] = defaultdict(set)
    places: dict[tuple[str, str], Place] = {}
    for statement, place in own:
        places.setdefault((statement.subject, statement.interested_party), place)
    for statement in (*below, *(statement for statement, _ in own)):
        held_by[statement.subject].add(statement.interested_party)
    for circle in _circles(held_by):
        held = [places[pair] for pair in zip(circle[1:], circle, strict=False) if pair in places]
        if held:
            faults.add(held[0], "", f"holdings go in a circle: {' holds '.join(circle)}", "note")


def _circles(held_by: dict[str, set[str]]) -> Iterator[list[str]]:
    """One circle after the other, each from holder to held; it is cut open before the next is sought."""
    for _ in range(MAX_CIRCLES):
        try:
            TopologicalSorter(held_by).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1]
            yield circle
            held_by[circle[1]].discard(circle[0])
        else:
            return

"""The best set of changes on one screen: what it removes, the proof, greedy beside it, frontier, chokepoints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ipxray.atlas import Adversary
from ipxray.policy.compare import aligned
from ipxray.policy.optimise import Optimisation
from ipxray.policy.rows import CarrierCover
from ipxray.policy.words import share_text

__all__ = ["optimisation_lines"]

_SHOWN = 15
_POINTS = 10


def optimisation_lines(
    found: Optimisation, carriers: Sequence[CarrierCover], adversary: Adversary, wanted: float
) -> Iterator[str]:
    """What `ipxray optimise` prints."""
    what = f"{found.threat} {found.data_class.replace('_', ' ')}"
    yield f"Who controls the carriers: {adversary.controller} ({adversary.rule}) · {found.possible} possible changes"
    yield f"Exposure before ({what}): {share_text(found.before)} of messages"
    if not found.possible:
        yield "Nobody who may act uses such a carrier: there is nothing to change."
    else:
        yield _proof(found)
        yield (f"greedy: removes {_percent(found.greedy_removed)} for a cost of {found.greedy_cost:g}{_judged(found)}")
    if found.barred:
        yield f"left out, no provider may take over: {', '.join(found.barred[:_SHOWN])}"
    yield from _changes(found)
    yield from _points(found)
    yield from _cover(carriers, wanted)


def _proof(found: Optimisation) -> str:
    rest = share_text(found.before * (1.0 - found.removed))
    head = f"exact: removes {_percent(found.removed)} for a cost of {found.cost:g}, {rest} remains"
    if found.target is not None:
        word = "proved" if found.proved else "not proved in the time given"
        return f"{head}; {word}: nothing cheaper removes {_percent(found.target)} ({_gap(found.gap)})"
    most = f"{_percent(found.bound)} ({_gap(found.gap)})"
    if found.proved:
        return f"{head}; proved: nothing within the limits removes more than {most}"
    return f"{head}; not proved in the time given: at most {most}"


def _judged(found: Optimisation) -> str:
    if found.removed > 0.0 and found.greedy_removed <= 0.0:
        return ": it sees no single change that gains, though together they do"
    if found.removed - found.greedy_removed > 5e-4:
        return f", {_percent(found.removed - found.greedy_removed)} less"
    return ", as good here"


def _changes(found: Optimisation) -> Iterator[str]:
    rows = [row for row in found.changes if row.method == "exact"]
    if rows:
        yield ""
        table = [
            (
                row.tadig, row.service, ", ".join(row.dropped), ", ".join(row.added), f"{row.cost:g}",
                share_text(row.alone), share_text(row.last),
            )
            for row in rows[:_SHOWN]
        ]  # fmt: skip
        yield from aligned(("change", "service", "drops", "adds", "cost", "alone", "in the set"), table)
        if len(rows) > _SHOWN:
            yield f"… and {len(rows) - _SHOWN} more"


def _points(found: Optimisation) -> Iterator[str]:
    corners = [row for row in found.frontier if row.method == "min_cut" and row.changes]
    if corners:
        yield ""
        step = max(1, -(-len(corners) // _POINTS))
        shown = corners[::step] if corners[-1] in corners[::step] else [*corners[::step], corners[-1]]
        table = [(f"{row.cost:g}", str(row.changes), _percent(row.removed), share_text(row.remaining)) for row in shown]
        yield from aligned(("best for cost", "changes", "removed", "remains"), table)


def _cover(carriers: Sequence[CarrierCover], wanted: float) -> Iterator[str]:
    yield ""
    for kind, several in (("carrier", "carriers"), ("controller", "states")):
        exact = [row for row in carriers if (row.kind, row.method) == (kind, "exact")]
        greedy = [row for row in carriers if (row.kind, row.method) == (kind, "greedy")]
        if exact:
            names = ", ".join(f"{row.id} {share_text(row.together)}" for row in exact[:_SHOWN])
            count = f"{len(exact)} (greedy {len(greedy)})"
            yield f"fewest {several} that cross {_percent(wanted)} of all messages: {count}: {names}"
        elif kind == "carrier" or any(row.kind == "carrier" for row in carriers):
            yield f"all {several} together cross less than {_percent(wanted)} of all messages"


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _gap(gap: float) -> str:
    return f"gap {100 * gap:.2g} %" if gap >= 1e-5 else "gap below .001 %"

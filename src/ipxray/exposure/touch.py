"""The study's own metric: which operators declare a carrier of the controller at all. Ref: docs/method.md §7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ipxray.atlas import Adversary, Atlas, Link, Membership, Operator
from ipxray.exposure.boxes import membership_of, usable_links
from ipxray.exposure.rows import Reach, Touch

__all__ = ["reach_of", "touch"]


def touch(atlas: Atlas, adversary: Adversary) -> tuple[Touch, ...]:
    """Say for every operator, in the atlas's order, whether it is touched, captured and single-homed."""
    links: dict[str, list[Link]] = {operator.tadig: [] for operator in atlas.operators}
    members: dict[tuple[str, tuple[str, ...]], Membership] = {}
    for link in usable_links(atlas):
        links[link.tadig].append(link)
        name = (link.node, link.candidates)
        if name not in members:
            members[name] = membership_of(*name, adversary)
    return tuple(_touch(operator, links[operator.tadig], adversary, members) for operator in atlas.operators)


def _touch(
    operator: Operator,
    links: list[Link],
    adversary: Adversary,
    known: Mapping[tuple[str, tuple[str, ...]], Membership],
) -> Touch:
    found = {link.node: known[link.node, link.candidates] for link in links}
    possible = sorted(node for node, member in found.items() if member.high > 0.0)
    members = found.values()
    return Touch(
        tadig=operator.tadig,
        country=operator.country,
        controller=adversary.controller,
        rule=adversary.rule,
        carriers=len(found),
        touched_low=any(member.low > 0.0 for member in members),
        touched=any(member.point > 0.0 for member in members),
        touched_high=bool(possible),
        captured_low=bool(found) and all(member.low > 0.0 for member in members),
        captured=bool(found) and all(member.point > 0.0 for member in members),
        captured_high=bool(found) and len(possible) == len(found),
        single_homed=len(found) == 1,
        through=tuple(possible),
        services=tuple(sorted({link.service for link in links if link.node in possible})),
    )


def reach_of(rows: Iterable[Touch]) -> Reach:
    """Count the operators and countries touched. An operator without country counts as operator only."""
    rows = tuple(rows)
    touched = [
        [row for row in rows if row.touched_low],
        [row for row in rows if row.touched],
        [row for row in rows if row.touched_high],
    ]
    operators = [len(some) for some in touched]
    countries = [_countries(some) for some in touched]
    return Reach(
        operators=len(rows),
        countries=_countries(rows),
        operators_touched_low=operators[0],
        operators_touched=operators[1],
        operators_touched_high=operators[2],
        countries_touched_low=countries[0],
        countries_touched=countries[1],
        countries_touched_high=countries[2],
        operators_captured=sum(row.captured for row in rows),
    )


def _countries(rows: Iterable[Touch]) -> int:
    return len({row.country for row in rows if row.country})

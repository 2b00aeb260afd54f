"""Whose equipment must go when a vendor is refused, network by network and node class by node class."""

from __future__ import annotations

from collections.abc import Iterator

from ipxray.atlas import VendorShare
from ipxray.policy.rows import ScenarioVendor
from ipxray.policy.scenario import Step
from ipxray.policy.stage import Found

__all__ = ["refused_nodes", "vendor_rows"]


def refused_nodes(found: Found) -> Iterator[tuple[Step, VendorShare]]:
    """Every network, node class and vendor that a step refuses, with the step; each once."""
    place = {operator.tadig: number for number, operator in enumerate(found.ground.atlas.operators)}
    seen: set[tuple[str, str, str]] = set()
    for step, actor, vendors in found.after.state.effects.vendors:
        for row in found.ground.atlas.vendors:
            key = (row.tadig, row.node_class, row.vendor_id or "")
            if row.vendor_id in vendors and actor[place[row.tadig]] and key not in seen:
                seen.add(key)
                yield step, row


def vendor_rows(found: Found) -> tuple[ScenarioVendor, ...]:
    """One row per network and node class in which a refused vendor's nodes stand."""
    refused = {(row.tadig, row.node_class, row.vendor_id) for _, row in refused_nodes(found)}
    countries = {operator.tadig: operator.country for operator in found.ground.atlas.operators}
    rows = []
    for _, row in refused_nodes(found):
        others = {
            each.vendor_id or each.vendor_text or ""
            for each in found.ground.atlas.vendors
            if (each.tadig, each.node_class) == (row.tadig, row.node_class)
            and (each.tadig, each.node_class, each.vendor_id) not in refused
        }
        rows.append(
            ScenarioVendor(
                scenario=found.stage.scenario.name,
                tadig=row.tadig,
                country=countries[row.tadig],
                node_class=row.node_class,
                vendor=row.vendor_id or "",
                nodes=row.nodes,
                share=row.share,
                other_vendors=tuple(sorted(others - {""})),
            )
        )
    return tuple(rows)

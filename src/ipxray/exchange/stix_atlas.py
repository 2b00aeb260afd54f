"""Who carries whom, as STIX 2.1: operators and carriers as identities, declared links as relationships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ipxray.exchange.stix_objects import Stix, base, object_id, relation

__all__ = ["atlas_objects"]

_UNDATED: Final = "1970-01-01T00:00:00.000Z"
"""Who somebody is has no date of ours; a fixed one keeps the object the same in every export."""

_SERVICES: Final = {"sccp": "SS7 signalling", "diameter": "Diameter", "grx": "GRX user traffic", "n32": "5G N32"}


def atlas_objects(
    links: Iterable[Mapping[str, Any]],
    control: Iterable[Mapping[str, Any]],
    at: str,
    marking: str,
    operators: Mapping[str, str],
) -> Iterator[Stix]:
    """Operators, carriers and controllers, and what ties them; at `at`, a STIX timestamp. Repeated objects repeat."""
    carriers: set[str] = set()
    for link in links:
        if link["pending"] or not link["carrier_id"]:
            continue
        operator, carrier = _operator(link["tadig"], operators, marking), _carrier(link["carrier_id"], marking)
        carriers.add(link["carrier_id"])
        yield from (operator, carrier)
        yield relation(
            operator["id"],
            "related-to",
            carrier["id"],
            at,
            marking=marking,
            description=_link_text(link),
            confidence=50 if link["inferred"] else 85,
        )
    for row in control:
        if row["carrier_id"] in carriers:
            yield from _controlled(row, at, marking)


def _operator(tadig: str, operators: Mapping[str, str], marking: str) -> Stix:
    return base(
        "identity",
        _UNDATED,
        "operator",
        tadig,
        marking=marking,
        name=operators.get(tadig) or tadig,
        identity_class="organization",
        sectors=["telecommunications"],
        external_references=[{"source_name": "gsma-tadig", "external_id": tadig}],
    )


def _carrier(carrier_id: str, marking: str) -> Stix:
    return base(
        "identity",
        _UNDATED,
        "carrier",
        carrier_id,
        marking=marking,
        name=carrier_id,
        description="Interconnect carrier.",
        identity_class="organization",
        sectors=["telecommunications"],
    )


def _controlled(row: Mapping[str, Any], at: str, marking: str) -> Iterator[Stix]:
    controller = base(
        "identity",
        _UNDATED,
        "controller",
        row["controller"],
        marking=marking,
        name=row["controller"],
        identity_class="unknown",
    )
    yield controller
    yield relation(
        object_id("identity", "carrier", row["carrier_id"]),
        "related-to",
        controller["id"],
        at,
        marking=marking,
        description=f"Controlled under the rule {row['rule']}: {row['reason']}",
        confidence=85 if row["low"] >= 1 else 50,
        external_references=_references(row["source"]),
    )


def _references(source: object) -> list[dict[str, str]]:
    names = source if isinstance(source, list) else [source] if source else []
    return [{"source_name": "ipxray-facts", "external_id": str(name)} for name in names]


def _link_text(link: Mapping[str, Any]) -> str:
    share = f"share {link['share_point']:.2f} [{link['share_low']:.2f}, {link['share_high']:.2f}]"
    service = _SERVICES.get(link["service"], link["service"])
    declared = f"Declares {link['carrier_name']!r} for {service} ({link['role']}), {share}."
    return f"{declared} Evidence: {', '.join(link['sources'])}"

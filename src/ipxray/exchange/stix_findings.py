"""Findings as STIX 2.1: who was addressed, from which address, by which technique, seen when. Ref: OASIS STIX 2.1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ipxray.exchange.addresses import kind_of
from ipxray.exchange.stix_objects import Stix, address, base, instant, relation
from ipxray.exchange.techniques import technique

__all__ = ["finding_objects"]

_MOST_OBSERVED: Final = 999_999_999
"""STIX 2.1 §4.13 allows no greater number."""

_MALICIOUS: Final = 70
"""Confidence in hundredths from which an address is called malicious, not anomalous; the figure stands beside it."""

_LISTS: Final = (
    ("Operations", "operations"), ("Gave away", "data_exposed"), ("Why this sure", "confidence_reasons"),
)  # fmt: skip
_CAUTION: Final = (
    "An address in a message may be spoofed, leased or sold on: it tells whose address the message bears, "
    "not who sent it."
)


def finding_objects(
    findings: Iterable[Mapping[str, Any]], creator: str, marking: str, operators: Mapping[str, str]
) -> Iterator[Stix]:
    """The objects of findings in their order; `operators` names networks by TADIG code. Repeated objects repeat."""
    for row in findings:
        case = _Case(
            row,
            creator,
            marking,
            home=_identity(row.get("home_network"), operators, marking),
            sender=_identity(row.get("source_network"), operators, marking),
            patterns=[_attack_pattern(name, marking) for name in row.get("techniques") or ()],
        )
        yield from _finding(case)


@dataclass(frozen=True, slots=True)
class _Case:
    """One finding, and the objects that several of its own refer to."""

    row: Mapping[str, Any]
    creator: str
    marking: str
    home: Stix | None
    sender: Stix | None
    patterns: list[Stix]

    @property
    def at(self) -> str:
        return instant(max(self.row["last_at"], self.row["first_at"]))

    @property
    def confidence(self) -> int:
        return max(0, min(100, round(100 * float(self.row["confidence"] or 0))))

    @property
    def messages(self) -> int:
        return min(max(int(self.row["messages"]), 1), _MOST_OBSERVED)

    def made(self, kind: str, key: str, **fields: object) -> Stix:
        return base(kind, self.at, key, marking=self.marking, created_by_ref=self.creator, **fields)

    def relation(self, source: Stix, kind: str, target: Stix, **fields: object) -> Stix:
        return relation(source["id"], kind, target["id"], self.at, marking=self.marking, **fields)


def _finding(case: _Case) -> Iterator[Stix]:
    row = case.row
    named = [found for found in (case.home, case.sender, *case.patterns) if found]
    yield from named
    kind = kind_of(row.get("source_address"))
    if kind:
        observable, pattern = address(kind, row["source_address"], marking=case.marking)
        named.append(observable)
        yield observable
        yield from _source(case, observable, pattern)
    yield case.made(
        "note",
        row["finding_id"],
        abstract=row["title"],
        content=_note(row),
        confidence=case.confidence,
        object_refs=[found["id"] for found in named] or [case.creator],
        external_references=[{"source_name": "ipxray", "external_id": row["finding_id"]}],
    )


def _source(case: _Case, observable: Stix, pattern: str) -> Iterator[Stix]:
    """Infrastructure, observed data, indicator, sighting and what ties them, of one finding's source address."""
    infrastructure = case.made(
        "infrastructure",
        observable["id"],
        name=f"address {case.row['source_address']}",
        description=_CAUTION,
        infrastructure_types=["unknown"],
    )
    observed = _observed(case, observable)
    indicator = _indicator(case, pattern)
    yield from (infrastructure, observed, indicator, _sighting(case, indicator, observed))
    yield case.relation(infrastructure, "consists-of", observable)
    yield case.relation(indicator, "indicates", infrastructure)
    yield case.relation(indicator, "based-on", observed)
    for found in case.patterns:
        yield case.relation(indicator, "indicates", found)
        if case.home:
            yield case.relation(found, "targets", case.home)
    if case.sender:
        yield case.relation(infrastructure, "related-to", case.sender, description="address assigned to")


def _observed(case: _Case, observable: Stix) -> Stix:
    return case.made(
        "observed-data",
        case.row["finding_id"],
        first_observed=instant(case.row["first_at"]),
        last_observed=case.at,
        number_observed=case.messages,
        object_refs=[observable["id"]],
    )


def _indicator(case: _Case, pattern: str) -> Stix:
    row = case.row
    return case.made(
        "indicator",
        row["finding_id"],
        name=row["title"],
        description=f"{row['explanation']} {_CAUTION}",
        indicator_types=["malicious-activity" if case.confidence >= _MALICIOUS else "anomalous-activity"],
        pattern=pattern,
        pattern_type="stix",
        pattern_version="2.1",
        valid_from=instant(row["first_at"]),
        confidence=case.confidence,
        labels=[row["rule_id"]],
    )


def _sighting(case: _Case, indicator: Stix, observed: Stix) -> Stix:
    return case.made(
        "sighting",
        case.row["finding_id"],
        sighting_of_ref=indicator["id"],
        observed_data_refs=[observed["id"]],
        where_sighted_refs=[case.home["id"]] if case.home else None,
        first_seen=instant(case.row["first_at"]),
        last_seen=case.at,
        count=case.messages,
        confidence=case.confidence,
    )


def _identity(tadig: str | None, operators: Mapping[str, str], marking: str) -> Stix | None:
    if not tadig:
        return None
    return base(
        "identity",
        "1970-01-01T00:00:00.000Z",
        "operator",
        tadig,
        marking=marking,
        name=operators.get(tadig) or tadig,
        identity_class="organization",
        sectors=["telecommunications"],
        external_references=[{"source_name": "gsma-tadig", "external_id": tadig}],
    )


def _attack_pattern(technique_id: str, marking: str) -> Stix:
    known = technique(technique_id)
    reference = {"source_name": known.base, "external_id": known.technique_id}
    if known.url:
        reference["url"] = known.url
    return base(
        "attack-pattern",
        "1970-01-01T00:00:00.000Z",
        technique_id,
        marking=marking,
        name=known.name,
        external_references=[reference],
    )


def _note(row: Mapping[str, Any]) -> str:
    counts = f"{row['messages']} messages, {row['subscribers']} subscribers"
    lines = [row["explanation"], f"Severity {row['severity']}, category {row['category']}, {counts}."]
    if row.get("subscriber"):
        lines.append(f"Subscriber (pseudonym): {row['subscriber']}.")
    for title, name in (
        ("Operations", "operations"),
        ("Gave away", "data_exposed"),
        ("Why this sure", "confidence_reasons"),
    ):
        if row.get(name):
            lines.append(f"{title}: {', '.join(row[name])}.")
    if row.get("observed_route"):
        declared = ", ".join(row.get("declared_route") or ["nothing"])
        lines.append(f"Carried by {', '.join(row['observed_route'])}; declared: {declared}.")
    if row.get("advice"):
        lines.append(f"What to do: {row['advice']}")
    return "\n".join([*lines, _CAUTION])

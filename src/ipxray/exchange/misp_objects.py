"""Evidence as the community's own MISP objects. Ref: misp-objects ss7-attack v5, diameter-attack v2, gtp-attack v4."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from ipxray.exchange.addresses import kind_of
from ipxray.exchange.stix_objects import instant

__all__ = ["attack_objects", "misp_id"]

_OWN: Final = UUID("6f0b7f3a-8f0e-5d6f-9b0c-5d0a4b6f2c11")
_Pairs = Iterator[tuple[str, object]]

_TEMPLATES: Final = {
    "ss7-attack": ("f3493d8b-a7ab-48d0-a775-046c4d64d782", 5, "Attacks on a SS7 network"),
    "diameter-attack": ("a3fdce4c-8e21-4acc-ab8e-9976e9165a12", 2, "Attacks on a Diameter network"),
    "gtp-attack": ("6b3c48d2-0ca6-4608-9c36-455105439145", 4, "Attacks on a GTP network"),
}
_PROTOCOLS: Final = {
    "map": "ss7-attack", "cap": "ss7-attack", "tcap": "ss7-attack", "diameter": "diameter-attack",
    "gtpv0": "gtp-attack", "gtpv1": "gtp-attack", "gtpv2": "gtp-attack", "gtpu": "gtp-attack",
}  # fmt: skip
_SS7_CATEGORIES: Final = frozenset(
    ("Cat0", "Cat1", "Cat2.1", "Cat2.2", "Cat3.1", "Cat3.2", "Cat3.3", "CatSMS", "CatSpoofing")
)
_DIAMETER_CATEGORIES: Final = frozenset(("Cat0", "Cat1", "Cat2", "Cat3", "CatSMS"))
_KINDS: Final = {
    "ip-src": ("Network activity", True),
    "ip-dst": ("Network activity", True),
    "datetime": ("Other", False),
}
"""Attribute types other than text, with MISP's default category and whether a detector should match on them."""

_TYPES: Final = {"ipSrc": "ip-src", "ipDest": "ip-dst", "first-seen": "datetime"}
_MOST_VALUES: Final = 50
"""Values of one relation in an object: an event is read by people."""


def misp_id(*key: object) -> str:
    """A UUID that only its key decides."""
    return str(uuid5(_OWN, "\x1f".join(map(str, key))))


def attack_objects(finding: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """One object per attack template that the finding's evidence calls for; a finding of other protocols gives none."""
    by_template: dict[str, list[Mapping[str, Any]]] = {}
    for row in evidence:
        template = _PROTOCOLS.get(row["protocol"])
        if template:
            by_template.setdefault(template, []).append(row)
    for template, rows in by_template.items():
        yield _object(template, finding, rows)


def _object(template: str, finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    template_id, version, description = _TEMPLATES[template]
    object_id = misp_id(finding["finding_id"], template)
    pairs: dict[str, dict[str, None]] = {}
    for relation, value in _WRITERS[template](finding, rows):
        if value not in (None, ""):
            pairs.setdefault(relation, {})[str(value)] = None
    attributes = [
        _attribute(object_id, relation, value)
        for relation, values in pairs.items()
        for value in list(values)[: _MOST_VALUES if relation in _MULTIPLE else 1]
    ]
    return {
        "name": template,
        "meta-category": "network",
        "description": description,
        "template_uuid": template_id,
        "template_version": str(version),
        "uuid": object_id,
        "comment": finding["title"],
        "first_seen": instant(finding["first_at"]),
        "last_seen": instant(finding["last_at"]),
        "Attribute": attributes,
    }


def _attribute(object_id: str, relation: str, value: str) -> dict[str, Any]:
    kind = _TYPES.get(relation, "text")
    category, to_ids = _KINDS.get(kind, ("Other", False))
    return {
        "uuid": misp_id(object_id, relation, value),
        "object_relation": relation,
        "type": kind,
        "category": category,
        "to_ids": to_ids,
        "value": value,
    }


_MULTIPLE: Final = frozenset((
    "Category", "MapImsi", "SccpCdGT", "SccpCgGT", "text", "Destination-Host", "Destination-Realm", "Origin-Host",
    "Origin-Host-CountryISO2", "Origin-Host-OperatorName", "Origin-Host-TADIG", "Origin-Realm", "Origin-Realm-TADIG",
    "Username",
))  # fmt: skip


def _ss7(finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> _Pairs:
    yield "Category", _category(finding["category"], _SS7_CATEGORIES)
    yield "SccpCgGT-CountryISO2", finding.get("source_country")
    for row in rows:
        if row.get("operation_code") is not None and row["protocol"] == "map":
            yield "MapOpCode", f"{row['operation']} - {row['operation_code']}"
        context = _context(row.get("application_context"))
        if context:
            yield "MapApplicationContext", context[0]
            yield "MapVersion", context[1]
        yield "SccpCgGT", row["sender_address"]
        yield "SccpCgGT-TADIG", row["sender_network"]
        yield "SccpCdGT", row["receiver_address"]
        yield "SccpCdGT-TADIG", row["receiver_network"]
        yield "MapImsi", row["subscriber"]
    yield from _said(finding)


def _diameter(finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> _Pairs:
    yield "category", _category(finding["category"].partition(".")[0], _DIAMETER_CATEGORIES)
    yield "Origin-Host-CountryISO2", finding.get("source_country")
    for row in rows:
        yield "CmdCode", row.get("operation_code")
        yield "ApplicationId", row.get("application_context")
        yield "Origin-Host", _of_kind("host", row["sender_address"])
        yield "Origin-Host-TADIG", row["sender_network"]
        yield "Destination-Host", row["receiver_address"]
        yield "Username", row["subscriber"]
    yield from _said(finding)


def _gtp(finding: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> _Pairs:
    for row in rows:
        yield "GtpMessageType", row.get("operation_code")
        yield "GtpVersion", {"gtpv0": "0", "gtpv1": "1", "gtpv2": "2", "gtpu": "1"}[row["protocol"]]
        yield "ipSrc", _of_kind("ip", row["sender_address"])
        yield "ipDest", _of_kind("ip", row["receiver_address"])
        yield "GtpServingNetwork", row["sender_network"]
        yield "GtpImsi", row["subscriber"]
    yield from _said(finding)


def _said(finding: Mapping[str, Any]) -> _Pairs:
    yield "first-seen", instant(finding["first_at"])
    yield "text", f"{finding['explanation']} (rule {finding['rule_id']}; subscribers are pseudonyms)"


def _of_kind(kind: str, address: str | None) -> str | None:
    return address if kind_of(address) == kind else None


def _category(category: str, allowed: frozenset[str]) -> str | None:
    return category if category in allowed else None


def _context(context: str | None) -> tuple[str, str] | None:
    """The MAP context as the template lists it, without its last arc, and that arc: the version (TS 29.002 §17.3)."""
    found = re.fullmatch(r"0\.(4\.0\.0\.1\.0\.\d+)\.([123])", context or "")
    return (f"{found[1]}.", found[2]) if found else None


_WRITERS: Final[dict[str, Callable[[Mapping[str, Any], Sequence[Mapping[str, Any]]], _Pairs]]] = {
    "ss7-attack": _ss7,
    "diameter-attack": _diameter,
    "gtp-attack": _gtp,
}

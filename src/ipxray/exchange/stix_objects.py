"""STIX 2.1 objects as plain mappings with ids that only their content decides. Ref: OASIS STIX 2.1 §2.9, §3, §7.3."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

__all__ = [
    "EXTENSION_ID", "MARKINGS", "Stix", "address", "base", "extension_definition", "instant", "object_id", "relation",
]  # fmt: skip

Stix = dict[str, Any]

_OBSERVABLES: Final = UUID("00abedb4-aa42-466c-9c01-fed23315a9b7")
"""The namespace that STIX 2.1 §2.9 sets for the ids of cyber-observable objects."""

_OWN: Final = UUID("c3ad1d2e-6f0f-5f0b-9f6b-0d1d6c1f7a10")
"""Our namespace for the ids of everything else, so that the same finding is the same object wherever it is exported."""

EXTENSION_ID: Final = f"extension-definition--{uuid5(_OWN, 'telecom-address')}"
MARKINGS: Final = {
    "clear": "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
    "green": "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
    "amber": "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
    "red": "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
}
"""The four statements of the Traffic Light Protocol that STIX 2.1 §7.2.1.4 fixes; clear is called white there."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DEFINED_AT: Final = "2026-11-23T00:00:00.000Z"


def instant(microseconds: int) -> str:
    """A time of a table, microseconds since 1970, as a STIX timestamp (RFC 3339)."""
    return (_EPOCH + timedelta(microseconds=microseconds)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def object_id(kind: str, *key: object) -> str:
    """The id of an object of our own: the same key gives the same id."""
    return f"{kind}--{uuid5(_OWN, json.dumps([kind, *key], default=str))}"


def base(kind: str, at: str, *key: object, marking: str, **fields: object) -> Stix:
    """A domain or relationship object with what §3.2 requires; null fields are left out."""
    own = {
        "type": kind,
        "spec_version": "2.1",
        "id": object_id(kind, *key),
        "created": at,
        "modified": at,
        "object_marking_refs": [MARKINGS[marking]],
    }
    return {**own, **{name: value for name, value in fields.items() if value not in (None, [], "")}}


def relation(source: str, kind: str, target: str, at: str, *, marking: str, **fields: object) -> Stix:
    """A relationship object from one object to another."""
    return base(
        "relationship",
        at,
        source,
        kind,
        target,
        fields.get("description"),  # two links between the same two are two relationships
        marking=marking,
        relationship_type=kind,
        source_ref=source,
        target_ref=target,
        **fields,
    )


def address(kind: str, value: str, *, marking: str) -> tuple[Stix, str]:
    """The observable of an address, and the STIX pattern that matches it.

    `kind` is global_title, point_code, host, realm or ip. Hosts, realms and IP addresses are STIX's own objects. It has
    none for titles and point codes: those are `url` objects with a tel URI (RFC 3966), which any reader can match, and
    our extension (§7.3) beside it says what the URI stands for.
    """
    if kind in ("host", "realm"):
        return _observable("domain-name", value, marking)
    if kind == "ip":
        return _observable("ipv6-addr" if ":" in value else "ipv4-addr", value, marking)
    observable, pattern = _observable("url", _tel(kind, value), marking)
    own = {"extension_type": "property-extension", "address_type": kind, "address": value}
    return {**observable, "extensions": {EXTENSION_ID: own}}, pattern


def _tel(kind: str, value: str) -> str:
    """A title of decimal digits is a global number; whatever else has a meaning inside its own layer only."""
    if kind == "global_title" and value.isascii() and value.isdigit():
        return f"tel:+{value}"
    context = "mtp3.invalid" if kind == "point_code" else "sccp.invalid"
    return f"tel:{quote(value, safe='')};phone-context={context}"


def _observable(stix_type: str, value: str, marking: str) -> tuple[Stix, str]:
    name = json.dumps({"value": value}, separators=(",", ":"), ensure_ascii=False)  # RFC 8785 for strings
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    observable = {
        "type": stix_type,
        "spec_version": "2.1",
        "id": f"{stix_type}--{uuid5(_OBSERVABLES, name)}",
        "value": value,
        "object_marking_refs": [MARKINGS[marking]],
    }
    return observable, f"[{stix_type}:value = '{quoted}']"


def extension_definition(creator: str) -> Stix:
    """What `x-telecom-address` is, in STIX's own words (§7.3)."""
    return {
        "type": "extension-definition",
        "spec_version": "2.1",
        "id": EXTENSION_ID,
        "created_by_ref": creator,
        "created": _DEFINED_AT,
        "modified": _DEFINED_AT,
        "name": "Telecom address",
        "description": (
            "What a tel URI in a url object stands for in interconnect signalling. address_type (required): "
            "global_title (digits, ITU-T E.164, E.212 or E.214, with A to F for semi-octets above nine) or point_code "
            "(ITU-T Q.704). address (required): the address itself."
        ),
        "schema": "docs/reference/stix.md",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }

"""An assessment folder as one STIX 2.1 bundle. Ref: OASIS STIX 2.1 §8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from ipxray.exchange.folder import AssessmentFolder
from ipxray.exchange.stix_atlas import atlas_objects
from ipxray.exchange.stix_findings import finding_objects
from ipxray.exchange.stix_objects import EXTENSION_ID, Stix, base, extension_definition

__all__ = ["stix_bundle"]

_LINK_COLUMNS = (
    "tadig", "service", "carrier_id", "carrier_name", "role", "share_low", "share_point", "share_high", "sources",
    "inferred", "pending",
)  # fmt: skip


def stix_bundle(folder: AssessmentFolder, findings: Iterable[dict[str, Any]], marking: str) -> Stix:
    """The bundle of these findings and of the links of the assessment, each object once, in the order of its making.

    The same folder gives the same bytes: every id follows from what it names.
    """
    creator = base(
        "identity",
        "1970-01-01T00:00:00.000Z",
        "producer",
        marking=marking,
        name="ipxray",
        description=folder.watermark,
        identity_class="system",
    )
    operators = operator_names(folder)
    rows = [*finding_objects(findings, creator["id"], marking, operators), *_atlas(folder, marking, operators)]
    unique = {entry["id"]: entry for entry in (creator, *rows)}
    if any(entry.get("extensions") for entry in unique.values()):
        unique[EXTENSION_ID] = extension_definition(creator["id"])
    objects = list(unique.values())
    return {
        "type": "bundle",
        "id": f"bundle--{uuid5(NAMESPACE_URL, ' '.join(sorted(unique)))}",
        "objects": objects,
    }


def operator_names(folder: AssessmentFolder) -> dict[str, str]:
    """What the folder calls its networks, by TADIG code."""
    rows = folder.rows("declarations", ("tadig", "organisation"))
    return {row["tadig"]: row["organisation"] for row in rows if row["organisation"]}


def _atlas(folder: AssessmentFolder, marking: str, operators: dict[str, str]) -> Iterator[Stix]:
    day = str(folder.manifest.get("at") or date(1970, 1, 1))
    links = folder.rows("links", _LINK_COLUMNS)
    control = folder.rows("control", ("carrier_id", "controller", "rule", "low", "reason", "source"))
    yield from atlas_objects(links, control, f"{day}T00:00:00.000Z", marking, operators)

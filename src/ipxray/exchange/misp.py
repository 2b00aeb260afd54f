"""Findings as one MISP event. Ref: MISP core format (draft-00), taxonomies gsma-attack-category and tlp."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from ipxray.exchange.folder import AssessmentFolder
from ipxray.exchange.misp_objects import attack_objects, misp_id
from ipxray.exchange.stix_objects import instant
from ipxray.exchange.techniques import technique

__all__ = ["misp_event"]

_THREAT_LEVELS: Final = {"CRITICAL": 1, "HIGH": 1, "MEDIUM": 2, "LOW": 3, "INFORMATIONAL": 4}
_ANALYSIS_COMPLETE: Final = 2
_ORGANISATION_ONLY: Final = 0
_ATTACKS: Final = {
    "tracking": "information-gathering",
    "vectors": "information-gathering",
    "scanning": "information-gathering",
    "hijack": "interception-attack",
    "sms": "interception-attack",
    "route": "interception-attack",
    "denial": "denial-of-service",
    "fraud": "manipulation-attack",
    "evasion": "exploit-attack",
    "gtp": "exploit-attack",
    "diameter_identity": "spoofing",
    "interconnect_category2": "spoofing",
    "interconnect_category3": "spoofing",
    "interconnect_category1": "information-gathering",
}
"""Our families in the words of the taxonomy gsma-attack-category; the pairing is ours."""


def misp_event(
    folder: AssessmentFolder,
    findings: list[dict[str, Any]],
    evidence: Mapping[str, list[dict[str, Any]]],
    marking: str,
) -> dict[str, Any]:
    """The event of these findings, with one object per finding and attack template; nothing is published by itself."""
    last = max((row["last_at"] for row in findings), default=0)
    tags = dict.fromkeys(_tags(findings, marking))
    event = {
        "uuid": misp_id("event", *sorted(row["finding_id"] for row in findings)),
        "info": f"Interconnect signalling abuse: {len(findings)} findings"
        + (f" ({folder.watermark})" if folder.watermark else ""),
        "date": instant(last)[:10],
        "timestamp": str(last // 1_000_000),
        "threat_level_id": str(min((_THREAT_LEVELS.get(row["severity"], 4) for row in findings), default=4)),
        "analysis": str(_ANALYSIS_COMPLETE),
        "distribution": str(_ORGANISATION_ONLY),
        "published": False,
        "Tag": [{"name": name} for name in tags],
        "Object": [found for row in findings for found in attack_objects(row, evidence.get(row["finding_id"], []))],
        "EventReport": [_report(findings)] if findings else [],
    }
    return {"Event": event}


def _tags(findings: Iterable[Mapping[str, Any]], marking: str) -> Iterable[str]:
    yield f"tlp:{marking}"
    yield "gsma-network-technology:interconnects"
    for row in findings:
        if row["family"] in _ATTACKS:
            yield f"gsma-attack-category:{_ATTACKS[row['family']]}"
        for found in map(technique, row["techniques"] or ()):
            if found.base == "gsma-motif":
                yield f'misp-galaxy:gsma-motif="{found.name}"'
            elif found.base == "mitre-attack":
                yield f'misp-galaxy:mitre-attack-pattern="{found.name} - {found.technique_id}"'


def _report(findings: list[dict[str, Any]]) -> dict[str, str]:
    lines = [f"* **{row['severity']}** {row['title']}: {row['explanation']} {row['advice'] or ''}" for row in findings]
    key = json.dumps([row["finding_id"] for row in findings])
    return {"uuid": misp_id("report", key), "name": "What was found and what to do", "content": "\n".join(lines)}

"""Folders of detection and policy runs, as their rooms write them: fictional, small, with every kind of row."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, NamedTuple

from ipxray import policy
from ipxray.report import write_folder, write_html
from ipxray.tables import Table

FICTION = "FICTIONAL WORLD: no operator, carrier, owner or figure here exists."
NIGHT = 1_793_500_000_000_000
HOSTILE = '</script><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">'


class Finding(NamedTuple):
    """One row per finding."""

    finding_id: Annotated[str, "id"]
    rule_id: Annotated[str, "gravest rule"]
    rules: Annotated[tuple[str, ...], "rules"]
    title: Annotated[str, "title"]
    severity: Annotated[str, "severity"]
    category: Annotated[str, "category"]
    family: Annotated[str, "family"]
    techniques: Annotated[tuple[str, ...], "techniques"]
    first_at: Annotated[int, "µs since 1970"]
    last_at: Annotated[int, "µs since 1970"]
    messages: Annotated[int, "messages"]
    subscribers: Annotated[int, "subscribers"]
    subscriber: Annotated[str | None, "pseudonym"]
    home_network: Annotated[str | None, "home"]
    source_network: Annotated[str | None, "source"]
    source_country: Annotated[str | None, "country"]
    source_address: Annotated[str | None, "address"]
    networks: Annotated[tuple[str, ...], "senders"]
    operations: Annotated[tuple[str, ...], "operations"]
    declared_route: Annotated[tuple[str, ...], "declared"]
    observed_route: Annotated[tuple[str, ...], "observed"]
    data_exposed: Annotated[tuple[str, ...], "data"]
    answered: Annotated[int, "answered with data"]
    confidence: Annotated[float, "0 to 1"]
    confidence_reasons: Annotated[tuple[str, ...], "reasons"]
    explanation: Annotated[str, "in words"]
    advice: Annotated[str, "what to do"]
    indicator: Annotated[str | None, "indicator"]
    evidence: Annotated[tuple[str, ...], "capture:frame"]


class Evidence(NamedTuple):
    """One row per message of a finding."""

    finding_id: Annotated[str, "id"]
    position: Annotated[int, "place"]
    capture: Annotated[str, "file"]
    frame: Annotated[int, "frame"]
    index: Annotated[int, "index"]
    observed_at: Annotated[int, "µs since 1970"]
    rule_id: Annotated[str, "rule"]
    protocol: Annotated[str, "protocol"]
    operation: Annotated[str | None, "operation"]
    message_type: Annotated[str | None, "type"]
    sender_network: Annotated[str | None, "sender"]
    sender_address: Annotated[str | None, "address"]
    receiver_network: Annotated[str | None, "receiver"]
    receiver_address: Annotated[str | None, "address"]
    subscriber: Annotated[str | None, "pseudonym"]
    answer_error: Annotated[str | None, "error"]
    exposes: Annotated[str | None, "data"]
    note: Annotated[str | None, "note"]


_CAMPAIGNS = (
    ("Tracking from outside", "CRITICAL", "tracking", "XAAZZ", "XA", "ss7/any_time_interrogation_from_outside"),
    ("Authentication vectors fetched", "HIGH", "vectors", "XBBZZ", "XB", "ss7/vectors_without_registration"),
    ("Text messages diverted by a false registration", "HIGH", "hijack", "XAAZZ", "XA", "ss7/registration_from_afar"),
    ("Numbers scanned", "MEDIUM", "scanning", "XCCZZ", "XC", "ss7/unknown_subscribers_in_a_row"),
    ("Origin realm does not fit its host", "LOW", "diameter_identity", None, None, "diameter/realm_mismatch"),
)
_DIALOGUE = (
    ("ProvideSubscriberInfo", "request", None, None),
    ("ProvideSubscriberInfo", "answer", None, "location"),
    ("AnyTimeInterrogation", "request", "ATI not allowed", None),
    ("SendRoutingInfoForSM", "request", None, "identity"),
    ("UpdateLocation", "request", None, "profile"),
)


def _finding(number: int, campaign: tuple[Any, ...]) -> Finding:
    title, severity, family, source, country, rule = campaign
    return Finding(
        f"F{number:016x}", rule, (rule,), title, severity, "Cat2", family, ("T1430",), NIGHT + number * 900_000_000,
        NIGHT + number * 900_000_000 + (number + 1) * 400_000_000, 5 + number, 1 if number < 3 else 40,
        f"sub-{number:08x}" if number < 3 else None, "LAOZZ", source, country, f"99900{number}1234", (source or "?", ),
        ("ProvideSubscriberInfo",), ("tzaxund-transit",), ("kvarvuk-interconnect",), ("location",), number,
        0.9 - number / 10, ("sender undeclared",), f"{title}: a network abroad asked where a subscriber of LAOZZ is.",
        "Filter the sender at the edge.", None, (f"night.pcapng:{number}",),
    )  # fmt: skip


def _evidence(number: int, campaign: tuple[Any, ...]) -> list[Evidence]:
    source = campaign[3]
    rows = []
    for place in range(10):
        operation, kind, error, exposes = _DIALOGUE[place % len(_DIALOGUE)]
        ends: list[str | None] = ["LAOZZ", source] if kind == "answer" else [source, "LAOZZ" if place % 3 else "THAZZ"]
        rows.append(
            Evidence(
                f"F{number:016x}", place + 1, "night.pcapng", 100 * number + place, 0,
                NIGHT + number * 900_000_000 + place * 12_345_678, campaign[5], "map", operation, kind, ends[0],
                f"99900{number}1234", ends[1], "8562055000", f"sub-{number:08x}", error, exposes, None,
            )
        )  # fmt: skip
    return rows


def write_detection(folder: Path, *, hostile: bool = False) -> Path:
    """A night of five findings; `hostile` puts markup into every text that a capture or rule could bring."""
    findings = [_finding(number, campaign) for number, campaign in enumerate(_CAMPAIGNS)]
    evidence = [row for number, campaign in enumerate(_CAMPAIGNS) for row in _evidence(number, campaign)]
    if hostile:
        findings = [
            row._replace(title=HOSTILE, source_network=HOSTILE, explanation=HOSTILE, source_address=HOSTILE)
            for row in findings
        ]
        evidence = [row._replace(sender_network=HOSTILE, operation=HOSTILE, capture=HOSTILE) for row in evidence]
    manifest = {"ipxray": "0.1.0", "kind": "detection", "fictional": True, "watermark": FICTION, "headline": {}}
    tables = [Table("findings", Finding, findings), Table("evidence", Evidence, evidence)]
    write_folder(folder, tables, manifest, watermark=FICTION, finish=write_html)
    return folder


def write_policy(folder: Path) -> Path:
    """Two scenarios against XA, as `simulate` and `optimise` write them."""
    scenarios, summary, timeline, changes, reach = [], [], [], [], []
    for place, name in enumerate(("refuse-alone", "refuse-together")):
        scenarios.append(
            policy.ScenarioRow(
                name, f"XA's carriers are refused, {name.partition('-')[2]}", "What would a ban change?", (), "0" * 64,
                "all", ("LAOZZ", "NPLZZ"), "XA", "majority_50", "majority_50", 2, date(2026, 11, 1), date(2028, 1, 1),
                20, 1, (f"Reading of credentials falls by {40 + 20 * place} %.", "Two partners are lost."),
            )
        )  # fmt: skip
        for subject in ("actor", "everyone"):
            for measure, before in (("read_credential", 0.4), ("read_location", 0.3), ("inject_credential", 0.8)):
                after = before * (0.6 - 0.3 * place)
                summary.append(
                    policy.ScenarioSummary(
                        name, subject, measure, "share", before, after, None, None, after * 0.8, after * 1.2, "", ""
                    )
                )
            summary.append(
                policy.ScenarioSummary(name, subject, "changes", "count", 0, 7 + place, None, None, 6, 9, "", "")
            )
            timeline += [
                policy.ScenarioTimeline(name, at, event, subject, kind, level * 0.7, level, min(1.0, level * 1.4))
                for kind in ("credential", "location")
                for at, event, level in (
                    (date(2026, 11, 1), "today", 0.4),
                    (date(2027, 1, 1), "LAOZZ refuses XA's carriers", 0.25),
                    (date(2028, 1, 1), "NPLZZ follows", 0.12),
                )
            ]
        changes.append(
            policy.ScenarioChange(
                name, "LAOZZ", "LA", "sccp", "remove", "rjotvem-transit", "primary", "", 0.9, 0.0, 1.0, True, 1
            )
        )
        reach.append(policy.ScenarioReach(name, "LAOZZ", "NPLZZ", "NP", "grx", "partner_only_refused", "certain", 0.02))
    frontier = [
        policy.FrontierPoint(method, None, float(cost), cost, gain * share, 0.4 * (1 - gain * share), None)
        for method, gain in (("exact", 1.0), ("greedy", 0.9))
        for cost, share in ((0, 0.0), (2, 0.4), (5, 0.7), (9, 0.9))
    ]
    chosen = [
        policy.OptimisedChange(
            "exact", 1, "LAOZZ", "LA", "sccp", ("rjotvem-transit",), ("tzaxund-transit",), (), 1.0, 0.1, 0.12
        )
    ]
    tables = [
        Table("scenarios", policy.ScenarioRow, scenarios),
        Table("scenario_summary", policy.ScenarioSummary, summary),
        Table("scenario_timeline", policy.ScenarioTimeline, timeline),
        Table("scenario_changes", policy.ScenarioChange, changes),
        Table("scenario_reach", policy.ScenarioReach, reach),
        Table("frontier", policy.FrontierPoint, frontier),
        Table("optimised_changes", policy.OptimisedChange, chosen),
    ]
    manifest = {"ipxray": "0.1.0", "kind": "policy", "fictional": True, "watermark": FICTION, "at": "2026-11-01"}
    write_folder(folder, tables, manifest, watermark=FICTION, finish=write_html)
    return folder

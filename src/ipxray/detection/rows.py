"""What detection leaves: findings, one a campaign, and the messages that prove each."""

from __future__ import annotations

from typing import Annotated, Final, NamedTuple

__all__ = ["TABLES", "Evidence", "Finding"]


class Finding(NamedTuple):
    """One row per campaign: alerts that share a source, a subscriber or a fingerprint. An address can be forged or leased: a finding says whose address messages bear, not who sent them."""

    finding_id: Annotated[str, "F and 16 hexadecimal digits, the same for the same content under any key"]
    rule_id: Annotated[str, "rule of the gravest alert"]
    rules: Annotated[tuple[str, ...], "all rules that fired, gravest first"]
    title: Annotated[str, "what the gravest rule is called"]
    severity: Annotated[str, "INFORMATIONAL, LOW, MEDIUM, HIGH or CRITICAL"]
    category: Annotated[str, "category of the gravest rule"]
    family: Annotated[str, "family of the gravest rule"]
    techniques: Annotated[tuple[str, ...], "MoTIF, FiGHT and ATT&CK ids of all rules"]
    first_at: Annotated[int, "first message, microseconds since 1970, UTC"]
    last_at: Annotated[int, "last message, likewise"]
    messages: Annotated[int, "different messages that rules returned"]
    subscribers: Annotated[int, "different subscribers among them"]
    subscriber: Annotated[str | None, "the subscriber as a pseudonym, null when there are several or none"]
    home_network: Annotated[str | None, "home of most of these subscribers"]
    source_network: Annotated[str | None, "network whose address most messages bear"]
    source_country: Annotated[str | None, "its country"]
    source_address: Annotated[str | None, "the address that most messages bear; a subscriber's as a pseudonym"]
    networks: Annotated[tuple[str, ...], "every network whose address they bear, sorted"]
    operations: Annotated[tuple[str, ...], "the ladder: operations in the order in which each was first seen"]
    declared_route: Annotated[tuple[str, ...], "carriers that source_network declares"]
    observed_route: Annotated[tuple[str, ...], "carriers that the messages showed"]
    data_exposed: Annotated[tuple[str, ...], "data classes that answers gave away, by name"]
    answered: Annotated[int, "requests among them that were answered with data"]
    confidence: Annotated[float, "0 to 1"]
    confidence_reasons: Annotated[tuple[str, ...], "what raised or lowered it"]
    explanation: Annotated[str, "one sentence for a manager"]
    advice: Annotated[str, "what a duty officer does now"]
    indicator: Annotated[str | None, "id of a published indicator that an address matches"]
    evidence: Annotated[tuple[str, ...], "the first 200 messages as capture:frame"]


class Evidence(NamedTuple):
    """One row per message behind a finding and rule that returned it, in the order of time; at most 10,000 a finding."""

    finding_id: Annotated[str, "finding"]
    position: Annotated[int, "from 0"]
    capture: Annotated[str, "file, as in messages"]
    frame: Annotated[int, "frame in that file, from 1"]
    index: Annotated[int, "message in that frame, from 0"]  # type: ignore[assignment] # shadows tuple.index
    observed_at: Annotated[int, "microseconds since 1970, UTC"]
    rule_id: Annotated[str, "rule that returned it"]
    protocol: Annotated[str, "as in messages"]
    operation_code: Annotated[int | None, "its code, as in messages"]
    operation: Annotated[str | None, "operation, command or message"]
    application_context: Annotated[str | None, "as in messages"]
    message_type: Annotated[str | None, "as in messages"]
    sender_network: Annotated[str | None, "network whose address it bears"]
    sender_address: Annotated[str | None, "that address; a subscriber's as a pseudonym"]
    receiver_network: Annotated[str | None, "network that it is sent to"]
    receiver_address: Annotated[str | None, "address that it is sent to; a subscriber's as a pseudonym"]
    subscriber: Annotated[str | None, "subscriber as a pseudonym"]
    answer_error: Annotated[int | None, "error that it was answered with"]
    exposes: Annotated[str, "data classes that it, or the answer to it, gives away, joined by blanks"]
    note: Annotated[str | None, "what the rule says of it"]


TABLES: Final[dict[str, type[Finding] | type[Evidence]]] = {"findings": Finding, "evidence": Evidence}
"""The tables by name, in the order in which they are written."""

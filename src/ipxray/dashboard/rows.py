"""What detection leaves for the pages: the findings and the messages behind each."""

from __future__ import annotations

from typing import Annotated, NamedTuple

__all__ = ["Evidence", "Finding"]


class Finding(NamedTuple):
    """One row per finding: what happened, who is said to have sent it, how sure that is."""

    finding_id: Annotated[str, "F and 16 hexadecimal letters, the same for the same finding"]
    rule_id: Annotated[str, "the gravest rule behind it"]
    rules: Annotated[tuple[str, ...], "every rule behind it"]
    title: Annotated[str, "what happened, in a few words"]
    severity: Annotated[str, "INFORMATIONAL, LOW, MEDIUM, HIGH or CRITICAL"]
    category: Annotated[str, "category of the MISP taxonomy"]
    family: Annotated[str, "kind of abuse"]
    techniques: Annotated[tuple[str, ...], "MoTIF, FiGHT and ATT&CK ids"]
    first_at: Annotated[int | None, "first message, microseconds since 1970, UTC"]
    last_at: Annotated[int | None, "last message, microseconds since 1970, UTC"]
    messages: Annotated[int, "messages behind it"]
    subscribers: Annotated[int, "different subscribers concerned"]
    subscriber: Annotated[str | None, "masked pseudonym; null when several"]
    home_network: Annotated[str | None, "network of the subscribers (TADIG code)"]
    source_network: Annotated[str | None, "network whose address the messages bear (TADIG code)"]
    source_country: Annotated[str | None, "its country, ISO 3166-1 alpha-2"]
    source_address: Annotated[str | None, "global title, host or address of the sender"]
    networks: Annotated[tuple[str, ...], "every sender's network"]
    operations: Annotated[tuple[str, ...], "operations used"]
    declared_route: Annotated[tuple[str, ...], "carriers that the sender declares"]
    observed_route: Annotated[tuple[str, ...], "carriers over which the messages came"]
    data_exposed: Annotated[tuple[str, ...], "classes of data that were at stake"]
    answered: Annotated[int, "messages that were answered with data"]
    confidence: Annotated[float, "0 to 1"]
    confidence_reasons: Annotated[tuple[str, ...], "what raises or lowers it"]
    explanation: Annotated[str, "one sentence that a manager understands"]
    advice: Annotated[str | None, "what to do now"]
    indicator: Annotated[str | None, "published indicator that matches"]
    evidence: Annotated[tuple[str, ...], "capture:frame of the first messages"]


class Evidence(NamedTuple):
    """One row per message behind a finding."""

    finding_id: Annotated[str, "finding it belongs to"]
    position: Annotated[int, "place in the finding, by time"]
    capture: Annotated[str, "capture file"]
    frame: Annotated[int, "frame number in it"]
    index: Annotated[int, "message in the frame"]  # type: ignore[assignment] # shadows tuple.index
    observed_at: Annotated[int | None, "microseconds since 1970, UTC"]
    rule_id: Annotated[str, "rule that names this message"]
    protocol: Annotated[str | None, "protocol"]
    operation: Annotated[str | None, "operation or command"]
    message_type: Annotated[str | None, "request, answer, error"]
    sender_network: Annotated[str | None, "network whose address it bears (TADIG code)"]
    sender_address: Annotated[str | None, "address of the sender"]
    receiver_network: Annotated[str | None, "network of the receiver (TADIG code)"]
    receiver_address: Annotated[str | None, "address of the receiver"]
    subscriber: Annotated[str | None, "masked pseudonym"]
    answer_error: Annotated[str | None, "error of the answer"]
    exposes: Annotated[str | None, "classes of data that it carries, joined"]
    note: Annotated[str | None, "what the rule says of it"]

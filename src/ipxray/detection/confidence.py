"""How sure a finding is, and why: every step is said. Forging and leasing of addresses are never excluded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ipxray.detection.alerts import Alert
from ipxray.detection.rules import Rule

__all__ = ["Confidence", "confidence_of"]

_BY_MARK = {"sourced": 0.8, "inferred": 0.65, "assumed": 0.5}
_WORDS = {
    "sourced": "a named source describes this behaviour as abuse",
    "inferred": "that this is abuse is deduced from the direction of the operation",
    "assumed": "that this is abuse is our own assumption",
}
_LEAST, _MOST = 0.05, 0.95
"""Never certain: an address in a signalling message proves nothing about who sent it."""


class Confidence(NamedTuple):
    """A figure from 0 to 1 with two digits, and its reasons in the order in which they were weighed."""

    value: float
    reasons: tuple[str, ...]


def confidence_of(alerts: Sequence[Alert], rules: Sequence[Rule], gravest: Rule) -> Confidence:
    """Weigh the gravest rule's evidence mark, agreement of rules, answers, indicators, and how the sender is known."""
    value = _BY_MARK[gravest.mark]
    reasons = [f"{_WORDS[gravest.mark]} ({value:.2f})"]
    score = max((alert.score for alert in alerts if rules[alert.rule].id == gravest.id), default=1.0)
    if score < 1:
        value *= max(0.0, score)
        reasons.append(f"the rule itself is {score:.2f} sure")
    for change, reason in _changes(alerts, rules, gravest):
        value += change
        reasons.append(f"{reason} ({change:+.2f})")
    return Confidence(round(min(_MOST, max(_LEAST, value)), 2), tuple(reasons))


def _changes(alerts: Sequence[Alert], rules: Sequence[Rule], gravest: Rule) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    if gravest.status == "draft":
        found.append((-0.2, "the rule is a draft"))
    families = {rules[alert.rule].family for alert in alerts}
    agreeing = {alert.rule for alert in alerts}
    if len(agreeing) > 1:
        found.append((min(0.15, 0.05 * (len(agreeing) - 1)), f"{len(agreeing)} rules agree"))
    if any(alert.indicator for alert in alerts):
        found.append((0.1, "an address stands in a published indicator"))
    if any(alert.route_verdict == "undeclared" for alert in alerts):
        found.append((0.05, "a carrier was seen that the sender does not declare"))
    if any(alert.sender_declared is False for alert in alerts):
        found.append((0.05, "the address lies in no range that its network declares"))
    if all(alert.sender_network is None for alert in alerts) and families != {"evasion"}:
        found.append((-0.1, "the sender's network is not known, only its country or less"))
    if alerts and all(not alert.is_answered for alert in alerts if alert.is_request):
        found.append((-0.05, "no answer was seen"))
    return found

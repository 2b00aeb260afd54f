"""Which alerts belong together: one source, one subscriber, or one fingerprint. A scan is one campaign."""

from __future__ import annotations

from collections.abc import Sequence

from ipxray.detection.alerts import Alert
from ipxray.detection.rules import Rule

__all__ = ["campaigns", "source_of"]

_GAP_US = 24 * 3_600_000_000
"""Silence after which the same source or subscriber begins a new campaign; published campaigns pause for some hours."""
_FEW = 3
"""Subscribers up to which a group is aimed at someone, so that other groups about the same one are steps of it."""
_FINGERPRINTED = frozenset({"diameter/route_record_reused", "campaign/transaction_ids_in_sequence"})
"""Rules whose very point is that different sources are one: their alerts are joined whatever address they bear."""


def source_of(alert: Alert) -> str:
    """What stands for the sender: its network, else its address, else its country."""
    return alert.sender_network or alert.sender_address or alert.sender_country or ""


def campaigns(alerts: Sequence[Alert], rules: Sequence[Rule]) -> list[list[Alert]]:
    """Group alerts, each group in the order of time, groups by their first alert.

    The result does not depend on which file a message lies in, nor on the order in which alerts are given.
    """
    ordered = sorted(alerts, key=_order)
    groups = _by_source(ordered, rules)
    merged = _by_subscriber(groups)
    return sorted((sorted(group, key=_order) for group in merged), key=lambda group: _order(group[0]))


def _order(alert: Alert) -> tuple[object, ...]:
    return (
        alert.observed_at, alert.sender_address or "", alert.subscriber or "", alert.operation or "", alert.rule,
        alert.capture, alert.frame, alert.index,
    )  # fmt: skip


def _by_source(ordered: Sequence[Alert], rules: Sequence[Rule]) -> list[list[Alert]]:
    groups: list[list[Alert]] = []
    latest: dict[tuple[str, str], int] = {}
    message: dict[tuple[str, int, int], int] = {}
    for alert in ordered:
        key = _key(alert, rules[alert.rule])
        place = latest.get(key)
        if place is None or alert.observed_at - groups[place][-1].observed_at > _GAP_US:
            place = latest[key] = len(groups)
            groups.append([])
        groups[place].append(alert)
        message.setdefault((alert.capture, alert.frame, alert.index), place)
    return _joined(groups, _same_messages(groups, message))


def _key(alert: Alert, rule: Rule) -> tuple[str, str]:
    if rule.id in _FINGERPRINTED:
        return rule.id, alert.route_record_first or ""
    return rule.family, source_of(alert)


def _same_messages(
    groups: Sequence[Sequence[Alert]], message: dict[tuple[str, int, int], int]
) -> list[tuple[int, int]]:
    """Two rules of two families that return one message speak of one thing."""
    links = []
    for place, group in enumerate(groups):
        for alert in group:
            first = message[alert.capture, alert.frame, alert.index]
            if first != place:
                links.append((first, place))
    return links


def _by_subscriber(groups: list[list[Alert]]) -> list[list[Alert]]:
    """Join groups that are aimed at someone and name the same subscriber within a day: the ladder across protocols."""
    latest: dict[str, tuple[int, int]] = {}
    links: list[tuple[int, int]] = []
    spans = []
    for place, group in enumerate(groups):
        aimed = {alert.subscriber for alert in group if alert.subscriber}
        if 0 < len(aimed) <= _FEW:
            times = [alert.observed_at for alert in group]
            spans += [(min(times), max(times), subscriber, place) for subscriber in aimed]
    for first, last, subscriber, place in sorted(spans):
        known = latest.get(subscriber)
        if known is not None and first - known[0] <= _GAP_US:
            links.append((known[1], place))
        latest[subscriber] = (max(last, known[0] if known else last), place)
    return _joined(groups, links)


def _joined(groups: list[list[Alert]], links: Sequence[tuple[int, int]]) -> list[list[Alert]]:
    parent = list(range(len(groups)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = parent[parent[place]]
            place = parent[place]
        return place

    for one, other in links:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    found: dict[int, list[Alert]] = {}
    for place, group in enumerate(groups):
        found.setdefault(root(place), []).extend(group)
    return list(found.values())

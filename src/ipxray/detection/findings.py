"""From alerts to findings: one a campaign, in plain words, with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from ipxray.detection.alerts import Alert
from ipxray.detection.campaigns import campaigns
from ipxray.detection.confidence import confidence_of
from ipxray.detection.masking import Masks
from ipxray.detection.rows import Evidence, Finding
from ipxray.detection.rules import SEVERITIES, Rule

__all__ = ["EXPOSED", "Built", "build", "plain"]

EXPOSED = ("credential", "location", "sms", "user_traffic", "identity", "profile")
"""Names of the bits of the column exposes, from the lowest."""

_SHOWN_EVIDENCE = 200
_KEPT_EVIDENCE = 10_000
_LONGEST_TEXT = 300
_ID_BYTES = 8


class Built(NamedTuple):
    """The two tables, findings gravest first."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]


def build(alerts: Sequence[Alert], rules: Sequence[Rule], masks: Masks) -> Built:
    """Merge alerts into campaigns and describe each. Same alerts, same bytes, in whatever order they come."""
    found: list[tuple[Finding, list[Evidence]]] = []
    seen: Counter[str] = Counter()
    for group in campaigns(alerts, rules):
        content = _content(group)
        name = _identifier(content, seen[content])
        seen[content] += 1
        found.append((_finding(name, group, rules, masks), list(_evidence(name, group, rules, masks))))
    found.sort(key=lambda pair: (-SEVERITIES.index(pair[0].severity), pair[0].first_at, pair[0].finding_id))
    return Built(tuple(one for one, _ in found), tuple(row for _, rows in found for row in rows))


def plain(text: str | None) -> str | None:
    """Text of a capture without anything that a terminal or a page would obey, and not endless."""
    if text is None:
        return None
    clean = "".join(letter if letter.isprintable() else "�" for letter in text[:_LONGEST_TEXT])
    return clean if len(text) <= _LONGEST_TEXT else f"{clean}…"


def exposed(bits: int) -> tuple[str, ...]:
    """The names of the data classes of a bit set."""
    return tuple(name for position, name in enumerate(EXPOSED) if bits >> position & 1)


def _content(group: Sequence[Alert]) -> str:
    """What makes a finding this one: its first message, so that it stays the same while the campaign grows.

    No subscriber, no file and no frame are in it: it is the same for every reader and however captures are cut.
    """
    first = group[0]
    sender = first.sender_network or first.sender_address or ""
    return "\x1f".join((str(first.observed_at), sender, first.protocol, first.operation or ""))


def _identifier(content: str, ordinal: int) -> str:
    text = f"{content}\x1f{ordinal}".encode("utf-8", "surrogatepass")
    return "F" + blake2b(text, digest_size=_ID_BYTES, person=b"ipxray/finding").hexdigest()


def _finding(name: str, group: Sequence[Alert], rules: Sequence[Rule], masks: Masks) -> Finding:
    used = sorted({alert.rule for alert in group}, key=lambda n: (-_rank(rules[n]), -_agreeing(group, n), rules[n].id))
    gravest = rules[used[0]]
    confidence = confidence_of(group, rules, gravest)
    return Finding(
        finding_id=name,
        rule_id=gravest.id,
        rules=tuple(rules[n].id for n in used),
        title=gravest.title,
        severity=SEVERITIES[_rank(gravest)],
        category=gravest.category,
        family=gravest.family,
        techniques=tuple(dict.fromkeys(technique for n in used for technique in rules[n].techniques)),
        first_at=min(alert.observed_at for alert in group),
        last_at=max(alert.observed_at for alert in group),
        **_counted_messages(group),
        **_parties(group, masks),
        confidence=confidence.value,
        confidence_reasons=confidence.reasons,
        explanation=_explained(gravest, group, rules, masks),
        advice=gravest.advice,
        indicator=plain(min((alert.indicator for alert in group if alert.indicator), default=None)),
        evidence=tuple(dict.fromkeys(f"{plain(alert.capture)}:{alert.frame}" for alert in group))[:_SHOWN_EVIDENCE],
    )


def _counted_messages(group: Sequence[Alert]) -> dict[str, Any]:
    """How many messages, how many answered with data, and which data classes answers gave away."""
    messages = {(alert.capture, alert.frame, alert.index): alert for alert in group}.values()
    given = 0
    for alert in messages:
        given |= alert.answer_exposes if alert.is_request else alert.exposes
    answered = sum(alert.is_request and alert.is_answered and alert.answer_exposes > 0 for alert in messages)
    return {"messages": len(messages), "answered": answered, "data_exposed": exposed(given)}


def _parties(group: Sequence[Alert], masks: Masks) -> dict[str, Any]:
    """Whom it concerns, whose address the messages bear, what they asked, and over whom they came."""
    subscribers = sorted({alert.subscriber for alert in group if alert.subscriber})
    main = _main_source(group)
    return {
        "subscribers": len(subscribers),
        "subscriber": masks.subscriber(subscribers[0]) if len(subscribers) == 1 else None,
        "home_network": plain(_most(alert.home_network for alert in group)),
        "source_network": plain(main.sender_network),
        "source_country": plain(main.sender_country),
        "source_address": plain(_masked_sender(main, masks)),
        "networks": tuple(sorted({plain(alert.sender_network) or "" for alert in group if alert.sender_network})),
        "operations": tuple(dict.fromkeys(plain(alert.operation) or "?" for alert in group)),
        "declared_route": tuple(main.declared_carriers or ()),
        "observed_route": tuple(sorted({carrier for alert in group for carrier in alert.observed_carriers or ()})),
    }


def _rank(rule: Rule) -> int:
    """Place of its severity; a draft is never above LOW."""
    rank = SEVERITIES.index(rule.severity)
    return min(rank, SEVERITIES.index("LOW")) if rule.status == "draft" else rank


def _agreeing(group: Sequence[Alert], number: int) -> int:
    return sum(alert.rule == number for alert in group)


def _main_source(group: Sequence[Alert]) -> Alert:
    """The first alert of the address that most of them bear."""
    counts = Counter(alert.sender_address or "" for alert in group)
    most = max(counts.values())
    return next(alert for alert in group if counts[alert.sender_address or ""] == most)


def _most(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value)) if counts else None


def _masked_sender(alert: Alert, masks: Masks) -> str | None:
    return masks.address(
        alert.sender_address, plan=alert.calling_numbering_plan, subscriber=alert.subscriber, msisdn=alert.msisdn
    )


def _explained(rule: Rule, group: Sequence[Alert], rules: Sequence[Rule], masks: Masks) -> str:
    """The rule's sentence about its own alerts: the other rules of the campaign speak in the ladder."""
    own = [alert for alert in group if rules[alert.rule].id == rule.id]
    main = _main_source(own)
    subscribers = sorted({alert.subscriber for alert in own if alert.subscriber})
    networks = sorted({alert.sender_network for alert in own if alert.sender_network})
    operations = list(dict.fromkeys(alert.operation for alert in own if alert.operation))
    carriers = sorted({carrier for alert in own for carrier in alert.observed_carriers or ()})
    words = {
        "sender": _masked_sender(main, masks) or "an unknown address",
        "sender_network": main.sender_network or "a network that is not known",
        "sender_country": main.sender_country or "an unknown country",
        "subscriber": masks.subscriber(subscribers[0]) if len(subscribers) == 1 else _many(len(subscribers)),
        "home": _most(alert.home_network for alert in own) or "an unknown home network",
        "operation": _listed(operations) or "an unnamed operation",
        "networks": _listed(networks) or "networks that are not known",
        "carriers": _listed(carriers) or "no known carrier",
    }
    text = _counted(rule.explanation, own, len(subscribers))
    for name, word in words.items():
        text = text.replace("{" + name + "}", plain(word) or "")
    return text


def _counted(text: str, own: Sequence[Alert], subscribers: int) -> str:
    """{count} is the number of what the next word names; of messages where that is no kind of address or person."""
    messages = len({(alert.capture, alert.frame, alert.index) for alert in own})
    receivers = len({alert.receiver_address for alert in own if alert.receiver_address})
    visited = len({alert.visited_plmn for alert in own if alert.visited_plmn})
    nouns = {
        "subscribers": subscribers,
        "addresses": receivers,
        "hosts": receivers,
        "global": receivers,
        "visited": visited,
    }
    before, found, after = text.partition("{count}")
    while found:
        noun = after.split(maxsplit=1)[0].strip(".,;:") if after.split() else ""
        before, found, after = f"{before}{nouns.get(noun) or messages}{after}".partition("{count}")
    return before


def _many(count: int) -> str:
    return f"{count} subscribers" if count else "a subscriber that is not named"


def _listed(words: Sequence[str]) -> str:
    shown = list(words[:5])
    rest = len(words) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _evidence(name: str, group: Sequence[Alert], rules: Sequence[Rule], masks: Masks) -> Iterator[Evidence]:
    for position, alert in enumerate(group[:_KEPT_EVIDENCE]):
        receiver = masks.address(
            alert.receiver_address, plan=alert.called_numbering_plan, subscriber=alert.subscriber, msisdn=alert.msisdn
        )
        yield Evidence(
            finding_id=name,
            position=position,
            capture=plain(alert.capture) or "",
            frame=alert.frame,
            index=alert.index,
            observed_at=alert.observed_at,
            rule_id=rules[alert.rule].id,
            protocol=alert.protocol,
            operation_code=alert.operation_code,
            operation=plain(alert.operation),
            application_context=plain(alert.application_context),
            message_type=plain(alert.message_type),
            sender_network=plain(alert.sender_network),
            sender_address=plain(_masked_sender(alert, masks)),
            receiver_network=plain(alert.receiver_network),
            receiver_address=plain(receiver),
            subscriber=masks.subscriber(alert.subscriber),
            answer_error=alert.answer_error,
            exposes=" ".join(exposed(alert.answer_exposes if alert.is_request else alert.exposes)),
            note=plain(alert.note),
        )

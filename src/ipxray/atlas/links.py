"""Links: which carriers a network hands its messages to, service by service, each with its box of shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ipxray.atlas.mentions import Mention
from ipxray.atlas.model import Link, Unresolved
from ipxray.atlas.shares import ShareBox, share_boxes

__all__ = ["link_rows", "unresolved_rows"]

_STRONGEST_ROLE = {"primary": 0, "load_sharing": 1, "backup": 2, "unstated": 3}
_CONFIRMATIONS = ("ispc", "asn", "host")
_NO_SHARE = ShareBox(0.0, 0.0, 0.0)


def link_rows(mentions: Iterable[Mention], at: date, parameters: Mapping[str, float]) -> tuple[Link, ...]:
    """Return one link per network, service and node, in order of first mention.

    A carrier named twice (several point codes, two spellings) is one link with its strongest role. The host name of
    an edge agent confirms the carrier that is declared; alone it makes an inferred link if it leads to a carrier,
    none if not. A node both in force and pending counts as in force. Own gateways make no link.
    """
    services: dict[tuple[str, str], dict[str, list[Mention]]] = {}
    for mention in mentions:
        if mention.reason != "own_gateway" and (mention.candidates or not mention.hosted):
            nodes = services.setdefault((mention.tadig, mention.service), {})
            nodes.setdefault(mention.node, []).append(mention)
    boxes: dict[tuple[str, ...], tuple[ShareBox, ...]] = {}
    rows: list[Link] = []
    for nodes in services.values():
        merged = [_in_force_first(found) for found in nodes.values()]
        roles = tuple(_role(found) for found in merged if not found[0].pending)
        if roles and roles not in boxes:
            boxes[roles] = share_boxes(roles, parameters)
        counted = iter(boxes[roles] if roles else ())
        rows += [_link(found, _NO_SHARE if found[0].pending else next(counted), at) for found in merged]
    return tuple(rows)


def unresolved_rows(mentions: Iterable[Mention]) -> tuple[Unresolved, ...]:
    """Return one row per network, service and text that does not lead to one carrier, where it first stands."""
    rows: dict[tuple[str, str, str, str], Unresolved] = {}
    for mention in mentions:
        if mention.reason is not None:
            for row in mention.rows:
                key = (row.tadig, row.service, row.carrier_text, mention.reason)
                if key not in rows:
                    rows[key] = Unresolved(*key, row.element_path, row.document_sha256)
    return tuple(rows.values())


def _in_force_first(mentions: list[Mention]) -> Sequence[Mention]:
    return [each for each in mentions if not each.pending] or mentions


def _role(mentions: Sequence[Mention]) -> str:
    roles = {row.role for mention in mentions for row in mention.rows}
    return min(roles, key=_STRONGEST_ROLE.__getitem__)


def _link(mentions: Sequence[Mention], box: ShareBox, at: date) -> Link:
    rows = [row for mention in mentions for row in mention.rows]
    first = next((row for row in rows if not row.inferred), rows[0])
    inferred = all(row.inferred for row in rows)
    confirmed = {mark for mention in mentions for mark in mention.confirmed_by}
    if not inferred and any(mention.hosted for mention in mentions):
        confirmed.add("host")
    head = mentions[0]
    candidates = head.candidates
    return Link(
        tadig=head.tadig,
        service=head.service,
        carrier_id=head.carrier_id,
        node=head.node,
        candidates=candidates,
        carrier_name=first.carrier_name,
        role=_role(mentions),
        share_low=box.low,
        share_point=box.point,
        share_high=box.high,
        sources=tuple(dict.fromkeys(row.element_path for row in rows)),
        confirmed_by=tuple(mark for mark in _CONFIRMATIONS if mark in confirmed),
        inferred=inferred,
        pending=head.pending,
        fresh_days=_days(first.document_created, at),
    )


def _days(created: date | None, at: date) -> int | None:
    """A document younger than the date of assessment is as fresh as can be: 0, never negative."""
    return None if created is None else max(0, (at - created).days)

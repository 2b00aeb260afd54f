"""Links: which carriers a network hands its messages to, service by service, each with its box of shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ipxray.atlas.mentions import Mention
from ipxray.atlas.model import Link, Unresolved
from ipxray.atlas.shares import ShareBox, share_boxes
from ipxray.declarations import Declaration

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
        merged = [(found, _role(found)) for mentions in nodes.values() if (found := _in_force_first(mentions))]
        roles = tuple([role for found, role in merged if not found[0].pending])
        if roles and roles not in boxes:
            boxes[roles] = share_boxes(roles, parameters)
        counted = iter(boxes[roles] if roles else ())
        rows += [_link(found, role, _NO_SHARE if found[0].pending else next(counted), at) for found, role in merged]
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


def _in_force_first(mentions: list[Mention]) -> list[Mention]:
    return mentions if len(mentions) == 1 else [each for each in mentions if not each.pending] or mentions


def _role(mentions: list[Mention]) -> str:
    rows = _rows(mentions)
    return rows[0].role if len(rows) == 1 else min((row.role for row in rows), key=_STRONGEST_ROLE.__getitem__)


def _rows(mentions: list[Mention]) -> tuple[Declaration, ...]:
    return mentions[0].rows if len(mentions) == 1 else tuple(row for mention in mentions for row in mention.rows)


def _link(mentions: list[Mention], role: str, box: ShareBox, at: date) -> Link:
    rows = _rows(mentions)
    head = mentions[0]
    first = rows[0] if len(rows) == 1 else next((row for row in rows if not row.inferred), rows[0])
    return Link(
        tadig=head.tadig,
        service=head.service,
        carrier_id=head.carrier_id,
        node=head.node,
        candidates=head.candidates,
        carrier_name=first.carrier_name,
        role=role,
        share_low=box.low,
        share_point=box.point,
        share_high=box.high,
        sources=(first.element_path,) if len(rows) == 1 else tuple(dict.fromkeys([row.element_path for row in rows])),
        confirmed_by=head.confirmed_by if len(mentions) == 1 else _confirmed(mentions, inferred=first.inferred),
        inferred=first.inferred,
        pending=head.pending,
        fresh_days=_days(first.document_created, at),
    )


def _confirmed(mentions: list[Mention], *, inferred: bool) -> tuple[str, ...]:
    marks = {mark for mention in mentions for mark in mention.confirmed_by}
    if not inferred and any(mention.hosted for mention in mentions):
        marks.add("host")
    return tuple(mark for mark in _CONFIRMATIONS if mark in marks)


def _days(created: date | None, at: date) -> int | None:
    """A document younger than the date of assessment is as fresh as can be: 0, never negative."""
    return None if created is None else max(0, (at - created).days)

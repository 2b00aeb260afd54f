"""One pair of home and visited network in full: who carries at each end, who chooses the path, what could be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, NamedTuple

import numpy as np

from ipxray.atlas import Adversary, Atlas, Operator
from ipxray.errors import UsageError
from ipxray.exposure.boxes import MEASURED_SERVICES, boxes_of, membership_of, usable_links
from ipxray.exposure.cells import Label, exposure_rows, in_order
from ipxray.exposure.messages import ENDS, Blend, Message, blends, messages
from ipxray.exposure.pairs import pair_block, pair_cells
from ipxray.exposure.planes import LEVELS, Plane, planes
from ipxray.exposure.rows import Exposure

__all__ = ["Route", "RouteCarrier", "RouteMessage", "pair"]


class RouteCarrier(NamedTuple):
    """One row per end, service and carrier declared there."""

    end: Annotated[str, "home or visited"]
    tadig: Annotated[str, "network at this end (TADIG code, GSMA TD.13)"]
    service: Annotated[str, "sccp, diameter, grx, mms, sms_hub, roaming_hub or n32"]
    node: Annotated[str, "carrier id, ambiguous:<name> or unknown:<name>"]
    candidates: Annotated[tuple[str, ...], "carriers that the name may mean; none when unknown"]
    carrier_name: Annotated[str, "the name as declared"]
    role: Annotated[str, "primary, backup, load_sharing or unstated"]
    share_low: Annotated[float, "least share of this end's own messages, 0 to 1"]
    share_point: Annotated[float, "assumed share, 0 to 1"]
    share_high: Annotated[float, "greatest share, 0 to 1"]
    controlled_low: Annotated[float, "1 when it certainly is the controller's"]
    controlled: Annotated[float, "1 when it is the controller's at the point values"]
    controlled_high: Annotated[float, "1 when it may be the controller's"]
    confirmed_by: Annotated[tuple[str, ...], "ispc, asn: registers that agree"]
    sources: Annotated[tuple[str, ...], "element paths of the declarations behind it"]


class RouteMessage(NamedTuple):
    """One row per message kind: whose routing it follows on this pair, and the share of it that could be read."""

    service: Annotated[str, "sccp, diameter or grx"]
    message: Annotated[str, "name of the message, as its standard has it"]
    data_class: Annotated[str, "credential, location, sms, user_traffic, identity or profile"]
    direction: Annotated[str, "where the data travels: home_to_visited or visited_to_home"]
    path: Annotated[str, "home or visited: which end chooses the path"]
    chooser: Annotated[str, "network that chooses (TADIG code, GSMA TD.13)"]
    forced: Annotated[float, "share that no declared choice keeps away, 0 to 1"]
    low: Annotated[float, "least share, 0 to 1"]
    expected: Annotated[float, "share at the point values, 0 to 1"]
    high: Annotated[float, "greatest share, 0 to 1"]
    possible: Annotated[float, "share for which some choice meets the controller, 0 to 1"]
    clause: Annotated[str, "where the standard says so"]


@dataclass(frozen=True, slots=True)
class Route:
    """Everything about one pair. `services` holds the state at each end by service, for example declared or missing."""

    home: Operator
    visited: Operator
    adversary: Adversary
    services: Mapping[str, tuple[str, str]]
    carriers: tuple[RouteCarrier, ...]
    messages: tuple[RouteMessage, ...]
    exposure: tuple[Exposure, ...]


def pair(atlas: Atlas, adversary: Adversary, home: str, visited: str, *, parameters: Mapping[str, float]) -> Route:
    """Say who could read, alter or inject what when a subscriber of `home` roams on `visited`, both TADIG codes.

    The rest of the atlas matters only where an end declares nothing: its expected share is that of the others. Services
    that an end does not have give no row. Raises UsageError for a network that is not in the atlas, or twice the same.
    """
    ends = (_find(atlas, home), _find(atlas, visited))
    if ends[0] == ends[1]:
        raise UsageError(f"{home} does not roam on itself", hint="name two networks")
    homes, visiteds = (slice(end, end + 1) for end in ends)
    seen = planes(boxes_of(atlas), adversary, parameters)
    kinds = blends(parameters)
    at_home, at_visited = (atlas.operators[end] for end in ends)
    rows = exposure_rows(
        pair_cells(seen, kinds, homes, visiteds),
        [Label("pair", at_home.tadig, at_visited.tadig)],
        kinds,
        adversary,
        parameters,
    )
    return Route(
        home=at_home,
        visited=at_visited,
        adversary=adversary,
        services={
            service: (at_home.services.get(service, "missing"), at_visited.services.get(service, "missing"))
            for service in sorted({*at_home.services, *at_visited.services, *MEASURED_SERVICES})
        },
        carriers=tuple(row for end in zip(ENDS, ends, strict=True) for row in _carriers(atlas, adversary, *end)),
        messages=_messages(seen, homes, visiteds, (at_home.tadig, at_visited.tadig)),
        exposure=tuple(rows),
    )


def _find(atlas: Atlas, tadig: str) -> int:
    names = [operator.tadig for operator in atlas.operators]
    if tadig not in names:
        near = get_close_matches(tadig, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"{len(names)} networks were read"
        raise UsageError(f"no document declares the network {tadig!r}", hint=hint)
    return names.index(tadig)


def _carriers(atlas: Atlas, adversary: Adversary, end: str, place: int) -> list[RouteCarrier]:
    tadig = atlas.operators[place].tadig
    return [
        RouteCarrier(
            end, tadig, link.service, link.node, link.candidates, link.carrier_name, link.role,
            link.share_low, link.share_point, link.share_high,
            *membership_of(link.node, link.candidates, adversary), link.confirmed_by, link.sources,
        )
        for link in usable_links(atlas)
        if link.tadig == tadig
    ]  # fmt: skip


def _messages(seen: Sequence[Plane], homes: slice, visited: slice, ends: tuple[str, str]) -> tuple[RouteMessage, ...]:
    kinds = messages()
    block = pair_block(seen, [_alone(kind) for kind in kinds], homes, visited, every_level=True)
    levels = dict(zip(LEVELS, in_order(block.levels[:, :, 0, 0]).tolist(), strict=False))
    return tuple(
        RouteMessage(
            service=kind.service,
            message=kind.message,
            data_class=kind.data_class,
            direction=kind.payload,
            path=kind.path,
            chooser=ends[ENDS.index(kind.path)],
            forced=levels["forced"][place],
            low=levels["low"][place],
            expected=levels["expected"][place],
            high=levels["high"][place],
            possible=levels["possible"][place],
            clause=kind.clause,
        )
        for place, kind in enumerate(kinds)
        if block.weight[place, 0, 0] > 0.0
    )


def _alone(kind: Message) -> Blend:
    weights = np.zeros((len(MEASURED_SERVICES), len(ENDS)))
    weights[MEASURED_SERVICES.index(kind.service), ENDS.index(kind.path)] = 1.0
    return Blend(kind.service, kind.data_class, "read", kind.payload, weights, weights)

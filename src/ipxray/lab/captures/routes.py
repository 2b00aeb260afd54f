"""The way of every message to the vantage point: adjacent node, addresses, and the agents that Diameter names."""

from __future__ import annotations

import numpy as np

from ipxray.lab.captures.landscape import Landscape
from ipxray.lab.captures.rows import Ints, Rows

__all__ = ["set_ip_route", "set_route"]

_GATEWAYS = 0x0A01_0000
_CARRIERS = 0x0A02_0000
_M3UA_PORTS = 2905 << 16 | 2905
_DIAMETER_PORTS = 3868 << 16 | 3868
_NOBODY = -1


def set_route(
    land: Landscape, rows: Rows, service: str, ends: tuple[Ints, Ints], pick: Ints, *, is_undeclared: bool = False
) -> None:
    """Fill point codes, addresses and agents of messages from one network to another; `pick` chooses among carriers.

    A carrier sees a message come from its customer, or from the carrier of a customer of somebody else. A network sees
    it come over a carrier that both have, else over one of its own, and go out likewise.
    """
    sender, receiver = ends
    if is_undeclared:
        adjacent = _undeclared(land, service, sender, pick)
    else:
        adjacent = _adjacent(land, service, sender, receiver, pick)
    is_direct = adjacent == _NOBODY
    peer = np.where(is_direct, land.number[sender], adjacent)
    codes = np.array([land.carrier_codes[each][0] for each in range(len(land.carrier_codes))])
    spare = np.array([len(each) for each in land.carrier_codes])
    code = np.where(is_direct, land.gateway_code(sender), codes[adjacent] + pick % spare[adjacent])
    address = np.where(is_direct, _GATEWAYS + (peer << 8) + 1, _CARRIERS + (peer << 8) + 1)
    outward = sender == land.vantage.network
    own = land.vantage
    if service == "diameter":
        address = np.where(is_direct, land.addresses[sender, 4], address)
        rows["ports"] = _DIAMETER_PORTS
        rows["via"] = land.agent[sender]
        first = land.choices[service][sender, pick % 8]
        named = np.where(first == _NOBODY, adjacent, first) if own.network is not None else adjacent
        rows["via_carrier"] = np.where((named == _NOBODY) | outward, _NOBODY, land.carrier_agent[named])
    else:
        rows["ports"] = _M3UA_PORTS
    rows["opc"] = np.where(outward, own.point_code, code)
    rows["dpc"] = np.where(outward, code, own.point_code)
    rows["source"] = np.where(outward, own.address, address)
    rows["target"] = np.where(outward, address, own.address)


def set_ip_route(land: Landscape, rows: Rows, ends: tuple[Ints, Ints], hosts: tuple[Ints, Ints], port: int) -> None:
    """Fill addresses of GTP, which runs from node to node; `hosts` are their numbers among a network's addresses."""
    rows["source"] = land.addresses[ends[0], hosts[0]]
    rows["target"] = land.addresses[ends[1], hosts[1]]
    rows["ports"] = port << 16 | port


def _adjacent(land: Landscape, service: str, sender: Ints, receiver: Ints, pick: Ints) -> Ints:
    table = land.choices[service]
    if land.vantage.network is None:
        chosen = table[sender, pick % 8]
        return np.where(land.is_served(service)[sender], _NOBODY, chosen)
    partner = np.where(sender == land.vantage.network, receiver, sender)
    own = table[land.vantage.network]
    common = np.isin(table, own)
    choice = table[partner, pick % 8]
    shared = common[partner, pick % 8]
    anyhow = table[partner, common[partner].argmax(axis=1)]
    fallback = own[partner % 8]
    result: Ints = np.where(shared, choice, np.where(common[partner].any(axis=1), anyhow, fallback))
    return result


def _undeclared(land: Landscape, service: str, sender: Ints, pick: Ints) -> Ints:
    """A carrier that the sender does not declare, nor the vantage itself is."""
    carriers = np.arange(len(land.carrier_codes))
    chosen = np.empty(len(sender), np.int64)
    for place, network in enumerate(sender):
        free = np.setdiff1d(carriers[1:], land.choices[service][network])
        chosen[place] = free[pick[place] % len(free)]
    return chosen

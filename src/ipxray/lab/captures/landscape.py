"""The signalling side of a world as arrays: who is reached how, and what a vantage point sees of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from ipxray.errors import InputError, UsageError
from ipxray.lab.captures.rows import Ints
from ipxray.lab.signalling import Signalling, SignallingNetwork

__all__ = ["NODES", "Landscape", "Names"]

NODES = ("mme1", "hss1", "dea1", "smsc", "gmlc", "scef", "eir1", "sgsn", "dex1")
"""First labels of the hosts of every network."""
_FILE = "signalling.json"


class Names:
    """Host and realm names by number, as octets for stamping."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, name: str) -> int:
        """The number of a name."""
        return self._numbers.setdefault(name, len(self._numbers))

    def table(self) -> NDArray[np.uint8]:
        """One line a name, padded with zeros."""
        width = max(map(len, self._numbers), default=1)
        octets = b"".join(name.encode("ascii").ljust(width, b"\0") for name in self._numbers)
        return np.frombuffer(octets, np.uint8).reshape(-1, width)

    def widths(self) -> Ints:
        """Length of each name."""
        return np.array([len(name) for name in self._numbers])


@dataclass(frozen=True)
class Vantage:
    """Where the capture is taken: inside a carrier, or at the gateways of one network."""

    carrier: str | None
    network: int | None
    point_code: int
    address: int


class Landscape:
    """Networks by number from 0, in the order of their TADIG codes."""

    def __init__(self, plan: Signalling, home: str | None) -> None:
        self.plan = plan
        self.names = Names()
        self.networks: list[SignallingNetwork] = plan["networks"]
        self.codes = [each["tadig"] for each in self.networks]
        self.number = np.array([each["number"] for each in self.networks])
        self.plmn = np.array([_plmn(each["mcc"], each["mnc"]) for each in self.networks], np.uint32)
        self.prefix = np.array([int(each["mcc"] + each["mnc"]) for each in self.networks])
        self.prefix_digits = np.array([len(each["mcc"] + each["mnc"]) for each in self.networks])
        self.realm = np.array([self.names.number(each["realm"]) for each in self.networks])
        self.hosts = {
            node: np.array([self.names.number(f"{node}.{each['realm']}") for each in self.networks]) for node in NODES
        }
        self.apn_operator = np.array([self.names.number(_apn_operator(each)) for each in self.networks])
        self.agent = np.array([self.names.number(_agent(each)) for each in self.networks])
        self.addresses = np.array(
            [[int(IPv4Address(text)) for text in each["addresses"]] for each in self.networks], np.uint32
        )
        self.titles = {role: _padded(self.networks, role) for role in self.networks[0]["titles"]}
        self.has_lte = np.array(["diameter" not in each["silent"] for each in self.networks])
        self._carriers = {each["id"]: place for place, each in enumerate(plan["carriers"])}
        self.carrier_codes = [each["point_codes"] for each in plan["carriers"]]
        self.carrier_agent = np.array(
            [self.names.number(f"dra1.{each['host_domain']}") for each in plan["carriers"]], np.int32
        )
        self.choices = {service: self._choices(service) for service in ("sccp", "diameter")}
        self.vantage = self._vantage(home)

    @classmethod
    def read(cls, world: Path, home: str | None) -> Landscape:
        """Read `signalling.json` of a world. Raises InputError when there is none, UsageError for an unknown home."""
        try:
            plan = cast("Signalling", json.loads((world / _FILE).read_text(encoding="utf-8")))
            codes = [each["tadig"] for each in plan["networks"]]
            if home is None or home in codes:
                return cls(plan, home)
        except (OSError, ValueError, LookupError, TypeError) as error:
            problem = f"is no lab world with a {_FILE}"
            raise InputError(world, problem, hint=f"ipxray lab world --output {world}") from error
        near = get_close_matches(home, codes, 1) or codes[:1]
        raise UsageError(f"the world has no network {home}", hint=f"{near[0]}, perhaps")

    def title(self, role: str, networks: Ints, pick: Ints) -> Ints:
        """A global title of that role in each network; the same pick gives the same one."""
        table, counts = self.titles[role]
        found: Ints = table[networks, pick % counts[networks]]
        return found

    def gateway_code(self, networks: Ints) -> Ints:
        """The network's own international point code: zone 1, even areas, so that no carrier has it."""
        numbers = self.number[networks]
        codes: Ints = (1 << 11) | (2 * (1 + numbers // 8) << 3) | numbers % 8
        return codes

    def _choices(self, service: str) -> NDArray[np.int32]:
        """Eight carriers a network to draw from: seven by its primary ones, one by its backup. -1: itself."""
        table = np.full((len(self.networks), 8), -1, np.int32)
        for place, each in enumerate(self.networks):
            if service in each["silent"]:
                continue
            declared = each["carriers"][service]
            # Who declares nobody whom one could resolve is carried all the same.
            first = declared["primary"] or [self.plan["carriers"][each["number"] % len(self._carriers)]["id"]]
            backup = declared["backup"] or first
            picks = [first[turn % len(first)] for turn in range(7)] + [backup[0]]
            table[place] = [self._carriers[carrier] for carrier in picks]
        return table

    def _vantage(self, home: str | None) -> Vantage:
        if home is not None:
            place = self.codes.index(home)
            code = int(self.gateway_code(np.array([place]))[0])
            return Vantage(None, place, code, int(IPv4Address("10.0.0.1")))
        first = self.plan["carriers"][0]
        return Vantage(first["id"], None, first["point_codes"][0], int(IPv4Address("10.0.0.1")))

    def is_served(self, service: str) -> NDArray[np.bool_]:
        """Which networks the vantage carrier serves."""
        own = self._carriers.get(self.vantage.carrier or "", -2)
        served: NDArray[np.bool_] = (self.choices[service] == own).any(axis=1)
        return served


def _plmn(mcc: str, mnc: str) -> int:
    third = mnc[2] if len(mnc) == 3 else "f"
    return int(mcc[1] + mcc[0] + third + mcc[2] + mnc[1] + mnc[0], 16)


def _apn_operator(network: SignallingNetwork) -> str:
    """The operator identifier of its access points, labels with their lengths (TS 23.003 §9.1.2)."""
    return f"\6mnc{network['mnc']:0>3}\6mcc{network['mcc']}\4gprs"


def _agent(network: SignallingNetwork) -> str:
    hosts = network["hosts"]
    return hosts[0] if hosts else f"dea1.{network['realm']}"


def _padded(networks: list[SignallingNetwork], role: str) -> tuple[Ints, Ints]:
    found: list[list[int]] = [[int(each) for each in network["titles"][role]] for network in networks]
    counts = np.array([len(each) for each in found])
    table = np.zeros((len(found), int(counts.max())), np.int64)
    for place, each in enumerate(found):
        table[place, : len(each)] = each
    result: tuple[Any, Any] = (table, counts)
    return result

"""Procedures played for many subscribers at once: who says what to whom when, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.random import Generator

from ipxray.lab.captures.forms import builder_of
from ipxray.lab.captures.landscape import Landscape
from ipxray.lab.captures.people import People, line_of
from ipxray.lab.captures.procedures import Node, Step, steps
from ipxray.lab.captures.routes import set_ip_route, set_route
from ipxray.lab.captures.rows import BENIGN, ROW, Ints, Rows, joined
from ipxray.lab.captures.templates import Book

__all__ = ["Cast", "Stage", "Trick"]

Cast = Mapping[str, Ints]
"""The network that plays each side, one a subscriber."""

Trick = tuple[str, tuple[str, ...]]
"""A family of messages (or any) and the options that side A gives to what it sends there."""

_OPENING = frozenset({"begin", "open", "request"})
_FROM_INITIATOR = frozenset({"begin", "open", "push", "ack"})
_GTP_HOSTS = {"sgw": 0, "sgsn": 0, "pgw": 1, "ggsn": 1}
_CONTROL_PORT, _USER_PORT = 2123, 2152
_DIAMETER_PORT, _TCP_CLIENT_PORT = 3868, 52_101
_E164_OF_WORLD = 9_990_000
_BETWEEN_SEGMENTS = 900
_LEASED_TITLE, _LEASED_PLACE = 907_113, 3
_UNKNOWN_ADDRESS = 0xC612_0001
"""198.18.0.0/15, kept for benchmarks (RFC 2544): declared by nobody."""


class Stage:
    """Turns procedures into rows; draws identifiers and delays from its generator."""

    def __init__(self, land: Landscape, people: People, rng: Generator) -> None:
        self.land = land
        self.people = people
        self.rng = rng
        self.book = Book(builder_of)

    def play(
        self,
        procedures: Sequence[str],
        at: Ints,
        who: Ints,
        cast: Cast | None = None,
        *,
        campaign: int = BENIGN,
        trick: Trick = ("any", ()),
        is_leased: bool = False,
    ) -> Rows:
        """Play procedures one after another for each of `who`, beginning at `at` (microseconds).

        `cast` says who plays a side; V and H are where the subscriber is and where he comes from unless it says else.
        With `is_leased`, side A has a title, host and address of its own in its network's ranges; else a node's.
        """
        if not len(who):
            return np.zeros(0, ROW)
        sides = {"V": self.people.visited[who], "H": self.people.home[who], **(cast or {})}
        sides["stand-in"] = self.rng.integers(1, 1 << 32, len(who))  # one number for the whole delivery
        sides["leased"] = np.full(len(who), is_leased)
        parts: list[Rows] = []
        dialogue: dict[str, Ints] = {}
        moment = at.astype(np.int64)
        for procedure in procedures:
            for plain in steps(procedure):
                step = _tricked(plain, trick)
                moment = moment + self.rng.integers(step.least, step.most + 1, len(who))
                if step.part in _OPENING:
                    dialogue = self._identifiers(len(who), is_near="near_ids" in step.options)
                parts += self._parts(step, moment, who, sides, dialogue)
        rows = joined(parts)
        rows["campaign"] = campaign
        return rows

    def _identifiers(self, count: int, *, is_near: bool) -> dict[str, Ints]:
        names = ("near", "far", "hop", "end", "session", "sequence")
        drawn = {name: self.rng.integers(1, 1 << 32, count, np.uint32) for name in names}
        if is_near:
            drawn["near"] = drawn["near"][0] + np.arange(count, dtype=np.uint32) * 3
        return drawn

    def _parts(self, step: Step, at: Ints, who: Ints, sides: Cast, dialogue: Mapping[str, Ints]) -> list[Rows]:
        """The rows of one step; of a segmented message those of each segment."""
        count = next((int(each[9:]) for each in step.options if each.startswith("segments=")), 1)
        if count == 1:
            return [self._rows(step, at, who, sides, dialogue)]
        segments = [step._replace(options=(*step.options, f"segment={place}")) for place in range(count)]
        return [
            self._rows(segment, at + place * _BETWEEN_SEGMENTS, who, sides, dialogue)
            for place, segment in enumerate(segments)
        ]

    def _rows(self, step: Step, at: Ints, who: Ints, sides: Cast, dialogue: Mapping[str, Ints]) -> Rows:
        rows = np.zeros(len(who), ROW)
        rows["at"] = at
        rows["imsi"], rows["msisdn"] = self.people.imsi[who], self.people.msisdn[who]
        rows["plmn"] = self.land.plmn[sides["A" if step.sender.side == "A" and step.family != "map" else "V"]]
        rows["area"], rows["cell"] = 1 + who % 900, 1 + who % 30_000
        play = {"map": self._ss7, "cap": self._ss7, "dia": self._diameter, "gtp": self._gtp}[step.family]
        play(rows, step, who, sides, dialogue)
        if "scrambled" in step.options:
            self._replace_identity(rows, sides["H"], sides["stand-in"])
        if "stray" in step.options:
            self._replace_identity(rows, sides["H"], dialogue["session"])
            rows["msisdn"] = line_of(self.land, sides["H"], dialogue["end"])
            rows["teid"] = dialogue["hop"]
        if "titles" in step.options:
            rows["called"] = rows["called"] // 10_000 * 10_000 + dialogue["hop"] % 10_000
        if "probing" in step.options:
            rows["plmn"] = self.land.plmn[dialogue["hop"] % len(self.land.plmn)]
        if "unknown_source" in step.options:
            rows["source"] = _UNKNOWN_ADDRESS + dialogue["hop"][0] % 200
        return rows

    def _replace_identity(self, rows: Rows, home: Ints, number: Ints) -> None:
        """Another IMSI of the same home: the stand-in of home routing, or one that nobody has."""
        room = 10 ** (15 - self.land.prefix_digits[home]).astype(np.int64)
        rows["imsi"] = self.land.prefix[home].astype(np.int64) * room + number.astype(np.int64) % room

    def _ss7(self, rows: Rows, step: Step, who: Ints, sides: Cast, dialogue: Mapping[str, Ints]) -> None:
        land = self.land
        sender, receiver = sides[step.sender.side], sides[step.receiver.side]
        rows["calling"], rows["called"] = self._title(step.sender, sides, who), self._title(step.receiver, sides, who)
        rows["node"] = self._named(step.named.get("node"), rows["calling"], sides, who)
        performer = rows["calling"] if step.part in {"end", "final"} else rows["called"]
        rows["other"] = self._named(step.named.get("other"), performer, sides, who)
        if "e214" in step.options:
            home = _E164_OF_WORLD + land.number[receiver].astype(np.int64)
            rows["called"] = home * 10**8 + self.people.imsi[who] % 10**8
        if "extra_digit" in step.options:
            rows["calling"] = rows["calling"] * 10 + 7
        first, second = ("near", "far") if step.part in _FROM_INITIATOR else ("far", "near")
        rows["otid"], rows["dtid"] = dialogue[first], dialogue[second]
        rows["address"] = land.addresses[sender, _GTP_HOSTS["sgsn"]]
        rows["template"] = self.book.number(step.template())
        set_route(land, rows, "sccp", (sender, receiver), who, is_undeclared="undeclared_route" in step.options)

    def _title(self, node: Node, sides: Cast, who: Ints) -> Ints:
        networks = sides[node.side]
        if node.role == "line":
            return line_of(self.land, networks, who)
        if node.side != "A":
            return self.land.title(node.role, networks, who)
        base = (_E164_OF_WORLD + self.land.number[networks].astype(np.int64)) * 1_000_000
        return np.where(sides["leased"], base + _LEASED_TITLE, self.land.title(node.role, networks, networks))

    def _host(self, node: Node, sides: Cast) -> Ints:
        networks = sides[node.side]
        if node.side != "A":
            return self.land.hosts[node.role][networks]
        return np.where(sides["leased"], self.land.hosts["dex1"][networks], self.land.hosts[node.role][networks])

    def _named(self, named: Node | None, default: Ints, sides: Cast, who: Ints) -> Ints:
        return default if named is None else self._title(named, sides, who)

    def _diameter(self, rows: Rows, step: Step, who: Ints, sides: Cast, dialogue: Mapping[str, Ints]) -> None:
        land = self.land
        sender, receiver = sides[step.sender.side], sides[step.receiver.side]
        rows["host"], rows["realm"] = self._host(step.sender, sides), land.realm[sender]
        rows["to_host"], rows["to_realm"] = self._host(step.receiver, sides), land.realm[receiver]
        rows["opener"] = rows["host"] if step.part == "request" else rows["to_host"]
        for column, side in step.named.items():
            rows[column] = self._title(side, sides, who)
        rows["hop"], rows["end"], rows["session"] = dialogue["hop"], dialogue["end"], dialogue["session"]
        if step.part != "request":
            # An answer retraces its request, hop by hop (RFC 6733 §6.2).
            set_route(land, rows, "diameter", (receiver, sender), who)
            rows["source"], rows["target"] = rows["target"].copy(), rows["source"].copy()
            if "tcp" in step.options:
                rows["ports"] = _DIAMETER_PORT << 16 | _TCP_CLIENT_PORT
            rows["template"] = self.book.number(step.template())
            return
        set_route(land, rows, "diameter", (sender, receiver), who, is_undeclared="undeclared_route" in step.options)
        if "tcp" in step.options:
            rows["ports"] = _TCP_CLIENT_PORT << 16 | _DIAMETER_PORT
        widths = land.names.widths()
        via, carrier = widths[rows["via"]], np.where(rows["via_carrier"] < 0, 0, widths[rows["via_carrier"]])
        for kind in np.unique(via * 1_000 + carrier):
            key = step.template(f"via={kind // 1_000}", f"via_carrier={kind % 1_000}")
            rows["template"][via * 1_000 + carrier == kind] = self.book.number(key)

    def _gtp(self, rows: Rows, step: Step, who: Ints, sides: Cast, dialogue: Mapping[str, Ints]) -> None:
        sender, receiver = sides[step.sender.side], sides[step.receiver.side]
        is_user = step.part == "user-packet" or step.message == "user-packet"
        imsi = self.people.imsi[who]
        pair = imsi * 4_096 + sides["V"]  # who comes back from elsewhere gets a new tunnel
        rows["teid"] = _tunnel(pair, receiver, is_user=is_user)
        rows["tunnel"] = _tunnel(pair, sender, is_user=False)
        rows["tunnel_user"] = _tunnel(pair, sender, is_user=True)
        rows["sequence"] = dialogue["sequence"] & 0xFFFF if dialogue else 0
        hosts = self._place(step.sender, sides), self._place(step.receiver, sides)
        set_ip_route(self.land, rows, (sender, receiver), hosts, _USER_PORT if is_user else _CONTROL_PORT)
        rows["address"] = self.land.addresses[receiver, hosts[1]]
        rows["apn"] = self.land.apn_operator[sides["A" if "foreign_apn" in step.options else "H"]]
        rows["template"] = self.book.number(step.template())

    def _place(self, node: Node, sides: Cast) -> Ints:
        """Which of its network's addresses a node has."""
        place = np.full(len(sides["leased"]), _GTP_HOSTS[node.role])
        return np.where(sides["leased"], _LEASED_PLACE, place) if node.side == "A" else place


def _tricked(step: Step, trick: Trick) -> Step:
    family, options = trick
    hostile = step.sender.side == "A" and step.part in {"begin", "push", "request"}
    if not options or not hostile or family not in {"any", step.family}:
        return step
    return step._replace(options=(*step.options, *options))


def _tunnel(pair: Ints, network: Ints, *, is_user: bool) -> Ints:
    """The endpoint identifier that a network has given to a subscriber: random to look at, always the same."""
    mixed = (pair.astype(np.uint64) * np.uint64(4) + np.uint64(2 + is_user)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= network.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    return ((mixed >> np.uint64(29)) & np.uint64(0xFFFFFFFF)) | np.uint64(1)

"""Subscribers who roam: who they are, where they come from, where they are, what they carry."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ipxray.errors import UsageError
from ipxray.lab.captures.landscape import Landscape
from ipxray.lab.captures.rows import Ints

__all__ = ["People", "draw_people", "line_of"]

_ZIPF = 0.6
_MSIN_STEP, _NUMBER_STEP = 7_919, 7_919
_NUMBERS = 400_000
"""Subscriber numbers of a network that are even; the odd ones below 800000 were ported to others."""
_SHARE_PORTED, _SHARE_THINGS, _SHARE_SILENT = 0.03, 0.08, 0.06
_SHARE_THERE = 0.55
"""Share that is abroad already when the capture begins; the others arrive."""


@dataclass
class People:
    """All subscribers, one line each."""

    imsi: Ints
    msisdn: Ints
    home: Ints
    visited: Ints
    has_lte: NDArray[np.bool_]
    is_thing: NDArray[np.bool_]
    is_silent: NDArray[np.bool_]
    is_camel: NDArray[np.bool_]
    arrives: Ints
    """Microsecond of arrival from the start on; negative: was there before."""
    is_here: NDArray[np.bool_]
    stays: NDArray[np.bool_]
    """True for those who neither move nor leave: what a campaign knows of them stays true."""

    def __len__(self) -> int:
        return len(self.imsi)


def draw_people(land: Landscape, count: int, duration: int, rng: Generator) -> People:
    """Draw subscribers whose signalling the vantage point sees; arrivals spread over `duration` microseconds."""
    home, visited = _pairs(land, count, rng)
    imsi, msisdn = _numbers(land, home, rng)
    there = rng.random(count) < _SHARE_THERE
    kind = rng.random(count)
    return People(
        imsi=imsi,
        msisdn=msisdn,
        home=home,
        visited=visited,
        has_lte=land.has_lte[home] & land.has_lte[visited] & (rng.random(count) < 0.85),
        is_thing=kind < _SHARE_THINGS,
        is_silent=kind > 1 - _SHARE_SILENT,
        is_camel=rng.random(count) < 0.5,
        arrives=np.where(there, -1, rng.integers(0, duration, count)),
        is_here=there,
        stays=np.zeros(count, bool),
    )


def line_of(land: Landscape, networks: Ints, pick: Ints) -> Ints:
    """Some telephone number of each network; the same pick gives the same one."""
    base = 9_990_000 + land.number[networks].astype(np.int64)
    lines: Ints = base * 1_000_000 + pick.astype(np.int64) * 7_919 % (2 * _NUMBERS)
    return lines


def _pairs(land: Landscape, count: int, rng: Generator) -> tuple[Ints, Ints]:
    networks = len(land.networks)
    weight = np.power(np.arange(1, networks + 1), -_ZIPF)
    pairs = np.outer(rng.permutation(weight), rng.permutation(weight))
    np.fill_diagonal(pairs, 0)
    if land.vantage.network is not None:
        seen = np.zeros((networks, networks), bool)
        seen[land.vantage.network, :] = seen[:, land.vantage.network] = True
    else:
        served = land.is_served("sccp") & land.is_served("diameter")
        seen = served[:, None] | served[None, :]
    pairs = np.where(seen, pairs, 0).ravel()
    if not pairs.sum():
        raise UsageError(
            "nobody roams where this capture is taken", hint="a world of more operators, or another --home"
        )
    drawn = rng.choice(networks * networks, count, p=pairs / pairs.sum())
    return drawn // networks, drawn % networks


def _numbers(land: Landscape, home: Ints, rng: Generator) -> tuple[Ints, Ints]:
    """IMSIs and numbers: distinct, spread over their network's range; some numbers were ported in."""
    order = np.argsort(home, kind="stable")
    rank = np.empty(len(home), np.int64)
    edges = np.searchsorted(home[order], np.arange(len(land.networks)))
    rank[order] = np.arange(len(home)) - edges[home[order]]
    room = 10 ** (15 - land.prefix_digits[home]).astype(np.int64)
    imsi = land.prefix[home].astype(np.int64) * room + (rank + 1) * _MSIN_STEP * 101 % room
    is_ported = (rng.random(len(home)) < _SHARE_PORTED) & (land.number[home] > 1)
    base = 9_990_000 + land.number[home] - is_ported
    line = (rank + 1) * _NUMBER_STEP % _NUMBERS * 2 + is_ported
    return imsi, base.astype(np.int64) * 1_000_000 + line

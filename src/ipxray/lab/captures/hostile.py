"""Campaigns played: targets drawn, attackers cast, rows made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ipxray.lab.captures.behaviours import BEHAVIOURS, EVASIONS, Scene
from ipxray.lab.captures.campaigns import Campaign
from ipxray.lab.captures.rows import Ints, Rows, joined
from ipxray.lab.captures.stage import Stage

__all__ = ["Played", "play_campaigns"]

_SECOND = 1_000_000


@dataclass(frozen=True)
class Played:
    """A campaign with what it turned out to be."""

    campaign: Campaign
    networks: tuple[str, ...]
    subscribers: tuple[str, ...]


def play_campaigns(stage: Stage, campaigns: Sequence[Campaign], start: int) -> tuple[Rows, list[Played]]:
    """Rows of all campaigns, in no order, and what each turned out to be."""
    parts, played = [], []
    for number, campaign in enumerate(campaigns, start=1):
        rows, told = _play(stage, campaign, number, start)
        parts.append(rows)
        played.append(told)
    return joined(parts), played


def _play(stage: Stage, campaign: Campaign, number: int, start: int) -> tuple[Rows, Played]:
    behaviour, land = BEHAVIOURS[campaign.behaviour], stage.land
    targets = _targets(stage, campaign)
    stage.people.stays[targets] = True
    attackers = _attackers(stage, campaign, targets)
    count = len(targets) * campaign.times
    who = np.tile(targets, campaign.times)
    first = start + int(campaign.after * _SECOND)
    at = np.sort(stage.rng.integers(first, first + int(campaign.lasts * _SECOND) + 1, count))
    trick = EVASIONS[campaign.evasion] if campaign.evasion else None
    scene = Scene(tuple(land.networks[each]["realm"] for each in attackers))
    options = (trick.family, trick.options(scene)) if trick else ("any", ())
    # With a borrowed host the realms that it appears in are those of the others.
    sending = attackers[1:] if campaign.evasion == "host_of_another_realm" and len(attackers) > 1 else attackers
    is_leased = campaign.address == "leased" and behaviour.sender == "stranger"
    cast = {"A": sending[np.arange(count) % len(sending)]}
    if behaviour.sender != "stranger":
        cast = {"A": stage.people.home[who] if behaviour.sender == "home" else stage.people.visited[who]}
        options = ("any", (*options[1], "undeclared_route"))
    rows = stage.play(behaviour.procedures, at, who, cast, campaign=number, trick=options, is_leased=is_leased)
    imsis = tuple(f"{imsi:015d}" for imsi in np.unique(stage.people.imsi[targets]))
    return rows, Played(campaign, tuple(land.codes[each] for each in np.unique(cast["A"])), imsis)


def _targets(stage: Stage, campaign: Campaign) -> Ints:
    people = stage.people
    able = people.is_here & ~people.is_thing
    if BEHAVIOURS[campaign.behaviour].target == "lte":
        able = able & people.has_lte
    pool = np.flatnonzero(able)
    if not len(pool):
        return pool
    return stage.rng.choice(pool, min(campaign.targets, len(pool)), replace=False)


def _attackers(stage: Stage, campaign: Campaign, targets: Ints) -> Ints:
    """Networks that neither are home to a target nor serve one, and whose messages pass the vantage point."""
    land = stage.land
    taken = np.union1d(stage.people.home[targets], stage.people.visited[targets])
    if land.vantage.network is None:
        able = np.flatnonzero(land.is_served("sccp") & land.is_served("diameter"))
    else:
        able = np.arange(len(land.networks))
    free = np.setdiff1d(able, taken)
    if not len(free):
        free = np.setdiff1d(np.arange(len(land.networks)), stage.people.home[targets[:1]])
    return stage.rng.choice(free, min(campaign.networks, len(free)), replace=False)

"""The message kinds that carry data between a home and a visited network (data/messages.toml), and how they blend."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Annotated, NamedTuple

import numpy as np

from ipxray.exposure.boxes import MEASURED_SERVICES
from ipxray.exposure.kernel import Array

__all__ = ["DATA_CLASSES", "DIRECTIONS", "ENDS", "THREATS", "Blend", "Message", "blends", "messages"]

DATA_CLASSES = ("credential", "location", "sms", "user_traffic", "identity", "profile")
THREATS = ("read", "alter", "inject")
DIRECTIONS = ("home_to_visited", "visited_to_home", "both")
ENDS = ("home", "visited")
"""The two ends of a pair: axis of every array that knows who chose a path, or over whose link a forgery comes."""


class Message(NamedTuple):
    """One message kind. Payload is the direction of the data; path the end whose routing it follows."""

    service: Annotated[str, "sccp, diameter or grx"]
    message: Annotated[str, "name of the message, as its standard has it"]
    data_class: Annotated[str, "credential, location, sms, user_traffic, identity or profile"]
    payload: Annotated[str, "home_to_visited or visited_to_home: where the data goes"]
    path: Annotated[str, "home or visited: whose first hop the data follows"]
    weight: Annotated[float, "messages of this kind per roamer-day, relative to the others of the class"]
    threats: Annotated[tuple[str, ...], "read, alter: what a carrier on the path can do with it"]
    clause: Annotated[str, "where the standard says so"]
    reason: Annotated[str, "why it stands here, and what a forged one would do"]
    forged_to: Annotated[str | None, "home or visited: over whose trusted link a forged message comes; null: none"] = (
        None
    )


class Blend(NamedTuple):
    """How one cell of the exposure table mixes services and ends: Σ coefficients · levels / Σ weights · roamer-days.

    Both arrays are [service, end]: `coefficients` with what protection leaves, `weights` without.
    """

    service: str
    data_class: str
    threat: str
    direction: str
    coefficients: Array
    weights: Array


@cache
def messages() -> tuple[Message, ...]:
    """Read the shipped message kinds, in the order of the file."""
    text = files("ipxray").joinpath("data/messages.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["message"]
    return tuple(Message(**{**row, "threats": tuple(row["threats"])}) for row in rows)


def blends(
    parameters: Mapping[str, float],
    *,
    services: Sequence[str] = (*MEASURED_SERVICES, "all"),
    directions: Sequence[str] = DIRECTIONS,
) -> tuple[Blend, ...]:
    """List every service, data class, threat and direction with a message kind, in this order; `all` mixes services."""
    mix = {service: parameters[f"weight_{service}"] for service in MEASURED_SERVICES}
    found = []
    for service, data_class, threat, direction in product(services, DATA_CLASSES, THREATS, directions):
        weights = _weights(mix if service == "all" else {service: 1.0}, data_class, threat, direction)
        if weights.any():
            kept = np.array([_left(parameters, threat, each) for each in MEASURED_SERVICES])
            found.append(Blend(service, data_class, threat, direction, weights * kept[:, None], weights))
    return tuple(found)


def _weights(mix: Mapping[str, float], data_class: str, threat: str, direction: str) -> Array:
    weights = np.zeros((len(MEASURED_SERVICES), len(ENDS)))
    for message in messages():
        end = message.forged_to if threat == "inject" else message.path if threat in message.threats else None
        wanted = message.data_class == data_class and direction in (message.payload, "both")
        if wanted and end is not None and message.service in mix:
            place = MEASURED_SERVICES.index(message.service), ENDS.index(end)
            weights[place] += message.weight * mix[message.service]
    return weights


def _left(parameters: Mapping[str, float], threat: str, service: str) -> float:
    """Share of messages that protection leaves open to this threat."""
    if threat == "inject":
        return 1.0 - parameters["firewall_effectiveness"]
    kind = "confidentiality" if threat == "read" else "integrity"
    return 1.0 - parameters[f"{kind}_{service}"]

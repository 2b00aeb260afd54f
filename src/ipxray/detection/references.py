"""The small tables that messages are joined with: networks, number ranges, places, operations, carriers, indicators."""

from __future__ import annotations

from typing import Annotated, NamedTuple

__all__ = [
    "Border", "CaptureNumber", "CarrierDomain", "DeclaredKind", "DeclaredRoute", "HopPosition", "IndicatorRow",
    "NetworkRow", "OperationRow", "Place", "PointCarrier", "Prefix", "ProfileRow", "Run",
]  # fmt: skip


class NetworkRow(NamedTuple):
    """One row per network that is declared or known."""

    code: Annotated[int, "number in this run, from 1"]
    network: Annotated[str, "TADIG, or plmn: and the codes"]
    country: Annotated[str | None, "ISO 3166-1 alpha-2"]
    operator: Annotated[str | None, "organisation"]
    kin: Annotated[int, "number that networks of one organisation in one country share, from 1"]
    plmn: Annotated[str | None, "its PLMN id, the first of several"]
    is_protected: Annotated[bool, "named by --home"]
    is_everywhere: Annotated[bool, "of MCC 901: satellite, ship, aircraft or worldwide devices"]


class Prefix(NamedTuple):
    """One row per range of numbers, hosts or addresses and whose it is."""

    space: Annotated[str, "gt, e214, imsi, plmn, host (reversed, by labels) or ip (hexadecimal digits)"]
    prefix: Annotated[str, "what every key of the range begins with"]
    size: Annotated[int, "length of the prefix"]
    digits: Annotated[int | None, "exact length of a key; null for any"]
    first: Annotated[str | None, "least key of the range, where digits is given"]
    last: Annotated[str | None, "greatest key, inclusive"]
    code: Annotated[int, "network; 0 where only the country is known"]
    country: Annotated[str | None, "country"]
    is_declared: Annotated[bool, "stated by the network itself"]


class DeclaredKind(NamedTuple):
    """Networks that declare ranges of a kind at all."""

    code: Annotated[int, "network"]
    space: Annotated[str, "gt, host or ip"]


class Place(NamedTuple):
    """Where a country lies."""

    country: Annotated[str, "ISO 3166-1 alpha-2"]
    latitude: Annotated[float, "degrees north"]
    longitude: Annotated[float, "degrees east"]


class Border(NamedTuple):
    """Two countries that touch, in both orders."""

    country: Annotated[str, "one"]
    neighbour: Annotated[str, "the other"]


class OperationRow(NamedTuple):
    """What is known of an operation: its category and where a legitimate one travels."""

    number: Annotated[int, "from 1"]
    protocol: Annotated[str, "as in messages"]
    operation_key: Annotated[str, "operation code as text, or the operation's name"]
    application: Annotated[str, "application context number or Diameter application; empty for any"]
    family: Annotated[str, "kind of operation"]
    role: Annotated[
        int, "1 registers, 2 fetches vectors, 3 cancels, 4 asks where to send a short message, 0 anything else"
    ]
    category: Annotated[str | None, "category"]
    legit_direction: Annotated[str | None, "legitimate direction"]
    category_toward_home: Annotated[str | None, "category of one that goes to the home network, where that differs"]
    legit_toward_home: Annotated[str | None, "its direction"]
    category_from_home: Annotated[str | None, "category of one that comes from the home network, where that differs"]
    legit_from_home: Annotated[str | None, "its direction"]


class PointCarrier(NamedTuple):
    """Carriers that hold a point code."""

    point: Annotated[str, "point code as a number, in text"]
    carrier: Annotated[str, "carrier"]


class CarrierDomain(NamedTuple):
    """Domains of carriers' hosted agents."""

    domain: Annotated[str, "domain, lower case"]
    size: Annotated[int, "its length"]
    carrier: Annotated[str, "carrier"]


class DeclaredRoute(NamedTuple):
    """Carriers that a network declares for a service."""

    code: Annotated[int, "network"]
    service: Annotated[int, "1 sccp, 2 diameter, 3 grx, 4 n32"]
    carrier: Annotated[str, "carrier, or one of those that an ambiguous name may mean"]


class IndicatorRow(NamedTuple):
    """One published indicator in the form in which addresses are looked up."""

    space: Annotated[str, "gt, host, ip or pc"]
    prefix: Annotated[str, "key or beginning of it"]
    size: Annotated[int, "length of the prefix"]
    is_whole: Annotated[bool, "true when the whole key must match"]
    indicator: Annotated[str, "its id"]
    source: Annotated[str, "who published it"]


class CaptureNumber(NamedTuple):
    """The files in the order of their names."""

    capture: Annotated[str, "as in messages"]
    number: Annotated[int, "from 0"]


class ProfileRow(NamedTuple):
    """What a learnt profile knows as normal."""

    sender_party: Annotated[str, "network, else country, of the sender"]
    operation: Annotated[str, "protocol and operation"]
    adjacent: Annotated[str, "neighbour that handed the messages over"]


class HopPosition(NamedTuple):
    """Places of a Route-Record in a path."""

    position: Annotated[int, "from 1 to 16"]


class Run(NamedTuple):
    """What holds for the whole run; one row."""

    start_at: Annotated[int, "first message, microseconds since 1970, UTC"]
    has_protected: Annotated[int, "1 when --home is given"]
    has_profile: Annotated[int, "1 when a profile is given"]
    nothing: Annotated[tuple[str, ...], "an empty list"]

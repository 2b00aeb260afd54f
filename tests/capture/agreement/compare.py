"""Hold two readings of one capture together, value by value."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from tests.capture.agreement import diameter, gtp, http2, ss7
from tests.capture.agreement.dissector import Frame

Row = dict[str, object]

FAMILIES = {
    "ss7": {"tcap", "map", "cap"},
    "diameter": {"diameter"},
    "gtp": {"gtpv0", "gtpv1", "gtpv2", "gtpu", "gtp_prime"},
    "pfcp": {"pfcp"},
    "http2": {"http2"},
}
MISSING = "no such message"
LISTED = Path(__file__).with_name("differences.toml")


class Difference(NamedTuple):
    """One value that the two readings do not share; `field` is `message` when one of them has no such message."""

    file: str
    frame: int
    position: int
    protocol: str
    field: str
    ours: object
    theirs: object


class Agreement(NamedTuple):
    """How many messages and values were compared, by protocol, and what differed."""

    messages: Counter[str]
    values: Counter[str]
    differences: list[Difference]


def nothing() -> Agreement:
    """No comparison yet."""
    return Agreement(Counter(), Counter(), [])


def theirs(frames: Iterable[Frame]) -> list[Row]:
    """The reference reading: rows of every family, in the order of frames."""
    readers = (ss7.rows, diameter.rows, gtp.rows, http2.Exchanges().rows)
    return [frame.envelope() | row for frame in frames for read in readers for row in read(frame)]


def _by_place(rows: Iterable[Mapping[str, object]]) -> dict[tuple[int, str], list[Mapping[str, object]]]:
    families = {protocol: family for family, protocols in FAMILIES.items() for protocol in protocols}
    places: dict[tuple[int, str], list[Mapping[str, object]]] = defaultdict(list)
    for row in rows:
        family = families.get(str(row["protocol"]))
        is_user_packet = family == "gtp" and row.get("operation_code") == gtp.G_PDU
        if family is not None and not is_user_packet:
            places[int(str(row["frame"])), family].append(row)
    return places


def compare(
    file: str, ours: Iterable[Mapping[str, object]], reference: Iterable[Mapping[str, object]], into: Agreement
) -> None:
    """Compare message by message within each frame; only the columns that the reference row has are compared."""
    mine, other = _by_place(ours), _by_place(reference)
    for place in sorted(mine.keys() | other.keys()):
        frame, family = place
        left, right = mine.get(place, []), other.get(place, [])
        for position in range(max(len(left), len(right))):
            if position >= len(left) or position >= len(right):
                row = left[position] if position < len(left) else right[position]
                found = (str(row["protocol"]), MISSING) if position < len(left) else (MISSING, str(row["protocol"]))
                into.differences.append(Difference(file, frame, position, family, "message", *found))
                into.values[family] += 1
                continue
            _values(
                Difference(file, frame, position, str(right[position]["protocol"]), "", None, None),
                left[position],
                right[position],
                into,
            )


def _values(place: Difference, ours: Mapping[str, object], reference: Mapping[str, object], into: Agreement) -> None:
    into.messages[place.protocol] += 1
    for field, value in reference.items():
        into.values[place.protocol] += 1
        own = str(ours["operation"] or "").partition("/")[0] or None if field == "api" else ours.get(field)
        # tshark says tcap where it does not know the user.
        if own != value and (field, value) != ("protocol", "tcap"):
            into.differences.append(place._replace(field=field, ours=own, theirs=value))


def listed() -> dict[tuple[str, int, str], str]:
    """The differences in which we are right, and why: by file, frame and field; frame 0 stands for every frame."""
    table = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    return {
        (item["file"], frame, field): item["why"]
        for item in table["difference"]
        for frame in item["frames"]
        for field in item["fields"]
    }


def unexplained(differences: Iterable[Difference]) -> list[Difference]:
    """What the list of explained differences does not hold."""
    known = listed()
    return [
        item
        for item in differences
        if not {(item.file, item.frame, item.field), (item.file, 0, item.field)} & known.keys()
    ]

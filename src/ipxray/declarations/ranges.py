"""Numbers, addresses and nodes of a network at two times: which came, which went, however rows are cut and ordered."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ipxray.declarations.rows import Numbering
from ipxray.declarations.text import fold

__all__ = [
    "Difference", "Said", "Span", "address_span", "address_text", "compare_numbering", "compare_values", "depth",
    "difference", "number_span", "number_text", "places",
]  # fmt: skip

_NUMBER_RANGES: Final = frozenset(["msisdn_range", "gt_range", "msrn_range", "portability_range"])


class Said(NamedTuple):
    """One side of a difference: what is declared, and the element path; null where no single element says it."""

    text: str
    path: str | None


class Difference(NamedTuple):
    """One thing that was declared, is declared, or both in different form."""

    topic: str
    before: Said | None
    after: Said | None


class Span(NamedTuple):
    """The integers from first to last, both included, and the path of the element that gives them.

    A digit 1 stands before each number and a bit 1 before each address: thus leading zeros count, and numbers of
    different length, or addresses of different version, are neither the same nor neighbours.
    """

    first: int
    last: int
    path: str


def number_span(first: str, last: str, path: str) -> Span:
    """The numbers from first to last: ASCII digits, as many in both."""
    return Span(int(f"1{first}"), int(f"1{last}"), path)


def number_text(span: Span) -> str:
    """`99912` or `9991200-9991299`: the digits of one number, or of the first and the last."""
    first, last = str(span.first)[1:], str(span.last)[1:]
    return first if first == last else f"{first}-{last}"


def address_span(text: str, path: str) -> Span | None:
    """The addresses of a prefix in CIDR form, or one address; host bits are tolerated. None when it is neither."""
    try:
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    first = 1 << network.max_prefixlen | int(network.network_address)
    return Span(first, first + network.num_addresses - 1, path)


def address_text(span: Span) -> str:
    """One address, one prefix in CIDR form, or first and last address with a dash between where no prefix fits."""
    bits = span.first.bit_length() - 1
    first, last = (_address(value, bits) for value in span[:2])
    size = span.last - span.first + 1
    if size == 1:
        return first
    if size & (size - 1) or span.first % size:
        return f"{first}-{last}"
    return f"{first}/{bits + 1 - size.bit_length()}"


def _address(value: int, bits: int) -> str:
    bare = value - (1 << bits)
    return str(ipaddress.IPv4Address(bare) if bits == 32 else ipaddress.IPv6Address(bare))


def difference(old: Iterable[Span], new: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """What is in old alone, and what is in new alone; each in order, disjoint, neighbours joined.

    The spans given may come in any order and overlap. The path of a result is that of the element that gives its first
    integer. O(n log n).
    """
    before, after = _disjoint(old), _disjoint(new)
    return _outside(before, after), _outside(after, before)


def _disjoint(spans: Iterable[Span]) -> list[Span]:
    """The same integers in order, each once, not yet joined: every piece keeps its path."""
    pieces: list[Span] = []
    reached = -1
    for span in sorted(spans):
        first, last, path = span
        if last > reached:
            pieces.append(span if first > reached else Span(reached + 1, last, path))
            reached = last
    return pieces


def _outside(pieces: list[Span], others: list[Span]) -> list[Span]:
    found: list[Span] = []
    at = 0
    for first, last, path in pieces:
        while at < len(others) and others[at].last < first:
            at += 1
        here, begin = at, first
        while here < len(others) and begin <= last and others[here].first <= last:
            if begin < others[here].first:
                _join(found, begin, others[here].first - 1, path)
            begin = others[here].last + 1
            here += 1
        if begin <= last:
            _join(found, begin, last, path)
    return found


def _join(found: list[Span], first: int, last: int, path: str) -> None:
    if found and found[-1].last + 1 == first:
        found[-1] = found[-1]._replace(last=last)
    else:
        found.append(Span(first, last, path))


def compare_numbering(kind: str, old: Sequence[Numbering], new: Sequence[Numbering]) -> Iterator[Difference]:
    """Differences between the rows of one kind of one network, in no order.

    Ranges give the longest intervals that came or went; nodes give counts, numbers and addresses; the rest, values.
    """
    # Most lists stay as they are, from value to vendor: to see that costs a tenth of comparing what they mean.
    if [row[2:8] for row in old] == [row[2:8] for row in new]:
        return
    if kind in _NUMBER_RANGES:
        yield from _compare_spans(kind, _numbers(old), _numbers(new), number_text)
    elif kind == "ip_range":
        yield from _compare_spans(kind, _addresses(old), _addresses(new), address_text)
    elif kind == "node":
        yield from _compare_spans("node_gt", _numbers(old), _numbers(new), number_text)
        yield from _compare_spans("node_address", _addresses(old), _addresses(new), address_text)
        yield from _compare_counts(_count(old), _count(new))
    else:
        yield from compare_values(kind, places(old), places(new))


def compare_values(topic: str, old: Mapping[str, str | None], new: Mapping[str, str | None]) -> Iterator[Difference]:
    """Values that came or went, each with its element path."""
    for value in old.keys() - new.keys():
        yield Difference(topic, Said(value, old[value]), None)
    for value in new.keys() - old.keys():
        yield Difference(topic, None, Said(value, new[value]))


def places(rows: Iterable[Numbering]) -> dict[str, str | None]:
    """Each value with the first element path that gives it."""
    return {row.value: row.element_path for row in sorted(rows, key=lambda row: depth(row.element_path), reverse=True)}


def depth(path: str) -> tuple[int, str]:
    """The key that brings item 2 of a list before item 10."""
    return len(path), path


def _compare_spans(topic: str, old: list[Span], new: list[Span], text: Callable[[Span], str]) -> Iterator[Difference]:
    gone, come = difference(old, new)
    for span in gone:
        yield Difference(topic, Said(text(span), span.path), None)
    for span in come:
        yield Difference(topic, None, Said(text(span), span.path))


def _is_number(row: Numbering) -> bool:
    return row.range_start is not None or (row.value.isdigit() and row.value.isascii())


def _ends(row: Numbering) -> tuple[str, str]:
    """First and last of a range; the prefix itself where it is the whole range."""
    first = row.range_start or row.value
    return first, row.range_stop or first


def _numbers(rows: Iterable[Numbering]) -> list[Span]:
    return [number_span(*_ends(row), row.element_path) for row in rows if _is_number(row)]


def _addresses(rows: Iterable[Numbering]) -> list[Span]:
    spans = (address_span(row.value, row.element_path) for row in rows if not _is_number(row))
    return [span for span in spans if span is not None]


class _Count(NamedTuple):
    """How many nodes of one class and vendor, with the first spelling of the vendor and its path."""

    nodes: int
    vendor: str
    path: str


def _count(rows: Iterable[Numbering]) -> dict[tuple[str, str], _Count]:
    found: dict[tuple[str, str], _Count] = {}
    seen: set[tuple[str, str, str, str]] = set()
    for row in sorted(rows, key=lambda row: depth(row.element_path)):
        vendor = fold(row.vendor_text or "")
        if row.value:
            node = fold(row.node_type or "").casefold(), vendor.casefold(), *_ends(row)
            if node in seen:
                continue
            seen.add(node)
        key = row.node_class or "other", vendor.casefold()
        nodes, *head = found.get(key, (0, vendor or "vendor not stated", row.element_path))
        found[key] = _Count(nodes + 1, *head)
    return found


def _compare_counts(
    old: Mapping[tuple[str, str], _Count], new: Mapping[tuple[str, str], _Count]
) -> Iterator[Difference]:
    for key in old.keys() | new.keys():
        was, now = old.get(key), new.get(key)
        if was is None or now is None or was.nodes != now.nodes:
            yield Difference("nodes", was and _counted(key[0], was), now and _counted(key[0], now))


def _counted(node_class: str, count: _Count) -> Said:
    return Said(f"{node_class}, {count.vendor}: {count.nodes}", count.path)

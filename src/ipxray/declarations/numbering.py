"""RoutingInfo: the numbers that are a network's own (E.164, E.212, E.214), and those that portability lets it carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from operator import add, le
from typing import Final

from lxml import etree

from ipxray.declarations.section import LISTED, Section
from ipxray.declarations.xml import LocalNames, text_of
from ipxray.errors import UsageError
from ipxray.identity import PlmnId

__all__ = ["NUMBER_FAULTS", "NumberRange", "codes_of", "number_fields", "prefixes", "read_number_range", "read_routing"]

LONGEST_NUMBER: Final = 15
"""Digits of an international number, country code included. Ref: ITU-T E.164 §6."""

NumberRange = tuple[str, str | None, str | None]
"""Prefix with country code, first and last number; the last two null where the prefix is the whole range."""

_Columns = tuple[set[str], list[str], Iterable[str | None], Iterable[str | None]]
_Fields = tuple[str | None, str | None, str | None, str | None]
_FIELDS: Final = ("{*}CC", "{*}NDC", "{*}SN_RangeStart", "{*}SN_RangeStop")
NUMBER_FAULTS: Final = {
    "number-invalid": "CC, NDC and SN_Range make no number of at most 15 digits",
    "range-reversed": "the range begins after its end",
    "range-lengths": "the first and the last number differ in length",
}
_KINDS: Final = {
    "MSISDN_NumberRanges": "msisdn_range",
    "GT_NumberRanges": "gt_range",
    "MSRN_NumberRanges": "msrn_range",
    "NP_E164NumberRangesList": "portability_range",
}


def read_routing(section: Section) -> None:
    """Ranges, PLMN ids and the E.214 translation, in document order; with or without the RoutingInfo wrapper."""
    names = section.reading.names
    for part in section.info:
        name = names[part.tag]
        path = f"{section.path}/{name}"
        if name == "CCITT_E164_NumberSeries":
            for ranges in part:
                kind = _KINDS.get(names[ranges.tag])
                if kind is not None:
                    _read_ranges(ranges, kind, f"{path}/{names[ranges.tag]}", section)
        elif name in _KINDS:
            _read_ranges(part, _KINDS[name], path, section)
        elif name == "CCITT_E212_NumberSeries":
            _read_plmn(part, path, section)
        elif name == "CCITT_E214_MGT":
            _read_e214(part, path, section)


def codes_of(element: etree._Element) -> str:
    """MCC and MNC below an element, together, unchecked."""
    return (text_of(element, "MCC") or "") + (text_of(element, "MNC") or "")


def _read_ranges(ranges: etree._Element, kind: str, path: str, section: Section) -> None:
    """One row a range: all at once where every item has the same fields, else one after the other."""
    count = min(len(ranges), LISTED)
    if not count:
        return
    item_name = section.reading.names[ranges[0].tag]
    paths = section.reading.paths.of_items(f"{path}/{item_name}", count)
    codes = section.calling_codes.setdefault(kind, set())
    columns = _columns(ranges, count) if count == len(ranges) else None
    if columns is not None:
        seen, values, firsts, lasts = columns
        codes |= seen
    else:
        values, firsts, lasts, paths = _one_by_one(ranges, item_name, paths[:count], codes, section)
    section.add_numbers(kind, values, paths, firsts=firsts, lasts=lasts)


def _columns(ranges: etree._Element, count: int) -> _Columns | None:
    """Country codes, prefixes, first and last numbers of a list whose items have the same fields, all valid; else None.

    Hundreds of ranges a document make this the hot spot of the reader: every step runs over a whole column.
    """
    calling_codes, destinations, starts, stops = (
        [leaf.text or "" for leaf in ranges.iterdescendants(field)] for field in _FIELDS
    )
    if len(calling_codes) != count or len(destinations) != count or "" in calling_codes or "" in destinations:
        return None
    prefixes = list(map(add, calling_codes, destinations))
    if not starts and not stops:
        return (set(calling_codes), prefixes, repeat(None), repeat(None)) if _are_numbers(prefixes) else None
    if len(starts) != count or len(stops) != count or "" in starts:
        return None
    firsts, lasts = list(map(add, prefixes, starts)), list(map(add, prefixes, stops))
    are_ranges = list(map(len, firsts)) == list(map(len, lasts)) and all(map(le, firsts, lasts))
    if not (are_ranges and _are_numbers(firsts) and _are_numbers(lasts)):
        return None
    return set(calling_codes), prefixes, firsts, lasts


def prefixes(calling_codes: Sequence[str | None], destinations: Sequence[str | None]) -> list[str] | None:
    """The numbers that calling codes and destination codes make, one for each pair; None unless all are valid."""
    joined = [code + rest for code, rest in zip(calling_codes, destinations, strict=True) if code and rest]
    return joined if len(joined) == len(calling_codes) and _are_numbers(joined) else None


def _are_numbers(column: list[str]) -> bool:
    digits = "".join(column)
    return digits.isdigit() and digits.isascii() and max(map(len, column)) <= LONGEST_NUMBER


def _one_by_one(
    ranges: etree._Element, item_name: str, paths: list[str], codes: set[str], section: Section
) -> tuple[list[str], list[str | None], list[str | None], list[str]]:
    """The same for a list with faults or with items of different fields; each fault is told with its place."""
    values: list[str] = []
    firsts: list[str | None] = []
    lasts: list[str | None] = []
    places: list[str] = []
    for item, fields in number_fields(ranges, item_name, section.reading.names):
        if item > len(paths):
            break
        path = paths[max(item, 1) - 1]
        calling_code, number_range = read_number_range(*fields)
        if isinstance(number_range, str):
            section.report(number_range, NUMBER_FAULTS[number_range], path)
        else:
            codes.add(calling_code)
            values.append(number_range[0])
            firsts.append(number_range[1])
            lasts.append(number_range[2])
            places.append(path)
    return values, firsts, lasts, places


def number_fields(listed: etree._Element, item_name: str, names: LocalNames) -> Iterator[tuple[int, _Fields]]:
    """Position of the item, texts of CC, NDC, SN_RangeStart, SN_RangeStop, for each range of a list in any layout."""
    calling_code = destination = start = stop = None
    item = 0
    for element in listed.iterdescendants(f"{{*}}{item_name}", *_FIELDS):
        name = names[element.tag]
        if name == "CC":
            if calling_code is not None:
                yield item, (calling_code, destination, start, stop)
                destination = start = stop = None
            calling_code = element.text or ""
        elif name == "NDC":
            destination = element.text or ""
        elif name == "SN_RangeStart":
            start = element.text or ""
        elif name == "SN_RangeStop":
            stop = element.text or ""
        else:
            if calling_code is not None or destination is not None:
                yield item, (calling_code, destination, start, stop)
            calling_code = destination = start = stop = None
            item += 1
    if calling_code is not None or destination is not None:
        yield item, (calling_code, destination, start, stop)


def read_number_range(
    calling_code: str | None, destination: str | None, start: str | None, stop: str | None
) -> tuple[str, NumberRange | str]:
    """The country code, and the range that CC, NDC and SN_Range describe: prefix, first and last number.

    First and last are null where there is no SN_Range: then the prefix is all. Instead of a range, a key of
    NUMBER_FAULTS where it is none.
    """
    if calling_code and destination:
        prefix = calling_code + destination
        if not start and not stop:
            if prefix.isdigit() and prefix.isascii() and len(prefix) <= LONGEST_NUMBER:
                return calling_code, (prefix, None, None)
        elif start and stop and start <= stop and len(start) == len(stop) <= LONGEST_NUMBER - len(prefix):
            digits = prefix + start + stop
            if digits.isdigit() and digits.isascii():
                return calling_code, (prefix, prefix + start, prefix + stop)
    return _read_loosely(calling_code or "", destination or "", start or "", stop or "")


def _read_loosely(calling_code: str, destination: str, start: str, stop: str) -> tuple[str, NumberRange | str]:
    """The same for fields with blanks around them, or with a fault that must be named."""
    calling_code, destination, start, stop = (text.strip() for text in (calling_code, destination, start, stop))
    stop = stop or start
    prefix = calling_code + destination
    if not (calling_code and _is_number(prefix + start) and _is_number(prefix + stop)):
        return calling_code, "number-invalid"
    if not start:
        is_whole = bool(destination) and not stop
        return calling_code, (prefix, None, None) if is_whole else "number-invalid"
    if len(start) != len(stop):
        return calling_code, "range-lengths"
    return calling_code, (prefix, prefix + start, prefix + stop) if start <= stop else "range-reversed"


def _is_number(text: str) -> bool:
    return text.isdigit() and text.isascii() and len(text) <= LONGEST_NUMBER


def _read_plmn(part: etree._Element, path: str, section: Section) -> None:
    try:
        plmn = PlmnId.parse(codes_of(part)).digits
    except UsageError:
        section.report("number-invalid", "MCC and MNC make no PLMN id", path)
        return
    section.add_number("e212", plmn, path)


def _read_e214(part: etree._Element, path: str, section: Section) -> None:
    calling_code, network = text_of(part, "MGT_CC") or "", text_of(part, "MGT_NC") or ""
    if not (calling_code and _is_number(calling_code + network)):
        section.report("number-invalid", "MGT_CC and MGT_NC make no number", path)
        return
    section.calling_codes.setdefault("e214", set()).add(calling_code)
    section.add_number("e214", calling_code + network, path)

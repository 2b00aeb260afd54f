"""Published indicators: addresses that took part in documented abuse. A match is a hint, never a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, NamedTuple

from ipxray.detection.prefixes import address_prefixes, reversed_host
from ipxray.detection.references import IndicatorRow

__all__ = ["KINDS", "Indicator", "indicator_rows"]

KINDS = ("global_title", "host", "realm", "point_code", "ip_range")


class Indicator(NamedTuple):
    """One indicator: what to look for, who published it and when, how sure (0 to 1), and until when it counts."""

    id: Annotated[str, "its name at its source"]
    kind: Annotated[str, "global_title, host, realm, point_code or ip_range"]
    value: Annotated[str, "what to look for"]
    source: Annotated[str, "who published it"]
    published: Annotated[str, "when, ISO 8601; empty when nobody says"]
    confidence: Annotated[float, "0 to 1"]
    expires: Annotated[str | None, "the last day on which it counts, ISO 8601"]
    note: Annotated[str, "what the source says of it"]


def indicator_rows(indicators: Sequence[Indicator]) -> Iterator[IndicatorRow]:
    """The indicators in the form in which addresses are looked up."""
    for each in indicators:
        if each.kind == "global_title":
            yield IndicatorRow("gt", each.value, len(each.value), is_whole=True, indicator=each.id, source=each.source)
        elif each.kind in ("host", "realm"):
            key = reversed_host(each.value)
            whole = each.kind == "host"
            yield IndicatorRow("host", key, len(key), is_whole=whole, indicator=each.id, source=each.source)
        elif each.kind == "ip_range":
            for prefix in address_prefixes(each.value):
                yield IndicatorRow("ip", prefix, len(prefix), is_whole=False, indicator=each.id, source=each.source)
        elif each.kind == "point_code":
            yield IndicatorRow("pc", each.value, len(each.value), is_whole=True, indicator=each.id, source=each.source)

"""Indicators from files: STIX 2.1 bundles, MISP events and attribute lists, CSV; and the shipped ones."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from ipxray.detection.indicators import KINDS, Indicator
from ipxray.detection.lint import Fault, nearest
from ipxray.detection.prefixes import address_prefixes
from ipxray.errors import InputError

__all__ = ["all_indicators", "read_indicators", "shipped_indicators"]

_LARGEST = 64 * 2**20
_MOST = 500_000
_HINT = "indicators are STIX 2.1, MISP JSON, or CSV with the columns kind and value"
_DIGITS = re.compile(r"\+?([0-9A-F]{4,24})")
_HOST = re.compile(r"[A-Za-z0-9._-]{1,253}")
_POINT = re.compile(r"([0-7])-([0-9]{1,3})-([0-7])|([0-9]{1,8})")
_PATTERN = re.compile(r"\[?\s*([\w-]+):([\w.'\"-]+)\s*=\s*'([^']{1,300})'")
_STIX_KINDS = {
    "domain-name": "host", "ipv4-addr": "ip_range", "ipv6-addr": "ip_range", "x-global-title": "global_title",
    "x-point-code": "point_code", "x-diameter-realm": "realm", "x-ss7-address": "global_title",
    "x-diameter-identity": "host",
}  # fmt: skip
_MISP_KINDS = {
    "ip-src": "ip_range", "ip-dst": "ip_range", "hostname": "host", "domain": "host", "phone-number": "global_title",
}  # fmt: skip
_MISP_RELATIONS = {
    "SccpCgGT": "global_title", "MapMscGT": "global_title", "MapVlrGT": "global_title", "MapSmscGT": "global_title",
    "MapGsmscfGT": "global_title", "MapGmlc": "global_title", "SccpCgPC": "point_code", "Origin-Host": "host",
    "Origin-Realm": "realm", "ipSrc": "ip_range",
}  # fmt: skip
"""Relations of MISP's objects ss7-attack, diameter-attack and gtp-attack that name a sender."""


def shipped_indicators(at: str | None = None) -> tuple[Indicator, ...]:
    """The public indicators that come with ipxray; those expired before the date `at` (ISO 8601) are left out."""
    text = files("ipxray").joinpath("data/indicators.csv").read_text(encoding="utf-8")
    told: Iterator[dict[str, Any]] = csv.DictReader(io.StringIO(text))
    rows = (Indicator(**{**row, "confidence": float(row["confidence"])}) for row in told)
    return tuple(row for row in rows if at is None or row.expires is None or row.expires >= at)


def read_indicators(path: Path, at: str | None = None) -> tuple[tuple[Indicator, ...], tuple[Fault, ...]]:
    """Read one file. What is no usable indicator is a fault with its line or position; expired ones are left out.

    Raises InputError for a file that is none of the three forms.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise InputError(path, f"cannot be read ({error.strerror})", hint=_HINT) from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is no text in UTF-8", place=f"byte {error.start}", hint=_HINT) from error
    if len(data) > _LARGEST:
        raise InputError(path, "is too long for a list of indicators", hint=f"at most {_LARGEST:,} bytes")
    told = _json(path, text) if text.lstrip()[:1] in ("{", "[") else _csv(path, text)
    found: dict[tuple[str, str], Indicator] = {}
    faults: list[Fault] = []
    for place, row in told:
        each = _checked(path, place, row, len(found))
        if isinstance(each, Fault):
            faults.append(each)
        elif at is None or each.expires is None or each.expires >= at:
            found[each.kind, each.value] = each
        if len(found) > _MOST:
            raise InputError(path, "holds too many indicators", hint=f"at most {_MOST:,}")
    return tuple(found.values()), tuple(faults)


def _csv(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        reader = csv.DictReader(io.StringIO(text))
        names = reader.fieldnames or []
        if "kind" not in names or "value" not in names:
            raise InputError(path, "is no list of indicators", place="line 1", hint=_HINT)
        for row in reader:
            yield (
                reader.line_num,
                {name: value for name, value in row.items() if name and isinstance(value, str) and value},
            )
    except csv.Error as error:
        raise InputError(path, f"is no CSV ({error})", hint=_HINT) from error


def _json(path: Path, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(path, f"is no JSON ({error.msg})", place=f"line {error.lineno}", hint=_HINT) from error
    except (ValueError, RecursionError) as error:
        raise InputError(path, "is no JSON that can be read", hint=_HINT) from error
    if isinstance(told, dict) and told.get("type") == "bundle":
        yield from _stix(told)
    elif isinstance(told, (dict, list)):
        yield from _misp(told)


def _stix(bundle: Mapping[str, Any]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    objects = bundle.get("objects")
    for place, each in enumerate(objects if isinstance(objects, list) else (), start=1):
        if not isinstance(each, dict) or each.get("type") != "indicator" or not isinstance(each.get("pattern"), str):
            continue
        for number, (kind, field, told) in enumerate(_PATTERN.findall(each["pattern"][:10_000])):
            known, value = _telephone(told) if kind == "url" else (_STIX_KINDS.get(kind, kind), told)
            if field.strip("'\"") in ("pc", "point_code"):
                known = "point_code"
            if kind == "url" and not known:
                continue  # a web address, which no signalling message bears
            yield (
                place,
                {
                    "id": f"{each.get('id', place)}{f'-{number}' if number else ''}",
                    "kind": known,
                    "value": value,
                    "source": str(each.get("name") or each.get("created_by_ref") or "STIX"),
                    "published": str(each.get("valid_from") or each.get("created") or "")[:10],
                    "confidence": str(
                        (each.get("confidence") or 50) / 100 if isinstance(each.get("confidence"), int) else 0.5
                    ),
                    "expires": str(each.get("valid_until") or "")[:10],
                },
            )


def _telephone(url: str) -> tuple[str, str]:
    """What a tel URI stands for (RFC 3966, as docs/reference/stix.md writes addresses); no kind for any other URL."""
    if not url.startswith("tel:"):
        return "", url
    number, _, context = url.removeprefix("tel:").partition(";")
    is_point = context == "phone-context=mtp3.invalid"
    return ("point_code" if is_point else "global_title"), number.removeprefix("+")


def _misp(told: Any) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Attributes of events and their objects, wherever they lie: MISP nests them under Event, Object and Attribute."""
    queue: list[Any] = [told]
    place = 0
    while queue:
        each = queue.pop(0)
        if isinstance(each, list):
            queue[:0] = each
        elif isinstance(each, dict):
            if isinstance(each.get("value"), str) and isinstance(each.get("type"), str):
                place += 1
                relation = each.get("object_relation")
                kind = _MISP_RELATIONS.get(str(relation)) or _MISP_KINDS.get(each["type"])
                if kind:
                    yield place, {
                        "id": str(each.get("uuid") or place), "kind": kind, "value": each["value"], "source": "MISP",
                        "note": str(each.get("comment") or ""),
                    }  # fmt: skip
            queue[:0] = [value for value in each.values() if isinstance(value, (dict, list))]


def _checked(path: Path, place: int, row: Mapping[str, Any], ordinal: int) -> Indicator | Fault:
    kind, value = str(row.get("kind", "")), str(row.get("value", "")).strip()
    if kind not in KINDS:
        return Fault(
            str(path), place, f"no kind of indicator is called {kind[:40]!r}", nearest(kind, KINDS) or ", ".join(KINDS)
        )
    canonical = _canonical(kind, value)
    if canonical is None:
        return Fault(str(path), place, f"the value is no {kind.replace('_', ' ')}", "leave it out or correct it")
    try:
        confidence = min(1.0, max(0.0, float(row.get("confidence") or 0.5)))
    except ValueError:
        return Fault(str(path), place, "the confidence is no number", "write 0 to 1")
    return Indicator(
        id=str(row.get("id") or f"{path.stem}-{ordinal + 1}")[:200],
        kind=kind,
        value=canonical,
        source=str(row.get("source") or path.name)[:200],
        published=str(row.get("published") or "")[:10],
        confidence=confidence,
        expires=str(row["expires"])[:10] if row.get("expires") else None,
        note=str(row.get("note") or "")[:300],
    )


def _canonical(kind: str, value: str) -> str | None:
    if kind == "global_title":
        found = _DIGITS.fullmatch(value)
        return found[1] if found else None
    if kind in ("host", "realm"):
        return value.lower().strip(".") if _HOST.fullmatch(value) else None
    if kind == "ip_range":
        return value if next(address_prefixes(value), None) else None
    point = _POINT.fullmatch(value)
    if point is None:
        return None
    return point[4] or str(int(point[1]) << 11 | (int(point[2]) & 255) << 3 | int(point[3]))


def all_indicators(paths: Sequence[Path], at: str | None = None) -> tuple[tuple[Indicator, ...], tuple[Fault, ...]]:
    """The shipped indicators and those of every file, the later of two that look for the same thing."""
    found = {(each.kind, each.value): each for each in shipped_indicators(at)}
    faults: list[Fault] = []
    for path in paths:
        read, bad = read_indicators(path, at)
        found |= {(each.kind, each.value): each for each in read}
        faults += bad
    return tuple(found.values()), tuple(faults)

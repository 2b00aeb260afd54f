"""Read the user's own roamer-days, `home,visited,roamer_days`, from a file that may hold anything."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ipxray.errors import InputError

__all__ = ["Traffic", "read_traffic"]

_COLUMNS = ["home", "visited", "roamer_days"]
_MAXIMUM_BYTES = 128 << 20
"""Every ordered pair of 2,000 networks in 32 bytes a line."""
_MAXIMUM_LINE = 1024
"""Two TADIG codes and a number need 40 characters: a longer line is not this table."""
_MAXIMUM_DAYS = 1e12
"""A hundred times all people for a year; sums of such values stay exact enough."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Roamer-days by (home, visited), both TADIG codes, as the user gave them."""

    path: str
    roamer_days: Mapping[tuple[str, str], float]


def read_traffic(path: Path | str) -> Traffic:
    """Read a CSV file with the header `home,visited,roamer_days`, UTF-8, one row for each ordered pair of networks.

    Raises InputError with the line for a file, header or row that is not of this form, a pair given twice, a network
    that roams on itself, a number that is negative or not finite, and a table without rows.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise InputError(
                path, f"larger than {_MAXIMUM_BYTES >> 20} MB", hint="give one row for each pair of networks"
            )
        with path.open(encoding="utf-8-sig", newline="") as lines:
            days = _rows(path, _bounded(path, lines))
    except OSError as error:
        raise InputError(path, "cannot be read", hint=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text", place=f"byte {error.start}", hint="save it as UTF-8") from error
    except csv.Error as error:
        raise InputError(path, "is not a CSV table", hint=str(error)) from error
    if not days:
        raise InputError(path, "holds no row", hint="give one row for each pair of networks")
    return Traffic(str(path), days)


def _bounded(path: Path, lines: TextIO) -> Iterator[str]:
    """Yield the lines of an open text file; a line without end is refused before it is read whole."""
    number = 0
    while line := lines.readline(_MAXIMUM_LINE):
        number += 1
        if len(line) == _MAXIMUM_LINE:
            raise InputError(path, "line is too long", place=f"line {number}", hint="expected " + ",".join(_COLUMNS))
        yield line


def _rows(path: Path, lines: Iterator[str]) -> dict[tuple[str, str], float]:
    rows = csv.reader(lines, strict=True)
    header = next(rows, [])
    if [name.strip().lower() for name in header] != _COLUMNS:
        raise InputError(path, "has another header", place="line 1", hint="expected " + ",".join(_COLUMNS))
    days: dict[tuple[str, str], float] = {}
    for row in rows:
        if not row:
            continue
        problem = _add(days, [field.strip() for field in row])
        if problem:
            raise InputError(path, problem, place=f"line {rows.line_num}", hint="expected " + ",".join(_COLUMNS))
    return days


def _add(days: dict[tuple[str, str], float], row: list[str]) -> str | None:
    """Take one row, or say what is wrong with it."""
    if len(row) != len(_COLUMNS):
        return f"{len(row)} fields"
    home, visited = row[0].upper(), row[1].upper()
    value = _number(row[2])
    problem = None
    if not (home and visited):
        problem = "a network without a name"
    elif home == visited:
        problem = f"{home[:20]} roams on itself"
    elif not 0.0 <= value <= _MAXIMUM_DAYS:
        problem = f"roamer_days {row[2][:20]!r} is no number from 0 to {_MAXIMUM_DAYS:g}"
    elif (home, visited) in days:
        problem = f"{home[:20]},{visited[:20]} is given twice"
    else:
        days[home, visited] = value
    return problem


def _number(text: str) -> float:
    """NaN, which lies in no range, where the text is no number."""
    try:
        return float(text)
    except ValueError:
        return math.nan

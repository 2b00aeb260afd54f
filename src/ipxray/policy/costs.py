"""What each change costs: a count of operator-carrier changes, or the user's figures from a CSV file."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

import numpy as np

from ipxray.errors import InputError
from ipxray.exposure import MEASURED_SERVICES, Array
from ipxray.policy.gains import Unit

__all__ = ["Costs", "costs_of", "read_costs"]

_COLUMNS = ["tadig", "service", "cost"]
_MAXIMUM_BYTES = 16 << 20
"""Ten thousand networks on three services need a megabyte."""
_MAXIMUM_LINE = 1024
_MAXIMUM_COST = 1e9

Costs = Mapping[tuple[str, str], float]
"""(TADIG code, service) → cost of dropping the controller's carriers there."""


def read_costs(path: Path | str, known: Sequence[str]) -> Costs:
    """Read a CSV file with the header `tadig,service,cost`, UTF-8; a service `all` stands for every one of the network.

    Raises InputError with the line for a header or row that is not of this form, a network that is not among `known`
    (with the nearest one), a change given twice, and a cost that is negative or no number.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _MAXIMUM_BYTES:
            raise InputError(path, f"larger than {_MAXIMUM_BYTES >> 20} MB", hint="give one row for each change")
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return _rows(path, csv.reader(_bounded(path, lines), strict=True), set(known))
    except OSError as error:
        raise InputError(path, "cannot be read", hint=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text", place=f"byte {error.start}", hint="save it as UTF-8") from error
    except csv.Error as error:
        raise InputError(path, "is not a CSV table", hint=str(error)) from error


def costs_of(units: Sequence[Unit], networks: Sequence[str], given: Costs | None) -> Array:
    """[U]: the given cost, else one for every carrier dropped and every provider added."""
    counted = [float(len(unit.dropped) + unit.need) for unit in units]
    table = given or {}
    return np.array(
        [table.get((networks[unit.operator], unit.service), count) for unit, count in zip(units, counted, strict=True)],
        dtype=np.float64,
    )


def _bounded(path: Path, lines: TextIO) -> Iterator[str]:
    number = 0
    while line := lines.readline(_MAXIMUM_LINE):
        number += 1
        if len(line) == _MAXIMUM_LINE:
            raise InputError(path, "line is too long", place=f"line {number}", hint="expected " + ",".join(_COLUMNS))
        yield line


def _rows(path: Path, rows: Iterator[list[str]], known: set[str]) -> Costs:
    if [name.strip().lower() for name in next(rows, [])] != _COLUMNS:
        raise InputError(path, "has another header", place="line 1", hint="expected " + ",".join(_COLUMNS))
    found: dict[tuple[str, str], float] = {}
    for number, row in enumerate(rows, start=2):
        if row:
            problem, hint = _add(found, [field.strip() for field in row], known)
            if problem:
                raise InputError(path, problem, place=f"line {number}", hint=hint)
    return found


def _add(found: dict[tuple[str, str], float], row: list[str], known: set[str]) -> tuple[str, str]:
    """Take one row, or say what is wrong with it and what to do."""
    if len(row) != len(_COLUMNS):
        return f"{len(row)} fields", "expected " + ",".join(_COLUMNS)
    tadig, service, cost = row[0].upper(), row[1].lower(), _number(row[2])
    if tadig not in known:
        near = get_close_matches(tadig, known, n=1)
        return f"no network here is called {tadig[:20]!r}", f"did you mean {near[0]}?" if near else "drop the row"
    if service not in (*MEASURED_SERVICES, "all"):
        return f"no service is called {service[:20]!r}", f"one of {', '.join(MEASURED_SERVICES)}, all"
    if not 0.0 <= cost <= _MAXIMUM_COST:
        return f"cost {row[2][:20]!r} is no number from 0 to {_MAXIMUM_COST:g}", "write 2.5"
    for each in MEASURED_SERVICES if service == "all" else (service,):
        if (tadig, each) in found:
            return f"{tadig},{each} is given twice", "keep one"
        found[tadig, each] = cost
    return "", ""


def _number(text: str) -> float:
    """NaN, which lies in no range, where the text is no number."""
    try:
        return float(text)
    except ValueError:
        return math.nan

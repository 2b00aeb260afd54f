"""How far the lab's countries lie from each other, and which are neighbours: over a border on foot, further by air."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["distances", "neighbours"]

_EARTH = 6_371.0


class _Country(NamedTuple):
    latitude: float
    longitude: float
    neighbours: frozenset[str]


def neighbours(countries: Sequence[str]) -> NDArray[np.bool_]:
    """Which of these are one country or border on each other; codes of ISO 3166-1 alpha-2."""
    known = _countries()
    return np.array([[one == other or other in known[one].neighbours for other in countries] for one in countries])


def distances(countries: Sequence[str]) -> NDArray[np.float64]:
    """Kilometres from middle to middle along the great circle."""
    places = np.radians([[_countries()[each].latitude, _countries()[each].longitude] for each in countries])
    latitude, longitude = places[:, 0], places[:, 1]
    half = np.sin((latitude[:, None] - latitude) / 2) ** 2
    half += np.cos(latitude[:, None]) * np.cos(latitude) * np.sin((longitude[:, None] - longitude) / 2) ** 2
    result: NDArray[np.float64] = 2 * _EARTH * np.arcsin(np.sqrt(np.minimum(1.0, half)))
    return result


@cache
def _countries() -> dict[str, _Country]:
    text = files("ipxray").joinpath("data/places.csv").read_text(encoding="utf-8")
    return {
        row["country"]: _Country(float(row["latitude"]), float(row["longitude"]), frozenset(row["neighbours"].split()))
        for row in csv.DictReader(text.splitlines())
    }

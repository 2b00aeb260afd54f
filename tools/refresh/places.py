"""Write data/places.csv: where each country lies and which ones it borders, out of Natural Earth's 1:50m countries (public domain)."""

from __future__ import annotations

import argparse
import csv
import json
import math
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

from ipxray import facts

TARGET = Path(__file__).resolve().parents[2] / "src" / "ipxray" / "data" / "places.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topology", type=Path, help="countries-50m.json of the package world-atlas")
    atlas = json.loads(parser.parse_args().topology.read_text(encoding="utf-8"))
    arcs = [decoded(arc, atlas["transform"]) for arc in atlas["arcs"]]
    known = facts.load().countries
    places: dict[str, list[list[list[tuple[float, float]]]]] = defaultdict(list)
    users: dict[int, set[str]] = defaultdict(set)
    for shape in atlas["objects"]["countries"]["geometries"]:
        code = iso2(shape)
        if code not in known:
            continue
        for polygon in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            places[code].append([ring(line, arcs) for line in polygon])
            for line in polygon:
                for arc in line:
                    users[~arc if arc < 0 else arc].add(code)
    neighbours: dict[str, set[str]] = defaultdict(set)
    for sharing in users.values():
        for code in sharing:
            neighbours[code] |= sharing - {code}
    with TARGET.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["country", "latitude", "longitude", "neighbours", "source"])
        for code in sorted(places):
            latitude, longitude = centre(max((polygon[0] for polygon in places[code]), key=lambda r: abs(area(r))))
            writer.writerow(
                [code, f"{latitude:.2f}", f"{longitude:.2f}", " ".join(sorted(neighbours[code])), "natural-earth-50m"]
            )


def iso2(shape: dict[str, Any]) -> str:
    found = pycountry.countries.get(numeric=str(shape.get("id", "")).zfill(3))
    return found.alpha_2 if found else {"Kosovo": "XK"}.get(shape["properties"]["name"], "")


def decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    return points


def ring(line: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for arc in line:
        points += arcs[~arc][::-1][bool(points) :] if arc < 0 else arcs[arc][bool(points) :]
    crosses = max(x for x, _ in points) - min(x for x, _ in points) > 180  # the antimeridian runs through it
    return [(x + 360 if crosses and x < 0 else x, y) for x, y in points]


def area(points: list[tuple[float, float]]) -> float:
    """Twice the signed area, with degrees of longitude as long as they are at that latitude."""
    squeeze = math.cos(math.radians(sum(y for _, y in points) / len(points)))
    return squeeze * sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))


def centre(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Centroid of the largest part: an overseas territory does not move it."""
    total = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))
    x = sum((x1 + x2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(points))
    y = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairwise(points))
    return y / (3 * total), (x / (3 * total) + 180) % 360 - 180


if __name__ == "__main__":
    main()

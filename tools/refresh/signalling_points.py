"""Write signalling_points.csv out of the annex of an ITU Operational Bulletin. Ref: ITU-T Q.708.

The annex is text in columns: point code, its decimal value, the name of the point, its operator. A long name or
operator goes on in the next line, indented to its column; a country stands alone at the left margin; every page
repeats the heads of the columns.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from country_names import iso2_of

BULLETIN = "itu-operational-bulletin-1295-2024-ispc-list.txt"
SOURCE = "itu-operational-bulletin-1295"
ANNEX_ENDS = "____________"
_ROW = re.compile(r" *([0-7]-\d{3}-[0-7]) +(\d+) +(?=\S)")
_HEADS = re.compile(r" *(?:Country/|Geographical Area|ISPC +DEC|\* This designation|declaration of independence)")


class Point:
    """One point code while its lines are read."""

    def __init__(self, code: str, country: str | None, columns: tuple[int, int]) -> None:
        self.code, self.country = code, country
        self.name_column, self.operator_column = columns
        self.name: list[str] = []
        self.operator: list[str] = []

    def add(self, line: str, start: int) -> None:
        """Put each run of text into the column in which it begins."""
        for run in re.finditer(r"\S+(?: \S+)*", line[start:]):
            column = start + run.start()
            to_operator = abs(column - self.operator_column) < abs(column - self.name_column)
            (self.operator if to_operator else self.name).append(run[0])


def points_of(lines: list[str]) -> Iterator[Point]:
    """Yield the points of the annex in order. Raises ValueError when a code and its decimal value disagree."""
    country: str | None = None
    columns = (0, 0)
    point: Point | None = None
    for line in lines:
        if "ISPC" in line and "Unique name" in line:
            columns = (line.index("Unique name"), line.index("Name of the"))
        elif match := _ROW.match(line):
            if point:
                yield point
            if value_of(match[1]) != int(match[2]):
                raise ValueError(line)
            point = Point(match[1], country, columns)
            point.add(line, match.end())
        elif line.strip() and not _HEADS.match(line):
            if len(line) - len(line.lstrip()) <= 1:
                country = iso2_of(line.strip())
            elif point:
                point.add(line, 0)
    if point:
        yield point


def value_of(code: str) -> int:
    """The 14-bit value of a code written 3-8-3."""
    zone, area, identifier = map(int, code.split("-"))
    return zone << 11 | area << 3 | identifier


def joined(parts: list[str]) -> str:
    """The lines of one cell as one text; a dash or an ellipsis alone stands for an empty cell."""
    text = re.sub(r"\s+", " ", " ".join(parts)).strip()
    return "" if text in {"-", "\u2013", "…"} else text


def main() -> None:
    """Write the table to the standard output and the count to the standard error."""
    text = (Path(sys.argv[1]) / BULLETIN).read_text(encoding="utf-8")
    annex = text[text.index("Geneva, 2024") :]
    annex = annex[annex.index(" Country/\n") : annex.index(ANNEX_ENDS)]
    found = list(points_of(annex.split("\n")))
    stated = re.search(r"utilization is (\d) (\d{3})\s+international signalling points", text)
    if (
        stated is None
        or int("".join(stated.groups())) != len(found)
        or len({point.code for point in found}) != len(found)
    ):
        raise SystemExit(f"{len(found)} points read: not what the bulletin states")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("point_code", "name", "owner", "country", "source"))
    for point in sorted(found, key=lambda point: value_of(point.code)):
        code = "-".join(str(int(part)) for part in point.code.split("-"))
        writer.writerow((code, joined(point.name), joined(point.operator), point.country or "", SOURCE))
    areas = {point.code[:5] for point in found}
    sys.stderr.write(f"{len(found)} points in {len(areas)} signalling areas, as the bulletin states\n")


if __name__ == "__main__":
    main()

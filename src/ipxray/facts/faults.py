"""What is wrong with a row of a fact file, and where it stands."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple

__all__ = ["Fault", "FaultList", "Place", "Severity"]

Severity = Literal["error", "warning", "note"]

# A file that is wrong throughout says so in its first hundreds of lines; more would only fill memory and screen.
MAX_FAULTS = 1_000
# A fault quotes what stands in the file: what a terminal would obey must not reach it.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Place(NamedTuple):
    """Where a row stands: the file relative to its folder, the row in words, and its line where that is known."""

    file: str
    row: str
    line: int | None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Fault(NamedTuple):
    """One thing wrong with a fact file. An error keeps the folder from loading, a warning and a note do not."""

    severity: Annotated[str, "error, warning or note"]
    file: Annotated[str, "the file, relative to its facts folder"]
    line: Annotated[int | None, "line of the row, counted from 1"]
    row: Annotated[str, "the row: its table and id, or its position among its kind"]
    field: Annotated[str, "the field at fault; empty when it is the row or the file"]
    message: Annotated[str, "what is wrong, and what would be right"]

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = " ".join(part for part in (self.row, self.field) if part)
        return f"{where}: {what}: {self.message}" if what else f"{where}: {self.message}"


class FaultList:
    """Collects faults up to a bound; `overflowed` says that there were more, `failed` that one of all was an error."""

    def __init__(self) -> None:
        self.found: list[Fault] = []
        self.overflowed = False
        self.failed = False

    def add(self, place: Place, field: str, message: str, severity: Severity = "error") -> None:
        """Note one fault; beyond the bound it is only remembered that there was one."""
        self.failed |= severity == "error"
        if len(self.found) >= MAX_FAULTS:
            self.overflowed = True
            return
        texts = (_NOT_SHOWN.sub("?", text) for text in (place.file, place.row, field, message))
        file, row, shown_field, shown_message = texts
        self.found.append(Fault(severity, file, place.line, row, shown_field, shown_message))

    @property
    def errors(self) -> list[Fault]:
        """The faults that keep a folder from loading."""
        return [fault for fault in self.found if fault.severity == "error"]

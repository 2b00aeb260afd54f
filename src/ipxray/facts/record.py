"""One table of a fact file, read field by field; what does not fit is a fault and makes the record unusable."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime
from difflib import get_close_matches

from ipxray.facts.faults import FaultList, Place

__all__ = ["Record"]

MAX_TEXT = 4_000
MAX_ITEMS = 2_000
# C0 and C1 controls but tab and line feed, and the marks that turn the reading direction: a terminal would obey them.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_IDENTIFIER = 100


class Record:
    """Typed access to one TOML table. Every asked field counts as known; `finish` reports the others."""

    def __init__(self, values: Mapping[str, object], place: Place, faults: FaultList) -> None:
        self._values = values
        self._asked: set[str] = set()
        self._faults = faults
        self.place = place
        self.failed = False

    def fault(self, field: str, message: str) -> None:
        """Note an error of this record."""
        self.failed = True
        self._faults.add(self.place, field, message)

    def finish(self) -> bool:
        """Report the fields that nothing asked for; true when the record is usable."""
        for field in self._values:
            if field not in self._asked:
                near = get_close_matches(field, self._asked, n=1)
                self.fault(field, f"is not a field of this table{f': did you mean {near[0]}?' if near else ''}")
        return not self.failed

    def raw(self, field: str) -> object:
        """The value as it stands in the file, None when absent."""
        self._asked.add(field)
        return self._values.get(field)

    def optional_text(self, field: str) -> str | None:
        """A text without control characters, not blank; None when absent."""
        value = self.raw(field)
        return None if value is None else self._clean(field, value)

    def text(self, field: str) -> str:
        """A text that must be there."""
        value = self.optional_text(field)
        if value is None:
            if self._values.get(field) is None:
                self.fault(field, "is missing")
            return ""
        return value

    def identifier(self, field: str = "id") -> str:
        """A kebab-case id that must be there."""
        value = self.text(field)
        if value and (len(value) > MAX_IDENTIFIER or not _IDENTIFIER.fullmatch(value)):
            self.fault(field, f"{value[:MAX_IDENTIFIER]!r} is no id: lower-case letters, digits and single dashes")
        return value

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """One word of a closed list."""
        value = self.text(field)
        if value and value not in allowed:
            self.fault(field, f"{value[:60]!r} is none of {', '.join(sorted(allowed))}")
        return value

    def flag(self, field: str) -> bool:
        """True or false; false when absent."""
        value = self.raw(field)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.fault(field, "must be true or false")
        return False

    def day(self, field: str) -> date | None:
        """A date without a time; None when absent."""
        value = self.raw(field)
        if value is None:
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        self.fault(field, "must be a date, written without quotes: 2024-06-30")
        return None

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of different texts; empty when absent."""
        found: list[str] = []
        for value in self._items(field):
            text = self._clean(field, value)
            if text in found:
                self.fault(field, f"names {text!r} twice")
            if text is not None:
                found.append(text)
        return tuple(found)

    def records(self, field: str) -> list[Record]:
        """A list of tables, each a record of its own; empty when absent."""
        found = []
        for position, value in enumerate(self._items(field), start=1):
            if isinstance(value, dict):
                place = self.place._replace(row=f"{self.place.row} {field} {position}")
                found.append(Record(value, place, self._faults))
            else:
                self.fault(field, "must be a list of tables")
        return found

    def _items(self, field: str) -> list[object]:
        value = self.raw(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(field, "must be a list")
            return []
        if len(value) > MAX_ITEMS:
            self.fault(field, f"has more than {MAX_ITEMS:,} items")
            return []
        return value

    def _clean(self, field: str, value: object) -> str | None:
        if not isinstance(value, str):
            self.fault(field, f"must be text, not {type(value).__name__}")
        elif not value.strip():
            self.fault(field, "is blank")
        elif len(value) > MAX_TEXT:
            self.fault(field, f"is longer than {MAX_TEXT:,} characters")
        elif _CONTROL.search(value):
            self.fault(field, "has control characters")
        else:
            return value.strip()
        return None

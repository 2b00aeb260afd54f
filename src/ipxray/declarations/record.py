"""One network as one document has it: what documents of every format come down to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from ipxray.declarations.rows import Declaration, Network, Numbering
from ipxray.declarations.section import parse_date
from ipxray.errors import UsageError
from ipxray.identity import PlmnId, TadigCode

__all__ = ["Origin", "Record", "is_tadig", "moment", "plmn_digits"]


class Origin(NamedTuple):
    """Where a document came from: path as shown, SHA-256, size in bytes."""

    path: str
    sha256: str
    size: int


class Record(NamedTuple):
    """One network as one document has it. `created_at` decides which of two documents holds; None is older than any."""

    network: Network
    declarations: list[Declaration]
    numbering: list[Numbering]
    created_at: datetime | None


def moment(stamp: str | None) -> datetime | None:
    """A date or time as one instant, UTC where it names no offset; None when it is none."""
    try:
        at = datetime.fromisoformat(stamp.strip()) if stamp else None
    except ValueError:
        day = parse_date(stamp)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at


def plmn_digits(text: str) -> str | None:
    """A PLMN id as 5 or 6 digits; None when it is none."""
    try:
        return PlmnId.parse(text).digits
    except UsageError:
        return None


def is_tadig(text: str) -> bool:
    """Tell whether a network's code has the form of TD.13; others are kept too, as names of their author's own."""
    try:
        return TadigCode.parse(text).code == text
    except UsageError:
        return False

"""What a reader may narrow a view to: the same names in every address."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["EVERYTHING", "SELECTABLE", "Chosen", "Where"]

_ID = r"^[^\x00-\x1f\x7f]*$"


class Chosen(BaseModel):
    """The filters, the order and the page of a view. What a view cannot be narrowed by, it leaves aside."""

    model_config = ConfigDict(frozen=True)

    country: str = Field(default="", max_length=2, pattern=r"^[A-Za-z]{0,2}$", description="ISO 3166-1 alpha-2")
    group: str = Field(
        default="", max_length=60, pattern=r"^[a-z0-9-]*$", description="group of countries, such as nato"
    )
    controller: str = Field(
        default="", max_length=120, pattern=_ID, description="state or owner against whom is measured"
    )
    rule: str = Field(
        default="", max_length=20, pattern=r"^[a-z_0-9]*$", description="control rule, such as majority_50"
    )
    service: str = Field(default="", max_length=20, pattern=r"^[a-z_0-9]*$", description="sccp, diameter, grx, all …")
    data_class: str = Field(default="", max_length=20, pattern=r"^[a-z_]*$", description="credential, location, sms …")
    threat: str = Field(default="", max_length=10, pattern=r"^[a-z]*$", description="read, alter or inject")
    severity: str = Field(default="", max_length=20, pattern=r"^[A-Z]*$", description="gravity of a finding")
    family: str = Field(default="", max_length=60, pattern=_ID, description="kind of abuse")
    state: Literal["", "new", "confirmed", "false_positive", "closed"] = Field(
        default="", description="triage of a finding"
    )
    since: date | Literal[""] = Field(default="", description="first day, UTC")
    until: date | Literal[""] = Field(default="", description="last day, UTC")
    text: str = Field(default="", max_length=100, pattern=_ID, description="text that a row must hold")
    sort: str = Field(
        default="", max_length=60, pattern=r"^-?[a-z_0-9]*$", description="column to order by; - turns it"
    )
    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=50, ge=1, le=1_000)

    def asked(self) -> dict[str, Any]:
        """What differs from the default, as an address carries it."""
        return {name: str(value) for name, value in self.model_dump(exclude_defaults=True).items() if value != ""}


EVERYTHING = Chosen()
"""A view that is not narrowed."""
SELECTABLE = tuple(name for name in Chosen.model_fields if name not in ("sort", "page", "size"))
"""The filters in the order of the form."""


class Where:
    """Conditions that all hold, and their values."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.values: list[Any] = []

    def add(self, condition: str, *values: Any) -> None:
        """Ask for one more condition; `?` stands for each value in turn."""
        self._parts.append(f"({condition})")
        self.values += values

    @property
    def sql(self) -> str:
        """`where …`, or nothing when all rows will do."""
        return f" where {' and '.join(self._parts)}" if self._parts else ""

"""The international signalling point code, 14 bits written 3-8-3. Ref: ITU-T Q.708 §2.3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.reading import read

__all__ = ["PointCode"]

LARGEST_CODE: Final = 2**14 - 1
REFUSAL: Final = "not an international point code"
ACCEPTED: Final = "zone-area-point within 7-255-7, as 4-176-4 or 4.176.4, or a number to 16383"
# The ITU list pads the area (4-024-0), some pad every part (04-024-00), operators pad none (4.24.0).
_FORM: Final = re.compile(r"([0-9]{1,3})([-.])([0-9]{1,3})\2([0-9]{1,3})|([0-9]{1,5})")


@dataclass(frozen=True, slots=True, order=True)
class PointCode:
    """One signalling point of the international network by its number, 0 to 16383. Raises UsageError outside it."""

    value: int

    def __post_init__(self) -> None:
        if not 0 <= self.value <= LARGEST_CODE:
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 3-8-3 with dashes or dots, padded or not, or the number in decimal. Raises UsageError."""
        zone, _, area, point, decimal = read(text, _FORM, refusal=REFUSAL, accepted=ACCEPTED).groups()
        return cls(int(decimal)) if decimal else cls.of(int(zone), int(area), int(point))

    @classmethod
    def of(cls, zone: int, area: int, point: int) -> Self:
        """Put a code together from its three parts: 0 to 7, 0 to 255, 0 to 7. Raises UsageError."""
        if not (0 <= zone <= 7 and 0 <= area <= 255 and 0 <= point <= 7):
            raise UsageError(REFUSAL, hint=ACCEPTED)
        return cls(zone << 11 | area << 3 | point)

    @property
    def zone(self) -> int:
        """The world zone, 0 to 7."""
        return self.value >> 11

    @property
    def area(self) -> int:
        """The area or network within the zone, 0 to 255; zone and area together are assigned to a country."""
        return self.value >> 3 & 0xFF

    @property
    def point(self) -> int:
        """The signalling point within the area, 0 to 7."""
        return self.value & 7

    @property
    def dashed(self) -> str:
        """3-8-3 with dashes, unpadded: how every table writes it."""
        return f"{self.zone}-{self.area}-{self.point}"

    @property
    def dotted(self) -> str:
        """3-8-3 with dots, unpadded: how operators declare it."""
        return f"{self.zone}.{self.area}.{self.point}"

    def __str__(self) -> str:
        return self.dashed

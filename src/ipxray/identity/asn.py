"""The autonomous system number, 32 bits. Ref: RFC 6793; RFC 5396 for its two notations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.reading import read

__all__ = ["Asn"]

LARGEST_ASN: Final = 2**32 - 1
REFUSAL: Final = "not an AS number"
ACCEPTED: Final = "0 to 4294967295, or 0.0 to 65535.65535, AS before it or not"
_FORM: Final = re.compile(r"(?:[Aa][Ss])?(?:([0-9]{1,10})|([0-9]{1,5})\.([0-9]{1,5}))")

PRIVATE: Final = (range(64512, 65535), range(4200000000, 4294967295))
"""RFC 6996 §5."""

DOCUMENTATION: Final = (range(64496, 64512), range(65536, 65552))
"""RFC 5398."""

RESERVED: Final = (
    range(1),  # RFC 7607
    range(23456, 23457),  # AS_TRANS, RFC 6793
    range(65535, 65536),  # RFC 7300
    range(65552, 131072),  # IANA registry: reserved
    range(4294967295, 4294967296),  # RFC 7300
)


@dataclass(frozen=True, slots=True, order=True)
class Asn:
    """One autonomous system by its number. Raises UsageError outside 0 to 4294967295."""

    value: int

    def __post_init__(self) -> None:
        if not 0 <= self.value <= LARGEST_ASN:
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read asplain or asdot, with AS before it or not. Raises UsageError."""
        plain, high, low = read(text, _FORM, refusal=REFUSAL, accepted=ACCEPTED).groups()
        if plain:
            return cls(int(plain))
        if int(high) > 65535 or int(low) > 65535:
            raise UsageError(REFUSAL, hint=ACCEPTED)
        return cls(int(high) << 16 | int(low))

    @property
    def asplain(self) -> str:
        """The number in decimal."""
        return str(self.value)

    @property
    def asdot(self) -> str:
        """The number in decimal below 65536, else its two halves with a dot."""
        return self.asplain if self.value < 65536 else f"{self.value >> 16}.{self.value & 0xFFFF}"

    @property
    def is_private(self) -> bool:
        """It means a network only where it is used: two operators' may coincide. Ref: RFC 6996."""
        return any(self.value in numbers for numbers in PRIVATE)

    @property
    def is_documentation(self) -> bool:
        """It is kept for examples. Ref: RFC 5398."""
        return any(self.value in numbers for numbers in DOCUMENTATION)

    @property
    def is_reserved(self) -> bool:
        """It names no network, anywhere: 0, AS_TRANS, the last of each size, and what IANA holds back."""
        return any(self.value in numbers for numbers in RESERVED)

    @property
    def is_public(self) -> bool:
        """It may name one network worldwide: neither private nor reserved nor for examples."""
        return not (self.is_private or self.is_documentation or self.is_reserved)

    def __str__(self) -> str:
        return f"AS{self.value}"

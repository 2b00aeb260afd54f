"""The TADIG code by which the roaming business names a network. Ref: GSMA TD.13 §2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.reading import read

__all__ = ["TadigCode"]

REFUSAL: Final = "not a TADIG code"
ACCEPTED: Final = "5 characters, as DEUZ1: country letters (also AAx, WWx, K00), then two letters or digits"
# TD.13 §2.3: ISO 3166-1 alpha-3, or what TADIG keeps for itself. K00 (Kosovo) is the only one seen with two digits.
_CANONICAL: Final = re.compile(r"(?:[A-Z]{3}|AA[0-9]|WW[0-9]|[A-Z][0-9]{2})[A-Z0-9]{2}")
# With ASCII, ignoring case does not let the long s or the Kelvin sign in.
_FORM: Final = re.compile(_CANONICAL.pattern, re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class TadigCode:
    """One network's TADIG code, upper case. Raises UsageError for any other form.

    Accepted: three letters, AA or WW with a letter or digit, or a letter with two digits (K00); then two letters or
    digits. Whether three letters are a country is a fact: withdrawn ones (ROM, YUG, ANT) live on in codes.
    """

    code: str

    def __post_init__(self) -> None:
        if not _CANONICAL.fullmatch(self.code):
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a code in either case. Raises UsageError."""
        return cls(read(text, _FORM, refusal=REFUSAL, accepted=ACCEPTED)[0].upper())

    @property
    def country_letters(self) -> str:
        """The first three characters: ISO 3166-1 alpha-3 as a rule, but also AAx, WWx, K00 and withdrawn codes."""
        return self.code[:3]

    @property
    def network_letters(self) -> str:
        """The last two characters, the network within its country."""
        return self.code[3:]

    @property
    def is_non_terrestrial(self) -> bool:
        """It belongs to no country: ships, aircraft, satellites (AAx)."""
        return self.code.startswith("AA")

    @property
    def is_wifi(self) -> bool:
        """It belongs to a Wi-Fi operator (WWx)."""
        return self.code.startswith("WW")

    def __str__(self) -> str:
        return self.code

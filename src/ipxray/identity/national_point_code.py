"""The 24-bit national point code, written 8-8-8: North America and China. Ref: ANSI T1.111.4, GF 001-9001."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.reading import read

__all__ = ["NationalPointCode"]

LARGEST_CODE: Final = 2**24 - 1
REFUSAL: Final = "not a 24-bit national point code"
ACCEPTED: Final = "network-cluster-member within 255-255-255, as 1-2-3 or 1.2.3, or a number to 16777215"
_FORM: Final = re.compile(r"([0-9]{1,3})([-.])([0-9]{1,3})\2([0-9]{1,3})|([0-9]{1,8})")


@dataclass(frozen=True, slots=True, order=True)
class NationalPointCode:
    """One signalling point of a national network by its number, 0 to 16777215. Raises UsageError outside it.

    Unique within its nation only: the network it was seen on says which one. China calls the parts main area, sub-area
    and point.
    """

    value: int

    def __post_init__(self) -> None:
        if not 0 <= self.value <= LARGEST_CODE:
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 8-8-8 with dashes or dots, padded or not, or the number in decimal. Raises UsageError."""
        network, _, cluster, member, decimal = read(text, _FORM, refusal=REFUSAL, accepted=ACCEPTED).groups()
        return cls(int(decimal)) if decimal else cls.of(int(network), int(cluster), int(member))

    @classmethod
    def of(cls, network: int, cluster: int, member: int) -> Self:
        """Put a code together from its three parts, each 0 to 255. Raises UsageError."""
        if not all(0 <= part <= 255 for part in (network, cluster, member)):
            raise UsageError(REFUSAL, hint=ACCEPTED)
        return cls(network << 16 | cluster << 8 | member)

    @property
    def network(self) -> int:
        """The network, 0 to 255."""
        return self.value >> 16

    @property
    def cluster(self) -> int:
        """The cluster within the network, 0 to 255."""
        return self.value >> 8 & 0xFF

    @property
    def member(self) -> int:
        """The point within the cluster, 0 to 255."""
        return self.value & 0xFF

    @property
    def dashed(self) -> str:
        """8-8-8 with dashes, unpadded."""
        return f"{self.network}-{self.cluster}-{self.member}"

    @property
    def dotted(self) -> str:
        """8-8-8 with dots, unpadded."""
        return f"{self.network}.{self.cluster}.{self.member}"

    def __str__(self) -> str:
        return self.dashed

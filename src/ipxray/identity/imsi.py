"""The international mobile subscription identity: MCC, MNC, MSIN. Ref: ITU-T E.212, 3GPP TS 23.003 §2.2."""

from __future__ import annotations

import re
from typing import Final, Self

from ipxray.identity.plmn import PlmnId
from ipxray.identity.pseudonym import PseudonymKey
from ipxray.identity.reading import read
from ipxray.identity.subscriber import SubscriberDigits, checked_length

__all__ = ["Imsi"]

SHORTEST_IMSI: Final = 6
"""MCC, the shortest MNC and one digit of MSIN; E.212 gives a maximum only."""

LONGEST_IMSI: Final = 15
_FORM: Final = re.compile(r"[0-9]{6,15}")
_MCC_LENGTH: Final = 3


class Imsi(SubscriberDigits):
    """A subscription by its IMSI, 6 to 15 digits. Text forms show MCC and the first two digits of the MNC.

    Where the MNC ends is a fact about the country, so the caller says so: 2 or 3 digits. Raises UsageError otherwise.
    """

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        found = read(digits, _FORM, refusal="not an IMSI", accepted="6 to 15 digits, MCC and MNC first")
        super().__init__(found[0])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 6 to 15 digits. Raises UsageError."""
        return cls(text)

    @property
    def kind(self) -> str:
        """Always `imsi`."""
        return "imsi"

    @property
    def mcc(self) -> str:
        """The mobile country code, 3 digits."""
        return self._digits[:_MCC_LENGTH]

    def plmn(self, mnc_length: int) -> PlmnId:
        """The home network, given how long its MNC is. Raises UsageError for any length but 2 and 3."""
        end = _prefix_length(mnc_length)
        return PlmnId(self.mcc, self._digits[_MCC_LENGTH:end])

    @property
    def plmn_candidates(self) -> tuple[PlmnId, PlmnId]:
        """The two home networks it can have, the 2-digit MNC first."""
        return self.plmn(2), self.plmn(3)

    def masked(self, *, mnc_length: int = 2) -> str:
        """MCC and MNC, then a star a digit. Raises UsageError for any length but 2 and 3."""
        return self._masked(_prefix_length(mnc_length))

    def pseudonym(self, key: PseudonymKey, *, mnc_length: int = 2) -> str:
        """MCC and MNC, a tilde, then letters that depend on the key and the whole IMSI. Raises UsageError as above."""
        return self._pseudonym(key, _prefix_length(mnc_length))

    def __str__(self) -> str:
        return self.masked()

    def __repr__(self) -> str:
        return f"Imsi({self.masked()})"


def _prefix_length(mnc_length: int) -> int:
    return _MCC_LENGTH + checked_length(mnc_length, shortest=2, longest=3, what="an MNC")

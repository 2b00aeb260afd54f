"""The PLMN identity: mobile country code and mobile network code. Ref: ITU-T E.212, 3GPP TS 23.003 §12.1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.reading import read

__all__ = ["PlmnId"]

REFUSAL: Final = "not a PLMN id"
ACCEPTED: Final = "a 3-digit MCC and a 2- or 3-digit MNC, as 00101 or 001-01"
_FORM: Final = re.compile(r"([0-9]{3})-?([0-9]{2,3})")
_MCC: Final = re.compile(r"[0-9]{3}")
_MNC: Final = re.compile(r"[0-9]{2,3}")


@dataclass(frozen=True, slots=True, order=True)
class PlmnId:
    """One network's codes, as text: the length of the MNC is part of the identity, so 001-01 is not 001-001.

    Any MCC is accepted: which ones are assigned is a fact that changes. Raises UsageError for codes of another form.
    """

    mcc: str
    mnc: str

    def __post_init__(self) -> None:
        if not (_MCC.fullmatch(self.mcc) and _MNC.fullmatch(self.mnc)):
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 5 or 6 digits, or MCC and MNC with a dash between them. Raises UsageError."""
        mcc, mnc = read(text, _FORM, refusal=REFUSAL, accepted=ACCEPTED).groups()
        return cls(mcc, mnc)

    @property
    def digits(self) -> str:
        """MCC and MNC together, 5 or 6 digits: how every table writes it, and how an IMSI begins."""
        return self.mcc + self.mnc

    def __str__(self) -> str:
        return f"{self.mcc}-{self.mnc}"

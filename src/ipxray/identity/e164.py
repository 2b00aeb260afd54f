"""The international telephone number, for example an MSISDN. Ref: ITU-T E.164 §6, 3GPP TS 23.003 §3.3."""

from __future__ import annotations

import re
from typing import Final, Self

from ipxray.identity.pseudonym import PseudonymKey
from ipxray.identity.reading import read
from ipxray.identity.subscriber import SubscriberDigits, checked_length

__all__ = ["E164Number"]

LONGEST_COUNTRY_CODE: Final = 3
# No country code of E.164 begins with 0: a leading 0 is a dialling prefix or a national number.
_FORM: Final = re.compile(r"\+?([1-9][0-9]{3,14})")


class E164Number(SubscriberDigits):
    """A number in international form, 4 to 15 digits, the country code first. Text forms show the first three digits.

    Where the country code ends is a fact, so the caller may say so: 1 to 3 digits; unsaid, three are shown.
    E.164 bounds the length above only; below four digits there is no subscriber number behind a 3-digit country code.
    """

    __slots__ = ()

    def __init__(self, digits: str) -> None:
        found = read(
            digits,
            _FORM,
            refusal="not an E.164 number",
            accepted="4 to 15 digits in international form, no leading 0, + optional",
        )
        super().__init__(found[1])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read 4 to 15 digits, a plus before them or not. Raises UsageError, also for 00 and national numbers."""
        return cls(text)

    @property
    def kind(self) -> str:
        """Always `e164`."""
        return "e164"

    def country_code(self, country_code_length: int) -> str:
        """The country code, given its length. Raises UsageError for any length but 1, 2 and 3."""
        return self._digits[: _checked(country_code_length)]

    def masked(self, *, country_code_length: int = LONGEST_COUNTRY_CODE) -> str:
        """The country code, then a star a digit. Raises UsageError for any length but 1, 2 and 3."""
        return self._masked(_checked(country_code_length))

    def pseudonym(self, key: PseudonymKey, *, country_code_length: int = LONGEST_COUNTRY_CODE) -> str:
        """The country code, a tilde, then letters that depend on key and whole number. Raises UsageError as above."""
        return self._pseudonym(key, _checked(country_code_length))

    def __str__(self) -> str:
        return self.masked()

    def __repr__(self) -> str:
        return f"E164Number({self.masked()})"


def _checked(length: int) -> int:
    return checked_length(length, shortest=1, longest=LONGEST_COUNTRY_CODE, what="a country code")

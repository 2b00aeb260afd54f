"""Digits that may name a subscriber: everything shows their prefix, and only `reveal` shows them whole."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final

from ipxray.errors import UsageError
from ipxray.identity.pseudonym import PseudonymKey
from ipxray.identity.sealed import Sealed

__all__ = ["SubscriberDigits", "checked_length"]

HIDDEN_AT_LEAST: Final = 4
"""A short number shows less of its prefix rather than fewer stars than this."""


class SubscriberDigits(Sealed, ABC):
    """What Imsi, E164Number and GlobalTitle share: equal by kind and digits, never ordered, never shown whole unasked.

    A subclass checks its digits before it hands them over, and bounds the prefix that it shows.
    """

    __slots__ = ("_digits",)
    _digits: str

    def __init__(self, digits: str) -> None:
        object.__setattr__(self, "_digits", digits)

    def reveal(self) -> str:
        """The full digits. Whoever calls this answers for where they go."""
        return self._digits

    @property
    @abstractmethod
    def kind(self) -> str:
        """What the digits are; two kinds are never equal and never share a pseudonym."""

    def _masked(self, prefix_length: int) -> str:
        shown = self._prefix(prefix_length)
        return shown + "*" * (len(self._digits) - len(shown))

    def _pseudonym(self, key: PseudonymKey, prefix_length: int) -> str:
        # The tag covers all digits, so it does not depend on how much of the prefix is shown.
        return f"{self._prefix(prefix_length)}~{key.tag(self._digits, kind=self.kind)}"

    def _prefix(self, length: int) -> str:
        return self._digits[: max(0, min(length, len(self._digits) - HIDDEN_AT_LEAST))]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SubscriberDigits):
            return NotImplemented
        return (self.kind, self._digits) == (other.kind, other._digits)

    def __hash__(self) -> int:
        return hash((self.kind, self._digits))


def checked_length(length: int, *, shortest: int, longest: int, what: str) -> int:
    """The length itself when it lies in its bounds, both inclusive. Raises UsageError."""
    if not shortest <= length <= longest:
        raise UsageError(f"not a length of {what}", hint=f"{shortest} to {longest} digits")
    return length

"""The SCCP global title: digits and the plan they are numbered by. Ref: ITU-T Q.713 §3.4.2.3; E.164, E.212, E.214."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, Self

from ipxray.identity.pseudonym import PseudonymKey
from ipxray.identity.reading import read
from ipxray.identity.subscriber import SubscriberDigits, checked_length

__all__ = ["GlobalTitle", "NumberingPlan"]

LONGEST_TITLE: Final = 15
_FORM: Final = re.compile(r"\+?([0-9]{1,15})")


class NumberingPlan(IntEnum):
    """The plans a roaming message is addressed by, with their code points. Ref: ITU-T Q.713 §3.4.2.3.3."""

    E164 = 1
    E212 = 6
    E214 = 7


# Shown unasked, then the bounds of what a caller may show: a country code; MCC and MNC; CC and NC.
_PREFIXES: Final = {
    NumberingPlan.E164: (3, 1, 3),
    NumberingPlan.E212: (5, 5, 6),
    NumberingPlan.E214: (3, 1, 7),
}


class GlobalTitle(SubscriberDigits):
    """A global title, 1 to 15 decimal digits, and its numbering plan: both make it equal to another.

    It may be a node's address or a subscriber's number, and nothing in it says which: it is hidden like a subscriber.
    Codes 11, 12 and ST of Q.713 are no part of these plans and are refused. Raises UsageError.
    """

    __slots__ = ("_plan",)
    _plan: NumberingPlan

    def __init__(self, digits: str, plan: NumberingPlan = NumberingPlan.E164) -> None:
        found = read(digits, _FORM, refusal="not a global title", accepted="1 to 15 decimal digits, + optional")
        super().__init__(found[1])
        object.__setattr__(self, "_plan", plan)

    @classmethod
    def parse(cls, text: str, plan: NumberingPlan = NumberingPlan.E164) -> Self:
        """Read 1 to 15 digits, a plus before them or not, in a numbering plan. Raises UsageError."""
        return cls(text, plan)

    @property
    def plan(self) -> NumberingPlan:
        """The numbering plan of the digits."""
        return self._plan

    @property
    def kind(self) -> str:
        """`gt-e164`, `gt-e212` or `gt-e214`."""
        return f"gt-{self._plan.name.lower()}"

    def masked(self, *, prefix_length: int | None = None) -> str:
        """The prefix that tells the operator, then a star a digit.

        Unsaid, 3 digits of E.164 and E.214, 5 of E.212. Raises UsageError outside 1 to 3 (E.164), 5 to 6 (E.212),
        1 to 7 (E.214).
        """
        return self._masked(self._shown(prefix_length))

    def pseudonym(self, key: PseudonymKey, *, prefix_length: int | None = None) -> str:
        """The prefix, a tilde, then letters that depend on key, plan and all digits. Raises UsageError as above."""
        return self._pseudonym(key, self._shown(prefix_length))

    def _shown(self, prefix_length: int | None) -> int:
        unsaid, shortest, longest = _PREFIXES[self._plan]
        if prefix_length is None:
            return unsaid
        what = f"a prefix of an {self._plan.name} global title"
        return checked_length(prefix_length, shortest=shortest, longest=longest, what=what)

    def __str__(self) -> str:
        return self.masked()

    def __repr__(self) -> str:
        return f"GlobalTitle({self.masked()}, {self._plan.name})"

"""Subscribers leave detection as pseudonyms only, and so does an address that is made of a subscriber's digits."""

from __future__ import annotations

from ipxray.errors import UsageError
from ipxray.identity import E164Number, Imsi, PseudonymKey

__all__ = ["Masks"]

_PREFIX = "msisdn:"
_IDENTITY_PLANS = (6, 7)
"""ITU-T E.212 and E.214: such a global title is an IMSI or made of one."""
_SHORTEST = 6
"""Digits from which an address inside a subscriber's number, or around it, counts as that number."""


class Masks:
    """Pseudonyms under one key. An identity that is a pseudonym already stays as it is."""

    def __init__(self, key: PseudonymKey) -> None:
        self._key = key
        self._known: dict[str, str] = {}

    def subscriber(self, identity: str | None) -> str | None:
        """The pseudonym of an IMSI, or of a number behind `msisdn:`."""
        if identity is None or "~" in identity:
            return identity
        found = self._known.get(identity)
        if found is None:
            found = self._known[identity] = self._pseudonym(identity)
        return found

    def address(
        self, address: str | None, *, plan: int | None, subscriber: str | None, msisdn: str | None
    ) -> str | None:
        """An address as it is, or as a pseudonym where it is, or holds, the digits of a subscriber."""
        if address is None or "~" in address:
            return address
        digits = (subscriber or "").removeprefix(_PREFIX)
        holds = any(len(each) >= _SHORTEST and each in address for each in (digits, msisdn or ""))
        inside = address.isdigit() and len(address) > _SHORTEST and digits.startswith(address)
        if plan in _IDENTITY_PLANS or holds or inside:
            return self.subscriber(_PREFIX + address if address.isdigit() else address)
        return address

    def _pseudonym(self, identity: str) -> str:
        try:
            if identity.startswith(_PREFIX):
                return E164Number.parse(identity.removeprefix(_PREFIX)).pseudonym(self._key)
            return Imsi.parse(identity).pseudonym(self._key)
        except UsageError:
            return "~" + self._key.tag(identity, kind="other")

"""The Diameter identity: the name of a node or realm. Ref: RFC 6733 §4.3.1, RFC 1035 §2.3.4, RFC 1123 §2.1."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Self

from ipxray.errors import UsageError
from ipxray.identity.plmn import PlmnId
from ipxray.identity.reading import LONGEST_TEXT, read

__all__ = ["DiameterIdentity"]

REFUSAL: Final = "not a Diameter identity"
ACCEPTED: Final = "a host or realm name, labels of letters, digits, - and _ with dots between"
LONGEST_NAME: Final = 253
"""RFC 1035 §2.3.4: 255 octets on the wire, less the first length octet and the root."""

# Operators name nodes with underscores; RFC 1123 does not, yet refusing them would lose true names.
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_WRITTEN: Final = re.compile(r"([A-Za-z0-9._-]+?)\.?")
_MNC: Final = re.compile(r"mnc([0-9]{2,3})")
_MCC: Final = re.compile(r"mcc([0-9]{3})")
_PLMN_DOMAINS: Final = (("pub", "3gppnetwork", "org"), ("3gppnetwork", "org"), ("gprs",))


@dataclass(frozen=True, slots=True, order=True)
class DiameterIdentity:
    """A host or realm name, lower case, without a trailing dot; names are compared by whole labels.

    ASCII only: RFC 6733 appendix D wants international names in their ASCII form. One label is enough. An address such
    as 192.0.2.1 is no name. Raises UsageError.
    """

    name: str

    def __post_init__(self) -> None:
        labels = self.name.split(".") if len(self.name) <= LONGEST_NAME else []
        if not labels or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdigit():
            raise UsageError(REFUSAL, hint=ACCEPTED)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a name in either case, one trailing dot or none. Raises UsageError."""
        limit = LONGEST_NAME + LONGEST_TEXT
        return cls(read(text, _WRITTEN, refusal=REFUSAL, accepted=ACCEPTED, limit=limit)[1].lower())

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels from left to right."""
        return tuple(self.name.split("."))

    def is_within(self, realm: DiameterIdentity) -> bool:
        """Tell whether it is this realm or lies under it: every label of the realm ends the name."""
        wanted = realm.labels
        return self.labels[-len(wanted) :] == wanted

    @property
    def plmn_candidates(self) -> tuple[PlmnId, ...]:
        """The networks an operator domain names: none, one, or two when a leading 0 may be padding (2-digit MNC first).

        Domains: mncNNN.mccNNN under 3gppnetwork.org, pub.3gppnetwork.org and gprs, whatever stands before (epc, ims,
        5gc, node names). An MNC of two digits is padded with a 0 on the left, so mnc001 may be 01 or 001; one that was
        not padded, against the standard, is taken as written. Ref: 3GPP TS 23.003 §9.1, §13.2, §19.2, §28.2.
        """
        found = _codes_before_domain(self.labels)
        if found is None:
            return ()
        mcc, mnc = found
        written = PlmnId(mcc, mnc)
        if len(mnc) == 3 and mnc.startswith("0"):
            return PlmnId(mcc, mnc[1:]), written
        return (written,)

    def __str__(self) -> str:
        return self.name


def _codes_before_domain(labels: tuple[str, ...]) -> tuple[str, str] | None:
    for domain in _PLMN_DOMAINS:
        if labels[-len(domain) :] == domain:
            before = labels[: -len(domain)]
            mcc = _MCC.fullmatch(before[-1]) if before else None
            mnc = _MNC.fullmatch(before[-2]) if len(before) > 1 else None
            return (mcc[1], mnc[1]) if mcc and mnc else None
    return None

"""Which carriers a declared name may mean: exact, normalised names and dated aliases, never a guess."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ipxray.facts import Facts, normalise_name

__all__ = ["CarrierNames"]

# "TIWS (Telefonica International Wholesale Services)": the part before, then the part inside.
_PARENTHESISED = re.compile(r"^([^()]*)\(([^()]*)\)\s*$")

# A domain name has at most 253 characters (RFC 1035 §2.3.4): a longer text is none, and would cost its square.
_LONGEST_HOST = 253


class _Naming(NamedTuple):
    """Carriers that one text means, from `since` (inclusive) to `until` (exclusive)."""

    carriers: tuple[str, ...]
    since: date | None
    until: date | None

    def holds(self, at: date) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


class CarrierNames:
    """Every name, alias and host domain of the carriers. Immutable in effect; answers are remembered."""

    def __init__(self, facts: Facts) -> None:
        self._named: dict[str, list[_Naming]] = {}
        self._domains: dict[str, set[str]] = {}
        for carrier in facts.carriers.values():
            for text in filter(None, (carrier.name, carrier.legal_name)):
                self._named.setdefault(normalise_name(text), []).append(_Naming((carrier.id,), None, None))
            for domain in carrier.host_domains:
                self._domains.setdefault(_host(domain), set()).add(carrier.id)
        for alias in facts.aliases:
            naming = _Naming(alias.carriers, alias.since, alias.until)
            self._named.setdefault(normalise_name(alias.text), []).append(naming)
        self._spellings: dict[str, tuple[tuple[_Naming, ...], ...]] = {}
        self._lasting: dict[str, tuple[str, ...]] = {}

    def candidates(self, name: str, at: date) -> tuple[str, ...]:
        """Return the carriers that the name means at the date, sorted; none when it is unknown.

        The whole name goes first, then the name without its parenthesised part, then that part: the first that is known
        decides. An alias counts only within its dates.
        """
        lasting = self._lasting.get(name)
        return self._candidates(name, at) if lasting is None else lasting

    def candidates_at_any_date(self, name: str) -> tuple[str, ...]:
        """Return the carriers that the name ever meant, sorted: what to tell the reader of a name outside its dates."""
        return tuple(
            sorted({each for namings in self._readings(name) for naming in namings for each in naming.carriers})
        )

    def hosts(self, host: str) -> tuple[str, ...]:
        """Return the carriers in whose domain the host name lies, by whole labels; the longest domain decides."""
        if len(host) > _LONGEST_HOST:
            return ()
        labels = _host(host).split(".")
        for start in range(len(labels)):
            if found := self._domains.get(".".join(labels[start:])):
                return tuple(sorted(found))
        return ()

    def _candidates(self, name: str, at: date) -> tuple[str, ...]:
        readings = self._readings(name)
        found: set[str] = set()
        for namings in readings:
            found = {carrier for naming in namings if naming.holds(at) for carrier in naming.carriers}
            if found:
                break
        candidates = tuple(sorted(found))
        if not any(naming.since or naming.until for namings in readings for naming in namings):
            self._lasting[name] = candidates
        return candidates

    def _readings(self, name: str) -> tuple[tuple[_Naming, ...], ...]:
        readings = self._spellings.get(name)
        if readings is None:
            parts = _PARENTHESISED.match(name)
            texts = (name, *parts.groups()) if parts else (name,)
            known = (self._named.get(folded, ()) for text in texts if (folded := normalise_name(text)))
            readings = self._spellings[name] = tuple(tuple(namings) for namings in known if namings)
        return readings


def _host(text: str) -> str:
    return text.strip().strip(".").lower()

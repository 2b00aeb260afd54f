"""Whom fictional operators can choose from, and the names they may use: right, old, shared, reused, unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import NamedTuple

from ipxray.lab.carriers import AmbiguousName
from ipxray.lab.plan import Mention, PlannedCarrier, RoleName

__all__ = ["Market", "ReusedName"]

_PROVIDERS, _PROVIDER_WEIGHTS = (1, 2, 3, 4, 5), (0.15, 0.40, 0.25, 0.12, 0.08)
# Areas of zone 0 that no fictional carrier reaches: point codes in no register.
_UNREGISTERED_AREAS = range(200, 256)


class ReusedName(NamedTuple):
    """A name that meant one carrier until a date and another from it on."""

    text: str
    before: str
    since: str
    changed: date


class Market:
    """Every carrier with its names. Draws are made by the generator of random numbers that the caller passes."""

    def __init__(
        self, carriers: Sequence[PlannedCarrier], ambiguous: Sequence[AmbiguousName], words: Iterator[str]
    ) -> None:
        self.carriers = {carrier.id: carrier for carrier in carriers}
        self.ambiguous = tuple(ambiguous)
        self.reused = ReusedName(f"{next(words)} Wholesale", carriers[1].id, carriers[2].id, date(2024, 1, 1))
        self.unknown = tuple(f"{next(words)} Telewave" for _ in range(3 + len(carriers) // 6))

    def choose(self, random: Random, *, at_least: int = 1, without: Sequence[str] = ()) -> list[PlannedCarrier]:
        """Choose different carriers by popularity; how many follows the distribution of docs/method.md."""
        count = max(at_least, random.choices(_PROVIDERS, _PROVIDER_WEIGHTS)[0])
        pool = [carrier for carrier in self.carriers.values() if carrier.id not in without]
        chosen: list[PlannedCarrier] = []
        while pool and len(chosen) < count:
            picked = random.choices(pool, [carrier.weight for carrier in pool])[0]
            chosen.append(picked)
            pool.remove(picked)
        return chosen

    def mention(self, carrier: PlannedCarrier, random: Random, role: RoleName = "unstated") -> Mention:
        """Name a carrier by one of the names it bears at every date."""
        return Mention((carrier.id,), random.choice((carrier.name, *carrier.aliases)), role)

    def both_names(self, random: Random) -> list[Mention]:
        """Name one carrier twice, by its name and by another that it bears."""
        carrier = self.choose(random)[0]
        return [Mention((carrier.id,), carrier.name), Mention((carrier.id,), random.choice(carrier.aliases))]

    def old_name(self, random: Random) -> Mention:
        """Name a carrier by the name that it has given up since."""
        carrier = random.choice([carrier for carrier in self.carriers.values() if carrier.old_name])
        return Mention((carrier.id,), carrier.old_name or carrier.name)

    def bracketed_name(self, random: Random) -> Mention:
        """Name a carrier with its old name in brackets and its AS number behind."""
        carrier = random.choice([carrier for carrier in self.carriers.values() if carrier.old_name and carrier.asn])
        return Mention((carrier.id,), f"{carrier.name} ({carrier.old_name})", asn=carrier.asn)

    def shared_name(self, random: Random) -> Mention:
        """Use a name that two carriers bear."""
        name = random.choice(self.ambiguous)
        return Mention(name.carriers, name.text)

    def settled_name(self, random: Random) -> Mention:
        """Use a name that two carriers bear, meaning one of them: its point code will tell which."""
        name = random.choice(self.ambiguous)
        return Mention((random.choice(name.carriers),), name.text)

    def name_of_its_day(self, written: date) -> Mention:
        """Use the name that changed hands: whom it means goes by the day of the document."""
        reused = self.reused
        return Mention((reused.before if written < reused.changed else reused.since,), reused.text)

    def unknown_name(self, random: Random) -> Mention:
        """Use a name in no register."""
        return Mention((), random.choice(self.unknown))

    def unregistered_point_codes(self, random: Random) -> tuple[int, ...]:
        """A point code that no register gives to anyone."""
        return (random.choice(_UNREGISTERED_AREAS) << 3 | random.randrange(8),)

"""Whom the exposure table is about: operators, their countries, and the groups of countries in force at the date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from ipxray.atlas import Operator
from ipxray.exposure.cells import Label, Sums
from ipxray.exposure.kernel import Array
from ipxray.exposure.totals import Totals
from ipxray.facts import Facts

__all__ = ["Subjects", "everyone", "subjects_of"]


class Subjects(NamedTuple):
    """Operators, countries and alliances of an atlas. `groups` [N, 1 + A]: everyone, then each alliance's members."""

    operators: tuple[str, ...]
    countries: tuple[str, ...]
    alliances: tuple[str, ...]
    in_country: Array
    groups: Array

    @property
    def labels(self) -> tuple[Label, ...]:
        """One label for each subject, in the order in which `gather` gives the sums."""
        return (
            *(Label("operator", tadig, "all") for tadig in self.operators),
            *(Label("country", country, "all") for country in self.countries),
            *(Label("alliance", group, "inside") for group in self.alliances),
            *(Label("alliance", group, "outside") for group in self.alliances),
            *(Label("alliance", group, "all") for group in self.alliances),
        )

    def gather(self, found: Totals) -> Sums:
        """Sum the networks of each subject. A country or alliance is the weighted mean of its networks in the atlas."""
        return Sums(*(self._gathered(part) for part in found))

    def _gathered(self, part: Array) -> Array:
        everyone, members = part[..., 0], self.groups[:, 1:]
        whole = everyone @ members
        inside = (part[..., 1:] * members).sum(axis=-2)
        return np.concatenate([everyone, everyone @ self.in_country, inside, whole - inside, whole], axis=-1)


def subjects_of(operators: Sequence[Operator], facts: Facts, at: date) -> Subjects:
    """List the subjects; a group of which no member has a network here is left out."""
    countries = sorted({operator.country for operator in operators if operator.country})
    groups = []
    columns = [np.ones(len(operators))]
    for name, group in sorted(facts.groups.items()):
        members = {
            member.country
            for member in group.members
            if (member.since is None or member.since <= at) and (member.until is None or at < member.until)
        }
        column = np.array([float(operator.country in members) for operator in operators])
        if column.any():
            groups.append(name)
            columns.append(column)
    return Subjects(
        operators=tuple(operator.tadig for operator in operators),
        countries=tuple(countries),
        alliances=tuple(groups),
        in_country=np.array([[float(operator.country == country) for country in countries] for operator in operators])
        .reshape(len(operators), len(countries)),
        groups=np.stack(columns, axis=1),
    )  # fmt: skip


def everyone(found: Totals) -> Sums:
    """Sum all networks into one subject: the headline of a whole atlas."""
    return Sums(*(part[..., :1].sum(axis=-2) for part in found))

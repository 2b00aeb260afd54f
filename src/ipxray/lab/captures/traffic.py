"""The day of a population: who arrives, moves, phones, texts and uses data in each stretch of time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ipxray.lab.captures.people import People
from ipxray.lab.captures.rows import Ints, Rows, joined
from ipxray.lab.captures.stage import Stage

__all__ = ["Traffic"]

_HOUR = 3_600_000_000


class Habit(NamedTuple):
    """What subscribers do now and then: procedures, times an hour, and for whom."""

    procedures: tuple[str, ...]
    an_hour: float
    needs_lte: bool = False


_HABITS = (
    Habit(("authenticate",), 0.8),
    Habit(("authenticate", "register"), 0.3),
    Habit(("lte_authenticate",), 1.2, needs_lte=True),
    Habit(("lte_authenticate", "lte_register"), 0.4, needs_lte=True),
    Habit(("locate",), 0.2),
)


class Traffic:
    """Benign rows, stretch after stretch."""

    def __init__(self, stage: Stage, start: int) -> None:
        self._stage = stage
        self._people: People = stage.people
        self._rng: Generator = stage.rng
        self._start = start

    def during(self, since: int, until: int) -> Rows:
        """Rows of everything that begins in [since, until), microseconds; some end later."""
        parts = self._arrivals(since, until)
        for habit in _HABITS:
            who = self._drawn(habit, until - since)
            at = self._rng.integers(since, until, len(who))
            parts.append(self._stage.play(habit.procedures, at, who))
        return joined(parts)

    def _arrivals(self, since: int, until: int) -> list[Rows]:
        arrives = self._people.arrives + self._start
        who = np.flatnonzero(~self._people.is_here & (arrives >= since) & (arrives < until))
        self._people.is_here[who] = True
        parts = [self._stage.play(("authenticate", "register"), arrives[who], who)]
        lte = who[self._people.has_lte[who]]
        parts.append(self._stage.play(("lte_authenticate", "lte_register"), arrives[lte] + 3_000_000, lte))
        return parts

    def _drawn(self, habit: Habit, span: int) -> Ints:
        able: NDArray[np.bool_] = self._people.is_here & ~self._people.is_silent
        if habit.needs_lte:
            able = able & self._people.has_lte
        pool = np.flatnonzero(able)
        if not len(pool):
            return pool
        return self._rng.choice(pool, self._rng.poisson(habit.an_hour * len(pool) * span / _HOUR))

"""The day of a population: who arrives, moves, phones, texts and uses data in each stretch of time."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ipxray.lab.captures.geography import distances, neighbours
from ipxray.lab.captures.habits import HABITS, Who
from ipxray.lab.captures.people import People
from ipxray.lab.captures.rows import Ints, Rows, joined
from ipxray.lab.captures.stage import Stage

__all__ = ["Traffic"]

_HOUR = 3_600_000_000
_SECOND = 1_000_000
_MOVES, _DEPARTURES, _TEXTS, _BURSTS, _RESTARTS = 0.25, 0.03, 1.1, 3.0, 0.5
"""Times an hour: moves over a border of each who lives at one, departures and texts of everybody; bursts of one-time
passwords and restarts of an HLR in the whole world."""
_FLIGHTS = 0.04
"""Times an hour that somebody takes an aeroplane and is in another network an hour or two later."""
_LONGEST_FLIGHT, _FLIGHT_SPEED, _AT_AIRPORTS = 1_300, 780, 1_500_000_000
"""Kilometres, kilometres an hour, and microseconds without network before and after."""
_SHARE_STEERED, _SHARE_OF_HUB, _SHARE_TO_NOBODY, _SHARE_UNDELIVERED = 0.15, 0.4, 0.01, 0.03
_BURST = 150
_ARRIVAL = ("authenticate", "register", "register_packet")
_LTE_ARRIVAL = ("lte_authenticate", "lte_register", "open_session")


class Traffic:
    """Benign rows, stretch after stretch."""

    def __init__(self, stage: Stage, start: int) -> None:
        self._stage = stage
        self._people: People = stage.people
        self._rng: Generator = stage.rng
        self._start = start
        countries = [each["country"] for each in stage.land.networks]
        near, far = neighbours(countries), distances(countries)
        self._near = self._reachable(near)
        self._by_air = self._reachable(~near & (far < _LONGEST_FLIGHT))
        self._flight = (far / _FLIGHT_SPEED * _HOUR).astype(np.int64) + _AT_AIRPORTS
        self._came_from = np.full(len(self._people), -1)
        self._is_busy = np.zeros(len(self._people), bool)
        """True for those who arrived or moved in this stretch: when, only their registration knows."""

    def during(self, since: int, until: int) -> Rows:
        """Rows of everything that begins in [since, until), microseconds; some end later."""
        span = (until - since) / _HOUR
        self._is_busy[:] = False
        parts = [*self._arrivals(since, until), *self._moves(since, until), *self._departures(since, until)]
        self._board(since, until)
        for habit in HABITS:
            who = self._drawn(habit.who, habit.an_hour * span)
            parts.append(self._stage.play(habit.procedures, self._moments(since, until, len(who)), who))
        parts += self._texts(since, until)
        parts += self._restarts(since, until)
        return joined(parts)

    def _arrivals(self, since: int, until: int) -> list[Rows]:
        people, stage = self._people, self._stage
        arrives = people.arrives + self._start
        who = np.flatnonzero(~people.is_here & (people.arrives >= 0) & (arrives >= since) & (arrives < until))
        people.is_here[who] = True
        people.arrives[who] = -1
        self._is_busy[who] = True
        is_steered = self._rng.random(len(who)) < _SHARE_STEERED
        steered, has_lte = who[is_steered], people.has_lte[who]
        first = arrives[who]
        at = first + np.where(is_steered, 20 * _SECOND, 0)
        both = is_steered & has_lte
        return [
            stage.play(("authenticate", "register_refused"), first[is_steered], steered),
            stage.play(("lte_authenticate", "lte_register_refused"), first[both] + 4 * _SECOND, who[both]),
            stage.play(_ARRIVAL, at, who),
            stage.play(_LTE_ARRIVAL, at[has_lte] + 3 * _SECOND, who[has_lte]),
            *self._forgotten(who, at),
        ]

    def _forgotten(self, who: Ints, at: Ints) -> list[Rows]:
        """The network that somebody came from by air is told to forget them."""
        old = self._came_from[who]
        flew = old >= 0
        self._came_from[who] = -1
        return [self._stage.play(("cancel_previous",), at[flew] + 4 * _SECOND, who[flew], {"P": old[flew]})]

    def _board(self, since: int, until: int) -> None:
        """Some switch their telephone off here and on again where the aeroplane has brought them."""
        people = self._people
        who = np.unique(self._drawn("people", _FLIGHTS * (until - since) / _HOUR))
        who = who[~people.stays[who] & self._by_air[people.visited[who]].any(axis=1)]
        weights = self._by_air[people.visited[who]] & (np.arange(len(self._near)) != people.home[who][:, None])
        who, weights = who[weights.any(axis=1)], weights[weights.any(axis=1)]
        old = people.visited[who]
        people.visited[who] = (weights * self._rng.random(weights.shape)).argmax(axis=1)
        people.is_here[who] = False
        people.arrives[who] = until - self._start + self._flight[old, people.visited[who]]
        people.has_lte[who] &= self._stage.land.has_lte[people.visited[who]]
        self._came_from[who] = old

    def _moves(self, since: int, until: int) -> list[Rows]:
        """Over a border and, for those at it, back again soon: the old network is told to forget them."""
        people, stage = self._people, self._stage
        at_border = (
            self._near[people.visited].any(axis=1) & people.is_here & ~people.is_thing & ~people.stays & ~self._is_busy
        )
        who = self._choice(np.flatnonzero(at_border), _MOVES * (until - since) / _HOUR)
        who = np.unique(who)
        if not len(who):
            return []
        weights = self._near[people.visited[who]].astype(float)
        weights[np.arange(len(who)), people.home[who]] = 0
        able = weights.any(axis=1)
        who, weights = who[able], weights[able]
        old = people.visited[who]
        chosen = (weights * self._rng.random(weights.shape)).argmax(axis=1)
        people.visited[who] = chosen
        self._is_busy[who] = True
        at = self._moments(since, until, len(who))
        parts = [stage.play(("authenticate", "register", "cancel_previous", "register_packet"), at, who, {"P": old})]
        lte = people.has_lte[who] & stage.land.has_lte[old] & stage.land.has_lte[chosen]
        parts.append(
            stage.play(
                ("lte_authenticate", "lte_register", "lte_cancel_previous"),
                at[lte] + 2 * _SECOND,
                who[lte],
                {"P": old[lte]},
            )
        )
        return parts

    def _departures(self, since: int, until: int) -> list[Rows]:
        who = np.unique(self._drawn("people", _DEPARTURES * (until - since) / _HOUR))
        who = who[~self._people.stays[who]]
        self._people.is_here[who] = False
        at = self._moments(since, until, len(who))
        lte = self._people.has_lte[who]
        return [self._stage.play(("purge",), at, who), self._stage.play(("lte_purge",), at[lte], who[lte])]

    def _texts(self, since: int, until: int) -> list[Rows]:
        """Texts from abroad: directly, over a hub, to absent ones and to nobody; and bursts of passwords."""
        span = (until - since) / _HOUR
        who = self._drawn("people", _TEXTS * span)
        kind = self._rng.random(len(who))
        parts = []
        for procedure, least, most in (
            ("text_to_nobody", 0, _SHARE_TO_NOBODY),
            ("text_undeliverable", _SHARE_TO_NOBODY, _SHARE_UNDELIVERED),
            ("text_to_roamer", _SHARE_UNDELIVERED, 2),
        ):
            some = who[(kind >= least) & (kind < most)]
            parts.append(
                self._stage.play((procedure,), self._moments(since, until, len(some)), some, self._senders(some))
            )
        for _ in range(self._rng.poisson(_BURSTS * span)):
            some = self._choice(np.flatnonzero(self._people.is_here & ~self._is_busy), 0, exactly=_BURST)
            some = some[self._people.home[some] != self._hub_of(0)]
            cast = {"X": np.full(len(some), self._hub_of(0))}
            first = self._rng.integers(since, until)
            at = np.sort(self._rng.integers(first, first + 30 * _SECOND, len(some)))
            parts.append(self._stage.play(("password_to_roamer",), at, some, cast))
        return parts

    def _senders(self, who: Ints) -> dict[str, Ints]:
        """Whose message centre texts each of them: often a hub's, else any network's whose messages are seen here."""
        seen = self._visible()
        sender = self._rng.choice(seen, len(who))
        hub = self._rng.random(len(who)) < _SHARE_OF_HUB
        sender = np.where(hub, self._hub_of(0), sender)
        # A home's own message centre does not ask over the border.
        other = np.where(self._people.home[who] == self._hub_of(1), self._hub_of(2), self._hub_of(1))
        return {"X": np.where(sender == self._people.home[who], other, sender)}

    def _hub_of(self, place: int) -> int:
        visible = self._visible()
        return int(visible[place % len(visible)])

    def _visible(self) -> Ints:
        land = self._stage.land
        if land.vantage.network is not None:
            return np.setdiff1d(np.arange(len(land.networks)), [land.vantage.network])
        return np.flatnonzero(land.is_served("sccp"))

    def _restarts(self, since: int, until: int) -> list[Rows]:
        """An HLR restarts: it tells every visited network once, and its roamers are registered again over minutes."""
        parts = []
        for _ in range(self._rng.poisson(_RESTARTS * (until - since) / _HOUR)):
            people = self._people
            home = int(people.home[self._rng.integers(len(people))])
            who = np.flatnonzero(people.is_here & (people.home == home) & ~people.is_silent & ~self._is_busy)
            _, first = np.unique(people.visited[who], return_index=True)
            at = np.full(len(first), int(self._rng.integers(since, until)))
            parts.append(self._stage.play(("restart",), at, who[first]))
            late = self._rng.integers(since, until + 240 * _SECOND, len(who))
            parts.append(self._stage.play(("authenticate", "register"), late, who))
        return parts

    def _reachable(self, able: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of pairs of networks, those that one may move between and whose second one's signalling is seen here."""
        land = self._stage.land
        able = able.copy()
        np.fill_diagonal(able, val=False)
        if land.vantage.network is None:
            able &= (land.is_served("sccp") & land.is_served("diameter"))[None, :]
        return able

    def _drawn(self, who: Who, times: float) -> Ints:
        people = self._people
        able = people.is_here & ~people.is_silent & ~self._is_busy
        if who == "things":
            return self._choice(np.flatnonzero(able & people.is_thing), times)
        able = able & ~people.is_thing
        able = {
            "people": able,
            "packet": able & ~people.has_lte,
            "lte": able & people.has_lte,
            "camel": able & people.is_camel,
        }[who]
        return self._choice(np.flatnonzero(able), times)

    def _choice(self, pool: Ints, times: float, *, exactly: int | None = None) -> Ints:
        if not len(pool):
            return pool
        count = self._rng.poisson(times * len(pool)) if exactly is None else min(exactly, len(pool))
        chosen: Ints = self._rng.choice(pool, count)
        return chosen

    def _moments(self, since: int, until: int, count: int) -> Ints:
        return self._rng.integers(since, until, count)

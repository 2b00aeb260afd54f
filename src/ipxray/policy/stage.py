"""The stage of one scenario: its states measured, each in all runs, and the run in the middle chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from ipxray.exposure import Array, Flags, Subjects
from ipxray.policy.cascade import Cascade
from ipxray.policy.effects import Effects, Steps
from ipxray.policy.ground import ACTOR, EVERYONE, Ground
from ipxray.policy.layers import Layer, Measured, denominators, measured
from ipxray.policy.parties import Parties
from ipxray.policy.routing import Shares
from ipxray.policy.runs import Spread, spread
from ipxray.policy.scenario import Scenario, Step
from ipxray.policy.state import State, state_of

__all__ = ["CLASSES", "MEASURED_CLASSES", "Found", "Played", "Stage"]

CLASSES = ("credential", "location", "sms", "user_traffic")
"""The data classes that summaries speak of."""
MEASURED_CLASSES = (*CLASSES, "identity")
"""Those with a measure of their own: identities are what home routing of texts protects."""


@dataclass(frozen=True, slots=True)
class Played:
    """One state: the networks, their exposure, every run's expected exposure, and the run in the middle."""

    state: State
    measured: Measured
    spread: Spread
    middle: int


@dataclass(frozen=True)
class Found:
    """Everything that the tables of one scenario are made of."""

    stage: Stage
    before: Measured
    after: Played
    alone: Played | None

    @property
    def ground(self) -> Ground:
        """The baseline."""
        return self.stage.ground


class Stage:
    """Plays the steps of a scenario as of any day."""

    def __init__(self, scenario: Scenario, ground: Ground, *, rule: str, runs: int, seed: int) -> None:
        self.scenario, self.ground, self.rule, self.runs, self.seed = scenario, ground, rule, runs, seed
        self.parties = Parties(scenario, ground)
        self.steps = Steps(scenario, ground, self.parties, rule)
        self.actor: Flags = self.parties.actor(scenario.actor)
        self.subjects: Subjects = ground.subjects(self.actor)
        self.adversary = self.parties.adversary(scenario.controlled_by, rule)
        self.shares = Shares(ground.parameters)
        self._whole: Array = denominators(ground, self.subjects)
        self._played: dict[date, Played] = {}

    @property
    def day(self) -> date:
        """The day on which the last step has begun; the date of assessment where none is dated or all began before."""
        return max([self.ground.atlas.at, *(step.since for step in self.scenario.steps if step.since)])

    def subject(self, name: str, counterpart: str = "all") -> int:
        """Place of the actor or of everyone among the subjects."""
        found = self.subjects
        place = found.alliances.index(name)
        group = ("inside", "outside", "all").index(counterpart)
        return len(found.operators) + len(found.countries) + group * len(found.alliances) + place

    @property
    def shown(self) -> str:
        """Whose exposure the summary speaks of: the actor's, or everyone's where the actor has no network here."""
        return ACTOR if self.actor.any() else EVERYONE

    def blend(self, data_class: str, threat: str, service: str = "all") -> int | None:
        """Place of a blend, or None where no message kind exists."""
        wanted = (service, data_class, threat)
        for place, kind in enumerate(self.ground.blends):
            if (kind.service, kind.data_class, kind.threat) == wanted:
                return place
        return None

    def before(self) -> Measured:
        """The state before any step."""
        everywhere = np.ones(self.ground.roamers.shape, dtype=np.bool_)
        layer = Layer(everywhere, self.ground.boxes)
        return measured(self.ground, [layer], self.adversary, self.subjects, self._whole)

    def on(self, day: date) -> Played:
        """The state on a day."""
        if day not in self._played:
            self._played[day] = self._play(self.steps.at(day))
        return self._played[day]

    def alone(self, effects: Effects) -> Played | None:
        """The actor refuses every carrier of the controller, under the rule that then holds; nobody else acts."""
        if self.scenario.controlled_by is None or not self.actor.any():
            return None
        return self._play(self.steps.alone(Step(kind="refuse", line=0), effects.control), in_full=False)

    def _play(self, effects: Effects, *, in_full: bool = True) -> Played:
        cascade = Cascade(self.shares, self.ground.parameters, runs=self.runs, seed=self.seed)
        state = state_of(self.ground, effects, self.shares, cascade)
        by_chance = any(len(outcome.drawn) for outcome in state.outcomes.values())
        found = spread(state, self.subjects, self._whole, self.runs if by_chance and in_full else 1)
        middle = self._middle(found)
        adversary = effects.control.adversary
        levels = measured(self.ground, state.layers(middle), adversary, self.subjects, self._whole)
        return Played(state, levels, found, middle)

    def _middle(self, found: Spread) -> int:
        """The run whose reading exposure, over the classes of the summary, is the (lower) median."""
        count = len(self.subjects.alliances)
        place = self.subjects.alliances.index(self.shown) - count
        kinds = [self.ground.blends[each] for each in found.places]
        chosen = [n for n, kind in enumerate(kinds) if kind.threat == "read" and kind.data_class in CLASSES]
        means = found.expected[:, chosen, 0, place].mean(axis=1).round(9)
        return int(np.argsort(means, kind="stable")[(len(means) - 1) // 2])

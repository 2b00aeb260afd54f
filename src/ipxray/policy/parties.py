"""Who a scenario means: its actor's networks, its carriers, its vendors, out of names that may be wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import numpy as np

from ipxray import atlas as carriage
from ipxray.atlas import Adversary, Atlas, Membership
from ipxray.errors import InputError, UsageError
from ipxray.exposure import Flags
from ipxray.facts import Facts
from ipxray.policy.ground import Ground
from ipxray.policy.scenario import Scenario, Step

__all__ = ["ALL", "BUSIEST", "LARGEST", "NOBODY", "Parties", "networks_of"]

ALL, BUSIEST, LARGEST, NOBODY = "all", "busiest", "largest", "nobody"
_SUGGESTIONS = 3


class Parties:
    """Resolves the names of one scenario against the ground it is played on."""

    def __init__(self, scenario: Scenario, ground: Ground) -> None:
        self.scenario, self.ground = scenario, ground
        self.atlas, self.facts = ground.atlas, ground.facts
        self._row = {operator.tadig: place for place, operator in enumerate(ground.atlas.operators)}

    def actor(self, names: Iterable[str], step: Step | None = None) -> Flags:
        """[N]: networks of the actor. A country or group without a network here is none; an unknown name is a fault."""
        found = np.zeros(len(self._row), dtype=np.bool_)
        for name in names:
            found |= self._networks(name, step)
        return found

    def _networks(self, name: str, step: Step | None) -> Flags:
        if name.casefold() == ALL:
            return np.ones(len(self._row), dtype=np.bool_)
        chosen = np.zeros(len(self._row), dtype=np.bool_)
        if name.casefold() == BUSIEST:
            if len(chosen):
                chosen[int(np.argmax(self.ground.volume))] = True
            return chosen
        if (place := self._row.get(name.upper())) is not None:
            chosen[place] = True
            return chosen
        countries = self._countries(name)
        if countries is None:
            raise self._unknown(name, step)
        return np.array([operator.country in countries for operator in self.atlas.operators], dtype=np.bool_)

    def _countries(self, name: str) -> set[str] | None:
        code = self.facts.country_by_iso3.get(name.upper(), name.upper())
        if code in self.facts.countries or any(operator.country == code for operator in self.atlas.operators):
            return {code}
        group = self.facts.groups.get(name.casefold())
        if group is None:
            return None
        at = self.atlas.at
        return {
            member.country
            for member in group.members
            if (member.since is None or member.since <= at) and (member.until is None or at < member.until)
        }

    def _unknown(self, name: str, step: Step | None) -> InputError:
        known = [*self._row, *self.facts.countries, *self.facts.groups, ALL, BUSIEST]
        folded = {each.casefold(): each for each in known}
        near = [folded[each] for each in get_close_matches(name.casefold(), folded, n=_SUGGESTIONS)]
        hint = f"did you mean {', '.join(near)}?" if near else "give TADIG codes, ISO country codes, group ids or all"
        problem = f"no network, country or group is called {name[:40]!r}"
        source = step if step is not None and step.actor is not None else None
        return self.scenario.fault(source, problem, hint, key="actor")

    def adversary(
        self, controller: str | None, rule: str, step: Step | None = None, atlas: Atlas | None = None
    ) -> Adversary:
        """The set of a controller; without one, nobody's: empty."""
        if controller is None:
            return Adversary(NOBODY, rule, {node: Membership(0.0, 0.0, 0.0) for node in self.atlas.open_nodes})
        try:
            return carriage.adversary(atlas or self.atlas, controller, rule)
        except UsageError as error:
            raise self.scenario.fault(step, error.message, error.hint, key="controlled_by") from error

    def carriers(self, step: Step) -> tuple[str, ...]:
        """Nodes that the step names: carrier ids, names or nodes; `largest` is the one that most messages cross."""
        return tuple(dict.fromkeys(self._carrier(name, step) for name in step.carriers or ()))

    def _carrier(self, name: str, step: Step, key: str = "carriers") -> str:
        if name.casefold() == LARGEST:
            if not self.ground.largest:
                raise self.scenario.fault(step, "nobody declares a carrier here, so none is the largest")
            return self.ground.largest[0]
        nodes = {link.node for link in self.atlas.links}
        for known in (nodes, self.facts.carriers):
            if name in known:
                return name
        meant = carriage.resolve(name, self.facts, at=self.atlas.at)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise self.scenario.fault(
                step, f"{name[:40]!r} may mean several carriers", f"one of {', '.join(meant)}", key=key
            )
        near = get_close_matches(name.casefold(), sorted({*nodes, *self.facts.carriers}), n=_SUGGESTIONS)
        hint = f"did you mean {', '.join(near)}?" if near else "give a carrier id (ipxray facts list carriers)"
        raise self.scenario.fault(step, f"no carrier is called {name[:40]!r}", hint, key=key)

    def subject(self, step: Step, outside: Adversary) -> str:
        """Entity whose ownership changes: named, or the largest carrier that is not the owner's already."""
        name = step.subject or LARGEST
        if name.casefold() == LARGEST:
            for carrier in self.ground.largest:
                member = outside.members.get(carrier)
                if carrier in self.facts.carriers and (member is None or not member.point):
                    return self.facts.carriers[carrier].entity
            raise self.scenario.fault(step, "no carrier is left that could be bought", "name one with subject")
        if name in self.facts.entities:
            return name
        return (
            self.facts.carriers[carrier].entity
            if (carrier := self._carrier(name, step)) in self.facts.carriers
            else name
        )

    def owner(self, name: str | None, step: Step) -> str:
        """Entity id of an owner: an entity, a carrier, or a state by its ISO code."""
        if name is None:
            raise self.scenario.fault(step, "ownership needs an owner", "write owner, or give --controlled-by")
        code = self.facts.country_by_iso3.get(name.upper(), name.upper())
        if code in self.facts.countries:
            return f"state-{code.lower()}"
        if name in self.facts.entities or name.startswith("state-"):
            return name
        if name in self.facts.carriers:
            return self.facts.carriers[name].entity
        near = get_close_matches(name, sorted({*self.facts.entities, *self.facts.carriers}), n=_SUGGESTIONS)
        key = "seller" if name == step.seller else "owner"
        hint = f"did you mean {', '.join(near)}?" if near else "give an ISO code, an entity or a carrier id"
        raise self.scenario.fault(step, f"no owner is called {name[:40]!r}", hint, key=key)

    def vendors(self, step: Step, controller: str | None) -> frozenset[str]:
        """Vendor ids: those named, else those that the controller's state controls."""
        if step.vendors is None:
            whose = step.controlled_by or controller
            if whose is None:
                raise self.scenario.fault(step, "whose vendors?", "write vendors or give --controlled-by")
            state = self.adversary(whose, "majority_50", step).controller
            return frozenset(row.vendor_id for row in self.atlas.vendors if row.vendor_id and row.controller == state)
        found = set()
        for name in step.vendors:
            names = {each: vendor.id for vendor in self.facts.vendors.values() for each in (vendor.id, vendor.name)}
            folded = {each.casefold(): vendor for each, vendor in names.items()}
            if name.casefold() not in folded:
                near = get_close_matches(name.casefold(), folded, n=_SUGGESTIONS)
                hint = f"did you mean {', '.join(near)}?" if near else "ipxray facts list vendors"
                raise self.scenario.fault(step, f"no vendor is called {name[:40]!r}", hint, key="vendors")
            found.add(folded[name.casefold()])
        return frozenset(found)


def networks_of(names: Iterable[str], atlas: Atlas, facts: Facts, *, parameters: Mapping[str, float]) -> Flags:
    """[N]: networks that TADIG codes, country codes, group ids, busiest or all stand for.

    Raises UsageError for an unknown name, with the nearest one.
    """
    nowhere = Scenario("", "", "", "", (), ())
    parties = Parties(nowhere, Ground.of(atlas, facts, parameters, None))
    try:
        return parties.actor(names)
    except InputError as error:
        raise UsageError(error.problem, hint=error.hint) from error

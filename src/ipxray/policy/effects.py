"""What the steps in force on a day come to: links cut, partners avoided, messages protected, networks breached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from ipxray.atlas import Adversary, Atlas, Membership, owned_anew
from ipxray.exposure import Flags
from ipxray.facts import Facts, OwnershipStatement, Share, normalise_name
from ipxray.policy.ground import Ground
from ipxray.policy.parties import Parties
from ipxray.policy.protection import Protection
from ipxray.policy.routing import BACKUP, Routing
from ipxray.policy.scenario import Scenario, Step

__all__ = ["Avoidance", "Control", "Effects", "Lines", "Steps"]

Lines = npt.NDArray[np.int32]
INSIDE = Membership(1.0, 1.0, 1.0)
_REACHES = {
    "encrypt": "encryption_share",
    "break_out": "local_breakout_share",
    "home_route_sms": "sms_home_routing_effect",
}
"""Parameter that says which share of the messages a protection reaches."""


@dataclass(frozen=True, slots=True)
class Avoidance:
    """Networks [N] that also take nothing that crosses these carriers at the partner's end; by certainty of control."""

    actor: Flags
    nodes: Mapping[str, frozenset[str]]
    """certain, expected, possible → nodes."""


@dataclass(frozen=True, slots=True)
class Control:
    """Whose carriers are whose once the scenario's rule and ownership are in force."""

    atlas: Atlas
    facts: Facts
    rule: str
    adversary: Adversary


@dataclass(frozen=True, slots=True)
class Effects:
    """The net effect of all steps in force on a day."""

    refused: Mapping[str, Flags]
    """Service → links cut [N, K]."""
    lines: Mapping[str, Lines]
    """Service → line of the step that cut it [N, K], 0 where none did."""
    avoidances: tuple[Avoidance, ...]
    protections: tuple[tuple[Step, Protection], ...]
    breached: Flags
    transit: frozenset[str]
    """Nodes through which a breached network carries for others."""
    vendors: tuple[tuple[Step, Flags, frozenset[str]], ...]
    control: Control


@dataclass
class _Cut:
    refused: dict[str, Flags]
    lines: dict[str, Lines]
    ever: dict[str, Flags]

    @classmethod
    def of(cls, routings: Mapping[str, Routing]) -> _Cut:
        """Nothing cut yet."""
        shapes = {service: routing.roles.shape for service, routing in routings.items()}
        return cls(
            refused={service: np.zeros(shape, dtype=np.bool_) for service, shape in shapes.items()},
            lines={service: np.zeros(shape, dtype=np.int32) for service, shape in shapes.items()},
            ever={service: np.zeros(shape, dtype=np.bool_) for service, shape in shapes.items()},
        )


class Steps:
    """The steps of one scenario, resolved against one ground."""

    def __init__(self, scenario: Scenario, ground: Ground, parties: Parties, rule: str) -> None:
        self.scenario, self.ground, self.parties = scenario, ground, parties
        self.controller, self.rule = scenario.controlled_by, rule
        self._ordered = sorted(scenario.steps, key=lambda step: step.since or date.min)

    def actor(self, step: Step) -> Flags:
        """[N]: who acts in this step."""
        return self.parties.actor(step.actor or self.scenario.actor, step)

    def meant(self, step: Step, control: Control) -> tuple[str, ...]:
        """Carriers that a step means and somebody here declares, sorted; for a purchase, the entity bought."""
        if step.kind == "ownership":
            return (self.parties.subject(step, self.parties.adversary(self.controller, control.rule)),)
        if step.kind not in ("refuse", "allow", "move_backups", "carrier_lost"):
            return ()
        nodes = self._nodes(step, control)["expected"]
        declared = {
            routing.nodes[n] for _, routing in self._routings(step) for n in np.flatnonzero(routing.chosen(nodes))
        }
        return tuple(sorted(declared))

    def at(self, day: date) -> Effects:
        """The effects on a day."""
        control = self._control(day)
        cut = self._cut(day, control)
        protecting = self._kind(day, "encrypt", "home_route_sms", "break_out")
        breaches, refusals = self._kind(day, "breach"), self._kind(day, "refuse")
        breached = np.zeros(len(self.ground.volume), dtype=np.bool_)
        transit: frozenset[str] = frozenset()
        for step in breaches:
            breached |= self.actor(step)
            transit |= frozenset(self.parties.carriers(step)) | self._own_carriers(self.actor(step))
        return Effects(
            refused=cut.refused,
            lines=cut.lines,
            avoidances=tuple(self._avoidance(step, control) for step in refusals if step.scope == "indirect"),
            protections=tuple((step, self._protection(step)) for step in protecting),
            breached=breached,
            transit=transit,
            vendors=tuple(
                (step, self.actor(step), self.parties.vendors(step, self.controller))
                for step in self._kind(day, "refuse_vendor")
            ),
            control=replace(control, adversary=_with(control.adversary, transit)),
        )

    def alone(self, step: Step, control: Control) -> Effects:
        """The effects of one refusal of every carrier of the controller, and of nothing else."""
        cut = _Cut.of(self.ground.routings)
        self._refuse(step, control, cut, in_force=True)
        nobody = np.zeros(len(self.ground.volume), dtype=np.bool_)
        return Effects(cut.refused, cut.lines, (), (), nobody, frozenset(), (), control)

    def _kind(self, day: date, *kinds: str) -> list[Step]:
        return [step for step in self._ordered if step.kind in kinds and step.in_force(day)]

    def _control(self, day: date) -> Control:
        rules = [step.rule for step in self._kind(day, "control_rule")]
        rule = next((each for each in reversed(rules) if each), self.rule)
        bought = self._kind(day, "ownership")
        atlas, facts = self.ground.atlas, self.ground.facts
        before = self.parties.adversary(self.controller, rule)
        for step in bought:
            facts = self._sold(facts, step, before)
        if bought:
            atlas = owned_anew(atlas, facts, parameters=self.ground.parameters)
        return Control(atlas, facts, rule, self.parties.adversary(self.controller, rule, atlas=atlas))

    def _sold(self, facts: Facts, step: Step, before: Adversary) -> Facts:
        """The facts with the step's statement; what the owner held there before, and what the seller did, ends."""
        owner = self.parties.owner(step.owner or self.controller, step)
        subject = self.parties.subject(step, before)
        seller = self.parties.owner(step.seller, step) if step.seller else None
        least, most = step.held or (51.0, 51.0)
        kept = tuple(
            each for each in facts.ownership if each.subject != subject or each.interested_party not in (owner, seller)
        )
        if seller and len(kept) == len(facts.ownership):
            raise self.scenario.fault(step, f"{seller} holds nothing of {subject} that it could sell")
        statement = OwnershipStatement(
            subject=subject,
            interested_party=owner,
            interest_type="shareholding",
            share=Share(least, most),
            start_date=None,
            end_date=None,
            as_of=step.since,
            source="scenario",
            note=f"assumed by the scenario {self.scenario.name}",
        )
        return replace(facts, ownership=(*kept, statement))

    def _cut(self, day: date, control: Control) -> _Cut:
        cut = _Cut.of(self.ground.routings)
        for step in self._ordered:
            if step.kind in ("refuse", "move_backups", "carrier_lost"):
                self._refuse(step, control, cut, in_force=step.in_force(day))
            elif step.kind == "allow":
                self._allow(step, control, cut, in_force=step.in_force(day))
        return cut

    def _refuse(self, step: Step, control: Control, cut: _Cut, *, in_force: bool) -> None:
        actor = np.ones(len(self.ground.volume), dtype=np.bool_) if step.kind == "carrier_lost" else self.actor(step)
        for service, routing in self._routings(step):
            links = self._links(step, control, routing, actor)
            if step.kind == "move_backups":
                links &= routing.roles == BACKUP
            cut.ever[service] |= links
            if in_force:
                fresh = links & ~cut.refused[service]
                cut.refused[service] |= links
                cut.lines[service][fresh] = step.line

    def _allow(self, step: Step, control: Control, cut: _Cut, *, in_force: bool) -> None:
        actor = self.actor(step)
        meant = asked = False
        for service, routing in self._routings(step):
            links = self._links(step, control, routing, actor)
            meant |= bool((links & cut.ever[service]).any())
            asked |= bool(links.any())
            if in_force:
                cut.refused[service] &= ~links
                cut.lines[service][links] = 0
        if asked and not meant:
            raise self.scenario.fault(
                step, "allows what no earlier step refuses", "put the refusal before it, or drop it"
            )

    def _routings(self, step: Step) -> list[tuple[str, Routing]]:
        return [(service, self.ground.routings[service]) for service in step.services]

    def _links(self, step: Step, control: Control, routing: Routing, actor: Flags) -> Flags:
        """[N, K]: links of the actor to the step's carriers, declared or not: whom it refuses it does not buy from."""
        nodes = self._nodes(step, control)["expected"]
        return np.asarray(actor[:, None] & routing.chosen(nodes)[None, :])

    def _nodes(self, step: Step, control: Control) -> Mapping[str, frozenset[str]]:
        if step.carriers is not None:
            named = frozenset(self.parties.carriers(step))
            return dict.fromkeys(("certain", "expected", "possible"), named)
        if step.kind == "carrier_lost":
            raise self.scenario.fault(step, "which carrier is lost?", 'write carriers = ["…"] or carriers = "largest"')
        whose = step.controlled_by or self.controller
        if whose is None:
            raise self.scenario.fault(
                step, "whose carriers?", "write carriers or controlled_by, or give --controlled-by"
            )
        found = control.adversary
        if step.controlled_by or step.control_rule:
            found = self.parties.adversary(whose, step.control_rule or control.rule, step, control.atlas)
        return {
            name: frozenset(node for node, member in found.members.items() if member[place] > 0.5)
            for place, name in enumerate(("certain", "expected", "possible"))
        }

    def _avoidance(self, step: Step, control: Control) -> Avoidance:
        return Avoidance(self.actor(step), self._nodes(step, control))

    def _protection(self, step: Step) -> Protection:
        actor = self.actor(step)
        parameters = self.ground.parameters
        both = actor[:, None] & actor[None, :]
        home = np.repeat(actor[:, None], len(actor), axis=1)
        if step.kind == "encrypt" and step.service == "n32":
            moved = parameters["n32_share"] if step.share is None else step.share
            return Protection("encrypt", both, moved * parameters["encryption_share"])
        share = parameters[_REACHES[step.kind]] if step.share is None else step.share
        return Protection(step.kind, both if step.kind == "encrypt" else home, share)

    def _own_carriers(self, breached: Flags) -> frozenset[str]:
        """Nodes that bear the name of a breached network: it carries for those that declare them."""
        names = {
            normalise_name(operator.organisation)
            for operator, is_breached in zip(self.ground.atlas.operators, breached, strict=True)
            if is_breached and operator.organisation
        }
        return frozenset(
            link.node for link in self.ground.atlas.links if normalise_name(link.carrier_name) in names - {""}
        )


def _with(adversary: Adversary, nodes: frozenset[str]) -> Adversary:
    """The set with the carriers of a breached network in it."""
    return (
        adversary._replace(members={**adversary.members, **dict.fromkeys(sorted(nodes), INSIDE)})
        if nodes
        else adversary
    )

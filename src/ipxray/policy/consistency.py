"""Steps that cannot both hold: told before anything is computed."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from ipxray.policy.scenario import Scenario, Step

__all__ = ["contradiction"]


def contradiction(scenario: Scenario) -> tuple[Step, str, str] | None:
    """Return the later of two steps that contradict each other, what is wrong and what to do; or None."""
    for one, other in combinations(scenario.steps, 2):
        if _overlap(one, other) and (found := _clash(scenario, one, other)):
            return other, f"contradicts the step of line {one.line}: {found}", "drop one, or give them other dates"
    return None


def _overlap(one: Step, other: Step) -> bool:
    starts, ends = max(_start(one), _start(other)), min(_end(one), _end(other))
    return starts < ends


def _start(step: Step) -> date:
    return step.since or date.min


def _end(step: Step) -> date:
    return step.until or date.max


def _clash(scenario: Scenario, one: Step, other: Step) -> str | None:
    kinds = {one.kind, other.kind}
    same_day = _start(one) == _start(other)
    if kinds == {"refuse", "allow"} and same_day and _same_target(scenario, one, other):
        return "one refuses what the other allows on the same day"
    if one.kind == other.kind == "control_rule" and same_day and one.rule != other.rule:
        return f"two control rules from the same day ({one.rule}, {other.rule})"
    if one.kind == other.kind == "ownership" and same_day and one.held != other.held:
        stake = (one.owner or scenario.controlled_by, one.subject)
        if stake == (other.owner or scenario.controlled_by, other.subject):
            return "two shares of one owner in one carrier from the same day"
    twice = one.kind == other.kind == "encrypt" and one.service == other.service and one.share != other.share
    if twice and _actor(scenario, one) == _actor(scenario, other):
        return "two shares of the same messages"
    return None


def _same_target(scenario: Scenario, one: Step, other: Step) -> bool:
    return (
        _actor(scenario, one) == _actor(scenario, other)
        and one.carriers == other.carriers
        and (one.controlled_by or scenario.controlled_by) == (other.controlled_by or scenario.controlled_by)
        and bool(set(one.services) & set(other.services))
    )


def _actor(scenario: Scenario, step: Step) -> tuple[str, ...]:
    return step.actor or scenario.actor

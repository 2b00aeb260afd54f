"""Run a scenario over an atlas: the states before, after and with the actor alone, and everything that differs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ipxray.atlas import Atlas
from ipxray.exposure import Traffic
from ipxray.facts import Facts
from ipxray.parameters import Parameters
from ipxray.policy.breach import breach_rows
from ipxray.policy.changes import changes
from ipxray.policy.dependence import dependence
from ipxray.policy.equipment import vendor_rows
from ipxray.policy.exposed import exposed
from ipxray.policy.ground import Ground
from ipxray.policy.measures import summary_rows
from ipxray.policy.reach import reach_lost
from ipxray.policy.rows import (
    ScenarioBreach,
    ScenarioChange,
    ScenarioDependence,
    ScenarioExposure,
    ScenarioReach,
    ScenarioRow,
    ScenarioSummary,
    ScenarioTimeline,
    ScenarioVendor,
)
from ipxray.policy.scenario import Scenario
from ipxray.policy.stage import Found, Stage
from ipxray.policy.timeline import timeline
from ipxray.policy.words import Told, scenario_row, summary_words

__all__ = ["Simulation", "simulate"]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a scenario changes: one tuple of rows for each table, and the networks after it in the run in the middle."""

    scenario: ScenarioRow
    exposure: tuple[ScenarioExposure, ...]
    changes: tuple[ScenarioChange, ...]
    summary: tuple[ScenarioSummary, ...]
    dependence: tuple[ScenarioDependence, ...]
    reach: tuple[ScenarioReach, ...]
    timeline: tuple[ScenarioTimeline, ...]
    breach: tuple[ScenarioBreach, ...]
    vendors: tuple[ScenarioVendor, ...]
    atlas: Atlas


def simulate(
    scenario: Scenario,
    atlas: Atlas,
    facts: Facts,
    *,
    parameters: Parameters,
    controlled_by: str | None = None,
    rule: str = "majority_50",
    actor: tuple[str, ...] | None = None,
    traffic: Traffic | None = None,
    runs: int = 100,
    seed: int = 1,
) -> Simulation:
    """Simulate one scenario over an atlas; the same seed gives the same rows.

    `actor` and `controlled_by` replace what the scenario's head says; a step that names its own keeps it. Declarations,
    names and ownership stay as of the date of the atlas; what the steps add takes effect on their dates, and `after` is
    the day on which the last of them has begun. Raises InputError with file and line for a step that cannot be applied
    here (an unknown network with the nearest one, whose carriers). Ref: docs/method.md §9
    """
    scenario = replace(scenario, actor=actor or scenario.actor, controlled_by=controlled_by or scenario.controlled_by)
    ground = Ground.of(atlas, facts, _assumed(scenario, parameters), traffic)
    stage = Stage(scenario, ground, rule=scenario.control_rule or rule, runs=runs, seed=seed)
    before, after = stage.before(), stage.on(stage.day)
    alone = stage.alone(after.state.effects)
    found = Found(stage, before, after, alone)
    rows = changes(found)
    lost = reach_lost(found)
    carriers = dependence(found)
    measures = summary_rows(found, rows, lost, carriers)
    days = timeline(found)
    breached, refused = breach_rows(found), vendor_rows(found)
    words = summary_words(found, Told(rows, lost, carriers, measures, breached, refused))
    return Simulation(
        scenario=scenario_row(found, words),
        exposure=exposed(found),
        changes=rows,
        summary=measures,
        dependence=carriers,
        reach=lost.rows,
        timeline=days,
        breach=breached,
        vendors=refused,
        atlas=after.state.atlas(after.middle),
    )


def _assumed(scenario: Scenario, parameters: Parameters) -> Parameters:
    """The parameters with those of the scenario; what the user changed for this run stays the user's."""
    changed = {each.name for each in parameters.described if each.value != each.default}
    return parameters.replace(**{name: value for name, value in scenario.assume if name not in changed})
